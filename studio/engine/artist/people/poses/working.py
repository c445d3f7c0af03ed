"""Poses of hands at work and of feeling, all on standing legs or in a seat: reaching, drinking, writing, folding arms."""

from __future__ import annotations

from studio.engine.artist.people.poses.basic import BASIC
from studio.engine.artist.people.poses.holding import AT_EAR
from studio.engine.artist.people.poses.shapes import (
    EASY_FEET,
    EASY_PELVIS,
    HANGING,
    HANGING_RIGHT,
    Arm,
    Foot,
    Grip,
    Point3,
    PoseShape,
    both,
)
from studio.engine.artist.spec import Expression, Pose

_SEAT: Point3 = (0.0, 0.305, 0.0)
_SEATED_FEET = (Foot(-0.062, 0.235, out=0.12), Foot(0.072, 0.205, out=0.25))
_UPPER: tuple[bool, bool] = (True, True)
_FOLDED = BASIC[Pose.LEAN].arms
_STEP = (Foot(-0.060, 0.130, out=0.15), Foot(0.060, -0.110, pitch=-0.35, out=0.25))


def _easy(right: Arm, left: Arm = HANGING, *, nod: float = 0.0, lean: float = 0.0, twist: float = 0.0) -> PoseShape:
    """Standing at ease with these arms."""
    return PoseShape(EASY_PELVIS, lean, 0.03, twist, -0.05, nod, EASY_FEET, (right, left))


def _seated(arms: tuple[Arm, Arm], *, lean: float = 0.0, nod: float = 0.0) -> PoseShape:
    return PoseShape(_SEAT, lean, nod=nod, feet=_SEATED_FEET, arms=arms, knees_up=_UPPER, seated=True)


_MOUTH = Arm((-0.048, 0.315, 0.125), (-0.9, -0.8, 0.2), Grip.HOLDING, aim=(0.55, 0.25, 0.15), palm=(0.5, 0.1, -0.85))
_LIPS = Arm((-0.052, 0.320, 0.120), (-0.8, -0.9, 0.1), Grip.PINCHING, aim=(0.45, 0.65, 0.0), palm=(0.2, 0.0, -1.0))
_READING = Arm((-0.060, 0.160, 0.180), (-0.7, -1.0, -0.2), Grip.HOLDING, aim=(0.3, 0.5, 0.6), palm=(0.2, 0.6, -0.75))
_OFFER = Arm((-0.080, 0.215, 0.300), (-0.5, -1.0, -0.3), Grip.HOLDING, aim=(0.15, 0.15, 1.0), palm=(0.5, 0.8, 0.0))
_SHOULDERS = Arm((-0.215, 0.120, 0.120), (-0.4, -1.0, -0.2), Grip.OPEN, aim=(-0.7, 0.25, 0.5), palm=(0.0, 1.0, 0.2))
_HIP = Arm((-0.112, 0.040, 0.015), (-1.0, 0.1, -0.45), Grip.FLAT, aim=(0.35, -0.75, 0.4), palm=(0.9, 0.0, -0.25))
_BESIDE_HEAD = Arm((-0.190, 0.410, 0.055), (-1.0, -0.9, 0.0), Grip.OPEN, aim=(-0.08, 1.0, 0.05), palm=(0.1, 0.0, 1.0))
_ON_TABLE = Arm((-0.090, 0.130, 0.215), (-1.0, -0.5, -0.3), Grip.FLAT, aim=(0.45, -0.05, 0.9), palm=(0.0, -1.0, 0.0))

_CHEST = Arm((-0.020, 0.185, 0.105), (-0.9, -0.8, -0.1), Grip.FLAT, aim=(0.9, 0.35, 0.1), palm=(0.1, 0.0, -1.0))
_JAB = Arm((-0.120, 0.235, 0.255), (-0.5, -1.0, -0.2), Grip.POINTING, aim=(0.0, 0.25, 1.0), palm=(0.8, -0.5, 0.0))
_WARD = Arm((-0.110, 0.215, 0.225), (-0.6, -1.0, -0.2), Grip.OPEN, aim=(-0.1, 0.9, 0.3), palm=(0.1, 0.2, 1.0))
_CLASPED = Arm((-0.018, 0.040, 0.110), (-1.0, -0.2, -0.4), Grip.RELAXED, aim=(0.6, -0.6, 0.4), palm=(0.2, -0.4, -0.9))
_WELCOME = Arm((-0.190, 0.150, 0.170), (-0.5, -1.0, -0.3), Grip.OPEN, aim=(-0.45, 0.30, 0.80), palm=(0.5, 0.85, 0.1))

