"""Starting and stopping runs; seeing them is `look.py`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from studio.accounts.views import Actor
from studio.core import ids
from studio.core.db import UnitOfWork, database_time
from studio.core.errors import Conflict, Forbidden
from studio.projects import service as projects
from studio.runs import moves, policy, repository
from studio.runs.events import RunChanged, ready
from studio.runs.models import Run, RunTransition
from studio.runs.states import RunState
from studio.runs.views import RunView, Wanted

_BEGUN = ((None, "pending", "asked for"), ("pending", "queued", "ready for a worker"))
"""The first two moves of every run."""


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


def submit_many(
    uow: UnitOfWork,
    actor: Actor,
    project_id: str,
    kind: str,
    wanted: Sequence[Wanted],
    *,
    parent_id: str | None = None,
) -> int:
    """Ask for many runs of one kind, in a handful of queries; how many were new. Else as `submit_run` for each, in order.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    projects.editable_project(uow, actor, project_id)
    known = repository.known_idem_keys(uow, [w.idem_key for w in wanted if w.idem_key])
    parent_step = repository.get_run(uow, parent_id).step if parent_id else 0
    new: dict[str, Wanted] = {}
    for each in wanted:
        if each.idem_key not in known:
            new[ids.new_id()] = each
        if each.idem_key:
            known.add(each.idem_key)
    at = database_time(uow)
    shared = {
        "project_id": project_id,
        "user_id": actor.user_id,
        "parent_id": parent_id,
        "parent_step": parent_step,
        "kind": kind,
        "state": RunState.QUEUED.value,
        "queued_at": at,
        "serial": 1,
    }
    uow.add_many(
        Run,
        [
            shared | {"id": run_id, "config": w.config, "idem_key": w.idem_key, "weight": w.weight}
            for run_id, w in new.items()
        ],
    )
    for before, after, reason in _BEGUN:
        move = {"from_state": before, "to_state": after, "reason": reason}
        uow.add_many(RunTransition, [move | {"run_id": run_id} for run_id in new])
    uow.record_many([ready(run_id, 0, parent_id, kind) for run_id in new])
    uow.record_many([RunChanged(project_id, _fresh(run_id, project_id, parent_id, kind).plain()) for run_id in new])
    return len(new)


def retry_run(uow: UnitOfWork, actor: Actor, run_id: str) -> RunView:
    """Try a failed or cancelled job again; what was made stays made.

    The run itself is queued again when it failed alone; a job that was cancelled or whose pieces ended badly is asked for
    anew with the same wishes, so look at the id of the view.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
        Conflict: it did not fail, or is a piece of another job: retry that one.
    """
    run = repository.get_run(uow, run_id, lock=True)
    projects.editable_project(uow, actor, run.project_id)
    if run.parent_id:
        raise Conflict("This is one piece of a larger job. Try that job again instead.")
    if not moves.view(run).ended or run.state == RunState.COMPLETED.value:
        raise Conflict("Only a job that failed or was stopped can be tried again.")
    if run.state == RunState.FAILED.value and not repository.pieces_of(uow, [run.id]):
        moves.moved(uow, run, RunState.QUEUED, "asked to try again")
        return moves.view(run)
    if live := find_live(uow, run.project_id, run.kind, run.config):
        return live
    return submit_run(uow, actor, run.project_id, run.kind, dict(run.config), weight=run.weight)


def _fresh(run_id: str, project_id: str, parent_id: str | None, kind: str) -> RunView:
    return RunView(
        id=run_id,
        project_id=project_id,
        parent_id=parent_id,
        kind=kind,
        state=RunState.QUEUED,
        stage="",
        fraction=0.0,
        eta_s=None,
        attempt=0,
        serial=1,
        retry_at=None,
        error_code=None,
        error_message=None,
        result=None,
    )


def find_live(uow: UnitOfWork, project_id: str, kind: str, config: dict[str, Any]) -> RunView | None:
    """The job already at work with these wishes, so that a second click starts nothing. The caller has checked who asks."""
    live = repository.list_live_asked(uow, project_id, kind)
    return next((moves.view(run) for run in live if all(run.config.get(k) == v for k, v in config.items())), None)


def oldest_live(uow: UnitOfWork, kind: str) -> datetime | None:
    """When the oldest run of a kind that has not ended was asked for; None when all have."""
    return repository.oldest_live(uow, kind)


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
