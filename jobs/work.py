"""What a job is given: the claim it works under, whose work it is, a folder that goes away, and a way to say how far it is."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from studio.accounts import service as accounts
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Cancelled
from studio.runs import service as runs
from studio.runs.views import Claim

_REPORT_EVERY_S = 0.5


class Stop:
    """A flag the worker raises when the run is no longer ours."""

    def __init__(self) -> None:
        self.raised = False

    def __call__(self) -> bool:
        return self.raised


@dataclass(slots=True)
class Work:
    """One step of one run, while it is worked on."""

    claim: Claim
    actor: Actor
    folder: Path
    stopped: Stop
    _reported: float = field(default=0.0)
    _stage: str = field(default="")

    @contextmanager
    def committing(self) -> Generator[UnitOfWork]:
        """A transaction that commits only if this run is still ours. Raises: Cancelled."""
        with unit_of_work() as uow:
            runs.hold_fence(uow, self.claim)
            yield uow

    def report(self, stage: str, fraction: float, told: str = "") -> None:
        """Say how far we are (0..1); stored at most twice a second, a new stage always. `told` says more: "page 3 of 12".

        Raises:
            Cancelled: the run was stopped.
        """
        if self.stopped():
            raise Cancelled("Stopped on request.")
        moment = time.monotonic()
        if stage == self._stage and moment - self._reported < _REPORT_EVERY_S:
            return
        self._reported, self._stage = moment, stage
        with unit_of_work() as uow:
            runs.report_progress(uow, self.claim, f"{stage}, {told}" if told else stage, fraction)


def actor_of(claim: Claim) -> Actor:
    """Whose work a claim is. Raises: Forbidden."""
    with reading() as uow:
        return accounts.actor_of(uow, claim.user_id)
