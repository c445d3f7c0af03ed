"""The outlines of trunk, arms, legs and feet under their clothes. Heads, hands and what is drawn on the cloth live elsewhere."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from studio.engine.artist.geometry import rounded
from studio.engine.artist.people.hands import HandFrame, hand_frame, hand_parts
from studio.engine.artist.people.look import Person
from studio.engine.artist.people.parts import Kind, Melt, Part
from studio.engine.artist.people.poses.shapes import Grip
from studio.engine.artist.people.skeleton import NECK_BASE, Skeleton
from studio.engine.artist.people.sweep import (
    EMPTY,
    UP,
    Array,
    circle_of,
    depth_of,
    loft,
    on_page,
    scale_at,
    tube,
    unit,
)

if TYPE_CHECKING:
    from studio.engine.artist.sheet import Sheet

# Height over the pelvis, half width, half depth, forward offset, in shares of stature.
MASCULINE = np.array(
    [
        (-0.060, 0.084, 0.056, -0.002),
        (-0.030, 0.088, 0.062, -0.003),
        (0.010, 0.089, 0.064, -0.004),
        (0.055, 0.081, 0.060, 0.000),
        (0.105, 0.077, 0.056, 0.003),
        (0.165, 0.084, 0.061, 0.004),
        (0.215, 0.093, 0.066, 0.004),
        (0.255, 0.094, 0.061, 0.000),
        (0.285, 0.074, 0.050, -0.003),
        (0.305, 0.050, 0.042, -0.005),
        (0.324, 0.036, 0.036, -0.005),
    ]
)
FEMININE = np.array(
    [
        (-0.060, 0.088, 0.058, -0.004),
        (-0.030, 0.093, 0.065, -0.006),
        (0.010, 0.092, 0.066, -0.006),
        (0.055, 0.076, 0.058, -0.002),
        (0.105, 0.063, 0.050, 0.003),
        (0.160, 0.069, 0.056, 0.006),
        (0.212, 0.078, 0.069, 0.012),
        (0.250, 0.079, 0.059, 0.006),
        (0.280, 0.064, 0.044, 0.000),
        (0.302, 0.042, 0.036, -0.004),
        (0.322, 0.029, 0.030, -0.005),
    ]
)
CLOTH = {"coat": 0.013, "jacket": 0.010, "tshirt": 0.004, "dress": 0.002, "skirt": 0.003}
SLEEVE = {"coat": 0.009, "jacket": 0.0065, "tshirt": 0.0, "dress": 0.0, "skirt": 0.003}
BARE_LEGS = ("dress", "skirt")
BARE_ARMS = ("tshirt", "dress")
SECTION = 18
SEEN_UNITS = 3.4


@dataclass(frozen=True, slots=True, eq=False)
class Build:
    """What every part of a figure needs to know: the joints, the page scale (units per stature) and the trunk's depth."""

    skeleton: Skeleton
    scale: float
    depth: float
    rows: Array
    cloth: float

    @property
    def person(self) -> Person:
        return self.skeleton.person


def build_of(sheet: Sheet, skeleton: Skeleton) -> Build:
    """The measures shared by the parts of one figure."""
    person = skeleton.person
    marks, _, _ = skeleton.spine([0.0, 0.2])
    depth = depth_of(sheet, *marks)
    rows = (FEMININE if person.feminine else MASCULINE).copy()
    girth = person.build
    if person.child:
        rows = (FEMININE + MASCULINE) / 2
        rows[:, 1] *= np.interp(rows[:, 0], [0.0, 0.1, 0.25], [0.92, 1.04, 0.88])
        girth *= 1.02
    rows[:, 1] *= girth
    rows[:, 2] *= girth
    heavy = max(girth - 1.08, 0.0)
    rows[:, 2] += heavy * 0.10 * np.exp(-(((rows[:, 0] - 0.08) / 0.08) ** 2))
    rows[:, 3] += heavy * 0.06 * np.exp(-(((rows[:, 0] - 0.08) / 0.08) ** 2))
    return Build(skeleton, skeleton.stature * sheet.camera.scale / max(depth, 0.3), depth, rows, CLOTH[person.garment])


