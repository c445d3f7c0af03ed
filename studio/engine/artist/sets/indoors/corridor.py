"""A corridor: doors along both sides, ceiling lights that shrink with distance, a window or lit door at its end."""

from __future__ import annotations

import numpy as np

from studio.engine.artist.sets.kit.shell import WOOD, Shell, Side, door, picture, window
from studio.engine.artist.sets.kit.stage import Piece, Scene, lamp_glow
from studio.engine.artist.sheet import Colour

WALLS: tuple[Colour, ...] = ((206, 204, 190), (190, 202, 200), (214, 196, 176), (200, 198, 208))
FLOORS: tuple[Colour, ...] = ((160, 152, 142), (140, 132, 126), (168, 140, 116))


def corridor(scene: Scene) -> list[Piece]:
    """Draw the corridor; nothing stands in it but a runner on the floor."""
    shell = Shell(scene, scene.number("width", 3.0, 3.6), 30.0, 2.7)
    seen = shell.draw(scene.choice("wall", WALLS), scene.choice("floor", FLOORS), dado=0.0, boards=False)
    _floor(scene, shell)
    for side in ("far", "near", "left", "right"):
        if side in seen:
            _dress(scene, shell, side)
    _lights(scene, shell)
    return []


def _floor(scene: Scene, shell: Shell) -> None:
    sheet, half = scene.sheet, shell.depth / 2
    runner = scene.choice("runner", ((150, 84, 74), (90, 108, 124), (124, 128, 98)))
    edge = shell.width / 2 - 0.75
    sheet.face3([[-edge, 0.004, -half], [edge, 0.004, -half], [edge, 0.004, half], [-edge, 0.004, half]], runner)
    for x in (-edge + 0.12, edge - 0.12):
        sheet.line3([x, 0.006, -half], [x, 0.006, half], 1.2, 130)
    for z in np.arange(-half, half, 1.5):
        sheet.line3([-shell.width / 2, 0, z], [-edge, 0, z], 0.8, 70)
        sheet.line3([edge, 0, z], [shell.width / 2, 0, z], 0.8, 70)


def _dress(scene: Scene, shell: Shell, side: Side) -> None:
    wall, length = shell.wall(side), shell.length(side)
    wood = scene.choice("door", WOOD)
    if side in ("far", "near"):
        window(scene, wall, length / 2, width=1.0, name="window")
        return
    spacing = scene.number("spacing", 3.2, 4.2)
    first = scene.number(f"{side} first", 0.8, 2.4)
    wall.line(0, 1.0, length, 1.0, 1.1, 110)
    wall.line(0, 1.08, length, 1.08, 0.9, 90)
    middle = wall.sheet.camera.position
    for index, u in enumerate(np.arange(first, length - 1, spacing)):
        x, _, z = wall.point(float(u), 0)
        if np.hypot(x - middle[0], z - middle[2]) > 22 or wall.sheet.camera.seen([x, 1, z])[0, 2] < -0.5:
            continue
        door(wall, float(u), wood)
        wall.panel(float(u) - 0.1, 2.26, float(u) + 0.1, 2.38, (236, 230, 206), 0.03, 0.8, overshoot=0)
        if index % 2:
            picture(scene, wall, float(u) + spacing / 2, 1.65, (0.5, 0.62), f"{side}{index}")


def _lights(scene: Scene, shell: Shell) -> None:
    sheet = scene.sheet
    y = shell.height - 0.01
    if sheet.camera.position[1] > y:
        return
    for z in np.arange(-13.5, 14, 3.0):
        lamp: list[list[float]] = [[-0.35, y, z], [0.35, y, z], [0.35, y, z + 0.9], [-0.35, y, z + 0.9]]
        sheet.face3(lamp, (252, 248, 226), 1.0, raw=scene.dark, overshoot=0)
        if scene.dark:
            lamp_glow(sheet, [0, y - 0.05, z + 0.45], 0.9, 90)
