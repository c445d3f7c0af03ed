"""Things that make a place what it is: beds, cupboards, pews, crates, shelves of goods, deck chairs, plants, signs."""

from __future__ import annotations

import math

import numpy as np

from studio.engine.artist.geometry import polygon
from studio.engine.artist.sets.kit.furniture import boxes, disc, placed
from studio.engine.artist.sets.kit.stage import Scene, lamp_glow, times
from studio.engine.artist.sheet import Colour, Sheet

LINEN: Colour = (236, 232, 222)
STEEL: Colour = (176, 180, 186)
GOODS: tuple[Colour, ...] = (
    (176, 84, 70),
    (206, 166, 84),
    (96, 128, 116),
    (92, 110, 148),
    (220, 210, 190),
    (150, 104, 128),
)


def bed(
    sheet: Sheet, x: float, z: float, yaw: float, cover: Colour, *, width: float = 1.5, wood: Colour = (132, 98, 72)
) -> None:
    """A bed whose head lies at (x, z); `yaw` points from the head to the foot."""
    boxes(sheet, x, z, yaw, [(0.0, 0.0, -0.04, width + 0.1, 1.05, 0.08)], wood)
    boxes(sheet, x, z, yaw, [(0.0, 0.12, 1.02, width, 0.20, 2.0)], wood)
    boxes(sheet, x, z, yaw, [(0.0, 0.32, 1.02, width - 0.04, 0.20, 1.96)], LINEN)
    boxes(sheet, x, z, yaw, [(0.0, 0.36, 1.28, width + 0.02, 0.19, 1.46)], cover)
    count = 2 if width > 1.2 else 1
    pillows = [((k - (count - 1) / 2) * 0.68, 0.52, 0.30, 0.56, 0.12, 0.36) for k in range(count)]
    boxes(sheet, x, z, yaw, pillows, LINEN)
    if sheet.camera.position[1] < 0.9:
        boxes(sheet, x, z, yaw, [(0.0, 0.0, 2.06, width + 0.1, 0.62, 0.07)], wood)


def hospital_bed(sheet: Sheet, x: float, z: float, yaw: float, cover: Colour) -> None:
    """A bed on wheels with rails, its head at (x, z)."""
    legs = [(a * 0.4, 0.0, b, 0.05, 0.5, 0.05) for a in (-1, 1) for b in (0.2, 1.9)]
    boxes(sheet, x, z, yaw, legs, STEEL)
    boxes(sheet, x, z, yaw, [(0.0, 0.46, 1.05, 0.92, 0.08, 2.1)], STEEL)
    boxes(sheet, x, z, yaw, [(0.0, 0.54, 1.05, 0.88, 0.16, 2.04)], LINEN)
    boxes(sheet, x, z, yaw, [(0.0, 0.60, 1.35, 0.93, 0.13, 1.4)], cover)
    boxes(sheet, x, z, yaw, [(0.0, 0.70, 0.28, 0.6, 0.12, 0.38)], (246, 244, 238))
    boxes(sheet, x, z, yaw, [(0.0, 0.5, -0.02, 0.94, 0.62, 0.05)], (206, 214, 216))
    for side in (-1, 1):
        a, b = placed(x, z, yaw, side * 0.48, 0.5)
        c, d = placed(x, z, yaw, side * 0.48, 1.3)
        for y in (0.76, 0.94):
            sheet.line3([a, y, b], [c, y, d], 2.2, 230, colour=(110, 116, 124))
        for e, f in ((a, b), (c, d)):
            sheet.line3([e, 0.6, f], [e, 0.94, f], 2.0, 230, colour=(110, 116, 124))


