"""The joints of a posed actor: curved spine, collar bones, limbs that reach, feet on the floor, the head's turn. No drawing."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from studio.engine.artist.people.look import Person
from studio.engine.artist.people.pose import Actor, shape_of
from studio.engine.artist.people.poses.shapes import Arm, Foot, Grip, Point3, PoseShape
from studio.engine.artist.people.sweep import UP, Array, turned, unit
from studio.engine.artist.spec import Expression, Pose

# Bone lengths and landmarks in shares of stature, adult. Source: Drillis & Contini 1966, head a little larger as cartoons draw it.
UPPER_ARM = 0.172
FOREARM = 0.150
THIGH = 0.241
SHANK = 0.236
ANKLE = 0.042
HAND_REACH = 0.055
NECK_BASE = 0.322
SHOULDER = 0.268
CHEST = 0.30
SEAT_RISE = 0.050
EASY_SEAT = 0.258

# Sole points from the ankle in shares of stature: heel, ball and toe, (forward, up).
HEEL = (-0.036, -0.042)
BALL = (0.078, -0.042)
TOE = (0.112, -0.040)

TURN_LIMIT = math.radians(72)
NOD_LIMIT = math.radians(32)
BOWED = {
    Expression.SAD: 0.16,
    Expression.ANGRY: 0.09,
    Expression.WORRIED: 0.07,
    Expression.AFRAID: -0.05,
    Expression.SURPRISED: -0.07,
    Expression.HAPPY: -0.04,
}
"""How far a mood bows the head, in radians."""


@dataclass(frozen=True, slots=True, eq=False)
class Trunk:
    """Where the body stands and how its trunk bends: metres on the stage and unit axes.

    `left`, `forward` are level; the spine runs from (`hip_side`, `hip_up`) to (`chest_side`, `chest_forward`, `chest_up`).
    """

    actor: Actor
    shape: PoseShape
    base: Array
    left: Array
    forward: Array
    pelvis: Array
    hip_side: Array
    hip_up: Array
    chest_side: Array
    chest_forward: Array
    chest_up: Array

    @property
    def person(self) -> Person:
        return self.actor.person

    @property
    def stature(self) -> float:
        return self.actor.person.stature

    @property
    def hip_forward(self) -> Array:
        """Where the belly looks: ahead, or with the chest when the trunk lies flat."""
        return self.chest_forward if self.shape.flat else self.forward

    def level(self, local: Point3) -> Array:
        """A (left, up, forward) direction in the level frame."""
        return self.left * local[0] + UP * local[1] + self.forward * local[2]

    def chest(self, local: Point3) -> Array:
        """A (left, up, forward) direction in the chest's frame."""
        return self.chest_side * local[0] + self.chest_up * local[1] + self.chest_forward * local[2]

    def spine(self, heights: ArrayLike) -> tuple[Array, Array, Array]:
        """Centre, left axis and forward axis (n, 3) of the trunk at heights (n,) over the pelvis in shares of stature."""
        at = np.atleast_1d(np.asarray(heights, float))
        share = np.clip(at / CHEST, 0, 1)[:, None]
        bent = self.hip_up * share + (self.chest_up - self.hip_up) * share**2 / 2
        below = np.minimum(at, 0)[:, None] * self.hip_up
        above = np.maximum(at - CHEST, 0)[:, None] * self.chest_up
        centres = self.pelvis + (bent * CHEST + below + above) * self.stature
        blend = share * share * (3 - 2 * share)
        side = self.hip_side * (1 - blend) + self.chest_side * blend
        forward = self.hip_forward * (1 - blend) + self.chest_forward * blend
        side = side / np.linalg.norm(side, axis=1, keepdims=True)
        return centres, side, forward / np.linalg.norm(forward, axis=1, keepdims=True)


@dataclass(frozen=True, slots=True, eq=False)
class ArmJoints:
    """One arm in metres; `aim` is where the fingers point, `palm` where the palm looks."""

    shoulder: Array
    elbow: Array
    wrist: Array
    aim: Array
    palm: Array


@dataclass(frozen=True, slots=True, eq=False)
class LegJoints:
    """One leg in metres; `sole` (3, 3) is heel, ball and toe on the shoe's underside."""

    hip: Array
    knee: Array
    ankle: Array
    sole: Array


