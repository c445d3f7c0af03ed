"""How an actor stands, sits or lies: the key pose of the tables in `poses/`, changed by what is held and by a seat."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.engine.artist.people.look import Person
from studio.engine.artist.people.poses.basic import BASIC
from studio.engine.artist.people.poses.beat import STILL, Beat
from studio.engine.artist.people.poses.holding import AT_EAR, CARRIED_LOW, HOLDS, OFF_HAND, SYNONYMS
from studio.engine.artist.people.poses.moving import MOVING
from studio.engine.artist.people.poses.resting import at_rest
from studio.engine.artist.people.poses.shapes import Arm, Grip, Point3, PoseShape
from studio.engine.artist.people.poses.working import TALKING, WORKING
from studio.engine.artist.spec import Expression, Pose

POSES: dict[Pose, PoseShape] = {**BASIC, **WORKING, **MOVING}

SEATED = frozenset(pose for pose, shape in POSES.items() if shape.seated)
FLAT = frozenset(pose for pose, shape in POSES.items() if shape.flat)
LOW = frozenset(pose for pose, shape in MOVING.items() if shape.pelvis[1] < 0.4) | {Pose.KNEEL, Pose.PRAY}
"""Poses that a seat makes no sense of."""

USED: dict[Pose, str] = {
    Pose.PHONE: "phone",
    Pose.DRINK: "cup",
    Pose.SMOKE: "cigarette",
    Pose.READ: "book",
    Pose.WRITE: "pen",
    Pose.AIM: "gun",
    Pose.CARRY: "box",
}
"""What is in the hand of somebody who does this, unless it is said."""

_FREE = (Pose.STAND, Pose.SIT, Pose.HOLD, Pose.TALK, Pose.LEAN)
"""Poses whose arm gives way to what it holds."""
_MOVING = (Pose.WALK, Pose.RUN, Pose.KNEEL)


@dataclass(frozen=True, slots=True)
class Actor:
    """One person acting on the floor plan. `facing_degrees`: 0 points the body to +z, 90 to +x, 180 to a camera at azimuth 0.

    `seat` is the seat's height in metres for those who sit; `reach` gives world points for the (right, left) palms;
    `lean` bends the trunk forward by so many degrees more; `mirrored` swaps left and right; `floor` is the ground's height;
    `seated` has them do what they do on a seat; `beat` is how this panel of them differs from the next.
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
    seated: bool = False
    beat: Beat = STILL


def sits(pose: Pose, seated: bool) -> bool:
    """Whether somebody in this pose sits on a seat."""
    return pose in SEATED or (seated and pose not in LOW)


def held_thing(prop: str | None) -> str | None:
    """The drawable thing a prop word stands for: a key of HOLDS; any other word is a small box-like thing in one hand."""
    if not prop:
        return None
    word = prop.strip().casefold()
    word = SYNONYMS.get(word, word)
    return word if word in HOLDS else "book"


def thing_in_hand(actor: Actor) -> str | None:
    """What the actor holds: what is said, else what the pose needs."""
    return held_thing(actor.prop or USED.get(actor.pose))


def shape_of(actor: Actor) -> PoseShape:
    """The key pose of an actor, set on a seat when there is one, the arms changed by what is held."""
    shape = POSES[actor.pose]
    if actor.pose is Pose.STAND and not (actor.prop or actor.seated):
        shape = at_rest(actor.beat.stance, actor.expression)
    if actor.pose is Pose.TALK:
        shape = replace(shape, arms=TALKING.get(actor.expression, shape.arms))
    if actor.seated and not shape.seated and actor.pose not in LOW:
        shape = _on_seat(shape)
    thing = held_thing(actor.prop)
    if thing is None or actor.pose in (Pose.EMBRACE, Pose.POINT):
        return shape
    return replace(shape, arms=_holding(actor.pose, shape, thing))


def _on_seat(shape: PoseShape) -> PoseShape:
    """What a standing pose does, done sitting down; arms that hung lie in the lap."""
    seat = POSES[Pose.SIT]
    right, left = (arm if arm.at[1] > 0.05 else rest for arm, rest in zip(shape.arms, seat.arms, strict=True))
    return replace(seat, lean=min(max(shape.lean, -0.1), 0.15), nod=shape.nod, arms=(right, left))


def _holding(pose: Pose, shape: PoseShape, thing: str) -> tuple[Arm, Arm]:
    """The arms of a pose with a thing in the hand."""
    right, left = shape.arms
    low = HOLDS[thing] is CARRIED_LOW
    if pose in _FREE:
        if shape.seated and low:
            return right, left
        return AT_EAR if thing == "phone" and pose is Pose.TALK else HOLDS[thing], OFF_HAND.get(thing, left)
    if pose in _MOVING and thing in OFF_HAND:
        return HOLDS[thing], OFF_HAND[thing]
    if pose in _MOVING:
        swung = CARRIED_LOW if pose is Pose.WALK and (low or thing == "gun") else right
        grip = Grip.FIST if low or thing in ("gun", "key") else Grip.HOLDING
        return replace(swung, at=right.at, elbow=right.elbow, grip=grip), left
    closed = right.grip in (Grip.FIST, Grip.PINCHING, Grip.HOLDING)
    return right if closed else replace(right, grip=Grip.HOLDING), left
