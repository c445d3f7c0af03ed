"""More things in an INSERT: knife, money, medicine, camera, candle, a button, an intercom, a plate of food, a bare hand."""

from __future__ import annotations

import math

import numpy as np

from studio.engine.artist.geometry import circle, polygon, rounded
from studio.engine.artist.inserts.bench import Bench, Hold, box_of, hand_behind, soft_back, table_top, thumb_before
from studio.engine.artist.people.look import Person
from studio.engine.artist.people.poses.shapes import Grip
from studio.engine.artist.sheet import Colour, Sheet

STEEL: Colour = (176, 180, 188)
DARK: Colour = (62, 60, 66)


def knife(sheet: Sheet, person: Person, name: str) -> None:
    """A knife lying on a board."""
    table_top(sheet, (158, 122, 88))
    bench = Bench(sheet, 0.28, -0.16)
    blade = rounded(polygon(bench.at([(-0.5, 0.02), (-0.32, -0.055), (0.14, -0.06), (0.14, 0.045), (-0.36, 0.06)])), 3)
    handle = rounded(polygon(bench.at([(0.14, -0.055), (0.46, -0.05), (0.5, 0.0), (0.47, 0.07), (0.14, 0.055)])), 8)
    bench.shadow(blade.union(handle), 0.03)
    sheet.fill(blade, STEEL)
    sheet.fill(polygon(bench.at([(-0.47, 0.025), (0.14, 0.015), (0.14, 0.045), (-0.36, 0.06)])), (224, 228, 232))
    sheet.outline(blade, 2.6)
    sheet.fill(handle, (104, 72, 54))
    sheet.hatch(handle, -0.4, 10, 1.2, 90)
    sheet.outline(handle, 2.8)
    for u in (0.22, 0.32, 0.42):
        bench.disc((u, 0.005), 0.014, (206, 178, 110), 1.6)


def money(sheet: Sheet, person: Person, name: str) -> None:
    """A fan of banknotes and two coins."""
    table_top(sheet)
    for k, turn in enumerate((-0.34, -0.14, 0.06, 0.26)):
        bench = Bench(sheet, 0.2, turn, (-0.02 + 0.03 * k, -0.03 + 0.02 * k))
        half = min(0.2, sheet.camera.height / bench.width * 0.3)
        bench.slab(box_of(-0.44, -half, 0.44, half), (166, 186, 150), 0.008, round_by=0.008)
        bench.area(box_of(-0.40, -half + 0.03, 0.40, half - 0.03), (182, 200, 166), 1.4)
        bench.disc((0.0, 0.0), half * 0.55, (150, 172, 138), 1.8)
        for u in (-0.33, 0.33):
            bench.line([(u - 0.04, -half * 0.4), (u + 0.04, -half * 0.4)], 3.0, alpha=190)
            bench.line([(u - 0.04, half * 0.4), (u + 0.04, half * 0.4)], 3.0, alpha=190)
    bench = Bench(sheet, 0.2)
    for u, v in ((0.36, 0.24), (0.26, 0.29)):
        bench.disc((u + 0.008, v + 0.01), 0.062, (70, 54, 46), 0)
        bench.disc((u, v), 0.06, (214, 178, 96), 2.4)
        bench.disc((u, v), 0.042, (226, 194, 116), 1.4)


