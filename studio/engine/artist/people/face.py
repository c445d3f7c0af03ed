"""The face: eyes, brows, nose and mouth laid on the head's surface, shaped by nine expressions. Hidden from behind."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from studio.engine.artist.geometry import circle, lines, polygon, smoothed
from studio.engine.artist.people.head import HeadForm, nose_tip
from studio.engine.artist.people.parts import Colour
from studio.engine.artist.people.sweep import Array
from studio.engine.artist.spec import Expression

WHITE: Colour = (247, 244, 237)
PUPIL: Colour = (22, 19, 23)
MOUTH: Colour = (78, 32, 36)
TEETH: Colour = (245, 241, 233)
MARK: Colour = (38, 30, 32)
NEAR_UNITS = 56.0
LEAST_UNITS = 12.0


@dataclass(frozen=True, slots=True)
class Mask:
    """What an expression does, in head heights or shares: brow rise at (inner, middle, outer), lids, mouth.

    `upper` scales the open eye, `lower` 0..1 lifts the lower lid; `corner` lifts the mouth's corners; `opening` parts the
    lips; `spread` scales the mouth's width.
    """

    inner: float
    middle: float
    outer: float
    upper: float
    lower: float
    corner: float
    opening: float
    spread: float
    teeth: bool = False


MASKS: dict[Expression, Mask] = {
    Expression.NEUTRAL: Mask(0.0, 0.0, 0.0, 1.0, 0.0, 0.003, 0.0, 1.0),
    Expression.HAPPY: Mask(0.014, 0.026, 0.010, 0.82, 0.50, 0.044, 0.036, 1.28, True),
    Expression.SAD: Mask(0.058, 0.012, -0.030, 0.74, 0.0, -0.034, 0.0, 0.86),
    Expression.ANGRY: Mask(-0.054, -0.018, 0.034, 0.80, 0.32, -0.028, 0.026, 1.02, True),
    Expression.AFRAID: Mask(0.064, 0.046, 0.008, 1.36, 0.0, -0.026, 0.034, 0.95),
    Expression.SURPRISED: Mask(0.048, 0.066, 0.048, 1.42, 0.0, -0.004, 0.092, 0.62),
    Expression.WORRIED: Mask(0.044, 0.010, -0.012, 0.94, 0.10, -0.018, 0.0, 0.84),
    Expression.DISGUSTED: Mask(-0.034, -0.016, 0.006, 0.62, 0.62, -0.030, 0.014, 0.94, True),
    Expression.ASLEEP: Mask(0.0, 0.004, -0.004, -0.30, 0.55, 0.002, 0.0, 0.95),
}
SPEAKING = Mask(0.010, 0.016, 0.006, 1.0, 0.0, 0.006, 0.034, 0.92, True)


@dataclass(frozen=True, slots=True, eq=False)
class _Face:
    form: HeadForm
    outline: BaseGeometry
    mask: Mask
    expression: Expression
    gaze: Array
    pen: float

    def ink(self, points: Array, weight: float = 1.0, alpha: float = 240, taper: float = 0.2) -> None:
        for line in self.visible(points):
            self.form.sheet.ink(line, self.pen * weight, alpha=alpha, taper=taper, jitter=0.2)

    def visible(self, points: Array) -> list[Array]:
        """The stretches of a line that lie on the head: near its edge the far side falls away."""
        if len(points) < 2:
            return []
        if self.form.ahead > 0.93:
            return [points]
        return lines(shapely.LineString(points).intersection(self.outline))

    def fill(self, shape: BaseGeometry, colour: Colour, alpha: float = 255) -> None:
        if not shape.is_empty:
            self.form.sheet.fill(shape, colour, alpha)

    def patch(self, points: Array, colour: Colour, alpha: float) -> None:
        """A soft flat of colour on the skin, kept inside the head."""
        self.fill(polygon(smoothed(self.form.page(points), 2)).intersection(self.outline), colour, alpha)

    def sees(self, sideways: float) -> float:
        """How squarely the cheek at `sideways` (1 is far left) looks at the camera."""
        return self.form.towards(self.form.forward + self.form.side * sideways)


def draw_face(
    form: HeadForm, outline: BaseGeometry, expression: Expression, gaze: Array, speaking: bool = False
) -> None:
    """Ink the face marks that this camera can see; nothing when the head is turned away or a dot on the page."""
    if form.ahead < -0.15 or form.units < LEAST_UNITS:
        return
    mask = SPEAKING if speaking and expression is Expression.NEUTRAL else MASKS[expression]
    face = _Face(form, outline, mask, expression, gaze, min(max(form.units * 0.0125, 0.9), 3.6))
    if form.units < NEAR_UNITS:
        _far_face(face)
        return
    _planes(face)
    for sign in (-1.0, 1.0):
        if face.sees(sign * 0.62) >= 0.16:
            _eye(face, sign)
            _brow(face, sign)
    _lines_of_feeling(face)
    _nose(face)
    if form.ahead > 0.02:
        _mouth(face)
    if form.person.beard:
        _stubble(face)


def _far_face(face: _Face) -> None:
    """Marks for a small head: two eyes, two brows, a nose line, a mouth."""
    form, mask = face.form, face.mask
    eyes, brows, base, mouth = form.lines
    units = form.units
    for sign in (-1.0, 1.0):
        if face.sees(sign * 0.55) < 0.12:
            continue
        if face.expression is Expression.ASLEEP:
            x = np.array([0.09, 0.16, 0.23]) * sign
            form.sheet.ink(form.page(form.face(x, eyes + np.array([0.0, -0.02, 0.0]), 0.01)), max(0.8, units * 0.03))
            continue
        spot = form.page(form.face(sign * 0.155 + face.gaze[0] * 0.02, eyes + 0.01, 0.01))[0]
        face.fill(Point(*spot).buffer(max(0.8, units * 0.028 * (0.75 + 0.25 * mask.upper))), MARK)
        x = np.array([0.08, 0.16, 0.25]) * sign
        v = brows + np.array([mask.inner, mask.middle + 0.012, mask.outer])
        form.sheet.ink(form.page(form.face(x, v, 0.01)), max(0.8, units * 0.032), taper=0.7)
    if form.ahead > 0.4 and units > 24:
        tip_v, tip_z = nose_tip(form)
        ridge = form.at([0, 0.02, 0], [eyes - 0.03, tip_v, base], [float(form.front(eyes)) + 0.03, tip_z, 0.40])
        form.sheet.ink(form.page(ridge), max(0.7, units * 0.018), alpha=160, taper=0.7)
    if form.ahead > 0.0:
        x = np.linspace(-0.11, 0.11, 5) * mask.spread
        line = form.page(form.face(x, mouth + mask.corner * 1.2 * np.linspace(-1, 1, 5) ** 2, 0.012))
        if mask.opening > 0.02:
            drop = mouth - mask.opening * 1.3 * (1 - np.linspace(-1, 1, 5) ** 2)
            lower = form.page(form.face(x, drop, 0.012))
            face.fill(polygon(np.vstack([line, lower[::-1]])), TEETH if mask.teeth and units > 30 else (120, 50, 46))
        form.sheet.ink(line, max(0.8, units * 0.026), taper=0.5)


def _planes(face: _Face) -> None:
    """Shadow planes: eye sockets, the dark side of the nose, under the nose and the lower lip; a little blood in the cheeks."""
    form = face.form
    sheet, skin = form.sheet, form.person.skin
    eyes, brows, base, mouth = form.lines
    dark = sheet.shade(skin, 0.74)
    lit_left = 1.0 if float(form.side @ sheet.camera.basis[0]) > 0 else -1.0
    dark_side = lit_left * (1.0 if sheet.light[0] > 0 else -1.0)
    for sign in (-1.0, 1.0):
        if face.sees(sign * 0.6) > 0.1:
            x = np.array([0.06, 0.16, 0.27, 0.25, 0.17, 0.08]) * sign
            v = np.array([brows - 0.014, brows + 0.006, brows - 0.014, eyes + 0.037, eyes + 0.057, eyes + 0.03])
            face.patch(form.face(x, v, 0.004), dark, 100)
            if form.person.feminine or form.person.child:
                x = np.array([0.16, 0.22, 0.27, 0.26, 0.20, 0.16]) * sign
                v = base + np.array([0.045, 0.065, 0.05, 0.01, -0.012, 0.005])
                red, green, blue = skin
                face.patch(form.face(x, v, 0.004), (min(red * 1.0 + 6, 255), green * 0.80, blue * 0.78), 42)
    if form.ahead > 0.1:
        tip_v, _ = nose_tip(form)
        x = np.array([0.012, 0.028, 0.056, 0.066, 0.04, 0.0]) * dark_side
        v = [eyes + 0.03, eyes - 0.05, tip_v + 0.01, base + 0.008, base - 0.012, base + 0.002]
        z = [float(form.front(eyes + 0.03)), float(form.front(eyes - 0.05)) + 0.035, 0.42, 0.392, 0.39, 0.415]
        face.patch(form.at(x, v, z), dark, 180)
        x = np.array([-0.07, 0, 0.07, 0.048, 0, -0.048])
        v = mouth - 0.062 - face.mask.opening * 1.2 + np.array([0.0, -0.008, 0.0, -0.028, -0.036, -0.028])
        face.patch(form.face(x, v, 0.006), dark, 130)


def _eye(face: _Face, sign: float) -> None:
    form, mask = face.form, face.mask
    person = form.person
    eyes = form.lines[0]
    scale = 1.0 + 0.06 * person.eyes + (0.16 if person.child else 0.06 if person.feminine else 0.0)
    share = np.linspace(0, 1, 11)
    inner, outer = 0.160 - 0.072 * scale, 0.160 + 0.074 * scale
    x = (inner + (outer - inner) * share) * sign
    tilt = (0.014 if person.feminine else 0.010) * share
    top = eyes + tilt + 0.052 * mask.upper * scale * np.sin(math.pi * share**0.85) ** 0.8
    bottom = eyes + tilt - 0.026 * scale * (1 - mask.lower * 0.9) * np.sin(math.pi * share)
    upper, lower = form.page(form.face(x, top, -0.008)), form.page(form.face(x, bottom, -0.008))
    white = polygon(np.vstack([upper, lower[::-1]])).intersection(face.outline)
    if white.is_empty:
        return
    face.fill(white, WHITE)
    if face.expression is Expression.ASLEEP:
        face.fill(white, form.sheet.shade(person.skin, 0.88))
        face.ink(lower, 1.3 if person.feminine else 1.0, taper=0.3)
        return
    centre = form.page(
        form.face(sign * 0.160 + float(face.gaze[0]) * 0.046, eyes + 0.011 + float(face.gaze[1]) * 0.024, -0.004)
    )[0]
    radius = form.units * 0.0375 * scale
    narrow = max(face.sees(sign * 0.35), 0.45)
    iris = polygon(_ellipse(centre, radius * narrow, radius)).intersection(white)
    face.fill(iris, person.iris)
    face.fill(polygon(_ellipse(centre, radius * 0.55 * narrow, radius * 0.55)).intersection(white), PUPIL)
    lid = polygon(np.vstack([upper, np.add(upper, [0.0, form.units * 0.017])[::-1]])).intersection(white)
    face.fill(lid, (92, 82, 86), 120)
    glint = centre - radius * 0.35
    face.fill(Point(*glint).buffer(radius * 0.25, quad_segs=3), (255, 255, 252))
    reach = 0.85 if person.feminine else 0.25
    tail = upper[-1:] + (upper[-1:] - upper[-2:-1]) * reach + [[0, -form.units * 0.006 if person.feminine else 0.0]]
    face.ink(np.vstack([upper, tail]), 1.75 if person.feminine else 1.3, taper=0.4)
    face.ink(lower[4:], 0.55, 165)
    crease = top[2:] + 0.024 + 0.006 * (mask.upper - 1)
    face.ink(form.page(form.face(x[2:], crease, -0.004)), 0.5, 145, 0.1)
    if person.old:
        for spread in (-0.02, 0.0, 0.022):
            ends = form.face(np.array([0.262, 0.30]) * sign, eyes + np.array([0.004, spread]), 0.004)
            face.ink(form.page(ends), 0.45, 120, 0.1)
    if face.expression in (Expression.SAD, Expression.AFRAID, Expression.WORRIED) or person.old:
        x = np.array([0.10, 0.15, 0.20]) * sign
        face.ink(form.page(form.face(x, eyes + np.array([-0.052, -0.066, -0.056]), 0.0)), 0.5, 130, 0.1)


def _ellipse(centre: Array, across: float, along: float) -> Array:
    ring = circle([0, 0], 1.0, 18)
    return centre + ring * [across, along]


def _brow(face: _Face, sign: float) -> None:
    form, mask = face.form, face.mask
    person = form.person
    brows = form.lines[1]
    x = np.array([0.062, 0.12, 0.19, 0.278]) * sign
    v = brows + np.array(
        [
            mask.inner - 0.004,
            0.013 + mask.inner * 0.4 + mask.middle,
            0.020 + mask.middle * 0.8 + mask.outer * 0.3,
            -0.008 + mask.outer,
        ]
    )
    thick = (0.020 if person.feminine else 0.027 if person.child else 0.036) * (1 + 0.2 * person.brow)
    edge = thick * np.array([0.75, 1.0, 0.85, 0.12]) / 2
    ring = np.vstack([form.page(form.face(x, v + edge, 0.012)), form.page(form.face(x, v - edge, 0.012))[::-1]])
    light_hair = sum(person.hair) > 420
    face.fill(
        polygon(smoothed(ring, 2)).intersection(face.outline),
        form.sheet.shade(person.hair, 0.60 if light_hair else 0.62),
    )


def _lines_of_feeling(face: _Face) -> None:
    """Creases that an expression or the years leave."""
    form = face.form
    brows, base, mouth = form.lines[1], form.lines[2], form.lines[3]
    strong = face.expression
    if strong in (Expression.ANGRY, Expression.DISGUSTED):
        for sign in (-1.0, 1.0):
            if face.sees(sign * 0.3) > 0.2:
                face.ink(
                    form.page(form.face(np.array([0.022, 0.030]) * sign, brows + np.array([0.022, -0.035]), 0.01)),
                    0.7,
                    190,
                )
    if (strong in (Expression.SURPRISED, Expression.AFRAID) or form.person.old) and form.ahead > 0.3:
        x = np.linspace(-0.14, 0.14, 5)
        for rise in (0.125, 0.162):
            bend = brows + rise + 0.01 * np.cos(np.linspace(-1.5, 1.5, 5))
            face.ink(form.page(form.face(x, bend, 0.0)), 0.45, 105, 0.1)
    if strong in (Expression.HAPPY, Expression.ANGRY, Expression.DISGUSTED) or form.person.old:
        for sign in (-1.0, 1.0):
            if face.sees(sign * 0.7) > 0.1:
                x = np.array([0.088, 0.138, 0.158]) * sign
                v = np.array([base, (base + mouth) / 2 + 0.006, mouth + 0.012])
                face.ink(form.page(form.face(x, v, 0.01)), 0.55, 140, 0.1)


def _nose(face: _Face) -> None:
    form = face.form
    sheet = form.sheet
    eyes, _, base, _ = form.lines
    turn = float(form.forward @ sheet.camera.basis[0])
    left_is_right = float(form.side @ sheet.camera.basis[0]) > 0
    far = 1.0 if (turn > 0) == left_is_right else -1.0
    tip_v, tip_z = nose_tip(form)
    if abs(turn) > 0.12 and form.ahead > 0.15:
        v = np.array([eyes + 0.06, eyes - 0.005, (eyes + tip_v) / 2, tip_v + 0.004])
        stand = np.array([0.0, 0.022, 0.058, tip_z - float(form.front(tip_v))])
        face.ink(form.page(form.at(0.018 * far, v, form.front(v) + stand)), 0.75, 215, 0.15)
    wings = np.array([-0.064, -0.044, 0.0, 0.044, 0.064])
    under = form.page(
        form.at(wings, base + np.array([0.026, 0.0, -0.006, 0.0, 0.026]), [0.388, 0.414, tip_z - 0.026, 0.414, 0.388])
    )
    if form.ahead <= 0.8:
        under = under[1:] if far < 0 else under[:4]
        under = under if form.ahead > 0.25 else (under[1:] if far < 0 else under[:-1])
    face.ink(smoothed(under, 2, False), 0.8, 215, 0.3)
    for sign in (-1.0, 1.0):
        if face.sees(sign * 0.4) > 0.25 and form.ahead > 0.1:
            spot = form.page(form.at(sign * 0.031, base + 0.005, 0.425))[0]
            nostril = polygon(_ellipse(spot, form.units * 0.012, form.units * 0.007))
            face.fill(nostril, sheet.shade(form.person.skin, 0.42), 190)


def _mouth(face: _Face) -> None:
    form, mask = face.form, face.mask
    person = form.person
    line = form.lines[3]
    half = 0.118 * mask.spread * (0.86 if person.child else 0.95 if person.feminine else 1.0)
    share = np.linspace(-1, 1, 15)
    x = share * half
    top = line + mask.corner * np.abs(share) ** 1.8 - 0.006 * np.exp(-((share / 0.25) ** 2))
    opened = mask.opening * (0.8 if person.child else 1.0)
    top = top + opened * 0.22 * (1 - share**2)
    bottom = top - opened * 1.55 * np.maximum(1 - np.abs(share) ** 2.3, 0)
    seam, low = form.page(form.face(x, top, 0.018)), form.page(form.face(x, bottom, 0.016))
    full = (1.0 if person.feminine else 0.72) * (1 + 0.22 * person.lips)
    bow = (1 - share**2) * (1 - 0.35 * np.exp(-((share / 0.18) ** 2)))
    above = form.page(form.face(x, top + 0.027 * full * bow, 0.018))
    below = form.page(form.face(x, bottom - 0.038 * full * (1 - share**2), 0.014))
    red, green, blue = person.skin
    tint: Colour = (
        (red * 0.86, green * 0.60, blue * 0.60) if person.feminine else (red * 0.88, green * 0.72, blue * 0.70)
    )
    strength = 190 if person.feminine else 110
    face.fill(polygon(np.vstack([seam, above[::-1]])).intersection(face.outline), tint, strength)
    lighter = form.sheet.shade(tint, 1.06)
    face.fill(polygon(np.vstack([low, below[::-1]])).intersection(face.outline), lighter, strength)
    if mask.opening > 0.01:
        _open_mouth(face, x, top, share, seam, low)
        face.ink(low, 0.7, 210)
    visible = np.array([form.towards(form.forward + form.side * at * 0.9, 0.2) > -0.05 for at in x / 0.118])
    face.ink(seam[visible], 1.05, taper=0.35)
    face.ink(below[5:10], 0.5, 150, 0.1)


def _open_mouth(face: _Face, x: Array, top: Array, share: Array, seam: Array, low: Array) -> None:
    form = face.form
    inside = polygon(np.vstack([seam, low[::-1]])).intersection(face.outline)
    face.fill(inside, MOUTH)
    if face.mask.teeth:
        edge = top - min(face.mask.opening * 0.75, 0.028) * np.sqrt(np.maximum(1 - share**2, 0))
        row = polygon(np.vstack([seam, form.page(form.face(x[::-1], edge[::-1], 0.016))]))
        face.fill(row.intersection(inside), TEETH)


def _stubble(face: _Face) -> None:
    form = face.form
    mouth = form.lines[3]
    x: Sequence[float] = (-0.26, -0.2, -0.1, 0, 0.1, 0.2, 0.26, 0.13, 0.0, -0.13)
    v = np.array([0.30, 0.12, 0.03, 0.015, 0.03, 0.12, 0.30, mouth + 0.06, mouth + 0.052, mouth + 0.06])
    area = polygon(form.page(form.face(np.array(x), v, 0.01))).intersection(face.outline)
    lips = polygon(form.page(form.face(np.array([-0.12, 0, 0.12, 0]), mouth + np.array([0, 0.03, 0, -0.06]), 0.01)))
    area = area.difference(lips)
    face.fill(area, form.sheet.shade(form.person.hair, 0.9), 46)
    form.sheet.hatch(area, angle=1.2, gap=max(4.0, form.units * 0.02), alpha=80)