def drip(sheet: Sheet, x: float, z: float) -> None:
    """A stand with an infusion bag."""
    if sheet.camera.seen([x, 1.2, z])[0, 2] < 0.6:
        return
    disc(sheet, x, 0.02, z, 0.22, 0.03, STEEL)
    sheet.line3([x, 0.05, z], [x, 1.9, z], 2.6, 240, colour=(110, 116, 124))
    sheet.line3([x - 0.12, 1.9, z], [x + 0.12, 1.9, z], 2.4, 240, colour=(110, 116, 124))
    bag = sheet.chain([[x + 0.12, 1.62, z], [x + 0.12, 1.8, z]], [0.07, 0.075], 12)
    sheet.fill(bag, (214, 226, 230), 230)
    sheet.outline(bag, 1.2)
    sheet.ink(sheet.camera.projected([[x + 0.12, 1.55, z], [x + 0.16, 1.2, z], [x + 0.05, 0.9, z]])[0], 1.0, alpha=170)


def monitor(scene: Scene, x: float, z: float, yaw: float) -> None:
    """A screen with a heartbeat on a wheeled stand."""
    sheet = scene.sheet
    boxes(sheet, x, z, yaw, [(0.0, 0.0, 0.0, 0.4, 0.04, 0.4), (0.0, 0.04, 0.0, 0.05, 1.05, 0.05)], STEEL)
    boxes(sheet, x, z, yaw, [(0.0, 1.08, 0.0, 0.42, 0.34, 0.12)], (206, 208, 206))
    corners = [placed(x, z, yaw, a, 0.065) for a in (-0.17, 0.17)]
    face = [[corners[0][0], 1.13, corners[0][1]], [corners[1][0], 1.13, corners[1][1]]]
    face += [[corners[1][0], 1.37, corners[1][1]], [corners[0][0], 1.37, corners[0][1]]]
    ahead = placed(x, z, yaw, 0.0, 1.0)
    eye = sheet.camera.position
    if (eye[0] - x) * (ahead[0] - x) + (eye[2] - z) * (ahead[1] - z) < 0 or sheet.ring3(face) is None:
        return
    sheet.face3(face, (34, 48, 50), 1.0, raw=scene.dark, overshoot=0)
    beat = [(0.0, 0.0), (0.3, 0.0), (0.38, 0.35), (0.46, -0.3), (0.54, 0.0), (1.0, 0.0)]
    course = [
        [
            corners[0][0] + (corners[1][0] - corners[0][0]) * u,
            1.25 + v * 0.2,
            corners[0][1] + (corners[1][1] - corners[0][1]) * u,
        ]
        for u, v in beat
    ]
    sheet.ink(sheet.camera.projected(course)[0], 1.6, colour=(120, 230, 150), alpha=240, taper=0.8)


def wardrobe(sheet: Sheet, x: float, z: float, yaw: float, wood: Colour) -> None:
    """A two-door wardrobe, its doors towards `yaw`."""
    boxes(sheet, x, z, yaw, [(0.0, 0.0, 0.0, 1.3, 2.0, 0.6)], wood)
    eye = sheet.camera.position
    front = placed(x, z, yaw, 0.0, 1.0)
    if (eye[0] - x) * (front[0] - x) + (eye[2] - z) * (front[1] - z) < 0:
        return
    for side in (-1, 1):
        a, b = placed(x, z, yaw, side * 0.06, 0.31), placed(x, z, yaw, side * 0.58, 0.31)
        door = [[a[0], 0.15, a[1]], [b[0], 0.15, b[1]], [b[0], 1.86, b[1]], [a[0], 1.86, a[1]]]
        sheet.face3(door, times(wood, 1.1), 1.1, overshoot=0)
        knob = placed(x, z, yaw, side * 0.1, 0.33)
        sheet.fill(sheet.ball([knob[0], 1.0, knob[1]], 0.03, 10), (206, 174, 96))