@dataclass(frozen=True, slots=True, eq=False)
class HeadFrame:
    """The joint the head turns on, its unit axes, and where the pupils sit, -1..1 to the left and up."""

    pivot: Array
    side: Array
    up: Array
    forward: Array
    gaze: Array


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton(Trunk):
    """All joints in metres on the stage. Arrays of two are (right, left).

    `sole` (2, 3, 3) holds heel, ball and toe of each foot; `aims` and `palms_face` (2, 3) each hand's finger direction and
    palm normal; `neck` is between the collar bones.
    """

    shoulders: Array
    elbows: Array
    wrists: Array
    hips: Array
    knees: Array
    ankles: Array
    sole: Array
    aims: Array
    palms_face: Array
    neck: Array
    head: HeadFrame

    @property
    def grips(self) -> tuple[Grip, Grip]:
        right, left = self.shape.arms
        return right.grip, left.grip

    @property
    def head_height(self) -> float:
        """Chin to crown in metres."""
        return self.person.head_share * self.stature

    @property
    def chin(self) -> Array:
        """The origin of the head: level with the chin, over the neck."""
        return self.head.pivot - self.head.up * 0.12 * self.head_height

    def palm(self, index: int) -> Array:
        """The middle of a hand's palm."""
        return self.wrists[index] + self.aims[index] * HAND_REACH * self.stature


def two_bones(start: Array, target: Array, first: float, second: float, pole: Array) -> tuple[Array, Array]:
    """The middle joint and the end of two bones from `start` towards `target`, bent towards `pole`.

    The end is the target when it is in reach, otherwise the nearest point on the line to it.
    """
    away = target - start
    distance = float(np.linalg.norm(away))
    reach = min(max(distance, abs(first - second) + 0.02 * first), (first + second) * 0.998)
    along = away / distance if distance > 1e-9 else -UP
    end = start + along * reach
    foot = (first * first - second * second + reach * reach) / (2 * reach)
    rise = math.sqrt(max(first * first - foot * foot, 0.0))
    bend = pole - along * float(along @ pole)
    if float(np.linalg.norm(bend)) < 1e-6:
        bend = np.cross(along, np.array([0.36, 0.48, 0.8]))
    return start + along * foot + unit(bend) * rise, end


@lru_cache(maxsize=64)
def posed(actor: Actor) -> Skeleton:
    """The joints of an actor, not to be changed. Deterministic; every bone keeps its length."""
    shape = shape_of(actor)
    if actor.mirrored:
        shape = _mirrored(shape)
    trunk = _trunk(actor, shape)
    arms = [_arm(trunk, index) for index in (0, 1)]
    legs = [_leg(trunk, index) for index in (0, 1)]
    neck = trunk.spine(NECK_BASE)[0][0]
    return Skeleton(
        actor=actor,
        shape=shape,
        base=trunk.base,
        left=trunk.left,
        forward=trunk.forward,
        pelvis=trunk.pelvis,
        hip_side=trunk.hip_side,
        hip_up=trunk.hip_up,
        chest_side=trunk.chest_side,
        chest_forward=trunk.chest_forward,
        chest_up=trunk.chest_up,
        shoulders=np.array([arm.shoulder for arm in arms]),
        elbows=np.array([arm.elbow for arm in arms]),
        wrists=np.array([arm.wrist for arm in arms]),
        hips=np.array([leg.hip for leg in legs]),
        knees=np.array([leg.knee for leg in legs]),
        ankles=np.array([leg.ankle for leg in legs]),
        sole=np.array([leg.sole for leg in legs]),
        aims=np.array([arm.aim for arm in arms]),
        palms_face=np.array([arm.palm for arm in arms]),
        neck=neck,
        head=_head(trunk, neck),
    )


def _trunk(actor: Actor, shape: PoseShape) -> Trunk:
    person = actor.person
    angle = math.radians(actor.facing_degrees)
    forward = np.array([math.sin(angle), 0.0, math.cos(angle)])
    left = np.cross(forward, UP)
    base = np.array([actor.x, actor.floor, actor.z])
    share = _pelvis_share(actor, shape)
    pelvis = base + (left * share[0] + UP * share[1] + forward * share[2]) * person.stature
    stoop = 0.0 if not person.old or shape.flat else 0.06 if shape.seated else 0.13
    lean = shape.lean + math.radians(actor.lean) + stoop
    hip_side = unit(left + UP * shape.hip_roll)
    chest_up = unit(UP * math.cos(lean) + forward * math.sin(lean) + left * shape.tilt)
    # A positive twist brings the left shoulder forward.
    if shape.flat:
        chest_forward = turned(forward * math.cos(lean) - UP * math.sin(lean), chest_up, shape.twist)
    else:
        chest_forward = turned(forward, UP, shape.twist + _chest_swing(actor, base, forward, left))
    chest_forward = unit(chest_forward - chest_up * float(chest_forward @ chest_up))
    return Trunk(
        actor=actor,
        shape=shape,
        base=base,
        left=left,
        forward=forward,
        pelvis=pelvis,
        hip_side=hip_side,
        hip_up=chest_up if shape.flat else unit(UP + forward * lean * 0.45 + left * shape.tilt * 0.3),
        chest_side=unit(np.cross(chest_forward, chest_up) - UP * shape.hip_roll * 0.8),
        chest_forward=chest_forward,
        chest_up=chest_up,
    )


