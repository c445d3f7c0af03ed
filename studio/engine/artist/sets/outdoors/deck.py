"""The deck of a ship: planks, white rails on both sides, the wheelhouse, a funnel, ventilators, coiled rope, the open sea."""

from __future__ import annotations

import math

import numpy as np

from studio.engine.artist.sets.kit import fixtures
from studio.engine.artist.sets.kit.furniture import disc
from studio.engine.artist.sets.kit.stage import Piece, Scene, floor, lamp_glow, mixed, sky, sky_colours, times
from studio.engine.artist.sets.outdoors.waterfront import WATERS
from studio.engine.artist.sheet import Colour

PLANKS: tuple[Colour, ...] = ((190, 158, 118), (176, 152, 126), (200, 172, 136))
FUNNELS: tuple[Colour, ...] = ((176, 70, 58), (58, 86, 122), (206, 164, 76), (72, 74, 82))
HALF = 3.6
SEA = -4.0


def deck(scene: Scene) -> list[Piece]:
    """Draw sea, deck and wheelhouse; gives rails, boats and gear. The bow lies towards the camera at azimuth 0."""
    sky(scene)
    sheet = scene.sheet
    centre = sheet.camera.position
    water = mixed(WATERS[scene.light], sky_colours(scene)[0], 0.25)
    corners = [(math.sin(a), math.cos(a)) for a in np.linspace(0, 2 * math.pi, 24, endpoint=False)]
    sheet.face3([[centre[0] + a * 400, SEA, centre[2] + b * 400] for a, b in corners], water, raw=True, line=False)
    _waves(scene, water)
    planks = scene.choice("planks", PLANKS)
    floor(sheet, -HALF, -14, HALF, 9, planks)
    for x in np.arange(-HALF, HALF + 0.01, 0.3):
        sheet.line3([x, 0, -13], [x, 0, 9], 0.8, 85)
    return _pieces(scene)


def _waves(scene: Scene, water: Colour) -> None:
    sheet = scene.sheet
    rng = scene.rng("waves")
    bright = mixed(water, (255, 252, 240), 0.5 if not scene.dark else 0.3)
    bearings, distances = rng.uniform(-math.pi, math.pi, 420), 12 + 160 * rng.uniform(0, 1, 420) ** 2
    for bearing, distance in zip(bearings, distances, strict=True):
        at = [math.sin(bearing) * distance, SEA, math.cos(bearing) * distance]
        xy, depth = sheet.camera.projected(at)
        if depth[0] < 6 or not -60 < xy[0, 0] < sheet.camera.width + 60:
            continue
        wide = min(10 + 800 / float(depth[0]), 70)
        sheet.ink(xy[0] + np.array([[-wide, 1], [0, -2.5], [wide, 1]]), 1.3, colour=bright, alpha=140, taper=0.05)


def _pieces(scene: Scene) -> list[Piece]:
    sheet = scene.sheet
    side = 1 if scene.number("side", 0, 1) > 0.5 else -1
    belt = scene.number("belt", 0.5, 2.2)
    pieces = [Piece(0.0, 7.6, 0.3, False, lambda: _house(scene), always=True)]
    for edge in (-1, 1):
        for z in np.arange(-9.0, 7.0, 2.0):
            at = float(z)
            pieces.append(
                Piece(edge * HALF, at + 1.0, 0.1, False, lambda edge=edge, at=at: _rail(scene, edge * HALF, at))
            )
    pieces += [
        Piece(-side * 2.7, 3.4, 0.4, True, lambda: _ventilator(scene, -side * 2.7, 3.4)),
        Piece(side * 2.5, 4.4, 0.5, False, lambda: fixtures.crate(sheet, side * 2.5, 4.4, 0.8)),
        Piece(-side * 2.4, 1.4, 0.4, False, lambda: _coil(scene, -side * 2.4, 1.4)),
        Piece(
            side * 2.8,
            belt,
            0.8,
            False,
            lambda: fixtures.long_bench(sheet, side * 3.1, belt, -side * 1.5708, (190, 156, 116)),
        ),
    ]
    return pieces


