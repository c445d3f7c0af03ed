"""Moving a run: the one place that writes a state, its log line and the news of it."""

from __future__ import annotations

from studio.core import clock
from studio.core.db import UnitOfWork, database_time
from studio.runs import repository
from studio.runs.events import RunAbandoned, RunChanged, ready
from studio.runs.models import Run, RunTransition
from studio.runs.states import FINAL, RunState, checked_move
from studio.runs.views import RunRecord, RunView


def view(run: Run) -> RunView:
    return RunView(
        id=run.id,
        project_id=run.project_id,
        parent_id=run.parent_id,
        kind=run.kind,
        state=RunState(run.state),
        stage=run.stage,
        fraction=run.fraction,
        eta_s=run.eta_s,
        attempt=run.attempt,
        serial=run.serial,
        retry_at=run.retry_at,
        error_code=run.error_code,
        error_message=run.error_message,
        result=run.result,
    )


def record(run: Run) -> RunRecord:
    return RunRecord(view(run), run.user_id, dict(run.config), run.created_at, run.started_at, run.completed_at)


def changed(uow: UnitOfWork, run: Run) -> None:
    """Number the change and tell it after the commit."""
    run.serial += 1
    uow.session.add(run)
    uow.session.flush()
    uow.record(RunChanged(run.project_id, view(run).plain()))


def moved(uow: UnitOfWork, run: Run, to: RunState, reason: str) -> None:
    """Move a run, log it, and pass on what follows: a parent may wake, children may be cancelled.

    Raises:
        Conflict: the move is not legal.
    """
    before = RunState(run.state)
    run.state = checked_move(before, to).value
    uow.session.add(RunTransition(run_id=run.id, from_state=before.value, to_state=to.value, reason=reason[:300]))
    if to is RunState.QUEUED:
        run.queued_at, run.retry_at = database_time(uow), None
        uow.record(ready(run.id, run.fence, run.parent_id, run.kind))
    if to in FINAL or to is RunState.FAILED:
        run.lease_owner, run.lease_until, run.waiting, run.eta_s = None, None, False, None
        run.completed_at = clock.now()
    changed(uow, run)
    if view(run).ended:
        if to is not RunState.COMPLETED:
            uow.record(RunAbandoned(run.id))
        if run.parent_id:
            _child_ended(uow, run, run.parent_id)


def _child_ended(uow: UnitOfWork, child: Run, parent_id: str) -> None:
    """Add a child's end to its parent's progress; wake the parent after the last one, fail it after a bad one."""
    parent = repository.get_run(uow, parent_id, lock=True)
    if view(parent).ended:
        return
    if RunState(child.state) is not RunState.COMPLETED and parent.waiting:
        parent.error_code = child.error_code or RunState(child.state).value
        parent.error_message = child.error_message or f"The job “{child.kind}” was {child.state}."
        parent.fence += 1
        moved(uow, parent, RunState.FAILED, f"{child.kind} {child.state}")
        return
    progress(uow, parent)
    ended, count = repository.children_count(uow, parent)
    if parent.waiting and ended == count:
        parent.queued_at = database_time(uow)
        uow.record(ready(parent.id, parent.fence, parent.parent_id, parent.kind))


def progress(uow: UnitOfWork, parent: Run) -> None:
    """A parent's share done and time left, from the weights of its children; passed on to its own parent."""
    done, asked = repository.children_progress(uow, parent)
    expected = max(asked, parent.weight)
    parent.fraction = max(parent.fraction, min(0.99, done / expected))
    if parent.started_at and parent.fraction > 0.02:
        spent = (clock.now() - parent.started_at).total_seconds()
        parent.eta_s = round(spent * (1 - parent.fraction) / parent.fraction, 1)
    if parent.waiting:
        ended, count = repository.children_count(uow, parent)
        words = parent.stage.split(" · ")[0]
        parent.stage = f"{words} · {ended} of {count}" if count > 1 else words
    changed(uow, parent)
    if parent.parent_id:
        grandparent = repository.get_run(uow, parent.parent_id, lock=True)
        if not view(grandparent).ended:
            progress(uow, grandparent)


def wake_or_fail(uow: UnitOfWork, parent: Run) -> None:
    """For a parent that has just begun to wait: its children may have ended before."""
    children = repository.list_children(uow, parent.id)
    bad = next((c for c in children if view(c).ended and c.state != RunState.COMPLETED.value), None)
    if bad is not None:
        _child_ended(uow, bad, parent.id)
    elif all(view(c).ended for c in children):
        uow.record(ready(parent.id, parent.fence, parent.parent_id, parent.kind))
