"""Ink strokes made into ribbons by one numpy pass over a whole page: resampling, unsteady hand, overshoot, swelling weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.engine.artist.sheet import Op, Ribbon, Sheet, Stroke

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

MARGIN = 60.0
LONGEST = 30000.0


@dataclass(frozen=True, slots=True)
class _Batch:
    """All strokes of a page laid end to end: `points` (n, 2), `owner` (n,) the stroke of each, `first` (k,) where each begins."""

    points: Array
    owner: Indices
    first: Indices
    count: Indices


def inked(sheet: Sheet) -> tuple[Op, ...]:
    """The page's display list with every Stroke turned into ribbons; neighbours of one colour are joined into one."""
    strokes = [op for op in sheet.ops if isinstance(op, Stroke)]
    outlines = iter(ribbon_outlines(strokes, sheet.seed, sheet.light, (sheet.camera.width, sheet.camera.height)))
    ops: list[Op] = []
    pending: list[Array] = []
    paint = (0, 0, 0, 0)
    for op in sheet.ops:
        if isinstance(op, Stroke):
            outline = next(outlines)
            if not outline:
                continue
            if op.paint != paint:
                _flush(ops, pending, paint)
                paint = op.paint
            pending.extend(outline)
        else:
            _flush(ops, pending, paint)
            ops.append(op)
    _flush(ops, pending, paint)
    return tuple(ops)


def _flush(ops: list[Op], pending: list[Array], paint: tuple[int, int, int, int]) -> None:
    if pending:
        ops.append(Ribbon(tuple(pending), paint))
        pending.clear()


def ribbon_outlines(
    strokes: Sequence[Stroke], seed: int, light: Array, page: tuple[float, float]
) -> list[tuple[Array, ...]]:
    """For each stroke the rings (n, 2) of its ink, () when it lies off the page or is too short to see.

    `light` (2,) points to the shadow side, where closed outlines are heavier. Deterministic per `seed`.
    """
    results: list[tuple[Array, ...]] = [()] * len(strokes)
    usable = [index for index, stroke in enumerate(strokes) if _on_page(stroke, page)]
    if not usable:
        return results
    chosen = [strokes[index] for index in usable]
    batch = _laid_out(chosen)
    lengths = _lengths(batch)
    sampled, arc = _resampled(batch, lengths, chosen)
    rng = np.random.default_rng([abs(seed), 77])
    noise = _hand_noise(sampled, rng)
    widths, closed, jitter, taper, over, shadow = _pens(chosen)
    steady = jitter * np.minimum(1.5, 0.3 + lengths / 400)
    course = sampled.points + noise[:, :2] * steady[sampled.owner][:, None]
    course = _overshot(course, sampled, over * (lengths > 40) * ~closed, rng)
    normal = _normals(course, sampled, closed)
    weight = widths[sampled.owner] * (1 + 0.14 * noise[:, 2])
    swell = taper[sampled.owner] + (1 - taper[sampled.owner]) * np.minimum(1, np.sin(np.pi * arc) * 1.5)
    outward = _outward(course, sampled)
    turned = (normal @ light) * outward[sampled.owner]
    rounded = np.where(shadow[sampled.owner], 0.72 + 0.62 * np.clip(turned, -0.35, 1), 1.0)
    weight = np.maximum(weight * np.where(closed[sampled.owner], rounded, swell), 0.5) / 2
    left = course + normal * weight[:, None]
    right = course - normal * weight[:, None]
    for place, index in enumerate(usable):
        run = slice(int(sampled.first[place]), int(sampled.first[place] + sampled.count[place]))
        results[index] = _rings_of(left[run], right[run], bool(closed[place]))
    return results


def _rings_of(left: Array, right: Array, closed: bool) -> tuple[Array, ...]:
    if closed:
        return (left, right[::-1])
    return (np.concatenate([left, right[::-1]]),)


def _on_page(stroke: Stroke, page: tuple[float, float]) -> bool:
    points = stroke.points
    if len(points) < 2 or stroke.paint[3] <= 0:
        return False
    low_x, low_y = points.min(0)
    high_x, high_y = points.max(0)
    reach = float(high_x - low_x + high_y - low_y)
    if not 1.0 < reach < LONGEST:
        return False
    return bool(high_x > -MARGIN and low_x < page[0] + MARGIN and high_y > -MARGIN and low_y < page[1] + MARGIN)


def _laid_out(strokes: Sequence[Stroke]) -> _Batch:
    parts: list[Array] = []
    for stroke in strokes:
        parts.append(stroke.points)
        if stroke.closed:
            parts.append(stroke.points[:1])
    points = np.concatenate(parts)
    count = np.array([len(stroke.points) + stroke.closed for stroke in strokes])
    first = np.cumsum(count) - count
    return _Batch(points, np.repeat(np.arange(len(strokes)), count), first, count)