def _rail(scene: Scene, x: float, z: float) -> None:
    """Two metres of rail along z."""
    sheet = scene.sheet
    for y in (0.35, 0.65, 0.95):
        sheet.line3([x, y, z], [x, y, z + 2.0], 2.0, 220, colour=(112, 112, 118), overshoot=0)
    if min(sheet.camera.seen([[x, 1.05, z], [x, 1.05, z + 2.0]])[:, 2]) < 0.6:
        return
    top = sheet.chain([[x, 1.08, z], [x, 1.08, z + 2.0]], [0.045, 0.045], 6)
    post = sheet.chain([[x, 0, z], [x, 1.05, z]], [0.04, 0.035], 6)
    for shape, colour in ((post, (240, 238, 230)), (top, (166, 122, 84))):
        sheet.fill(shape, colour)
        sheet.outline(shape, 1.1)


def _house(scene: Scene) -> None:
    """The wheelhouse across the deck with the bridge above it and the funnel behind."""
    sheet = scene.sheet
    white: Colour = (236, 234, 226)
    glass: Colour = (250, 218, 142) if scene.dark else (110, 136, 150)
    if sheet.camera.position[2] > 7.5:
        return
    funnel = scene.choice("funnel", FUNNELS)
    body = sheet.chain([[0, 4.6, 11], [0, 7.0, 11.2]], [0.95, 0.85], 14)
    sheet.fill(body, funnel)
    sheet.outline(body, 1.6)
    sheet.box([0, 0, 9.0], (5.4, 2.6, 2.8), 0, white)
    sheet.box([0, 2.6, 9.2], (6.4, 0.14, 3.4), 0, times(white, 0.9))
    sheet.box([0, 2.74, 9.4], (4.0, 1.9, 2.2), 0, white)
    sheet.box([0, 4.64, 9.4], (4.4, 0.14, 2.6), 0, times(white, 0.86))
    z = 7.59
    panes = [
        np.array([[x, 3.6, 8.29], [x + 0.62, 3.6, 8.29], [x + 0.62, 4.35, 8.29], [x, 4.35, 8.29]])
        for x in np.arange(-1.8, 1.4, 0.74)
    ]
    sheet.faces3(panes, glass, 1.1, raw=scene.dark)
    door = [[-0.45, 0.08, z], [0.45, 0.08, z], [0.45, 2.1, z], [-0.45, 2.1, z]]
    sheet.face3(door, (150, 108, 76), 1.3, overshoot=0)
    for x in (-2.0, -1.2, 1.2, 2.0):
        port = sheet.ball([x, 1.55, z - 0.02], 0.24, 20)
        sheet.fill(port, (176, 146, 88))
        sheet.ink(port, 1.3, closed=True)
        sheet.fill(sheet.ball([x, 1.55, z - 0.03], 0.18, 20), glass, raw=scene.dark)
    if scene.dark:
        for x in (-0.8, 0.8):
            lamp_glow(sheet, [x, 2.4, z - 0.2], 1.5)


def _ventilator(scene: Scene, x: float, z: float) -> None:
    sheet = scene.sheet
    if sheet.camera.seen([x, 1, z])[0, 2] < 0.9:
        return
    tube = sheet.chain([[x, 0, z], [x, 1.0, z], [x, 1.35, z - 0.12], [x, 1.45, z - 0.4]], [0.2, 0.2, 0.24, 0.34], 12)
    sheet.fill(tube, (236, 234, 226))
    sheet.outline(tube, 1.5)
    mouth = sheet.ball([x, 1.46, z - 0.5], 0.28, 18)
    if sheet.camera.position[2] < z:
        sheet.fill(mouth, (150, 66, 56))
        sheet.ink(mouth, 1.2, closed=True)


def _coil(scene: Scene, x: float, z: float) -> None:
    """Rope coiled flat."""
    for k, radius in enumerate((0.42, 0.40, 0.37)):
        disc(scene.sheet, x, 0.07 * k, z, radius, 0.07, (198, 172, 122))
    disc(scene.sheet, x, 0.21, z, 0.16, 0.004, (120, 98, 74))
