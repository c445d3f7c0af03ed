"""Hair as a shell over the skull: eight styles, their edge, strands and shine. The head itself is in `head.py`."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from studio.engine.artist.geometry import hull_chain, rings, rounded, smoothed
from studio.engine.artist.people.head import HeadForm
from studio.engine.artist.people.parts import Colour, Kind, Part
from studio.engine.artist.people.sweep import EMPTY, Array, tube

COLUMNS = 49
LEVELS = 12
COARSE_UNITS = 120.0
FALLING = ("long", "bob")
# How high the ring of hair round a bald head reaches.
FRINGE = 0.70


@dataclass(frozen=True, slots=True)
class Style:
    """The hairline as (angle from the front, height) knots, thickness and waviness of its edge, in head heights."""

    hairline: tuple[tuple[float, float], ...]
    thickness: float
    wave: float


STYLES: dict[str, Style] = {
    "short": Style(
        (
            (0, 0.835),
            (0.5, 0.82),
            (0.85, 0.72),
            (1.1, 0.56),
            (1.3, 0.44),
            (1.45, 0.55),
            (1.8, 0.46),
            (2.2, 0.28),
            (3.15, 0.17),
        ),
        0.050,
        0.020,
    ),
    "side": Style(
        (
            (0, 0.80),
            (0.5, 0.80),
            (0.85, 0.70),
            (1.1, 0.54),
            (1.3, 0.42),
            (1.5, 0.55),
            (1.8, 0.44),
            (2.2, 0.26),
            (3.15, 0.15),
        ),
        0.064,
        0.018,
    ),
    "bun": Style(
        (
            (0, 0.86),
            (0.5, 0.82),
            (0.85, 0.70),
            (1.15, 0.52),
            (1.3, 0.52),
            (1.5, 0.55),
            (1.9, 0.42),
            (2.4, 0.28),
            (3.15, 0.20),
        ),
        0.038,
        0.004,
    ),
    "pony": Style(
        (
            (0, 0.78),
            (0.5, 0.75),
            (0.85, 0.67),
            (1.15, 0.48),
            (1.3, 0.50),
            (1.5, 0.55),
            (1.9, 0.42),
            (2.4, 0.28),
            (3.15, 0.20),
        ),
        0.048,
        0.022,
    ),
    "long": Style(
        ((0, 0.88), (0.35, 0.84), (0.75, 0.70), (1.0, 0.46), (1.15, 0.10), (1.4, -0.30), (2.0, -0.50), (3.15, -0.55)),
        0.055,
        0.010,
    ),
    "bob": Style(
        ((0, 0.745), (0.45, 0.71), (0.8, 0.64), (1.02, 0.40), (1.2, 0.08), (1.6, -0.02), (2.2, 0.02), (3.15, 0.04)),
        0.075,
        0.022,
    ),
    "curly": Style(
        ((0, 0.80), (0.5, 0.78), (0.85, 0.70), (1.1, 0.60), (1.3, 0.52), (1.7, 0.38), (2.2, 0.18), (3.15, 0.05)),
        0.145,
        0.030,
    ),
    "bald": Style(
        ((0, 0.74), (1.18, 0.74), (1.28, 0.58), (1.38, 0.50), (1.52, 0.55), (1.9, 0.42), (2.4, 0.28), (3.15, 0.20)),
        0.030,
        0.004,
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Shell:
    """The hair on the page: `grid` (levels, columns, 2), which cells face the camera, and the outline of those."""

    grid: Array
    angles: Array
    seen: Array
    outline: BaseGeometry


def hair_parts(form: HeadForm, head: BaseGeometry, depth: float, trunk_depth: float) -> tuple[list[Part], BaseGeometry]:
    """The hair's parts round a head painted at `depth`, and the outline of the hair before the face (for its shadow)."""
    style = form.person.hair_style
    if style not in STYLES:
        return [], EMPTY
    points, angles = _grid(form, style)
    if style != "bald":
        crown = np.broadcast_to(points[-1].mean(0), (1, *points.shape[1:]))
        points = np.concatenate([points, crown])
    shell = _shell(form, points, angles, style, head)
    colour = form.person.hair
    parts: list[Part] = []
    stature_depth = form.height * 0.12
    if style in FALLING and form.ahead > -0.35:
        hidden = hull_chain(shell.grid[:, np.abs(angles) > 0.9])
        behind = trunk_depth + 0.06 * form.person.stature if form.ahead > 0.25 else depth + 0.02
        shade = form.sheet.shade(colour, 0.8)
        parts.append(Part(behind, rounded(hidden, form.units * 0.02), shade, Kind.HAIR, shade=0.2, weight=0.8))
    tail = _tail(form, style)
    if tail is not None:
        if form.ahead > 0:
            tail_depth = trunk_depth + 0.03 * form.person.stature if style == "pony" else depth + stature_depth
        else:
            tail_depth = depth - 0.02
        parts.append(Part(tail_depth, tail, colour, Kind.HAIR, shade=0.3, weight=0.8))
    if not shell.outline.is_empty:
        finish = _strands(form, shell, style)
        parts.append(Part(depth - 0.008, shell.outline, colour, Kind.HAIR, shade=0.20, weight=0.62, finish=finish))
    return parts, shell.outline


