"""People on a sheet: parts of one or several figures painted far to near with shadows and ink. The public face of the package."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import ArrayLike
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from studio.engine.artist.camera import Camera
from studio.engine.artist.geometry import hull_chain
from studio.engine.artist.people.body import Build, arm_parts, build_of, leg_parts
from studio.engine.artist.people.face import draw_face
from studio.engine.artist.people.garments import trunk_parts
from studio.engine.artist.people.hair import hair_parts
from studio.engine.artist.people.head import HeadForm, ear_parts, hat_parts, head_form, head_outline, neck_part
from studio.engine.artist.people.look import HAIR_RISE, HAT_RISE
from studio.engine.artist.people.parts import Kind, Part, in_frame, ink_silhouette, paint, silhouette
from studio.engine.artist.people.pose import Actor, thing_in_hand
from studio.engine.artist.people.skeleton import Skeleton, posed
from studio.engine.artist.people.sweep import EMPTY, UP, Array, circle_of, unit
from studio.engine.artist.people.things.held import held_point, prop_parts
from studio.engine.artist.spec import Pose

if TYPE_CHECKING:
    from studio.engine.artist.sheet import Sheet

CLOSE_METRES = 0.75
EMBRACE_REACH = 1.6
SHADOW_COLOUR = (40.0, 38.0, 52.0)
SUN = (0.5, -1.0, 0.25)


@dataclass(frozen=True, slots=True)
class Table:
    """Something people sit or stand behind: painted over bodies and under the hands that lie on it.

    `draw` paints it and gives its area on the page, or None when it cannot be seen; `height` metres is its top.
    """

    draw: Callable[[], BaseGeometry | None]
    height: float = 0.76


def draw_people(
    sheet: Sheet, actors: Sequence[Actor], *, darken: float = 0.0, behind_table: Table | None = None
) -> BaseGeometry:
    """Draw actors far to near, those who touch interleaved part by part; gives the area they cover on the page.

    `darken` 0..1 takes them into their own shade, as foreground figures are.
    """
    together = embraced(actors)
    groups = _groups(sheet, together)
    covered: list[BaseGeometry] = []
    with _dimmed(sheet, darken):
        for group in groups:
            table = behind_table if group is groups[-1] else None
            covered.append(_draw_group(sheet, group, table))
    whole = shapely.union_all(covered) if covered else EMPTY
    return whole if whole.is_valid else whole.buffer(0)


def embraced(actors: Sequence[Actor]) -> list[Actor]:
    """The actors, those who embrace brought chest to chest with arms round each other."""
    result = list(actors)
    paired: set[int] = set()
    for first, actor in enumerate(result):
        if actor.pose is not Pose.EMBRACE or first in paired or actor.reach != (None, None):
            continue
        others = [
            (math.hypot(other.x - actor.x, other.z - actor.z), second)
            for second, other in enumerate(result)
            if second != first and second not in paired
        ]
        if not others or min(others)[0] > EMBRACE_REACH:
            continue
        second = min(others)[1]
        paired |= {first, second}
        result[first], result[second] = _hug(actor, result[second])
    return result


def head_top(actor: Actor) -> Array:
    """The top of the head, hair and hat included, (3,) metres."""
    skeleton = posed(actor)
    return crown_of(skeleton)


def crown_of(skeleton: Skeleton) -> Array:
    """The top of a posed head, hair and hat included."""
    person = skeleton.person
    rise = HAT_RISE if person.hat else HAIR_RISE.get(person.hair_style, 0.006)
    return skeleton.chin + skeleton.head.up * (skeleton.head_height + rise * person.stature)


def eye_point(actor: Actor) -> Array:
    """Between the eyes, (3,) metres."""
    skeleton = posed(actor)
    return skeleton.chin + (skeleton.head.up * 0.48 + skeleton.head.forward * 0.38) * skeleton.head_height


def hand_point(actor: Actor) -> Array:
    """The middle of what the acting hand holds or would hold, (3,) metres."""
    return held_point(posed(actor))


def bounds(camera: Camera, actor: Actor) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of an actor on the page in drawing units, without clothes' thickness; from the joints alone."""
    skeleton = posed(actor)
    stature = skeleton.stature
    chin = skeleton.chin
    points = np.concatenate(
        [
            skeleton.sole.reshape(-1, 3),
            skeleton.knees,
            skeleton.elbows,
            np.array([skeleton.palm(0), skeleton.palm(1)]) + skeleton.aims * 0.05 * stature,
            skeleton.shoulders + UP * 0.035 * stature,
            crown_of(skeleton)[None],
            [
                chin + skeleton.head.side * sign * 0.38 * skeleton.head_height + UP * 0.5 * skeleton.head_height
                for sign in (-1, 1)
            ],
        ]
    )
    page, _ = camera.projected(points)
    left, top = page.min(0)
    right, bottom = page.max(0)
    return float(left), float(top), float(right), float(bottom)


