"""A railway platform: a canopy on iron posts, rails and sleepers, a train standing on the far track, clock, benches, name board."""

from __future__ import annotations

import numpy as np

from studio.engine.artist.sets.kit import fixtures
from studio.engine.artist.sets.kit.stage import Piece, Scene, floor, ground, lamp_glow, mixed, sky, sky_colours, times
from studio.engine.artist.sheet import Colour

PAVING: tuple[Colour, ...] = ((190, 184, 172), (178, 178, 174), (196, 182, 160))
COACHES: tuple[Colour, ...] = ((120, 62, 54), (58, 86, 112), (74, 100, 78), (196, 176, 128))
IRON: tuple[Colour, ...] = ((74, 96, 88), (92, 74, 70), (70, 80, 100))
EDGE = 2.6
TRACK = -1.0


def station(scene: Scene) -> list[Piece]:
    """Draw platform and tracks along x; gives the train, posts and benches."""
    sky(scene)
    sheet = scene.sheet
    ground(scene, (166, 158, 146))
    _tracks(scene)
    paving = scene.choice("paving", PAVING)
    floor(sheet, -60, -30, 60, EDGE, paving)
    wall = [[-60, TRACK, EDGE], [60, TRACK, EDGE], [60, 0, EDGE], [-60, 0, EDGE]]
    if sheet.camera.position[2] > EDGE:
        sheet.face3(wall, times(paving, 0.7))
    floor(sheet, -60, EDGE - 0.75, 60, EDGE - 0.6, (226, 196, 92), 0.003)
    floor(sheet, -60, EDGE - 0.35, 60, EDGE, (226, 222, 208), 0.003)
    for x in np.arange(-14, 14.1, 1.4):
        sheet.line3([x, 0, -6], [x, 0, EDGE], 0.8, 60)
    return _pieces(scene)


def _tracks(scene: Scene) -> None:
    sheet = scene.sheet
    floor(sheet, -60, EDGE, 60, 9.0, mixed((132, 122, 112), sky_colours(scene)[1], 0.12), TRACK)
    for z in (4.1, 7.2):
        sleepers = [
            np.array(
                [
                    [x, TRACK + 0.02, z - 0.95],
                    [x + 0.25, TRACK + 0.02, z - 0.95],
                    [x + 0.25, TRACK + 0.02, z + 0.95],
                    [x, TRACK + 0.02, z + 0.95],
                ]
            )
            for x in np.arange(-24, 24, 0.7)
        ]
        sheet.faces3(sleepers, (104, 84, 70), 0.7, line=False)
        for rail in (-0.72, 0.72):
            sheet.line3([-50, TRACK + 0.12, z + rail], [50, TRACK + 0.12, z + rail], 2.8, 230, colour=(90, 90, 98))
    _houses(scene)


def _houses(scene: Scene) -> None:
    """Sheds and poles beyond the tracks."""
    rng = scene.rng("beyond")
    haze = mixed((178, 164, 150), sky_colours(scene)[1], 0.45)
    x = -46.0
    while x < 46:
        wide, tall = float(rng.uniform(5, 11)), float(rng.uniform(3.0, 6.5))
        scene.sheet.box([x + wide / 2, TRACK, 22], (wide, tall, 5), 0, times(haze, float(rng.uniform(0.88, 1.06))), 1.0)
        x += wide + float(rng.uniform(0.5, 4))


def _pieces(scene: Scene) -> list[Piece]:
    sheet = scene.sheet
    iron = scene.choice("iron", IRON)
    pieces = [Piece(0.0, 7.3, 0.2, False, lambda: _train(scene))]
    first = scene.number("posts", -1.4, 1.4)
    for x in np.arange(first - 14.0, 15.0, 4.6):
        pieces.append(Piece(float(x), 0.9, 0.3, True, lambda x=float(x): _post(scene, x, 0.9, iron)))
    pieces.append(Piece(0.0, 0.95, 0.1, False, lambda: _canopy(scene, iron), always=True))
    wood = scene.choice("bench", ((150, 112, 78), (120, 92, 74)))
    for x in (first - 4.6 + 2.3, first + 2.3 + 4.6):
        pieces.append(Piece(x, 1.0, 0.9, False, lambda x=x: fixtures.long_bench(sheet, x, 1.0, 0.0, wood)))
    board = scene.choice("board", ((58, 84, 120), (120, 58, 54), (62, 92, 78)))
    name_x = first - 2.3
    pieces.append(Piece(name_x, 1.3, 0.3, False, lambda: _name(scene, name_x, board)))
    return pieces


