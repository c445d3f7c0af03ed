"""Things with a face in an INSERT: telephone, screen, watch, clock."""

from __future__ import annotations

import math

import numpy as np

from studio.engine.artist.geometry import polygon
from studio.engine.artist.inserts.bench import Bench, Hold, box_of, hand_behind, soft_back, table_top, thumb_before
from studio.engine.artist.people.look import Person
from studio.engine.artist.people.poses.shapes import Grip
from studio.engine.artist.sheet import Colour, Sheet

SCREEN: Colour = (206, 226, 236)


def phone(sheet: Sheet, person: Person, name: str) -> None:
    """A telephone lying across a hand, a message on its screen."""
    soft_back(sheet, (150, 146, 150))
    bench = Bench(sheet, 0.150, -0.16)
    hold = Hold((0.145, -0.05), (-0.92, 0.38, 0.0), (0.0, 0.3, -1.0), Grip.PINCHING)
    hand_behind(bench, person, hold)
    bench.slab(box_of(-0.5, -0.25, 0.5, 0.25), (44, 46, 54), 0.02, round_by=0.045)
    screen = bench.area(box_of(-0.43, -0.215, 0.43, 0.215), SCREEN, 1.6, round_by=0.012, raw=True)
    sheet.glow(bench.at([(0, 0)])[0], bench.width * 0.75, (210, 232, 246), 46)
    bench.area(box_of(-0.43, -0.215, 0.43, -0.15), (120, 150, 186), 1.2, raw=True)
    bench.disc((-0.38, -0.183), 0.022, (240, 236, 226), 1.2)
    bench.line([(-0.33, -0.19), (-0.12, -0.19)], 4.0, (246, 246, 246), 240, 0.9)
    bubbles: tuple[tuple[float, float, float, Colour], ...] = (
        (-0.4, -0.12, 0.42, (246, 246, 242)),
        (0.02, -0.01, 0.38, (150, 206, 150)),
        (-0.4, 0.10, 0.34, (246, 246, 242)),
    )
    for left, top, wide, colour in bubbles:
        bench.area(box_of(left, top, left + wide, top + 0.085), colour, 1.5, round_by=0.02, raw=True)
        bench.line([(left + 0.03, top + 0.03), (left + wide - 0.04, top + 0.031)], 2.2, (80, 84, 92), 200, 0.9)
        bench.line([(left + 0.03, top + 0.057), (left + wide * 0.6, top + 0.058)], 2.2, (80, 84, 92), 200, 0.9)
    bench.disc((0.465, 0.0), 0.016, (70, 72, 80), 1.4)
    bench.line([(-0.475, -0.03), (-0.475, 0.03)], 3.0, (96, 98, 106), 220, 0.9)
    sheet.fill(
        [screen[0], screen[0] + (screen[1] - screen[0]) * 0.3, screen[3] + (screen[2] - screen[3]) * 0.12, screen[3]],
        (255, 255, 255),
        40,
        raw=True,
    )
    thumb_before(bench, person, hold)