def leg_scale(person: Person) -> float:
    """How long this person's legs are for their stature against an adult's."""
    return (person.hip_share - ANKLE) / (0.513 - ANKLE)


def shoulder_half_width(person: Person) -> float:
    """From the spine to a shoulder joint in metres."""
    share = 0.094 if person.feminine else 0.106
    if person.child:
        share = 0.090
    return share * (0.5 + 0.5 * person.build) * person.stature


def _mirrored(shape: PoseShape) -> PoseShape:
    def flip(value: Point3) -> Point3:
        return (-value[0], value[1], value[2])

    def flip_arm(arm: Arm) -> Arm:
        aim = None if arm.aim is None else flip(arm.aim)
        palm = None if arm.palm is None else flip(arm.palm)
        return replace(arm, at=flip(arm.at), elbow=flip(arm.elbow), aim=aim, palm=palm)

    def flip_foot(foot: Foot) -> Foot:
        return replace(foot, left=-foot.left)

    right_arm, left_arm = shape.arms
    right_foot, left_foot = shape.feet
    return replace(
        shape,
        pelvis=flip(shape.pelvis),
        tilt=-shape.tilt,
        twist=-shape.twist,
        hip_roll=-shape.hip_roll,
        feet=(flip_foot(left_foot), flip_foot(right_foot)),
        arms=(flip_arm(left_arm), flip_arm(right_arm)),
        knees_up=(shape.knees_up[1], shape.knees_up[0]),
    )


def _pelvis_share(actor: Actor, shape: PoseShape) -> Point3:
    """The pelvis (left, up, forward) in shares of stature: on the seat, or at the height these legs give."""
    person = actor.person
    if shape.seated:
        seat = EASY_SEAT * person.stature if actor.seat is None else min(max(actor.seat, 0.1), 1.2)
        return (shape.pelvis[0], seat / person.stature + SEAT_RISE, shape.pelvis[2])
    scale = leg_scale(person)
    up = ANKLE + (shape.pelvis[1] - ANKLE) * scale
    return (shape.pelvis[0], up - (0.006 if person.old else 0.0), shape.pelvis[2])


def _chest_swing(actor: Actor, base: Array, forward: Array, left: Array) -> float:
    """How far the chest turns after the gaze, radians, positive to the body's right (from above: with the clock)."""
    if actor.gaze_at is None or actor.pose in (Pose.EMBRACE, Pose.RUN):
        return 0.0
    aside = _bearing(np.asarray(actor.gaze_at, float) - base, forward, left)
    return math.copysign(min(max(abs(aside) - 0.6, 0.0) * 0.45, 0.42), aside)


def _bearing(towards: Array, forward: Array, left: Array) -> float:
    """Angle from `forward` to a direction on the plan, radians, positive to the right hand."""
    return math.atan2(-float(towards @ left), float(towards @ forward))


