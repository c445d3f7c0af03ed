"""Furniture that stands on the floor, drawn from boxes and tubes: tables, chairs, sofas, lamps, stools, benches."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from studio.engine.artist.geometry import hull_chain
from studio.engine.artist.sets.kit.stage import Scene, lamp_glow, times
from studio.engine.artist.sheet import Colour, Sheet


def placed(x: float, z: float, yaw: float, side: float, ahead: float) -> tuple[float, float]:
    """A point `side` metres right and `ahead` metres before a thing at (x, z) that faces `yaw` radians (0 = +z, positive to +x)."""
    return x + side * math.cos(yaw) + ahead * math.sin(yaw), z - side * math.sin(yaw) + ahead * math.cos(yaw)


def boxes(
    sheet: Sheet,
    x: float,
    z: float,
    yaw: float,
    parts: Sequence[tuple[float, float, float, float, float, float]],
    colour: Colour,
) -> None:
    """Boxes (side, foot, ahead, width, height, depth) of one thing, the farthest first."""

    def distance(part: tuple[float, float, float, float, float, float]) -> float:
        a, b = placed(x, z, yaw, part[0], part[2])
        return -math.dist((a, part[1] + part[4] / 2, b), tuple(sheet.camera.position))

    for side, foot, ahead, width, height, depth in sorted(parts, key=distance):
        a, b = placed(x, z, yaw, side, ahead)
        sheet.box([a, foot, b], (width, height, depth), yaw, colour)


def table(
    sheet: Sheet,
    x: float,
    z: float,
    *,
    yaw: float = 0.0,
    height: float = 0.76,
    size: tuple[float, float] = (1.1, 0.7),
    colour: Colour = (150, 112, 80),
) -> None:
    """A four-legged table."""
    half_w, half_d = size[0] / 2 - 0.06, size[1] / 2 - 0.06
    legs = [(a * half_w, 0.0, b * half_d, 0.06, height - 0.05, 0.06) for a in (-1, 1) for b in (-1, 1)]
    boxes(sheet, x, z, yaw, legs, times(colour, 0.9))
    sheet.box([x, height - 0.05, z], (size[0], 0.05, size[1]), yaw, colour)


def chair_seat(sheet: Sheet, x: float, z: float, yaw: float, colour: Colour, height: float = 0.46) -> None:
    """Legs and seat of a chair whose sitter faces `yaw`."""
    legs = [(a * 0.19, 0.0, b * 0.19, 0.045, height - 0.04, 0.045) for a in (-1, 1) for b in (-1, 1)]
    boxes(sheet, x, z, yaw, legs, colour)
    sheet.box([x, height - 0.05, z], (0.46, 0.05, 0.46), yaw, colour)


def chair_back(sheet: Sheet, x: float, z: float, yaw: float, colour: Colour, height: float = 0.46) -> None:
    """Posts and rails of the same chair."""
    parts = [(a * 0.19, height, -0.23, 0.045, 0.48, 0.04) for a in (-1, 1)]
    parts += [(0.0, height + 0.30, -0.23, 0.40, 0.15, 0.03), (0.0, height + 0.12, -0.23, 0.40, 0.05, 0.03)]
    boxes(sheet, x, z, yaw, parts, colour)


def sofa_seat(sheet: Sheet, x: float, z: float, yaw: float, colour: Colour, width: float = 1.9) -> None:
    """Cushions and arms of a sofa."""
    half = width / 2
    parts = [(0.0, 0.1, -0.02, width - 0.3, 0.32, 0.74)]
    parts += [(a * (half - 0.09), 0.08, -0.02, 0.18, 0.54, 0.8) for a in (-1, 1)]
    boxes(sheet, x, z, yaw, parts, colour)


def sofa_back(sheet: Sheet, x: float, z: float, yaw: float, colour: Colour, width: float = 1.9) -> None:
    """The back of the same sofa."""
    boxes(sheet, x, z, yaw, [(0.0, 0.08, -0.42, width, 0.78, 0.18)], colour)


def stool(sheet: Sheet, x: float, z: float, colour: Colour, height: float = 0.7) -> None:
    """A bar stool."""
    post = sheet.chain([[x, 0.03, z], [x, height - 0.05, z]], [0.03, 0.03], 8)
    sheet.fill(post, (96, 96, 100))
    sheet.outline(post, 1.1)
    disc(sheet, x, 0.0, z, 0.19, 0.03, (110, 108, 110))
    disc(sheet, x, height - 0.06, z, 0.18, 0.07, colour)


def disc(sheet: Sheet, x: float, y: float, z: float, radius: float, thickness: float, colour: Colour) -> None:
    turn = np.linspace(0, 2 * math.pi, 20, endpoint=False)
    rings: list[np.ndarray] = []
    for height in (y, y + thickness):
        ring = np.stack([x + np.cos(turn) * radius, turn * 0 + height, z + np.sin(turn) * radius], 1)
        if float(sheet.camera.seen(ring)[:, 2].min()) < 0.2:
            return
        rings.append(sheet.camera.projected(ring)[0])
    shape = hull_chain(np.array(rings))
    sheet.fill(shape, times(colour, 0.8))
    sheet.fill(rings[1], colour)
    sheet.outline(shape, 1.3)
    sheet.ink(rings[1], 0.9, closed=True, alpha=150)


def floor_lamp(scene: Scene, x: float, z: float) -> None:
    """A standing lamp with a shade, alight when it is dark."""
    sheet = scene.sheet
    if sheet.camera.seen([x, 1.6, z])[0, 2] < 0.6:
        return
    disc(sheet, x, 0, z, 0.16, 0.03, (98, 86, 76))
    post = sheet.chain([[x, 0.03, z], [x, 1.5, z]], [0.018, 0.018], 8)
    sheet.fill(post, (84, 76, 70))
    sheet.outline(post, 1.0)
    turn = np.linspace(0, 2 * math.pi, 18, endpoint=False)
    rings = [
        sheet.camera.projected(np.stack([x + np.cos(turn) * r, turn * 0 + y, z + np.sin(turn) * r], 1))[0]
        for y, r in ((1.42, 0.25), (1.74, 0.15))
    ]
    shape = hull_chain(np.array(rings))
    sheet.fill(shape, (250, 222, 154) if scene.dark else (236, 224, 196), raw=scene.dark)
    sheet.outline(shape, 1.4)
    if scene.dark:
        lamp_glow(sheet, [x, 1.55, z], 1.6)


def cup(sheet: Sheet, x: float, y: float, z: float, colour: Colour = (232, 226, 214), size: float = 1.0) -> None:
    """A small drinking vessel with a handle standing at height `y`."""
    if sheet.camera.seen([x, y, z])[0, 2] < 0.4:
        return
    turn = np.linspace(0, 2 * math.pi, 18, endpoint=False)
    rings = [
        sheet.camera.projected(
            np.stack([x + np.cos(turn) * r * size, turn * 0 + y + h * size, z + np.sin(turn) * r * size], 1)
        )[0]
        for h, r in ((0.0, 0.026), (0.05, 0.036), (0.085, 0.040))
    ]
    right = sheet.camera.basis[0] * 0.052 * size
    at = np.array([x, y + 0.045 * size, z])
    loop = [at + right * 0.6 + [0, 0.022 * size, 0], at + right * 1.15, at + right * 0.5 - [0, 0.022 * size, 0]]
    handle = sheet.chain(loop, [0.006 * size] * 3, 6)
    body = hull_chain(np.array(rings))
    for shape, tone in ((handle, times(colour, 0.9)), (body, colour)):
        sheet.fill(shape, tone)
        sheet.outline(shape, 1.2)
    if float(sheet.camera.position[1]) > y:
        sheet.fill(rings[-1], times(colour, 0.55))
        sheet.ink(rings[-1], 0.9, closed=True)


def bowl(sheet: Sheet, x: float, y: float, z: float) -> None:
    """A bowl of fruit standing at height `y`."""
    if sheet.camera.seen([x, y, z])[0, 2] < 0.5:
        return
    for dx, tone in ((-0.06, (190, 80, 62)), (0.05, (206, 160, 84)), (0.0, (150, 150, 84))):
        fruit = sheet.ball([x + dx, y + 0.1, z], 0.05, 14)
        sheet.fill(fruit, tone)
        sheet.ink(fruit, 1.0, closed=True)
    turn = np.linspace(0, 2 * math.pi, 20, endpoint=False)
    rings = [
        sheet.camera.projected(np.stack([x + np.cos(turn) * r, turn * 0 + y + h, z + np.sin(turn) * r], 1))[0]
        for h, r in ((0.0, 0.06), (0.08, 0.15))
    ]
    shape = hull_chain(np.array(rings))
    sheet.fill(shape, (214, 206, 190))
    sheet.outline(shape, 1.2)


def bench(sheet: Sheet, x: float, z: float, yaw: float, colour: Colour = (132, 104, 78)) -> None:
    """A backless bench for sitting out of doors."""
    parts = [(a * 0.6, 0.0, 0.0, 0.08, 0.4, 0.36) for a in (-1, 1)]
    parts.append((0.0, 0.40, 0.0, 1.5, 0.06, 0.42))
    boxes(sheet, x, z, yaw, parts, colour)
