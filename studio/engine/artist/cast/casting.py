"""A spec as it is shot: drivers sit in cars, machines that speak are machines, mere voices are nobody. No drawing."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from studio.engine.artist.cast.things import is_thing
from studio.engine.artist.people.pose import sits
from studio.engine.artist.spec import Figure, PanelSpec, Pose, SetKind, ShotType, Size

TIGHT = (Size.MCU, Size.CU, Size.ECU)
NEAR = (*TIGHT, Size.MS, Size.MWS)
BUSY_HANDS = (
    Pose.PHONE,
    Pose.DRINK,
    Pose.EAT,
    Pose.SMOKE,
    Pose.READ,
    Pose.COVER_FACE,
    Pose.POINT,
    Pose.THINK,
    Pose.TALK,
)
"""What people in a car may do instead of driving or sitting still."""
WHOLE_BODY = frozenset(
    (
        Pose.WALK,
        Pose.RUN,
        Pose.PUSH,
        Pose.PULL,
        Pose.FIGHT,
        Pose.KICK,
        Pose.JUMP,
        Pose.CLIMB,
        Pose.DANCE,
        Pose.LIFT,
        Pose.REACH,
        Pose.OPEN,
        Pose.GIVE,
        Pose.SNEAK,
        Pose.WRITE,
        Pose.TYPE,
    )
)
DRIVERS_SIDE = 0.38
"""How far left of the middle of a car its driver sits, in metres."""
NEAR_SEAT = 1.6
_NOBODY = re.compile(r"\b(?:voices?|recording|narrator|doors?|window|gate|cars?|truck|bus|train)$", re.IGNORECASE)


def finite(value: float, limit: float = 1e6) -> float:
    return min(max(value, -limit), limit) if math.isfinite(value) else 0.0


def still_enough(figure: Figure, size: Size) -> Figure:
    """Somebody as a close-up can show them: what the whole body does would only put arms before the face."""
    if size not in (Size.CU, Size.ECU) or figure.pose not in WHOLE_BODY:
        return figure
    return replace(figure, pose=Pose.SIT if sits(figure.pose, figure.seated) else Pose.STAND)


def as_shot(spec: PanelSpec) -> PanelSpec:
    """The panel as it is shot: a thing that speaks is a thing, and drivers are in cars."""
    return in_own_car(_things_as_things(spec))


def _things_as_things(spec: PanelSpec) -> PanelSpec:
    """A close shot of a thing shows the thing; nobody looks over its shoulder."""
    if not any(is_thing(one.name) for one in spec.figures) or spec.size is Size.INSERT:
        return spec
    people = tuple(one for one in spec.figures if not is_thing(one.name))
    if spec.size in NEAR and (is_thing(spec.subject) or not people):
        name = spec.subject or spec.figures[0].name
        return replace(spec, size=Size.INSERT, type=ShotType.SINGLE, insert=name.lower(), figures=people, subject=None)
    figures = tuple(replace(one, pose=Pose.STAND, travels=None) if is_thing(one.name) else one for one in spec.figures)
    if spec.size in NEAR or any(_NOBODY.search(one.name) for one in spec.figures):
        figures = people
    if len(figures) < 2 and spec.type is not ShotType.POV:
        subject = spec.subject or (figures[0].name if figures else None)
        kind = ShotType.SINGLE if figures else ShotType.EMPTY
        return replace(spec, type=kind, figures=figures, subject=subject, foreground=None)
    return replace(spec, figures=figures)


def in_own_car(spec: PanelSpec) -> PanelSpec:
    """The panel as it is shot: somebody who drives out of doors is seen close through their own windscreen."""
    drives = any(one.name == spec.subject and one.pose is Pose.DRIVE for one in spec.figures)
    if spec.interior or not drives or spec.size not in NEAR or spec.type is ShotType.OTS:
        return spec
    return replace(spec, set_kind=SetKind.CAR, interior=True)


def rides_with(figure: Figure, other: Figure) -> bool:
    """Whether somebody who sits has a driver near enough to sit beside."""
    near = math.dist((finite(figure.x), finite(figure.z)), (finite(other.x), finite(other.z))) < NEAR_SEAT
    return other.pose is Pose.DRIVE and figure.pose is not Pose.DRIVE and sits(figure.pose, figure.seated) and near


def beside(driver: Figure, figure: Figure) -> Figure:
    """A passenger in the seat beside the driver."""
    yaw = math.radians(driver.facing)
    x, z = driver.x + 2 * DRIVERS_SIDE * math.cos(yaw), driver.z - 2 * DRIVERS_SIDE * math.sin(yaw)
    return replace(figure, x=x, z=z, facing=driver.facing, pose=Pose.SIT, seated=True)


def seated_in_car(figure: Figure, index: int) -> Figure:
    """People in a car sit in its seats, two in front, facing the windscreen the camera looks through; the first drives."""
    side = -0.38 if index % 2 == 0 else 0.38
    pose = figure.pose if figure.pose in BUSY_HANDS else Pose.DRIVE if index == 0 else Pose.SIT
    facing = 180.0 + (18.0 if side > 0 else -18.0)
    return replace(figure, x=side, z=0.95 * (index // 2), facing=facing, pose=pose, seated=True)
