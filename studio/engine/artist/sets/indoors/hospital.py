"""A hospital room: beds on wheels with rails, a curtain on its track, a drip, a monitor, a panel of outlets, cold strip light."""

from __future__ import annotations

import numpy as np

from studio.engine.artist.sets.kit import fixtures, furniture
from studio.engine.artist.sets.kit.shell import Shell, Side, door, window
from studio.engine.artist.sets.kit.stage import Piece, Scene, Wall, lamp_glow
from studio.engine.artist.sheet import Colour

WALLS: tuple[Colour, ...] = ((212, 222, 220), (216, 220, 208), (206, 216, 226))
FLOORS: tuple[Colour, ...] = ((184, 196, 196), (190, 192, 186), (176, 188, 198))
COVERS: tuple[Colour, ...] = ((150, 178, 196), (166, 190, 172), (196, 188, 168))
SCREENS: tuple[Colour, ...] = ((158, 190, 190), (176, 184, 204), (196, 200, 172))


def hospital(scene: Scene) -> list[Piece]:
    """Draw the room; gives beds, stands and the curtain."""
    shell = Shell(scene, scene.number("width", 7.4, 8.2), 6.6, 2.8)
    seen = shell.draw(scene.choice("wall", WALLS), scene.choice("floor", FLOORS), ceiling=(230, 232, 228), boards=False)
    _tiles(scene, shell)
    side = 1 if scene.number("flip", 0, 1) > 0.5 else -1
    for name in seen:
        _dress(scene, shell, name, side)
    return _pieces(scene, shell, side)


def _tiles(scene: Scene, shell: Shell) -> None:
    sheet = scene.sheet
    for x in np.arange(-shell.width / 2, shell.width / 2 + 0.01, 1.2):
        sheet.line3([x, 0, -6], [x, 0, shell.depth / 2], 0.7, 45)
    for z in np.arange(-shell.depth / 2, shell.depth / 2, 1.2):
        sheet.line3([-shell.width / 2, 0, z], [shell.width / 2, 0, z], 0.7, 45)
    y = shell.height - 0.01
    if sheet.camera.position[1] < y:
        for z in (-1.2, 1.2):
            lamp = [[-1.5, y, z - 0.16], [1.5, y, z - 0.16], [1.5, y, z + 0.16], [-1.5, y, z + 0.16]]
            sheet.face3(lamp, (252, 252, 246), 1.0, raw=scene.dark, overshoot=0)


def _dress(scene: Scene, shell: Shell, name: Side, side: int) -> None:
    wall, length = shell.wall(name), shell.length(name)
    rail: Colour = (150, 176, 180)
    wall.panel(0, 0.86, length, 1.0, rail, 0.03, 0.9, overshoot=0)
    if name == "far":
        window(scene, wall, length / 2 - side * 2.0, width=1.7)
        _bedhead(scene, wall, length / 2 + side * 1.9)
        _bedhead(scene, wall, length / 2 - side * 0.1)
    elif name == "near":
        door(wall, length * 0.3, (196, 190, 176), glazed=True)
    elif (name == "left") == (side > 0):
        door(wall, length * 0.4, (196, 190, 176), glazed=True)
    else:
        _basin(wall, length * 0.4)


def _bedhead(scene: Scene, wall: Wall, u: float) -> None:
    """The rail of outlets, a reading lamp and a chart over a bed."""
    wall.panel(u - 0.75, 1.36, u + 0.75, 1.52, (226, 228, 226), 0.05, 1.0)
    for at, tone in ((-0.5, (96, 140, 196)), (-0.3, (240, 240, 238)), (0.1, (196, 96, 84)), (0.4, (240, 240, 238))):
        wall.panel(u + at, 1.40, u + at + 0.1, 1.48, tone, 0.06, 0.7, overshoot=0)
    wall.panel(u - 0.3, 1.86, u + 0.3, 1.98, (250, 248, 226), 0.1, 1.0, raw=scene.dark, overshoot=0)
    if scene.dark:
        lamp_glow(wall.sheet, wall.point(u, 1.9, 0.15), 1.2, 100)


def _basin(wall: Wall, u: float) -> None:
    wall.box(u, 0.74, (0.6, 0.16, 0.42), (240, 240, 236))
    wall.panel(u - 0.3, 1.2, u + 0.3, 1.8, (206, 220, 224), 0.02)
    wall.box(u, 0.92, (0.04, 0.16, 0.05), fixtures.STEEL)


def _pieces(scene: Scene, shell: Shell, side: int) -> list[Piece]:
    sheet = scene.sheet
    far = shell.depth / 2 - 0.12
    cover = scene.choice("cover", COVERS)
    first, second = side * 1.9, -side * 0.1

    def curtain() -> None:
        x, tone = (first + second) / 2, scene.choice("screen", SCREENS)
        z0, z1 = far - 2.1, far
        if sheet.camera.seen([x, 1.2, z0])[0, 2] < 0.8:
            return
        for k in range(7):
            a, b = z0 + (z1 - z0) * k / 7, z0 + (z1 - z0) * (k + 1) / 7
            bend = 0.05 if k % 2 else -0.05
            fold = [[x + bend, 0.35, a], [x - bend, 0.35, b], [x - bend, 2.1, b], [x + bend, 2.1, a]]
            sheet.face3(fold, tone if k % 2 else (tone[0] * 0.9, tone[1] * 0.9, tone[2] * 0.9), 0.9, overshoot=0)
        sheet.line3([x, 2.12, z0 - 0.1], [x, 2.12, z1], 2.4, 230)

    pieces = [
        Piece(at, far - 1.0, 0.8, True, lambda at=at: fixtures.hospital_bed(sheet, at, far, 3.14159, cover))
        for at in (first, second)
    ]
    pieces += [
        Piece((first + second) / 2, far - 1.0, 0.2, True, curtain),
        Piece(first + side * 0.75, far - 0.4, 0.2, True, lambda: fixtures.drip(sheet, first + side * 0.75, far - 0.4)),
        Piece(
            second - side * 0.8,
            far - 0.4,
            0.25,
            True,
            lambda: fixtures.monitor(scene, second - side * 0.8, far - 0.4, 3.14159 - side * 0.3),
        ),
        Piece(
            first - side * 0.85,
            far - 1.7,
            0.3,
            True,
            lambda: _visitor(scene, first - side * 0.85, far - 1.9, side * 1.2),
        ),
    ]
    return pieces


def _visitor(scene: Scene, x: float, z: float, yaw: float) -> None:
    """The chair beside a bed."""
    furniture.chair_seat(scene.sheet, x, z, yaw, (134, 156, 164))
    furniture.chair_back(scene.sheet, x, z, yaw, (134, 156, 164))
