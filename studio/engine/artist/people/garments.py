"""Clothes over the body: coat tails and skirts, collars, lapels, ties, buttons, necklines and folds. Limbs are in `body.py`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import ArrayLike
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from studio.engine.artist.geometry import polygon, rounded, smoothed
from studio.engine.artist.people.body import Build, trunk, trunk_points
from studio.engine.artist.people.parts import Colour, Kind, Melt, Part
from studio.engine.artist.people.skeleton import Skeleton
from studio.engine.artist.people.sweep import EMPTY, UP, Array, circle_of, depth_of, hull_of, on_page, scale_at, unit

if TYPE_CHECKING:
    from studio.engine.artist.sheet import Sheet

HEM = {"coat": 0.66, "dress": 0.82, "skirt": 0.80}
LOWEST = {"coat": -0.045, "jacket": -0.055, "tshirt": -0.040, "dress": -0.045, "skirt": 0.055}
COLLARED = ("jacket", "coat")
BUTTON: Colour = (40, 38, 44)
EDGE = 1.52
_TAILS = (np.r_[0:32], np.r_[0:16, 32:48])


def trunk_parts(sheet: Sheet, build: Build, legs: list[Part]) -> list[Part]:
    """The clothed trunk with its neckline and, where worn, the skirt or the coat's tails."""
    skeleton = build.skeleton
    person = build.person
    garment = person.garment
    shape = trunk(sheet, build, LOWEST[garment], 0.316 if garment in COLLARED else 0.302)
    parts: list[Part] = []
    if garment in HEM:
        raised = _thigh_raised(skeleton)
        skirt = _skirt(sheet, build, HEM[garment])
        if garment == "skirt":
            depth = _over_legs(build, legs) if raised else build.depth + 0.006
            parts.append(
                Part(depth, skirt, person.bottom, Kind.SKIRT, shade=0.25, weight=0.9, folds=_pleats(sheet, build))
            )
        elif raised:
            melt = _melt(sheet, skeleton.pelvis + UP * 0.02 * skeleton.stature, 0.09 * skeleton.stature)
            parts.append(
                Part(_over_legs(build, legs), skirt, person.top, Kind.SKIRT, 0.25, 0.9, (melt,), _pleats(sheet, build))
            )
        else:
            shape = shapely.union_all([shape, skirt])
    neck_radius = 0.040 if person.feminine else 0.048
    melt = _melt(sheet, skeleton.spine(0.345)[0][0], neck_radius * skeleton.stature)
    parts.append(
        Part(
            build.depth,
            shape,
            person.top,
            Kind.TRUNK,
            shade=0.28,
            weight=0.9,
            melts=(melt,),
            detail=_details(sheet, build),
        )
    )
    return parts


def _thigh_raised(skeleton: Skeleton) -> bool:
    """Whether a thigh is lifted forward, so that cloth lies over it instead of hanging."""
    thighs = skeleton.knees - skeleton.hips
    return bool((thighs[:, 1] > -0.17 * skeleton.stature).any())


def _over_legs(build: Build, legs: list[Part]) -> float:
    """Just before the nearest leg: a skirt lies over the thighs."""
    thighs = [part.depth for part in legs if part.kind is Kind.LEG]
    return min([*thighs, build.depth + 0.002]) - 0.008


def _melt(sheet: Sheet, point: Array, radius: float) -> Melt:
    x, y = on_page(sheet, point)[0]
    return Melt((float(x), float(y)), radius * scale_at(sheet, point))