def _arm(trunk: Trunk, index: int) -> ArmJoints:
    """One arm: to the world point it must reach, to what it points at, or where its pose has it."""
    arm = trunk.shape.arms[index]
    stature = trunk.stature
    sign = -1.0 if index == 0 else 1.0
    rest = trunk.spine(SHOULDER)[0][0] + trunk.chest_side * sign * shoulder_half_width(trunk.person)
    aim = None if arm.aim is None else unit(trunk.chest(arm.aim))
    goal = trunk.actor.reach[index]
    if goal is not None:
        palm_at = np.asarray(goal, float)
        if aim is None:
            towards = palm_at - rest
            aim = unit(towards - UP * float(towards @ UP) * 0.8 + trunk.chest_forward * 0.02)
        target = palm_at - aim * HAND_REACH * stature
    else:
        target = _hand_place(trunk, arm, rest)
    shoulder = _lifted(trunk, rest, target, sign)
    pole = trunk.chest_side * arm.elbow[0] + UP * arm.elbow[1] + trunk.chest_forward * arm.elbow[2]
    elbow, wrist = two_bones(shoulder, target, UPPER_ARM * stature, FOREARM * stature, pole)
    forearm = unit(wrist - elbow)
    if aim is None:
        droop = {Grip.RELAXED: -0.25, Grip.OPEN: 0.15}.get(arm.grip, 0.0)
        aim = unit(forearm + UP * droop + trunk.chest_forward * 0.08)
    elif goal is None:
        aim = _within(aim, forearm, math.radians(62))
    inward = trunk.chest_side * -sign
    palm = inward * 0.85 - trunk.chest_forward * 0.15 if arm.palm is None else trunk.chest(arm.palm)
    palm = palm - aim * float(palm @ aim)
    if float(np.linalg.norm(palm)) < 0.05:
        palm = np.cross(aim, UP) + inward * 0.1
        palm = palm - aim * float(palm @ aim)
    return ArmJoints(shoulder, elbow, wrist, aim, unit(palm))


def _hand_place(trunk: Trunk, arm: Arm, shoulder: Array) -> Array:
    """Where a pose has the wrist: hands that work before the chest turn and lean with it, hanging ones stay by the hips."""
    gaze_at = trunk.actor.gaze_at
    if arm.grip is Grip.POINTING and gaze_at is not None:
        return _pointed(trunk, shoulder, np.asarray(gaze_at, float))
    working = min(max(arm.at[1] / 0.2, 0.0), 1.0)
    if trunk.shape.flat:
        working = 1.0
    offset = trunk.level(arm.at) * (1 - working) + trunk.chest(arm.at) * working
    return trunk.pelvis + offset * trunk.stature


def _within(aim: Array, axis: Array, limit: float) -> Array:
    """A direction no further than `limit` radians from an axis: wrists do not break."""
    cos = min(max(float(aim @ axis), -1.0), 1.0)
    angle = math.acos(cos)
    if angle <= limit:
        return aim
    hinge = np.cross(axis, aim)
    if float(np.linalg.norm(hinge)) < 1e-6:
        return axis
    return turned(axis, unit(hinge), limit)


def _pointed(trunk: Trunk, shoulder: Array, goal: Array) -> Array:
    """Where the wrist of a pointing arm goes: towards the goal, as far round as a shoulder goes."""
    away = goal - shoulder
    bearing = min(max(_bearing(away, trunk.forward, trunk.left), math.radians(-75)), math.radians(75))
    level = math.hypot(float(away @ trunk.left), float(away @ trunk.forward))
    rise = min(max(math.atan2(float(away @ UP), max(level, 0.05)), -0.6), 0.9)
    flat = trunk.forward * math.cos(bearing) - trunk.left * math.sin(bearing)
    return shoulder + (flat * math.cos(rise) + UP * math.sin(rise)) * 0.314 * trunk.stature


def _lifted(trunk: Trunk, rest: Array, target: Array, sign: float) -> Array:
    """The shoulder joint after its collar bone has followed a raised or reaching arm."""
    towards = (target - rest) / ((UPPER_ARM + FOREARM) * trunk.stature)
    rise = min(max(float(towards @ trunk.chest_up) + 0.35, 0.0), 1.3)
    ahead = min(max(float(towards @ trunk.chest_forward), -0.6), 1.0)
    across = min(max(-float(towards @ trunk.chest_side) * sign, 0.0), 1.0)
    inward = trunk.chest_side * -sign * (0.010 * rise + 0.008 * across)
    return rest + (trunk.chest_up * 0.016 * rise + trunk.chest_forward * 0.018 * ahead + inward) * trunk.stature


def _leg(trunk: Trunk, index: int) -> LegJoints:
    """One leg; a sole without clearance touches the floor, and a knee that must bend forward does."""
    person, shape, stature = trunk.person, trunk.shape, trunk.stature
    scale = leg_scale(person)
    sign = -1.0 if index == 0 else 1.0
    foot = shape.feet[index]
    hip = trunk.pelvis + trunk.hip_side * sign * 0.046 * person.build * stature
    toes = unit(trunk.forward * math.cos(foot.out) + trunk.left * sign * math.sin(foot.out))
    offsets = _sole_offsets(foot, toes) * stature
    height = float(trunk.base[1]) - float(offsets[:, 1].min()) + foot.clearance * scale * stature
    if shape.seated:
        height = max(height, float(trunk.pelvis[1]) - 0.31 * scale * stature)
    spread = foot.left * (0.5 + 0.5 * person.build)
    ankle = trunk.pelvis + (trunk.left * spread + trunk.forward * foot.forward * scale) * stature
    ankle = np.array([ankle[0], height, ankle[2]])
    knee_up = UP * (0.6 if shape.knees_up[index] else 0.0)
    pole = trunk.forward + toes * 0.25 + trunk.left * sign * 0.10 + knee_up
    knee, ankle = two_bones(hip, ankle, THIGH * scale * stature, SHANK * scale * stature, pole)
    return LegJoints(hip, knee, ankle, ankle + offsets)


