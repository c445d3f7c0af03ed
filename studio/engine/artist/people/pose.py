"""The key poses: where pelvis, feet and hands are, as a table of numbers. How bones follow is `skeleton.py`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from studio.engine.artist.people.look import Person
from studio.engine.artist.spec import Expression, Pose

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
    """A whole key pose; `arms` and `feet` are (right, left). Angles in radians; `pelvis` (left, up, forward) in shares."""

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


@dataclass(frozen=True, slots=True)
class Actor:
    """One person acting on the floor plan. `facing_degrees`: 0 points the body to +z, 90 to +x, 180 to a camera at azimuth 0.

    `seat` is the seat's height in metres for those who sit; `reach` gives world points for the (right, left) palms;
    `lean` bends the trunk forward by so many degrees more; `mirrored` swaps left and right; `floor` is the ground's height.
    """

    person: Person
    x: float
    z: float
    facing_degrees: float
    pose: Pose = Pose.STAND
    expression: Expression = Expression.NEUTRAL
    gaze_at: Point3 | None = None
    prop: str | None = None
    seat: float | None = None
    lean: float = 0.0
    mirrored: bool = False
    floor: float = 0.0
    reach: tuple[Point3 | None, Point3 | None] = (None, None)


_HANGING = Arm((0.134, -0.036, 0.030), (0.5, -0.2, -0.8))
_EASY_FEET = (Foot(-0.050, -0.01, out=0.2), Foot(0.068, 0.045, out=0.45))

POSES: dict[Pose, PoseShape] = {
    Pose.STAND: PoseShape(
        pelvis=(-0.018, 0.508, 0.0),
        tilt=0.03,
        hip_roll=-0.055,
        feet=_EASY_FEET,
        arms=(Arm((-0.130, -0.036, 0.022)), Arm((0.136, -0.032, 0.042), (0.5, -0.2, -0.8))),
    ),
    Pose.WALK: PoseShape(
        pelvis=(0.0, 0.487, 0.0),
        lean=0.05,
        twist=0.20,
        feet=(Foot(-0.03, 0.185, 0.0, 0.30, 0.08), Foot(0.03, -0.185, 0.0, -0.62, 0.08)),
        arms=(Arm((-0.138, -0.010, -0.135)), Arm((0.112, 0.035, 0.165), (0.5, -0.4, -0.8))),
    ),
    Pose.RUN: PoseShape(
        pelvis=(0.0, 0.478, 0.03),
        lean=0.30,
        twist=0.34,
        nod=-0.12,
        feet=(Foot(-0.035, 0.165, 0.165, 0.05, 0.05), Foot(0.03, -0.285, 0.0, -1.02, 0.05)),
        arms=(
            Arm((-0.165, 0.085, -0.100), (-0.35, 0.35, -1.0), Grip.FIST),
            Arm((0.050, 0.225, 0.215), (0.45, -1.0, -0.35), Grip.FIST),
        ),
        knees_up=(True, False),
    ),
    Pose.SIT: PoseShape(
        pelvis=(0.0, 0.305, 0.0),
        lean=0.03,
        feet=(Foot(-0.062, 0.255, out=0.12), Foot(0.072, 0.205, out=0.25)),
        arms=(
            Arm((-0.078, 0.082, 0.165), (-1.0, -0.5, -0.4), aim=(0.25, -0.12, 1.0), palm=(0.0, -1.0, -0.1)),
            Arm((0.080, 0.082, 0.175), (1.0, -0.5, -0.4), aim=(-0.25, -0.12, 1.0), palm=(0.0, -1.0, -0.1)),
        ),
        knees_up=(True, True),
        seated=True,
    ),
    Pose.POINT: PoseShape(
        pelvis=(0.015, 0.507, 0.0),
        tilt=-0.02,
        hip_roll=0.04,
        twist=-0.14,
        feet=(Foot(-0.070, 0.070, out=0.3), Foot(0.052, -0.02, out=0.3)),
        arms=(
            Arm((-0.150, 0.285, 0.320), (-0.5, -1.0, -0.3), Grip.POINTING, palm=(0.35, -1.0, 0.0)),
            _HANGING,
        ),
    ),
    Pose.TALK: PoseShape(
        pelvis=(-0.018, 0.508, 0.0),
        tilt=0.03,
        hip_roll=-0.05,
        twist=-0.08,
        feet=_EASY_FEET,
        arms=(
            Arm(
                (-0.150, 0.155, 0.185), (-0.5, -1.0, -0.35), Grip.OPEN, aim=(-0.42, 0.30, 0.85), palm=(0.45, 0.85, 0.1)
            ),
            Arm((0.134, -0.030, 0.050), (0.5, -0.3, -0.8)),
        ),
    ),
    Pose.HOLD: PoseShape(
        pelvis=(-0.018, 0.508, 0.0),
        tilt=0.03,
        hip_roll=-0.05,
        feet=_EASY_FEET,
        arms=(Arm((-0.075, 0.190, 0.165), (-0.6, -1.0, -0.2), Grip.HOLDING), _HANGING),
    ),
    Pose.LEAN: PoseShape(
        pelvis=(-0.030, 0.494, 0.015),
        lean=-0.07,
        tilt=-0.035,
        hip_roll=-0.07,
        nod=0.06,
        feet=(Foot(-0.020, 0.055, out=0.22), Foot(-0.022, 0.125, out=0.10)),
        arms=(
            Arm((0.055, 0.170, 0.098), (-1.0, -0.75, -0.1), Grip.FLAT, aim=(1.0, 0.22, -0.30), palm=(0.15, -0.2, -1.0)),
            Arm(
                (-0.050, 0.148, 0.118), (1.0, -0.75, -0.1), Grip.FLAT, aim=(-1.0, 0.12, -0.2), palm=(-0.15, -0.2, -1.0)
            ),
        ),
    ),
    Pose.KNEEL: PoseShape(
        pelvis=(0.0, 0.285, 0.0),
        lean=0.14,
        feet=(Foot(-0.055, -0.215, 0.0, -1.30, 0.0), Foot(0.075, 0.205, out=0.15)),
        arms=(
            Arm((-0.105, 0.012, 0.075), (-0.6, -0.3, -0.8)),
            Arm((0.078, 0.020, 0.205), (1.0, -0.4, -0.3), aim=(-0.2, -0.35, 0.9), palm=(0.0, -1.0, -0.2)),
        ),
        knees_up=(False, True),
    ),
    Pose.EMBRACE: PoseShape(
        lean=0.05,
        feet=(Foot(-0.055, -0.03, out=0.2), Foot(0.060, 0.02, out=0.2)),
        arms=(
            Arm((-0.085, 0.170, 0.215), (-1.0, -0.6, -0.1), aim=(0.9, 0.1, 0.3), palm=(0.3, 0.0, -1.0)),
            Arm((0.085, 0.130, 0.220), (1.0, -0.7, -0.1), aim=(-0.9, 0.1, 0.3), palm=(-0.3, 0.0, -1.0)),
        ),
    ),
}

_CARRIED_LOW = Arm((-0.146, -0.034, 0.030), (-0.5, -0.2, -0.8), Grip.FIST, aim=(0.0, -1.0, 0.12), palm=(1.0, 0.0, 0.1))
_READING = Arm((-0.055, 0.130, 0.190), (-0.7, -1.0, -0.2), Grip.PINCHING, aim=(0.25, 0.55, 0.55), palm=(0.2, 0.5, -0.9))
_BOX_RIGHT = Arm((-0.108, 0.085, 0.185), (-0.7, -0.6, -0.6), Grip.FLAT, aim=(0.25, 0.05, 1.0), palm=(1.0, 0.15, 0.0))
_BOX_LEFT = Arm((0.108, 0.085, 0.185), (0.7, -0.6, -0.6), Grip.FLAT, aim=(-0.25, 0.05, 1.0), palm=(-1.0, 0.15, 0.0))
_CUP = Arm((-0.085, 0.195, 0.150), (-0.6, -1.0, -0.3), Grip.HOLDING, aim=(0.45, 0.10, 0.75), palm=(0.85, 0.0, -0.45))

HOLDS: dict[str, Arm] = {
    "phone": Arm(
        (-0.070, 0.200, 0.170), (-0.6, -1.0, -0.2), Grip.HOLDING, aim=(0.30, 0.75, 0.45), palm=(0.35, 0.35, -0.85)
    ),
    "cup": _CUP,
    "glass": _CUP,
    "bottle": _CUP,
    "letter": _READING,
    "paper": _READING,
    "photo": _READING,
    "book": Arm(
        (-0.060, 0.165, 0.175), (-0.7, -1.0, -0.2), Grip.HOLDING, aim=(0.35, 0.45, 0.65), palm=(0.15, 0.75, -0.6)
    ),
    "key": Arm(
        (-0.080, 0.205, 0.200), (-0.6, -1.0, -0.2), Grip.PINCHING, aim=(0.2, 0.35, 0.85), palm=(0.95, 0.1, -0.2)
    ),
    "gun": Arm((-0.035, 0.262, 0.300), (-0.6, -1.0, -0.2), Grip.FIST, aim=(0.05, 0.0, 1.0), palm=(1.0, 0.0, 0.0)),
    "bag": _CARRIED_LOW,
    "box": _BOX_RIGHT,
}
OFF_HAND: dict[str, Arm] = {
    "letter": replace(
        _READING, at=(0.055, 0.130, 0.190), elbow=(0.7, -1.0, -0.2), aim=(-0.25, 0.55, 0.55), palm=(-0.2, 0.5, -0.9)
    ),
    "paper": replace(
        _READING, at=(0.055, 0.130, 0.190), elbow=(0.7, -1.0, -0.2), aim=(-0.25, 0.55, 0.55), palm=(-0.2, 0.5, -0.9)
    ),
    "box": _BOX_LEFT,
}
_AT_EAR = Arm(
    (-0.088, 0.352, 0.062), (-0.7, -1.0, 0.35), Grip.HOLDING, aim=(0.25, 0.85, -0.28), palm=(0.9, -0.15, 0.25)
)

SYNONYMS = {
    "telephone": "phone",
    "cellphone": "phone",
    "mug": "cup",
    "coffee": "cup",
    "wine": "glass",
    "drink": "glass",
    "beer": "bottle",
    "note": "paper",
    "map": "paper",
    "newspaper": "paper",
    "envelope": "letter",
    "photograph": "photo",
    "picture": "photo",
    "pistol": "gun",
    "revolver": "gun",
    "keys": "key",
    "suitcase": "bag",
    "briefcase": "bag",
    "handbag": "bag",
    "package": "box",
    "parcel": "box",
    "crate": "box",
}


def held_thing(prop: str | None) -> str | None:
    """The drawable thing a prop word stands for: a key of HOLDS; any other word is a small box-like thing in one hand."""
    if not prop:
        return None
    word = prop.strip().casefold()
    word = SYNONYMS.get(word, word)
    return word if word in HOLDS else "book"


def shape_of(actor: Actor) -> PoseShape:
    """The key pose of an actor, the arms changed by what is held."""
    shape = POSES[actor.pose]
    thing = held_thing(actor.prop)
    if thing is None or actor.pose in (Pose.EMBRACE, Pose.POINT):
        return shape
    right, left = shape.arms
    if actor.pose in (Pose.WALK, Pose.RUN, Pose.KNEEL) and thing != "box":
        grip = Grip.FIST if thing in ("gun", "bag", "key") else Grip.HOLDING
        aimed = _CARRIED_LOW if actor.pose is Pose.WALK and thing in ("bag", "gun") else right
        return replace(shape, arms=(replace(aimed, at=right.at, elbow=right.elbow, grip=grip), left))
    right = _AT_EAR if thing == "phone" and actor.pose is Pose.TALK else HOLDS[thing]
    left = OFF_HAND.get(thing, left)
    if shape.seated and thing == "bag":
        right = shape.arms[0]
    return replace(shape, arms=(right, left))
