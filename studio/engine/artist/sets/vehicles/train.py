"""Inside a railway carriage: a central aisle, rows of seats, windows with the country going by, luggage racks, lamps."""

from __future__ import annotations

import numpy as np

from studio.engine.artist.sets.kit.furniture import boxes
from studio.engine.artist.sets.kit.shell import Shell, Side
from studio.engine.artist.sets.kit.stage import Piece, Scene, Wall, lamp_glow, mixed, sky_colours, times
from studio.engine.artist.sheet import Colour
from studio.engine.artist.spec import Light

WALLS: tuple[Colour, ...] = ((206, 190, 162), (196, 204, 200), (182, 150, 118))
FLOORS: tuple[Colour, ...] = ((122, 106, 98), (104, 112, 118))
SEATS: tuple[Colour, ...] = ((140, 62, 58), (62, 88, 122), (76, 108, 88), (150, 112, 66))
LENGTH = 18.0
WIDTH = 3.6


def carriage(scene: Scene) -> list[Piece]:
    """Draw the carriage along z; gives the seats."""
    shell = Shell(scene, WIDTH, LENGTH, 2.5)
    seen = shell.draw(scene.choice("wall", WALLS), scene.choice("floor", FLOORS), ceiling=(226, 220, 204), boards=False)
    sheet = scene.sheet
    sheet.face3(
        [[-0.4, 0.004, -9], [0.4, 0.004, -9], [0.4, 0.004, 9], [-0.4, 0.004, 9]],
        times(scene.choice("seat", SEATS), 0.75),
    )
    for name in seen:
        _dress(scene, shell, name)
    if sheet.camera.position[1] < 2.5:
        for z in np.arange(-6.5, 8.0, 2.6):
            lamp = [[-0.22, 2.49, z - 0.3], [0.22, 2.49, z - 0.3], [0.22, 2.49, z + 0.3], [-0.22, 2.49, z + 0.3]]
            sheet.face3(lamp, (254, 246, 220), 1.0, raw=scene.dark, overshoot=0)
            if scene.dark:
                lamp_glow(sheet, [0, 2.4, float(z)], 0.8, 80)
    return _pieces(scene)


def _dress(scene: Scene, shell: Shell, name: Side) -> None:
    wall, length = shell.wall(name), shell.length(name)
    if name in ("far", "near"):
        frame = times(scene.choice("wall", WALLS), 0.78)
        wall.panel(length / 2 - 0.5, 0, length / 2 + 0.5, 2.1, frame)
        wall.panel(length / 2 - 0.42, 0, length / 2 + 0.42, 2.03, times(frame, 1.15), 0.03, overshoot=0)
        wall.panel(length / 2 - 0.28, 1.0, length / 2 + 0.28, 1.85, (168, 186, 192), 0.04, overshoot=0)
        return
    for k, u in enumerate(np.arange(1.3, length - 0.8, 1.9)):
        _window(scene, wall, float(u), f"{name} {k}")
    wall.box(length / 2, 2.0, (length, 0.04, 0.34), (150, 132, 104))
    wall.line(0, 2.12, length, 2.12, 2.0, 170, 0.34)
    rng = scene.rng(f"luggage {name}")
    for u in np.arange(1.0, length - 1, 1.5):
        if rng.uniform() < 0.45:
            colour = SEATS[int(rng.integers(len(SEATS)))]
            wall.box(float(u), 2.04, (float(rng.uniform(0.45, 0.75)), 0.26, 0.28), mixed(colour, (150, 120, 90), 0.5))


def _window(scene: Scene, wall: Wall, u: float, name: str) -> None:
    """The land outside: sky, a hill line, a near hedge; dark with lights at night."""
    top, low = sky_colours(scene)
    night = scene.light is Light.NIGHT
    land: Colour = (34, 40, 60) if night else mixed((136, 150, 100), low, 0.35)
    near: Colour = (24, 28, 46) if night else mixed((98, 118, 78), low, 0.15)
    raw = scene.dark
    wall.panel(u - 0.78, 0.82, u + 0.78, 1.88, times(scene.choice("wall", WALLS), 0.7))
    wall.panel(u - 0.7, 0.9, u + 0.7, 1.8, mixed(top, low, 0.7), 0.02, overshoot=0, raw=raw)
    rng = scene.rng(f"land {name}")
    for base, tone, lift in ((1.28, land, 0.14), (1.05, near, 0.08)):
        heights = base + rng.uniform(-lift, lift, 5)
        crest = [wall.point(u - 0.7 + 1.4 * k / 4, float(h), 0.025) for k, h in enumerate(heights)]
        ring = [wall.point(u - 0.7, 0.9, 0.025), *crest, wall.point(u + 0.7, 0.9, 0.025)]
        wall.sheet.face3(ring, tone, 0.8, line=False, raw=raw)
    if night:
        spots = [
            wall.quad(u + a, 1.0 + b, u + a + 0.04, 1.04 + b, 0.03)
            for a, b in rng.uniform((-0.6, 0), (0.6, 0.3), (4, 2))
        ]
        wall.sheet.faces3(spots, (248, 214, 130), line=False, raw=True)
    wall.line(u - 0.7, 1.62, u + 0.7, 1.62, 1.4, 190, 0.03)


def _pieces(scene: Scene) -> list[Piece]:
    seat = scene.choice("seat", SEATS)
    pieces: list[Piece] = []
    for k, z in enumerate(np.arange(-6.8, 8.2, 1.05)):
        facing = 0.0 if k % 2 else 3.14159
        for x in (-1.18, 1.18):
            at = (x, float(z))
            pieces.append(
                Piece(x, float(z), 0.55, True, lambda at=at, facing=facing: _seat(scene, at[0], at[1], facing, seat))
            )
    return pieces


def _seat(scene: Scene, x: float, z: float, yaw: float, colour: Colour) -> None:
    """A double seat; its sitters face `yaw`."""
    parts = [(0.0, 0.08, 0.05, 1.1, 0.36, 0.5), (0.0, 0.08, -0.24, 1.1, 1.05, 0.12)]
    boxes(scene.sheet, x, z, yaw, parts, colour)
    boxes(scene.sheet, x, z, yaw, [(a, 0.98, -0.24, 0.34, 0.2, 0.14) for a in (-0.27, 0.27)], (232, 224, 206))