def _skirt(sheet: Sheet, build: Build, length: float) -> BaseGeometry:
    """The cloth hanging from the waist round both thighs."""
    skeleton = build.skeleton
    person = build.person
    stature = skeleton.stature
    turn = circle_of(16)
    waist = trunk_points(
        build, np.full(16, 0.06 if person.garment == "skirt" or _thigh_raised(skeleton) else 0.012), turn, build.cloth
    )
    side = skeleton.hip_side
    flare = 0.058 if person.garment == "coat" else 0.064
    if person.child:
        flare += 0.012
    rings = [np.concatenate([waist[::2], trunk_points(build, np.full(8, -0.035), turn[::2], build.cloth + 0.003)])]
    for index in (0, 1):
        hem = skeleton.hips[index] * (1 - length) + skeleton.knees[index] * length
        along = unit(skeleton.knees[index] - skeleton.hips[index])
        through = unit(np.cross(side, along))
        ring = side * ((flare + 0.010) * np.sin(turn))[:, None] + through * (flare * np.cos(turn))[:, None]
        rings.append(hem + ring * stature)
    page, depth = sheet.camera.projected(np.concatenate(rings))
    if float(depth.min()) < 0.15:
        return EMPTY
    shape = hull_of(page)
    if person.garment == "coat":
        # A coat is open in front: each tail follows its own thigh.
        tails = [hull_of(page[picked]) for picked in _TAILS]
        shape = shapely.union_all(tails)
    return rounded(shape, 0.004 * build.scale)


def _pleats(sheet: Sheet, build: Build) -> list[Array]:
    """Folds running down a skirt or a coat's tails, as page lines."""
    if build.scale < 170:
        return []
    skeleton = build.skeleton
    ahead = float((sheet.camera.position - skeleton.pelvis) @ skeleton.forward) > 0
    out = skeleton.forward * (0.055 if ahead else -0.055) * skeleton.stature
    lines: list[Array] = []
    for share, length in ((-0.45, 0.72), (0.2, 0.78), (0.55, 0.62)):
        hip = skeleton.hips[0] * (0.5 - share * 0.5) + skeleton.hips[1] * (0.5 + share * 0.5)
        knee = skeleton.knees[0] * (0.5 - share * 0.6) + skeleton.knees[1] * (0.5 + share * 0.6)
        start = hip * 0.78 + knee * 0.22 + out
        end = hip * (1 - length) + knee * length + out
        lines.append(on_page(sheet, [start, (start + end) / 2 + skeleton.left * 0.004, end]))
    return lines


class _Cloth:
    """Draws on the trunk's surface: points by (height over the pelvis, angle from the front), kept inside the trunk's outline."""

    def __init__(self, sheet: Sheet, build: Build, base: BaseGeometry) -> None:
        self.sheet = sheet
        self.build = build
        self.base = base
        self.pen = min(max(build.scale * 0.0036, 0.9), 3.2)
        self.off = build.cloth + 0.004
        skeleton = build.skeleton
        away = sheet.camera.position - skeleton.spine(0.22)[0][0]
        self.bearing = math.atan2(float(away @ skeleton.chest_side), float(away @ skeleton.chest_forward))

    def page(self, marks: ArrayLike, off: float | None = None, around: bool = False) -> Array:
        """Page points of marks (n, 2): height, angle; those on the far side slide to the edge unless `around`."""
        at = np.asarray(marks, float)
        angles = at[:, 1]
        if not around:
            aside = np.mod(angles - self.bearing + np.pi, 2 * np.pi) - np.pi
            angles = self.bearing + np.clip(aside, -EDGE, EDGE)
        return on_page(self.sheet, trunk_points(self.build, at[:, 0], angles, self.off if off is None else off))

    def patch(self, ring: Array, colour: Colour, outline: float = 0.0) -> BaseGeometry:
        shape = polygon(ring).intersection(self.base)
        if not shape.is_empty:
            self.sheet.fill(shape, colour)
            if outline:
                self.sheet.outline(shape, self.pen * outline)
        return shape

    def opening(self, heights: tuple[float, float, float], tone: float) -> None:
        """A neckline at heights in front, beside the throat and round the nape, with the skin in it."""
        angles = np.linspace(-np.pi, np.pi, 37)
        level = np.interp(np.abs(angles), [0.0, 0.45, 1.2, np.pi], [heights[0], *heights[1:], heights[2]])
        edge = smoothed(self.page(np.column_stack([level, angles])[:-1], 0.002, True), 1)
        skin = self.build.person.skin
        colour = skin if tone == 1.0 else self.sheet.shade(skin, tone)
        sides = np.abs(angles) > 1.0
        nape = np.vstack([np.column_stack([level, angles])[sides], np.column_stack([np.full(37, 0.345), angles])])
        throat = hull_of(self.page(nape, 0.002, True))
        hole = shapely.union(polygon(edge), throat).intersection(self.base.buffer(self.pen, quad_segs=3))
        self.sheet.fill(hole, colour)
        front = np.abs(angles) < 1.6
        rim = self.page(np.column_stack([level, angles])[front], 0.002)
        self.sheet.ink(smoothed(rim, 1, False), self.pen * 0.85)

    def line(self, marks: ArrayLike, weight: float, alpha: float, taper: float = 0.2, soft: bool = True) -> None:
        line = self.page(marks)
        self.sheet.ink(smoothed(line, 2, False) if soft else line, self.pen * weight, alpha=alpha, taper=taper)


