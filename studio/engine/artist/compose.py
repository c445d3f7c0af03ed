"""Composition: where the camera stands and who is in the picture - sizes, look room, overlaps, over-the-shoulder. No drawing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from studio.engine.artist.camera import WIDTH, Camera, Framing, framed, framing
from studio.engine.artist.cast.casting import (
    NEAR,
    TIGHT,
    as_shot,
    beside,
    finite,
    rides_with,
    seated_in_car,
    still_enough,
)
from studio.engine.artist.cast.things import is_thing
from studio.engine.artist.people.draw import eye_point, head_top
from studio.engine.artist.people.look import Person, person, standing_height
from studio.engine.artist.people.pose import FLAT, Actor, sits
from studio.engine.artist.people.poses.beat import STILL, Beat, beat_of
from studio.engine.artist.spec import Angle, Figure, PanelSpec, Pose, SetKind, ShotType, Size

SEAT_HEIGHT = 0.46
LYING_HEIGHT = 0.16
UNEVEN = 0.2
CHILDS_HEAD = 1.22
HIGHEST_BOX = 0.4
SHOULDERS = 0.19
"""How far under the crown the shoulders are, in shares of stature."""
CHEST = 0.32
BEDS = {SetKind.BEDROOM: 0.53, SetKind.HOSPITAL: 0.72}
"""Where one lies on a bed, and how high it is in metres."""
MOST_FIGURES = 16
CAR_SHARE = 3.1
"""What a shot of a driven car shows of it from top to bottom, in metres: all of it."""
STAGE_REACH = 40.0
# What of a person must fit the width of a narrow page, in shares of stature.
NEEDED_WIDTH = {Size.ECU: 0.075, Size.CU: 0.15, Size.MCU: 0.26, Size.MS: 0.30}
OFFSETS = (0.0, 5.0, -5.0, 10.0, -10.0, 15.0, -15.0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure as the panel shows it: its person, its height in metres as it stands there, and whether it is a dark foreground."""

    figure: Figure
    person: Person
    standing: float
    top: float
    foreground: bool = False
    floor: float = 0.0
    beat: Beat = STILL
    in_car: bool = False
    thing: bool = False

    @property
    def x(self) -> float:
        return self.figure.x

    @property
    def z(self) -> float:
        return self.figure.z


@dataclass(frozen=True, slots=True)
class Composition:
    """The camera, everyone in the picture, who it is framed on, and the point of the floor it is framed round."""

    camera: Camera
    cast: tuple[Placed, ...]
    focus: tuple[Placed, ...]
    centre: tuple[float, float]


def composed(spec: PanelSpec, height: float) -> Composition:
    """The composition of a panel whose page is `height` units high. Any spec gives one: unknown names frame the group."""
    spec = as_shot(spec)
    if spec.camera_height is not None and spec.angle is not Angle.DUTCH:
        spec = replace(spec, angle=Angle.EYE)
    everyone = _cast(spec)
    focus = _focus(spec, everyone)
    centre = _centre(focus, spec.size)
    if spec.type is ShotType.OTS and len(focus) == 1 and len(everyone) > 1:
        return _over_shoulder(spec, height, everyone, focus[0])
    viewer = _named(everyone, spec.foreground) if spec.type is ShotType.POV else None
    if viewer is not None and viewer not in focus:
        everyone = tuple(one for one in everyone if one is not viewer)
    else:
        viewer = None
    azimuth = math.radians(finite(spec.azimuth) + _stepped_round(spec, focus))
    if viewer is not None and math.dist((viewer.x, viewer.z), centre) > 0.3:
        azimuth = math.atan2(viewer.x - centre[0], -(viewer.z - centre[1]))
    level = viewer.top - 0.12 if viewer is not None else None
    if level is None and focus and all(one.figure.pose in FLAT for one in focus):
        low, high, _ = _span(spec, focus)
        level = (low + high) / 2 + 0.6 * (high - low)
    if spec.camera_height is not None:
        level = finite(spec.camera_height, STAGE_REACH)
    best: tuple[float, Camera] | None = None
    for offset in OFFSETS if len(everyone) > 1 and not spec.camera_placed else OFFSETS[:1]:
        camera = _camera(spec, height, focus, centre, azimuth + math.radians(offset), level)
        cost = _overlap(camera, everyone, focus) + abs(offset) * 0.012
        if best is None or cost < best[0] - 1e-9:
            best = (cost, camera)
    assert best is not None
    camera = best[1]
    return Composition(camera, _unobstructed(camera, everyone, focus), focus, centre)


