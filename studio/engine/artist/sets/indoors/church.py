"""A church: rows of pews, an altar with candles and a cross, tall pointed windows of coloured glass, columns, a vault."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from studio.engine.artist.sets.kit import fixtures
from studio.engine.artist.sets.kit.shell import WOOD, Shell, Side, door
from studio.engine.artist.sets.kit.stage import Piece, Scene, Wall, floor, lamp_glow, times
from studio.engine.artist.sheet import Colour

WALLS: tuple[Colour, ...] = ((206, 200, 186), (196, 194, 192), (212, 200, 176))
FLOORS: tuple[Colour, ...] = ((170, 164, 154), (156, 148, 138))
CARPETS: tuple[Colour, ...] = ((150, 62, 56), (84, 78, 116), (140, 104, 60))
GLASS: tuple[Colour, ...] = ((176, 70, 62), (70, 104, 160), (210, 172, 84), (92, 140, 104))


def church(scene: Scene) -> list[Piece]:
    """Draw the nave; gives pews, columns and the altar."""
    shell = Shell(scene, scene.number("width", 10.0, 11.0), 15.0, 6.4)
    seen = shell.draw(scene.choice("wall", WALLS), scene.choice("floor", FLOORS), ceiling=(176, 168, 156), boards=False)
    for name in seen:
        _dress(scene, shell, name)
    floor(scene.sheet, -0.75, -9.0, 0.75, 5.0, scene.choice("carpet", CARPETS), 0.004)
    _ribs(scene, shell)
    return _pieces(scene, shell)


def _dress(scene: Scene, shell: Shell, name: Side) -> None:
    wall, length = shell.wall(name), shell.length(name)
    if name == "far":
        _lancet(scene, wall, length / 2, 2.3, 5.6, 1.5, "apse")
        for side in (-1, 1):
            _lancet(scene, wall, length / 2 + side * 2.6, 2.1, 4.6, 0.9, f"apse {side}")
    elif name == "near":
        door(wall, length / 2, scene.choice("door", WOOD))
    else:
        for k, u in enumerate(np.arange(2.0, length, 2.9)):
            _lancet(scene, wall, float(u), 1.7, 4.6, 0.95, f"{name} {k}")


def _lancet(scene: Scene, wall: Wall, u: float, foot: float, top: float, width: float, name: str) -> None:
    """A pointed window of coloured panes."""
    half = width / 2
    rise = np.linspace(0, 1, 6)
    arch = [(half * (1 - r**1.6), top - width * 0.9 * (1 - r)) for r in rise]
    ring = [(-half, foot), (half, foot), *arch, *[(-a, y) for a, y in reversed(arch[:-1])]]
    frame = [wall.point(u + a * 1.22, y + (0.12 if y > foot else -0.12), 0.01) for a, y in ring]
    wall.sheet.face3(frame, times(scene.choice("wall", WALLS), 0.82), 1.3, overshoot=0)
    lit = not scene.dark
    glass: Colour = (222, 226, 206) if lit else (52, 62, 96)
    wall.sheet.face3([wall.point(u + a, y, 0.02) for a, y in ring], glass, 1.2, overshoot=0)
    rng = scene.rng(f"glass {name}")
    by_colour: dict[Colour, list[np.ndarray]] = {}
    step = width / 3
    for y in np.arange(foot + 0.06, top - width * 0.9, 0.34):
        for k in range(3):
            tone = GLASS[int(rng.integers(len(GLASS)))]
            tone = tone if lit else times(tone, 0.5)
            left = u - half + k * step + 0.03
            by_colour.setdefault(tone, []).append(wall.quad(left, float(y), left + step - 0.05, float(y) + 0.29, 0.03))
    for tone, quads in by_colour.items():
        wall.sheet.faces3(quads, tone, 0.7)


def _ribs(scene: Scene, shell: Shell) -> None:
    """The arches of the vault."""
    sheet = scene.sheet
    half, high = shell.width / 2, shell.height
    if sheet.camera.position[1] > high:
        return
    for z in np.arange(-4.5, 7.6, 3.0):
        course = [[half * np.cos(a), 3.8 + (high - 3.9) * np.sin(a), z] for a in np.linspace(0, np.pi, 13)]
        for a, b in pairwise(course):
            sheet.line3(a, b, 2.6, 150, overshoot=0)


def _pieces(scene: Scene, shell: Shell) -> list[Piece]:
    sheet = scene.sheet
    wood = scene.choice("pews", WOOD)
    pieces: list[Piece] = []
    for z in np.arange(-5.0, 3.6, 1.25):
        for side in (-1, 1):
            at = (side * 2.75, float(z))
            pieces.append(Piece(at[0], at[1], 0.9, True, lambda at=at: fixtures.pew(sheet, at[0], at[1], wood)))
    for z in np.arange(-4.5, 7.0, 3.0):
        for side in (-1, 1):
            at = (side * (shell.width / 2 - 0.45), float(z))
            pieces.append(Piece(at[0], at[1], 0.4, True, lambda at=at: _column(scene, at[0], at[1])))
    pieces.append(Piece(0.0, 6.0, 1.2, True, lambda: _altar(scene)))
    return pieces


def _column(scene: Scene, x: float, z: float) -> None:
    sheet = scene.sheet
    if sheet.camera.seen([x, 2, z])[0, 2] < 1.0:
        return
    stone = times(scene.choice("wall", WALLS), 0.93)
    shaft = sheet.chain([[x, 0.3, z], [x, 3.7, z]], [0.24, 0.22], 10)
    sheet.fill(shaft, stone)
    sheet.outline(shaft, 1.4)
    for y in (0.0, 3.7):
        sheet.box([x, y, z], (0.66, 0.28, 0.66), 0, times(stone, 1.05))


def _altar(scene: Scene) -> None:
    sheet = scene.sheet
    sheet.box([0, 0, 5.9], (4.4, 0.18, 2.0), 0, (186, 180, 170))
    sheet.box([0, 0.18, 6.2], (2.0, 0.95, 0.8), 0, (226, 220, 206))
    sheet.box([0, 0.7, 5.79], (0.6, 0.43, 0.02), 0, scene.choice("carpet", CARPETS))
    sheet.box([0, 1.13, 6.3], (0.09, 1.05, 0.06), 0, (196, 158, 84))
    sheet.box([0, 1.75, 6.3], (0.56, 0.09, 0.06), 0, (196, 158, 84))
    for x in (-0.75, -0.55, 0.55, 0.75):
        sheet.box([x, 1.13, 6.2], (0.06, 0.32, 0.06), 0, (244, 238, 222))
        flame = sheet.chain([[x, 1.5, 6.2], [x, 1.56, 6.2]], [0.03, 0.012], 8)
        if sheet.camera.seen([x, 1.5, 6.2])[0, 2] > 0.6:
            sheet.fill(flame, (255, 220, 130), raw=True)
            lamp_glow(sheet, [x, 1.52, 6.2], 0.7 if scene.dark else 0.35, 120)
