"""Looking back on a cut by hand: what was done since, the journal, how it was at a revision, and versions kept under a name."""

from __future__ import annotations

from dataclasses import replace

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, Invalid, LimitReached
from studio.core.text import one_line
from studio.engine.timeline import Timeline
from studio.projects import service as projects
from studio.timelines import journal, repository
from studio.timelines.models import TimelineRow, TimelineVersionRow
from studio.timelines.service import documents
from studio.timelines.service.hand.acting import Acting, changes_of, names_of, state_at
from studio.timelines.service.hand.making import add_by_hand, create_timeline
from studio.timelines.service.reading import detail_of
from studio.timelines.views import Act, ActPage, ClipChange, EditPatch, TimelineDetail, TimelineEdit, VersionView

MOST_PATCHES = 200
MOST_VERSIONS = 500
_MOST = 100
_LONGEST = 200


def edits_since(uow: UnitOfWork, actor: Actor, timeline_id: str, revision: int) -> tuple[EditPatch, ...] | None:
    """What a page that holds a revision has to do to hold the cut as it is; None: it is too far behind, and looks anew.

    Raises: NotFound.
    """
    row = _seen(uow, actor, timeline_id)
    if revision == row.revision:
        return ()
    if row.status != repository.EDIT or not max(1, row.revision - MOST_PATCHES) <= revision < row.revision:
        return None
    rows = journal.list_patches(uow, timeline_id, revision)
    people = names_of(uow, {each[1] for each in rows})
    return tuple(
        EditPatch(
            revision=at,
            from_revision=at - 1,
            patch=patch,
            by=by,
            by_name=people.get(by, "Somebody"),
            label=label,
            kind=kind,
        )
        for at, by, kind, label, _, _, patch in rows
    )


def list_edits(
    uow: UnitOfWork, actor: Actor, timeline_id: str, *, before: int | None = None, limit: int = 30
) -> ActPage:
    """A page (at most 100) of the journal of a cut, newest first, from before a revision on. Raises: NotFound."""
    _seen(uow, actor, timeline_id)
    rows = journal.list_marks(uow, timeline_id, limit=max(1, min(limit, _MOST)), before=before)
    people = names_of(uow, {each[1] for each in rows})
    acts = (Act(at, by, people.get(by, "Somebody"), kind, label, of, when) for at, by, kind, label, of, when in rows)
    return ActPage(tuple(acts), journal.count_acts(uow, timeline_id))


def timeline_at(uow: UnitOfWork, actor: Actor, timeline_id: str, revision: int) -> TimelineDetail:
    """A cut by hand as it was at a revision. Raises: NotFound, Conflict (it is not cut by hand)."""
    row = _by_hand(uow, actor, timeline_id)
    return detail_of(row, _at(uow, row, revision), revision=revision)


def compare(uow: UnitOfWork, actor: Actor, timeline_id: str, first: int, second: int) -> tuple[ClipChange, ...]:
    """What became of each clip between two revisions of a cut by hand. Raises: NotFound, Conflict."""
    row = _by_hand(uow, actor, timeline_id)
    return changes_of(_at(uow, row, first), _at(uow, row, second))


def restore_timeline(uow: UnitOfWork, actor: Actor, timeline_id: str, revision: int) -> TimelineEdit:
    """Put a cut by hand back to how it was at a revision: an act, which can be undone.

    Raises:
        Conflict: it is as it was then, or is not cut by hand.
        NotFound, Forbidden: there was no such revision, or the actor may not change the project.
    """
    act = Acting(uow, actor, timeline_id)
    after = state_at(uow, act.row, act.timeline, revision)
    if after == act.timeline:
        raise Conflict("This cut is as it was then.")
    if (base := journal.find_base(uow, timeline_id, revision)) is not None:
        act.merged_with(base or None)
    edit = {"op": "restore", "revision": revision}
    return act.keep(after, kind="restore", label=f"go back to revision {revision}", edit=edit)


def branch_timeline(uow: UnitOfWork, actor: Actor, timeline_id: str, revision: int, *, name: str) -> TimelineDetail:
    """A cut of its own, begun from how this one was at a revision. Raises: as `create_timeline`, and NotFound."""
    row = _by_hand(uow, actor, timeline_id)
    then, base = _at(uow, row, revision), journal.find_base(uow, timeline_id, revision)
    made = create_timeline(uow, actor, row.project_id, name=name, begin="copy", timeline_id=timeline_id)
    copy = repository.get_timeline(uow, made.id)
    if base is not None:
        copy.base = base or None
    return add_by_hand(uow, copy, replace(then, name=made.name))


def save_version(uow: UnitOfWork, actor: Actor, timeline_id: str, name: str) -> VersionView:
    """Keep a cut by hand as it is now under a name.

    Raises:
        Invalid: the name is none.
        LimitReached: it has 500 versions.
        Conflict, NotFound, Forbidden: as `edit_timeline`.
    """
    called = one_line(name)
    if not called or len(called) > _LONGEST:
        raise Invalid(f"A version needs a name of 1 to {_LONGEST} characters.", field="name")
    act = Acting(uow, actor, timeline_id)
    if len(journal.list_versions(uow, timeline_id, limit=MOST_VERSIONS)) >= MOST_VERSIONS:
        raise LimitReached(f"A cut has at most {MOST_VERSIONS} versions.")
    row = TimelineVersionRow(
        timeline_id=timeline_id,
        name=called,
        revision=act.row.revision,
        document=documents.document_of(uow, act.row),
        by_id=actor.user_id,
    )
    uow.session.add(row)
    uow.session.flush()
    by_name = names_of(uow, {actor.user_id}).get(actor.user_id, "Somebody")
    return VersionView(row.id, called, row.revision, actor.user_id, by_name, row.created_at)


def list_versions(uow: UnitOfWork, actor: Actor, timeline_id: str) -> tuple[VersionView, ...]:
    """The versions of a cut, newest first. Raises: NotFound."""
    _seen(uow, actor, timeline_id)
    rows = journal.list_versions(uow, timeline_id, limit=MOST_VERSIONS)
    people = names_of(uow, {each[3] for each in rows})
    return tuple(VersionView(i, name, at, by, people.get(by, "Somebody"), when) for i, name, at, by, when in rows)


def _seen(uow: UnitOfWork, actor: Actor, timeline_id: str) -> TimelineRow:
    row = repository.get_head(uow, timeline_id)
    projects.get_project(uow, actor, row.project_id)
    return row


def _by_hand(uow: UnitOfWork, actor: Actor, timeline_id: str) -> TimelineRow:
    row = _seen(uow, actor, timeline_id)
    if row.status != repository.EDIT:
        raise Conflict("Only cuts by hand remember how they were. Make one of this cut first.", code="not_by_hand")
    return row


def _at(uow: UnitOfWork, row: TimelineRow, revision: int) -> Timeline:
    return state_at(uow, row, documents.timeline_of(uow, row), revision)