def screen(sheet: Sheet, person: Person, name: str) -> None:
    """A laptop: lit screen with windows of text, keyboard before it."""
    table_top(sheet, (134, 104, 80))
    bench = Bench(sheet, 0.34, 0.0, (0.0, -0.06))
    bench.slab([(-0.42, 0.22), (0.42, 0.22), (0.5, 0.42), (-0.5, 0.42)], (176, 178, 182), 0.012, round_by=0.008)
    for row, v in enumerate(np.linspace(0.25, 0.34, 4)):
        half = 0.385 + row * 0.014
        for u in np.linspace(-half, half - 0.05, 13):
            bench.area(box_of(u, v, u + 0.048, v + 0.021), (84, 86, 92), 0.9)
    bench.area([(-0.09, 0.365), (0.09, 0.365), (0.1, 0.41), (-0.1, 0.41)], (160, 162, 168), 1.3)
    bench.slab(box_of(-0.43, -0.33, 0.43, 0.21), (52, 54, 60), 0.01, round_by=0.02)
    bench.area(box_of(-0.405, -0.305, 0.405, 0.175), SCREEN, 1.4, raw=True)
    sheet.glow(bench.at([(0, -0.07)])[0], bench.width * 0.72, (200, 226, 246), 60)
    bench.area(box_of(-0.37, -0.27, 0.12, 0.14), (246, 248, 248), 1.4, raw=True)
    bench.area(box_of(-0.37, -0.27, 0.12, -0.235), (110, 142, 182), 1.2, raw=True)
    for v in np.arange(-0.205, 0.12, 0.036):
        stop = 0.06 if int(v * 1000) % 3 else -0.08
        bench.line([(-0.34, v), (stop, v + 0.001)], 2.4, (90, 94, 104), 190, 0.9)
    bench.area(box_of(0.16, -0.27, 0.37, -0.06), (226, 214, 190), 1.4, raw=True)
    bench.area(
        [(0.16, -0.06), (0.22, -0.15), (0.27, -0.1), (0.32, -0.19), (0.37, -0.06)], (130, 150, 130), 1.2, raw=True
    )
    bench.area(box_of(0.16, -0.02, 0.37, 0.14), (150, 186, 206), 1.4, raw=True)


def printer(sheet: Sheet, person: Person, name: str) -> None:
    """A desk machine that takes and gives paper: printer, copier, fax."""
    table_top(sheet, (140, 112, 86))
    bench = Bench(sheet, 0.42, 0.0, (0.0, 0.02))
    grey: Colour = (186, 186, 182)
    bench.slab([(-0.30, -0.38), (0.30, -0.38), (0.34, -0.20), (-0.34, -0.20)], (246, 244, 236), 0.008)
    bench.slab([(-0.44, -0.22), (0.44, -0.22), (0.5, 0.30), (-0.5, 0.30)], grey, 0.045, round_by=0.03)
    bench.area([(-0.42, -0.20), (0.42, -0.20), (0.455, 0.02), (-0.455, 0.02)], (206, 206, 202), 2.0, round_by=0.02)
    bench.area(box_of(-0.36, 0.07, 0.24, 0.13), (58, 58, 64), 2.2, round_by=0.01)
    bench.slab([(-0.30, 0.10), (0.18, 0.10), (0.22, 0.40), (-0.34, 0.40)], (248, 246, 238), 0.008)
    for v in np.arange(0.16, 0.37, 0.034):
        bench.line(
            [(-0.25 - v * 0.08, v), (0.06 if int(v * 1000) % 3 else 0.13, v + 0.002)], 2.4, (96, 98, 106), 190, 0.9
        )
    bench.area(box_of(0.29, 0.06, 0.43, 0.12), (110, 146, 140), 1.8, raw=True)
    for u, colour in ((0.31, (90, 94, 100)), (0.36, (90, 94, 100)), (0.41, (214, 74, 58))):
        bench.disc((u, 0.17), 0.016, colour, 1.8)
    sheet.glow(bench.at([(0.41, 0.17)])[0], bench.width * 0.07, (255, 120, 96), 120)


def watch(sheet: Sheet, person: Person, name: str) -> None:
    """A pocket watch with its chain, lying on an open hand."""
    table_top(sheet)
    bench = Bench(sheet, 0.105)
    hold = Hold((0.085, -0.10), (-0.78, 0.62, 0.0), (0.0, 0.0, -1.0), Grip.OPEN)
    hand_behind(bench, person, hold)
    radius = min(0.42, sheet.camera.height / bench.width * 0.41)
    _dial(bench, (0.0, 0.04), radius, (206, 168, 92))
    _chain(bench, (0.0, 0.0 - radius))


def _chain(bench: Bench, start: tuple[float, float]) -> None:
    for share in np.linspace(0, 1, 26):
        u = start[0] + share * 0.5 + 0.03 * math.sin(share * 9)
        v = start[1] - 0.16 * math.sin(share * 2.4) + 0.05 * share
        bench.disc((u, v), 0.013, (206, 168, 92), 1.5)
        bench.disc((u, v), 0.005, (120, 92, 52), 0)


