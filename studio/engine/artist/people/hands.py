"""Hands: a palm, four jointed fingers and a thumb in seven shapes; far away they become a mitten. The arm is in `body.py`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from studio.engine.artist.geometry import rounded
from studio.engine.artist.people.parts import Colour, Kind, Melt, Part
from studio.engine.artist.people.poses.shapes import Grip
from studio.engine.artist.people.sweep import Array, depth_of, on_page, scale_at, tube, unit

if TYPE_CHECKING:
    from studio.engine.artist.sheet import Sheet

Bend = tuple[float, float, float]

CURLS: dict[Grip, tuple[Bend, float]] = {
    Grip.RELAXED: ((0.25, 0.38, 0.28), 0.10),
    Grip.POINTING: ((1.30, 1.55, 0.90), 0.0),
    Grip.FIST: ((1.40, 1.60, 1.00), 0.0),
    Grip.HOLDING: ((0.72, 0.85, 0.55), 0.0),
    Grip.PINCHING: ((0.75, 0.55, 0.30), 0.08),
    Grip.OPEN: ((0.04, 0.14, 0.12), 0.03),
    Grip.FLAT: ((0.08, 0.16, 0.12), 0.02),
}
# The two thumb bones as (along the fingers, across to the thumb's side, towards the palm's front).
THUMBS: dict[Grip, tuple[tuple[float, float, float], tuple[float, float, float]]] = {
    Grip.RELAXED: ((0.85, 0.45, 0.25), (0.95, 0.10, 0.15)),
    Grip.POINTING: ((0.75, 0.25, 0.65), (0.45, -0.75, 0.35)),
    Grip.FIST: ((0.75, 0.25, 0.65), (0.45, -0.75, 0.35)),
    Grip.HOLDING: ((0.55, 0.45, 0.75), (0.70, -0.25, 0.55)),
    Grip.PINCHING: ((0.70, 0.30, 0.65), (0.80, -0.20, 0.35)),
    Grip.OPEN: ((0.55, 0.85, 0.15), (0.70, 0.60, 0.0)),
    Grip.FLAT: ((0.70, 0.65, 0.05), (0.90, 0.25, 0.0)),
}
SPREADS = {Grip.OPEN: 0.16, Grip.RELAXED: 0.04, Grip.FLAT: 0.07}
FINGER_LENGTHS = (0.045, 0.050, 0.047, 0.037)
FINGER_RADII = (0.0088, 0.0090, 0.0086, 0.0076)
PHALANGES = (0.45, 0.31, 0.24)
MITTEN_UNITS = 14.0
FINE_UNITS = 60.0


@dataclass(frozen=True, slots=True, eq=False)
class HandFrame:
    """A hand in space: wrist, finger direction `aim`, palm normal `face`, thumb side `across`; `size` is the stature."""

    wrist: Array
    aim: Array
    face: Array
    across: Array
    size: float

    def at(self, along: float, across: float, face: float) -> Array:
        """A point in shares of stature along the fingers, to the thumb's side and out of the palm."""
        return self.wrist + (self.aim * along + self.across * across + self.face * face) * self.size


def hand_frame(wrist: Array, aim: Array, face: Array, right: bool, size: float) -> HandFrame:
    """The axes of a right or left hand; `face` is made square to `aim`."""
    aim = unit(aim)
    face = unit(face - aim * float(face @ aim))
    across = unit(np.cross(aim, face)) * (-1.0 if right else 1.0)
    return HandFrame(wrist, aim, face, across, size)


def grip_point(frame: HandFrame, grip: Grip) -> Array:
    """The middle of what this hand would hold."""
    if grip is Grip.PINCHING:
        return frame.at(0.088, 0.006, 0.026)
    if grip is Grip.FIST:
        return frame.at(0.056, 0.0, 0.018)
    if grip is Grip.HOLDING:
        return frame.at(0.062, 0.0, 0.028)
    return frame.at(0.055, 0.0, 0.012)


def knuckles(frame: HandFrame) -> list[Array]:
    return [frame.at(0.052 - 0.001 * abs(i - 1), 0.0175 - 0.0118 * i, 0.0) for i in range(4)]


def finger(frame: HandFrame, index: int, grip: Grip) -> Array:
    """The four joints (4, 3) of a finger, 0 the forefinger."""
    bend, fan = CURLS[grip]
    angles = tuple(angle + fan * (index + 0.5) for angle in bend)
    if grip is Grip.POINTING and index == 0:
        angles = (0.05, 0.08, 0.06)
    if grip is Grip.PINCHING and index > 1:
        angles = tuple(angle + 0.25 for angle in angles)
    direction = unit(frame.aim + frame.across * SPREADS.get(grip, 0.0) * (1.5 - index))
    normal = frame.face
    joints = [knuckles(frame)[index]]
    for angle, share in zip(angles, PHALANGES, strict=True):
        bent = unit(direction * math.cos(angle) + normal * math.sin(angle))
        normal = unit(normal * math.cos(angle) - direction * math.sin(angle))
        direction = bent
        joints.append(joints[-1] + direction * FINGER_LENGTHS[index] * share * frame.size)
    return np.array(joints)


