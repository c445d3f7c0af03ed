"""A warehouse: steel racks of boxes, stacked crates, drums, roof trusses, a roller door, high windows, hanging lamps."""

from __future__ import annotations

import numpy as np

from studio.engine.artist.sets.kit import fixtures
from studio.engine.artist.sets.kit.shell import Shell, Side, pendant
from studio.engine.artist.sets.kit.stage import Piece, Scene, Wall, sky_colours, times
from studio.engine.artist.sheet import Colour

WALLS: tuple[Colour, ...] = ((176, 172, 166), (166, 174, 176), (184, 166, 150))
FLOORS: tuple[Colour, ...] = ((156, 154, 150), (166, 160, 152))
STEELS: tuple[Colour, ...] = ((70, 96, 140), (180, 104, 56), (92, 104, 100))
CARTONS: tuple[Colour, ...] = ((190, 154, 110), (176, 142, 104), (202, 170, 128))


def warehouse(scene: Scene) -> list[Piece]:
    """Draw the hall; gives racks, crates and drums."""
    shell = Shell(scene, scene.number("width", 13.0, 14.5), 16.0, 5.8)
    seen = shell.draw(scene.choice("wall", WALLS), scene.choice("floor", FLOORS), ceiling=(132, 132, 134), boards=False)
    side = 1 if scene.number("flip", 0, 1) > 0.5 else -1
    for name in seen:
        _dress(scene, shell, name, side)
    _trusses(scene, shell)
    for x in (-1.4, 1.4):
        scene.sheet.line3([x, 0.005, -9], [x, 0.005, 7.6], 3.2, 150, colour=(206, 176, 84))
    return _pieces(scene, shell, side)


def _dress(scene: Scene, shell: Shell, name: Side, side: int) -> None:
    wall, length = shell.wall(name), shell.length(name)
    for u in np.arange(0.0, length, 0.35):
        wall.line(float(u), 0.1, float(u), shell.height - 0.2, 0.6, 38)
    if name == "far":
        _roller_door(wall, length / 2 + side * 1.6)
    _skylights(scene, wall, length, shell.height)


def _roller_door(wall: Wall, u: float) -> None:
    wall.panel(u - 1.9, 0, u + 1.9, 3.5, (110, 112, 116))
    wall.panel(u - 1.75, 0, u + 1.75, 3.35, (186, 190, 190), 0.03, overshoot=0)
    for y in np.arange(0.2, 3.3, 0.22):
        wall.line(u - 1.75, float(y), u + 1.75, float(y), 0.9, 110, 0.04)
    for k in range(8):
        a = u - 1.75 + k * 0.44
        wall.panel(a, 0.02, a + 0.22, 0.18, (216, 182, 70) if k % 2 else (60, 60, 64), 0.05, 0.6, overshoot=0)


def _skylights(scene: Scene, wall: Wall, length: float, height: float) -> None:
    glass = sky_colours(scene)[1]
    quads = [
        wall.quad(float(u), height - 1.5, float(u) + 1.2, height - 0.7, 0.03) for u in np.arange(0.6, length - 1.2, 1.7)
    ]
    wall.sheet.faces3(quads, glass, 1.0, raw=scene.dark)


def _trusses(scene: Scene, shell: Shell) -> None:
    sheet, y = scene.sheet, shell.height - 0.1
    if sheet.camera.position[1] > y - 0.7:
        return
    half = shell.width / 2
    for z in (-4.0, -0.5, 3.0, 6.5):
        for level in (y, y - 0.6):
            sheet.line3([-half, level, z], [half, level, z], 3.0, 190, colour=(84, 86, 92))
        for k in range(10):
            a = -half + shell.width * k / 10
            b = a + shell.width / 10
            ends = ((a, y - 0.6, b, y), (a, y, b, y - 0.6))[k % 2]
            sheet.line3([ends[0], ends[1], z], [ends[2], ends[3], z], 1.8, 170, colour=(84, 86, 92))


def _pieces(scene: Scene, shell: Shell, side: int) -> list[Piece]:
    sheet = scene.sheet
    pieces: list[Piece] = []
    for at_side in (-1, 1):
        for z in (-3.2, 0.4, 4.0):
            x = at_side * (shell.width / 2 - 1.3)
            name = f"{at_side} {z}"
            pieces.append(Piece(x, z, 1.6, True, lambda x=x, z=z, name=name: _rack(scene, x, z, name)))
    stacks = ((side * 2.6, 5.4, 0.9), (side * 3.6, 5.2, 1.0), (-side * 3.0, 2.2, 0.8), (side * 3.2, 1.4, 0.7))
    for k, (x, z, size) in enumerate(stacks):
        pieces.append(Piece(x, z, size * 0.6, k < 2, lambda x=x, z=z, size=size, k=k: _stack(scene, x, z, size, k)))
    for x, z in ((-side * 2.2, 5.9), (-side * 2.9, 6.1), (-side * 2.5, 5.2)):
        tone = scene.choice(f"drum {x}", fixtures.GOODS)
        pieces.append(Piece(x, z, 0.35, True, lambda x=x, z=z, tone=tone: fixtures.barrel(sheet, x, z, tone)))
    for z in (-0.5, 3.0):
        pieces.append(Piece(0.0, z, 0.3, False, lambda z=z: pendant(scene, 0.0, 4.1, z, shell.height, (92, 104, 100))))
    return pieces


def _stack(scene: Scene, x: float, z: float, size: float, k: int) -> None:
    fixtures.crate(scene.sheet, x, z, size)
    if k < 2:
        fixtures.crate(scene.sheet, x + 0.05, z, size * 0.75, size * 0.8, CARTONS[k])


def _rack(scene: Scene, x: float, z: float, name: str) -> None:
    """Three decks of boxes between steel posts, 3 m along z."""
    sheet = scene.sheet
    steel = scene.choice("rack", STEELS)
    rng = scene.rng(f"rack {name}")
    for a in (-0.5, 0.5):
        for b in (1.45, -1.45):
            sheet.box([x + a, 0, z + b], (0.08, 3.6, 0.08), 0, steel)
    for y in (0.15, 1.35, 2.55):
        sheet.box([x, y, z], (1.05, 0.08, 3.0), 0, times(steel, 1.15))
        for at in (0.95, 0.0, -0.95):
            if rng.uniform() < 0.85:
                tall = float(rng.uniform(0.45, 0.9))
                colour = CARTONS[int(rng.integers(len(CARTONS)))]
                sheet.box([x, y + 0.08, z + at], (0.8, tall, float(rng.uniform(0.6, 0.85))), 0, colour)
