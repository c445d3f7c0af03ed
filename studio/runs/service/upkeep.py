"""What a sweeper does every few seconds, so that the queue may lose anything at any time."""

from __future__ import annotations

from studio.core.db import UnitOfWork, database_time
from studio.runs import moves, repository
from studio.runs.events import ready
from studio.runs.service.work import fail_lost_run
from studio.runs.states import RunState

RESEND_AFTER_S = 30.0


def sweep(uow: UnitOfWork, *, resend: bool = True) -> int:
    """Reclaim lost runs, queue due retries, send forgotten hints again, cancel children of the dead; how many were touched.

    `resend` is false while the queue still holds hints: then runs wait for their turn and nothing was lost.
    """
    at = database_time(uow)
    touched = sum(fail_lost_run(uow, run_id) for run_id in repository.list_lost(uow, at))
    for run_id in repository.list_due_retries(uow, at):
        run = repository.get_run(uow, run_id, lock=True)
        if run.state == RunState.FAILED.value and run.retry_at is not None:
            moves.moved(uow, run, RunState.QUEUED, f"attempt {run.attempt + 1}")
            touched += 1
    for run in repository.list_forgotten(uow, at - RESEND_AFTER_S) if resend else ():
        run.queued_at = at
        uow.session.add(run)
        uow.record(ready(run.id, run.fence, run.parent_id, run.kind))
        touched += 1
    for run_id in repository.list_orphans(uow):
        touched += abandon_children(uow, run_id)
    return touched


def abandon_children(uow: UnitOfWork, run_id: str) -> int:
    """Cancel everything alive that an unsuccessful run had started; how many were."""
    stopped = 0
    for child in repository.list_live_children(uow, run_id):
        run = repository.get_run(uow, child.id, lock=True)
        if moves.view(run).ended:
            continue
        run.fence += 1
        run.retry_at = None
        run.error_code, run.error_message = "cancelled", "What asked for this job ended."
        moves.moved(uow, run, RunState.CANCELLED, "its parent ended")
        stopped += 1
    return stopped
