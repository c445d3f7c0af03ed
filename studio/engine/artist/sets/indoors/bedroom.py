"""A bedroom: a bed with its head to the far wall, bedside lamps, wardrobe, window with curtains, chest of drawers with a mirror."""

from __future__ import annotations

from studio.engine.artist.sets.kit import fixtures
from studio.engine.artist.sets.kit.shell import FABRIC, WOOD, Shell, Side, door, picture, window
from studio.engine.artist.sets.kit.stage import Piece, Scene, Wall, floor, times
from studio.engine.artist.sheet import Colour

WALLS: tuple[Colour, ...] = ((206, 202, 216), (218, 200, 196), (196, 208, 214), (214, 208, 186), (200, 210, 196))
FLOORS: tuple[Colour, ...] = ((170, 146, 120), (152, 128, 108), (176, 164, 150))


def bedroom(scene: Scene) -> list[Piece]:
    """Draw the bedroom; gives what stands in it."""
    shell = Shell(scene, scene.number("width", 6.4, 7.2), scene.number("depth", 6.4, 7.0), 2.7)
    seen = shell.draw(scene.choice("wall", WALLS), scene.choice("floor", FLOORS))
    side = 1 if scene.number("flip", 0, 1) > 0.5 else -1
    for name in seen:
        _dress(scene, shell, name, side)
    return _pieces(scene, shell, side)


def bed_place(scene: Scene, shell_depth: float) -> tuple[float, float]:
    """Where the head of the bed is."""
    side = 1 if scene.number("flip", 0, 1) > 0.5 else -1
    return side * 1.5, shell_depth / 2 - 0.12


def _dress(scene: Scene, shell: Shell, name: Side, side: int) -> None:
    wall, length = shell.wall(name), shell.length(name)
    curtain = scene.choice("curtain", FABRIC)
    if name == "far":
        picture(scene, wall, length / 2 + side * 1.5, 1.85, (1.0, 0.6), "over the bed")
        window(scene, wall, length / 2 - side * 1.5, width=1.4, curtain=curtain)
    elif name == "near":
        door(wall, length * 0.25, scene.choice("door", WOOD))
        picture(scene, wall, length * 0.6, 1.6, (0.6, 0.8), "back picture")
    elif (name == "left") == (side > 0):
        _chest(scene, wall, length * 0.5)
    else:
        door(wall, length * 0.35, scene.choice("door", WOOD))
        picture(scene, wall, length * 0.7, 1.6, (0.5, 0.66), "side picture")


def _chest(scene: Scene, wall: Wall, u: float) -> None:
    """Drawers under a mirror."""
    wood = scene.choice("chest", WOOD)
    wall.box(u, 0, (1.2, 0.86, 0.46), wood)
    for y in (0.08, 0.34, 0.60):
        wall.panel(u - 0.55, y, u + 0.55, y + 0.22, times(wood, 1.1), 0.47, 0.9, overshoot=0)
        for side in (-0.25, 0.25):
            wall.sheet.fill(wall.sheet.ball(wall.point(u + side, y + 0.11, 0.49), 0.022, 8), (70, 60, 54))
    wall.panel(u - 0.42, 1.0, u + 0.42, 1.95, times(wood, 0.9))
    wall.panel(u - 0.36, 1.06, u + 0.36, 1.89, (206, 218, 222), 0.03, overshoot=0)
    wall.line(u - 0.25, 1.2, u + 0.05, 1.75, 1.2, 90, 0.04)


def _pieces(scene: Scene, shell: Shell, side: int) -> list[Piece]:
    sheet = scene.sheet
    wood = scene.choice("bed", WOOD)
    cover = scene.choice("cover", FABRIC)
    x, z = bed_place(scene, shell.depth)
    floor(
        sheet, -side * 0.2 - 1.1, -1.0, -side * 0.2 + 1.1, 0.7, scene.choice("rug", ((176, 150, 132), (150, 160, 170)))
    )
    far = shell.depth / 2
    return [
        Piece(x, z - 1.0, 1.0, True, lambda: fixtures.bed(sheet, x, z, 3.14159, cover, wood=wood), spare=True),
        Piece(x - side * 1.1, far - 0.3, 0.25, False, lambda: fixtures.bedside(scene, x - side * 1.1, far - 0.3, wood)),
        Piece(
            -side * (shell.width / 2 - 0.4),
            far - 1.2,
            0.6,
            True,
            lambda: fixtures.wardrobe(
                sheet, -side * (shell.width / 2 - 0.4), far - 1.2, side * 1.5708, times(wood, 1.05)
            ),
        ),
    ]