def _grid(form: HeadForm, style: str) -> tuple[Array, Array]:
    """Points (levels, columns, 3) of the hair's surface from hairline to crown, and the columns' angles."""
    shape = STYLES[style]
    fine = form.units > COARSE_UNITS
    angles = np.linspace(-math.pi, math.pi, COLUMNS if fine else COLUMNS // 2 + 1)
    knots = np.array(shape.hairline)
    line = np.interp(np.abs(angles), knots[:, 0], knots[:, 1])
    line += shape.wave * (np.abs(np.sin(angles * 5.3 + 0.8)) + 0.6 * np.sin(angles * 9.1) - 0.5)
    if form.person.old and not form.person.feminine:
        line += 0.035 * np.exp(-((angles / 0.9) ** 2))
    if style == "side":
        line -= 0.05 * np.clip(np.sin(angles * 1.4 + 0.9), 0, 1) * (np.abs(angles) < 1)
    band = np.clip(FRINGE - line, 0.0, 0.24)
    share = 1 - (1 - np.linspace(0, 1, LEVELS if fine else LEVELS * 2 // 3)[:, None]) ** 1.55
    heights = line + share * (band if style == "bald" else 1.0 - line)
    lift = 1 + 0.35 * (style in ("side", "short")) * np.cos(angles) * (heights > 0.7)
    out = shape.thickness * np.clip(share * 3.2, 0.25, 1) * lift
    if style == "bald":
        out = shape.thickness * np.sin(np.pi * np.clip(share, 0.12, 0.9)) * np.clip(band / 0.1, 0, 1)
    if style not in FALLING:
        return form.surface(angles[None, :], heights, out), angles
    held = np.maximum(heights, 0.42)
    points = form.surface(angles[None, :], held, out + (0.02 if style == "bob" else 0.0))
    fall = (heights - held)[..., None]
    hang = form.up * 0.35 + np.array([0.0, 0.65, 0.0])
    back = np.clip(0.42 - heights, 0, 1)[..., None]
    return points + hang * fall * form.height - form.forward * back * 0.06 * form.height, angles


def _shell(form: HeadForm, points: Array, angles: Array, style: str, head: BaseGeometry) -> Shell:
    """The hair as seen: the cells of its surface that face the camera, joined and rounded."""
    levels, columns = points.shape[:2]
    page = form.page(points).reshape(levels, columns, 2)
    corners = np.stack([page[:-1, :-1], page[:-1, 1:], page[1:, 1:], page[1:, :-1]], 2)
    x, y = corners[..., 0], corners[..., 1]
    area = (x * np.roll(y, -1, 2) - np.roll(x, -1, 2) * y).sum(2) / 2
    # Columns run to the person's left: seen from outside, a cell's corners go round one way only.
    seen = area < -1e-3
    cells = corners[seen]
    if not len(cells):
        return Shell(page, angles, seen, EMPTY)
    shapes = shapely.buffer(shapely.polygons(cells), 0.3, quad_segs=1, join_style="mitre")
    outline = shapely.union_all(shapes)
    if style == "curly":
        outline = _bumpy(form, outline, head)
    soft = form.units
    outline = (
        outline.buffer(soft * 0.030, quad_segs=5).buffer(-soft * 0.055, quad_segs=5).buffer(soft * 0.027, quad_segs=5)
    )
    # A lock seen from its edge leaves specks beside the head.
    specks = 0.004 * form.units**2
    kept = [piece for piece in getattr(outline, "geoms", [outline]) if piece.area > specks]
    return Shell(page, angles, seen, shapely.union_all(kept) if kept else EMPTY)


def _bumpy(form: HeadForm, outline: BaseGeometry, head: BaseGeometry) -> BaseGeometry:
    """Curls round the edge of the hair, none over the middle of the face."""
    edge = max(rings(outline), key=len)
    ring = shapely.linearrings(edge)
    count = 36 if form.units > COARSE_UNITS else 26
    inner = head.buffer(form.units * 0.01, quad_segs=3)
    forehead = float(form.page(form.at(0, 0.80, float(form.front(0.80))))[0, 1])
    at = shapely.line_interpolate_point(ring, np.linspace(0, 1, count, endpoint=False), normalized=True)
    spots = shapely.get_coordinates(at)
    outside = ~shapely.contains(inner, at) | (spots[:, 1] < forehead) | (form.ahead < 0.2)
    radii = form.units * (2.0 / count) * (0.8 + 0.4 * ((np.arange(count) * 7) % 5) / 5)
    curls = shapely.buffer(at[outside], radii[outside], quad_segs=4)
    return shapely.union_all([outline, *curls])


def _tail(form: HeadForm, style: str) -> BaseGeometry | None:
    if style == "bun":
        return tube(
            form.sheet, form.at([0, 0], [0.93, 0.95], [-0.38, -0.42]), np.array([0.165, 0.160]) * form.height, 18
        )
    if style == "pony":
        points = form.at([0, 0, 0.02, 0.05, 0.07], [0.78, 0.74, 0.45, 0.10, -0.15], [-0.46, -0.64, -0.72, -0.64, -0.60])
        return tube(form.sheet, points, np.array([0.06, 0.105, 0.115, 0.085, 0.02]) * form.height, 14, 14)
    return None


def _strands(form: HeadForm, shell: Shell, style: str) -> Callable[[], None]:
    colour = form.person.hair

    def draw() -> None:
        if form.units < 40:
            return
        _shine(form, shell.outline, colour)
        if style == "curly":
            _curls(form, shell.outline, colour)
        else:
            _combed(form, shell, colour)

    return draw


def _shine(form: HeadForm, outline: BaseGeometry, colour: Colour) -> None:
    """A light edge on the side of the light."""
    unit = form.units
    light = form.sheet.light
    toward = -1.0 if light[0] > 0 else 1.0
    lit = outline.difference(affinity.translate(outline, -toward * unit * 0.03, unit * 0.05))
    lit = lit.intersection(affinity.translate(outline, -toward * unit * 0.02, 0))
    red, green, blue = (min(c * 1.25 + 26, 255.0) for c in colour)
    form.sheet.fill(lit.buffer(-unit * 0.012, quad_segs=2).buffer(unit * 0.008, quad_segs=2), (red, green, blue), 140)


def _curls(form: HeadForm, outline: BaseGeometry, colour: Colour) -> None:
    """Small open rings here and there in curly hair."""
    left, top, right, bottom = outline.bounds
    inner = outline.buffer(-form.units * 0.05, quad_segs=4)
    if inner.is_empty or form.units < 60:
        return
    rng = np.random.default_rng(11)
    arc = np.linspace(0.3, 3.6, 7)
    red, green, blue = (min(c * 1.5 + 18, 255.0) for c in colour)
    for x, y, turn in rng.uniform(0, 1, (30, 3)):
        centre = np.array([left + (right - left) * x, top + (bottom - top) * y])
        if inner.contains(Point(*centre)):
            curl = np.stack([np.cos(arc + turn * 6), np.sin(arc + turn * 6)], 1) * form.units * 0.032
            form.sheet.ink(
                centre + curl, max(0.8, form.units * 0.0075), colour=(red, green, blue), alpha=150, taper=0.1
            )


def _combed(form: HeadForm, shell: Shell, colour: Colour) -> None:
    """Strands along the columns of the hair, every other one broken."""
    width = min(max(form.units * 0.0125, 0.9), 3.6)
    dark = form.sheet.shade(colour, 0.42)
    step = 2 if form.units > 110 else 4
    for place, column in enumerate(range(2, shell.grid.shape[1] - 1, step)):
        visible = np.nonzero(shell.seen[:, min(column, shell.seen.shape[1] - 1)])[0]
        if len(visible) < 4:
            continue
        line = shell.grid[visible[0] + (column * 5) % 3 : visible[-1] + 1 - column % 3, column]
        line = line[2 if place % 3 else 0 :]
        if len(line) > 2:
            share = 0.45 if place % 2 else 0.65
            form.sheet.ink(smoothed(line, 1, False), width * share, colour=dark, alpha=165, taper=0.05, jitter=0.4)