def trunk_points(build: Build, heights: Array, angles: Array, out: float | Array = 0.0) -> Array:
    """Points (n, 3) on the trunk's skin, `angles` 0 in front and positive to the left; `out` in shares of stature."""
    heights, angles = np.broadcast_arrays(np.atleast_1d(np.asarray(heights, float)), np.asarray(angles, float))
    centres, side, forward = build.skeleton.spine(heights)
    width, deep, ahead = (np.interp(heights, build.rows[:, 0], build.rows[:, i]) for i in (1, 2, 3))
    sine, cosine = np.sin(angles), np.cos(angles)
    # A little squarer than an ellipse: chests are flat in front.
    across = np.sign(sine) * np.abs(sine) ** 0.88 * (width + out)
    along = np.sign(cosine) * np.abs(cosine) ** 0.88 * (deep + out) + ahead
    return centres + (side * across[:, None] + forward * along[:, None]) * build.skeleton.stature


def trunk_loft(sheet: Sheet, build: Build, low: float, high: float, extra: float, rings: int = 13) -> BaseGeometry:
    """The outline of the trunk between two heights, grown by `extra` shares of stature."""
    heights = np.linspace(low, high, rings)
    turn = circle_of(SECTION)
    grown = extra * np.clip((NECK_BASE - heights) / 0.05, 0.25, 1.0)
    points = trunk_points(build, np.repeat(heights, SECTION), np.tile(turn, rings), np.repeat(grown, SECTION))
    return loft(sheet, points.reshape(rings, SECTION, 3))


def shoulder_bridges(sheet: Sheet, build: Build, extra: float) -> list[BaseGeometry]:
    """What joins neck, chest and shoulder joint into one slope, following the joint when the arm is raised."""
    skeleton = build.skeleton
    stature = skeleton.stature
    slim = 0.82 if skeleton.person.feminine else 1.0
    if skeleton.person.child:
        slim = 0.85
    marks, side, _ = skeleton.spine([0.306, 0.296, 0.232, 0.20])
    shapes: list[BaseGeometry] = []
    for index, sign in ((0, -1.0), (1, 1.0)):
        joint = skeleton.shoulders[index]
        inner = joint - side[0] * sign * 0.010 * stature
        yoke = marks[1] * 0.48 + inner * 0.52 + skeleton.chest_up * 0.0075 * stature
        shapes.append(
            tube(
                sheet,
                [marks[0] + side[0] * sign * 0.012 * stature, yoke, inner],
                (np.array([0.023, 0.0275, 0.0300]) * slim + extra * np.array([0.2, 0.5, 0.8])) * stature,
                14,
                6,
            )
        )
        pectoral = marks[2] + side[2] * sign * 0.045 * skeleton.person.build * stature
        shapes.append(tube(sheet, [pectoral, inner], (np.array([0.045, 0.0295]) * slim + extra * 0.8) * stature, 14))
    return shapes


def trunk(sheet: Sheet, build: Build, low: float, high: float) -> BaseGeometry:
    """The clothed trunk between two heights, with its shoulders, as one smooth outline."""
    body = trunk_loft(sheet, build, low, high, build.cloth)
    if body.is_empty:
        return EMPTY
    whole = shapely.union_all([body, *shoulder_bridges(sheet, build, build.cloth)])
    return rounded(whole, 0.009 * build.scale)


