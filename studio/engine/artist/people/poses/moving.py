"""Poses of bodies that move or lie low: crouching, crawling, lying, falling, jumping, climbing."""

from __future__ import annotations

import math

from studio.engine.artist.people.poses.shapes import Arm, Foot, Grip, PoseShape, both
from studio.engine.artist.spec import Pose

_LEVEL = math.pi / 2

MOVING: dict[Pose, PoseShape] = {
    Pose.LIE: PoseShape(
        pelvis=(0.0, 0.066, 0.0),
        lean=-_LEVEL,
        feet=(Foot(-0.060, 0.440, 0.0, 1.15, 0.35), Foot(0.060, 0.400, 0.0, 1.0, 0.35)),
        arms=(
            Arm((-0.030, 0.110, 0.078), (-1.0, -0.2, 0.0), Grip.FLAT, aim=(0.9, -0.2, -0.1), palm=(0.0, 0.0, -1.0)),
            Arm((0.155, -0.020, -0.020), (1.0, 0.0, 0.2), Grip.RELAXED, aim=(0.1, -1.0, 0.0), palm=(-0.2, 0.0, -1.0)),
        ),
        knees_up=(True, True),
    ),
    Pose.CRAWL: PoseShape(
        pelvis=(0.0, 0.285, 0.0),
        lean=1.42,
        nod=-1.0,
        feet=(Foot(-0.060, -0.190, 0.0, -1.30, 0.0), Foot(0.060, -0.260, 0.0, -1.30, 0.0)),
        arms=(
            Arm((-0.115, 0.330, 0.262), (-0.6, -0.6, 0.2), Grip.FLAT, aim=(0.05, 1.0, 0.1), palm=(0.0, 0.0, 1.0)),
            Arm((0.115, 0.235, 0.266), (0.6, -0.6, 0.2), Grip.FLAT, aim=(-0.05, 1.0, 0.1), palm=(0.0, 0.0, 1.0)),
        ),
    ),
    Pose.SIT_FLOOR: PoseShape(
        pelvis=(0.0, 0.075, 0.0),
        lean=0.12,
        nod=0.10,
        feet=(Foot(-0.060, 0.260, out=0.15), Foot(0.065, 0.300, out=0.2)),
        arms=both(
            Arm((-0.045, 0.165, 0.235), (-1.0, -0.6, -0.1), Grip.RELAXED, aim=(0.6, -0.4, 0.6), palm=(0.2, -0.6, -0.6))
        ),
        knees_up=(True, True),
    ),
    Pose.CROUCH: PoseShape(
        pelvis=(0.0, 0.190, -0.06),
        lean=0.42,
        nod=-0.18,
        feet=(Foot(-0.075, 0.050, out=0.35), Foot(0.075, -0.010, 0.0, -0.50, 0.35)),
        arms=both(
            Arm((-0.085, 0.085, 0.250), (-1.0, -0.4, -0.1), Grip.RELAXED, aim=(0.4, -0.5, 0.7), palm=(0.3, -0.8, -0.2))
        ),
        knees_up=(True, True),
    ),
    Pose.COWER: PoseShape(
        pelvis=(0.0, 0.190, -0.06),
        lean=0.58,
        nod=0.42,
        feet=(Foot(-0.065, 0.050, out=0.3), Foot(0.065, 0.000, 0.0, -0.50, 0.3)),
        arms=both(
            Arm((-0.065, 0.425, 0.075), (-1.0, -0.2, 0.7), Grip.FLAT, aim=(0.5, 0.7, -0.4), palm=(0.3, -0.6, -0.5))
        ),
        knees_up=(True, True),
    ),
    Pose.LIFT: PoseShape(
        pelvis=(0.0, 0.340, -0.10),
        lean=0.78,
        nod=-0.20,
        feet=(Foot(-0.085, 0.070, out=0.25), Foot(0.085, 0.030, out=0.25)),
        arms=both(
            Arm((-0.110, -0.155, 0.290), (-0.7, -0.2, -0.4), Grip.FLAT, aim=(0.2, -0.6, 0.6), palm=(0.9, -0.3, 0.1))
        ),
        knees_up=(True, True),
    ),
    Pose.SNEAK: PoseShape(
        pelvis=(0.0, 0.430, 0.0),
        lean=0.30,
        nod=-0.12,
        twist=0.12,
        feet=(Foot(-0.035, 0.190, 0.02, -0.25, 0.1), Foot(0.045, -0.130, 0.0, -0.40, 0.1)),
        arms=(
            Arm((-0.135, 0.165, 0.130), (-0.7, -0.8, -0.5), Grip.RELAXED, aim=(0.1, 0.1, 1.0), palm=(0.0, -1.0, 0.1)),
            Arm((0.120, 0.180, 0.205), (0.7, -0.9, -0.3), Grip.RELAXED, aim=(-0.1, 0.2, 1.0), palm=(0.0, -1.0, 0.1)),
        ),
        knees_up=(True, False),
    ),
    Pose.CLIMB: PoseShape(
        pelvis=(0.0, 0.500, -0.02),
        lean=0.12,
        nod=-0.28,
        feet=(Foot(-0.070, 0.130, 0.200, -0.1, 0.2), Foot(0.065, 0.020, 0.0, -0.35, 0.2)),
        arms=(
            Arm((-0.120, 0.290, 0.230), (-1.0, -0.8, 0.0), Grip.FIST, aim=(0.0, 0.7, 0.7), palm=(0.2, 0.0, 1.0)),
            Arm((0.105, 0.510, 0.170), (1.0, -0.3, 0.0), Grip.FIST, aim=(0.0, 0.9, 0.4), palm=(0.0, 0.0, 1.0)),
        ),
        knees_up=(True, False),
    ),
    Pose.KICK: PoseShape(
        pelvis=(0.0, 0.500, 0.0),
        lean=-0.24,
        feet=(Foot(-0.045, 0.390, 0.330, 0.15, 0.0), Foot(0.035, -0.030, out=0.3)),
        arms=(
            Arm((-0.240, 0.140, -0.060), (-0.4, -0.6, -0.8), Grip.FIST),
            Arm((0.150, 0.230, 0.190), (0.8, -0.8, 0.0), Grip.FIST),
        ),
        knees_up=(True, False),
    ),
    Pose.FALL: PoseShape(
        pelvis=(0.0, 0.330, -0.05),
        lean=-0.62,
        tilt=0.10,
        nod=-0.15,
        feet=(Foot(-0.070, 0.280, 0.070, 0.45, 0.2), Foot(0.070, 0.140, 0.0, 0.0, 0.3)),
        arms=(
            Arm((-0.290, 0.330, 0.080), (-0.4, -0.8, -0.5), Grip.OPEN),
            Arm((0.250, 0.170, -0.140), (0.6, 0.2, -0.8), Grip.OPEN),
        ),
        knees_up=(True, True),
    ),
    Pose.JUMP: PoseShape(
        pelvis=(0.0, 0.600, 0.0),
        lean=0.06,
        nod=-0.10,
        feet=(Foot(-0.070, 0.070, 0.210, -0.55, 0.1), Foot(0.060, -0.150, 0.130, -0.85, 0.1)),
        arms=both(Arm((-0.240, 0.400, 0.050), (-1.0, -0.3, -0.3), Grip.OPEN, aim=(-0.5, 0.8, 0.1))),
        knees_up=(True, False),
    ),
    Pose.DANCE: PoseShape(
        pelvis=(-0.035, 0.495, 0.0),
        tilt=-0.10,
        twist=0.22,
        hip_roll=-0.10,
        feet=(Foot(-0.020, -0.020, out=0.3), Foot(0.150, 0.080, 0.0, -0.45, 0.6)),
        arms=(
            Arm((-0.170, 0.500, 0.040), (-1.0, -0.2, -0.2), Grip.RELAXED, aim=(0.3, 0.9, 0.1)),
            Arm((0.260, 0.170, 0.100), (0.6, -0.8, -0.4), Grip.RELAXED, aim=(0.9, 0.2, 0.2)),
        ),
    ),
}