def medicine(sheet: Sheet, person: Person, name: str) -> None:
    """A pill bottle with its label, a few pills before it."""
    table_top(sheet, (176, 180, 180))
    bench = Bench(sheet, 0.11, 0.0, (-0.05, 0.0))
    high = min(0.42, sheet.camera.height / bench.width * 0.40)
    body = rounded(polygon(bench.at(box_of(-0.2, -high * 0.55, 0.2, high))), 14)
    cap = rounded(polygon(bench.at(box_of(-0.23, -high, 0.23, -high * 0.55))), 8)
    bench.shadow(body.union(cap), 0.06)
    sheet.fill(body, (206, 132, 62))
    sheet.fill(body.intersection(polygon(bench.at(box_of(0.08, -1, 0.3, 1)))), (168, 98, 46))
    sheet.outline(body, 2.8)
    bench.area(box_of(-0.2, -high * 0.3, 0.2, high * 0.7), (242, 240, 232), 1.8)
    for row in range(5):
        v = -high * 0.16 + row * high * 0.18
        bench.line([(-0.15, v), (0.13 - 0.05 * (row % 3), v)], 3.4 if row == 0 else 2.0, alpha=210)
    sheet.fill(cap, (244, 244, 240))
    sheet.outline(cap, 2.8)
    for u in np.linspace(-0.19, 0.19, 9):
        bench.line([(float(u), -high * 0.95), (float(u), -high * 0.6)], 1.6, alpha=120)
    for u, v, turn in ((0.34, 0.24, 0.4), (0.44, 0.32, -0.5), (0.30, 0.36, 1.2)):
        along = np.array([math.cos(turn), math.sin(turn)]) * 0.045
        pill = sheet.camera.width * 0.6 * 0.026
        shape = polygon(bench.at([np.array([u, v]) - along, np.array([u, v]) + along])[[0, 1, 1]]).union(
            polygon(circle(bench.at([np.array([u, v]) - along])[0], pill, 20))
        )
        shape = shape.union(polygon(circle(bench.at([np.array([u, v]) + along])[0], pill, 20))).convex_hull
        sheet.fill(shape, (236, 232, 224))
        sheet.outline(shape, 2.0)


def camera(sheet: Sheet, person: Person, name: str) -> None:
    """A camera with its lens towards us."""
    table_top(sheet)
    bench = Bench(sheet, 0.15, 0.0, (0.0, 0.02))
    high = min(0.3, sheet.camera.height / bench.width * 0.33)
    bench.slab(box_of(-0.5, -high, 0.5, high), DARK, 0.02, round_by=0.04)
    bench.area(box_of(-0.5, -high, 0.5, -high * 0.45), STEEL, 2.4)
    bench.area([(-0.17, -high), (-0.12, -high * 1.4), (0.12, -high * 1.4), (0.17, -high)], STEEL, 2.4)
    bench.area(box_of(-0.08, -high * 1.28, 0.08, -high * 1.02), (196, 214, 222), 1.8)
    bench.area(box_of(0.28, -high * 1.18, 0.40, -high), (206, 208, 210), 2.0)
    for share, colour in ((0.92, (44, 44, 50)), (0.78, (86, 88, 96)), (0.6, (34, 38, 52)), (0.36, (60, 78, 112))):
        bench.disc((0.0, high * 0.12), high * share, colour, 2.4)
    bench.disc((-high * 0.22, -high * 0.1), high * 0.1, (236, 242, 248), 0)


def candle(sheet: Sheet, person: Person, name: str) -> None:
    """A flame in the dark: candle, match, lighter."""
    soft_back(sheet, (70, 58, 60))
    bench = Bench(sheet, 0.1)
    high = sheet.camera.height / bench.width
    middle = bench.at([(0.0, -high * 0.18)])[0]
    sheet.glow(middle, sheet.camera.width * 0.42, (255, 206, 120), 170)
    body = rounded(
        polygon(bench.at([(-0.1, high * 0.02), (0.1, high * 0.02), (0.105, high * 0.6), (-0.105, high * 0.6)])), 6
    )
    sheet.fill(body, (236, 222, 190), raw=True)
    sheet.fill(body.intersection(polygon(bench.at(box_of(0.03, -1, 0.3, 1)))), (196, 168, 128), raw=True)
    sheet.outline(body, 2.8)
    bench.line([(0.0, high * 0.02), (0.006, -high * 0.05)], 4.0)
    for size, colour in ((1.0, (250, 176, 74)), (0.66, (255, 222, 130)), (0.34, (255, 250, 224))):
        flame = [
            (0.0, -high * 0.05 - 0.26 * size),
            (0.055 * size, -high * 0.05 - 0.1 * size),
            (0.05 * size, -high * 0.05 + 0.0 * size),
            (-0.05 * size, -high * 0.05 + 0.0 * size),
            (-0.055 * size, -high * 0.05 - 0.1 * size),
        ]
        sheet.fill(rounded(polygon(bench.at(flame)), 9), colour, raw=True)


