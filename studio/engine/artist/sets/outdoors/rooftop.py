"""A rooftop: parapet, skyline all round, water tank, chimney, stair head."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from studio.engine.artist.geometry import hull_chain
from studio.engine.artist.sets.kit.stage import Piece, Scene, floor, mixed, sky, sky_colours, times
from studio.engine.artist.sheet import Colour

Array = NDArray[np.float64]

ROOFS: tuple[Colour, ...] = ((176, 166, 152), (160, 158, 156), (182, 160, 140))
BRICKS: tuple[Colour, ...] = ((172, 122, 100), (184, 168, 146), (148, 138, 134))
HALF = 6.0
DROP = -30.0


def rooftop(scene: Scene) -> list[Piece]:
    """Draw the roof and the city round it; gives what stands on the roof."""
    sky(scene)
    skyline(scene, DROP, 26.0)
    sheet = scene.sheet
    floor(sheet, -HALF, -HALF, HALF, HALF, scene.choice("roof", ROOFS))
    for x in np.arange(-HALF, HALF + 0.1, 1.5):
        sheet.line3([x, 0, -HALF], [x, 0, HALF], 0.9, 80)
    for z in np.arange(-HALF, HALF + 0.1, 3.0):
        sheet.line3([-HALF, 0, z], [HALF, 0, z], 0.9, 70)
    brick = scene.choice("brick", BRICKS)
    for x, z, width, depth in (
        (0, HALF, 12.6, 0.3),
        (0, -HALF, 12.6, 0.3),
        (-HALF, 0, 0.3, 11.7),
        (HALF, 0, 0.3, 11.7),
    ):
        if _before(scene, x, z):
            _parapet(scene, x, z, width, depth, brick)
    return _pieces(scene, brick)


def _before(scene: Scene, x: float, z: float) -> bool:
    """Whether this side of the roof lies beyond its middle as the camera looks: the near parapet would hide the people."""
    at, middle = scene.sheet.camera.seen([[x, 0, z], [0, 0, 0]])[:, 2]
    return bool(at > middle - 2.0)


def _parapet(scene: Scene, x: float, z: float, width: float, depth: float, brick: Colour) -> None:
    sheet = scene.sheet
    sheet.box([x, 0, z], (width, 0.92, depth), 0, brick)
    sheet.box([x, 0.92, z], (width + 0.1, 0.1, depth + 0.12), 0, times(brick, 1.2))
    along_x = width > depth
    face = -depth / 2 * np.sign(z) if along_x else -width / 2 * np.sign(x)
    for index, y in enumerate(np.arange(0.16, 0.9, 0.16)):
        for start in np.arange(-width / 2 if along_x else -depth / 2, (width if along_x else depth) / 2, 1.3):
            a = start + (0.5 if index % 2 else 0.0)
            ends = (
                ([x + a, y, z + face], [x + a + 0.6, y, z + face])
                if along_x
                else ([x + face, y, z + a], [x + face, y, z + a + 0.6])
            )
            sheet.line3(*ends, 0.8, 80, overshoot=0)


def skyline(scene: Scene, base: float, nearest: float, *, tall: float = 1.0) -> None:
    """A city all round: three rows of blocks, paler with distance, windows lit when it is dark. `base` is its street level."""
    sheet = scene.sheet
    haze = sky_colours(scene)[1]
    dark: Colour = (58, 64, 92)
    page_foot = mixed(haze, dark if scene.dark else (190, 190, 186), 0.5)
    centre = sheet.camera.position
    reach = 900.0
    sheet.face3(
        [[centre[0] + a * reach, base, centre[2] + b * reach] for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))],
        page_foot,
        line=False,
        raw=scene.dark,
    )
    for row, (far, share) in enumerate(((5.0, 0.75), (2.4, 0.5), (1.0, 0.22))):
        rng = scene.rng(f"skyline {row}")
        distance = nearest * far
        bearing = -math.pi
        tone = mixed(dark, haze, share) if scene.dark else mixed((168, 160, 152), haze, share)
        while bearing < math.pi:
            spread = float(rng.uniform(0.09, 0.2))
            height = (base + (-base) * rng.uniform(0.75, 1.0)) + distance * float(rng.uniform(0.02, 0.3)) * tall
            step = float(rng.uniform(0.85, 1.15))
            _block(scene, bearing, spread, distance, base, height, times(tone, step), f"block {row} {bearing:.3f}")
            bearing += spread * float(rng.uniform(0.95, 1.3))


def _block(
    scene: Scene, bearing: float, spread: float, distance: float, base: float, top: float, colour: Colour, name: str
) -> None:
    sheet = scene.sheet
    a, b = bearing, bearing + spread

    def at(share: float, y: float) -> Array:
        turn = a + (b - a) * share
        return np.array([math.sin(turn) * distance, y, math.cos(turn) * distance])

    if float(sheet.camera.seen([at(0, 0), at(1, 0)])[:, 2].min()) < 2:
        return
    ring = sheet.face3([at(0, base), at(1, base), at(1, top), at(0, top)], colour, 0.9, overshoot=0, raw=scene.dark)
    if ring is None:
        return
    rng = scene.rng(name)
    pitch = 3.2 * max(1.0, distance / 110)
    columns, rows = int(spread * distance / pitch) + 1, 9
    chance = rng.uniform(0, 1, (columns, rows))
    quads: list[Array] = []
    for i, j in np.argwhere(chance < (0.35 if scene.dark else 0.8)):
        y = top - (j + 0.7) * pitch
        if y < base:
            continue
        u0, u1 = (i + 0.28) / columns, (i + 0.72) / columns
        quads.append(np.array([at(u0, y), at(u1, y), at(u1, y + pitch * 0.47), at(u0, y + pitch * 0.47)]))
    lit: Colour = (244, 206, 124) if scene.dark else times(colour, 0.86)
    sheet.faces3(quads, lit, line=False, raw=scene.dark)
    if rng.uniform() < 0.3:
        sheet.line3(at(0.5, top), at(0.5, top + distance * 0.05), 1.0, 150)


def _pieces(scene: Scene, brick: Colour) -> list[Piece]:
    side = 1 if scene.number("side", 0, 1) > 0.5 else -1
    tank_x, tank_z = side * 3.6, 3.6
    head_x, head_z = -side * 4.1, 3.4

    def stair_head() -> None:
        scene.sheet.box([head_x, 0, head_z], (2.4, 2.5, 2.2), 0, times(brick, 1.06))
        scene.sheet.box([head_x, 2.5, head_z], (2.7, 0.14, 2.5), 0, (150, 146, 142))
        door = [[head_x - 0.5, 0, head_z - 1.11], [head_x + 0.5, 0, head_z - 1.11]]
        door += [[head_x + 0.5, 2.05, head_z - 1.11], [head_x - 0.5, 2.05, head_z - 1.11]]
        if scene.sheet.camera.position[2] < head_z - 1.1:
            scene.sheet.face3(door, (98, 108, 112), 1.3)

    return [
        Piece(tank_x, tank_z, 1.2, True, lambda: _tank(scene, tank_x, tank_z)),
        Piece(head_x, head_z, 1.4, True, stair_head),
        Piece(side * 1.6, 4.9, 0.4, True, lambda: _chimney(scene, side * 1.6, 4.9, brick)),
        Piece(
            -side * 4.6,
            -2.6,
            0.5,
            False,
            lambda: scene.sheet.box([-side * 4.6, 0, -2.6], (1.1, 0.8, 0.9), 0, (180, 182, 180)),
        ),
    ]


def _chimney(scene: Scene, x: float, z: float, brick: Colour) -> None:
    scene.sheet.box([x, 0, z], (0.8, 1.7, 0.5), 0, brick)
    scene.sheet.box([x, 1.7, z], (0.95, 0.12, 0.65), 0, times(brick, 1.15))
    for offset in (-0.2, 0.2):
        pot = scene.sheet.chain([[x + offset, 1.86, z], [x + offset, 2.15, z]], [0.1, 0.085], 10)
        scene.sheet.fill(pot, (184, 120, 92))
        scene.sheet.outline(pot, 1.2)


def _tank(scene: Scene, x: float, z: float) -> None:
    """A wooden water tank on legs with a conical roof."""
    sheet = scene.sheet
    if sheet.camera.seen([x, 2, z])[0, 2] < 2.5:
        return
    for a, b in ((-0.7, 0.7), (0.7, 0.7), (-0.7, -0.7), (0.7, -0.7)):
        sheet.box([x + a, 0, z + b], (0.1, 1.5, 0.1), 0, (110, 104, 100))
    sheet.line3([x - 0.7, 0.1, z - 0.75], [x + 0.7, 1.4, z - 0.75], 1.4, 210)
    sheet.line3([x + 0.7, 0.1, z - 0.75], [x - 0.7, 1.4, z - 0.75], 1.4, 210)
    turn = np.linspace(0, 2 * math.pi, 28, endpoint=False)

    def ring(y: float, radius: float) -> Array:
        return sheet.camera.projected(
            np.stack([x + np.cos(turn) * radius, turn * 0 + y, z + np.sin(turn) * radius], 1)
        )[0]

    wood: Colour = (160, 124, 92)
    body = hull_chain(np.array([ring(1.5, 1.05), ring(3.3, 1.0)]))
    sheet.fill(body, wood)
    sheet.hatch(body, 1.5, 9, alpha=80)
    sheet.outline(body, 1.7)
    for y in (1.8, 2.4, 3.0):
        hoop = ring(y, 1.04)
        front = hoop[np.argsort(hoop[:, 0])]
        front = front[front[:, 1] >= np.median(hoop[:, 1])]
        sheet.ink(front, 1.3, alpha=170)
    roof = hull_chain(np.array([ring(3.28, 1.2), ring(4.1, 0.04)]))
    sheet.fill(roof, (124, 116, 112))
    sheet.outline(roof, 1.7)