def _stepped_round(spec: PanelSpec, focus: Sequence[Placed]) -> float:
    """How far the camera of this panel steps round one person, in degrees: no two close-ups have the same place behind them."""
    alone = len(focus) == 1 and spec.size in NEAR and spec.type is ShotType.SINGLE
    return focus[0].beat.round if alone and not spec.camera_placed else 0.0


def _cast(spec: PanelSpec) -> tuple[Placed, ...]:
    if spec.type is ShotType.EMPTY or spec.size is Size.INSERT:
        return ()
    cast: list[Placed] = []
    for index, figure in enumerate(spec.figures[:MOST_FIGURES]):
        steady = replace(
            figure,
            x=finite(figure.x, STAGE_REACH),
            z=finite(figure.z, STAGE_REACH),
            facing=finite(figure.facing) % 360,
            travels=figure.travels if figure.travels is None or math.isfinite(figure.travels) else None,
        )
        steady = still_enough(steady, spec.size)
        if spec.set_kind is SetKind.CAR and spec.interior:
            steady = seated_in_car(steady, index)
        driver = next((other.figure for other in cast if rides_with(steady, other.figure)), None)
        if driver is not None and not spec.interior:
            steady = beside(driver, steady)
        in_car = not spec.interior and (steady.pose is Pose.DRIVE or driver is not None)
        for other in cast:
            close = math.dist((steady.x, steady.z), (other.x, other.z)) < 0.3
            if close and Pose.EMBRACE not in (steady.pose, other.figure.pose):
                steady = replace(steady, x=steady.x + 0.5)
        beat = beat_of(spec.seed, figure.name)
        if steady.looks_at is None and steady.travels is None:
            steady = replace(steady, facing=steady.facing + beat.body)
        placed = _placed(steady, BEDS.get(spec.set_kind, 0.0) if spec.interior else 0.0, beat)
        cast.append(replace(placed, in_car=in_car, thing=is_thing(figure.name)))
    return tuple(cast)


def _placed(figure: Figure, bed: float, beat: Beat = STILL) -> Placed:
    who = person(figure.name, figure.look)
    standing = standing_height(who)
    floor = bed if figure.pose is Pose.LIE else 0.0
    top = float(head_top(acting(figure, who, None, floor))[1])
    if figure.pose in FLAT:
        top = max(top, floor + LYING_HEIGHT * standing)
    # A head that nods a little is still framed by the standing height: only a real change of posture counts.
    return Placed(figure, who, standing, top if abs(standing - top) > 0.05 else standing, floor=floor, beat=beat)


def acting(figure: Figure, who: Person, gaze_at: tuple[float, float, float] | None, floor: float = 0.0) -> Actor:
    """The actor the people package draws for a figure."""
    return Actor(
        who,
        figure.x,
        figure.z,
        figure.facing,
        figure.pose,
        figure.expression,
        gaze_at,
        figure.prop,
        SEAT_HEIGHT if sits(figure.pose, figure.seated) else None,
        floor=floor,
        seated=figure.seated,
    )


def _named(cast: Sequence[Placed], name: str | None) -> Placed | None:
    return next((one for one in cast if one.figure.name == name), None)


def _focus(spec: PanelSpec, cast: tuple[Placed, ...]) -> tuple[Placed, ...]:
    subject = _named(cast, spec.subject)
    if spec.type in (ShotType.TWO, ShotType.GROUP) or (subject is None and spec.type is not ShotType.OTS):
        return cast
    if subject is None:
        subject = next((one for one in cast if one.figure.name != spec.foreground), cast[0] if cast else None)
    return (subject,) if subject is not None else ()