def ground_shadow(
    sheet: Sheet, actor: Actor, sun_direction: ArrayLike = SUN, *, alpha: float = 92, hatched: bool = True
) -> None:
    """The actor's shadow on the floor: joints cast along the light (3,) and thickened by flat discs."""
    light = np.asarray(sun_direction, float)
    light = light / max(abs(float(light[1])), 0.2) * 1.0
    drop = -min(float(light[1]), -0.2)
    skeleton = posed(actor)
    stature = skeleton.stature
    floor = float(skeleton.base[1])
    turn = circle_of(10)
    disc = np.stack([np.cos(turn), np.zeros(10), np.sin(turn)], 1)
    middle = skeleton.spine([0.2])[0][0]
    chains: list[tuple[list[Array], tuple[float, ...]]] = [
        ([skeleton.hips[i], skeleton.knees[i], skeleton.ankles[i], skeleton.sole[i][1]], (0.06, 0.045, 0.035, 0.03))
        for i in (0, 1)
    ]
    chains.append(([skeleton.pelvis, middle, skeleton.neck, skeleton.chin], (0.095, 0.105, 0.05, 0.055)))
    chains.append(([skeleton.chin, crown_of(skeleton)], (0.055, 0.055)))
    chains += [([skeleton.shoulders[i], skeleton.elbows[i], skeleton.wrists[i]], (0.045, 0.036, 0.03)) for i in (0, 1)]
    shapes: list[BaseGeometry] = []
    for joints, radii in chains:
        points = np.array(joints)
        fallen = points + light * (np.maximum(points[:, 1] - floor, 0.0) / drop)[:, None]
        fallen[:, 1] = floor + 0.004
        discs = fallen[:, None] + disc[None] * np.array(radii)[:, None, None] * stature
        page, depth = sheet.camera.projected(discs.reshape(-1, 3))
        if float(depth.min()) < 0.2:
            continue
        shapes.append(hull_chain(page.reshape(len(points), 10, 2)))
    if not shapes:
        return
    shadow = shapely.union_all(shapes).intersection(sheet.frame)
    sheet.fill(shadow, SHADOW_COLOUR, alpha)
    if hatched and not shadow.is_empty:
        sheet.hatch(shadow, angle=-0.12, gap=6, alpha=alpha * 0.6)


@contextmanager
def _dimmed(sheet: Sheet, darken: float) -> Generator[None]:
    before = sheet.gain
    sheet.gain = before * (1 - 0.85 * min(max(darken, 0.0), 1.0))
    try:
        yield
    finally:
        sheet.gain = before


def _groups(sheet: Sheet, actors: Sequence[Actor]) -> list[list[Actor]]:
    """Actors far to near, those within arm's length of each other in one group."""
    depth = [float(sheet.camera.seen([actor.x, actor.floor + 1.0, actor.z])[0, 2]) for actor in actors]
    groups: list[list[int]] = []
    for index, actor in enumerate(actors):
        near = [
            group
            for group in groups
            if any(math.hypot(actors[i].x - actor.x, actors[i].z - actor.z) < CLOSE_METRES for i in group)
        ]
        merged = [index, *(i for group in near for i in group)]
        groups = [group for group in groups if group not in near] + [merged]
    groups.sort(key=lambda group: -sum(depth[i] for i in group) / len(group))
    return [[actors[i] for i in sorted(group)] for group in groups]