def _sole_offsets(foot: Foot, toes: Array) -> Array:
    """Heel, ball and toe (3, 3) from the ankle in shares of stature; raised heels bend the foot at its ball."""
    pitch = foot.pitch
    axis = np.cross(toes, UP)
    ahead = turned(toes, axis, pitch)
    up = turned(UP, axis, pitch)
    heel = ahead * HEEL[0] + up * HEEL[1]
    ball = ahead * BALL[0] + up * BALL[1]
    bend = min(max(-pitch, 0.0), 0.75) if pitch > -1.15 else 0.2
    straight = ahead * (TOE[0] - BALL[0]) + up * (TOE[1] - BALL[1])
    return np.array([heel, ball, ball + turned(straight, axis, bend)])


def _head(trunk: Trunk, neck: Array) -> HeadFrame:
    """The head on its neck: it turns most of the way to the gaze, the eyes the rest."""
    person, stature = trunk.person, trunk.stature
    neck_up = unit(trunk.chest_up * 0.6 + UP * 0.4 + trunk.chest_forward * (0.22 if person.old else 0.06))
    if trunk.shape.flat:
        return _flat_head(trunk, neck)
    pivot = neck + neck_up * (0.0265 + 0.12 * person.head_share) * stature
    ahead = unit(trunk.chest_forward - UP * float(trunk.chest_forward @ UP))
    aside = np.cross(ahead, UP)
    beat = trunk.actor.beat
    bearing, rise, pupils = beat.turn, -trunk.shape.nod, np.zeros(2)
    bowed = BOWED.get(trunk.actor.expression, 0.0) if beat.stance else 0.0
    if trunk.actor.gaze_at is not None:
        eye = pivot + UP * 0.5 * person.head_share * stature + ahead * 0.05 * stature
        away = np.asarray(trunk.actor.gaze_at, float) - eye
        wanted = _bearing(away, ahead, aside)
        wanted_rise = math.atan2(float(away @ UP), max(math.hypot(float(away[0]), float(away[2])), 0.05))
        bearing = min(max(wanted * 0.84 + beat.turn, -TURN_LIMIT), TURN_LIMIT)
        rise = min(max(wanted_rise * 0.75, -NOD_LIMIT), NOD_LIMIT)
        pupils = np.clip([(bearing - wanted) / 0.55, (wanted_rise - rise) / 0.5], -1.0, 1.0)
    rise -= bowed
    flat = ahead * math.cos(bearing) - aside * math.sin(bearing)
    forward = unit(flat * math.cos(rise) + UP * math.sin(rise))
    up = UP * math.cos(rise) - flat * math.sin(rise)
    side = np.cross(forward, up)
    up = unit(up + side * (float(trunk.chest_up @ side) * 0.5 + beat.tilt))
    return HeadFrame(pivot, unit(np.cross(forward, up)), up, forward, pupils)


def _flat_head(trunk: Trunk, neck: Array) -> HeadFrame:
    """The head of somebody whose trunk lies along the floor: in line with the spine, lifted by the nod, turned to the gaze."""
    pivot = neck + trunk.chest_up * (0.0265 + 0.12 * trunk.person.head_share) * trunk.stature
    rise = -trunk.shape.nod
    forward = trunk.chest_forward * math.cos(rise) + trunk.chest_up * math.sin(rise)
    up = trunk.chest_up * math.cos(rise) - trunk.chest_forward * math.sin(rise)
    if trunk.actor.gaze_at is not None:
        away = np.asarray(trunk.actor.gaze_at, float) - pivot
        aside = np.cross(forward, up)
        turn = math.atan2(float(away @ aside), max(float(away @ forward), 0.05))
        forward = turned(forward, up, -min(max(turn * 0.8, -1.1), 1.1))
    return HeadFrame(pivot, unit(np.cross(forward, up)), up, unit(forward), np.zeros(2))
