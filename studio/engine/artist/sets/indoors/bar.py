"""A bar: counter with stools, shelves of bottles before a mirror, hanging lamps, small tables."""

from __future__ import annotations

import numpy as np

from studio.engine.artist.sets.kit import furniture
from studio.engine.artist.sets.kit.shell import WOOD, Shell, Side, door, pendant, picture, window
from studio.engine.artist.sets.kit.stage import Piece, Scene, Wall, times
from studio.engine.artist.sheet import Colour

WALLS: tuple[Colour, ...] = ((196, 176, 148), (150, 166, 152), (186, 148, 128), (164, 160, 178))
FLOORS: tuple[Colour, ...] = ((140, 112, 88), (124, 104, 92), (156, 128, 100))
BOTTLES: tuple[Colour, ...] = ((96, 128, 88), (150, 84, 62), (196, 158, 84), (88, 116, 140), (122, 96, 124))
COUNTER_HEIGHT = 1.08


def bar(scene: Scene) -> list[Piece]:
    """Draw the bar room; gives what stands in it."""
    shell = Shell(scene, scene.number("width", 8.4, 9.6), 7.8, 3.0)
    seen = shell.draw(
        scene.choice("wall", WALLS),
        scene.choice("floor", FLOORS),
        ceiling=(196, 184, 166),
        dado=scene.number("dado", 0.9, 1.1),
    )
    side = 1 if scene.number("flip", 0, 1) > 0.5 else -1
    for name in seen:
        _dress(scene, shell, name, side)
    return _pieces(scene, shell, side)


def _dress(scene: Scene, shell: Shell, name: Side, side: int) -> None:
    wall, length = shell.wall(name), shell.length(name)
    if name == "far":
        _back_bar(scene, wall, length / 2 + side * length * 0.2, 3.6)
        window(scene, wall, length / 2 - side * 1.2, width=1.5, curtain=(140, 84, 74))
        door(wall, length / 2 - side * (length / 2 - 1.0), scene.choice("door", WOOD), glazed=True)
    elif name == "near":
        window(scene, wall, length * 0.3, width=1.8, curtain=(140, 84, 74), name="back window")
        picture(scene, wall, length * 0.7, 1.8, (1.4, 0.7), "back picture")
    else:
        picture(scene, wall, length * 0.35, 1.75, (0.7, 0.9), f"{name} picture")
        picture(scene, wall, length * 0.6, 1.85, (0.9, 0.6), f"{name} second")


def _back_bar(scene: Scene, wall: Wall, u: float, width: float) -> None:
    """A mirror with shelves of bottles, each bottle a body and a neck."""
    left = u - width / 2
    wall.panel(left - 0.1, 1.12, left + width + 0.1, 2.62, scene.choice("wood", WOOD))
    wall.panel(left, 1.2, left + width, 2.54, (190, 196, 192), 0.03, hatch=26)
    rng = scene.rng("bottles")
    for y in (1.2, 1.65, 2.1):
        wall.box(u, y, (width, 0.04, 0.22), times(scene.choice("wood", WOOD), 0.9))
        by_colour: dict[Colour, list[np.ndarray]] = {}
        at = left + 0.1
        while at < left + width - 0.12:
            tall, thick = rng.uniform(0.18, 0.26), rng.uniform(0.07, 0.1)
            colour = BOTTLES[int(rng.integers(len(BOTTLES)))]
            by_colour.setdefault(colour, []).append(_bottle(wall, at, y + 0.04, thick, tall))
            at += thick + rng.uniform(0.05, 0.12)
        for colour, bottles in by_colour.items():
            wall.sheet.faces3(bottles, colour, 0.9)


def _bottle(wall: Wall, u: float, y: float, thick: float, tall: float) -> np.ndarray:
    middle, neck = u + thick / 2, 0.016
    outline = [
        (u, y),
        (u + thick, y),
        (u + thick, y + tall * 0.55),
        (middle + neck, y + tall * 0.78),
        (middle + neck, y + tall * 1.25),
        (middle - neck, y + tall * 1.25),
        (middle - neck, y + tall * 0.78),
        (u, y + tall * 0.55),
    ]
    return np.array([wall.point(a, b, 0.16) for a, b in outline])


def _pieces(scene: Scene, shell: Shell, side: int) -> list[Piece]:
    sheet = scene.sheet
    wood = scene.choice("counter", WOOD)
    middle = side * shell.width * 0.21
    z = shell.depth / 2 - 1.25

    def counter() -> None:
        sheet.box([middle, 0, z], (4.2, COUNTER_HEIGHT - 0.06, 0.5), 0, wood)
        face = Wall(sheet, (middle - 2.1, z - 0.25), (1, 0), (0, -1))
        if face.faces_camera():
            for u in np.arange(0.1, 3.8, 0.8):
                face.panel(u, 0.18, u + 0.66, COUNTER_HEIGHT - 0.2, times(wood, 0.86), 0.01, 1.0, overshoot=0)
        rail = [[middle - 2.1, 0.2, z - 0.36], [middle + 2.1, 0.2, z - 0.36]]
        sheet.line3(rail[0], rail[1], 2.6, 220, colour=(150, 122, 70))
        sheet.box([middle, COUNTER_HEIGHT - 0.06, z - 0.03], (4.3, 0.06, 0.68), 0, times(wood, 1.3))
        for x in (-1.5, -0.2, 0.1, 1.3):
            furniture.cup(sheet, middle + x, COUNTER_HEIGHT, z - 0.1, (214, 200, 160))

    def lamps() -> None:
        for x in (-1.4, 0.0, 1.4):
            pendant(scene, middle + x, 2.1, z - 0.1, shell.height)

    def small_table() -> None:
        furniture.table(sheet, -side * 2.9, 1.3, size=(0.8, 0.8), colour=times(wood, 0.95))
        furniture.cup(sheet, -side * 2.8, 0.76, 1.2, (206, 190, 150))

    pieces = [
        Piece(middle, z, 0.7, True, counter),
        Piece(middle, z - 0.02, 0.4, False, lamps),
        Piece(-side * 2.9, 1.3, 0.6, False, small_table),
    ]
    for x in (-1.6, -0.75, 0.1, 0.95):
        at = middle + x
        pieces.append(
            Piece(at, z - 0.62, 0.3, False, lambda at=at: furniture.stool(sheet, at, z - 0.62, (150, 72, 62)))
        )
    for turn, dz in ((0.0, 0.62), (3.14159, -0.62)):
        pieces.append(_chair(scene, -side * 2.9, 1.3 - dz, turn))
    return pieces


def _chair(scene: Scene, x: float, z: float, yaw: float) -> Piece:
    colour = scene.choice("chairs", WOOD)

    def draw() -> None:
        furniture.chair_seat(scene.sheet, x, z, yaw, colour)
        furniture.chair_back(scene.sheet, x, z, yaw, colour)

    return Piece(x, z, 0.35, True, draw)
