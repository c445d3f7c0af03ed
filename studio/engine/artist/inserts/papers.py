"""Things of paper in an INSERT: letter, photograph, ticket, map, book, and the card that names an unknown thing."""

from __future__ import annotations

import numpy as np

from studio.engine.artist.inserts.bench import Bench, Hold, box_of, hand_behind, soft_back, table_top, thumb_before
from studio.engine.artist.lettering import letter
from studio.engine.artist.people.look import Person
from studio.engine.artist.people.poses.shapes import Grip
from studio.engine.artist.sheet import Colour, Sheet

CREAM: Colour = (246, 238, 216)
CARD_HOLD = Hold((0.165, -0.085), (-0.92, 0.38, 0.0), (0.0, 0.3, -1.0), Grip.PINCHING)


def _written_lines(bench: Bench, left: float, right: float, top: float, gap: float, count: int) -> None:
    """Handwriting: wavy lines of words."""
    rng = bench.sheet.rng
    for row in range(count):
        v, u = top + row * gap, left
        stop = right if row < count - 1 else left + (right - left) * 0.55
        while u < stop - 0.02:
            length = min(float(rng.uniform(0.04, 0.11)), stop - u)
            x = np.linspace(u, u + length, 12)
            wave = np.sin(np.arange(12) * 2.1 + rng.uniform(0, 6)) * gap * 0.13
            bench.line(np.stack([x, v + wave], 1), 1.9, (52, 56, 92), 215)
            u += length + 0.025


def note(sheet: Sheet, person: Person, name: str) -> None:
    """A folded letter held in a hand."""
    soft_back(sheet, (186, 176, 160))
    bench = Bench(sheet, 0.21, -0.06)
    hand_behind(bench, person, CARD_HOLD)
    half = min(0.62, sheet.camera.height / bench.width * 0.52)
    bench.slab([(-0.5, -half), (0.5, -half), (0.5, half), (-0.5, half)], CREAM, 0.006)
    fold = half * 0.1
    bench.line([(-0.5, fold), (0, fold + 0.004), (0.5, fold)], 1.6, alpha=130)
    sheet.fill(bench.at([(-0.5, fold), (0.5, fold), (0.5, half), (-0.5, half)]), (226, 214, 190), 120)
    rows = max(3, int(half * 1.6 / 0.085))
    _written_lines(bench, -0.4, 0.4, -half * 0.78, half * 1.6 / rows, rows)
    thumb_before(bench, person, CARD_HOLD)


def card(sheet: Sheet, person: Person, name: str) -> None:
    """A hand with a card on which the thing's name is lettered: any thing can be shown."""
    soft_back(sheet, (178, 168, 156))
    bench = Bench(sheet, 0.20, -0.05)
    hand_behind(bench, person, CARD_HOLD)
    bench.slab(box_of(-0.5, -0.29, 0.5, 0.29), CREAM, 0.008, round_by=0.012)
    words = _rows(name.strip() or "?", 16)
    size = min(0.17, 0.86 / max(len(row) for row in words) / 0.86, 0.46 / len(words) / 1.5) * bench.width
    along = (float(np.cos(bench.turn)), float(np.sin(bench.turn)))
    for index, row in enumerate(words):
        middle = bench.at([(0.0, (index - (len(words) - 1) / 2) * size * 1.5 / bench.width)])[0]
        letter(sheet, row, middle, size, (44, 42, 52), along=along)
    thumb_before(bench, person, CARD_HOLD)


def _rows(text: str, longest: int) -> list[str]:
    """Words in up to three rows."""
    rows = [""]
    for word in text.split()[:12]:
        joined = f"{rows[-1]} {word}".strip()
        if len(joined) > longest and rows[-1] and len(rows) < 3:
            rows.append(word[:24])
        else:
            rows[-1] = joined[:24]
    return rows


def photograph(sheet: Sheet, person: Person, name: str) -> None:
    """A snapshot with a white border: two people before hills."""
    soft_back(sheet, (170, 156, 140))
    bench = Bench(sheet, 0.15, 0.07)
    hold = Hold((0.14, -0.075), (-0.92, 0.38, 0.0), (0.0, 0.3, -1.0), Grip.PINCHING)
    hand_behind(bench, person, hold)
    bench.slab(box_of(-0.5, -0.36, 0.5, 0.36), (244, 240, 230), 0.006)
    bench.area(box_of(-0.44, -0.30, 0.44, 0.26), (206, 196, 172), 1.6)
    bench.area(
        [(-0.44, 0.05), (-0.2, -0.06), (0.05, 0.02), (0.44, -0.08), (0.44, 0.26), (-0.44, 0.26)], (168, 158, 132), 1.4
    )
    for u, tall, coat in ((-0.1, 0.0, (104, 96, 92)), (0.12, 0.03, (140, 120, 104))):
        body = [
            (u - 0.11, 0.26),
            (u - 0.10, 0.06 + tall),
            (u - 0.03, 0.0 + tall),
            (u + 0.03, tall),
            (u + 0.10, 0.06 + tall),
        ]
        bench.area([*body, (u + 0.11, 0.26)], coat, 1.8, round_by=0.012)
        bench.disc((u, -0.07 + tall), 0.055, (222, 202, 180), 1.7, 1.2)
        bench.area(
            [
                (u - 0.06, -0.09 + tall),
                (u - 0.045, -0.145 + tall),
                (u + 0.045, -0.145 + tall),
                (u + 0.06, -0.09 + tall),
            ],
            (84, 70, 62),
            1.4,
        )
        for side in (-1, 1):
            bench.disc((u + side * 0.02, -0.075 + tall), 0.005, (50, 44, 44), 0)
        bench.line([(u - 0.02, -0.04 + tall), (u, -0.033 + tall), (u + 0.02, -0.04 + tall)], 1.5)
    sheet.fill(bench.at([(-0.44, -0.30), (-0.2, -0.30), (-0.36, 0.26), (-0.44, 0.26)]), (255, 255, 255), 50, raw=True)
    thumb_before(bench, person, hold)


