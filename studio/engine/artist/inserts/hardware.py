"""Hard things in an INSERT: key, gun, ring, cup, box, door handle with its lock."""

from __future__ import annotations

import math

import numpy as np
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from studio.engine.artist.geometry import circle, polygon, rounded
from studio.engine.artist.inserts.bench import Bench, Hold, box_of, hand_behind, soft_back, table_top, thumb_before
from studio.engine.artist.people.look import Person
from studio.engine.artist.people.poses.shapes import Grip
from studio.engine.artist.sheet import Colour, Sheet

BRASS: Colour = (206, 168, 92)
STEEL: Colour = (150, 154, 162)


def key(sheet: Sheet, person: Person, name: str) -> None:
    """An old key held between finger and thumb."""
    soft_back(sheet, (140, 128, 122))
    bench = Bench(sheet, 0.09, -0.12)
    hold = Hold((0.088, -0.055), (-0.9, 0.42, 0.0), (0.0, 0.35, -1.0), Grip.PINCHING)
    hand_behind(bench, person, hold)
    bow = polygon(bench.at(circle((0.36, 0.0), 0.14, 40))).union(polygon(bench.at(box_of(0.2, -0.05, 0.28, 0.05))))
    bow = bow.difference(polygon(bench.at(circle((0.37, 0.0), 0.08, 32))))
    shaft = polygon(bench.at(box_of(-0.5, -0.032, 0.26, 0.032)))
    bits = polygon(
        bench.at(
            [
                (-0.47, 0.02),
                (-0.28, 0.02),
                (-0.28, 0.14),
                (-0.33, 0.14),
                (-0.33, 0.10),
                (-0.38, 0.10),
                (-0.38, 0.15),
                (-0.47, 0.15),
            ]
        )
    )
    collar = polygon(bench.at(box_of(0.16, -0.05, 0.20, 0.05))).union(
        polygon(bench.at(box_of(0.08, -0.046, 0.11, 0.046)))
    )
    shape = rounded(shaft.union(bits).union(collar).union(bow), 2.0)
    bench.shadow(shape, 0.035)
    sheet.fill(shape, BRASS)
    sheet.fill(shape.difference(_shifted(bench, shape, 0.012)), sheet.shade(BRASS, 0.66))
    sheet.outline(shape, 2.8)
    bench.line([(-0.46, -0.012), (0.05, -0.012)], 2.2, (250, 232, 180), 200)
    thumb_before(bench, person, hold)


def _shifted(bench: Bench, shape: BaseGeometry, share: float) -> BaseGeometry:
    """A shape moved towards the light: what is left of the shape outside it is its shadow side."""
    offset = -bench.sheet.light * share * bench.width
    return affinity.translate(shape, *offset)


def gun(sheet: Sheet, person: Person, name: str) -> None:
    """A revolver lying on a table."""
    table_top(sheet, (136, 104, 78))
    bench = Bench(sheet, 0.24, -0.05, (0.0, -0.05))
    steel: Colour = (96, 100, 110)
    grip = rounded(
        polygon(
            bench.at([(0.22, 0.02), (0.40, 0.0), (0.47, 0.18), (0.50, 0.34), (0.38, 0.36), (0.32, 0.16), (0.24, 0.08)])
        ),
        5,
    )
    frame = polygon(bench.at([(-0.08, -0.12), (0.30, -0.12), (0.36, -0.06), (0.40, 0.02), (0.22, 0.09), (-0.06, 0.06)]))
    barrel = polygon(
        bench.at([(-0.5, -0.12), (-0.06, -0.13), (-0.06, -0.02), (-0.12, -0.01), (-0.18, -0.045), (-0.5, -0.045)])
    )
    sight = polygon(bench.at([(-0.48, -0.12), (-0.46, -0.155), (-0.40, -0.12)]))
    hammer = polygon(bench.at([(0.28, -0.11), (0.36, -0.19), (0.41, -0.18), (0.36, -0.09), (0.34, -0.06)]))
    guard = polygon(bench.at(circle((0.10, 0.10), 0.085, 30))).difference(
        polygon(bench.at(circle((0.10, 0.095), 0.062, 30)))
    )
    whole = grip.union(frame).union(barrel).union(sight).union(hammer).union(guard)
    bench.shadow(whole, 0.04)
    sheet.fill(guard.union(hammer).union(sight), sheet.shade(steel, 0.8))
    sheet.outline(guard, 2.2)
    sheet.outline(hammer, 2.2)
    sheet.fill(grip, (122, 76, 54))
    sheet.hatch(grip, -0.9, 9, 1.3, 110)
    sheet.outline(grip, 2.4)
    sheet.fill(barrel.union(frame), steel)
    sheet.outline(barrel, 2.2)
    sheet.outline(frame, 2.2)
    bench.area(box_of(-0.02, -0.115, 0.18, 0.045), (120, 124, 134), 2.2, round_by=0.012)
    for v in (-0.085, -0.035, 0.015):
        bench.area(box_of(0.0, v - 0.012, 0.12, v + 0.012), (70, 74, 84), 1.4, round_by=0.008)
    bench.line([(-0.48, -0.10), (-0.1, -0.105)], 3.0, (196, 200, 208), 220)
    bench.line([(0.085, 0.09), (0.10, 0.13), (0.085, 0.155)], 5.0)
    sheet.outline(whole, 3.0)


