"""A shop: shelves of goods along the walls and in aisles, a counter with a till, a shop window to the street."""

from __future__ import annotations

from studio.engine.artist.sets.kit import fixtures
from studio.engine.artist.sets.kit.shell import WOOD, Shell, Side, door, window
from studio.engine.artist.sets.kit.stage import Piece, Scene, lamp_glow, times
from studio.engine.artist.sheet import Colour

WALLS: tuple[Colour, ...] = ((222, 214, 196), (208, 216, 212), (216, 204, 190))
FLOORS: tuple[Colour, ...] = ((186, 180, 168), (170, 160, 146), (178, 184, 184))


def shop(scene: Scene) -> list[Piece]:
    """Draw the shop; gives counter and aisles."""
    shell = Shell(scene, scene.number("width", 8.4, 9.4), 7.6, 3.0)
    seen = shell.draw(scene.choice("wall", WALLS), scene.choice("floor", FLOORS), boards=False)
    side = 1 if scene.number("flip", 0, 1) > 0.5 else -1
    for name in seen:
        _dress(scene, shell, name, side)
    _lights(scene, shell)
    return _pieces(scene, shell, side)


def _dress(scene: Scene, shell: Shell, name: Side, side: int) -> None:
    wall, length = shell.wall(name), shell.length(name)
    if name == "far":
        banner = scene.choice("banner", fixtures.GOODS)
        wall.panel(0.3, 2.35, length - 0.3, 2.75, banner, 0.03)
        door(wall, length / 2 - side * 3.0, scene.choice("door", WOOD), glazed=True)
        window(scene, wall, length / 2 - side * 1.2, width=1.9)
    elif name == "near":
        window(scene, wall, length * 0.35, width=2.6, name="shop window")
        door(wall, length * 0.75, scene.choice("door", WOOD), glazed=True)
    else:
        x, _, z = (float(v) for v in wall.point(length / 2, 0, 0.25))
        fixtures.goods(scene, x, z, 1.5708 if name == "left" else -1.5708, length - 1.6, f"{name} wall")


def _lights(scene: Scene, shell: Shell) -> None:
    sheet, y = scene.sheet, shell.height - 0.01
    if sheet.camera.position[1] > y:
        return
    for x in (-2.2, 0.0, 2.2):
        lamp = [[x - 0.12, y, -2.4], [x + 0.12, y, -2.4], [x + 0.12, y, 2.6], [x - 0.12, y, 2.6]]
        sheet.face3(lamp, (252, 250, 236), 1.0, raw=scene.dark, overshoot=0)
        if scene.dark:
            lamp_glow(sheet, [x, y - 0.1, 2.0], 0.9, 70)


def _pieces(scene: Scene, shell: Shell, side: int) -> list[Piece]:
    sheet = scene.sheet
    wood = scene.choice("counter", WOOD)
    x, z = side * 2.2, shell.depth / 2 - 1.7

    def counter() -> None:
        sheet.box([x, 0, z], (2.6, 0.95, 0.65), 0, wood)
        sheet.box([x, 0.95, z], (2.75, 0.05, 0.75), 0, times(wood, 1.25))
        sheet.box([x + 0.7, 1.0, z], (0.4, 0.18, 0.36), 0, (90, 94, 100))
        sheet.box([x + 0.7, 1.18, z + 0.1], (0.34, 0.22, 0.05), 0, (70, 74, 82))
        for k in range(4):
            jar_x = x - 1.1 + 0.22 * k
            jar = sheet.chain([[jar_x, 1.05, z], [jar_x, 1.2, z]], [0.075, 0.075], 12)
            sheet.fill(jar, fixtures.GOODS[k])
            sheet.outline(jar, 1.1)

    def aisle(at: float) -> Piece:
        return Piece(at, 1.2, 1.0, True, lambda: fixtures.goods(scene, at, 1.2, 3.14159, 1.9, f"aisle {at}"))

    behind = Piece(
        x,
        shell.depth / 2 - 0.4,
        0.4,
        True,
        lambda: fixtures.goods(scene, x, shell.depth / 2 - 0.3, 3.14159, 2.4, "behind"),
    )
    return [behind, Piece(x, z, 1.2, True, counter), aisle(-side * 3.0), aisle(-side * 0.4 + side * 4.0)]
