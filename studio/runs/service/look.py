"""Seeing runs: one, those of a project, and the jobs of several projects in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studio.accounts import service as accounts
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.projects import service as projects
from studio.runs import moves, repository
from studio.runs.labels import label
from studio.runs.models import Run
from studio.runs.states import RunState
from studio.runs.views import JobView, RunRecord, RunView, TransitionView

_MOST_JOBS = 200
_MOST_PAGES = 10


def get_run(uow: UnitOfWork, actor: Actor, run_id: str) -> RunView:
    """One run of a project the actor may see. Raises: NotFound."""
    run = repository.get_run(uow, run_id)
    projects.get_project(uow, actor, run.project_id)
    return moves.view(run)


def list_runs(
    uow: UnitOfWork, actor: Actor, project_id: str, *, live_only: bool = False, limit: int = 100
) -> list[RunView]:
    """The newest runs of a project (at most `limit`), newest first. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    return [moves.view(r) for r in repository.list_project_runs(uow, project_id, live_only=live_only, limit=limit)]


def list_present(uow: UnitOfWork, actor: Actor, project_id: str, *, limit: int = 200) -> list[RunView]:
    """Where a project's work stands: what people asked for, newest first, then the parts of it still alive. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    return [moves.view(r) for r in repository.list_present(uow, project_id, limit=limit)]


def list_live(uow: UnitOfWork, project_id: str, kind: str) -> list[RunView]:
    """What people asked for of a kind in a project that has not ended, oldest first. The caller has checked who asks."""
    return [moves.view(run) for run in repository.list_live_asked(uow, project_id, kind)]


def list_children(uow: UnitOfWork, run_id: str, kind: str | None = None) -> list[RunView]:
    """What a run has started, in order."""
    return [moves.view(r) for r in repository.list_children(uow, run_id, kind)]


def list_transitions(uow: UnitOfWork, actor: Actor, run_id: str) -> list[TransitionView]:
    """Every move of a run in order, with reason and time. Raises: NotFound."""
    get_run(uow, actor, run_id)
    return [
        TransitionView(RunState(t.from_state) if t.from_state else None, RunState(t.to_state), t.reason, t.created_at)
        for t in repository.list_transitions(uow, run_id)
    ]


def get_record(uow: UnitOfWork, actor: Actor, run_id: str) -> RunRecord:
    """One run with what it was asked to do. Raises: NotFound."""
    run = repository.get_run(uow, run_id)
    projects.get_project(uow, actor, run.project_id)
    return moves.record(run)


def list_asked(
    uow: UnitOfWork,
    actor: Actor,
    project_id: str,
    kinds: Sequence[str],
    *,
    about: Mapping[str, str] | None = None,
    page: int = 1,
    limit: int = 20,
) -> tuple[tuple[RunRecord, ...], int]:
    """One page of what people asked for of these kinds, newest first, and the number on all pages.

    `about` are wishes all of them have (the script they are of). Raises: NotFound.
    """
    projects.get_project(uow, actor, project_id)
    offset = (page - 1) * limit
    found, total = repository.list_asked(uow, project_id, kinds, about=about or {}, offset=offset, limit=limit)
    return tuple(moves.record(r) for r in found), total


def children_of(uow: UnitOfWork, parent_ids: Sequence[str], kind: str) -> dict[str, list[RunRecord]]:
    """The children of this kind of several runs, by parent. The caller has checked that they may be seen."""
    found: dict[str, list[RunRecord]] = {}
    for run in repository.children_of(uow, parent_ids, kind) if parent_ids else ():
        found.setdefault(run.parent_id or "", []).append(moves.record(run))
    return found


def list_jobs(uow: UnitOfWork, actor: Actor, project_ids: Sequence[str], *, limit: int = 50) -> tuple[JobView, ...]:
    """What people asked for in these projects, what still runs first, then what ended last; at most `limit` (and 200).

    Projects the actor may not see are left out. Raises: NotFound when one project is asked for and may not be seen.
    """
    names = _names(uow, actor, project_ids)
    found = repository.list_jobs(uow, sorted(names), limit=max(1, min(limit, _MOST_JOBS))) if names else ()
    pieces = repository.pieces_of(uow, [r.id for r in found]) if found else {}
    people = accounts.list_people(uow, {r.user_id for r in found})
    return tuple(_job(r, names[r.project_id], people[r.user_id].display_name, pieces.get(r.id, (0, 0))) for r in found)


def _names(uow: UnitOfWork, actor: Actor, project_ids: Sequence[str]) -> dict[str, str]:
    """The names of those of these projects that the actor may see."""
    if len(project_ids) == 1:
        return {project_ids[0]: projects.get_project(uow, actor, project_ids[0]).name}
    wanted = set(project_ids)
    names: dict[str, str] = {}
    for page in range(1, _MOST_PAGES + 1):
        found = projects.list_projects(uow, actor, page=page, limit=100)
        names |= {p.id: p.name for p in found.items if p.id in wanted}
        if page * 100 >= found.total or len(names) == len(wanted):
            break
    return names


def _job(run: Run, project_name: str, by: str, pieces: tuple[int, int]) -> JobView:
    done, total = pieces
    return JobView(
        run=moves.view(run),
        project_name=project_name,
        label=label(run.kind, run.config, total),
        by=by,
        created_at=run.created_at,
        started_at=run.started_at,
        completed_at=run.completed_at,
        pieces_done=done,
        pieces_total=total,
    )