def button(sheet: Sheet, person: Person, name: str) -> None:
    """A finger on the button of a machine."""
    hold = Hold((0.03, -0.160), (-0.22, 0.95, 0.1), (0.1, 0.1, 1.0), Grip.POINTING)
    hand_behind(_panel_of_buttons(sheet), person, hold)


def intercom(sheet: Sheet, person: Person, name: str) -> None:
    """A machine that speaks by itself."""
    _panel_of_buttons(sheet)


def _panel_of_buttons(sheet: Sheet) -> Bench:
    soft_back(sheet, (150, 150, 154))
    bench = Bench(sheet, 0.12)
    high = min(0.34, sheet.camera.height / bench.width * 0.40)
    bench.slab(box_of(-0.5, -high, 0.5, high), (84, 86, 94), 0.02, round_by=0.03)
    bench.area(box_of(-0.44, -high * 0.82, 0.44, -high * 0.28), (38, 58, 54), 2.0)
    bench.line([(-0.36, -high * 0.55), (0.1, -high * 0.55)], 5.0, (130, 226, 160), 230)
    for k, u in enumerate((-0.3, 0.0, 0.3)):
        bench.disc((u + 0.006, high * 0.33), 0.092, (46, 46, 52), 0)
        bench.disc((u, high * 0.3), 0.088, (196, 72, 60) if k == 1 else (198, 198, 196), 2.6)
    return bench


def plate(sheet: Sheet, person: Person, name: str) -> None:
    """A plate of food with knife and fork."""
    table_top(sheet)
    bench = Bench(sheet, 0.4, 0.0, (0.0, 0.01))
    squash = min(0.62, sheet.camera.height / bench.width * 0.6)
    rim = polygon(bench.at(circle((0, 0), 0.4, 60, squash)))
    bench.shadow(rim, 0.02)
    bench.disc((0, 0), 0.4, (240, 236, 226), 2.8, squash)
    bench.disc((0, 0), 0.29, (228, 222, 210), 1.8, squash)
    for (u, v), radius, colour in (
        ((-0.08, -0.03), 0.12, (186, 122, 72)),
        ((0.10, -0.05), 0.085, (128, 158, 84)),
        ((0.07, 0.07), 0.08, (222, 184, 104)),
        ((-0.05, 0.09), 0.06, (196, 86, 68)),
    ):
        bench.disc((u, v * squash / 0.62), radius, colour, 2.2, squash * 0.9)
    for u, tines in ((-0.48, True), (0.48, False)):
        bench.line([(u, 0.24 * squash / 0.62), (u, -0.05)], 9.0, STEEL, 255, 0.9)
        if tines:
            for w in (-0.016, 0.0, 0.016):
                bench.line([(u + w, -0.05), (u + w, -0.20 * squash / 0.62)], 4.0, STEEL, 255, 0.8)
        else:
            bench.area(
                [(u - 0.018, -0.04), (u + 0.018, -0.04), (u + 0.016, -0.22 * squash / 0.62), (u - 0.014, -0.17)],
                STEEL,
                2.0,
            )


def hand(sheet: Sheet, person: Person, name: str) -> None:
    """A bare hand; closed when the words say fist."""
    soft_back(sheet, (168, 158, 150))
    bench = Bench(sheet, 0.2)
    grip = Grip.FIST if "fist" in name.lower() else Grip.OPEN
    hold = Hold((0.05, -0.04), (-0.75, 0.65, 0.0), (0.1, 0.1, -1.0), grip)
    hand_behind(bench, person, hold)
    if grip is Grip.FIST:
        thumb_before(bench, person, hold)
