"""How long a drawing of a thousand strokes takes: to check and keep, to replay, to paint and to write as SVG."""

from __future__ import annotations

import math
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from studio.core.settings import settings
from studio.drawing.ops import ops_from, to_document
from studio.drawing.replay import Entry, state_at
from studio.drawing.sheets import sheet_of
from studio.engine.ink.paint import painted
from studio.engine.ink.svg import written

STROKES = 1_000
_CLIENT = "00000000-0000-4000-8000-000000000001"


def stroke(i: int) -> dict[str, Any]:
    """A curl of forty points, as a hand draws one."""
    turn, x, y = random.uniform(0, 6), random.randrange(500, 9000), random.randrange(300, 5000)
    points = [x, y, 300]
    for n in range(40):
        turn += random.uniform(-0.3, 0.4)
        points += [round(45 * math.cos(turn)), round(45 * math.sin(turn)), 10 if n < 30 else -20]
    tool = ("pen", "pencil", "brush", "pen", "pen", "eraser")[i % 6]
    kit = {"layer": "ink", "tool": tool, "colour": "#000000", "size": 60, "opacity": 100}
    return {"op": "stroke", **kit, "points": points}


def milliseconds(work: Callable[[], object], times: int = 5) -> float:
    taken: list[float] = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def main() -> None:
    random.seed(1)
    plain = [stroke(i) for i in range(STROKES)]
    ops = ops_from(plain)
    journal = [Entry(i, f"{_CLIENT}.{i}", "me", i, op) for i, op in enumerate(ops, start=1)]
    picture = state_at(journal, STROKES)
    sheet, fonts = sheet_of(picture), settings().fonts
    size = (1920, 1080)
    for what, work in {
        "check and store form": lambda: to_document(ops_from(plain)),
        "replay": lambda: state_at(journal, STROKES),
        "paint at 1920x1080": lambda: painted(sheet_of(picture), size, under=None, fonts=fonts),
        "write as SVG": lambda: written(sheet, size, under=None),
    }.items():
        print(f"{STROKES:,} strokes: {what:22} {milliseconds(work):8.1f} ms")


if __name__ == "__main__":
    main()