TALKING: dict[Expression, tuple[Arm, Arm]] = {
    Expression.ANGRY: (_JAB, HANGING),
    Expression.AFRAID: both(_WARD),
    Expression.SURPRISED: both(_WARD),
    Expression.SAD: both(_CLASPED),
    Expression.WORRIED: (_CHEST, HANGING),
    Expression.HAPPY: both(_WELCOME),
}
"""The hands of somebody who speaks, by what they feel; anybody else speaks as the table has it."""

WORKING: dict[Pose, PoseShape] = {
    Pose.REACH: PoseShape(
        pelvis=(0.0, 0.498, 0.03),
        lean=0.17,
        twist=-0.28,
        feet=_STEP,
        arms=(
            Arm((-0.085, 0.262, 0.345), (-0.5, -1.0, -0.3), Grip.OPEN, aim=(0.1, 0.1, 1.0), palm=(0.9, 0.25, 0.0)),
            Arm((0.165, -0.010, -0.060), (0.5, -0.2, -0.8)),
        ),
    ),
    Pose.GIVE: _easy(_OFFER, lean=0.06, twist=-0.16),
    Pose.PHONE: _easy(AT_EAR),
    Pose.DRINK: _easy(_MOUTH, nod=-0.10),
    Pose.EAT: _easy(_LIPS, nod=0.05),
    Pose.SMOKE: _easy(_LIPS),
    Pose.READ: PoseShape(EASY_PELVIS, 0.02, nod=0.30, feet=EASY_FEET, arms=both(_READING)),
    Pose.WRITE: _seated(
        (
            Arm(
                (-0.055, 0.132, 0.215),
                (-1.0, -0.6, -0.3),
                Grip.PINCHING,
                aim=(0.30, -0.30, 0.85),
                palm=(0.55, -0.75, 0.0),
            ),
            Arm((0.100, 0.128, 0.205), (1.0, -0.5, -0.3), Grip.FLAT, aim=(-0.65, -0.05, 0.75), palm=(0.0, -1.0, 0.0)),
        ),
        lean=0.20,
        nod=0.34,
    ),
    Pose.TYPE: _seated(both(_ON_TABLE), lean=0.05, nod=0.10),
    Pose.DRIVE: _seated(
        both(
            Arm((-0.095, 0.165, 0.205), (-0.8, -0.9, -0.2), Grip.FIST, aim=(0.45, 0.60, 0.55), palm=(0.45, -0.35, 0.75))
        ),
        lean=-0.10,
    ),
    Pose.WAVE: _easy(_BESIDE_HEAD),
    Pose.HANDS_UP: PoseShape(feet=EASY_FEET, arms=both(_BESIDE_HEAD)),
    Pose.CHEER: PoseShape(
        lean=-0.06,
        nod=-0.16,
        feet=(Foot(-0.085, 0.0), Foot(0.085, 0.0)),
        arms=both(Arm((-0.175, 0.520, 0.030), (-1.0, 0.0, -0.3), Grip.FIST, aim=(0.05, 1.0, 0.0))),
    ),
    Pose.SHRUG: PoseShape(EASY_PELVIS, tilt=0.04, nod=0.04, feet=EASY_FEET, arms=both(_SHOULDERS)),
    Pose.CROSS_ARMS: PoseShape(EASY_PELVIS, -0.03, 0.03, hip_roll=-0.05, feet=EASY_FEET, arms=_FOLDED),
    Pose.AKIMBO: PoseShape(feet=(Foot(-0.080, 0.0), Foot(0.080, 0.02, out=0.3)), arms=both(_HIP)),
    Pose.THINK: _easy(
        Arm((-0.030, 0.292, 0.105), (-0.5, -1.0, 0.1), Grip.RELAXED, aim=(0.25, 0.9, 0.1), palm=(0.2, 0.1, -1.0)),
        Arm((-0.030, 0.135, 0.110), (0.9, -0.7, 0.0), Grip.FLAT, aim=(-1.0, 0.1, 0.0), palm=(0.0, -0.2, -1.0)),
        nod=0.08,
    ),
    Pose.COVER_FACE: PoseShape(
        lean=0.14,
        nod=0.34,
        feet=EASY_FEET,
        arms=both(
            Arm((-0.055, 0.325, 0.120), (-0.7, -1.0, 0.2), Grip.FLAT, aim=(0.22, 1.0, -0.05), palm=(0.15, 0.1, -1.0))
        ),
    ),
    Pose.LISTEN: _easy(
        Arm((-0.120, 0.370, 0.055), (-1.0, -0.7, 0.2), Grip.OPEN, aim=(0.1, 0.9, -0.2), palm=(0.6, 0.0, 0.8)),
        lean=0.12,
    ),
    Pose.PEER: _easy(
        Arm((-0.115, 0.405, 0.135), (-1.0, -0.5, 0.1), Grip.FLAT, aim=(0.95, 0.25, 0.0), palm=(0.1, -1.0, -0.1)),
        lean=0.08,
    ),
    Pose.SALUTE: PoseShape(
        arms=(
            Arm((-0.150, 0.395, 0.065), (-1.0, -0.2, 0.15), Grip.FLAT, aim=(0.85, 0.45, 0.0), palm=(0.2, -0.5, 0.8)),
            HANGING,
        )
    ),
    Pose.AIM: PoseShape(
        lean=0.04,
        twist=-0.10,
        feet=(Foot(-0.085, -0.05, out=0.4), Foot(0.075, 0.07, out=0.15)),
        arms=(
            Arm((-0.035, 0.268, 0.300), (-0.7, -1.0, 0.0), Grip.FIST, aim=(0.05, 0.0, 1.0), palm=(1.0, 0.0, 0.0)),
            Arm((0.005, 0.245, 0.275), (0.8, -1.0, 0.0), Grip.HOLDING, aim=(-0.35, 0.25, 0.9), palm=(-0.8, 0.5, 0.0)),
        ),
    ),
    Pose.OPEN: PoseShape(
        pelvis=(0.0, 0.500, 0.02),
        lean=0.06,
        twist=-0.18,
        feet=_STEP,
        arms=(
            Arm((-0.130, 0.090, 0.290), (-0.6, -1.0, -0.3), Grip.FIST, aim=(0.2, 0.0, 1.0), palm=(0.3, -0.9, 0.0)),
            HANGING,
        ),
    ),
    Pose.PUSH: PoseShape(
        pelvis=(0.0, 0.465, 0.02),
        lean=0.44,
        nod=-0.15,
        feet=(Foot(-0.055, 0.150, out=0.1), Foot(0.055, -0.240, pitch=-0.55, out=0.1)),
        arms=both(
            Arm((-0.100, 0.245, 0.300), (-0.9, -0.7, -0.3), Grip.FLAT, aim=(0.05, 1.0, 0.15), palm=(0.0, 0.0, 1.0))
        ),
    ),
    Pose.PULL: PoseShape(
        pelvis=(0.0, 0.455, -0.06),
        lean=-0.22,
        feet=(Foot(-0.060, 0.200, pitch=0.2, out=0.1), Foot(0.060, -0.010, out=0.3)),
        arms=both(
            Arm((-0.040, 0.190, 0.300), (-0.8, -0.8, -0.2), Grip.FIST, aim=(0.15, 0.0, 1.0), palm=(0.3, -0.9, 0.0))
        ),
    ),
    Pose.CARRY: PoseShape(
        lean=-0.06,
        feet=EASY_FEET,
        arms=both(
            Arm((-0.108, 0.085, 0.185), (-0.7, -0.6, -0.6), Grip.FLAT, aim=(0.25, 0.05, 1.0), palm=(1.0, 0.15, 0.0))
        ),
    ),
    Pose.FIGHT: PoseShape(
        pelvis=(0.0, 0.478, 0.04),
        lean=0.14,
        twist=-0.42,
        feet=(Foot(-0.080, 0.180, out=0.2), Foot(0.070, -0.170, pitch=-0.4, out=0.5)),
        arms=(
            Arm((-0.045, 0.290, 0.335), (-0.7, -0.7, -0.2), Grip.FIST, aim=(0.1, 0.0, 1.0), palm=(0.2, -1.0, 0.0)),
            Arm((0.060, 0.270, 0.120), (0.7, -1.0, 0.0), Grip.FIST, aim=(-0.3, 0.9, 0.3), palm=(-0.5, 0.0, -0.8)),
        ),
    ),
    Pose.PRAY: PoseShape(
        pelvis=(0.0, 0.285, 0.0),
        lean=0.04,
        nod=0.28,
        feet=(Foot(-0.055, -0.215, 0.0, -1.30, 0.0), Foot(0.055, -0.215, 0.0, -1.30, 0.0)),
        arms=both(
            Arm((-0.020, 0.215, 0.130), (-1.0, -0.9, -0.1), Grip.FLAT, aim=(0.05, 0.9, 0.35), palm=(1.0, 0.0, 0.0))
        ),
    ),
    Pose.BOW: PoseShape(
        pelvis=(0.0, 0.505, -0.05),
        lean=0.72,
        nod=0.25,
        arms=(HANGING_RIGHT, HANGING),
        feet=(Foot(-0.05, 0.0), Foot(0.05, 0.0)),
    ),
}