def ring(sheet: Sheet, person: Person, name: str) -> None:
    """A ring with a stone, standing on a table cloth."""
    table_top(sheet, (132, 96, 92))
    bench = Bench(sheet, 0.03, 0.0, (0.0, 0.03))
    high = min(1.0, sheet.camera.height / bench.width * 0.90)
    radius = 0.36 * high
    centre = (0.0, 0.10 * high)
    outer = polygon(bench.at(circle(centre, radius, 60)))
    inner = polygon(bench.at(circle((centre[0] + 0.01, centre[1] + 0.005), radius * 0.80, 60)))
    band = outer.difference(inner)
    floor_shadow = polygon(bench.at(circle((0.14, centre[1] + radius * 1.02), radius * 1.1, 40, 0.16)))
    sheet.fill(floor_shadow, (52, 36, 36), 110)
    back = polygon(bench.at(circle((centre[0] + 0.05, centre[1]), radius, 60))).difference(
        polygon(bench.at(circle((centre[0] + 0.05, centre[1]), radius * 0.8, 60)))
    )
    sheet.fill(back, sheet.shade(BRASS, 0.6))
    sheet.outline(back, 2.0)
    sheet.fill(band, BRASS)
    sheet.outline(band, 3.0)
    turn = np.linspace(math.pi * 0.75, math.pi * 1.25, 16)
    shine = np.stack([centre[0] + np.cos(turn) * radius * 0.91, centre[1] + np.sin(turn) * radius * 0.91], 1)
    bench.line(shine, 6, (252, 240, 200), 230, 0.1)
    top = centre[1] - radius
    for u in (-0.09, 0.09):
        bench.area(
            [(u * high - 0.016, top + 0.05), (u * high + 0.016, top + 0.05), (u * 1.5 * high, top - 0.07 * high)],
            BRASS,
            2.0,
        )
    gem = [(-0.17, -0.10), (-0.10, -0.19), (0.10, -0.19), (0.17, -0.10), (0.0, 0.07)]
    bench.area([(u * high, top + v * high) for u, v in gem], (196, 226, 238), 2.8)
    for facet in (
        ((-0.17, -0.10), (0.17, -0.10)),
        ((-0.06, -0.10), (0.0, 0.07)),
        ((0.06, -0.10), (0.0, 0.07)),
        ((-0.10, -0.19), (-0.06, -0.10)),
        ((0.10, -0.19), (0.06, -0.10)),
        ((0.0, -0.19), (-0.06, -0.10)),
        ((0.0, -0.19), (0.06, -0.10)),
    ):
        bench.line([(u * high, top + v * high) for u, v in facet], 1.6, alpha=190)
    sheet.fill(
        bench.at([(-0.06 * high, top - 0.1 * high), (0.0, top + 0.07 * high), (-0.17 * high, top - 0.1 * high)]),
        (255, 255, 255),
        110,
        raw=True,
    )
    for u, v, size in ((0.26, -0.22, 0.06), (-0.25, -0.15, 0.04)):
        for a, b in ((1, 0), (0, 1)):
            bench.line(
                [
                    ((u - a * size) * high, top + (v - b * size) * high),
                    ((u + a * size) * high, top + (v + b * size) * high),
                ],
                2.4,
                (255, 250, 230),
                240,
                0.05,
            )


