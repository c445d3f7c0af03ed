"""Working on a run: claim, beat, report, hand in. Every write after the claim is fenced."""

from __future__ import annotations

from typing import Any

from studio.core import clock
from studio.core.db import UnitOfWork, database_time
from studio.core.errors import Cancelled, retry_delay
from studio.runs import moves, repository
from studio.runs.models import Run
from studio.runs.states import RunState
from studio.runs.views import Claim

LEASE_S = 30.0
"""A worker that has not renewed its lease for this long is taken for dead."""


def claim_run(uow: UnitOfWork, run_id: str, owner: str) -> Claim | None:
    """Take a queued run, or a waiting one whose children have all ended; None when there is nothing to take (a late hint)."""
    run = repository.get_run(uow, run_id, lock=True)
    if run.state == RunState.QUEUED.value:
        run.attempt += 1
        run.started_at = run.started_at or clock.now()
        run.error_code = run.error_message = None
        moves.moved(uow, run, RunState.MODERATING, f"taken by {owner}")
        moves.moved(uow, run, RunState.PROCESSING, "made on this machine: nothing to moderate")
    elif run.state == RunState.PROCESSING.value and run.waiting:
        ended, count = repository.children_count(uow, run)
        if ended < count:
            return None
        run.waiting = False
        run.step += 1
    else:
        return None
    run.fence += 1
    run.lease_owner = owner
    run.lease_until = database_time(uow) + LEASE_S
    uow.session.add(run)
    return Claim(run.id, run.user_id, run.project_id, run.kind, run.step, run.attempt, run.fence, dict(run.config))


def beat(uow: UnitOfWork, run_id: str, owner: str) -> bool:
    """Renew the lease; False when the run is no longer this worker's (cancelled, or given to another)."""
    run = repository.get_run(uow, run_id, lock=True)
    if run.lease_owner != owner:
        return False
    run.lease_until = database_time(uow) + LEASE_S
    uow.session.add(run)
    return True


def hold_fence(uow: UnitOfWork, claim: Claim) -> Run:
    """The run, locked, if the claim still holds: call it first in every transaction that writes results.

    Raises:
        Cancelled: the run was stopped or given to another worker; nothing may be written.
    """
    run = repository.get_run(uow, claim.run_id, lock=True)
    if run.fence != claim.fence or run.state != RunState.PROCESSING.value:
        raise Cancelled("This job was stopped or taken over.")
    return run


def report_progress(uow: UnitOfWork, claim: Claim, stage: str, fraction: float) -> None:
    """Store and tell how far a run is: a stage in words and a share 0..1, from which the time left follows.

    Raises:
        Cancelled: the claim no longer holds.
    """
    run = hold_fence(uow, claim)
    run.stage, run.fraction = stage[:120], min(0.99, max(0.0, fraction))
    if run.started_at and run.fraction > 0.02:
        spent = (clock.now() - run.started_at).total_seconds()
        run.eta_s = round(spent * (1 - run.fraction) / run.fraction, 1)
    moves.changed(uow, run)
    if run.parent_id:
        parent = repository.get_run(uow, run.parent_id, lock=True)
        if not moves.view(parent).ended:
            moves.progress(uow, parent)


def complete_run(uow: UnitOfWork, claim: Claim, result: dict[str, Any]) -> None:
    """Hand in. Raises: Cancelled when the claim no longer holds."""
    run = hold_fence(uow, claim)
    run.result, run.fraction = result, 1.0
    moves.moved(uow, run, RunState.COMPLETED, "done")


def wait_for_children(uow: UnitOfWork, claim: Claim, stage: str) -> None:
    """Let go of the lease until everything this run has started has ended; its next step follows then.

    Raises:
        Cancelled: the claim no longer holds.
    """
    run = hold_fence(uow, claim)
    run.waiting, run.stage = True, stage
    run.lease_owner = run.lease_until = None
    run.queued_at = database_time(uow)
    moves.progress(uow, run)
    moves.wake_or_fail(uow, run)


def fail_run(uow: UnitOfWork, claim: Claim, code: str, message: str, *, retry: bool = True) -> None:
    """Record a failure; with `retry` the run is queued again later when its code is worth another try. Raises: Cancelled."""
    _fail(uow, hold_fence(uow, claim), code, message, retry=retry)


def fail_lost_run(uow: UnitOfWork, run_id: str, *, owner: str | None = None, counted: bool = True) -> bool:
    """Take a run from a worker that died: by name, or any whose lease has run out. Whether it was taken.

    An attempt that is not `counted` was ended by us, not by what it did: it may be tried again as if it had not been.
    """
    run = repository.get_run(uow, run_id, lock=True)
    working = run.state in (RunState.MODERATING.value, RunState.PROCESSING.value) and not run.waiting
    late = run.lease_until is not None and run.lease_until < database_time(uow)
    if not working or not (run.lease_owner == owner if owner else late):
        return False
    run.fence += 1
    run.attempt -= not counted
    _fail(uow, run, "worker_lost", "The worker doing this job stopped unexpectedly.", retry=True)
    return True


def give_back(uow: UnitOfWork, owner_prefix: str, *, counted: bool = True) -> int:
    """Take every run from the workers whose names begin so: their machine says that they are gone; how many were taken."""
    held = [(run.id, run.lease_owner) for run in repository.list_held_by(uow, owner_prefix)]
    return sum(fail_lost_run(uow, run_id, owner=owner, counted=counted) for run_id, owner in held)


def _fail(uow: UnitOfWork, run: Run, code: str, message: str, *, retry: bool) -> None:
    run.error_code, run.error_message = code, message
    delay = retry_delay(code, max(1, run.attempt)) if retry else None
    run.retry_at = database_time(uow) + delay if delay is not None else None
    moves.moved(uow, run, RunState.FAILED, f"{code}: {message}")
    if delay == 0:
        moves.moved(uow, run, RunState.QUEUED, f"attempt {run.attempt + 1}")
