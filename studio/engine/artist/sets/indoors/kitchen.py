"""A kitchen: base and wall cupboards, stove with hood, sink under the window, refrigerator, a table."""

from __future__ import annotations

import numpy as np

from studio.engine.artist.sets.kit import furniture
from studio.engine.artist.sets.kit.shell import FABRIC, WOOD, Shell, Side, door, pendant, picture, window
from studio.engine.artist.sets.kit.stage import Piece, Scene, Wall, times
from studio.engine.artist.sheet import Colour

WALLS: tuple[Colour, ...] = ((216, 210, 192), (204, 214, 208), (222, 206, 176), (208, 212, 220))
FLOORS: tuple[Colour, ...] = ((190, 178, 160), (172, 176, 172), (186, 158, 132))
FRONTS: tuple[Colour, ...] = ((150, 172, 168), (206, 190, 158), (172, 132, 104), (140, 152, 172), (190, 122, 104))
DEPTH = 0.6


def kitchen(scene: Scene) -> list[Piece]:
    """Draw the kitchen; gives what stands in it."""
    shell = Shell(scene, scene.number("width", 7.0, 8.0), scene.number("depth", 6.6, 7.2), 2.75)
    seen = shell.draw(scene.choice("wall", WALLS), scene.choice("floor", FLOORS), boards=False)
    _tiles(scene, shell)
    flip = scene.number("flip", 0, 1) > 0.5
    for side in seen:
        _dress(scene, shell, side, flip)
    return _pieces(scene, shell)


def _tiles(scene: Scene, shell: Shell) -> None:
    sheet = scene.sheet
    half_w, half_d = shell.width / 2, shell.depth / 2
    for x in np.arange(-half_w, half_w + 0.01, 0.75):
        sheet.line3([x, 0, -half_d - 2], [x, 0, half_d], 0.8, 60)
    for z in np.arange(-half_d, half_d, 0.75):
        sheet.line3([-half_w, 0, z], [half_w, 0, z], 0.8, 60)


def _dress(scene: Scene, shell: Shell, side: Side, flip: bool) -> None:
    wall, length = shell.wall(side), shell.length(side)
    if side == "far":
        _units(scene, wall, length, flip)
    elif side == "near":
        door(wall, length * 0.3, scene.choice("door", WOOD), glazed=True)
        picture(scene, wall, length * 0.65, 1.7, (0.9, 0.7), "back picture")
    elif (side == "left") is flip:
        door(wall, length * 0.5, scene.choice("door", WOOD))
    else:
        window(scene, wall, length * 0.55, width=1.2, curtain=scene.choice("curtain", FABRIC), name="side window")


def _units(scene: Scene, wall: Wall, length: float, flip: bool) -> None:
    """Everything built in along the far wall."""
    front = scene.choice("fronts", FRONTS)
    middle = length * scene.number("sink", 0.46, 0.54)
    side = -1 if flip else 1
    wall.panel(0.2, 0.9, length - 0.2, 1.5, (228, 224, 212), 0.01)
    for u in np.arange(0.35, length - 0.2, 0.24):
        wall.line(u, 0.92, u, 1.49, 0.7, 50, 0.02)
    wall.line(0.2, 1.2, length - 0.2, 1.2, 0.7, 50, 0.02)
    window(scene, wall, middle, width=1.3, curtain=scene.choice("curtain", FABRIC))
    for u in np.arange(0.55, length - 0.4, 0.62):
        if abs(u - middle) > 1.35 and abs(u - (middle + side * 2.0)) > 0.55:
            _cupboard(wall, u, 1.55, 0.72, 0.34, front)
    for u in np.arange(0.5, length - 0.3, 0.62):
        if abs(u - (middle + side * 2.0)) > 0.4:
            _cupboard(wall, u, 0.0, 0.86, DEPTH, front)
    wall.box(length / 2, 0.86, (length - 0.2, 0.05, DEPTH + 0.04), (206, 198, 184))
    _stove(scene, wall, middle + side * 2.0)
    _fridge(wall, 0.55 if side > 0 else length - 0.55)
    _tap(wall, middle)