def cup(sheet: Sheet, person: Person, name: str) -> None:
    """A cup on a saucer; a glass when the words say so."""
    table_top(sheet)
    glassy = any(word in name.lower() for word in ("glass", "wine", "whisk", "beer", "drink", "bottle"))
    bench = Bench(sheet, 0.14, 0.0, (0.0, 0.02))
    if glassy:
        _tumbler(bench)
        return
    high = min(1.0, sheet.camera.height / bench.width * 1.0)
    saucer = bench.at(circle((0, 0.26 * high), 0.5, 60, 0.26))
    bench.shadow(polygon(saucer), 0.04)
    sheet.fill(saucer, (226, 220, 206))
    sheet.ink(saucer, 2.6, closed=True)
    bench.disc((0, 0.25 * high), 0.36, (210, 202, 188), 1.5, 0.24)
    handle = polygon(bench.at(circle((0.33, 0.0), 0.13, 30))).difference(
        polygon(bench.at(circle((0.33, 0.0), 0.075, 30)))
    )
    sheet.fill(handle, (214, 206, 192))
    sheet.outline(handle, 2.4)
    body = [
        (-0.34, -0.22 * high),
        (-0.33, -0.02),
        (-0.27, 0.15 * high),
        (-0.17, 0.26 * high),
        (0.17, 0.26 * high),
        (0.27, 0.15 * high),
        (0.33, -0.02),
        (0.34, -0.22 * high),
    ]
    shape = rounded(polygon(bench.at(body)), 12)
    sheet.fill(shape, (238, 232, 220))
    sheet.fill(
        shape.intersection(polygon(bench.at([(0.1, -0.3), (0.4, -0.3), (0.4, 0.4), (0.0, 0.4)]))),
        sheet.shade((238, 232, 220), 0.8),
    )
    sheet.outline(shape, 2.8)
    bench.disc((0, -0.22 * high), 0.335, (244, 240, 230), 2.4, 0.24)
    bench.disc((0, -0.205 * high), 0.295, (110, 74, 52), 1.8, 0.2)
    for u in (-0.12, 0.02, 0.14):
        v = np.linspace(-0.30, -0.52, 14) * high
        bench.line(np.stack([u + np.sin(v * 22) * 0.022, v], 1), 3.2, (250, 246, 238), 120, 0.05)


def _tumbler(bench: Bench) -> None:
    """A glass with a drink and ice."""
    sheet = bench.sheet
    high = min(0.42, sheet.camera.height / bench.width * 0.40)
    outline = [(-0.34, -high), (0.34, -high), (0.28, high), (-0.28, high)]
    shape = rounded(polygon(bench.at(outline)), 10)
    bench.shadow(shape, 0.05)
    sheet.fill(shape, (214, 224, 226), 170)
    sheet.fill(
        polygon(bench.at([(-0.315, -high * 0.25), (0.315, -high * 0.25), (0.275, high * 0.9), (-0.275, high * 0.9)])),
        (200, 138, 62),
        215,
    )
    for u, v, turn in ((-0.12, -high * 0.2, 0.3), (0.1, -high * 0.12, -0.4)):
        cube = np.array([(-0.08, -0.08), (0.08, -0.08), (0.08, 0.08), (-0.08, 0.08)]) @ np.array(
            [[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]]
        )
        bench.area(cube + np.array([u, v]), (232, 226, 206), 1.8, round_by=0.01)
    bench.disc((0, -high), 0.34, (226, 232, 232), 2.4, 0.16)
    bench.disc((0, -high * 0.25), 0.315, (222, 166, 88), 1.6, 0.13)
    sheet.outline(shape, 2.8)
    bench.line([(-0.25, -high * 0.7), (-0.22, high * 0.7)], 6.0, (255, 255, 255), 190, 0.1)
    bench.disc((0, high * 0.93), 0.26, (214, 220, 222), 1.4, 0.1)


