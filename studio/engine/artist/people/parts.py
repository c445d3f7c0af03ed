"""One inked part of a figure (a limb, a trunk, a lock of hair) and how a pile of parts is painted. No anatomy here."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from studio.engine.artist.geometry import lines, rings, smoothed
from studio.engine.artist.people.sweep import Array

if TYPE_CHECKING:
    from studio.engine.artist.sheet import Sheet

Colour = tuple[float, float, float]
MARGIN = 50.0


class Kind(Enum):
    FOOT = auto()
    LEG = auto()
    HIPS = auto()
    SKIRT = auto()
    TRUNK = auto()
    ARM = auto()
    HAND = auto()
    NECK = auto()
    HEAD = auto()
    EAR = auto()
    HAIR = auto()
    HAT = auto()
    PROP = auto()


CASTING = (Kind.ARM, Kind.HAND, Kind.HEAD, Kind.SKIRT, Kind.PROP, Kind.HAIR, Kind.HAT)
RECEIVING = (Kind.TRUNK, Kind.LEG, Kind.NECK, Kind.SKIRT)
HATCHED = (Kind.TRUNK, Kind.ARM, Kind.LEG, Kind.SKIRT, Kind.HIPS)


@dataclass(frozen=True, slots=True)
class Melt:
    """A joint where a part flows into its neighbour: no ink within `radius` units of `centre`."""

    centre: tuple[float, float]
    radius: float


@dataclass(slots=True)
class Part:
    """One shape with its colour and depth (metres; smaller is painted later).

    `shade` is how far the form shadow reaches in shares of the part's size; `weight` scales its ink; `folds` are page lines
    inked inside it; `detail` paints on it under its ink, `finish` over its ink. `cast` is the drop of shadows that fall on it.
    `rests_at` is the height in metres of a hand or held thing, which may lie on a table instead of behind it.
    """

    depth: float
    shape: BaseGeometry
    colour: Colour
    kind: Kind
    shade: float = 0.3
    weight: float = 0.8
    melts: tuple[Melt, ...] = ()
    folds: Sequence[Array] = ()
    cast: float = 0.0
    owner: int = 0
    detail: Callable[[BaseGeometry], None] | None = None
    finish: Callable[[], None] | None = None
    rests_at: float = -math.inf
    bounds: tuple[float, float, float, float] = field(default=(0.0, 0.0, 0.0, 0.0))


def in_frame(sheet: Sheet, parts: Sequence[Part]) -> list[Part]:
    """The parts that can be seen, cut a little outside the page, far ones first."""
    width, height = sheet.camera.width, sheet.camera.height
    kept: list[Part] = []
    for part in parts:
        shape = part.shape
        if shape.is_empty:
            continue
        left, top, right, bottom = shape.bounds
        if right < -20 or bottom < -20 or left > width + 20 or top > height + 20:
            continue
        if not math.isfinite(left + top + right + bottom):
            continue
        if left < -MARGIN or top < -MARGIN or right > width + MARGIN or bottom > height + MARGIN:
            shape = shapely.clip_by_rect(shape, -MARGIN, -MARGIN, width + MARGIN, height + MARGIN)
            shape = shape if shape.is_valid else shape.buffer(0)
            if shape.is_empty or shape.area < 0.5:
                continue
        shape = shape.simplify(0.2)
        part.shape = shape if shape.is_valid else shape.buffer(0)
        part.bounds = part.shape.bounds
        kept.append(part)
    kept.sort(key=lambda part: -part.depth)
    return kept


def paint(sheet: Sheet, part: Part, later: Sequence[Part]) -> None:
    """Paint one part: colour, form shadow, shadows cast by `later` parts, details, folds, ink."""
    colour = part.colour
    sheet.fill(part.shape, colour)
    size = math.sqrt(max(part.shape.area, 1.0)) * 0.55
    shadow = form_shadow(sheet, part, size)
    shaded = sheet.shade(colour)
    if shadow is not None:
        sheet.fill(shadow, shaded)
    if part.detail is not None:
        part.detail(part.shape)
    if part.kind in RECEIVING:
        _cast_on(sheet, part, later, shadow, shaded, size)
    if shadow is not None and part.kind in HATCHED and size > 26:
        sheet.hatch(shadow, gap=max(7.0, size * 0.055), width=1.1, alpha=62)
    for fold in part.folds:
        sheet.ink(smoothed(fold, 2, False), max(0.8, min(size * 0.022, 2.2)), alpha=165, taper=0.1)
    _ink_edge(sheet, part, size)
    if part.finish is not None:
        part.finish()


def form_shadow(sheet: Sheet, part: Part, size: float) -> BaseGeometry | None:
    """The side of a part turned from the light: what is left of it when it is moved towards the light."""
    left, top, right, bottom = part.bounds
    reach = part.shade * min(size, right - left, bottom - top)
    if reach < 0.8:
        return None
    light = sheet.light
    lit = affinity.translate(part.shape, -float(light[0]) * reach, -float(light[1]) * reach * 0.45)
    shadow = part.shape.difference(lit)
    for melt in part.melts:
        shadow = shadow.difference(_disc(melt, 1.3))
    soft = max(0.6, reach * 0.14)
    shadow = shadow.buffer(-soft, quad_segs=3).buffer(soft, quad_segs=3)
    least = 0.02 * part.shape.area
    pieces = [piece for piece in getattr(shadow, "geoms", [shadow]) if piece.area > least]
    return shapely.MultiPolygon(pieces) if pieces else None


def _disc(melt: Melt, grown: float = 1.0) -> BaseGeometry:
    return Point(melt.centre).buffer(melt.radius * grown, quad_segs=5)


def _cast_on(
    sheet: Sheet, part: Part, later: Sequence[Part], shadow: BaseGeometry | None, shaded: Colour, size: float
) -> None:
    """Shadows of parts painted later, moved away from the light and kept on this part."""
    drop = part.cast or part.shade * size * 0.45
    drop = min(drop, 60.0)
    left, top, right, bottom = part.bounds
    casters: list[BaseGeometry] = []
    for other in later:
        if other.kind not in CASTING or (part.kind is Kind.SKIRT and other.kind is Kind.SKIRT):
            continue
        low_x, low_y, high_x, high_y = other.bounds
        if high_x + drop < left or low_x - drop > right or high_y + drop < top or low_y - drop > bottom:
            continue
        shape = other.shape
        for melt in other.melts:
            shape = shape.difference(_disc(melt, 1.35))
        casters.append(shape)
    if not casters:
        return
    light = sheet.light
    cast = affinity.translate(shapely.union_all(casters), float(light[0]) * drop, abs(float(light[1])) * drop)
    cast = cast.intersection(part.shape)
    if shadow is not None and not cast.is_empty:
        cast = cast.difference(shadow)
    sheet.fill(cast, shaded, 215)


def _ink_edge(sheet: Sheet, part: Part, size: float) -> None:
    """The part's own outline, left open where it melts into its neighbours and where the page cuts it."""
    width = min(max(size * 0.034, 1.0), 3.4) * part.weight
    if width <= 0:
        return
    if not part.melts:
        sheet.outline(part.shape, width)
        return
    edge: BaseGeometry = part.shape.boundary
    for melt in part.melts:
        edge = edge.difference(_disc(melt))
    if edge.geom_type == "MultiLineString":
        edge = shapely.line_merge(edge)
    for line in lines(edge):
        closed = bool(np.allclose(line[0], line[-1]))
        sheet.ink(line[:-1] if closed else line, width, closed=closed, taper=0.3)


def silhouette(behind: Sequence[Part], above: Sequence[Part], table: BaseGeometry | None) -> BaseGeometry:
    """The outer shape of a pile of parts; what a table hides of those `behind` it is cut away."""
    whole: BaseGeometry = shapely.union_all([part.shape for part in behind])
    if table is not None:
        whole = whole.difference(table)
    whole = shapely.union_all([whole, *(part.shape for part in above)]).buffer(0.4, quad_segs=2)
    return whole if whole.is_valid else whole.buffer(0)


def ink_silhouette(sheet: Sheet, shape: BaseGeometry) -> None:
    """The heavy line round a whole figure; specks and pinholes are left out."""
    if shape.is_empty:
        return
    width = min(max(1.7 + math.sqrt(shape.area) * 0.0042, 1.5), 4.2)
    if shape.area < 2500:
        width = max(0.9, math.sqrt(shape.area) * 0.032)
    for ring in rings(shape):
        reach = float(np.ptp(ring, axis=0).max())
        if reach > 3 * width:
            sheet.ink(ring, width, closed=True, jitter=0.3)
