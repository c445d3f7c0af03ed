"""Open country and woods: a field with hills, hedges and a path; a forest of trunks and foliage. Trees live here too."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from studio.engine.artist.geometry import smoothed
from studio.engine.artist.sets.kit.stage import Piece, Scene, floor, ground, mixed, page, sky, sky_colours, times
from studio.engine.artist.sheet import Colour

Array = NDArray[np.float64]

GRASS: tuple[Colour, ...] = ((164, 174, 116), (182, 172, 108), (146, 166, 118), (190, 178, 130))
LEAVES: tuple[Colour, ...] = ((106, 130, 92), (122, 138, 84), (92, 120, 96), (142, 130, 78))
BARK: tuple[Colour, ...] = ((112, 92, 76), (124, 110, 96), (98, 80, 68))


def field(scene: Scene) -> list[Piece]:
    """Draw open country; gives trees, fence posts and tufts."""
    sky(scene)
    grass = scene.choice("grass", GRASS)
    _hills(scene, grass)
    ground(scene, grass)
    _furrows(scene, grass)
    _path(scene)
    return _field_pieces(scene)


def _hills(scene: Scene, grass: Colour) -> None:
    """Two ridges of hills all round, the farther the paler, with a hedge line before them."""
    haze = sky_colours(scene)[1]
    for index, (distance, height, share) in enumerate(((240.0, 20.0, 0.6), (150.0, 8.0, 0.35))):
        rng = scene.rng(f"hills {index}")
        bearings = np.linspace(-math.pi, math.pi, 61)
        crest = sum(rng.uniform(0.3, 1) * np.sin(bearings * k + rng.uniform(0, 6)) for k in (2, 3, 5, 9))
        rise = height * (0.6 + 0.25 * np.asarray(crest))
        colour = mixed(times(grass, 0.86), haze, share)
        points = np.stack([np.sin(bearings) * distance, np.maximum(rise, 1.0), np.cos(bearings) * distance], 1)
        _ridge(scene, points, colour, 1.1)
    rng = scene.rng("hedge")
    bearings = np.linspace(-math.pi, math.pi, 181)
    hedge = np.stack([np.sin(bearings) * 90, rng.uniform(1.2, 3.6, 181), np.cos(bearings) * 90], 1)
    _ridge(scene, hedge, mixed(times(grass, 0.62), haze, 0.25), 1.0)


def _ridge(scene: Scene, points: Array, colour: Colour, width: float) -> None:
    """A silhouette that stands on the ground all round the stage: fill down to the horizon and ink the crest in view."""
    sheet = scene.sheet
    seen = sheet.camera.seen(points)[:, 2] > 5
    starts = np.flatnonzero(seen & ~np.roll(seen, 1))
    for start in starts if len(starts) else [0]:
        run = np.arange(start, start + len(points)) % len(points)
        stop = int(np.argmin(seen[run])) or len(run)
        top = points[run[:stop]]
        if len(top) < 2:
            continue
        foot = top * np.array([1, 0, 1])
        crest = smoothed(sheet.camera.projected(top)[0], 1, closed=False)
        base = sheet.camera.projected(foot)[0][::-1]
        inside = (crest[:, 0] > -400) & (crest[:, 0] < sheet.camera.width + 400)
        if inside.sum() > 1:
            sheet.fill(np.concatenate([crest, base]), colour)
            sheet.ink(crest[inside], width, alpha=150)


def _furrows(scene: Scene, grass: Colour) -> None:
    sheet = scene.sheet
    for x in np.arange(-60, 60.1, 3.0):
        if abs(x) > 2.2:
            sheet.line3([x, 0, -30], [x * 1.1, 0, 90], 1.0, 46, colour=times(grass, 0.5))


def _path(scene: Scene) -> None:
    bend = scene.number("path", -3, 3)
    left: list[list[float]] = []
    right: list[list[float]] = []
    for z in np.arange(-20, 86, 6.0):
        x = bend * math.sin(z / 22) * min(abs(z) / 10, 1.5)
        left.append([x - 0.9, 0.005, z])
        right.append([x + 0.9, 0.005, z])
    scene.sheet.face3([*left, *reversed(right)], (206, 190, 156), line=False)
    for side in (left, right):
        for a, b in pairwise(side):
            scene.sheet.line3(a, b, 0.9, 90)


def _field_pieces(scene: Scene) -> list[Piece]:
    rng = scene.rng("field")
    pieces: list[Piece] = []
    for index in range(9):
        bearing, distance = rng.uniform(-math.pi, math.pi), rng.uniform(10, 34)
        at = (math.sin(bearing) * distance, math.cos(bearing) * distance)
        if index == 0:
            at = (float(rng.choice([-1, 1])) * rng.uniform(4, 6), rng.uniform(9, 13))
        height = rng.uniform(4.5, 7)
        name = f"tree {index}"
        pieces.append(Piece(*at, 1.6, True, lambda at=at, height=height, name=name: tree(scene, *at, height, name)))
    fence = float(rng.choice([-1, 1])) * 3.4
    pieces.extend(
        Piece(fence, float(z), 1.3, False, lambda z=float(z): _fence(scene, fence, z)) for z in np.arange(-18, 40, 2.4)
    )
    pieces.append(Piece(0.0, 200.0, 1.0, False, lambda: _tufts(scene, rng)))
    return pieces


def _fence(scene: Scene, x: float, z: float) -> None:
    sheet = scene.sheet
    if sheet.camera.seen([[x, 0.5, z], [x, 0.5, z + 2.4]])[:, 2].min() < 0.8:
        return
    wood: Colour = (150, 130, 104)
    for y in (0.5, 0.9):
        sheet.face3([[x, y, z], [x, y, z + 2.4], [x, y + 0.09, z + 2.4], [x, y + 0.09, z]], wood, 1.0)
    sheet.box([x, 0, z], (0.1, 1.1, 0.1), 0, wood, 1.1)


def _tufts(scene: Scene, rng: np.random.Generator) -> None:
    """Grass: short strokes near the camera."""
    sheet = scene.sheet
    for x, z, tall in zip(rng.uniform(-9, 9, 150), rng.uniform(-12, 22, 150), rng.uniform(0.08, 0.2, 150), strict=True):
        depth = float(sheet.camera.seen([x, 0, z])[0, 2])
        if depth < 1.2 or depth > 26 or abs(x) < 1.0:
            continue
        foot, tip = sheet.camera.projected([[x, 0, z], [x + tall * 0.3, tall, z]])[0]
        reach = abs(tip[1] - foot[1])
        for lean in (-0.4, 0.0, 0.4):
            blade = foot + np.array([[0, 0], [lean * reach * 0.5, -reach * 0.6], [lean * reach, -reach]])
            sheet.ink(blade, 1.1, alpha=130, taper=0.1)


def forest(scene: Scene) -> list[Piece]:
    """Draw a wood: light between far trunks, a floor of leaves, tall trunks all round a clearing."""
    sheet = scene.sheet
    leaf = scene.choice("leaves", LEAVES)
    depth_colour = mixed(leaf, sky_colours(scene)[1], 0.55)
    sky(scene)
    page(sheet, mixed(depth_colour, (236, 236, 220), 0.35))
    _canopy(scene, leaf)
    ground(scene, scene.choice("ground", ((152, 140, 106), (138, 134, 104), (162, 142, 112))))
    floor(sheet, -1.1, -60, 1.1, 60, (186, 168, 132))
    return _trunks(scene, leaf)


def _canopy(scene: Scene, leaf: Colour) -> None:
    """Far trunks as pale bands, then masses of leaves."""
    sheet = scene.sheet
    rng = scene.rng("far trunks")
    pale = mixed(times(leaf, 0.8), sky_colours(scene)[1], 0.3)
    quads: list[Array] = []
    for bearing, wide in zip(np.sort(rng.uniform(-math.pi, math.pi, 120)), rng.uniform(0.3, 0.9, 120), strict=True):
        x, z = math.sin(bearing) * 46, math.cos(bearing) * 46
        across = np.array([math.cos(bearing), 0, -math.sin(bearing)]) * wide / 2
        foot, top = np.array([x, 0, z]), np.array([x, 30, z])
        quads.append(np.array([foot - across, foot + across, top + across, top - across]))
    sheet.faces3(quads, pale, line=False)
    for index, (distance, low, share) in enumerate(((40.0, 6.2, 0.38), (26.0, 5.6, 0.15))):
        lumps = scene.rng(f"canopy {index}")
        bearings = np.linspace(-math.pi, math.pi, 91)
        height = low + lumps.uniform(-1.6, 1.6, 91)
        points = np.stack([np.sin(bearings) * distance, height, np.cos(bearings) * distance], 1)
        seen = sheet.camera.seen(points)[:, 2] > 3
        roof = points + np.array([0, 60.0, 0])
        for a in range(90):
            if seen[a] and seen[a + 1]:
                ring = sheet.ring3([points[a], points[a + 1], roof[a + 1], roof[a]])
                if ring is not None:
                    sheet.fill(ring, mixed(leaf, sky_colours(scene)[1], share))


def _trunks(scene: Scene, leaf: Colour) -> list[Piece]:
    rng = scene.rng("trunks")
    bark = scene.choice("bark", BARK)
    pieces: list[Piece] = []
    placed: list[tuple[float, float]] = []
    while len(placed) < 46:
        x, z = float(rng.uniform(-22, 22)), float(rng.uniform(-24, 30))
        if (
            (abs(x) < 1.9 and abs(z) < 20)
            or math.hypot(x, z) < 3.0
            or any(math.dist((x, z), other) < 1.7 for other in placed)
        ):
            continue
        placed.append((x, z))
    for index, (x, z) in enumerate(placed):
        radius = float(rng.uniform(0.16, 0.34))
        name = f"trunk {index}"
        pieces.append(
            Piece(
                x,
                z,
                radius,
                True,
                lambda x=x, z=z, radius=radius, name=name: _trunk(scene, x, z, radius, bark, leaf, name),
            )
        )
    for index in range(16):
        x, z = float(rng.choice([-1, 1]) * rng.uniform(2.6, 14)), float(rng.uniform(-14, 24))
        size, name = float(rng.uniform(0.5, 1.0)), f"bush {index}"
        pieces.append(
            Piece(x, z, size, False, lambda x=x, z=z, size=size, name=name: _bush(scene, x, z, size, leaf, name))
        )
    pieces.append(Piece(0.0, 300.0, 1.0, False, lambda: _ferns(scene, leaf)))
    return pieces


def _trunk(scene: Scene, x: float, z: float, radius: float, bark: Colour, leaf: Colour, name: str) -> None:
    sheet = scene.sheet
    depth = float(sheet.camera.seen([x, 1.5, z])[0, 2])
    if depth < 1.6 or float(sheet.camera.seen([[x, 0, z], [x, 7, z]])[:, 2].min()) < 0.5:
        return
    haze = min(depth / 40, 0.55)
    pale = mixed(bark, mixed(leaf, sky_colours(scene)[1], 0.6), haze)
    lean = float(scene.rng(name).uniform(-0.5, 0.5))
    shape = sheet.chain(
        [[x, 0.0, z], [x, 0.45, z], [x + lean * 0.4, 4, z], [x + lean, 9, z]],
        [radius * 1.15, radius, radius * 0.85, radius * 0.6],
        10,
    )
    for side in (-1, 1):
        shape = shape.union(
            sheet.chain([[x, 0.3, z], [x + side * radius * 2.1, 0.0, z - 0.1]], [radius * 0.7, 0.03], 8)
        )
    sheet.fill(shape, pale)
    if depth < 16:
        page_x = sheet.camera.projected([[x, 1.5, z]])[0][0]
        wide = radius * sheet.camera.scale / depth
        dark = shape.intersection(
            shapely.box(page_x[0] + wide * 0.25, -400, page_x[0] + wide * 3, sheet.camera.height + 400)
        )
        sheet.fill(dark, sheet.shade(pale, 0.8))
        sheet.hatch(dark, 1.35, max(6.0, wide / 5), alpha=80)
    sheet.outline(shape, sheet.line_weight(depth, 1.6), alpha=200 if depth < 18 else 110)
    if depth < 22:
        for height in (3.6, 5.2):
            side = 1 if scene.rng(f"{name} {height}").uniform() > 0.5 else -1
            branch = sheet.chain(
                [[x + lean * 0.4, height, z], [x + side * 0.9, height + 0.7, z], [x + side * 1.7, height + 0.9, z]],
                [radius * 0.4, radius * 0.25, 0.02],
                8,
            )
            sheet.fill(branch, pale)
            sheet.outline(branch, 1.0, alpha=170)
            foliage(scene, [x + side * 1.7, height + 1.0, z], 0.9, mixed(leaf, pale, 0.2), f"{name} leaf {height}")


def _bush(scene: Scene, x: float, z: float, size: float, leaf: Colour, name: str) -> None:
    depth = float(scene.sheet.camera.seen([x, 0.5, z])[0, 2])
    if depth > 3.0:
        pale = mixed(times(leaf, 0.9), sky_colours(scene)[1], min(depth / 60, 0.4))
        foliage(scene, [x, size * 0.6, z], size, pale, name)


def _ferns(scene: Scene, leaf: Colour) -> None:
    sheet = scene.sheet
    rng = scene.rng("ferns")
    for x, z in zip(rng.uniform(-9, 9, 60), rng.uniform(-9, 18, 60), strict=True):
        depth = float(sheet.camera.seen([x, 0, z])[0, 2])
        if depth < 1.6 or depth > 20 or abs(x) < 1.3:
            continue
        foot = sheet.camera.projected([x, 0, z])[0][0]
        reach = 0.3 * sheet.camera.scale / depth
        for lean in (-1.0, -0.5, 0.0, 0.5, 1.0):
            blade = foot + np.array(
                [[0, 0], [lean * reach * 0.5, -reach * 0.8], [lean * reach, -reach * (0.95 - abs(lean) * 0.4)]]
            )
            sheet.ink(blade, 1.6, colour=times(leaf, 0.62), alpha=170, taper=0.1)


def tree(scene: Scene, x: float, z: float, height: float, name: str) -> None:
    """A broad tree: trunk, then a crown of leaf masses, lit from above."""
    sheet = scene.sheet
    depth = float(sheet.camera.seen([x, 1, z])[0, 2])
    if depth < 3:
        return
    bark = scene.choice(f"{name} bark", BARK)
    trunk = sheet.chain([[x, 0, z], [x, 0.6, z], [x, height * 0.55, z]], [0.24, 0.16, 0.12], 10)
    sheet.fill(trunk, bark)
    sheet.outline(trunk, sheet.line_weight(depth, 1.5))
    foliage(scene, [x, height * 0.68, z], height * 0.33, scene.choice(f"{name} leaves", LEAVES), name)


def foliage(scene: Scene, centre: list[float], radius: float, colour: Colour, name: str) -> None:
    """A mass of leaves: lobes round a centre, a lighter top, an open scalloped line, a little hatching below."""
    sheet = scene.sheet
    page_xy, depth = sheet.camera.projected(centre)
    if depth[0] < 0.8:
        return
    reach = radius * sheet.camera.scale / float(depth[0])
    rng = scene.rng(f"{name} crown")
    turn = np.linspace(0, 2 * math.pi, 12, endpoint=False)
    lobes = reach * rng.uniform(0.72, 1.05, 12)
    fine = np.linspace(0, 2 * math.pi, 96, endpoint=False)
    edge = np.interp(fine, np.append(turn, 2 * math.pi), np.append(lobes, lobes[0]))
    edge = edge * (0.93 + 0.09 * np.abs(np.sin(fine * 6)))
    crown = page_xy[0] + np.stack([np.cos(fine) * edge * 1.15, np.sin(fine) * edge * 0.85], 1)
    sheet.fill(crown, times(colour, 0.86))
    light = page_xy[0] - [reach * 0.12, reach * 0.16] + (crown - page_xy[0]) * 0.72
    sheet.fill(light, times(colour, 1.1))
    width = sheet.line_weight(float(depth[0]), 1.4)
    sheet.ink(crown, width, closed=True, alpha=190)
    if reach > 18:
        below = page_xy[0] + (crown - page_xy[0]) * 0.9
        sheet.hatch(below[(below[:, 1] > page_xy[0, 1] + reach * 0.1)], -0.9, max(5.0, reach / 12), alpha=60)
        for share in (0.45, 0.62):
            arc = page_xy[0] + (crown[58:78] - page_xy[0]) * share
            sheet.ink(arc, 1.0, alpha=110)