def _centre(focus: Sequence[Placed], size: Size) -> tuple[float, float]:
    """The point of the floor the picture is framed round: under the head when the head is what it shows."""
    if not focus:
        return (0.0, 0.0)
    if len(focus) == 1 and size in (*TIGHT, Size.MS, Size.MWS):
        x, _, z = (float(v) for v in eye_point(acting(focus[0].figure, focus[0].person, None, focus[0].floor)))
        if math.dist((x, z), (focus[0].x, focus[0].z)) > 0.3:
            return x, z
    return (
        (min(one.x for one in focus) + max(one.x for one in focus)) / 2,
        (min(one.z for one in focus) + max(one.z for one in focus)) / 2,
    )


def _span(spec: PanelSpec, focus: Sequence[Placed]) -> tuple[float, float, float]:
    """What must lie between the lower frame edge and the headroom line, in metres, and the headroom's share."""
    row = framing(spec.size, spec.angle)
    if not focus:
        return row.low * 1.72, row.high * 1.72, row.headroom
    tallest = max(focus, key=lambda one: one.top)
    if tallest.person.child and spec.size in TIGHT:
        # A child's head is a larger share of its height: the sizes of a face count in heads.
        row = Framing(1 - (1 - row.low) * CHILDS_HEAD, 1 - (1 - row.high) * CHILDS_HEAD, row.headroom)
    drop = tallest.standing - tallest.top
    if spec.size is Size.ECU:
        # The face alone: a hat must not push it out of the frame.
        bare = tallest.person.stature
        return row.low * bare - drop, row.high * bare - drop, row.headroom
    if tallest.figure.pose in FLAT and spec.size not in TIGHT:
        # Somebody who lies is as wide as others are tall: the same stretch of the stage, its middle on the body.
        half = (row.high - row.low) * tallest.standing * 0.45
        middle = (tallest.floor + tallest.top) / 2
        return middle - half, middle + half, 0.02
    high = row.high * tallest.standing - drop
    low = row.low * tallest.standing
    if row.low > 0.3:
        low -= drop
    elif row.low > 0 and drop > 0.1:
        low = -0.05
    lowest = min(focus, key=lambda one: one.top)
    if lowest.top < tallest.top - UNEVEN:
        # Beside somebody who stands, one who sits or a child is shown down to the chest as well.
        low = min(low, lowest.top - CHEST * lowest.standing)
    return low, high, row.headroom


def _camera(
    spec: PanelSpec,
    height: float,
    focus: Sequence[Placed],
    centre: tuple[float, float],
    azimuth: float,
    level: float | None,
) -> Camera:
    low, high, headroom = _span(spec, focus)
    focal = min(max(finite(spec.lens_mm), 8.0), 400.0) or 35.0

    def at(shift: float, dolly: float) -> Camera:
        return framed(
            centre,
            low,
            high,
            size=spec.size,
            angle=spec.angle,
            focal_mm=focal,
            azimuth=azimuth,
            height=height,
            headroom=headroom,
            shift=shift,
            dolly=dolly,
            level=level,
        )

    camera = at(0.0, 1.0)
    if len(focus) == 1:
        wide = _widened(spec.size, camera, focus[0]) / (focus[0].beat.nearer if spec.size in NEAR else 1.0)
        if focus[0].in_car and spec.size is not Size.EWS:
            wide = max(wide, CAR_SHARE / (high - low))
        return at(_look_room(spec, camera, focus[0]) / wide, wide)
    dolly = 1.0
    for _ in range(8):
        excess = max(_spread(camera, focus) / 0.45, _overflow(camera, focus, headroom, feet=low <= 0))
        if excess <= 1.0:
            break
        dolly *= min(max(excess, 1.03), 4.0)
        camera = at(0.0, dolly)
    return camera


def _widened(size: Size, camera: Camera, one: Placed) -> float:
    """How much more a narrow page must show so that head or shoulders fit its width: 1 on any landscape page."""
    share = NEEDED_WIDTH.get(size, 0.34)
    depth = float(camera.seen([one.x, one.top * 0.9, one.z])[0, 2])
    needed = share * one.person.stature * camera.scale / max(depth, 0.3) / WIDTH
    return max(1.0, needed / 0.92)


def _spread(camera: Camera, focus: Sequence[Placed]) -> float:
    """How far from the middle the outermost figure's edge lies, in shares of the width."""
    edges = [0.0]
    for one in focus:
        left, right = _extent(camera, one)
        edges += [abs(left / WIDTH - 0.5), abs(right / WIDTH - 0.5)]
    return max(edges)


