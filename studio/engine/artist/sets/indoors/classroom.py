"""A classroom: blackboard with chalk, rows of desks, the teacher's table, a globe, a map, tall windows along one side."""

from __future__ import annotations

import numpy as np

from studio.engine.artist.sets.kit import fixtures, furniture
from studio.engine.artist.sets.kit.shell import WOOD, Shell, Side, door, shelf, window
from studio.engine.artist.sets.kit.stage import Piece, Scene, Wall, times
from studio.engine.artist.sheet import Colour

WALLS: tuple[Colour, ...] = ((218, 212, 188), (204, 214, 206), (214, 206, 196), (206, 210, 220))
FLOORS: tuple[Colour, ...] = ((172, 146, 116), (158, 150, 140), (150, 130, 108))
BOARDS: tuple[Colour, ...] = ((62, 88, 78), (58, 66, 74), (74, 92, 70))


def classroom(scene: Scene) -> list[Piece]:
    """Draw the room; gives desks and the teacher's corner."""
    shell = Shell(scene, scene.number("width", 8.6, 9.4), 8.2, 3.1)
    seen = shell.draw(scene.choice("wall", WALLS), scene.choice("floor", FLOORS))
    side = 1 if scene.number("flip", 0, 1) > 0.5 else -1
    for name in seen:
        _dress(scene, shell, name, side)
    return _pieces(scene, shell, side)


def _dress(scene: Scene, shell: Shell, name: Side, side: int) -> None:
    wall, length = shell.wall(name), shell.length(name)
    if name == "far":
        _blackboard(scene, wall, length / 2)
        _map(scene, wall, length / 2 + side * 3.1)
        _clock(wall, length / 2 - side * 2.7, 2.5)
    elif name == "near":
        shelf(scene, wall, length * 0.4, 2.4, (0.7, 1.1, 1.5), "school books")
        door(wall, length * 0.8, scene.choice("door", WOOD))
    elif (name == "left") == (side > 0):
        for k, u in enumerate((length * 0.22, length * 0.5, length * 0.78)):
            window(scene, wall, u, width=1.5, name=f"window {k}" if k else "window")
    else:
        door(wall, length * 0.75, scene.choice("door", WOOD), glazed=True)
        for k, u in enumerate((length * 0.2, length * 0.32, length * 0.44)):
            wall.panel(u - 0.22, 1.2, u + 0.22, 1.85, (236, 228, 206), 0.02, 0.9)
            wall.panel(u - 0.16, 1.45, u + 0.16, 1.75, fixtures.GOODS[k], 0.03, 0.8, overshoot=0)


def _blackboard(scene: Scene, wall: Wall, u: float) -> None:
    wood = scene.choice("frame", WOOD)
    wall.panel(u - 1.9, 0.95, u + 1.9, 2.3, wood)
    wall.panel(u - 1.82, 1.02, u + 1.82, 2.23, scene.choice("board", BOARDS), 0.03, overshoot=0)
    rng = scene.rng("chalk")
    chalk = (232, 232, 224)
    for row in range(4):
        y = 2.08 - row * 0.22
        at = u - 1.65
        while at < u + rng.uniform(-0.2, 0.6):
            word = float(rng.uniform(0.12, 0.36))
            points = [wall.point(at + word * s, y + rng.uniform(-0.02, 0.04), 0.04) for s in np.linspace(0, 1, 6)]
            if min(float(wall.sheet.camera.seen(p)[0, 2]) for p in points) > 0.4:
                wall.sheet.ink(wall.sheet.camera.projected(points)[0], 1.4, colour=chalk, alpha=190, taper=0.7)
            at += word + 0.09
    turn = np.linspace(0, 2 * np.pi, 22)
    circle = [wall.point(u + 1.2 + 0.32 * np.cos(a), 1.62 + 0.32 * np.sin(a), 0.04) for a in turn]
    if min(float(wall.sheet.camera.seen(p)[0, 2]) for p in circle) > 0.4:
        wall.sheet.ink(wall.sheet.camera.projected(circle)[0], 1.5, colour=chalk, alpha=200, taper=0.8)
    wall.box(u, 0.92, (3.6, 0.04, 0.1), times(wood, 0.9))


def _map(scene: Scene, wall: Wall, u: float) -> None:
    """A wall map of two lands."""
    wall.panel(u - 0.6, 1.15, u + 0.6, 2.15, (176, 200, 210))
    rng = scene.rng("lands")
    for middle, tone in ((-0.22, (186, 178, 120)), (0.26, (200, 156, 120))):
        turn = np.linspace(0, 2 * np.pi, 12, endpoint=False)
        reach = rng.uniform(0.12, 0.26, 12)
        ring = [
            wall.point(u + middle + np.cos(a) * r * 0.9, 1.66 + np.sin(a) * r * 1.4, 0.03)
            for a, r in zip(turn, reach, strict=True)
        ]
        wall.sheet.face3(ring, tone, 0.8, overshoot=0)


def _clock(wall: Wall, u: float, y: float) -> None:
    face = wall.sheet.ball(wall.point(u, y, 0.04), 0.17, 24)
    wall.sheet.fill(face, (240, 238, 230))
    wall.sheet.ink(face, 1.8, closed=True)
    for x, z in ((0.0, 0.11), (0.07, 0.02)):
        wall.sheet.line3(wall.point(u, y, 0.06), wall.point(u + x, y + z, 0.06), 1.6, 230)


def _pieces(scene: Scene, shell: Shell, side: int) -> list[Piece]:
    sheet = scene.sheet
    wood = scene.choice("desks", WOOD)
    top = times(wood, 1.2)
    pieces: list[Piece] = []
    for z in (0.6, -1.0, -2.6):
        for x in (-3.0, -1.5, 1.5, 3.0):
            pieces.append(Piece(x, z, 0.5, True, lambda x=x, z=z: fixtures.school_desk(sheet, x, z, top)))
    desk_x, desk_z = side * 2.2, shell.depth / 2 - 1.3

    def teacher() -> None:
        furniture.table(sheet, desk_x, desk_z, size=(1.6, 0.75), colour=wood)
        sheet.box([desk_x - 0.4, 0.76, desk_z], (0.3, 0.09, 0.22), 0.2, (150, 84, 70))
        globe = sheet.ball([desk_x + 0.45, 1.02, desk_z], 0.17, 22)
        sheet.fill(globe, (128, 164, 186))
        sheet.ink(globe, 1.4, closed=True)
        sheet.line3([desk_x + 0.45, 0.78, desk_z], [desk_x + 0.45, 0.86, desk_z], 3.0, 230)

    pieces.append(Piece(desk_x, desk_z, 0.9, False, teacher))
    return pieces