def _lengths(batch: _Batch) -> Array:
    steps = _steps(batch)
    return np.add.reduceat(steps, batch.first)


def _steps(batch: _Batch) -> Array:
    """Distance from each point's predecessor within its stroke; 0 at each stroke's first point."""
    moved = np.zeros(len(batch.points))
    moved[1:] = np.hypot(*np.diff(batch.points, axis=0).T)
    moved[batch.first] = 0
    return moved


def _resampled(batch: _Batch, lengths: Array, strokes: Sequence[Stroke]) -> tuple[_Batch, Array]:
    """Points at an even spacing that suits each stroke's width, and each point's share (n,) of its stroke."""
    widths = np.array([stroke.width for stroke in strokes])
    closed = np.array([stroke.closed for stroke in strokes])
    fine = np.where(batch.count > 150, 0.5, 1.3)
    curved = np.clip(lengths / (4 + fine * widths), 5, np.where(closed, 1300, 300))
    straight = np.clip(lengths / 22, 4, 40)
    cornered = np.clip(lengths / 14, 9, 120)
    few = batch.count <= 6
    wanted = np.where(batch.count == 2, straight, np.where(few, cornered, curved)).astype(int)
    first = np.cumsum(wanted) - wanted
    owner = np.repeat(np.arange(len(strokes)), wanted)
    share = (np.arange(len(owner)) - first[owner]) / (wanted[owner] - 1)
    # One increasing ruler for the whole page: each stroke starts one unit after the last one ended.
    gap = np.zeros(len(batch.points))
    gap[batch.first[1:]] = 1.0
    ruler = np.cumsum(_steps(batch) + gap)
    at = ruler[batch.first][owner] + share * lengths[owner]
    points = np.stack([np.interp(at, ruler, batch.points[:, axis]) for axis in (0, 1)], 1)
    return _Batch(points, owner, first, wanted), share


def _hand_noise(batch: _Batch, rng: np.random.Generator) -> Array:
    """Slow random drift (n, 3) along each stroke; its end equals its start, so that closed lines meet."""
    knots = np.maximum(3, batch.count // 9)
    first = np.cumsum(knots) - knots
    values = rng.normal(0, 1, (int(knots.sum()), 3))
    values[first + knots - 1] = values[first]
    share = (np.arange(len(batch.owner)) - batch.first[batch.owner]) / (batch.count[batch.owner] - 1)
    at = first[batch.owner] + share * (knots[batch.owner] - 1)
    ruler = np.arange(len(values))
    return np.stack([np.interp(at, ruler, values[:, axis]) for axis in range(3)], 1)


def _pens(strokes: Sequence[Stroke]) -> tuple[Array, NDArray[np.bool_], Array, Array, Array, NDArray[np.bool_]]:
    return (
        np.array([stroke.width for stroke in strokes], float),
        np.array([stroke.closed for stroke in strokes], bool),
        np.array([stroke.jitter for stroke in strokes], float),
        np.array([stroke.taper for stroke in strokes], float),
        np.array([stroke.overshoot for stroke in strokes], float),
        np.array([stroke.shadow for stroke in strokes], bool),
    )


def _overshot(course: Array, batch: _Batch, reach: Array, rng: np.random.Generator) -> Array:
    """The course with both ends of each stroke run past by up to `reach` units."""
    spread = rng.uniform(0.3, 1, (2, len(reach))) * reach
    last = batch.first + batch.count - 1
    for end, inner, share in ((batch.first, batch.first + 1, spread[0]), (last, last - 1, spread[1])):
        out = course[end] - course[inner]
        out /= np.maximum(np.hypot(out[:, 0], out[:, 1]), 1e-6)[:, None]
        course[end] += out * share[:, None]
    return course


def _normals(course: Array, batch: _Batch, closed: NDArray[np.bool_]) -> Array:
    """Unit vectors (n, 2) square to the course."""
    tangent = np.empty_like(course)
    tangent[1:-1] = course[2:] - course[:-2]
    first, last = batch.first, batch.first + batch.count - 1
    tangent[first] = course[first + 1] - course[first]
    tangent[last] = course[last] - course[last - 1]
    seam = course[first[closed] + 1] - course[last[closed] - 1]
    tangent[first[closed]] = seam
    tangent[last[closed]] = seam
    tangent /= np.maximum(np.hypot(tangent[:, 0], tangent[:, 1]), 1e-6)[:, None]
    return np.stack([-tangent[:, 1], tangent[:, 0]], 1)


def _outward(course: Array, batch: _Batch) -> Array:
    """For each stroke +1 or -1: which side of a closed course is its outside."""
    after = np.concatenate([course[1:], course[:1]])
    cross = course[:, 0] * after[:, 1] - after[:, 0] * course[:, 1]
    cross[batch.first + batch.count - 1] = 0
    return np.where(np.add.reduceat(cross, batch.first) > 0, -1.0, 1.0)