def _dial(bench: Bench, centre: tuple[float, float], radius: float, case: Colour) -> None:
    """A round dial with marks and hands at ten past ten."""
    u, v = centre
    bench.disc(centre, radius, case, 3.0)
    bench.disc((u, v - radius * 1.08), radius * 0.12, case, 2.2)
    bench.disc(centre, radius * 0.86, (246, 240, 224), 2.2)
    bench.sheet.fill(bench.at(_crescent(centre, radius * 0.86)), (206, 196, 178), 150)
    for minute in range(60):
        angle = minute * math.pi / 30
        inner = 0.66 if minute % 5 == 0 else 0.74
        width = 6.0 if minute % 15 == 0 else (4.0 if minute % 5 == 0 else 1.4)
        ends = [(u + math.sin(angle) * radius * q, v - math.cos(angle) * radius * q) for q in (0.79, inner)]
        bench.line(ends, width, alpha=235, taper=0.9)
    for angle, reach, width in ((5.24, 0.42, 9.0), (1.05, 0.64, 6.5)):
        tip = (u + math.sin(angle) * radius * reach, v - math.cos(angle) * radius * reach)
        tail = (u - math.sin(angle) * radius * 0.1, v + math.cos(angle) * radius * 0.1)
        bench.line([tail, tip], width, taper=0.5)
    bench.disc(centre, radius * 0.055, (44, 40, 44), 0)


def _crescent(centre: tuple[float, float], radius: float) -> np.ndarray:
    """The shadow the rim throws on a dial, on the side of the light."""
    turn = np.linspace(math.pi * 0.95, math.pi * 1.8, 24)
    outer = np.stack([centre[0] + np.cos(turn) * radius, centre[1] + np.sin(turn) * radius], 1)
    inner = np.stack(
        [
            centre[0] + np.cos(turn) * radius * 0.93 + radius * 0.04,
            centre[1] + np.sin(turn) * radius * 0.93 + radius * 0.05,
        ],
        1,
    )
    return np.concatenate([outer, inner[::-1]])


def clock(sheet: Sheet, person: Person, name: str) -> None:
    """A clock on a wall."""
    soft_back(sheet, (196, 188, 170))
    bench = Bench(sheet, 0.3)
    radius = min(0.5, sheet.camera.height / bench.width * 0.46)
    ring = bench.at(np.stack([np.cos(np.linspace(0, 6.28, 40)) * radius, np.sin(np.linspace(0, 6.28, 40)) * radius], 1))
    bench.shadow(polygon(ring), 0.03)
    bench.disc((0, 0), radius, (96, 72, 56), 3.2)
    bench.disc((0, 0), radius * 0.93, (132, 100, 74), 2.0)
    bench.disc((0, 0), radius * 0.87, (246, 242, 230), 2.2)
    for minute in range(60):
        angle = minute * math.pi / 30
        inner = 0.68 if minute % 5 == 0 else 0.77
        ends = [(math.sin(angle) * radius * q, -math.cos(angle) * radius * q) for q in (0.81, inner)]
        bench.line(ends, 7.0 if minute % 15 == 0 else (4.5 if minute % 5 == 0 else 1.6), taper=0.9)
    for angle, reach, width, colour in (
        (5.9, 0.4, 12.0, (40, 38, 44)),
        (0.42, 0.66, 8.0, (40, 38, 44)),
        (3.7, 0.7, 2.6, (180, 50, 42)),
    ):
        tip = (math.sin(angle) * radius * reach, -math.cos(angle) * radius * reach)
        bench.line([(-tip[0] * 0.16, -tip[1] * 0.16), tip], width, colour, taper=0.5)
    bench.disc((0, 0), radius * 0.045, (40, 38, 44), 0)
    sheet.fill(bench.at(_crescent((0, 0), radius * 0.87)), (206, 196, 178), 150)
