"""The fields of one shot changed by hand: its plan, and the panel that follows."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

from studio.core.errors import Invalid
from studio.engine.artist.spec import Angle, Figure, Light, Move, PanelSpec, ShotType, Size
from studio.engine.time import Rate
from studio.storyboards.durations import action_seconds, holds_of, spoken_seconds
from studio.storyboards.shots import ShotPlan
from studio.storyboards.views import Edge, ShotFields

SHORTEST_LENS, LONGEST_LENS = 8.0, 600.0
LONGEST_WORDS = 2000
MOST_IN_SHOT = 12
LONGEST_S = 600
_NEEDED = {
    ShotType.OTS: (2, MOST_IN_SHOT, "Over the shoulder needs somebody else in the shot. Add them first."),
    ShotType.TWO: (2, 2, "A two-shot shows two people. Change who is in it first."),
    ShotType.GROUP: (2, MOST_IN_SHOT, "A group needs more people in the shot. Add them first."),
    ShotType.SINGLE: (1, MOST_IN_SHOT, "A single shows somebody. Add them to the shot first."),
}
"""How many people a type of shot shows at least and at most."""


def with_fields(plan: ShotPlan, fields: ShotFields, people: Sequence[str]) -> ShotPlan:
    """The plan with these fields (but its length and light); `people` are those there are to put into a shot.

    Raises:
        Invalid: a value is out of bounds, nobody has that name, or the type does not fit who is in it.
    """
    if fields.lens_mm is not None and not (
        math.isfinite(fields.lens_mm) and SHORTEST_LENS <= fields.lens_mm <= LONGEST_LENS
    ):
        raise Invalid(f"A lens has {SHORTEST_LENS:g} to {LONGEST_LENS:g} mm.", field="lens_mm")
    if fields.description is not None and len(fields.description) > LONGEST_WORDS:
        raise Invalid(f"A shot is described in at most {LONGEST_WORDS} characters.", field="description")
    plan = replace(
        plan,
        size=Size(fields.size or plan.size),
        angle=Angle(fields.angle or plan.angle),
        move=Move(fields.move or plan.move),
        lens_mm=plan.lens_mm if fields.lens_mm is None else round(fields.lens_mm, 1),
        description=plan.description if fields.description is None else fields.description.replace("\x00", ""),
    )
    cast = plan.cast if fields.cast is None else _checked(fields.cast, plan.cast, people)
    if (cast, fields.type or plan.type) == (plan.cast, plan.type):
        return plan
    return _peopled(plan, cast, None if fields.type is None else ShotType(fields.type))


def with_length(
    plan: ShotPlan,
    frames: int,
    rate: Rate,
    sounds: Sequence[float],
    *,
    at_least: bool = False,
    edge: Edge | None = None,
) -> ShotPlan:
    """The plan at a length of whole frames, its pauses stretched or squeezed; `sounds` are the seconds of its lines.

    With an `edge`, only the pause before its first line (head) or after its last (tail) grows or shrinks.

    Raises:
        Invalid: it is out of bounds, or shorter than its lines (with `at_least`, it is as long as they are), or there is not
            that much before its first line or after its last.
    """
    if not 1 <= frames <= rate.frames(LONGEST_S):
        raise Invalid(f"A shot lasts from 1 frame to {LONGEST_S // 60} minutes.", field="frames")
    spoken = spoken_seconds(sounds)
    needed = max(1, math.ceil(spoken * rate.fps - 1e-6))
    if frames < needed and not at_least:
        raise Invalid(
            f"What is said in {plan.number} takes {spoken:.1f} s, so it cannot be shorter than that.", field="frames"
        )
    frames = max(frames, needed)
    seconds = float(rate.seconds(frames))
    room = max(seconds - spoken, 0.0)
    holds = holds_of(plan)
    held = sum(holds)
    if edge is not None and plan.lines:
        head = holds[0] + (float(rate.seconds(frames - plan.frames)) if edge == "head" else 0.0)
        tail = room - head - sum(holds[1:-1])
        slack = 1 / float(rate.fps)
        if head < -slack or tail < -slack:
            where, spare = ("before its first", holds[0]) if edge == "head" else ("after its last", holds[-1])
            raise Invalid(f"{plan.number} has only {spare:.1f} s to spare {where} line.", field="frames")
        holds = (max(head, 0.0), *holds[1:-1], max(tail, 0.0))
        return replace(plan, holds=holds, seconds=seconds, frames=frames)
    stretched = [hold * room / held if held > 0 else 0.0 for hold in holds[:-1]]
    return replace(plan, holds=(*stretched, room - sum(stretched)), seconds=seconds, frames=frames)


def as_spoken(plan: ShotPlan, rate: Rate, sounds: Sequence[float]) -> ShotPlan:
    """The plan as long as what is said and done in it; `sounds` are the seconds of its lines.

    Raises:
        Invalid: nothing is said in it.
    """
    if not plan.lines:
        raise Invalid(
            f"Nothing is said in {plan.number}, so there is no voice for its length to follow.", field="timed"
        )
    done = action_seconds(plan.action) if plan.action else 0.0
    return with_length(plan, max(1, rate.frames(spoken_seconds(sounds) + done)), rate, sounds, at_least=True)


def followed(spec: PanelSpec, plan: ShotPlan, staged: PanelSpec | None, light: Light | None) -> PanelSpec:
    """What to draw for a changed plan. `staged` is the plan staged anew, needed when who is in the shot has changed:
    those who were there keep what they do and how they look."""
    height = spec.camera_height if plan.angle is spec.angle else None
    spec = replace(spec, size=plan.size, type=plan.type, angle=plan.angle, move=plan.move, lens_mm=plan.lens_mm)
    spec = replace(spec, camera_height=height)
    if light is not None:
        spec = replace(spec, light=light)
    if staged is None:
        return spec
    before = {figure.name: figure for figure in spec.figures}
    there = {None, *(figure.name for figure in staged.figures)}
    return replace(
        spec,
        subject=staged.subject,
        foreground=staged.foreground,
        figures=tuple(_as_before(figure, before.get(figure.name), there) for figure in staged.figures),
    )


def _checked(cast: Sequence[str], present: Sequence[str], people: Sequence[str]) -> tuple[str, ...]:
    known = {name.upper(): name for name in (*people, *present)}
    found: list[str] = []
    for name in cast:
        if name.upper() not in known:
            raise Invalid(f"Nobody in this script is called {name[:60]}.", field="cast")
        if known[name.upper()] not in found:
            found.append(known[name.upper()])
    if len(found) > MOST_IN_SHOT:
        raise Invalid(f"At most {MOST_IN_SHOT} people fit into a shot.", field="cast")
    return tuple(found)


def _peopled(plan: ShotPlan, cast: tuple[str, ...], asked: ShotType | None) -> ShotPlan:
    """The plan with these people and, where its type no longer fits them, the type that does."""
    kind = asked or plan.type
    fewest, most, why = _NEEDED.get(kind, (0, MOST_IN_SHOT, ""))
    if asked is ShotType.EMPTY:
        cast = ()
    elif not fewest <= len(cast) <= most:
        if asked is not None:
            raise Invalid(why, field="type")
        kind = (ShotType.EMPTY, ShotType.SINGLE, ShotType.TWO)[len(cast)] if len(cast) < 3 else ShotType.GROUP
    elif kind is ShotType.EMPTY and cast:
        kind = (ShotType.SINGLE, ShotType.TWO)[len(cast) - 1] if len(cast) < 3 else ShotType.GROUP
    subject = plan.subject if plan.subject in cast else None
    if kind in (ShotType.SINGLE, ShotType.OTS) and subject is None:
        subject = next(iter(cast), None)
    foreground = plan.foreground
    if kind is ShotType.OTS and (foreground not in cast or foreground == subject):
        foreground = next(name for name in cast if name != subject)
    elif kind is not ShotType.OTS and kind is not ShotType.POV:
        foreground = None
    return replace(plan, cast=cast, type=kind, subject=subject, foreground=foreground)


def _as_before(staged: Figure, before: Figure | None, there: Collection[str | None]) -> Figure:
    """Somebody staged anew who was there: doing what they did, and where a person put them, if one did."""
    if before is None:
        return staged
    if before.placed:
        return before if before.looks_at in there else replace(before, looks_at=staged.looks_at)
    return replace(staged, pose=before.pose, expression=before.expression, prop=before.prop, look=before.look)