def bedside(scene: Scene, x: float, z: float, wood: Colour) -> None:
    """A small cupboard with a lamp."""
    sheet = scene.sheet
    sheet.box([x, 0, z], (0.45, 0.52, 0.4), 0, wood)
    if sheet.camera.seen([x, 0.7, z])[0, 2] < 0.6:
        return
    foot = sheet.chain([[x, 0.56, z], [x, 0.72, z]], [0.05, 0.03], 10)
    shade = sheet.chain([[x, 0.80, z], [x, 0.90, z]], [0.13, 0.09], 14)
    for shape, colour, lit in ((foot, (150, 120, 92), False), (shade, (248, 222, 160), scene.dark)):
        sheet.fill(shape, colour, raw=lit)
        sheet.outline(shape, 1.2)
    if scene.dark:
        lamp_glow(sheet, [x, 0.85, z], 1.3)


def school_desk(sheet: Sheet, x: float, z: float, wood: Colour) -> None:
    """A pupil's table with its chair, towards +z."""
    furniture_legs = [(a * 0.26, 0.0, b * 0.2, 0.035, 0.7, 0.035) for a in (-1, 1) for b in (-1, 1)]
    boxes(sheet, x, z, 0.0, furniture_legs, STEEL)
    sheet.box([x, 0.68, z], (0.66, 0.05, 0.5), 0, wood)
    legs = [(a * 0.17, 0.0, -0.55 + b * 0.16, 0.03, 0.44, 0.03) for a in (-1, 1) for b in (-1, 1)]
    boxes(sheet, x, z, 0.0, legs, STEEL)
    sheet.box([x, 0.43, z - 0.55], (0.4, 0.04, 0.38), 0, times(wood, 0.85))
    sheet.box([x, 0.66, z - 0.73], (0.4, 0.2, 0.03), 0, times(wood, 0.85))


def pew(sheet: Sheet, x: float, z: float, wood: Colour, width: float = 3.0) -> None:
    """A church bench towards +z."""
    parts = [(0.0, 0.40, 0.0, width, 0.05, 0.42), (0.0, 0.0, 0.02, width - 0.2, 0.40, 0.06)]
    boxes(sheet, x, z, 0.0, parts, times(wood, 0.92))
    sheet.box([x, 0.0, z - 0.24], (width, 0.92, 0.06), 0, wood)
    for side in (-1, 1):
        sheet.box([x + side * width / 2, 0, z - 0.02], (0.07, 0.96, 0.52), 0, times(wood, 1.12))


def crate(sheet: Sheet, x: float, z: float, size: float, y: float = 0.0, colour: Colour = (186, 150, 106)) -> None:
    """A wooden crate with boards and corner posts."""
    sheet.box([x, y, z], (size, size * 0.8, size), 0, colour)
    near = z - size / 2 - 0.005
    if sheet.camera.position[2] > near:
        return
    half, high = size / 2, size * 0.8
    for share in (0.34, 0.67):
        sheet.line3([x - half, y + high * share, near], [x + half, y + high * share, near], 1.0, 150)
    for edge in (-half, half - 0.08):
        post = [
            [x + edge, y, near],
            [x + edge + 0.08, y, near],
            [x + edge + 0.08, y + high, near],
            [x + edge, y + high, near],
        ]
        sheet.face3(post, times(colour, 0.86), 0.9, overshoot=0)


def barrel(sheet: Sheet, x: float, z: float, colour: Colour) -> None:
    """A drum with two hoops."""
    if sheet.camera.seen([x, 0.5, z])[0, 2] < 0.7:
        return
    for y, radius, thick in ((0.0, 0.29, 0.3), (0.3, 0.30, 0.3), (0.6, 0.29, 0.28)):
        disc(sheet, x, y, z, radius, thick, colour)


