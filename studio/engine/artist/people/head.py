"""The head as a solid that turns: its surface, its outline, neck, ears and hat. Face marks are in `face.py`, hair in `hair.py`."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import ArrayLike
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from studio.engine.artist.geometry import hull_chain, polygon, rounded, smoothed
from studio.engine.artist.people.look import Person
from studio.engine.artist.people.parts import Kind, Part
from studio.engine.artist.people.skeleton import Skeleton
from studio.engine.artist.people.sweep import EMPTY, Array, circle_of, depth_of, eased, hull_of, loft, on_page, tube

if TYPE_CHECKING:
    from studio.engine.artist.sheet import Sheet

# Height (0 chin, 1 crown), half width, front and back, in head heights.
PROFILE = np.array(
    [
        (-0.022, 0.045, 0.350, 0.260),
        (0.000, 0.094, 0.390, 0.200),
        (0.030, 0.143, 0.410, 0.120),
        (0.070, 0.188, 0.415, 0.040),
        (0.120, 0.227, 0.408, -0.035),
        (0.180, 0.262, 0.398, -0.105),
        (0.250, 0.292, 0.390, -0.210),
        (0.330, 0.316, 0.382, -0.300),
        (0.420, 0.334, 0.366, -0.390),
        (0.500, 0.343, 0.352, -0.440),
        (0.580, 0.350, 0.372, -0.475),
        (0.660, 0.354, 0.376, -0.500),
        (0.740, 0.348, 0.362, -0.505),
        (0.820, 0.322, 0.325, -0.465),
        (0.890, 0.270, 0.255, -0.395),
        (0.950, 0.188, 0.165, -0.285),
        (0.985, 0.105, 0.080, -0.180),
        (1.000, 0.030, 0.020, -0.100),
    ]
)
_SMOOTH = eased(PROFILE, 69)
RINGS = 30
AROUND = 30
Detail = Callable[[BaseGeometry], None]


@dataclass(frozen=True, slots=True, eq=False)
class HeadForm:
    """One head in space. `origin` is level with the chin, over the neck; axes are unit; `height` metres from chin to crown.

    `units` is the head's height on the page; `ahead` is 1 when it faces the camera and -1 from behind; `lines` holds the
    heights of (eyes, brows, nose base, mouth) in head heights; `profile` (n, 4) is PROFILE shaped to this person.
    """

    sheet: Sheet
    person: Person
    origin: Array
    side: Array
    up: Array
    forward: Array
    height: float
    units: float
    ahead: float
    lines: tuple[float, float, float, float]
    profile: Array

    def at(self, x: ArrayLike, v: ArrayLike, z: ArrayLike) -> Array:
        """Points at (left, up, forward) in head heights."""
        x, v, z = np.broadcast_arrays(np.asarray(x, float), np.asarray(v, float), np.asarray(z, float))
        offset = self.side * x[..., None] + self.up * v[..., None] + self.forward * z[..., None]
        return self.origin + offset * self.height

    def front(self, v: ArrayLike) -> Array:
        """How far the face stands forward at heights `v`."""
        return np.interp(np.asarray(v, float), self.profile[:, 0], self.profile[:, 2])

    def surface(self, angle: ArrayLike, v: ArrayLike, out: ArrayLike = 0.0) -> Array:
        """Points on the skin: `angle` 0 in front, positive to the left; `out` stands off it, in head heights."""
        angle, v, out = np.broadcast_arrays(np.asarray(angle, float), np.asarray(v, float), np.asarray(out, float))
        width, front, back = (np.interp(v, self.profile[:, 0], self.profile[:, i]) for i in (1, 2, 3))
        middle = (front + back) / 2 * np.clip(1 - v / 0.35, 0, 1)
        cosine, sine = np.cos(angle), np.sin(angle)
        ahead = middle + np.where(
            cosine > 0, (front + out - middle) * np.abs(cosine) ** 0.88, (middle - back + out) * cosine
        )
        aside = np.sign(sine) * np.abs(sine) ** 0.92 * (width + out)
        return self.at(aside, v + out * np.clip((v - 0.6) * 2.2, 0, 1), ahead)

    def face(self, x: ArrayLike, v: ArrayLike, out: float = 0.0) -> Array:
        """Points on the face by how far left `x` and how high `v` they are."""
        x, v = np.broadcast_arrays(np.asarray(x, float), np.asarray(v, float))
        width = np.interp(v, self.profile[:, 0], self.profile[:, 1])
        angle = np.arcsin(np.clip(np.abs(x) / width, 0, 0.98) ** (1 / 0.92)) * np.sign(x)
        return self.surface(angle, v, out)

    def page(self, points: Array) -> Array:
        """Points (..., 3) on the page (n, 2)."""
        return on_page(self.sheet, points.reshape(-1, 3))

    def towards(self, normal: Array, v: float = 0.5) -> float:
        """How squarely a direction of the head looks at the camera, -1..1."""
        point = self.origin + self.up * v * self.height
        away = self.sheet.camera.position - point
        return float(away @ normal) / max(float(np.linalg.norm(away)) * float(np.linalg.norm(normal)), 1e-9)


def head_form(sheet: Sheet, skeleton: Skeleton) -> HeadForm:
    """The head of a posed person as this camera sees it."""
    person = skeleton.person
    height = skeleton.head_height
    origin = skeleton.chin
    middle = origin + skeleton.head.up * 0.5 * height
    away = sheet.camera.position - middle
    ahead = float(away @ skeleton.head.forward) / max(float(np.linalg.norm(away)), 1e-9)
    drop = 0.045 if person.child else 0.0
    eyes = 0.468 - drop + 0.008 * person.eyes
    lines = (
        eyes,
        eyes + 0.106 + 0.010 * person.brow - drop * 0.2,
        0.298 - drop * 0.6 - 0.012 * person.nose,
        0.186 - drop * 0.3,
    )
    units = height * sheet.camera.scale / max(depth_of(sheet, middle), 0.15)
    return HeadForm(
        sheet,
        person,
        origin,
        skeleton.head.side,
        skeleton.head.up,
        skeleton.head.forward,
        height,
        units,
        ahead,
        lines,
        _profile(person),
    )


def _profile(person: Person) -> Array:
    """The head's solid shaped by jaw, chin and width of the person."""
    rows = _SMOOTH.copy()
    v = rows[:, 0]
    low = np.clip((0.40 - v) / 0.28, 0, 1)
    chin = np.clip((0.14 - v) / 0.14, 0, 1)
    jaw = 0.045 * person.jaw + (-0.045 if person.feminine else 0.02)
    if person.child:
        rows[:, 1] *= 1 + 0.05 * np.exp(-(((v - 0.26) / 0.14) ** 2))
        rows[:, 2] -= 0.02 * chin
        jaw = -0.02
    rows[:, 1] *= 1 + jaw * low - (0.13 if person.feminine else 0.0) * chin
    rows[:, 1] *= 1 + 0.025 * person.width
    rows[:, 2] += chin * (0.014 * person.jaw - (0.008 if person.feminine else 0.0))
    return rows