def _cupboard(wall: Wall, u: float, y: float, height: float, depth: float, colour: Colour) -> None:
    wall.box(u, y, (0.62, height, depth), colour)
    inset = depth + 0.005
    wall.panel(u - 0.25, y + 0.07, u + 0.25, y + height - 0.07, times(colour, 1.08), inset, 0.9, overshoot=0)
    knob = y + height - 0.2 if y < 1 else y + 0.2
    wall.sheet.fill(wall.sheet.ball(wall.point(u + 0.19, knob, inset), 0.022, 10), (84, 78, 74))


def _stove(scene: Scene, wall: Wall, u: float) -> None:
    """A cooker with an oven door, knobs, a pot and a hood."""
    wall.box(u, 0, (0.66, 0.9, DEPTH + 0.06), (206, 206, 204))
    out = DEPTH + 0.07
    wall.panel(u - 0.26, 0.18, u + 0.26, 0.62, (70, 72, 78), out, overshoot=0, hatch=60)
    wall.panel(u - 0.24, 0.66, u + 0.24, 0.69, (120, 120, 122), out, 1.0, overshoot=0)
    for x in (-0.2, -0.07, 0.07, 0.2):
        wall.sheet.fill(wall.sheet.ball(wall.point(u + x, 0.79, out), 0.025, 10), (60, 60, 64))
    pot_x, _, pot_z = wall.point(u - 0.12, 0, 0.35)
    pot = wall.sheet.chain([[pot_x, 0.98, pot_z], [pot_x, 1.06, pot_z]], [0.1, 0.11], 14)
    wall.sheet.fill(pot, scene.choice("pot", ((170, 76, 62), (84, 100, 116), (190, 160, 96))))
    wall.sheet.outline(pot, 1.3)
    hood = [(u - 0.4, 1.62), (u + 0.4, 1.62), (u + 0.16, 2.0), (u + 0.16, 2.74), (u - 0.16, 2.74), (u - 0.16, 2.0)]
    wall.sheet.face3([wall.point(a, b, 0.4) for a, b in hood], (196, 196, 194))


def _fridge(wall: Wall, u: float) -> None:
    wall.box(u, 0, (0.72, 1.85, 0.66), (224, 224, 218))
    wall.line(u - 0.36, 1.2, u + 0.36, 1.2, 1.2, 200, 0.67)
    for y0, y1 in ((0.8, 1.12), (1.3, 1.6)):
        wall.line(u + 0.27, y0, u + 0.27, y1, 2.6, 230, 0.69)


def _tap(wall: Wall, u: float) -> None:
    base, bend = wall.point(u, 0.91, 0.2), wall.point(u, 1.2, 0.2)
    spout, drop = wall.point(u, 1.24, 0.32), wall.point(u, 1.12, 0.38)
    shape = wall.sheet.chain([base, bend, spout, drop], [0.022, 0.018, 0.018, 0.016], 8)
    wall.sheet.fill(shape, (176, 180, 184))
    wall.sheet.outline(shape, 1.0)


def _pieces(scene: Scene, shell: Shell) -> list[Piece]:
    sheet = scene.sheet
    wood = scene.choice("table", WOOD)
    side = 1 if scene.number("table side", 0, 1) > 0.5 else -1
    x, z = side * scene.number("table x", 1.9, 2.3), 0.5

    def dining_table() -> None:
        furniture.table(sheet, x, z, size=(1.2, 0.8), colour=wood)
        furniture.cup(sheet, x - 0.25, 0.76, z - 0.1)
        furniture.bowl(sheet, x + 0.2, 0.76, z)

    def chair(at_x: float, yaw: float) -> Piece:
        def draw() -> None:
            furniture.chair_seat(sheet, at_x, z, yaw, times(wood, 0.9))
            furniture.chair_back(sheet, at_x, z, yaw, times(wood, 0.9))

        return Piece(at_x, z, 0.35, True, draw)

    return [
        Piece(x, z, 0.7, False, dining_table),
        chair(x - 0.8, 1.5708),
        chair(x + 0.8, -1.5708),
        Piece(x, z - 0.01, 0.3, False, lambda: pendant(scene, x, 1.95, z, shell.height)),
    ]