def goods(scene: Scene, x: float, z: float, yaw: float, length: float, name: str) -> None:
    """A shop's shelf unit full of boxes, tins and jars, its goods towards `yaw`."""
    sheet = scene.sheet
    boxes(sheet, x, z, yaw, [(0.0, 0.0, -0.12, length, 1.85, 0.1)], (206, 202, 192))
    eye = sheet.camera.position
    front = placed(x, z, yaw, 0.0, 1.0)
    shelves = [(0.0, y, 0.1, length, 0.04, 0.36) for y in (0.08, 0.52, 0.96, 1.40)]
    boxes(sheet, x, z, yaw, shelves, (190, 186, 178))
    if (eye[0] - x) * (front[0] - x) + (eye[2] - z) * (front[1] - z) < 0:
        return
    rng = scene.rng(f"goods {name}")
    by_colour: dict[Colour, list[np.ndarray]] = {}
    for y in (0.12, 0.56, 1.00, 1.44):
        at = -length / 2 + 0.05
        while at < length / 2 - 0.2:
            colour = GOODS[int(rng.integers(len(GOODS)))]
            wide, tall = float(rng.uniform(0.10, 0.2)), float(rng.uniform(0.16, 0.34))
            for _ in range(int(rng.integers(2, 5))):
                if at + wide > length / 2 - 0.03:
                    break
                a, b = placed(x, z, yaw, at, 0.26), placed(x, z, yaw, at + wide * 0.9, 0.26)
                quad = [[a[0], y, a[1]], [b[0], y, b[1]], [b[0], y + tall, b[1]], [a[0], y + tall, a[1]]]
                by_colour.setdefault(colour, []).append(np.array(quad))
                at += wide
            at += 0.03
    for colour, quads in by_colour.items():
        sheet.faces3(quads, colour, 0.8)


def plant(scene: Scene, x: float, z: float, name: str = "plant") -> None:
    """A leafy plant in a pot."""
    sheet = scene.sheet
    if sheet.camera.seen([x, 1, z])[0, 2] < 0.8:
        return
    pot = sheet.chain([[x, 0.12, z], [x, 0.32, z]], [0.13, 0.17], 12)
    sheet.fill(pot, (176, 112, 84))
    sheet.outline(pot, 1.2)
    rng = scene.rng(name)
    for angle in np.linspace(0, 2 * np.pi, 9, endpoint=False):
        lean, top = rng.uniform(0.25, 0.5), rng.uniform(0.8, 1.25)
        tip = [x + np.cos(angle) * lean, top, z + np.sin(angle) * lean]
        bend = [x + np.cos(angle) * lean * 0.5, top * 0.85, z + np.sin(angle) * lean * 0.5]
        leaf = sheet.chain([[x, 0.4, z], bend, tip], [0.015, 0.05, 0.008], 8)
        sheet.fill(leaf, (96, 128, 92))
        sheet.outline(leaf, 0.9, alpha=170)


def long_bench(sheet: Sheet, x: float, z: float, yaw: float, wood: Colour) -> None:
    """A slatted bench with a back, as stations and parks have."""
    legs = [(a * 0.75, 0.0, 0.0, 0.06, 0.42, 0.42) for a in (-1, 1)]
    boxes(sheet, x, z, yaw, legs, (82, 86, 92))
    boxes(sheet, x, z, yaw, [(0.0, 0.42, b, 1.8, 0.03, 0.12) for b in (-0.14, 0.0, 0.14)], wood)
    boxes(sheet, x, z, yaw, [(0.0, y, -0.22, 1.8, 0.12, 0.03) for y in (0.56, 0.74)], wood)


def deck_chair(sheet: Sheet, x: float, z: float, yaw: float, cloth: Colour) -> None:
    """A folding chair of striped cloth."""

    def at(side: float, y: float, ahead: float) -> list[float]:
        a, b = placed(x, z, yaw, side, ahead)
        return [a, y, b]

    for side in (-0.3, 0.3):
        sheet.line3(at(side, 0.02, 0.55), at(side, 1.0, -0.5), 3.0, 240, colour=(140, 108, 78))
        sheet.line3(at(side, 0.02, -0.45), at(side, 0.5, 0.35), 3.0, 240, colour=(140, 108, 78))
    sling = [at(-0.28, 0.98, -0.48), at(0.28, 0.98, -0.48), at(0.28, 0.3, -0.02), at(-0.28, 0.3, -0.02)]
    seat = [at(-0.28, 0.3, -0.02), at(0.28, 0.3, -0.02), at(0.28, 0.48, 0.36), at(-0.28, 0.48, 0.36)]
    for quad in (sling, seat):
        sheet.face3(quad, cloth, 1.3, overshoot=0)
    for share in (-0.14, 0.0, 0.14):
        sheet.line3(at(share, 0.98, -0.48), at(share, 0.3, -0.02), 3.0, 150, colour=(240, 234, 220))


