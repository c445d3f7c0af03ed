"""A living room: window, door, picture, bookshelf, sofa, low table, floor lamp."""

from __future__ import annotations

from studio.engine.artist.sets.kit import furniture
from studio.engine.artist.sets.kit.shell import FABRIC, WOOD, Shell, Side, door, picture, shelf, window
from studio.engine.artist.sets.kit.stage import Piece, Scene, floor
from studio.engine.artist.sheet import Colour

WALLS: tuple[Colour, ...] = ((214, 204, 186), (196, 208, 200), (220, 200, 178), (200, 204, 214), (212, 196, 190))
FLOORS: tuple[Colour, ...] = ((168, 142, 112), (150, 122, 98), (184, 162, 132), (156, 146, 136))


def room(scene: Scene) -> list[Piece]:
    """Draw the room; gives what stands in it."""
    shell = Shell(scene, scene.number("width", 7.6, 8.8), scene.number("depth", 7.0, 8.0), 2.85)
    seen = shell.draw(scene.choice("wall", WALLS), scene.choice("floor", FLOORS), dado=0.0)
    curtain = scene.choice("curtain", FABRIC)
    flip = scene.number("flip", 0, 1) > 0.5
    for side in seen:
        _dress(scene, shell, side, flip, curtain)
    return _pieces(scene, shell, flip)


def _dress(scene: Scene, shell: Shell, side: Side, flip: bool, curtain: Colour) -> None:
    wall, length = shell.wall(side), shell.length(side)
    wood = scene.choice("door", WOOD)
    if side == "far":
        middle = length * scene.number("window at", 0.44, 0.56)
        window(scene, wall, middle, width=scene.number("window width", 1.5, 2.1), curtain=curtain)
        door_at, other = (1.1, length - 1.3) if flip else (length - 1.1, 1.3)
        door(wall, door_at, wood)
        picture(scene, wall, other, 1.6, (0.9, 0.62), "picture")
    elif side == "near":
        picture(scene, wall, length * 0.3, 1.62, (1.1, 0.8), "back picture")
        shelf(scene, wall, length * 0.68, 1.9, (0.5, 0.95, 1.4, 1.85), "back shelf")
    elif (side == "left") is flip:
        shelf(scene, wall, length * 0.55, 1.7, (1.25, 1.68, 2.1), "shelf")
        picture(scene, wall, length * 0.2, 1.6, (0.6, 0.8), "side picture")
    else:
        window(scene, wall, length * 0.5, width=1.3, curtain=curtain, name="side window")


def _pieces(scene: Scene, shell: Shell, flip: bool) -> list[Piece]:
    sheet = scene.sheet
    side = 1 if flip else -1
    cloth = scene.choice("sofa", FABRIC)
    wood = scene.choice("table", WOOD)
    rug = scene.choice("rug", ((176, 120, 104), (126, 138, 146), (186, 166, 124)))
    floor(sheet, -1.5, -0.9, 1.5, 1.2, rug)
    sofa_x, sofa_z = side * scene.number("sofa x", 1.7, 2.1), shell.depth / 2 - 1.0
    lamp_x = side * (shell.width / 2 - 0.5)
    chair_x = -side * (shell.width / 2 - 0.9)

    def sofa() -> None:
        furniture.sofa_back(sheet, sofa_x, sofa_z, 3.14159, cloth)
        furniture.sofa_seat(sheet, sofa_x, sofa_z, 3.14159, cloth)

    def armchair() -> None:
        turn = -side * -1.9
        furniture.sofa_back(sheet, chair_x, 0.6, turn, cloth, 0.95)
        furniture.sofa_seat(sheet, chair_x, 0.6, turn, cloth, 0.95)

    def low_table() -> None:
        furniture.table(sheet, sofa_x, sofa_z - 0.95, height=0.42, size=(1.1, 0.55), colour=wood)
        furniture.cup(sheet, sofa_x - 0.2, 0.42, sofa_z - 0.95)

    return [
        Piece(sofa_x, sofa_z, 1.0, True, sofa),
        Piece(sofa_x, sofa_z - 0.95, 0.6, False, low_table),
        Piece(chair_x, 0.6, 0.5, True, armchair),
        Piece(
            lamp_x, shell.depth / 2 - 0.6, 0.3, True, lambda: furniture.floor_lamp(scene, lamp_x, shell.depth / 2 - 0.6)
        ),
    ]
