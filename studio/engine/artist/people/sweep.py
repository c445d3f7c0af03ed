"""Bodies swept through space and seen on the page: tubes of spheres, lofts of rings, curves through rows. No anatomy here."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray
from shapely.geometry import MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from studio.engine.artist.geometry import hull_chain, polygon

if TYPE_CHECKING:
    from studio.engine.artist.sheet import Sheet

Array = NDArray[np.float64]

UP: Array = np.array([0.0, 1.0, 0.0])
EMPTY = Polygon()
NEAREST = 0.14
FARTHEST_UNITS = 4000.0


def unit(vector: ArrayLike) -> Array:
    """A vector (3,) or (2,) made one long; a zero vector stays zero."""
    value = np.asarray(vector, float)
    return value / max(float(np.linalg.norm(value)), 1e-9)


def turned(vector: Array, axis: Array, angle: float) -> Array:
    """A vector (3,) turned round a unit axis by `angle` radians (Rodrigues)."""
    cos, sin = math.cos(angle), math.sin(angle)
    return vector * cos + np.cross(axis, vector) * sin + axis * float(axis @ vector) * (1 - cos)


def eased(rows: ArrayLike, count: int) -> Array:
    """`count` rows (count, k) on a smooth curve through the given rows (n, k) (Catmull-Rom)."""
    knots = np.asarray(rows, float)
    last = len(knots) - 1
    padded = np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]])
    at = np.linspace(0, last, count)
    index = np.minimum(at.astype(int), last - 1)
    share = (at - index)[:, None]
    before, start, end, after = padded[index], padded[index + 1], padded[index + 2], padded[index + 3]
    linear = (end - before) * share
    square = (2 * before - 5 * start + 4 * end - after) * share**2
    cube = (3 * start - before - 3 * end + after) * share**3
    return 0.5 * (2 * start + linear + square + cube)


def circle_of(count: int) -> Array:
    """`count` angles (count,) round a full turn."""
    return np.linspace(0, 2 * math.pi, count, endpoint=False)


def depth_of(sheet: Sheet, *points: Array) -> float:
    """Mean depth in metres of points (3,) before the camera."""
    return float(sheet.camera.seen(np.array(points))[:, 2].mean())


def scale_at(sheet: Sheet, point: Array) -> float:
    """Drawing units per metre at a point."""
    return sheet.camera.scale / max(depth_of(sheet, point), NEAREST)


def on_page(sheet: Sheet, points: ArrayLike) -> Array:
    """Points (n, 3) on the page (n, 2)."""
    return sheet.camera.projected(points)[0]


def tube(sheet: Sheet, points: ArrayLike, radii: ArrayLike, sides: int = 12, samples: int = 0) -> BaseGeometry:
    """The outline of a soft tube through points (n, 3) with radii (n,) metres; `samples` > 0 bends it through them smoothly.

    What lies behind or too near the camera is left out; EMPTY when nothing of it can be on the page.
    """
    rows = np.column_stack([np.asarray(points, float), np.asarray(radii, float)])
    if samples:
        rows = eased(rows, samples)
    page, depth = sheet.camera.projected(rows[:, :3])
    kept = depth > NEAREST
    if not kept.any():
        return EMPTY
    page = page[kept]
    reach = np.maximum(rows[kept, 3], 1e-4) * sheet.camera.scale / depth[kept]
    if not _near_page(sheet, (page - reach[:, None]).min(0), (page + reach[:, None]).max(0)):
        return EMPTY
    turn = circle_of(sides)
    spokes = np.stack([np.cos(turn), np.sin(turn)], 1)
    return hull_chain(page[:, None] + spokes[None] * reach[:, None, None])


def loft(sheet: Sheet, sections: Array) -> BaseGeometry:
    """The outline of a body through rings (m, n, 3); rings too near the camera are left out; EMPTY when off the page."""
    count, size = sections.shape[:2]
    page, depth = sheet.camera.projected(sections.reshape(-1, 3))
    kept = depth.reshape(count, size).min(1) > NEAREST
    if not kept.any():
        return EMPTY
    page = page.reshape(count, size, 2)[kept]
    if not _near_page(sheet, page.min((0, 1)), page.max((0, 1))):
        return EMPTY
    return hull_chain(page)


def hull_of(page: Array) -> BaseGeometry:
    """The convex hull of points (n, 2) on the page."""
    return MultiPoint(page).convex_hull


def flat(sheet: Sheet, points: ArrayLike) -> BaseGeometry:
    """A flat or bent patch (n, 3) on the page; EMPTY when part of it is too near the camera."""
    page, depth = sheet.camera.projected(points)
    return polygon(page) if float(depth.min()) > NEAREST else EMPTY


def _near_page(sheet: Sheet, low: Array, high: Array) -> bool:
    """Whether a box on the page can be seen, and is not blown up by lying next to the lens."""
    width, height = sheet.camera.width, sheet.camera.height
    if float((high - low).max()) > FARTHEST_UNITS * 4:
        return False
    return bool(high[0] > -40 and low[0] < width + 40 and high[1] > -40 and low[1] < height + 40)
