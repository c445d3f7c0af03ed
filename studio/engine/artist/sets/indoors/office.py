"""An office: desks with screens, blinds, filing cabinets, a whiteboard, strip lights."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from studio.engine.artist.sets.kit import fixtures, furniture
from studio.engine.artist.sets.kit.shell import WOOD, Shell, Side, door, shelf, window
from studio.engine.artist.sets.kit.stage import Piece, Scene, Wall, times
from studio.engine.artist.sheet import Colour

WALLS: tuple[Colour, ...] = ((206, 210, 210), (214, 208, 194), (196, 204, 214), (204, 212, 200))
FLOORS: tuple[Colour, ...] = ((150, 154, 160), (164, 156, 146), (138, 146, 150))


def office(scene: Scene) -> list[Piece]:
    """Draw the office; gives what stands in it."""
    shell = Shell(scene, scene.number("width", 7.8, 9.0), scene.number("depth", 7.0, 7.6), 2.8)
    seen = shell.draw(scene.choice("wall", WALLS), scene.choice("floor", FLOORS), ceiling=(222, 222, 216), boards=False)
    _strip_lights(scene, shell)
    flip = scene.number("flip", 0, 1) > 0.5
    for side in seen:
        _dress(scene, shell, side, flip)
    return _pieces(scene, shell, flip)


def _dress(scene: Scene, shell: Shell, side: Side, flip: bool) -> None:
    wall, length = shell.wall(side), shell.length(side)
    if side == "far":
        middle = length * (0.42 if flip else 0.58)
        window(scene, wall, middle, width=2.6)
        _blinds(wall, middle, 2.6)
        _cabinets(scene, wall, 0.9 if not flip else length - 0.9)
    elif side == "near":
        door(wall, length * 0.25, scene.choice("door", WOOD), glazed=True)
        shelf(scene, wall, length * 0.65, 2.2, (0.9, 1.3, 1.7), "files")
    elif (side == "left") is flip:
        _whiteboard(scene, wall, length * 0.5)
    else:
        door(wall, length * 0.55, scene.choice("door", WOOD), glazed=True)
        wall.panel(length * 0.2, 1.3, length * 0.2 + 0.8, 2.0, (190, 160, 120))
        for u, y in ((0.05, 0.1), (0.3, 0.3), (0.5, 0.12)):
            start = length * 0.2 + u
            wall.panel(start, 1.3 + y, start + 0.2, 1.3 + y + 0.28, (240, 236, 220), 0.03, 0.8, overshoot=0)


def _blinds(wall: Wall, u: float, width: float) -> None:
    half = width / 2 + 0.03
    wall.box(u, 2.4, (width + 0.1, 0.09, 0.1), (226, 226, 220))
    slats = [wall.quad(u - half, y, u + half, y + 0.045, 0.09) for y in np.arange(1.42, 2.39, 0.085)]
    wall.sheet.faces3(slats, (232, 232, 224), 0.7)
    for x in (-half * 0.6, half * 0.6):
        wall.line(u + x, 1.42, u + x, 2.4, 0.7, 120, 0.1)


def _cabinets(scene: Scene, wall: Wall, u: float) -> None:
    colour = scene.choice("cabinet", ((150, 158, 160), (166, 156, 138), (120, 132, 142)))
    for offset in (-0.27, 0.27):
        wall.box(u + offset, 0, (0.5, 1.32, 0.55), colour)
        for y in (0.05, 0.37, 0.69, 1.01):
            wall.panel(u + offset - 0.21, y, u + offset + 0.21, y + 0.27, times(colour, 1.08), 0.56, 0.9, overshoot=0)
            wall.line(u + offset - 0.06, y + 0.18, u + offset + 0.06, y + 0.18, 2.0, 220, 0.57)


def _whiteboard(scene: Scene, wall: Wall, u: float) -> None:
    wall.panel(u - 1.1, 1.0, u + 1.1, 2.1, (150, 152, 156))
    wall.panel(u - 1.05, 1.05, u + 1.05, 2.05, (244, 244, 240), 0.03, overshoot=0)
    rng = scene.rng("notes")
    for y in (1.85, 1.7, 1.55):
        wall.line(u - 0.9, y, u - 0.9 + rng.uniform(0.5, 0.9), y + 0.02, 1.2, 150, 0.04)
    points = [wall.point(u + 0.1 + 0.2 * i, 1.25 + h, 0.04) for i, h in enumerate(rng.uniform(0, 0.55, 5))]
    for a, b in pairwise(points):
        wall.sheet.line3(a, b, 1.6, 200, colour=(170, 70, 60))


def _strip_lights(scene: Scene, shell: Shell) -> None:
    sheet = scene.sheet
    if sheet.camera.position[1] > shell.height:
        return
    y = shell.height - 0.02
    for z in (-2.2, 0.2, 2.4):
        for x in (-2.0, 1.0):
            panel = [[x, y, z], [x + 1.2, y, z], [x + 1.2, y, z + 0.35], [x, y, z + 0.35]]
            sheet.face3(panel, (252, 250, 236), 1.0, raw=scene.dark, overshoot=0)


def desk(scene: Scene, x: float, z: float, yaw: float, name: str) -> None:
    """A desk with drawers, a screen, a keyboard and papers; someone sitting at it faces `yaw`."""
    sheet = scene.sheet
    wood = scene.choice("desk", WOOD)
    left, ahead = furniture.placed(x, z, yaw, -0.55, 0.0)
    sheet.box([left, 0, ahead], (0.42, 0.7, 0.66), yaw, times(wood, 0.92))
    right, ahead = furniture.placed(x, z, yaw, 0.72, 0.0)
    sheet.box([right, 0, ahead], (0.05, 0.7, 0.66), yaw, times(wood, 0.92))
    sheet.box([x, 0.7, z], (1.6, 0.05, 0.75), yaw, wood)
    side = scene.number(f"{name} screen", -0.15, 0.15)
    foot_x, foot_z = furniture.placed(x, z, yaw, side, 0.16)
    sheet.box([foot_x, 0.75, foot_z], (0.24, 0.02, 0.18), yaw, (70, 72, 78))
    sheet.box([foot_x, 0.77, foot_z], (0.05, 0.12, 0.04), yaw, (70, 72, 78))
    sheet.box([foot_x, 0.87, foot_z], (0.62, 0.38, 0.04), yaw, (58, 60, 66))
    _screen(scene, foot_x, foot_z, yaw)
    key_x, key_z = furniture.placed(x, z, yaw, side, -0.18)
    sheet.box([key_x, 0.75, key_z], (0.42, 0.02, 0.15), yaw, (206, 206, 202))
    paper_x, paper_z = furniture.placed(x, z, yaw, 0.55, -0.05)
    sheet.box([paper_x, 0.75, paper_z], (0.22, 0.03, 0.3), yaw + 0.2, (240, 236, 224))


def _screen(scene: Scene, x: float, z: float, yaw: float) -> None:
    """The lit side of a desk screen, towards the sitter."""
    sheet = scene.sheet
    quad = []
    for side, y in ((-0.28, 0.9), (0.28, 0.9), (0.28, 1.22), (-0.28, 1.22)):
        a, b = furniture.placed(x, z, yaw, side, -0.025)
        quad.append([a, y, b])
    a, b = furniture.placed(x, z, yaw, 0.0, -1.0)
    towards = [sheet.camera.position[0] - x, sheet.camera.position[2] - z]
    if towards[0] * (a - x) + towards[1] * (b - z) > 0:
        sheet.face3(quad, (150, 192, 214), 1.0, raw=scene.dark, overshoot=0)


def _pieces(scene: Scene, shell: Shell, flip: bool) -> list[Piece]:
    sheet = scene.sheet
    side = -1 if flip else 1
    x, z = side * 2.2, shell.depth / 2 - 1.5
    other_x, other_z = -side * (shell.width / 2 - 1.1), 0.8
    chair: Colour = (74, 80, 92)

    def desk_chair() -> None:
        furniture.chair_seat(sheet, x, z - 0.65, 0.0, chair)
        furniture.chair_back(sheet, x, z - 0.65, 0.0, chair)

    def plant() -> None:
        fixtures.plant(scene, -side * 2.4, shell.depth / 2 - 0.6, "leaves")

    return [
        Piece(x, z, 0.9, False, lambda: desk(scene, x, z, 0.0, "first")),
        Piece(x, z - 0.65, 0.35, False, desk_chair),
        Piece(other_x, other_z, 0.9, False, lambda: desk(scene, other_x, other_z, -side * 1.5708, "second")),
        Piece(-side * 2.4, shell.depth / 2 - 0.6, 0.4, True, plant),
    ]
