"""Lengths of shots as another room has them: read, and set together as one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Invalid
from studio.engine.time import Rate
from studio.scripts import service as scripts
from studio.storyboards import reading, repository
from studio.storyboards.editing.fields import with_length
from studio.storyboards.editing.pieces import sounds_of
from studio.storyboards.service.acts.acting import Acting, named
from studio.storyboards.service.plan import plan_of, voiced_of
from studio.storyboards.shots import ShotPlan
from studio.storyboards.views import BoardEdit


def shot_lengths(uow: UnitOfWork, actor: Actor, script_id: str) -> dict[str, tuple[str, int]]:
    """The number and the frames, at the project's rate, of every shot of a script, by its id, in order. Raises: NotFound."""
    scripts.project_of(uow, actor, script_id)
    return reading.lengths_by_shot(uow, script_id)


def time_shots(
    uow: UnitOfWork, actor: Actor, script_id: str, lengths: Mapping[str, int]
) -> tuple[BoardEdit, dict[str, str]]:
    """Give shots lengths in whole frames, as one act; and why those that cannot be so long or short stayed as they were.

    Raises:
        Invalid, LimitReached: there are none, or more than 200.
        NotFound, Forbidden: there is no such shot on the board, or the actor may not change the project.
    """
    act = Acting(uow, actor, script_id)
    shots = act.chosen(list(lengths))
    lines = repository.lines_of_shots(uow, [shot.id for shot in shots])
    refused: dict[str, str] = {}
    for shot in shots:
        mine = lines.get(shot.id, [])
        before = plan_of(shot, mine)
        try:
            plan = _at(before, lengths[shot.id], act.project.rate, sounds_of(before.lines, voiced_of(mine)))
        except Invalid as e:
            refused[shot.id] = e.message
            continue
        if plan.frames != shot.frames:
            new = {"seconds": plan.seconds, "frames": plan.frames, "holds": list(plan.holds)}
            act.set("shot", shot, timed=True, edited=True, **new)
    given = [shot.id for shot in shots if shot.id not in refused]
    what = "length of" if len(given) == 1 else "lengths of"
    return act.finish("change", f"{what} {named([act.shots[each] for each in given])}", given), refused


def _at(plan: ShotPlan, frames: int, rate: Rate, sounds: Sequence[float]) -> ShotPlan:
    """A plan at a length, taken from or given to its end where there is that much; else all its pauses share. Raises: Invalid."""
    try:
        return with_length(plan, frames, rate, sounds, edge="tail")
    except Invalid:
        return with_length(plan, frames, rate, sounds)
