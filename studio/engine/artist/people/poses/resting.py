"""How people stand who do nothing in particular: what the weight rests on and where the hands go, by mood."""

from __future__ import annotations

from dataclasses import replace

from studio.engine.artist.people.poses.basic import BASIC
from studio.engine.artist.people.poses.shapes import EASY_FEET, HANGING, HANGING_RIGHT, Arm, Foot, Grip, PoseShape
from studio.engine.artist.people.poses.working import WORKING
from studio.engine.artist.spec import Expression, Pose

_PLAIN = BASIC[Pose.STAND]
_POCKET = Arm((0.128, -0.006, 0.030), (0.7, -0.3, -0.8), Grip.FIST, aim=(-0.25, -1.0, 0.25), palm=(-1.0, 0.0, 0.1))
_POCKET_RIGHT = Arm(
    (-0.128, -0.006, 0.030), (-0.7, -0.3, -0.8), Grip.FIST, aim=(0.25, -1.0, 0.25), palm=(1.0, 0.0, 0.1)
)
_OVER = Arm((-0.030, 0.045, 0.118), (-0.9, -0.7, -0.4), aim=(0.85, -0.35, 0.15), palm=(0.1, 0.0, -1.0))
_UNDER = Arm((0.036, 0.030, 0.104), (0.9, -0.7, -0.4), Grip.FIST, aim=(-0.85, -0.35, 0.15), palm=(-0.1, 0.0, -1.0))
_ELBOW = Arm((0.040, 0.120, 0.100), (0.9, -0.7, -0.3), Grip.FLAT, aim=(-1.0, 0.15, -0.1), palm=(-0.1, -0.2, -1.0))

_OTHER_LEG = replace(
    _PLAIN,
    pelvis=(0.020, 0.508, 0.0),
    tilt=-0.035,
    hip_roll=0.05,
    twist=0.10,
    feet=(Foot(-0.074, 0.050, out=0.42), Foot(0.048, -0.012, out=0.2)),
)
_WIDE_FEET = (Foot(-0.082, 0.005, out=0.3), Foot(0.084, 0.012, out=0.35))
_ONE_POCKET = replace(_PLAIN, twist=-0.10, arms=(HANGING_RIGHT, _POCKET))
_POCKETS = PoseShape((0.0, 0.509, 0.0), -0.02, 0.0, 0.06, 0.02, 0.03, EASY_FEET, (_POCKET_RIGHT, _POCKET))
_CLASPED = replace(_OTHER_LEG, nod=0.04, arms=(_OVER, _UNDER))
_HELD_ARM = replace(_PLAIN, nod=0.08, twist=0.08, arms=(HANGING_RIGHT, _ELBOW))
_SQUARE = replace(_PLAIN, pelvis=(0.0, 0.505, 0.0), tilt=0.0, hip_roll=0.0, feet=_WIDE_FEET)
_FISTS = replace(_SQUARE, lean=0.04, arms=(replace(HANGING_RIGHT, grip=Grip.FIST), replace(HANGING, grip=Grip.FIST)))
_FOLDED = WORKING[Pose.CROSS_ARMS]
_HIPS = WORKING[Pose.AKIMBO]

_ANY = (_ONE_POCKET, _OTHER_LEG, _CLASPED, _POCKETS, _PLAIN, _FOLDED, _OTHER_LEG, _ONE_POCKET)
_MOODS: dict[Expression, tuple[PoseShape, ...]] = {
    Expression.ANGRY: (_HIPS, _FISTS, _FOLDED, _FISTS),
    Expression.DISGUSTED: (_FOLDED, _HIPS),
    Expression.SAD: (_HELD_ARM, _CLASPED, _OTHER_LEG),
    Expression.AFRAID: (_HELD_ARM, _CLASPED, _FISTS),
    Expression.WORRIED: (_CLASPED, _HELD_ARM, _FOLDED),
    Expression.HAPPY: (_POCKETS, _HIPS, _ONE_POCKET, _OTHER_LEG),
    Expression.SURPRISED: (_PLAIN, _SQUARE),
}


def at_rest(stance: int, mood: Expression) -> PoseShape:
    """How somebody stands; stance 0 is the plain one."""
    if stance == 0:
        return _PLAIN
    ways = _MOODS.get(mood, _ANY)
    return ways[stance % len(ways)]