def head_outline(form: HeadForm) -> BaseGeometry:
    """Skull, nose and lips as one outline."""
    index = np.linspace(0, len(form.profile) - 1, RINGS).round().astype(int)
    heights = form.profile[index, 0]
    turn = np.linspace(-math.pi, math.pi, AROUND)
    skull = loft(form.sheet, form.surface(turn[None, :], heights[:, None]))
    if skull.is_empty:
        return EMPTY
    pieces = [skull]
    if form.ahead > -0.6:
        pieces += [_nose_outline(form), _lips_outline(form)]
    return rounded(shapely.union_all(pieces), form.units * 0.016)


def nose_tip(form: HeadForm) -> tuple[float, float]:
    """Height and forward place of the tip of the nose."""
    base = form.lines[2]
    length = (
        (0.075 if form.person.child else 0.094) + 0.016 * form.person.nose - (0.008 if form.person.feminine else 0.0)
    )
    return base + (0.046 if form.person.feminine or form.person.child else 0.036), 0.385 + length


def _nose_outline(form: HeadForm) -> BaseGeometry:
    eyes, _, base, _ = form.lines
    tip_v, tip_z = nose_tip(form)
    bridge = float(form.front(eyes + 0.03))
    x = [0, 0.012, 0.046, 0, -0.012, -0.046, 0]
    v = [eyes + 0.03, tip_v + 0.006, base + 0.014, base - 0.004, tip_v + 0.006, base + 0.014, tip_v]
    z = [bridge, tip_z - 0.004, 0.400, 0.405, tip_z - 0.004, 0.400, tip_z]
    ring = form.page(form.at(x, v, z))
    return hull_of(ring)


def _lips_outline(form: HeadForm) -> BaseGeometry:
    mouth = form.lines[3]
    ends = form.at([0, 0], [mouth + 0.018, mouth - 0.036], [0.396, 0.390])
    return tube(form.sheet, ends, np.full(2, 0.024 * form.height), 8)


def neck_part(sheet: Sheet, skeleton: Skeleton, form: HeadForm, depth: float) -> Part:
    """The neck, from between the collar bones up under the jaw."""
    person = skeleton.person
    stature = skeleton.stature
    slim = 0.74 if person.feminine else 0.68 if person.child else 0.98 * (0.6 + 0.4 * person.build)
    root = skeleton.neck - skeleton.chest_up * 0.030 * stature
    middle = skeleton.neck * 0.45 + skeleton.head.pivot * 0.55
    top = skeleton.head.pivot + form.up * 0.14 * form.height - form.forward * 0.035 * form.height
    shape = tube(sheet, [root, middle, top], np.array([0.039, 0.0315, 0.0325]) * slim * stature, 14, 6)
    return Part(depth + 0.02 * stature, shape, person.skin, Kind.NECK, shade=0.38, weight=0.6, cast=form.units * 0.17)


