"""Inside a car: the windscreen we look through from the bonnet, dashboard, wheel, seats, side windows with the street behind."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from studio.engine.artist.geometry import circle, polygon, rounded
from studio.engine.artist.sets.kit.stage import Piece, Scene, ground, lamp_glow, mixed, sky, sky_colours, times
from studio.engine.artist.sheet import Colour

Array = NDArray[np.float64]

SEATS: tuple[Colour, ...] = ((122, 92, 76), (92, 98, 108), (140, 124, 102), (104, 76, 76))
BODIES: tuple[Colour, ...] = ((150, 66, 58), (78, 100, 122), (92, 108, 92), (70, 72, 82))
ROOF = 1.46


def car_interior(scene: Scene) -> list[Piece]:
    """Draw the world outside and the cabin behind the seats; gives seats, then dashboard and pillars before the people."""
    _outside(scene)
    _cabin(scene)
    seat = scene.choice("seat", SEATS)
    pieces = [
        Piece(x, z + 0.3, 0.4, False, lambda x=x, z=z: _seat(scene, x, z, seat), always=True)
        for z in (0.95, 0.0)
        for x in (-0.38, 0.38)
    ]
    camera = scene.sheet.camera.position
    pieces.extend(
        Piece(side * 0.8, 0.4, 0.3, False, lambda side=side: _near_door(scene, side), always=True)
        for side in (-1, 1)
        if camera[0] * side > 1.0
    )
    if camera[2] < -0.4:
        pieces.append(Piece(0.0, -0.55, 0.3, False, lambda: _dashboard(scene), always=True))
    return pieces


def _near_door(scene: Scene, side: int) -> None:
    """The outside of the doors towards a camera that stands beside the car; the glass is left open."""
    sheet = scene.sheet
    body = scene.choice("body", BODIES)
    x = side * 0.84
    panel = [[x, 0.2, -2.1], [x, 0.2, 1.9], [x, 0.88, 1.9], [x, 0.9, -0.9], [x, 0.74, -1.0], [x, 0.66, -2.1]]
    sheet.face3(panel, body, 1.8)
    for z in (-0.85, 0.55):
        sheet.line3([x, 0.26, z], [x, 0.88, z], 1.2, 180)
    for z in (0.4, 1.5):
        sheet.line3([x, 0.76, z - 0.16], [x, 0.76, z], 2.6, 220)
    for z, lean in ((-0.78, 0.24), (0.52, 0.0), (1.5, 0.0)):
        pillar = [[x, 0.88, z - lean], [x, 0.88, z + 0.1 - lean], [x * 0.9, ROOF, z + 0.1], [x * 0.9, ROOF, z]]
        sheet.face3(pillar, times(body, 0.92), 1.3)
    sheet.face3(
        [[x * 0.9, ROOF, -0.7], [x * 0.9, ROOF, 1.6], [x * 0.9, ROOF + 0.06, 1.55], [x * 0.9, ROOF + 0.06, -0.62]],
        body,
        1.3,
    )
    turn = np.linspace(0, 2 * math.pi, 22, endpoint=False)
    for z in (-1.5, 1.45):
        for radius, colour in ((0.33, (44, 42, 46)), (0.18, (176, 174, 170))):
            ring = sheet.ring3(
                np.stack([turn * 0 + x * 1.01, 0.33 + np.sin(turn) * radius, z + np.cos(turn) * radius], 1)
            )
            if ring is not None:
                sheet.fill(ring, colour)
                sheet.ink(ring, 1.3, closed=True)


def _outside(scene: Scene) -> None:
    """The street slipping by: low blocks, lit windows and a road behind the rear window."""
    sky(scene)
    ground(scene, (150, 150, 150))
    sheet = scene.sheet
    rng = scene.rng("passing")
    haze = sky_colours(scene)[1]
    bearings = np.linspace(-math.pi, math.pi, 44)
    heights = rng.uniform(3, 10, 44)
    for bearing, height in zip(bearings, heights, strict=True):
        ends = [(math.sin(bearing + d) * 26, math.cos(bearing + d) * 26) for d in (0.0, 0.15)]
        wall = [
            [ends[0][0], 0, ends[0][1]],
            [ends[1][0], 0, ends[1][1]],
            [ends[1][0], height, ends[1][1]],
            [ends[0][0], height, ends[0][1]],
        ]
        tone: Colour = (40, 46, 66) if scene.dark else (186, 176, 164)
        if float(sheet.camera.seen(wall)[:, 2].min()) > 1:
            sheet.face3(wall, mixed(tone, haze, 0.4), 1.0, raw=scene.dark, overshoot=0)
            if scene.dark and rng.uniform() < 0.7:
                lamp_glow(sheet, [ends[0][0], rng.uniform(1, 4), ends[0][1]], 1.4, 120)
    for y in (1.2, 2.0, 2.9):
        for bearing in bearings[::2]:
            at = [math.sin(bearing) * 25, y, math.cos(bearing) * 25]
            to = [math.sin(bearing + 0.1) * 25, y, math.cos(bearing + 0.1) * 25]
            sheet.line3(at, to, 1.0, 60)


def _cabin(scene: Scene) -> None:
    """Roof, doors and the rear wall with its window, leaving the glass open."""
    sheet = scene.sheet
    lining: Colour = (196, 188, 172)
    body = scene.choice("body", BODIES)
    camera = sheet.camera.position
    if camera[2] < 1.0:
        rear: list[list[float]] = [[-0.78, 0, 1.75], [0.78, 0, 1.75], [0.78, 0.92, 1.75], [-0.78, 0.92, 1.75]]
        sheet.face3(rear, times(lining, 0.72))
        sheet.face3([[-0.72, 0.9, 1.72], [0.72, 0.9, 1.72], [0.7, 0.96, 1.5], [-0.7, 0.96, 1.5]], times(lining, 0.6))
        for x in (-0.78, 0.66):
            sheet.face3([[x, 0.9, 1.74], [x + 0.12, 0.9, 1.74], [x + 0.14, ROOF, 1.4], [x - 0.02, ROOF, 1.4]], lining)
    for side in (-1, 1):
        if camera[0] * side > 0.74:
            continue
        x = side * 0.78
        sheet.face3([[x, 0.1, -0.9], [x, 0.1, 1.75], [x, 0.88, 1.75], [x, 0.88, -0.9]], times(body, 0.9), hatch=30)
        sheet.face3(
            [[x * 0.99, 0.82, -0.8], [x * 0.99, 0.82, 1.7], [x * 0.97, 0.9, 1.7], [x * 0.97, 0.9, -0.8]],
            times(lining, 0.8),
        )
        for z in (-0.62, 0.55, 1.45):
            lean = 0.25 if z < 0 else 0.0
            pillar = [[x, 0.86, z - lean], [x, 0.86, z + 0.11 - lean], [x * 0.94, ROOF, z + 0.1], [x * 0.94, ROOF, z]]
            sheet.face3(pillar, lining)
    if camera[1] < ROOF + 0.1 or camera[2] < -0.9:
        edge = ROOF
        roof = [[-0.74, edge, -0.62], [0.74, edge, -0.62], [0.74, edge + 0.04, 1.6], [-0.74, edge + 0.04, 1.6]]
        sheet.face3(roof, times(lining, 1.05))


def _seat(scene: Scene, x: float, z: float, colour: Colour) -> None:
    """A car seat: cushion, back and headrest, facing -z."""
    sheet = scene.sheet
    if float(sheet.camera.seen([x, 0.8, z])[0, 2]) < 0.5:
        return
    sheet.box([x, 0.2, z - 0.02], (0.54, 0.26, 0.56), 0, times(colour, 0.9))
    back = sheet.chain(
        [
            [x - 0.17, 0.5, z + 0.3],
            [x - 0.17, 0.98, z + 0.36],
            [x + 0.17, 0.98, z + 0.36],
            [x + 0.17, 0.5, z + 0.3],
            [x - 0.17, 0.5, z + 0.3],
        ],
        [0.09, 0.09, 0.09, 0.09, 0.09],
        12,
    ).convex_hull
    sheet.fill(back, colour)
    sheet.outline(back, 1.5)
    for dx in (-0.08, 0.08):
        sheet.line3([x + dx, 1.04, z + 0.36], [x + dx, 1.14, z + 0.36], 2.4, 220)
    rest = sheet.chain([[x - 0.08, 1.18, z + 0.36], [x + 0.08, 1.18, z + 0.36]], [0.09, 0.09], 12)
    sheet.fill(rest, times(colour, 1.08))
    sheet.outline(rest, 1.4)


def _dashboard(scene: Scene) -> None:
    """Before the people, seen from the bonnet: dashboard top, wheel, windscreen frame, mirror."""
    sheet = scene.sheet
    body = scene.choice("body", BODIES)
    dark: Colour = (70, 66, 68)
    sheet.face3([[-0.76, 0.80, -0.46], [0.76, 0.80, -0.46], [0.80, 0.76, -0.95], [-0.80, 0.76, -0.95]], dark)
    _wheel(scene)
    bonnet = [[-0.84, 0.74, -0.97], [0.84, 0.74, -0.97], [0.80, 0.66, -2.3], [-0.80, 0.66, -2.3]]
    sheet.face3(bonnet, body)
    front = [[-0.80, 0.22, -2.3], [0.80, 0.22, -2.3], [0.80, 0.66, -2.3], [-0.80, 0.66, -2.3]]
    sheet.face3(front, times(body, 0.88), 1.8)
    sheet.face3(
        [[-0.36, 0.36, -2.31], [0.36, 0.36, -2.31], [0.36, 0.54, -2.31], [-0.36, 0.54, -2.31]], dark, 1.2, hatch=60
    )
    for x in (-0.6, 0.6):
        lamp = sheet.ball([x, 0.5, -2.32], 0.11, 16)
        if sheet.camera.position[2] < -2.8:
            sheet.fill(lamp, (250, 240, 204), raw=scene.dark)
            sheet.ink(lamp, 1.4, closed=True)
    for x in (-0.4, 0.4):
        sheet.line3([x, 0.745, -0.98], [x * 0.9, 0.68, -2.0], 1.2, 130)
    for a, b in (((-0.3, 0.78), (0.25, 0.84)), ((0.35, 0.78), (0.78, 0.86))):
        sheet.line3([a[0], a[1], -0.96], [b[0], b[1], -0.93], 2.2, 230)
    if sheet.camera.focal_mm < 60:
        _windscreen(scene, body)
    if float(sheet.camera.seen([0, ROOF, -0.55])[0, 2]) < 2.2:
        return
    mirror = sheet.chain([[-0.09, ROOF - 0.12, -0.55], [0.09, ROOF - 0.12, -0.55]], [0.035, 0.035], 10)
    sheet.fill(mirror, dark)
    sheet.outline(mirror, 1.3)


def _windscreen(scene: Scene, body: Colour) -> None:
    """The frame round the glass we look through; a long lens looks past it."""
    sheet = scene.sheet
    outer = [[-0.86, 0.72, -0.98], [0.86, 0.72, -0.98], [0.74, ROOF + 0.06, -0.56], [-0.74, ROOF + 0.06, -0.56]]
    inner = [[-0.77, 0.77, -0.96], [0.77, 0.77, -0.96], [0.66, ROOF - 0.02, -0.58], [-0.66, ROOF - 0.02, -0.58]]
    rings = [sheet.ring3(outer), sheet.ring3(inner)]
    if rings[0] is not None and rings[1] is not None:
        frame = polygon(rings[0]).difference(rounded(polygon(rings[1]), 6))
        sheet.fill(frame, times(body, 0.92))
        sheet.outline(frame, 1.8)
        _reflection(scene, rings[1])


def _wheel(scene: Scene) -> None:
    sheet = scene.sheet
    turn = np.linspace(0, 2 * math.pi, 32, endpoint=False)
    middle = np.array([-0.38, 0.80, -0.36])

    def ring(radius: float) -> Array:
        points = middle + np.stack([np.cos(turn) * radius, np.sin(turn) * radius * 0.9, np.sin(turn) * radius * 0.4], 1)
        return sheet.camera.projected(points)[0]

    if float(sheet.camera.seen(middle)[0, 2]) < 0.5:
        return
    rim = polygon(ring(0.19)).difference(polygon(ring(0.163)))
    sheet.fill(rim, (52, 50, 54))
    sheet.outline(rim, 1.3)
    hub = sheet.camera.projected(middle)[0][0]
    for angle in (0.2, math.pi - 0.2, -math.pi / 2):
        end = middle + np.array([math.cos(angle) * 0.165, math.sin(angle) * 0.15, math.sin(angle) * 0.066])
        sheet.ink([hub, sheet.camera.projected(end)[0][0]], 4.0, taper=0.8)
    sheet.fill(circle(hub, 8), (60, 58, 62))


def _reflection(scene: Scene, glass: Array) -> None:
    """Two pale bands across the windscreen."""
    shape = polygon(glass)
    left, top, right, bottom = shape.bounds
    for share, wide in ((0.12, 0.07), (0.24, 0.025)):
        a = left + (right - left) * share
        b = a + (right - left) * wide
        lean = (bottom - top) * 0.5
        band = polygon([[a + lean, top], [b + lean, top], [b, bottom], [a, bottom]]).intersection(shape)
        scene.sheet.fill(band, (255, 255, 255), 34, raw=True)
