"""A street: facades with windows and shops on both sides, pavements and kerbs, lamp posts, parked cars, a tower at each end."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.engine.artist.geometry import polygon
from studio.engine.artist.sets.kit.stage import (
    Piece,
    Scene,
    Wall,
    floor,
    ground,
    lamp_glow,
    mixed,
    sky,
    sky_colours,
    times,
)
from studio.engine.artist.sets.kit.vehicle import car
from studio.engine.artist.sheet import Colour

Array = NDArray[np.float64]

KERB = 3.2
FACADE = 5.6
FRONTS: tuple[Colour, ...] = (
    (200, 168, 140),
    (186, 190, 184),
    (214, 196, 160),
    (176, 150, 138),
    (198, 190, 176),
    (170, 128, 112),
)
AWNINGS: tuple[Colour, ...] = ((160, 74, 62), (74, 104, 112), (188, 150, 84), (98, 120, 88))
CARS: tuple[Colour, ...] = ((150, 66, 58), (78, 100, 122), (196, 186, 164), (92, 108, 92), (60, 62, 70))


@dataclass(frozen=True, slots=True)
class _House:
    start: float
    end: float
    height: float
    front: Colour
    awning: Colour | None
    name: str


def street(scene: Scene) -> list[Piece]:
    """Draw the street along z; gives lamp posts and parked cars."""
    sky(scene)
    ground(scene, (176, 172, 164))
    sheet = scene.sheet
    for side in (-1, 1):
        low, high = (-FACADE, -KERB) if side < 0 else (KERB, FACADE)
        floor(sheet, low, -70, high, 70, (204, 198, 186), 0.1)
        edge = side * KERB
        sheet.face3([[edge, 0, -70], [edge, 0.1, -70], [edge, 0.1, 70], [edge, 0, 70]], (150, 144, 138))
        for z in np.arange(-12, 24, 2.2):
            sheet.line3([side * KERB, 0.1, z], [side * FACADE, 0.1, z], 0.8, 80)
    stripes = [
        np.array([[-0.09, 0.01, z], [0.09, 0.01, z], [0.09, 0.01, z + 2], [-0.09, 0.01, z + 2]])
        for z in np.arange(-40, 60, 4.0)
    ]
    sheet.faces3(stripes, (232, 228, 214), line=False)
    _tower(scene, 1)
    _tower(scene, -1)
    for side in (-1, 1):
        houses = _houses(scene, side)
        camera_z = sheet.camera.position[2]
        for house in sorted(houses, key=lambda one: -abs((one.start + one.end) / 2 - camera_z)):
            _draw_house(scene, house, side)
    return _pieces(scene)


def _tower(scene: Scene, way: int) -> None:
    """What closes the street far away."""
    z = way * 66.0
    if scene.sheet.camera.seen([0, 1, z])[0, 2] < 1:
        return
    haze = mixed((206, 204, 200), sky_colours(scene)[1], 0.5)
    rng = scene.rng(f"tower {way}")
    for x, width, height in ((-4.0, 7.0, rng.uniform(10, 16)), (3.6, 8.0, rng.uniform(14, 24))):
        scene.sheet.box([x, 0, z], (width, height, 4), 0, haze)
    lit: Colour = (244, 206, 120) if scene.dark else times(haze, 0.86)
    quads: list[Array] = []
    for x in np.arange(-6.6, 7, 1.7):
        for y in np.arange(2.6, 9, 2.8):
            if not scene.dark or rng.uniform() < 0.5:
                quads.append(
                    np.array(
                        [
                            [x, y, z - way * 2.1],
                            [x + 0.8, y, z - way * 2.1],
                            [x + 0.8, y + 1.5, z - way * 2.1],
                            [x, y + 1.5, z - way * 2.1],
                        ]
                    )
                )
    scene.sheet.faces3(quads, lit, line=False, raw=scene.dark)


def _houses(scene: Scene, side: int) -> list[_House]:
    rng = scene.rng(f"houses {side}")
    houses: list[_House] = []
    z, last = -58.0, -1
    while z < 60:
        length, height = rng.uniform(6.5, 9.5), rng.uniform(7.5, 13)
        front = int(rng.integers(len(FRONTS)))
        front = (front + 1) % len(FRONTS) if front == last else front
        awning = AWNINGS[int(rng.integers(len(AWNINGS)))] if rng.uniform() < 0.55 else None
        houses.append(_House(z, z + length, height, FRONTS[front], awning, f"{side} {len(houses)}"))
        z, last = z + length, front
    return houses


def _draw_house(scene: Scene, house: _House, side: int) -> None:
    sheet = scene.sheet
    origin = (side * FACADE, house.start if side < 0 else house.end)
    wall = Wall(sheet, origin, (0, 1 if side < 0 else -1), (-side, 0))
    length = house.end - house.start
    depths = sheet.camera.seen([[side * FACADE, 2, house.start], [side * FACADE, 2, house.end]])[:, 2]
    if depths.max() < 0.2 or not wall.faces_camera():
        return
    away = max(float(np.abs(np.array([house.start, house.end]) - sheet.camera.position[2]).min()), 0.0)
    haze = min(0.5, away / 90)
    front = mixed(times(house.front, 0.8 if side > 0 else 1.0), sky_colours(scene)[1], haze)
    far = away > 26
    _gable(scene, house, side, times(front, 0.78))
    wall.panel(0, 0, length, house.height, front, 0, hatch=26 if side > 0 and not far else 0)
    wall.panel(0, house.height - 0.5, length, house.height, times(front, 0.88), 0.02)
    wall.panel(0.3, 0, length - 0.3, 2.75, times(front, 0.76), 0.02, line=not far)
    _windows(scene, wall, house, length, front, far)
    if not far:
        _shop(scene, wall, house, length)


def _gable(scene: Scene, house: _House, side: int, colour: Colour) -> None:
    """The end of a house that stands taller than its neighbour, where the camera sees it."""
    x = side * FACADE
    for z, shows in (
        (house.start, scene.sheet.camera.position[2] < house.start),
        (house.end, scene.sheet.camera.position[2] > house.end),
    ):
        if shows:
            end = [[x, 0, z], [x + side * 6, 0, z], [x + side * 6, house.height, z], [x, house.height, z]]
            scene.sheet.face3(end, colour, 1.2)


def _windows(scene: Scene, wall: Wall, house: _House, length: float, front: Colour, far: bool) -> None:
    rng = scene.rng(f"windows {house.name}")
    dark: list[Array] = []
    lit: list[Array] = []
    count = 3
    bays = [length * (index + 0.5) / count for index in range(count)]
    rows = np.arange(3.5, house.height - 1.6, 2.35)
    for u in bays:
        for y in rows:
            chosen = lit if scene.dark and rng.uniform() < 0.4 else dark
            chosen.append(wall.quad(u - 0.5, float(y), u + 0.5, float(y) + 1.4, 0.03))
    glass: Colour = (46, 54, 74) if scene.dark else mixed((96, 110, 122), front, 0.3 if far else 0.0)
    wall.sheet.faces3(dark, glass, 1.0, line=not far, raw=scene.dark)
    wall.sheet.faces3(lit, (244, 206, 120), 1.0, line=not far, raw=True)
    if far:
        return
    for y in rows:
        for u in bays:
            wall.line(u - 0.62, float(y) - 0.06, u + 0.62, float(y) - 0.06, 1.7, 190)
            wall.line(u, float(y), u, float(y) + 1.4, 0.8, 140)


def _shop(scene: Scene, wall: Wall, house: _House, length: float) -> None:
    """The ground floor: two windows and a door, an awning over a shop."""
    glass: Colour = (
        (240, 204, 128) if scene.dark and house.awning else ((70, 78, 92) if scene.dark else (132, 148, 154))
    )
    doors = scene.rng(f"door {house.name}").integers(3)
    for index in range(3):
        u = length * (index + 0.5) / 3
        if index == doors:
            wall.panel(u - 0.5, 0.1, u + 0.5, 2.25, (110, 78, 60), 0.03)
            wall.panel(u - 0.32, 1.2, u + 0.32, 2.05, glass, 0.04, 0.9, overshoot=0, raw=scene.dark)
        else:
            wall.panel(
                u - 0.95, 0.65, u + 0.95, 2.25, glass, 0.03, 1.1, overshoot=0, raw=scene.dark and bool(house.awning)
            )
            wall.line(u, 0.65, u, 2.25, 1.0, 170, 0.04)
            if not scene.dark:
                wall.line(u - 0.7, 0.95, u - 0.2, 1.9, 1.0, 70, 0.04)
    if house.awning is not None:
        shape = [wall.point(0.5, 2.85, 0.03), wall.point(length - 0.5, 2.85, 0.03)]
        shape += [wall.point(length - 0.5, 2.38, 1.05), wall.point(0.5, 2.38, 1.05)]
        wall.sheet.face3(shape, house.awning)
        frill = [wall.point(0.5, 2.38, 1.05), wall.point(length - 0.5, 2.38, 1.05)]
        frill += [wall.point(length - 0.5, 2.2, 1.05), wall.point(0.5, 2.2, 1.05)]
        wall.sheet.face3(frill, times(house.awning, 1.15), 1.0)


def lamp_post(scene: Scene, x: float, z: float, *, height: float = 4.2, reach: float = 1.7) -> None:
    """A street lamp, alight when it is dark."""
    sheet = scene.sheet
    foot, top = sheet.camera.seen([[x, 0, z], [x, height, z]])
    if min(foot[2], top[2]) < 0.9:
        return
    post = sheet.chain([[x, 0, z], [x, 0.5, z], [x, height * 0.7, z], [x, height, z]], [0.10, 0.07, 0.045, 0.04], 8)
    sheet.fill(post, (62, 66, 70))
    sheet.outline(post, 1.1)
    lantern = sheet.chain([[x, height + 0.08, z], [x, height + 0.34, z]], [0.12, 0.17], 10)
    sheet.fill(lantern, (250, 224, 150) if scene.dark else (222, 220, 208), raw=scene.dark)
    sheet.outline(lantern, 1.3)
    if scene.dark:
        lamp_glow(sheet, [x, height + 0.2, z], reach, 150, (255, 216, 140))
        pool = np.linspace(0, 2 * math.pi, 24, endpoint=False)
        ring = np.stack([x + np.cos(pool) * 1.7, pool * 0 + 0.11, z + np.sin(pool) * 1.7], 1)
        seen = sheet.ring3(ring)
        if seen is not None:
            sheet.fill(polygon(seen), (255, 222, 150), 46, raw=True)


def _pieces(scene: Scene) -> list[Piece]:
    pieces: list[Piece] = []
    offset = scene.number("lamps", 0, 3)
    for side in (-1, 1):
        for z in np.arange(-30 + offset, 36, 9.0):
            at = (side * (KERB + 0.3), float(z) + (3.0 if side > 0 else 0.0))
            pieces.append(Piece(at[0], at[1], 0.2, True, lambda at=at: lamp_post(scene, at[0], at[1])))
    rng = scene.rng("cars")
    for side in (-1, 1):
        for z in np.arange(-22, 30, 6.5):
            if rng.uniform() < 0.5 or abs(z) < 3:
                continue
            colour = CARS[int(rng.integers(len(CARS)))]
            at = (side * 2.2, float(z) + float(rng.uniform(-1, 1)))
            pieces.append(
                Piece(at[0], at[1], 2.2, True, lambda at=at, colour=colour: car(scene, at[0], at[1], 0.0, colour))
            )
    return pieces
