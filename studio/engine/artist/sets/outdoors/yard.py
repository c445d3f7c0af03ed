"""A house with its yard: a clapboard front with porch, door and windows, a lawn, a path, a picket fence, trees, a mailbox."""

from __future__ import annotations

import numpy as np

from studio.engine.artist.sets.kit.shell import door
from studio.engine.artist.sets.kit.stage import (
    Piece,
    Scene,
    Wall,
    floor,
    ground,
    lamp_glow,
    mixed,
    sky,
    sky_colours,
    times,
)
from studio.engine.artist.sets.outdoors.nature import GRASS, tree
from studio.engine.artist.sheet import Colour

FRONTS: tuple[Colour, ...] = ((214, 206, 186), (176, 190, 196), (206, 178, 150), (188, 196, 172), (222, 214, 206))
ROOFS: tuple[Colour, ...] = ((126, 98, 88), (104, 106, 114), (142, 112, 92))
WALL = 4.6


def yard(scene: Scene) -> list[Piece]:
    """Draw the house and its ground; gives fence, trees and porch posts."""
    sky(scene)
    sheet = scene.sheet
    grass = scene.choice("grass", GRASS)
    ground(scene, grass)
    _neighbours(scene)
    side = 1 if scene.number("side", 0, 1) > 0.5 else -1
    middle = -side * scene.number("house", 0.6, 1.6)
    half = 5.2
    floor(
        sheet,
        middle - side * 2.2 - 0.6,
        -14,
        middle - side * 2.2 + 0.6,
        WALL,
        mixed((206, 198, 182), grass, 0.1),
        0.003,
    )
    for z in np.arange(-10, WALL, 1.3):
        sheet.line3([middle - side * 2.2 - 0.6, 0.004, z], [middle - side * 2.2 + 0.6, 0.004, z], 0.8, 70)
    if sheet.camera.position[2] < WALL:
        _house(scene, middle, half, side)
    return _pieces(scene, middle, half, side)


def _neighbours(scene: Scene) -> None:
    """Hedges and roofs of the houses beyond."""
    sheet = scene.sheet
    rng = scene.rng("neighbours")
    haze = sky_colours(scene)[1]
    for z in (40.0, -40.0):
        x = -60.0
        while x < 60:
            wide, tall = float(rng.uniform(7, 11)), float(rng.uniform(3.0, 4.5))
            tone = mixed(FRONTS[int(rng.integers(len(FRONTS)))], haze, 0.45)
            sheet.box([x + wide / 2, 0, z], (wide, tall, 6), 0, tone, 1.0)
            roof = [
                [x - 0.4, tall, z - 3],
                [x + wide + 0.4, tall, z - 3],
                [x + wide * 0.8, tall + 2, z],
                [x + wide * 0.2, tall + 2, z],
            ]
            if z > 0:
                sheet.face3(roof, times(tone, 0.78), 1.0, overshoot=0)
            x += wide + float(rng.uniform(2, 7))
        hedge = [[-70, 0, z * 0.75], [70, 0, z * 0.75], [70, 1.5, z * 0.75], [-70, 1.5, z * 0.75]]
        sheet.face3(hedge, mixed((112, 132, 92), haze, 0.25), 1.0)


def _house(scene: Scene, middle: float, half: float, side: int) -> None:
    sheet = scene.sheet
    front, roof = scene.choice("front", FRONTS), scene.choice("roof", ROOFS)
    wall = Wall(sheet, (middle - half, WALL), (1, 0), (0, -1))
    wall.panel(0, 0, 2 * half, 3.1, front, 0)
    for y in np.arange(0.45, 3.05, 0.2):
        wall.line(0, float(y), 2 * half, float(y), 0.7, 70, 0.01)
    wall.panel(0, 0, 2 * half, 0.4, times(front, 0.7), 0.02)
    gable = [[middle - half - 0.5, 3.0, WALL - 0.5], [middle + half + 0.5, 3.0, WALL - 0.5]]
    gable += [[middle + half - 0.6, 5.4, WALL + 3], [middle - half + 0.6, 5.4, WALL + 3]]
    sheet.face3(gable, roof)
    for k in range(1, 6):
        y, z = 3.0 + 0.4 * k, WALL - 0.5 + 0.58 * k
        inset = 1.1 * k / 6 - 0.5
        sheet.line3([middle - half + inset, y, z], [middle + half - inset, y, z], 0.8, 90)
    at = half - side * 2.2
    door(wall, at, scene.choice("door", ((128, 62, 54), (66, 92, 112), (92, 108, 80))), glazed=True)
    for k, u in enumerate((half + side * 0.7, half + side * 3.6)):
        _window(scene, wall, u, f"curtain {k}")
    if scene.dark:
        lamp_glow(sheet, wall.point(at + 0.8, 2.2, 0.1), 1.8)
    _porch(scene, middle - side * 2.2, roof)


