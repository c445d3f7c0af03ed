"""A bathroom: tiled walls, basin under a mirror, a tub with its curtain, toilet, towels, a small frosted window."""

from __future__ import annotations

import numpy as np

from studio.engine.artist.sets.kit.furniture import disc
from studio.engine.artist.sets.kit.shell import WOOD, Shell, Side, door, window
from studio.engine.artist.sets.kit.stage import Piece, Scene, Wall, floor, lamp_glow, times
from studio.engine.artist.sheet import Colour

TILES: tuple[Colour, ...] = ((196, 214, 212), (214, 206, 190), (190, 204, 220), (212, 196, 190))
FLOORS: tuple[Colour, ...] = ((176, 180, 182), (186, 174, 158), (158, 168, 176))
CLOTHS: tuple[Colour, ...] = ((176, 92, 84), (92, 124, 148), (206, 172, 104), (116, 142, 116))
CHINA: Colour = (242, 242, 238)


def bathroom(scene: Scene) -> list[Piece]:
    """Draw the room; gives tub and toilet."""
    shell = Shell(scene, scene.number("width", 5.4, 6.0), 5.4, 2.6)
    tile = scene.choice("tile", TILES)
    seen = shell.draw(times(tile, 1.08), scene.choice("floor", FLOORS), boards=False)
    sheet = scene.sheet
    for k in np.arange(-3.0, 3.01, 0.5):
        sheet.line3([k, 0, -5], [k, 0, shell.depth / 2], 0.7, 55)
        sheet.line3([-shell.width / 2, 0, k], [shell.width / 2, 0, k], 0.7, 55)
    side = 1 if scene.number("flip", 0, 1) > 0.5 else -1
    for name in seen:
        _tiled(shell.wall(name), shell.length(name), tile)
        _dress(scene, shell, name, side)
    floor(
        sheet,
        side * 0.2 - 0.5,
        shell.depth / 2 - 1.5,
        side * 0.2 + 0.5,
        shell.depth / 2 - 0.9,
        scene.choice("mat", CLOTHS),
        0.01,
    )
    return _pieces(scene, shell, side)


def _tiled(wall: Wall, length: float, tile: Colour) -> None:
    wall.panel(0, 0, length, 1.5, tile, 0.005, line=False)
    for y in np.arange(0.25, 1.5, 0.25):
        wall.line(0, float(y), length, float(y), 0.7, 70, 0.01)
    for u in np.arange(0.25, length, 0.25):
        wall.line(float(u), 0, float(u), 1.5, 0.6, 50, 0.01)
    wall.panel(0, 1.48, length, 1.56, times(tile, 0.7), 0.012, 0.9, overshoot=0)


def _dress(scene: Scene, shell: Shell, name: Side, side: int) -> None:
    wall, length = shell.wall(name), shell.length(name)
    if name == "far":
        _basin(scene, wall, length / 2 + side * 0.2)
        _towels(scene, wall, length / 2 + side * 1.7)
    elif name == "near":
        door(wall, length * 0.4, scene.choice("door", WOOD))
    elif (name == "left") == (side > 0):
        window(scene, wall, length * 0.65, width=0.8)
    else:
        door(wall, length * 0.3, scene.choice("door", WOOD))
        _towels(scene, wall, length * 0.62)


def _basin(scene: Scene, wall: Wall, u: float) -> None:
    wall.box(u, 0, (0.9, 0.72, 0.42), scene.choice("unit", WOOD))
    for at in (-0.22, 0.22):
        wall.panel(
            u + at - 0.2, 0.08, u + at + 0.2, 0.66, times(scene.choice("unit", WOOD), 1.12), 0.43, 0.9, overshoot=0
        )
    wall.box(u, 0.72, (1.0, 0.13, 0.5), CHINA)
    wall.box(u, 0.85, (0.05, 0.16, 0.06), (150, 156, 162), 0.08)
    wall.box(u, 0.98, (0.05, 0.04, 0.2), (150, 156, 162), 0.1)
    wall.panel(u - 0.5, 1.15, u + 0.5, 2.05, (150, 152, 150))
    wall.panel(u - 0.45, 1.2, u + 0.45, 2.0, (204, 220, 226), 0.03, overshoot=0)
    wall.line(u - 0.3, 1.35, u, 1.85, 1.4, 80, 0.04)
    wall.panel(u - 0.3, 2.12, u + 0.3, 2.24, (252, 246, 220), 0.08, 1.0, raw=scene.dark, overshoot=0)
    if scene.dark:
        lamp_glow(wall.sheet, wall.point(u, 2.15, 0.15), 1.5)


def _towels(scene: Scene, wall: Wall, u: float) -> None:
    wall.line(u - 0.35, 1.35, u + 0.35, 1.35, 2.4, 220, 0.06)
    for k, at in enumerate((-0.17, 0.17)):
        cloth = scene.choice(f"towel {k}", CLOTHS)
        wall.panel(u + at - 0.14, 0.7 + 0.1 * k, u + at + 0.14, 1.38, cloth, 0.07, 1.1, overshoot=0)


def _pieces(scene: Scene, shell: Shell, side: int) -> list[Piece]:
    sheet = scene.sheet
    x, z = -side * (shell.width / 2 - 0.5), shell.depth / 2 - 1.1
    seat_x, seat_z = side * (shell.width / 2 - 0.5), shell.depth / 2 - 1.0

    def tub() -> None:
        sheet.box([x, 0, z], (0.85, 0.58, 1.8), 0, CHINA)
        water = [
            [x - 0.33, 0.585, z - 0.8],
            [x + 0.33, 0.585, z - 0.8],
            [x + 0.33, 0.585, z + 0.8],
            [x - 0.33, 0.585, z + 0.8],
        ]
        sheet.face3(water, (176, 200, 208), 1.2, overshoot=0)
        cloth = scene.choice("curtain", CLOTHS)
        for k in range(4):
            a = z + 0.9 - 0.16 * k
            edge = x + side * 0.45 + (0.05 if k % 2 else -0.02)
            fold = [[edge, 0.4, a], [edge, 0.4, a - 0.16], [edge, 2.1, a - 0.16], [edge, 2.1, a]]
            sheet.face3(fold, times(cloth, 1.0 if k % 2 else 0.86), 0.9, overshoot=0)
        sheet.line3([x + side * 0.45, 2.12, z - 0.9], [x + side * 0.45, 2.12, z + 0.9], 2.2, 220)

    def toilet() -> None:
        sheet.box([seat_x, 0.38, seat_z + 0.3], (0.45, 0.42, 0.2), 0, CHINA)
        disc(sheet, seat_x, 0.0, seat_z, 0.17, 0.36, CHINA)
        disc(sheet, seat_x, 0.36, seat_z - 0.05, 0.24, 0.06, (228, 226, 220))

    return [Piece(x, z, 0.9, False, tub), Piece(seat_x, seat_z, 0.4, False, toilet)]