def thumb(frame: HandFrame, grip: Grip) -> Array:
    """The three joints (3, 3) of the thumb."""
    first, second = THUMBS[grip]
    root = frame.at(0.014, 0.014, 0.0)
    joint = root + unit(_mixed(frame, first)) * 0.030 * frame.size
    return np.array([root, joint, joint + unit(_mixed(frame, second)) * 0.028 * frame.size])


def _mixed(frame: HandFrame, share: tuple[float, float, float]) -> Array:
    return frame.aim * share[0] + frame.across * share[1] + frame.face * share[2]


def hand_parts(sheet: Sheet, frame: HandFrame, grip: Grip, skin: Colour, depth: float) -> list[Part]:
    """A hand as parts round a depth in metres, fingers in the order the camera sees them."""
    size = frame.size
    scale = scale_at(sheet, frame.wrist)
    units = size * 0.05 * scale
    fingers = [finger(frame, index, grip) for index in range(4)]
    thumb_joints = thumb(frame, grip)
    if units < MITTEN_UNITS:
        return [_mitten(sheet, frame, grip, fingers, thumb_joints, skin, depth, scale)]
    sides = 24 if units > FINE_UNITS else 11
    palm = _palm(sheet, frame, units)
    middle = depth_of(sheet, frame.at(0.030, 0.0, 0.0)) - 0.004 * size
    curled = grip in (Grip.FIST, Grip.POINTING, Grip.HOLDING, Grip.PINCHING)
    thumb_shape = tube(sheet, thumb_joints, np.array([0.0125, 0.0098, 0.0074]) * size, sides)
    ordered: list[tuple[float, Part]] = [(middle, _part(palm, skin))]
    thumb_depth = depth_of(sheet, *thumb_joints[1:]) - (0.008 * size if curled else 0.0)
    ordered.append((thumb_depth, _part(thumb_shape, skin, _melt(sheet, thumb_joints[0], 0.019 * size, scale))))
    for joints, radius in zip(fingers, FINGER_RADII, strict=True):
        shape = tube(sheet, joints, radius * size * np.array([1.04, 1.0, 0.94, 0.80]), sides)
        near = depth_of(sheet, *joints[1:])
        ordered.append((near, _part(shape, skin, _melt(sheet, joints[0], 0.0125 * size, scale))))
    ordered.sort(key=lambda item: -item[0])
    for place, (_, part) in enumerate(ordered):
        part.depth = depth - place * 2e-4
    return [part for _, part in ordered]


def _palm(sheet: Sheet, frame: HandFrame, units: float) -> BaseGeometry:
    size = frame.size
    heel = tube(sheet, [frame.at(-0.006, 0, 0), frame.at(0.022, 0.004, 0)], np.array([0.0155, 0.022]) * size, 12)
    row = knuckles(frame)
    points = [
        frame.at(0.020, -0.010, 0),
        row[3] - frame.aim * 0.004 * size,
        row[1],
        row[0] - frame.aim * 0.002 * size,
        frame.at(0.020, 0.010, 0),
    ]
    body = tube(sheet, points, np.array([0.0130, 0.0095, 0.0110, 0.0105, 0.0140]) * size, 10)
    palm = shapely.union_all([heel, body, body.convex_hull])
    return rounded(palm, units * 0.08) if units > 20 else palm


def _mitten(
    sheet: Sheet,
    frame: HandFrame,
    grip: Grip,
    fingers: list[Array],
    thumb_joints: Array,
    skin: Colour,
    depth: float,
    scale: float,
) -> Part:
    size = frame.size
    picked = fingers if grip is Grip.OPEN else [fingers[0], fingers[2]]
    widths = FINGER_RADII if grip is Grip.OPEN else (0.0105, 0.0115)
    shapes = [
        tube(sheet, joints[[0, 1, 3]], np.full(3, width * size), 8)
        for joints, width in zip(picked, widths, strict=True)
    ]
    shapes.append(tube(sheet, thumb_joints, np.array([0.0125, 0.0098, 0.0078]) * size, 8))
    shapes.append(
        tube(
            sheet,
            [frame.at(-0.004, 0, 0), frame.at(0.03, 0.004, 0), frame.at(0.05, 0, 0)],
            np.array([0.0155, 0.0225, 0.021]) * size,
            9,
        )
    )
    return Part(depth, shapely.union_all(shapes), skin, Kind.HAND, shade=0.22, weight=0.6)


def _melt(sheet: Sheet, point: Array, radius: float, scale: float) -> tuple[Melt, ...]:
    x, y = on_page(sheet, point)[0]
    return (Melt((float(x), float(y)), radius * scale),)


def _part(shape: BaseGeometry, skin: Colour, melts: tuple[Melt, ...] = ()) -> Part:
    return Part(0.0, shape, skin, Kind.HAND, shade=0.22, weight=0.62, melts=melts)
