"""The shape of a mark: where its middle line runs and how wide it is there, by formulas the page draws with too.

1. Points keep their places; between two of them the line is the uniform Catmull-Rom curve through both neighbours, sampled every
   `STEP` units of the chord (at most 32 pieces).
2. The radius at a point is size / 2 x (thin + (1 - thin) x pressure), `thin` being the tool's; it runs linearly between points.
3. A mark covers the discs at its samples and, between two, the quadrilateral of their outer tangents taken at right angles.

`components/wrapped/draw_ink.jsx` draws by the same three. Lengths are in 1/10000 of the longer side of the panel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    found: list[Array] = [points[:1]]
    for i in range(len(points) - 1):
        before, start, end = points[max(i - 1, 0)], points[i], points[i + 1]
        after = points[min(i + 2, len(points) - 1)]
        chord = float(np.hypot(*(end[:2] - start[:2])))
        pieces = int(min(MOST_PIECES, max(1.0, np.ceil(chord / STEP))))
        t = (np.arange(1, pieces + 1) / pieces)[:, None]
        place = 0.5 * (
            2 * start[:2]
            + (end[:2] - before[:2]) * t
            + (2 * before[:2] - 5 * start[:2] + 4 * end[:2] - after[:2]) * t**2
            + (3 * start[:2] - before[:2] - 3 * end[:2] + after[:2]) * t**3
        )
        found.append(np.column_stack((place, start[2] + (end[2] - start[2]) * t)))
    return np.concatenate(found)


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


def quads(samples: Array) -> Array:
    """The (n - 1, 4, 2) quadrilaterals between the discs of a run; all turn the same way."""
    start, end = samples[:-1], samples[1:]
    along = end[:, :2] - start[:, :2]
    length = np.hypot(along[:, 0], along[:, 1])
    across = np.column_stack((-along[:, 1], along[:, 0])) / np.maximum(length, 1e-9)[:, None]
    one, other = across * start[:, 2:], across * end[:, 2:]
    return np.stack((start[:, :2] + one, end[:, :2] + other, end[:, :2] - other, start[:, :2] - one), axis=1)