def leg_parts(sheet: Sheet, build: Build) -> list[Part]:
    """Both legs, shoes and the seat of the trousers."""
    skeleton = build.skeleton
    person = build.person
    parts: list[Part] = []
    for index in (0, 1):
        hip, knee, ankle = skeleton.hips[index], skeleton.knees[index], skeleton.ankles[index]
        depth = _leg_depth(sheet, build, index)
        parts.append(Part(depth + 0.012, _shoe(sheet, build, index), person.shoe, Kind.FOOT, shade=0.16, weight=0.8))
        bare = person.garment in BARE_LEGS
        shape = _leg(sheet, build, index, bare)
        colour = person.skin if bare else person.bottom
        x, y = on_page(sheet, hip)[0]
        melt = Melt((float(x), float(y)), 0.075 * scale_at(sheet, hip) * skeleton.stature)
        folds = [] if bare else _trouser_folds(sheet, build, hip, knee, ankle)
        parts.append(Part(depth, shape, colour, Kind.LEG, shade=0.34, weight=0.85, melts=(melt,), folds=folds))
    if person.garment not in BARE_LEGS:
        seat = _soft(trunk_loft(sheet, build, -0.062, 0.03, 0.001, 5), 0.006 * build.scale)
        thighs = min(part.depth for part in parts if part.kind is Kind.LEG)
        depth = thighs - 0.004 if not skeleton.shape.seated else build.depth + 0.02
        parts.append(Part(max(depth, build.depth + 0.004), seat, person.bottom, Kind.HIPS, shade=0.25, weight=0.6))
    return parts


def _leg_depth(sheet: Sheet, build: Build, index: int) -> float:
    """Raised thighs are before or behind the trunk by where they really are; standing legs hang under it."""
    skeleton = build.skeleton
    hip, knee, ankle = skeleton.hips[index], skeleton.knees[index], skeleton.ankles[index]
    real = depth_of(sheet, hip, knee, ankle)
    stature = skeleton.stature
    raised = float((knee - hip) @ UP) > -0.15 * stature
    if raised:
        ahead = depth_of(sheet, knee) - depth_of(sheet, hip)
        base = build.depth - 0.03 * stature if ahead < 0.02 * stature else build.depth + 0.03 * stature
        return base + 0.05 * (real - build.depth)
    return build.depth + 0.05 * stature + 0.05 * (real - build.depth)


def _leg(sheet: Sheet, build: Build, index: int, bare: bool) -> BaseGeometry:
    skeleton = build.skeleton
    stature, girth = skeleton.stature, build.person.build
    hip, knee, ankle = skeleton.hips[index], skeleton.knees[index], skeleton.ankles[index]
    back = _calf_side(skeleton, knee, ankle)
    thigh, shank = knee - hip, ankle - knee
    loose = 0.0 if bare else 0.007
    slim = 0.92 if bare else 1.0
    points = [
        hip + thigh * 0.03,
        hip + thigh * 0.33,
        hip + thigh * 0.70,
        knee - thigh * 0.06,
        knee + shank * 0.07,
        knee + shank * 0.30 + back * 0.011 * stature,
        knee + shank * 0.66 + back * 0.004 * stature,
        ankle + UP * 0.006 * stature,
    ]
    girths = np.array([0.048 * girth, 0.0525 * girth, 0.0445 * girth, 0.0385, 0.0370, 0.0375, 0.0270, 0.0200]) * slim
    cloth = np.array([0.0, 0.1, 0.3, 0.4, 0.4, 0.5, 0.9, 1.3]) * loose
    return _soft(tube(sheet, points, (girths + cloth) * stature, 12, 14), 0.005 * build.scale)


def _calf_side(skeleton: Skeleton, knee: Array, ankle: Array) -> Array:
    """Where the calf muscle is: behind the shin."""
    back = np.cross(skeleton.left, ankle - knee)
    side = float(back @ skeleton.forward)
    if abs(side) < 1e-6:
        side = float(back @ UP)
    return unit(back) * (-1.0 if side > 0 else 1.0)