def ticket(sheet: Sheet, person: Person, name: str) -> None:
    """A ticket with a stub, a number and a notch on each side."""
    soft_back(sheet, (150, 150, 158))
    bench = Bench(sheet, 0.16, -0.09)
    hold = Hold((0.14, -0.06), (-0.92, 0.38, 0.0), (0.0, 0.3, -1.0), Grip.PINCHING)
    hand_behind(bench, person, hold)
    bench.slab(box_of(-0.5, -0.2, 0.5, 0.2), (232, 196, 130), 0.006, round_by=0.02)
    bench.area(box_of(-0.46, -0.165, 0.2, 0.165), (240, 210, 150), 1.4)
    for v in np.arange(-0.18, 0.19, 0.036):
        bench.line([(0.25, v), (0.25, v + 0.018)], 2.4)
    along = (float(np.cos(bench.turn)), float(np.sin(bench.turn)))
    letter(sheet, "TICKET", bench.at([(-0.13, -0.07)])[0], bench.width * 0.1, (150, 52, 44), along=along)
    letter(sheet, "ADMIT ONE", bench.at([(-0.13, 0.05)])[0], bench.width * 0.055, (70, 60, 60), along=along)
    letter(sheet, "No 1947".upper(), bench.at([(-0.13, 0.125)])[0], bench.width * 0.04, (70, 60, 60), along=along)
    for v in np.arange(-0.12, 0.13, 0.03):
        bench.line([(0.32, v), (0.44, v)], 3.4 if int(v * 100) % 2 else 1.8)
    thumb_before(bench, person, hold)


def chart(sheet: Sheet, person: Person, name: str) -> None:
    """A folded map on a table: coast, roads, a river, a red cross."""
    table_top(sheet)
    bench = Bench(sheet, 0.6, 0.04)
    high = min(0.40, sheet.camera.height / bench.width * 0.44)
    bench.slab(box_of(-0.5, -high, 0.5, high), (236, 228, 198), 0.006)
    rng = np.random.default_rng(5)
    coast = [
        (-0.5, -high * 0.2),
        (-0.3, -high * 0.35),
        (-0.18, 0.02),
        (-0.24, high * 0.5),
        (-0.1, high * 0.8),
        (-0.12, high),
    ]
    bench.area([*coast, (-0.5, high)], (176, 204, 208), 1.6)
    for row in range(3):
        bend = rng.uniform(-0.12, 0.12, 4) * high
        u = np.linspace(-0.18, 0.5, 4)
        course = np.stack([u, (row - 1) * high * 0.55 + bend], 1)
        bench.line(course, 3.2, (196, 120, 84), 230, 0.9)
    bench.line([(0.1, -high), (0.06, -high * 0.4), (0.16, 0.1), (0.12, high)], 2.6, (92, 142, 176), 230, 0.9)
    for u, v in rng.uniform((-0.1, -high * 0.85), (0.45, high * 0.85), (16, 2)):
        bench.area(box_of(u, v, u + 0.018, v + 0.014), (120, 108, 96), 1.0)
    for u in (-0.25, 0.0, 0.25):
        bench.line([(u, -high), (u + 0.003, 0), (u, high)], 1.5, alpha=110)
    bench.line([(-0.5, 0), (0.5, 0.002)], 1.5, alpha=110)
    cross = (0.3, -high * 0.3)
    for a in (-1, 1):
        bench.line(
            [(cross[0] - 0.03, cross[1] - 0.03 * a), (cross[0] + 0.03, cross[1] + 0.03 * a)], 7, (186, 48, 40), 245, 0.7
        )
    bench.line(
        [(-0.1, high * 0.6), (0.05, high * 0.2), (0.2, high * 0.1), (0.28, -high * 0.2)], 3.0, (186, 48, 40), 220
    )


def book(sheet: Sheet, person: Person, name: str) -> None:
    """An open book on a table."""
    table_top(sheet)
    bench = Bench(sheet, 0.34, 0.03)
    high = 0.33
    bench.slab(box_of(-0.5, -high - 0.015, 0.5, high + 0.015), (128, 66, 56), 0.02, round_by=0.01)
    for side in (-1, 1):
        edge = side * 0.485
        page = [
            (0, -high + 0.03),
            (side * 0.12, -high),
            (edge, -high + 0.012),
            (edge, high - 0.012),
            (side * 0.12, high - 0.02),
            (0, high),
        ]
        bench.area(page, CREAM, 2.0)
        for inset in (0.008, 0.016):
            bench.line([(edge - side * inset, -high + 0.02), (edge - side * inset, high - 0.02)], 1.0, alpha=120)
        left, right = sorted((side * 0.08, side * 0.42))
        for v in np.arange(-high + 0.09, high - 0.08, 0.043):
            stop = right - (0.1 if int(v * 1000) % 5 == 0 else 0.0)
            bench.line([(left, v), ((left + right) / 2, v + 0.003), (stop, v)], 2.2, (84, 78, 82), 170, 0.9)
        shade = [(0, -high + 0.03), (side * 0.07, -high + 0.012), (side * 0.07, high - 0.01), (0, high)]
        sheet.fill(bench.at(shade), (150, 132, 112), 90)
    bench.line([(0, -high + 0.03), (0.003, 0), (0, high)], 2.6)
