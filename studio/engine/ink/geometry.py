"""The shape of a mark: where its middle line runs and how wide it is there, by formulas the page draws with too.

1. Points keep their places; between two of them the line is the uniform Catmull-Rom curve through both neighbours, sampled every
   `STEP` units of the chord (at most 32 pieces).
2. The radius at a point is size / 2 x (thin + (1 - thin) x pressure), `thin` being the tool's; it runs linearly between points.
3. A mark covers what a round nib of that radius covers on its way; painters change the width in steps too small to see.

`components/wrapped/draw_ink.jsx` draws by the same three. Lengths are in 1/10000 of the longer side of the panel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Matrix = tuple[float, float, float, float, float, float]

STEP = 40.0
MOST_PIECES = 32
FULL = 1000.0
ARROW_HEAD = 4.5  # times the size
_ELLIPSE = 72

THIN = {"light": 0.35, "brush": 0.15, "tone": 0.8, "pencil": 0.4, "pen": 0.25, "note": 0.7, "eraser": 0.6}
"""How wide a tool's line is at no pressure at all, as a share of its full width."""
DENSITY = {"light": 0.45, "tone": 0.35}
"""How dark a tool is at full opacity, where that is not 1."""


@dataclass(frozen=True, slots=True)
class Run:
    """A line drawn without lifting the pen: `samples` (n, 3) are x, y and the radius there."""

    samples: Array


def stroke_run(points: Sequence[int], size: float, tool: str) -> Run:
    """The run of a stroke from its points as x, y, pressure and then differences."""
    at = np.cumsum(np.asarray(points, np.float64).reshape(-1, 3), axis=0)
    thin = THIN[tool]
    radius = size / 2 * (thin + (1 - thin) * at[:, 2] / FULL)
    return Run(curved(np.column_stack((at[:, :2], radius))))


def curved(points: Array) -> Array:
    """The samples of the curve through points (n, 3), their third value run linearly."""
    if len(points) < 2:
        return points
    chords = np.hypot(*np.diff(points[:, :2], axis=0).T)
    pieces = np.clip(np.ceil(chords / STEP), 1, MOST_PIECES).astype(int)
    of = np.repeat(np.arange(len(pieces)), pieces)
    nth = np.arange(len(of)) - np.repeat(np.cumsum(pieces) - pieces, pieces) + 1
    t = (nth / pieces[of])[:, None]
    places = np.concatenate((points[:1], points, points[-1:]))[:, :2]
    before, start, end, after = (places[of + step] for step in range(4))
    way = 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t**2
        + (3 * start - before - 3 * end + after) * t**3
    )
    widths = points[of, 2:] + (points[of + 1, 2:] - points[of, 2:]) * t
    return np.concatenate((points[:1], np.column_stack((way, widths))))


def shape_runs(form: Literal["line", "rect", "ellipse", "arrow"], box: Sequence[int], size: float) -> tuple[Run, ...]:
    """The runs of a line, rectangle, ellipse or arrow."""
    x, y, right, bottom = (float(v) for v in box)
    if form == "rect":
        corners = [(x, y), (right, y), (right, bottom), (x, bottom), (x, y)]
        return (_even(corners, size),)
    if form == "ellipse":
        turn = np.linspace(0, 2 * np.pi, _ELLIPSE + 1)
        ring = np.column_stack(
            ((x + right) / 2 + (right - x) / 2 * np.cos(turn), (y + bottom) / 2 + (bottom - y) / 2 * np.sin(turn))
        )
        return (_even(ring.tolist(), size),)
    shaft = _even([(x, y), (right, bottom)], size)
    if form == "line":
        return (shaft,)
    back = np.arctan2(y - bottom, x - right)
    barbs = [
        (right + ARROW_HEAD * size * np.cos(back + side), bottom + ARROW_HEAD * size * np.sin(back + side))
        for side in (-0.5, 0.5)
    ]
    return shaft, _even([barbs[0], (right, bottom), barbs[1]], size)


def _even(points: Sequence[Sequence[float]], size: float) -> Run:
    return Run(np.column_stack((np.asarray(points, np.float64), np.full(len(points), size / 2))))


def moved(run: Run, matrix: Matrix) -> Run:
    """A run turned, scaled and moved; its width is scaled by the root of the change of area."""
    a, b, c, d, e, f = matrix
    x, y, radius = run.samples.T
    return Run(np.column_stack((a * x + c * y + e, b * x + d * y + f, radius * np.sqrt(abs(a * d - b * c)))))


def mirrored(run: Run, axis: float) -> Run:
    """A run on the other side of the upright line x = axis."""
    return Run(np.column_stack((2 * axis - run.samples[:, 0], run.samples[:, 1:])))


def bands(samples: Array, unit: float) -> list[tuple[int, Array]]:
    """A run as lines (n, 2) of one width each, in whole multiples of `unit`; their ends and corners are round."""
    if len(samples) == 1:
        return [(max(1, round(2 * float(samples[0, 2]) / unit)), np.repeat(samples[:, :2], 2, axis=0))]
    widths = np.maximum(np.rint((samples[:-1, 2] + samples[1:, 2]) / unit), 1).astype(int)
    turns = [0, *(np.flatnonzero(np.diff(widths)) + 1).tolist(), len(widths)]
    return [(int(widths[first]), samples[first : last + 1, :2]) for first, last in pairwise(turns)]