def _shoe(sheet: Sheet, build: Build, index: int) -> BaseGeometry:
    """Heel to toe in flat-soled sections, and the instep up to the ankle."""
    skeleton = build.skeleton
    stature = skeleton.stature
    heel, ball, toe = skeleton.sole[index]
    ankle = skeleton.ankles[index]
    along = unit(ball - heel)
    up = unit(ankle - (heel * 0.62 + ball * 0.38))
    up = unit(up - along * float(up @ along))
    across = np.cross(along, up)
    toe_along = unit(toe - ball)
    toe_up = unit(up - toe_along * float(up @ toe_along))
    middle = heel * 0.5 + ball * 0.5
    sections = (
        (heel - along * 0.006 * stature, 0.013, 0.022, up),
        (heel + along * 0.012 * stature, 0.0215, 0.036, up),
        (middle, 0.0215, 0.040, up),
        (ball - along * 0.012 * stature, 0.0265, 0.031, up),
        (ball + toe_along * 0.010 * stature, 0.0265, 0.024, toe_up),
        (toe - toe_along * 0.004 * stature, 0.019, 0.018, toe_up),
        (toe + toe_along * 0.007 * stature, 0.009, 0.012, toe_up),
    )
    turn = np.linspace(0, math.pi, 9)
    rings = np.array(
        [
            centre + (across * np.cos(turn)[:, None] * half + rise * (np.sin(turn) ** 0.8)[:, None] * high) * stature
            for centre, half, high, rise in sections
        ]
    )
    instep = tube(
        sheet, [ankle - up * 0.004 * stature, middle + up * 0.020 * stature], np.array([0.0225, 0.0205]) * stature, 10
    )
    return _soft(shapely.union_all([loft(sheet, rings), instep]), 0.0035 * build.scale)


def _trouser_folds(sheet: Sheet, build: Build, hip: Array, knee: Array, ankle: Array) -> list[Array]:
    """Creases behind the knee, over the shoe and from the crotch, as page lines."""
    if build.scale < 170:
        return []
    skeleton = build.skeleton
    stature = skeleton.stature
    back = _calf_side(skeleton, knee, ankle)
    pairs = (
        (knee * 0.9 + hip * 0.1 + back * 0.030 * stature, knee + skeleton.left * 0.010 * stature),
        (
            ankle + (knee - ankle) * 0.10 + back * 0.020 * stature,
            ankle + (knee - ankle) * 0.07 - back * 0.016 * stature,
        ),
        (hip * 0.8 + knee * 0.2 - back * 0.030 * stature, hip * 0.62 + knee * 0.38 + back * 0.010 * stature),
    )
    return [on_page(sheet, [a, (a + b) / 2 - UP * 0.006, b]) for a, b in pairs]


def arm_parts(sheet: Sheet, build: Build) -> list[Part]:
    """Both arms with sleeves and hands; an upper arm and a forearm on different sides of the trunk are parted at the elbow."""
    parts: list[Part] = []
    for index in (0, 1):
        upper_depth, lower_depth = _arm_depths(sheet, build, index)
        if abs(upper_depth - lower_depth) > 0.08 * build.skeleton.stature:
            parts += _arm(sheet, build, index, upper_depth, "upper")
            parts += _arm(sheet, build, index, lower_depth, "lower")
        else:
            parts += _arm(sheet, build, index, lower_depth, "whole")
            upper_depth = lower_depth
        if build.person.garment == "tshirt":
            sleeve = _short_sleeve(sheet, build, index, upper_depth - 0.004)
            sleeve.rests_at = parts[-1].rests_at if upper_depth == lower_depth else sleeve.rests_at
            parts.append(sleeve)
        parts += _hand(sheet, build, index, lower_depth)
    return parts


