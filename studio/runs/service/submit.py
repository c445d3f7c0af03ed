"""Starting, seeing and stopping runs."""

from __future__ import annotations

from typing import Any

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Forbidden
from studio.projects import service as projects
from studio.runs import moves, policy, repository
from studio.runs.models import Run, RunTransition
from studio.runs.states import RunState
from studio.runs.views import RunView, TransitionView


def submit_run(
    uow: UnitOfWork,
    actor: Actor,
    project_id: str,
    kind: str,
    config: dict[str, Any],
    *,
    parent_id: str | None = None,
    idem_key: str | None = None,
    weight: float = 1.0,
) -> RunView:
    """Ask for slow work. The same `idem_key` again gives the run that is already there; `weight` is the work
    expected in it, its children included, in any unit (CPU seconds do): shares of progress follow from it.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    projects.editable_project(uow, actor, project_id)
    if idem_key and (known := repository.find_by_idem_key(uow, idem_key)):
        return moves.view(known)
    parent_step = repository.get_run(uow, parent_id).step if parent_id else 0
    run = Run(
        project_id=project_id,
        user_id=actor.user_id,
        parent_id=parent_id,
        parent_step=parent_step,
        kind=kind,
        config=config,
        idem_key=idem_key,
        weight=weight,
        state=RunState.PENDING.value,
    )
    uow.session.add(run)
    uow.session.flush()
    uow.session.add(RunTransition(run_id=run.id, from_state=None, to_state=run.state, reason="asked for"))
    moves.moved(uow, run, RunState.QUEUED, "ready for a worker")
    return moves.view(run)


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


def cancel_run(uow: UnitOfWork, actor: Actor, run_id: str) -> RunView:
    """Stop a run and, after the commit, what it started. A worker on it finds its fence gone and ends.

    Raises:
        NotFound, Forbidden: it is not the actor's to stop.
        Conflict: it has already ended.
    """
    run = repository.get_run(uow, run_id, lock=True)
    projects.get_project(uow, actor, run.project_id)
    if not policy.may_cancel(actor, run.user_id, _edits(uow, actor, run.project_id)):
        raise Forbidden("Only who started this job or an editor of the project can stop it.")
    run.fence += 1
    run.retry_at = None
    run.error_code, run.error_message = "cancelled", "Stopped on request."
    moves.moved(uow, run, RunState.CANCELLED, "asked to stop")
    return moves.view(run)


def _edits(uow: UnitOfWork, actor: Actor, project_id: str) -> bool:
    try:
        projects.editable_project(uow, actor, project_id)
    except Forbidden:
        return False
    return True