def _hug(first: Actor, second: Actor) -> tuple[Actor, Actor]:
    """Two actors chest to chest, facing each other, the palms on the other's back."""
    between = np.array([second.x - first.x, 0.0, second.z - first.z])
    along = unit(between) if float(np.linalg.norm(between)) > 0.05 else np.array([1.0, 0.0, 0.0])
    middle = np.array([first.x + second.x, 0.0, first.z + second.z]) / 2
    gap = 0.080 * (first.person.stature * first.person.build + second.person.stature * second.person.build) / 2
    across = np.cross(along, UP)
    hugged: list[Actor] = []
    for actor, other, sign in ((first, second, 1.0), (second, first, -1.0)):
        towards = along * sign
        at = middle - towards * gap + across * 0.050 * sign
        partner = middle + towards * gap - across * 0.050 * sign
        low = min(actor.person.stature * 0.80, other.person.stature * 0.86)
        behind = partner + towards * 0.060 * other.person.stature * other.person.build
        left = np.cross(towards, UP)
        taller = actor.person.stature >= other.person.stature
        heights = (0.70, 0.60) if taller else (0.78, 0.70)
        right_at = behind + left * 0.050 + UP * min(heights[0] * other.person.stature, low)
        left_at = behind - left * 0.050 + UP * min(heights[1] * other.person.stature, low)
        facing = math.degrees(math.atan2(float(towards[0]), float(towards[2])))
        gaze = partner + left * -0.55 + towards * 0.6 + UP * other.person.stature * 0.86
        hugged.append(
            replace(
                actor,
                pose=Pose.EMBRACE,
                prop=None,
                x=float(at[0]),
                z=float(at[2]),
                facing_degrees=facing,
                gaze_at=_point(gaze),
                reach=(_point(right_at + UP * actor.floor), _point(left_at + UP * actor.floor)),
            )
        )
    return hugged[0], hugged[1]


def _point(value: Array) -> tuple[float, float, float]:
    return float(value[0]), float(value[1]), float(value[2])


def _draw_group(sheet: Sheet, actors: Sequence[Actor], table: Table | None) -> BaseGeometry:
    parts: list[Part] = []
    for owner, actor in enumerate(actors):
        for part in figure_parts(sheet, posed(actor)):
            part.owner = owner
            parts.append(part)
    seen = in_frame(sheet, parts)
    above: list[Part] = []
    if table is not None:
        level = table.height - 0.03
        above = [part for part in seen if part.rests_at > level]
        seen = [part for part in seen if part.rests_at <= level]
    for place, part in enumerate(seen):
        paint(sheet, part, [*seen[place + 1 :], *above])
    hidden = table.draw() if table is not None else None
    for place, part in enumerate(above):
        paint(sheet, part, above[place + 1 :])
    shape = silhouette(seen, above, hidden)
    ink_silhouette(sheet, shape)
    return shape


def figure_parts(sheet: Sheet, skeleton: Skeleton) -> list[Part]:
    """Every part of one person, unsorted."""
    build = build_of(sheet, skeleton)
    legs = leg_parts(sheet, build)
    arms = arm_parts(sheet, build)
    parts = [*legs, *trunk_parts(sheet, build, legs), *arms]
    hands = [part.depth for part in arms if part.kind is Kind.HAND]
    if thing_in_hand(skeleton.actor):
        nearest = hands[0] if hands else build.depth
        parts += prop_parts(sheet, build, nearest)
    form = head_form(sheet, skeleton)
    if float(sheet.camera.seen(skeleton.chin)[0, 2]) > 0.3:
        parts += _head_parts(sheet, build, form)
    return parts


def _head_parts(sheet: Sheet, build: Build, form: HeadForm) -> list[Part]:
    skeleton = build.skeleton
    person = build.person
    outline = head_outline(form)
    if outline.is_empty:
        return []
    depth = build.depth - 0.135 * skeleton.stature
    # From behind and not from above, neck and collar stand before the jaw.
    away = form.ahead < -0.45 and form.towards(form.up) < 0.3
    skull = build.depth + 0.03 * skeleton.stature if away else depth
    hair, front = hair_parts(form, outline, depth, build.depth)
    parts = [neck_part(sheet, skeleton, form, build.depth), *hair]
    if person.hair_style not in ("long", "bob", "curly"):
        parts += ear_parts(form, depth)

    def on_skin(shape: BaseGeometry) -> None:
        if not front.is_empty and form.ahead > -0.15:
            light = sheet.light
            fallen = affinity.translate(front, float(light[0]) * form.units * 0.035, form.units * 0.045)
            fallen = fallen.intersection(shape).difference(front)
            sheet.fill(fallen, sheet.shade(person.skin, 0.72), 200)
        speaking = skeleton.actor.pose is Pose.TALK
        draw_face(form, shape, skeleton.actor.expression, skeleton.head.gaze, speaking)

    parts.append(
        Part(
            skull, outline, person.skin, Kind.HEAD, shade=0.22 if form.units > 60 else 0.3, weight=0.62, detail=on_skin
        )
    )
    if person.hat:
        parts += hat_parts(form, outline, depth)
    return parts