def _overflow(camera: Camera, focus: Sequence[Placed], headroom: float, *, feet: bool) -> float:
    """How far heads (and feet, when the size shows them) of the nearer people leave the page: over 1 when they do."""
    if not focus or abs(camera.pitch) > 0.6:
        return 0.0
    points = [[one.x, one.top, one.z] for one in focus] + [[one.x, 0.0, one.z] for one in focus]
    y = camera.projected(points)[0][:, 1] / camera.height
    top = (0.5 - float(y[: len(focus)].min())) / (0.5 - headroom * 0.35)
    foot = (float(y[len(focus) :].max()) - 0.5) / 0.49 if feet else 0.0
    return max(top, foot)


def _extent(camera: Camera, one: Placed) -> tuple[float, float]:
    """Left and right edge of a figure's body on the page, about."""
    xy, depth = camera.projected([one.x, one.top * 0.6, one.z])
    half = 0.19 * one.person.stature * camera.scale / max(float(depth[0]), 0.3)
    return float(xy[0, 0]) - half, float(xy[0, 0]) + half


def _look_room(spec: PanelSpec, camera: Camera, one: Placed) -> float:
    """How far right of the middle a subject stands: it looks into the wider side. In shares of the width."""
    if spec.size is Size.ECU:
        return 0.0
    heading = math.radians(one.figure.travels if one.figure.travels is not None else one.figure.facing)
    target = next((f for f in spec.figures if f.name == one.figure.looks_at and f.name != one.figure.name), None)
    look = np.array([math.sin(heading), 0.0, math.cos(heading)])
    if target is not None and one.figure.travels is None:
        towards = np.array([finite(target.x) - one.x, 0.0, finite(target.z) - one.z])
        length = float(np.linalg.norm(towards))
        look = towards / length if length > 0.05 else look
    screen = float(look @ camera.basis[0])
    reach = 0.16 if spec.size in (Size.EWS, Size.WS, Size.FS, Size.MLS) else 0.12
    if abs(screen) < 0.12:
        return 0.0 if spec.size in (*TIGHT, Size.MS) else 0.06
    return -reach * math.copysign(min(1.0, abs(screen) * 1.4), screen)


def _overlap(camera: Camera, cast: Sequence[Placed], focus: Sequence[Placed]) -> float:
    """How much people hide one another: 0 when all stand clear; people the picture is about weigh more."""
    total = 0.0
    for index, one in enumerate(cast):
        for other in cast[index + 1 :]:
            if Pose.EMBRACE in (one.figure.pose, other.figure.pose):
                continue
            left, right = _extent(camera, one)
            other_left, other_right = _extent(camera, other)
            shared = min(right, other_right) - max(left, other_left)
            if shared <= 0:
                continue
            share = shared / max(min(right - left, other_right - other_left), 1.0)
            total += share * (2.0 if one in focus and other in focus else 0.8)
    return total


def _unobstructed(camera: Camera, cast: Sequence[Placed], focus: Sequence[Placed]) -> tuple[Placed, ...]:
    """Everyone but those who stand between the camera and the people it is framed on, or inside the camera."""
    depths = {id(one): float(camera.seen([one.x, 1.0, one.z])[0, 2]) for one in cast}
    kept: list[Placed] = []
    for one in cast:
        if depths[id(one)] < 0.45 and one not in focus:
            continue
        if one not in focus and (_beheaded(camera, one) or any(_hides(camera, one, other, depths) for other in focus)):
            continue
        kept.append(one)
    return tuple(kept)


def _beheaded(camera: Camera, one: Placed) -> bool:
    """Whether the upper frame edge would cut a bystander's head off."""
    return float(camera.projected([[one.x, one.top - 0.12, one.z]])[0][0, 1]) < 0


def _hides(camera: Camera, one: Placed, other: Placed, depths: dict[int, float]) -> bool:
    if depths[id(one)] > depths[id(other)] - 0.25:
        return False
    left, right = _extent(camera, one)
    other_left, other_right = _extent(camera, other)
    return min(right, other_right) - max(left, other_left) > 0.15 * (other_right - other_left)


