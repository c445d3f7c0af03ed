"""Editing a cut by hand: the engine's edits, all or none, as one act; also from a page that has not heard of the last one yet."""

from __future__ import annotations

from collections.abc import Sequence

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, NotFound
from studio.core.text import one_line
from studio.engine.editing import Edit, batch, to_json
from studio.engine.editing.merging import rebased
from studio.engine.timeline import Timeline
from studio.timelines import journal
from studio.timelines.labels import LONGEST, label_of
from studio.timelines.service.hand.acting import Acting, refuse_foreign, state_at, told_since
from studio.timelines.service.hand.wishing import meant
from studio.timelines.views import TimelineEdit
from studio.timelines.wishes import Wish

_FEW = 50
"""Acts one may be ahead of what one has seen."""


def edit_timeline(
    uow: UnitOfWork,
    actor: Actor,
    timeline_id: str,
    asked: Sequence[Edit | Wish],
    *,
    revision: int,
    label: str = "",
    dry_run: bool = False,
    key: str = "",
) -> TimelineEdit:
    """Make edits of a cut by hand, all or none, as one saw it at `revision`; with `dry_run` only to see what they come to.

    A wish, what a pane asks for, stands alone: the edits it comes to are made of the cut as it was seen.

    Where others have acted since, the edits are laid on what there is now, if all they touch is as it was; of what one sets twice
    in a row, before one has seen the first, the last holds. What is sent again
    with the `key` (at most 200 characters) and the revision it was sent with is not made again: what it came to is told.

    Raises:
        Conflict: what they touch has changed since (code "cut_changed", the message says who did what), there is no room, a
            track is locked, or it is not cut by hand (code "not_by_hand").
        Invalid, LimitReached: an edit does not fit, media is too short or not the project's, there are none or too many.
        NotFound, Forbidden: there is no such clip, or the actor may not change the project.
    """
    act = Acting(uow, actor, timeline_id, trial=dry_run)
    if key and not dry_run and (made := act.made(key, after=revision)) is not None:
        return made
    seen = _seen(act, revision)
    edits, called = meant(act, seen, asked)
    refuse_foreign(uow, act.row.project_id, tuple(edits), act.timeline)
    known = act.available(tuple(edits))
    after = batch(seen, edits, known).timeline
    if revision != act.row.revision:
        try:
            after = rebased(seen, after, act.timeline, last=_alone(act, revision)).timeline
        except Conflict as e:
            raise _changed(act, revision, e.message) from e
    told = one_line(label)[:LONGEST] or called or label_of(edits, seen)
    edit = to_json(edits[0] if len(edits) == 1 else Edit("batch", {"edits": tuple(edits)}))
    return act.keep(after, kind="edit", label=told, edit=edit | {"key": key} if key else edit)


def _alone(act: Acting, revision: int) -> bool:
    """Whether nobody else has acted since."""
    marks = journal.list_marks(act.uow, act.row.id, limit=_FEW, after=revision)
    return len(marks) == act.row.revision - revision and all(mark[1] == act.actor.user_id for mark in marks)


def _seen(act: Acting, revision: int) -> Timeline:
    """The cut as somebody saw it. Raises: Conflict where there was never such a revision."""
    try:
        return state_at(act.uow, act.row, act.timeline, revision)
    except NotFound as e:
        raise Conflict(
            f"This cut never was at revision {revision}: it is at {act.row.revision}. Look at it again.",
            code="cut_changed",
        ) from e


def _changed(act: Acting, revision: int, why: str) -> Conflict:
    what = told_since(act.uow, act.row.id, revision)
    return Conflict(f"The cut has changed since you looked ({what}). {why} Look at it again.", code="cut_changed")