def box(sheet: Sheet, person: Person, name: str) -> None:
    """A parcel in three faces with string and a bow."""
    table_top(sheet)
    bench = Bench(sheet, 0.3, 0.0, (0.0, 0.02))
    k = min(1.0, sheet.camera.height / bench.width * 0.98)
    card: Colour = (190, 146, 100)
    top = [(-0.5, -0.12), (0.05, -0.34), (0.5, -0.18), (-0.02, 0.06)]
    left = [(-0.5, -0.12), (-0.02, 0.06), (-0.02, 0.44), (-0.47, 0.22)]
    right = [(-0.02, 0.06), (0.5, -0.18), (0.47, 0.18), (-0.02, 0.44)]
    scaled = {name: [(u, v * k) for u, v in face] for name, face in (("top", top), ("left", left), ("right", right))}
    bench.shadow(
        polygon(
            bench.at([scaled["left"][0], scaled["left"][3], scaled["right"][3], scaled["right"][2], scaled["right"][1]])
        ),
        0.07,
    )
    bench.area(scaled["left"], sheet.shade(card, 0.9), 2.8)
    bench.area(scaled["right"], sheet.shade(card, 0.66), 2.8)
    sheet.hatch(bench.at(scaled["right"]), -0.95, 12, 1.2, 70)
    bench.area(scaled["top"], card, 2.8)
    for a, b, c in (
        ((-0.26, 0.33 * k), (-0.27, -0.03 * k), (0.28, -0.26 * k)),
        ((0.24, 0.31 * k), (0.24, -0.06 * k), (-0.23, -0.23 * k)),
    ):
        bench.line([a, b], 7, (172, 60, 50), 245, 0.9)
        bench.line([b, c], 7, (172, 60, 50), 245, 0.9)
    knot = (0.005, -0.145 * k)
    for side in (-1, 1):
        bench.area(
            [knot, (knot[0] + side * 0.13, knot[1] - 0.1 * k), (knot[0] + side * 0.15, knot[1] - 0.01 * k)],
            (186, 70, 58),
            2.2,
            round_by=0.012,
        )
        bench.line(
            [knot, (knot[0] + side * 0.07, knot[1] + 0.07 * k), (knot[0] + side * 0.10, knot[1] + 0.13 * k)],
            6,
            (172, 60, 50),
            245,
        )
    bench.disc(knot, 0.022, (172, 60, 50), 2.0)


def door_lock(sheet: Sheet, person: Person, name: str) -> None:
    """A door handle on its plate with a keyhole; a hand reaches for it."""
    soft_back(sheet, (126, 92, 70))
    width, height = sheet.camera.width, sheet.camera.height
    for x in (0.05, 0.86):
        sheet.ink([(width * x, -10), (width * x + 3, height / 2), (width * x, height + 10)], 3.0, alpha=170)
    for x, y in sheet.rng.uniform((0, 0), (width, height), (30, 2)):
        sheet.ink([(x, y), (x + 2, y + 90), (x - 2, y + 200)], 1.1, alpha=60, taper=0.05)
    bench = Bench(sheet, 0.15, 0.0, (-0.04, 0.0))
    high = min(0.46, height / bench.width * 0.46)
    bench.slab(box_of(-0.46, -high, -0.14, high), BRASS, 0.012, round_by=0.03)
    for v in (-high * 0.86, high * 0.86):
        bench.disc((-0.3, v), 0.025, (170, 134, 70), 1.8)
        bench.line([(-0.318, v - 0.01), (-0.282, v + 0.01)], 2.0)
    lever = [
        (-0.36, -0.20),
        (-0.24, -0.20),
        (0.30, -0.18),
        (0.48, -0.14),
        (0.50, -0.08),
        (0.44, -0.06),
        (0.26, -0.09),
        (-0.24, -0.08),
        (-0.36, -0.08),
    ]
    shape = rounded(polygon(bench.at(lever)), 9)
    bench.shadow(shape, 0.05)
    sheet.fill(shape, (216, 182, 110))
    sheet.fill(shape.difference(_moved_up(bench, shape)), sheet.shade(BRASS, 0.62))
    sheet.outline(shape, 2.8)
    bench.line([(-0.22, -0.17), (0.28, -0.155)], 4.0, (252, 238, 196), 220, 0.1)
    bench.disc((-0.3, -0.14), 0.085, (200, 162, 88), 2.4)
    bench.disc((-0.3, high * 0.36), 0.05, (40, 34, 34), 1.6)
    bench.area(
        [(-0.318, high * 0.36), (-0.282, high * 0.36), (-0.265, high * 0.36 + 0.15), (-0.335, high * 0.36 + 0.15)],
        (40, 34, 34),
        1.6,
    )


def _moved_up(bench: Bench, shape: BaseGeometry) -> BaseGeometry:
    return affinity.translate(shape, 0, -0.02 * bench.width)