def _over_shoulder(spec: PanelSpec, height: float, cast: tuple[Placed, ...], subject: Placed) -> Composition:
    """Over a shoulder: the subject on one third, the other's head and shoulder cheated to the opposite edge, nearer the lens."""
    near = _named(cast, spec.foreground)
    if near is None or near is subject:
        near = next(one for one in cast if one is not subject)
    azimuth = math.radians(finite(spec.azimuth))
    right = np.array([math.cos(azimuth), 0.0, math.sin(azimuth)])
    lateral = float(np.array([near.x - subject.x, 0.0, near.z - subject.z]) @ right)
    side = 1.0 if lateral >= 0 else -1.0
    narrow = height > WIDTH * 0.85
    low, high, headroom = _span(spec, (subject,))
    focal = min(max(finite(spec.lens_mm), 8.0), 400.0) or 35.0
    camera = framed(
        (subject.x, subject.z),
        low,
        high,
        size=spec.size,
        angle=spec.angle,
        focal_mm=focal,
        azimuth=azimuth,
        height=height,
        headroom=headroom,
        shift=-side * (0.20 if narrow else 0.15),
        dolly=1.5 if narrow else 1.0,
        level=_shoulder_level(spec, near),
    )
    depth = float(camera.seen([subject.x, 1.4, subject.z])[0, 2])
    aside = side * (0.58 if narrow else 0.37)
    spot = _shoulder_spot(camera, near, depth, aside)
    facing = math.degrees(math.atan2(subject.x - spot[0], subject.z - spot[2]))
    cheated = replace(near.figure, x=float(spot[0]), z=float(spot[2]), facing=facing, looks_at=subject.figure.name)
    lift = _box_under(camera, near, spot)
    front = replace(near, figure=cheated, foreground=True, floor=near.floor + lift, top=near.top + lift)
    others = tuple(one for one in cast if one is not subject and one is not near)
    behind = _unobstructed(camera, (*others, subject), (subject,))
    return Composition(camera, (*behind, front), (subject,), (subject.x, subject.z))


def _shoulder_level(spec: PanelSpec, near: Placed) -> float | None:
    """The camera height over a shoulder, where the angle leaves it open."""
    if spec.camera_height is not None:
        return finite(spec.camera_height, STAGE_REACH)
    return max(near.top - 0.16, 0.6) if spec.angle in (Angle.EYE, Angle.DUTCH) else None


def _shoulder_spot(camera: Camera, near: Placed, depth: float, aside: float) -> NDArray[np.float64]:
    """Where the one in front stands: `aside` shares of the width from the middle, as near as still shows a shoulder."""
    flat = camera.basis[2] * np.array([1.0, 0.0, 1.0])
    flat /= max(float(np.linalg.norm(flat)), 1e-6)
    spot = camera.position
    for share in (0.60, 0.65, 0.70, 0.75, 0.80):
        reach = max(depth * share, 0.55)
        spot = camera.position + flat * reach + camera.basis[0] * (aside * WIDTH * reach / camera.scale)
        shoulder = [spot[0], near.top - SHOULDERS * near.person.stature, spot[2]]
        if float(camera.projected([shoulder])[0][0, 1]) < camera.height * 0.97:
            break
    return spot


def _box_under(camera: Camera, near: Placed, spot: NDArray[np.float64]) -> float:
    """The apple box somebody short stands on in front of the lens, in metres, so that the shoulder is in the frame."""
    shoulder = np.array([spot[0], near.top - SHOULDERS * near.person.stature, spot[2]])
    page, depth = camera.projected(shoulder)
    return min(max(float(page[0, 1]) - camera.height * 0.95, 0.0) * float(depth[0]) / camera.scale, HIGHEST_BOX)


def screen_way(composition: Composition) -> float:
    """Where the action goes on the page: +1 to the right, -1 to the left, from travel, else from where the framed people face."""
    right = composition.camera.basis[0]
    total = 0.0
    for one in composition.focus:
        travels = one.figure.travels
        heading = math.radians(finite(travels if travels is not None else one.figure.facing))
        weight = 4.0 if travels is not None else 1.0
        total += weight * (math.sin(heading) * float(right[0]) + math.cos(heading) * float(right[2]))
    return -1.0 if total < -1e-6 else 1.0
