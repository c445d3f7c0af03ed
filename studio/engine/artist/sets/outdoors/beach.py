"""A beach: sand, a line of surf, the open sea, a boat, a headland; a parasol and chairs where one bathes, rocks elsewhere."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from studio.engine.artist.sets.kit import fixtures
from studio.engine.artist.sets.kit.stage import Piece, Scene, ground, mixed, sky, sky_colours, times
from studio.engine.artist.sets.outdoors.waterfront import WATERS
from studio.engine.artist.sheet import Colour

Array = NDArray[np.float64]

SANDS: tuple[Colour, ...] = ((222, 204, 162), (212, 196, 168), (226, 210, 178))
CLOTHS: tuple[Colour, ...] = ((196, 84, 70), (70, 118, 150), (216, 172, 84), (104, 146, 120))
BATHING = ("BEACH", "SEASIDE", "RESORT", "SANDS")
SURF = 6.0
FAR = 240.0


def beach(scene: Scene) -> list[Piece]:
    """Draw sand and sea; gives what lies on the sand."""
    sky(scene)
    sand = scene.choice("sand", SANDS)
    sheet = scene.sheet
    ground(scene, sand)
    centre = float(sheet.camera.position[0])
    water = WATERS[scene.light]
    sheet.face3(
        [
            [centre - FAR, 0.002, SURF],
            [centre + FAR, 0.002, SURF],
            [centre + FAR, 0.002, FAR],
            [centre - FAR, 0.002, FAR],
        ],
        mixed(water, sky_colours(scene)[0], 0.25),
        raw=True,
        line=False,
    )
    _waves(scene, water)
    _surf(scene, sand, centre)
    _sand(scene, sand)
    _headland(scene)
    return _pieces(scene)


def _waves(scene: Scene, water: Colour) -> None:
    sheet = scene.sheet
    rng = scene.rng("waves")
    bright = mixed(water, (255, 252, 240), 0.6 if not scene.dark else 0.35)
    deep = mixed(water, (20, 34, 60), 0.35)
    for index, (share, z) in enumerate(
        zip(rng.uniform(-1, 1, 260), SURF + 1.5 + 120 * rng.uniform(0, 1, 260) ** 2.2, strict=True)
    ):
        x = float(share) * (8 + float(z) * 1.3)
        xy, depth = sheet.camera.projected([x, 0.01, float(z)])
        if depth[0] < 2 or not -80 < xy[0, 0] < sheet.camera.width + 80:
            continue
        wide = min(16 + 900 / float(depth[0]), 110)
        line = xy[0] + np.array([[-wide, 0], [-wide * 0.2, -2.0], [wide, 0.5]])
        sheet.ink(line, 1.1 + 20 / float(depth[0]), colour=bright if index % 3 else deep, alpha=150, taper=0.05)


def _surf(scene: Scene, sand: Colour, centre: float) -> None:
    """Wet sand, and foam where the sea ends."""
    sheet = scene.sheet
    rng = scene.rng("surf")
    x = np.linspace(centre - 60, centre + 60, 121)
    edge = SURF - 0.4 + 0.45 * np.sin(x * 0.55 + rng.uniform(0, 6)) + 0.25 * np.sin(x * 1.3 + rng.uniform(0, 6))
    bands: tuple[tuple[float, float, Colour, float], ...] = (
        (-1.5, 1.2, times(sand, 0.82), 200),
        (-0.1, 1.4, mixed(sand, (180, 206, 212), 0.5), 220),
        (-0.1, 0.28, (250, 250, 246), 235),
        (1.4, 1.75, (246, 248, 246), 190),
    )
    for near, far, tone, alpha in bands:
        front = np.stack([x, x * 0 + 0.004, edge + near], 1)
        back = np.stack([x, x * 0 + 0.004, edge * 0.3 + (SURF - 0.4) * 0.7 + far], 1)[::-1]
        sheet.face3(np.vstack([front, back]), tone, line=False, alpha=alpha)


def _sand(scene: Scene, sand: Colour) -> None:
    """Ripples and pebbles."""
    sheet = scene.sheet
    rng = scene.rng("sand")
    dark = times(sand, 0.72)
    for x, z, wide in zip(
        rng.uniform(-9, 9, 90), rng.uniform(-6, SURF - 2, 90), rng.uniform(0.2, 0.9, 90), strict=True
    ):
        points = [[x - wide, 0.003, z], [x, 0.003, z + 0.06], [x + wide, 0.003, z]]
        if float(sheet.camera.seen(points)[:, 2].min()) > 0.7:
            sheet.ink(sheet.camera.projected(points)[0], 1.2, colour=dark, alpha=120, taper=0.1)


def _headland(scene: Scene) -> None:
    """A cliff that ends in the sea on one side."""
    sheet = scene.sheet
    side = 1 if scene.number("headland", 0, 1) > 0.5 else -1
    rng = scene.rng("cliff")
    haze = mixed((150, 140, 120), sky_colours(scene)[1], 0.5)
    xs = np.linspace(30, 220, 14) * side
    heights = np.concatenate([[0.3, 4.0], rng.uniform(9, 17, 12)])
    crest = np.stack([xs, heights, np.full(14, 150.0)], 1)
    foot = np.stack([xs[[-1, 0]], [0.0, 0.0], [150.0, 150.0]], 1)
    sheet.face3(np.vstack([crest, foot]), haze, 1.0, overshoot=0)


def _pieces(scene: Scene) -> list[Piece]:
    sheet = scene.sheet
    side = 1 if scene.number("side", 0, 1) > 0.5 else -1
    cloth, other = scene.choice("parasol", CLOTHS), scene.choice("chair", CLOTHS)
    boat = scene.choice("boat", CLOTHS)
    pieces = [
        Piece(-side * 4.0, 3.0, 1.2, True, lambda: fixtures.rowing_boat(sheet, -side * 4.0, 3.0, 0.7 * side, boat))
    ]
    wild = not any(word in scene.place.upper() for word in BATHING)
    if not wild:
        pieces.append(Piece(side * 3.0, 2.4, 0.8, True, lambda: fixtures.parasol(sheet, side * 3.0, 2.4, cloth)))
        for dx, turn in ((-0.7, 0.3), (0.7, -0.2)):
            x = side * 3.0 + dx
            pieces.append(
                Piece(x, 2.0, 0.5, False, lambda x=x, turn=turn: fixtures.deck_chair(sheet, x, 2.0, turn, other))
            )
    rng = scene.rng("rocks")
    for k in range(9 if wild else 5):
        x, z = float(rng.uniform(-7, 7)), float(rng.uniform(3.2, 5.0))
        size = float(rng.uniform(0.15, 0.45)) * (1.9 if wild else 1.0)
        pieces.append(Piece(x, z, size, False, lambda x=x, z=z, size=size, k=k: _rock(scene, x, z, size, k)))
    return pieces


def _rock(scene: Scene, x: float, z: float, size: float, k: int) -> None:
    sheet = scene.sheet
    if sheet.camera.seen([x, 0.2, z])[0, 2] < 0.8:
        return
    turn = np.linspace(0, math.pi, 7)
    bulge = scene.rng(f"rock {k}").uniform(0.75, 1.1, 7)
    ring = np.stack([x + np.cos(turn) * size * bulge, np.sin(turn) * size * 0.7 * bulge, turn * 0 + z], 1)
    shape = sheet.camera.projected(ring)[0]
    sheet.fill(shape, (142, 136, 130))
    sheet.outline(shape, 1.4)