def _details(sheet: Sheet, build: Build) -> Callable[[BaseGeometry], None]:
    """What is drawn on the cloth of the trunk, by garment and by which side the camera sees."""

    def draw(base: BaseGeometry) -> None:
        skeleton = build.skeleton
        if build.scale < 90 or depth_of(sheet, skeleton.spine(0.2)[0][0]) < 0.35:
            return
        away = sheet.camera.position - skeleton.spine(0.22)[0][0]
        ahead = float(away @ skeleton.chest_forward) / max(float(np.linalg.norm(away)), 1e-9)
        cloth = _Cloth(sheet, build, base)
        garment = build.person.garment
        if ahead > -0.12:
            if garment in COLLARED:
                _suit(cloth)
            elif garment == "dress":
                _dress_neck(cloth)
            else:
                _round_neck(cloth)
        else:
            _back(cloth)
        _folds(cloth, ahead > -0.12)
        if garment in ("coat", "dress"):
            _belt(cloth, ahead > -0.12)
            if not _thigh_raised(skeleton):
                for line in _pleats(sheet, build):
                    sheet.ink(line, cloth.pen * 0.55, alpha=125, taper=0.1)

    return draw


def _suit(cloth: _Cloth) -> None:
    """Shirt, collar, tie, lapels, buttons and pockets of a jacket or coat."""
    person = cloth.build.person
    sheet = cloth.sheet
    close = 0.125 if person.garment == "jacket" else 0.165
    left = cloth.page([(0.312, -1.0), (0.272, -0.40), (close, 0.02)])
    right = cloth.page([(0.312, 1.0), (0.272, 0.40), (close, 0.02)])
    shirt = cloth.patch(np.vstack([left, right[::-1]]), person.shirt)
    cloth.opening((0.278, 0.296, 0.314), 1.0)
    for sign in (-1.0, 1.0):
        inner = [(0.330, sign * 1.35), (0.305, sign * 0.75), (0.279, sign * 0.02)]
        outer = [(0.250, sign * 0.30), (0.275, sign * 0.72), (0.312, sign * 1.45)]
        wing = polygon(cloth.page(inner + outer, cloth.off - 0.006)).intersection(
            cloth.base.buffer(cloth.pen, quad_segs=3)
        )
        sheet.fill(wing, person.shirt)
        sheet.outline(wing, cloth.pen * 0.6)
    if person.tie is not None:
        knot = [(0.292, -0.11), (0.292, 0.11), (0.270, 0.06)]
        tail = [(close + 0.035, 0.13), (close + 0.006, 0.02), (close + 0.035, -0.11), (0.270, -0.06)]
        tie = polygon(cloth.page(knot + tail)).intersection(shirt.buffer(0.5, quad_segs=2))
        sheet.fill(tie, person.tie)
        sheet.outline(tie, cloth.pen * 0.55, alpha=200)
    for edge, sign in ((left, -1.0), (right, 1.0)):
        notch = [(0.295, sign * 0.66), (0.254, sign * 0.80), (0.243, sign * 0.60), (0.195, sign * 0.40)]
        ring = np.vstack([edge[:1], cloth.page(notch), edge[2:], edge[1:2]])
        cloth.patch(ring, sheet.shade(person.top, 1.10 if sign < 0 else 0.94), 0.75)
    cloth.line([(close, 0.02), (0.05, 0.03), (-0.045, 0.03)], 0.8, 215, 0.6, soft=False)
    buttons = cloth.page([(close - 0.030, 0.08), (close - 0.085, 0.08)])
    for spot in buttons:
        sheet.fill(Point(*spot).buffer(cloth.build.scale * 0.0042, quad_segs=4), BUTTON)
    for sign in (-1.0, 1.0):
        cloth.line([(0.030, sign * 0.45), (0.036, sign * 0.95)], 0.7, 185, 0.6, soft=False)