def ear_parts(form: HeadForm, depth: float) -> list[Part]:
    """The ears that can be seen, behind or before the head's outline."""
    parts: list[Part] = []
    eyes, _, base, _ = form.lines
    middle, half = (eyes + base) / 2 + 0.045, 0.108
    width = float(np.interp(middle, form.profile[:, 0], form.profile[:, 1]))
    turn = circle_of(16)
    for sign in (-1.0, 1.0):
        if form.towards(form.side * sign + form.forward * 0.25, 0.4) < -0.25:
            continue
        stand = width - 0.004 + 0.052 * np.clip(-np.cos(turn), 0, 1)
        ring = form.at(
            sign * stand, middle + half * np.sin(turn), -0.045 + 0.058 * np.cos(turn) * (1 + 0.3 * np.sin(turn))
        )
        near = form.towards(form.side * sign, 0.4) > 0.10
        part = Part(depth + (-0.004 if near else 0.010), polygon(form.page(ring)), form.person.skin, Kind.EAR, 0.3, 0.5)
        if near and form.units > 90:
            part.finish = _ear_fold(form, sign, width, middle)
        parts.append(part)
    return parts


def _ear_fold(form: HeadForm, sign: float, width: float, middle: float) -> Callable[[], None]:
    def draw() -> None:
        turn = np.linspace(0.5, 4.2, 9)
        ring = form.at(
            sign * (width + 0.030 * np.clip(-np.cos(turn), 0, 1) + 0.004),
            middle + 0.01 + 0.066 * np.sin(turn),
            -0.045 + 0.030 * np.cos(turn),
        )
        form.sheet.ink(form.page(ring), max(0.8, form.units * 0.006), alpha=150, taper=0.2, jitter=0.2)

    return draw


def hat_parts(form: HeadForm, head: BaseGeometry, depth: float) -> list[Part]:
    """A felt hat: crown with its band, brim before or behind it, and the brim's shadow on the face."""
    turn = circle_of(30)
    sine, cosine = np.sin(turn), np.cos(turn)
    level = 0.765
    brim = form.page(form.at(sine * 0.60, level + 0.035 * sine**2 - 0.02 * cosine, cosine * 0.68 - 0.04))
    brim_shape = hull_of(smoothed(brim, 1)).buffer(form.units * 0.014)

    def ring(v: float, across: float, along: float, dent: float = 0.0) -> Array:
        return form.page(form.at(sine * across, v + dent * (np.abs(sine) - 0.5), cosine * along - 0.04))

    top = [ring(level + 0.10, 0.391, 0.458), ring(1.04, 0.340, 0.405, 0.05), ring(1.12, 0.245, 0.32, 0.06)]
    crown = rounded(hull_chain(np.array([ring(level, 0.395, 0.465), *top])), form.units * 0.05)
    band = hull_chain(np.array([ring(level + 0.012, 0.398, 0.468), top[0]])).difference(hull_chain(np.array(top)))
    from_below = form.towards(form.up, 0.9) < -0.14
    colour = form.person.hat_colour
    sheet = form.sheet

    def shade_face(_: BaseGeometry) -> None:
        light = sheet.light
        fallen = affinity.translate(brim_shape, float(light[0]) * form.units * 0.05, form.units * 0.10)
        sheet.fill(fallen.intersection(head).difference(brim_shape), (36, 26, 44), 82)

    def draw_band(shape: BaseGeometry) -> None:
        sheet.fill(band.intersection(shape), sheet.shade(colour, 0.5))

    if from_below:
        # The underside shows, and the head below it hides its far half; the crown stands behind the brim.
        heights = np.linspace(0.05, level, 8)
        around = circle_of(20)
        lower = loft(sheet, form.surface(around[None, :], heights[:, None], 0.03))
        crown = crown.difference(brim_shape).difference(lower)
        brim_shape = brim_shape.difference(lower)
    tone = sheet.shade(colour, 0.82) if from_below else colour
    brim_part = Part(depth - 0.012, brim_shape, tone, Kind.HAT, 0.0 if from_below else 0.12, 0.8)
    crown_part = Part(depth - 0.022, crown, colour, Kind.HAT, 0.3, 0.8, detail=draw_band)
    first = brim_part
    if form.ahead > -0.2:
        first.detail = _both(shade_face, first.detail)
    return [brim_part, crown_part]


def _both(before: Detail, after: Detail | None) -> Detail:
    """One detail painted before another."""

    def draw(shape: BaseGeometry) -> None:
        before(shape)
        if after is not None:
            after(shape)

    return draw