def parasol(sheet: Sheet, x: float, z: float, cloth: Colour) -> None:
    """A beach umbrella."""
    if sheet.camera.seen([x, 1.5, z])[0, 2] < 1.2:
        return
    pole = sheet.chain([[x, 0, z], [x, 2.2, z]], [0.03, 0.025], 6)
    sheet.fill(pole, (240, 236, 226))
    sheet.outline(pole, 1.1)
    turn = np.linspace(0, 2 * math.pi, 17)
    top = sheet.camera.projected([[x, 2.4, z]])[0][0]
    rim = sheet.camera.projected(np.stack([x + np.cos(turn) * 1.3, turn * 0 + 1.85, z + np.sin(turn) * 1.3], 1))[0]
    for k in np.argsort([-math.sin(a) for a in turn[:-1]]):
        ring = np.array([top, rim[k], rim[k + 1]])
        sheet.fill(ring, cloth if k % 4 < 2 else (240, 234, 220))
    sheet.outline(polygon(np.vstack([rim, top])).convex_hull, 1.6)


def rowing_boat(sheet: Sheet, x: float, z: float, yaw: float, colour: Colour) -> None:
    """A small open boat lying on the ground."""
    sides = [(-0.55, 0.5, -1.5), (-0.7, 0.46, 0.0), (-0.5, 0.52, 1.2), (0.0, 0.66, 2.0)]
    sides += [(0.5, 0.52, 1.2), (0.7, 0.46, 0.0), (0.55, 0.5, -1.5)]

    def at(side: float, y: float, ahead: float) -> list[float]:
        a, b = placed(x, z, yaw, side, ahead)
        return [a, y, b]

    rim = [at(*point) for point in sides]
    keel = [at(side * 0.55, 0.02, ahead * 0.85) for side, _, ahead in sides]
    if min(float(sheet.camera.seen(point)[0, 2]) for point in (*rim, *keel)) < 0.5:
        return
    rim_page, keel_page = sheet.camera.projected(rim)[0], sheet.camera.projected(keel)[0]
    hull = polygon(np.vstack([rim_page, keel_page])).convex_hull
    sheet.fill(hull, colour)
    sheet.outline(hull, 1.8)
    inside = polygon(rim_page)
    sheet.fill(inside, times(colour, 0.7))
    sheet.outline(inside, 1.4)
    for ahead in (-0.5, 0.6):
        sheet.face3(
            [at(-0.62, 0.4, ahead), at(0.62, 0.4, ahead), at(0.62, 0.4, ahead + 0.25), at(-0.62, 0.4, ahead + 0.25)],
            times(colour, 1.2),
            1.1,
            overshoot=0,
        )


def sign(sheet: Sheet, x: float, y: float, z: float, size: tuple[float, float], colour: Colour, lines: int = 2) -> None:
    """A board with lines of lettering, towards -z."""
    half, high = size[0] / 2, size[1] / 2
    board = [[x - half, y - high, z], [x + half, y - high, z], [x + half, y + high, z], [x - half, y + high, z]]
    sheet.face3(board, colour, 1.4, overshoot=0)
    for k in range(lines):
        level = y + high * (0.45 - 0.9 * k / max(lines - 1, 1)) if lines > 1 else y
        sheet.line3(
            [x - half * 0.8, level, z - 0.01],
            [x + half * (0.7 - 0.25 * k), level, z - 0.01],
            3.0,
            200,
            colour=(244, 240, 228),
        )