def _name(scene: Scene, x: float, board: Colour) -> None:
    for side in (-0.8, 0.8):
        scene.sheet.line3([x + side, 0, 1.3], [x + side, 2.4, 1.3], 3.0, 230)
    fixtures.sign(scene.sheet, x, 2.15, 1.28, (2.0, 0.46), board, 1)


def _post(scene: Scene, x: float, z: float, iron: Colour) -> None:
    sheet = scene.sheet
    if sheet.camera.seen([x, 1.5, z])[0, 2] < 0.9:
        return
    post = sheet.chain([[x, 0, z], [x, 0.5, z], [x, 3.4, z]], [0.13, 0.085, 0.08], 8)
    sheet.fill(post, iron)
    sheet.outline(post, 1.3)
    for side in (-1, 1):
        sheet.line3([x, 2.8, z], [x + side * 0.7, 3.4, z], 3.0, 230)
    lamp = sheet.ball([x, 2.95, z - 0.3], 0.14, 14)
    sheet.fill(lamp, (252, 226, 156) if scene.dark else (236, 232, 216), raw=scene.dark)
    sheet.ink(lamp, 1.1, closed=True)
    if scene.dark:
        lamp_glow(sheet, [x, 2.95, z - 0.3], 1.8)


def _canopy(scene: Scene, iron: Colour) -> None:
    """The roof over the platform with its scalloped edge."""
    sheet = scene.sheet
    if sheet.camera.position[1] > 3.2:
        return
    roof = [[-40, 3.4, -3.5], [40, 3.4, -3.5], [40, 3.7, 2.2], [-40, 3.7, 2.2]]
    sheet.face3(roof, times(iron, 1.5), 1.4)
    for x in np.arange(-14, 14.1, 1.15):
        sheet.line3([x, 3.4, -3], [x, 3.7, 2.2], 1.0, 120)
    edge: list[list[float]] = [[-16.0, 3.72, 2.2], [16.0, 3.72, 2.2]]
    teeth = [[float(x), 3.42 if k % 2 else 3.55, 2.2] for k, x in enumerate(np.arange(16, -16.1, -0.4))]
    sheet.face3([*edge, *teeth], times(iron, 1.2), 1.2, overshoot=0)


def _train(scene: Scene) -> None:
    """Two coaches on the far track, lit when it is dark."""
    sheet = scene.sheet
    colour = scene.choice("coach", COACHES)
    glass: Colour = (250, 218, 142) if scene.dark else (120, 140, 150)
    z = 5.9
    for left in (-19.6, -0.4):
        right = left + 19.0
        for y0, y1, tone in (
            (TRACK + 0.35, 0.35, times(colour, 0.55)),
            (0.35, 1.35, colour),
            (1.35, 2.2, times(colour, 0.94)),
            (2.2, 2.5, times(colour, 1.1)),
        ):
            sheet.face3([[left, y0, z], [right, y0, z], [right, y1, z], [left, y1, z]], tone, 1.2)
        sheet.face3(
            [[left, 2.5, z], [right, 2.5, z], [right - 0.3, 2.85, z + 0.8], [left + 0.3, 2.85, z + 0.8]],
            (142, 140, 138),
            1.2,
        )
        panes = [
            np.array([[x, 1.42, z - 0.01], [x + 1.15, 1.42, z - 0.01], [x + 1.15, 2.12, z - 0.01], [x, 2.12, z - 0.01]])
            for x in np.arange(left + 2.2, right - 2.6, 1.55)
        ]
        sheet.faces3(panes, glass, 1.0, raw=scene.dark)
        for x in (left + 0.7, right - 1.7):
            sheet.face3(
                [[x, 0.3, z - 0.01], [x + 1.0, 0.3, z - 0.01], [x + 1.0, 2.3, z - 0.01], [x, 2.3, z - 0.01]],
                times(colour, 0.85),
                1.1,
                overshoot=0,
            )
            sheet.face3(
                [
                    [x + 0.2, 1.4, z - 0.02],
                    [x + 0.8, 1.4, z - 0.02],
                    [x + 0.8, 2.1, z - 0.02],
                    [x + 0.2, 2.1, z - 0.02],
                ],
                glass,
                0.9,
                overshoot=0,
                raw=scene.dark,
            )
        for x in (left + 2.5, left + 4.6, right - 4.6, right - 2.5):
            wheel = sheet.ball([x, TRACK + 0.5, z - 0.02], 0.42, 18)
            sheet.fill(wheel, (66, 64, 68))
            sheet.ink(wheel, 1.1, closed=True)