def _arm_depths(sheet: Sheet, build: Build, index: int) -> tuple[float, float]:
    """Painting depths of upper arm and forearm: before or behind the trunk, then by their own depth."""
    skeleton = build.skeleton
    stature = skeleton.stature
    sign = -1.0 if index == 0 else 1.0
    shoulder, elbow, wrist = skeleton.shoulders[index], skeleton.elbows[index], skeleton.wrists[index]
    real_upper, real_lower = depth_of(sheet, shoulder, elbow, elbow), depth_of(sheet, elbow, wrist, wrist)

    if abs(real_lower - real_upper) < 0.07 * stature:
        real_upper = real_lower = (real_upper + real_lower) / 2

    def layer(real: float, outside: bool) -> float:
        before = real < build.depth + (0.045 if outside else 0.010) * stature
        return build.depth + (-0.10 if before else 0.10) * stature + (real - build.depth) * 0.05

    chest = skeleton.spine([0.2])[0][0]
    outside = float((elbow - chest) @ skeleton.chest_side) * sign > 0.10 * stature
    out_wrist = float((wrist - chest) @ skeleton.chest_side) * sign > 0.10 * stature
    if real_upper == real_lower:
        outside = out_wrist = outside or out_wrist
    lower = layer(real_lower, out_wrist)
    head = skeleton.chin + skeleton.head.up * 0.4 * skeleton.head_height
    beside = wrist[1] > skeleton.chin[1] - 0.06 * stature
    if beside and depth_of(sheet, skeleton.palm(index)) < depth_of(sheet, head) - 0.02 * stature:
        # A hand raised before the head is painted over hair and hat.
        lower = build.depth - 0.19 * stature
    return layer(real_upper, outside), lower


def _arm(sheet: Sheet, build: Build, index: int, depth: float, stretch: str) -> list[Part]:
    """One arm, or its upper or lower half, as a part that melts into the shoulder."""
    skeleton = build.skeleton
    person = build.person
    stature = skeleton.stature
    sign = -1.0 if index == 0 else 1.0
    shoulder, elbow, wrist = skeleton.shoulders[index], skeleton.elbows[index], skeleton.wrists[index]
    bare = person.garment in BARE_ARMS
    slim = 0.84 if person.feminine or person.child else 1.0
    cloth = SLEEVE[person.garment]
    upper, fore = elbow - shoulder, wrist - elbow
    points = np.array(
        [
            shoulder - skeleton.chest_side * sign * 0.004 * stature,
            shoulder + upper * 0.30,
            shoulder + upper * 0.66,
            elbow - upper * 0.05,
            elbow + fore * 0.06,
            elbow + fore * 0.30,
            elbow + fore * 0.66,
            wrist,
        ]
    )
    girths = (
        np.array([0.0305, 0.0330, 0.0300, 0.0265, 0.0265, 0.0290, 0.0240, 0.0165]) * slim * (0.6 + 0.4 * person.build)
    )
    radii = (girths + cloth * np.array([0.9, 1, 1, 1, 1, 1.05, 1.15, 1.25])) * stature
    half = slice(0, 5) if stretch == "upper" else slice(3, 8) if stretch == "lower" else slice(0, 8)
    shape = _soft(tube(sheet, points[half], radii[half], 12, 14 if stretch == "whole" else 9), 0.005 * build.scale)
    colour = person.skin if bare else person.top
    melts: list[Melt] = []
    if stretch != "lower":
        melts.append(_melt(sheet, shoulder, (0.040 if person.garment == "dress" else 0.056) * stature))
    if stretch != "whole":
        melts.append(_melt(sheet, elbow, 0.047 * stature))
    folds = [] if bare or stretch != "whole" else _sleeve_folds(sheet, build, shoulder, elbow, wrist)
    part = Part(depth, shape, colour, Kind.ARM, shade=0.34, weight=0.85, melts=tuple(melts), folds=folds)
    if stretch != "upper":
        part.rests_at = float(wrist[1])
    return [part]


def _melt(sheet: Sheet, point: Array, radius: float) -> Melt:
    x, y = on_page(sheet, point)[0]
    return Melt((float(x), float(y)), radius * scale_at(sheet, point))


