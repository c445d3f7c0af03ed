"""Undoing one's own acts on a cut by hand, one after the other, and doing them again, whatever others did since."""

from __future__ import annotations

from collections.abc import Sequence

from studio.accounts.views import Actor
from studio.audit.views import EntryMark
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict
from studio.engine.editing.merging import rebased
from studio.engine.editing.patch import patched
from studio.engine.timeline import Timeline
from studio.projects import service as projects
from studio.storyboards.editing.stacks import REDO, UNDO, stacks
from studio.storyboards.views import Undoable
from studio.timelines import journal, repository
from studio.timelines.service.hand.acting import Acting, patch_from, state_at, told_since
from studio.timelines.views import TimelineEdit

_REMEMBERED = 2000
"""Acts looked back on for what somebody can undo."""

_LOOKED_THROUGH = 200
"""Acts looked through for the one that stands in the way of an undo."""


def undoable(uow: UnitOfWork, actor: Actor, timeline_id: str) -> Undoable:
    """What the actor can undo and do again next in a cut by hand, in words. Raises: NotFound."""
    row = repository.get_head(uow, timeline_id)
    projects.get_project(uow, actor, row.project_id)
    done, undone = stacks(_marks(uow, timeline_id), actor.user_id)
    return Undoable(done[-1].label if done else "", undone[-1].label if undone else "")


def undo(uow: UnitOfWork, actor: Actor, timeline_id: str, *, revision: int | None = None) -> TimelineEdit:
    """Undo one's last act on a cut by hand, or the one that led to `revision`; what was done since stays.

    Raises:
        Conflict: there is nothing to undo, or that act is not one's own or is undone (code "nothing_to_undo"), or what it
            touched has changed since: the message names the act that stands in the way.
        NotFound, Forbidden: the actor may not change the project.
    """
    act = Acting(uow, actor, timeline_id)
    marks = _marks(uow, timeline_id)
    done, _ = stacks(marks, actor.user_id)
    entry = next((each for each in reversed(done) if revision in (None, each.seq)), None)
    if entry is None and revision is not None:
        raise Conflict("That is not an act of yours, or it is undone already.", code="nothing_to_undo")
    if entry is None:
        raise Conflict("There is nothing of yours to undo in this cut.", code="nothing_to_undo")
    return _back(act, entry, _newest(marks, entry.seq, REDO) or entry.seq, UNDO)


def redo(uow: UnitOfWork, actor: Actor, timeline_id: str) -> TimelineEdit:
    """Do again what one undid last.

    Raises:
        Conflict: there is nothing to do again (code "nothing_to_redo"), or what it touched has changed since.
        NotFound, Forbidden: the actor may not change the project.
    """
    act = Acting(uow, actor, timeline_id)
    marks = _marks(uow, timeline_id)
    _, undone = stacks(marks, actor.user_id)
    if not undone:
        raise Conflict("There is nothing to do again in this cut.", code="nothing_to_redo")
    entry = undone[-1]
    return _back(act, entry, _newest(marks, entry.seq, UNDO) or entry.seq, REDO)


def _back(act: Acting, entry: EntryMark, revision: int, kind: str) -> TimelineEdit:
    """Take back the act that led to a revision."""
    row = journal.get_act(act.uow, act.row.id, revision)
    after = state_at(act.uow, act.row, act.timeline, revision)
    before = patched(after, patch_from(row.inverse))
    try:
        made = rebased(after, before, act.timeline).timeline
    except Conflict as e:
        since = _in_the_way(act, revision, after, before)
        raise Conflict(f"{e.message} In the way: {since}." if since else e.message, code=e.code) from e
    if "base" in row.edit:
        act.merged_with(row.edit["base"])
    return act.keep(made, kind=kind, label=entry.label, edit={"op": kind, "of": entry.seq}, of=entry.seq)


def _in_the_way(act: Acting, revision: int, after: Timeline, before: Timeline) -> str:
    """Who did what past which the act that led to a revision, from `before` to `after`, cannot be taken back any more."""
    then = after
    for step, patch in journal.list_steps(act.uow, act.row.id, revision, limit=_LOOKED_THROUGH):
        then = patched(then, patch_from(patch))
        try:
            rebased(after, before, then)
        except Conflict:
            return told_since(act.uow, act.row.id, step - 1, before=step + 1)
    return ""


def _newest(marks: Sequence[EntryMark], seq: int, kind: str) -> int | None:
    """The newest act of a kind that concerns another one."""
    return next((mark.seq for mark in marks if mark.action == kind and mark.reverses == seq), None)


def _marks(uow: UnitOfWork, timeline_id: str) -> list[EntryMark]:
    rows = journal.list_marks(uow, timeline_id, limit=_REMEMBERED)
    return [EntryMark(revision, actor, kind, label, of) for revision, actor, kind, label, of, _ in rows]
