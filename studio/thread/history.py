"""The history of a whole project: what of it one may undo, and undoing it, whichever room it was done in."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.audit import service as audit
from studio.audit.views import EntryRecord
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict
from studio.projects import service as projects
from studio.projects.views import ProjectRole
from studio.storyboards import service as storyboards
from studio.storyboards.editing.stacks import stacks
from studio.thread import rewriting

_REMEMBERED = 2000
_SINCE = "This has been changed again since, so it cannot be undone."


def undoable_entries(uow: UnitOfWork, actor: Actor, project_id: str) -> frozenset[int]:
    """Which entries of a project's history the actor may undo: their own that hold now. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    done, _ = stacks(audit.newest_in(uow, project_id, limit=_REMEMBERED), actor.user_id)
    return frozenset(entry.seq for entry in done)


def undo_entry(uow: UnitOfWork, actor: Actor, project_id: str, seq: int) -> None:
    """Undo one of one's own acts on a project, its script or its board; that is written into the history as well.

    Raises:
        Conflict: it is not one's own, is undone already (code "nothing_to_undo"), or what it was about has changed since.
        NotFound, Forbidden: the actor may not change the project.
    """
    mine = undoable_entries(uow, actor, project_id)
    record = audit.find_record(uow, project_id, seq)
    if record is None or seq not in mine:
        raise Conflict("This is not something of yours that could be undone.", code="nothing_to_undo")
    if record.entity == "board":
        storyboards.undo(uow, actor, record.entity_id, seq=seq)
    elif record.entity == rewriting.SCRIPT:
        rewriting.undo_writing(uow, actor, record)
    else:
        with audit.undoing(uow, record):
            _put_back(uow, actor, project_id, record)


def _put_back(uow: UnitOfWork, actor: Actor, project_id: str, record: EntryRecord) -> None:
    before, after = record.before, record.after
    match record.action:
        case "rename":
            if projects.get_project(uow, actor, project_id).name != after["name"]:
                raise Conflict(_SINCE)
            projects.rename_project(uow, actor, project_id, before["name"])
        case "put_away":
            _need(projects.get_project(uow, actor, project_id).away)
            projects.bring_back(uow, actor, project_id)
        case "bring_back":
            _need(not projects.get_project(uow, actor, project_id).away)
            projects.put_away(uow, actor, project_id)
        case _:
            _member_back(uow, actor, project_id, after["user_id"], before["role"], after["role"])


def _member_back(
    uow: UnitOfWork, actor: Actor, project_id: str, user_id: str, was: str | None, role: str | None
) -> None:
    now = next((m.role.value for m in projects.list_members(uow, actor, project_id) if m.user_id == user_id), None)
    _need(now == role)
    if was is None:
        projects.remove_member(uow, actor, project_id, user_id)
    elif role is None:
        projects.restore_member(uow, actor, project_id, user_id, ProjectRole(was))
    else:
        projects.change_member(uow, actor, project_id, user_id, ProjectRole(was))


def _need(holds: bool) -> None:
    if not holds:
        raise Conflict(_SINCE)
