"""The poses everybody takes: standing, walking, sitting, talking."""

from __future__ import annotations

from studio.engine.artist.people.poses.shapes import EASY_FEET, HANGING, Arm, Foot, Grip, PoseShape
from studio.engine.artist.spec import Pose

BASIC: dict[Pose, PoseShape] = {
    Pose.STAND: PoseShape(
        pelvis=(-0.018, 0.508, 0.0),
        tilt=0.03,
        hip_roll=-0.055,
        feet=EASY_FEET,
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
            HANGING,
        ),
    ),
    Pose.TALK: PoseShape(
        pelvis=(-0.018, 0.508, 0.0),
        tilt=0.03,
        hip_roll=-0.05,
        twist=-0.08,
        feet=EASY_FEET,
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
        feet=EASY_FEET,
        arms=(Arm((-0.075, 0.190, 0.165), (-0.6, -1.0, -0.2), Grip.HOLDING), HANGING),
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
