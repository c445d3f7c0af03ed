"""Shapes on the page as shapely geometry and point arrays: smoothing, rounding, hulls of rings. No camera, no colour."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry import MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

Array = NDArray[np.float64]


def rings(geometry: BaseGeometry | None) -> list[Array]:
    """Every outline and hole of a geometry as closed (n, 2) arrays; [] when it is empty or has no area."""
    if geometry is None or geometry.is_empty:
        return []
    if isinstance(geometry, Polygon):
        return [np.asarray(geometry.exterior.coords)] + [np.asarray(hole.coords) for hole in geometry.interiors]
    return [ring for part in getattr(geometry, "geoms", ()) for ring in rings(part)]


def lines(geometry: BaseGeometry | None) -> list[Array]:
    """Every line of a geometry as (n, 2) arrays; polygons give nothing."""
    if geometry is None or geometry.is_empty:
        return []
    if geometry.geom_type in ("LineString", "LinearRing"):
        return [np.asarray(geometry.coords)]
    return [line for part in getattr(geometry, "geoms", ()) for line in lines(part)]


def polygon(points: ArrayLike) -> BaseGeometry:
    """A valid area from a ring of points (n, 2); mended where it crosses itself; empty under 3 points."""
    ring = np.asarray(points, float).reshape(-1, 2)
    if len(ring) < 3 or not np.isfinite(ring).all():
        return Polygon()
    shape = Polygon(ring)
    return shape if shape.is_valid else shape.buffer(0)


def smoothed(points: ArrayLike, n: int = 2, closed: bool = True) -> Array:
    """A line (m, 2) with its corners cut `n` times (Chaikin); open lines keep their ends."""
    path = np.asarray(points, float)
    if closed and len(path) > 1 and np.allclose(path[0], path[-1]):
        path = path[:-1]
    if len(path) < 3:
        return path
    for _ in range(n):
        after = np.roll(path, -1, 0)
        cut = np.empty((2 * len(path), path.shape[1]))
        cut[0::2] = 0.75 * path + 0.25 * after
        cut[1::2] = 0.25 * path + 0.75 * after
        path = cut if closed else np.vstack([path[:1], cut[1:-3], path[-1:]])
    return path


def rounded(geometry: BaseGeometry, radius: float) -> BaseGeometry:
    """A geometry whose corners and notches are rounded by `radius` units: grown, shrunk, grown back."""
    if radius <= 0:
        return geometry
    return geometry.buffer(radius, quad_segs=4).buffer(-2 * radius, quad_segs=4).buffer(radius, quad_segs=4)


def hull_chain(chain: ArrayLike) -> BaseGeometry:
    """The union of the convex hulls of neighbouring rings (m, n, 2): the outline of a body swept through them."""
    swept = np.asarray(chain, float)
    count, size = len(swept) - 1, swept.shape[1]
    if count < 1:
        return MultiPoint(swept.reshape(-1, 2)).convex_hull
    pairs = np.concatenate([swept[:-1], swept[1:]], 1).reshape(-1, 2)
    owners = np.repeat(np.arange(count), 2 * size)
    hulls: Any = shapely.convex_hull(shapely.multipoints(pairs, indices=owners))
    return shapely.union_all(hulls)


def circle(centre: ArrayLike, radius: float, sides: int = 20, squash: float = 1.0) -> Array:
    """A ring of `sides` points round `centre` (2,); `squash` scales its height."""
    x, y = np.asarray(centre, float)
    turn = np.linspace(0, 2 * math.pi, sides, endpoint=False)
    return np.stack([x + np.cos(turn) * radius, y + np.sin(turn) * radius * squash], 1)


def rectangle(left: float, top: float, right: float, bottom: float) -> Array:
    """The four corners of an upright rectangle."""
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], float)


def clipped(ring: Array, axis: int, limit: float, keep_above: bool) -> Array:
    """A ring (n, k) cut by the plane `coordinate[axis] = limit` (Sutherland-Hodgman, one plane)."""
    values = ring[:, axis] - limit if keep_above else limit - ring[:, axis]
    if (values >= 0).all():
        return ring
    kept: list[Array] = []
    for index in range(len(ring)):
        here, after = index, (index + 1) % len(ring)
        if values[here] >= 0:
            kept.append(ring[here])
        if (values[here] >= 0) != (values[after] >= 0):
            share = values[here] / (values[here] - values[after])
            kept.append(ring[here] + (ring[after] - ring[here]) * share)
    return np.array(kept).reshape(-1, ring.shape[1])


def clipped_line(pair: Array, low: Array, high: Array) -> Array | None:
    """The part of a line (2, 2) inside the box `low`..`high`; None when there is none (Liang and Barsky)."""
    start, step = pair[0], pair[1] - pair[0]
    enter, leave = 0.0, 1.0
    for axis in (0, 1):
        if abs(step[axis]) < 1e-12:
            if not low[axis] <= start[axis] <= high[axis]:
                return None
            continue
        first, second = sorted(((low[axis] - start[axis]) / step[axis], (high[axis] - start[axis]) / step[axis]))
        enter, leave = max(enter, float(first)), min(leave, float(second))
    if enter >= leave:
        return None
    return np.stack([start + step * enter, start + step * leave])
