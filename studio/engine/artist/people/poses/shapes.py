"""What a key pose is made of: where pelvis, feet and hands are. How bones follow is `skeleton.py`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Point3 = tuple[float, float, float]


class Grip(StrEnum):
    """The shape of a hand."""

    RELAXED = "relaxed"
    POINTING = "pointing"
    FIST = "fist"
    HOLDING = "holding"
    PINCHING = "pinching"
    OPEN = "open"
    FLAT = "flat"


@dataclass(frozen=True, slots=True)
class Foot:
    """Where an ankle is from the pelvis over the floor, in shares of stature: left, forward, clearance of the sole.

    `pitch` radians is positive toes up, negative heel up; `out` turns the toes outward.
    """

    left: float
    forward: float
    clearance: float = 0.0
    pitch: float = 0.0
    out: float = 0.2


@dataclass(frozen=True, slots=True)
class Arm:
    """Where a wrist is from the pelvis (left, up, forward in shares of stature), where its elbow points, and the hand's shape.

    `aim` and `palm` (left, up, forward) fix the direction of the fingers and of the palm; None follows the forearm.
    """

    at: Point3
    elbow: Point3 = (-0.5, -0.2, -0.8)
    grip: Grip = Grip.RELAXED
    aim: Point3 | None = None
    palm: Point3 | None = None


@dataclass(frozen=True, slots=True)
class PoseShape:
    """A whole key pose; `arms` and `feet` are (right, left). Angles in radians; `pelvis` (left, up, forward) in shares.

    A `lean` beyond 1 lays the whole trunk flat: on the belly when positive, on the back when negative.
    """

    pelvis: Point3 = (0.0, 0.513, 0.0)
    lean: float = 0.0
    tilt: float = 0.0
    twist: float = 0.0
    hip_roll: float = 0.0
    nod: float = 0.0
    feet: tuple[Foot, Foot] = (Foot(-0.055, 0.0), Foot(0.055, 0.0))
    arms: tuple[Arm, Arm] = (Arm((-0.134, -0.036, 0.03)), Arm((0.134, -0.036, 0.03), (0.5, -0.2, -0.8)))
    knees_up: tuple[bool, bool] = (False, False)
    seated: bool = False

    @property
    def flat(self) -> bool:
        """Whether the trunk lies along the floor."""
        return abs(self.lean) > 1.0


HANGING = Arm((0.134, -0.036, 0.030), (0.5, -0.2, -0.8))
HANGING_RIGHT = Arm((-0.134, -0.036, 0.030))
EASY_FEET = (Foot(-0.050, -0.01, out=0.2), Foot(0.068, 0.045, out=0.45))
EASY_PELVIS: Point3 = (-0.018, 0.508, 0.0)


def both(right: Arm) -> tuple[Arm, Arm]:
    """A right arm and its mirror image."""

    def flip(value: Point3 | None) -> Point3 | None:
        return None if value is None else (-value[0], value[1], value[2])

    left = Arm(
        (-right.at[0], right.at[1], right.at[2]),
        (-right.elbow[0], right.elbow[1], right.elbow[2]),
        right.grip,
        flip(right.aim),
        flip(right.palm),
    )
    return right, left