def _short_sleeve(sheet: Sheet, build: Build, index: int, depth: float) -> Part:
    skeleton = build.skeleton
    stature = skeleton.stature
    slim = 0.86 if skeleton.person.feminine or skeleton.person.child else 1.0
    shoulder, elbow = skeleton.shoulders[index], skeleton.elbows[index]
    points = [shoulder, shoulder * 0.7 + elbow * 0.3, shoulder * 0.44 + elbow * 0.56]
    girths = np.array([0.0345, 0.0375, 0.0370]) * slim * (0.6 + 0.4 * skeleton.person.build) * stature
    shape = _cut_square(sheet, tube(sheet, points, girths, 14, 8), points[1], points[2])
    return Part(
        depth,
        _soft(shape, 0.003 * build.scale),
        skeleton.person.top,
        Kind.ARM,
        shade=0.3,
        weight=0.8,
        melts=(_melt(sheet, shoulder, 0.056 * stature),),
    )


def _cut_square(sheet: Sheet, shape: BaseGeometry, inner: Array, end: Array) -> BaseGeometry:
    """A tube with its round end cut square: a hem."""
    if shape.is_empty:
        return shape
    start, stop = on_page(sheet, [inner, end])
    along = stop - start
    length = float(np.hypot(*along))
    if length < 2:
        return shape
    along = along / length
    across = np.array([-along[1], along[0]])
    far = 40.0 + 4 * length
    low, high = stop - across * far, stop + across * far
    knife = Polygon([low, high, high + along * far, low + along * far])
    return shape.difference(knife)


def _sleeve_folds(sheet: Sheet, build: Build, shoulder: Array, elbow: Array, wrist: Array) -> list[Array]:
    """Creases round the elbow, the cuff and the upper arm, as page lines."""
    if build.scale < 170:
        return []
    stature = build.skeleton.stature
    side = unit(np.cross(elbow - shoulder, sheet.camera.basis[2]))
    upper, fore = shoulder - elbow, wrist - elbow
    pairs = (
        (elbow + side * 0.030 * stature, elbow - side * 0.004 * stature + upper * 0.06),
        (elbow - side * 0.026 * stature + fore * 0.10, elbow + side * 0.006 * stature + fore * 0.04),
        (wrist - fore * 0.10 + side * 0.020 * stature, wrist - fore * 0.13 - side * 0.014 * stature),
        (shoulder - upper * 0.30 + side * 0.030 * stature, shoulder - upper * 0.24 - side * 0.010 * stature),
    )
    return [on_page(sheet, [a, (a + b) / 2 - UP * 0.006, b]) for a, b in pairs]


def _hand(sheet: Sheet, build: Build, index: int, arm_depth: float) -> list[Part]:
    """The hand at the end of an arm, under its sleeve or over its bare wrist."""
    skeleton = build.skeleton
    frame = frame_of_hand(skeleton, index)
    if depth_of(sheet, frame.wrist) < 0.2:
        return []
    grip = skeleton.grips[index]
    covered = build.person.garment not in BARE_ARMS and grip in (Grip.RELAXED, Grip.FIST)
    toward = depth_of(sheet, skeleton.palm(index)) < depth_of(sheet, skeleton.elbows[index]) - 0.03
    offset = 0.02 if covered and not toward else -0.02
    parts = hand_parts(sheet, frame, grip, build.person.skin, arm_depth + offset)
    for part in parts:
        part.rests_at = float(skeleton.palm(index)[1])
    return parts


def frame_of_hand(skeleton: Skeleton, index: int) -> HandFrame:
    """The right (0) or left (1) hand's axes."""
    wrist = skeleton.wrists[index] + skeleton.aims[index] * 0.003 * skeleton.stature
    size = skeleton.stature * (1.05 if skeleton.person.child else 0.95 if skeleton.person.feminine else 1.0)
    return hand_frame(wrist, skeleton.aims[index], skeleton.palms_face[index], index == 0, size)


def _soft(shape: BaseGeometry, radius: float) -> BaseGeometry:
    """A limb with its corners rounded where the page is near enough to show them."""
    return rounded(shape, radius) if radius > SEEN_UNITS else shape
