"""A waterfront: plank deck with a rail, water with light on it, a far shore, bollards and a lifebelt."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from studio.engine.artist.geometry import polygon
from studio.engine.artist.sets.kit.stage import Piece, Scene, floor, lamp_glow, mixed, sky
from studio.engine.artist.sets.outdoors.rooftop import skyline
from studio.engine.artist.sets.outdoors.street import lamp_post
from studio.engine.artist.sheet import Colour
from studio.engine.artist.spec import Light

Array = NDArray[np.float64]

DECKS: tuple[Colour, ...] = ((178, 146, 112), (164, 142, 120), (188, 162, 130))
WATERS: dict[Light, Colour] = {
    Light.DAY: (142, 170, 186),
    Light.DAWN: (176, 172, 180),
    Light.DUSK: (112, 98, 130),
    Light.NIGHT: (44, 54, 92),
}
RAIL = 3.4
WATER_LEVEL = -1.2


def waterfront(scene: Scene) -> list[Piece]:
    """Draw deck, water and far shore; gives posts, lamps and bollards."""
    sky(scene)
    skyline(scene, WATER_LEVEL, 190.0, tall=0.5)
    water = WATERS[scene.light]
    sheet = scene.sheet
    centre = sheet.camera.position
    reach = 186.0
    corners = [(math.sin(a), math.cos(a)) for a in np.linspace(0, 2 * math.pi, 24, endpoint=False)]
    sheet.face3(
        [[centre[0] + a * reach, WATER_LEVEL, centre[2] + b * reach] for a, b in corners], water, raw=True, line=False
    )
    _ripples(scene, water)
    _deck(scene)
    return _pieces(scene)


def _ripples(scene: Scene, water: Colour) -> None:
    """Strokes of light and dark on the water, longer towards the camera; lamp streaks from the far shore at night."""
    sheet = scene.sheet
    rng = scene.rng("ripples")
    bright = mixed(water, (255, 250, 235), 0.55 if not scene.dark else 0.35)
    deep = mixed(water, (20, 24, 50), 0.35)
    bearings = rng.uniform(-math.pi, math.pi, 420)
    distances = 6 + 130 * rng.uniform(0, 1, 420) ** 2
    for index, (bearing, distance) in enumerate(zip(bearings, distances, strict=True)):
        at = np.array([math.sin(bearing) * distance, WATER_LEVEL, math.cos(bearing) * distance])
        if at[2] < RAIL and at[2] > -40:
            continue
        xy, depth = sheet.camera.projected(at)
        if depth[0] < 3 or not -60 < xy[0, 0] < sheet.camera.width + 60:
            continue
        wide = min(14 + 900 / float(depth[0]), 90)
        line = xy[0] + np.array([[-wide, 0], [0, 1.5], [wide, 0]])
        sheet.ink(line, 1.1 + 22 / float(depth[0]), colour=bright if index % 3 else deep, alpha=150, taper=0.05)
    if scene.dark:
        _streaks(scene)


def _streaks(scene: Scene) -> None:
    sheet = scene.sheet
    rng = scene.rng("streaks")
    for bearing in rng.uniform(-math.pi, math.pi, 36):
        far = np.array([math.sin(bearing) * 180, WATER_LEVEL + 0.5, math.cos(bearing) * 180])
        xy, depth = sheet.camera.projected(far)
        if depth[0] < 5 or not 0 < xy[0, 0] < sheet.camera.width:
            continue
        lamp_glow(sheet, far + np.array([0, 3, 0]), 6, 160)
        for step in range(7):
            y = xy[0, 1] + 5 + step * 8
            half = 5 + step * 1.4
            sheet.ink(
                [[xy[0, 0] - half, y], [xy[0, 0] + half, y]],
                1.6,
                colour=(255, 214, 140),
                alpha=190 - step * 22,
                taper=0.1,
            )


def _deck(scene: Scene) -> None:
    sheet = scene.sheet
    deck = scene.choice("deck", DECKS)
    floor(sheet, -40, -40, 40, RAIL + 0.25, deck)
    for x in np.arange(-14, 14.1, 0.5):
        sheet.line3([x, 0, -12], [x, 0, RAIL + 0.25], 0.9, 95)
    edge = [[-40, -0.4, RAIL + 0.25], [40, -0.4, RAIL + 0.25], [40, 0.14, RAIL + 0.25], [-40, 0.14, RAIL + 0.25]]
    sheet.face3(edge, (150, 122, 96))


def _rail(scene: Scene) -> None:
    """Three bars between posts, the upper one of wood."""
    sheet = scene.sheet
    metal: Colour = (212, 208, 198)
    for y, radius in ((0.42, 0.02), (0.74, 0.02), (1.06, 0.04)):
        bars = [[x, y, RAIL] for x in np.arange(-24, 24.1, 2.0)]
        seen = [p for p in bars if sheet.camera.seen(p)[0, 2] > 0.6]
        if len(seen) > 1:
            bar = sheet.chain(seen, [radius] * len(seen), 6)
            sheet.fill(bar, metal if y < 1 else (158, 116, 80))
            sheet.outline(bar, 1.1)
    for x in np.arange(-24, 24.1, 1.6):
        if sheet.camera.seen([x, 0.5, RAIL])[0, 2] > 0.6 and abs(x) < 20:
            post = sheet.chain([[x, 0.0, RAIL], [x, 1.0, RAIL]], [0.035, 0.03], 6)
            sheet.fill(post, metal)
            sheet.outline(post, 1.1)


def _pieces(scene: Scene) -> list[Piece]:
    belt = scene.number("belt", 1.4, 2.6) * (1 if scene.number("belt side", 0, 1) > 0.5 else -1)
    pieces = [
        Piece(0.0, RAIL, 0.1, False, lambda: _rail(scene)),
        Piece(belt, RAIL - 0.08, 0.3, False, lambda: _lifebelt(scene, belt)),
    ]
    first = scene.number("lamps", -4.5, -3.2)
    for x in (first - 7.5, first, first + 7.5, first + 15):
        pieces.append(
            Piece(x, RAIL - 0.3, 0.2, True, lambda x=x: lamp_post(scene, x, RAIL - 0.3, height=3.0, reach=2.2))
        )
    for x in (-belt * 1.9, belt + 3.0):
        pieces.append(Piece(x, RAIL - 0.7, 0.3, False, lambda x=x: _bollard(scene, x, RAIL - 0.7)))
    return pieces


def _lifebelt(scene: Scene, x: float) -> None:
    sheet = scene.sheet
    if sheet.camera.seen([x, 0.6, RAIL])[0, 2] < 0.8:
        return
    turn = np.linspace(0, 2 * math.pi, 30, endpoint=False)

    def ring(radius: float) -> Array:
        points = np.stack([x + np.cos(turn) * radius, 0.66 + np.sin(turn) * radius, turn * 0 + RAIL - 0.07], 1)
        return sheet.camera.projected(points)[0]

    outer, inner = ring(0.34), ring(0.19)
    belt = polygon(outer).difference(polygon(inner))
    sheet.fill(belt, (206, 92, 70))
    for start in range(2, 30, 8):
        band = np.concatenate([outer[start : start + 3], inner[start : start + 3][::-1]])
        sheet.fill(band, (236, 230, 216))
    sheet.outline(belt, 1.4)


def _bollard(scene: Scene, x: float, z: float) -> None:
    sheet = scene.sheet
    if sheet.camera.seen([x, 0.3, z])[0, 2] < 0.8:
        return
    shape = sheet.chain([[x, 0.0, z], [x, 0.32, z], [x, 0.42, z]], [0.14, 0.12, 0.17], 12)
    sheet.fill(shape, (74, 76, 82))
    sheet.outline(shape, 1.5)