def _round_neck(cloth: _Cloth) -> None:
    cloth.opening((0.284, 0.294, 0.304), 1.0)
    angles = np.linspace(-1.5, 1.5, 13)
    cloth.sheet.ink(
        cloth.page(np.column_stack([0.2965 - 0.020 * np.cos(angles), angles]), 0.004),
        cloth.pen * 0.4,
        alpha=110,
        taper=0.2,
    )
    if cloth.build.person.garment == "tshirt":
        cloth.line(np.column_stack([np.full(9, -0.026), np.linspace(-1.2, 1.2, 9)]), 0.5, 115)


def _dress_neck(cloth: _Cloth) -> None:
    cloth.opening((0.236, 0.260, 0.302), 1.0)
    for sign in (-1.0, 1.0):
        cloth.line([(0.288, sign * 0.14), (0.292, sign * 0.42)], 0.45, 120)
        cloth.line([(0.160, sign * 0.75), (0.195, sign * 0.5), (0.200, sign * 0.3)], 0.45, 110, 0.1)


def _back(cloth: _Cloth) -> None:
    """The collar at the nape and the seam down the back."""
    person = cloth.build.person
    angles = np.linspace(np.pi - 1.35, np.pi + 1.35, 11)
    if person.garment in COLLARED:
        low = cloth.page(np.column_stack([np.full(11, 0.301), angles]), cloth.off - 0.004)
        high = cloth.page(np.column_stack([np.full(11, 0.334), angles]), 0.006)
        cloth.patch(np.vstack([low, high[::-1]]), cloth.sheet.shade(person.top, 1.08), 0.7)
        cloth.line([(0.285, np.pi), (0.16, np.pi), (0.0, np.pi)], 0.55, 130, 0.3, soft=False)
    else:
        cloth.sheet.ink(cloth.page(np.column_stack([np.full(11, 0.300), angles]), 0.004), cloth.pen * 0.7, alpha=190)
        if person.garment == "dress":
            cloth.line([(0.30, np.pi), (0.15, np.pi), (0.02, np.pi)], 0.5, 130, 0.3, soft=False)


def _belt(cloth: _Cloth, front: bool) -> None:
    around = np.linspace(-1.45, 1.45, 9) + (0.0 if front else np.pi)
    if cloth.build.person.garment == "coat":
        low = cloth.page(np.column_stack([np.full(9, 0.088), around]))
        high = cloth.page(np.column_stack([np.full(9, 0.112), around]))
        cloth.patch(np.vstack([low, high[::-1]]), cloth.sheet.shade(cloth.build.person.top, 0.86), 0.55)
    else:
        cloth.line(np.column_stack([np.full(9, 0.105), around]), 0.7, 190)


_FOLDS = (
    ((0.100, 1.00), (0.108, 0.65), (0.135, 0.35)),
    ((0.085, -1.00), (0.084, -0.72), (0.100, -0.45)),
    ((0.238, 1.08), (0.214, 0.92), (0.200, 0.78)),
    ((0.040, 0.90), (0.050, 0.70), (0.075, 0.50)),
    ((0.235, -1.08), (0.212, -0.95), (0.205, -0.82)),
)


def _folds(cloth: _Cloth, front: bool) -> None:
    turn = 0.0 if front else np.pi
    for fold in _FOLDS:
        cloth.line([(height, angle + turn) for height, angle in fold], 0.6, 140, 0.1)