def _window(scene: Scene, wall: Wall, u: float, name: str) -> None:
    """A window from outside: shutters, curtains behind dark glass, lit when it is dark."""
    shutter = scene.choice("shutters", ((92, 112, 104), (118, 78, 70), (84, 98, 120)))
    for side in (-1, 1):
        wall.panel(u + side * 0.98 - 0.2, 0.93, u + side * 0.98 + 0.2, 2.42, shutter, 0.04, 1.1, overshoot=0)
    wall.panel(u - 0.76, 0.89, u + 0.76, 2.46, (240, 236, 226), 0.03)
    glass: Colour = (246, 208, 124) if scene.dark else mixed((92, 108, 118), sky_colours(scene)[0], 0.25)
    wall.panel(u - 0.68, 0.97, u + 0.68, 2.38, glass, 0.04, 1.0, overshoot=0, raw=scene.dark)
    cloth = times(scene.choice(name, ((214, 204, 188), (190, 150, 130), (170, 184, 176))), 0.8)
    for side in (-1, 1):
        drape = [(side * 0.68, 2.38), (side * 0.2, 2.38), (side * 0.5, 1.5), (side * 0.56, 0.97), (side * 0.68, 0.97)]
        wall.sheet.face3([wall.point(u + a, y, 0.045) for a, y in drape], cloth, 0.8, overshoot=0)
    if not scene.dark:
        wall.line(u - 0.4, 1.1, u + 0.1, 2.2, 1.6, 60, 0.05)
    for box in ((u - 0.025, 0.97, u + 0.025, 2.38), (u - 0.68, 1.66, u + 0.68, 1.71)):
        wall.panel(*box, (240, 236, 226), 0.05, 0.9, overshoot=0)


def _porch(scene: Scene, x: float, roof: Colour) -> None:
    """Two steps, a small roof on posts."""
    sheet = scene.sheet
    for k in range(2):
        sheet.box(
            [x, 0, WALL - 0.5 - 0.3 * (1 - k)], (2.2 - 0.2 * k, 0.12 * (k + 1), 1.0 - 0.4 * k), 0, (190, 182, 168)
        )
    for side in (-1.0, 1.0):
        sheet.box([x + side, 0, WALL - 1.1], (0.13, 2.5, 0.13), 0, (236, 230, 218))
    top = [[x - 1.4, 2.5, WALL - 1.35], [x + 1.4, 2.5, WALL - 1.35], [x + 1.1, 3.05, WALL], [x - 1.1, 3.05, WALL]]
    sheet.face3(top, times(roof, 1.1))


def _pieces(scene: Scene, middle: float, half: float, side: int) -> list[Piece]:
    tall = scene.number("tree", 4.6, 6.0)
    tree_x = middle + side * (half + 0.8)
    pieces = [Piece(tree_x, 2.4, 0.5, True, lambda: tree(scene, tree_x, 2.4, tall, "yard tree"))]
    pieces.append(
        Piece(-side * 6.4, -3.4, 0.5, True, lambda: tree(scene, -side * 6.4, -3.4, tall * 0.85, "second tree"))
    )
    pieces.append(Piece(middle - side * 0.9, 2.9, 0.3, False, lambda: _mailbox(scene, middle - side * 0.9, 2.9)))
    for at in np.arange(-12.0, 12.0, 2.0):
        for edge in (-1, 1):
            x = middle + edge * (half + 2.4)
            pieces.append(Piece(x, float(at) + 1, 0.1, False, lambda x=x, at=float(at): _fence(scene, x, at)))
    return pieces


def _fence(scene: Scene, x: float, z: float) -> None:
    """Two metres of pickets along z."""
    sheet = scene.sheet
    if min(sheet.camera.seen([[x, 0.4, z], [x, 0.4, z + 2]])[:, 2]) < 1.0:
        return
    white: Colour = (238, 234, 224)
    for y in (0.3, 0.65):
        sheet.face3(
            [[x, y, z], [x, y, z + 2], [x, y + 0.07, z + 2], [x, y + 0.07, z]], times(white, 0.9), 0.9, overshoot=0
        )
    pickets = [
        np.array([[x, 0, a], [x, 0, a + 0.1], [x, 0.85, a + 0.1], [x, 0.95, a + 0.05], [x, 0.85, a]])
        for a in np.arange(z, z + 2, 0.22)
    ]
    sheet.faces3(pickets, white, 0.8)


def _mailbox(scene: Scene, x: float, z: float) -> None:
    scene.sheet.box([x, 0, z], (0.09, 1.0, 0.09), 0, (140, 112, 84))
    scene.sheet.box([x, 1.0, z], (0.2, 0.24, 0.42), 0, scene.choice("mailbox", ((150, 66, 58), (90, 100, 112))))
