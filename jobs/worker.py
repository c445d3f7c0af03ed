"""The worker: takes hints from the queue, runs one step of a run in a child process, keeps its lease, and kills it when told."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
from pathlib import Path
from types import FrameType
from typing import Any, Never

from rq import Queue, Worker
from rq.job import Job
from rq.serializers import JSONSerializer

from jobs import processes, queues, registry, wiring
from jobs.registry import Done, Wait
from jobs.work import Stop, Work, actor_of
from studio.core import db, ids, log
from studio.core.db import unit_of_work
from studio.core.errors import Cancelled, StudioError
from studio.core.settings import prepared_home, settings
from studio.engine.sandbox import warm
from studio.runs import service as runs
from studio.runs.views import Claim

_log = log.logger("jobs.worker")
_LATER_NICE = 10
"""How far what nobody waits for stands back behind everything else on the machine."""
_stop = Stop()
_owner = ""


def perform(run_id: str) -> None:
    """Do the next step of a run, in the work horse. A hint that comes late or twice finds nothing to take."""
    with unit_of_work() as uow:
        claim = runs.claim_run(uow, run_id, _owner)
    if claim is None:
        return
    folder = scratch(_owner)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        _perform(claim, folder)
    except Cancelled:
        _log.info("run let go", run_id=run_id)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _perform(claim: Claim, folder: Path) -> None:
    try:
        step = registry.steps(claim.kind)[claim.step]
        outcome = step(Work(claim, actor_of(claim), folder, _stop))
    except Cancelled:
        raise
    except StudioError as e:
        _log.warning("run failed", run_id=claim.run_id, kind=claim.kind, code=e.code, error=e.message)
        _failed(claim, e.code, e.message, retry=e.retryable)
    except Exception:  # noqa: BLE001 - whatever it was, the run must say that it failed
        _log.error("run broke", run_id=claim.run_id, kind=claim.kind, exc_info=True)
        _failed(claim, "internal", "Something went wrong inside Inkreel. The log has the details.", retry=False)
    else:
        _handed_in(claim, outcome)


def _failed(claim: Claim, code: str, message: str, *, retry: bool) -> None:
    with unit_of_work() as uow:
        runs.fail_run(uow, claim, code, message, retry=retry)


def _handed_in(claim: Claim, outcome: Done | Wait) -> None:
    with unit_of_work() as uow:
        if isinstance(outcome, Wait):
            runs.wait_for_children(uow, claim, outcome.stage)
        else:
            runs.complete_run(uow, claim, outcome.result)


def name_prefix(pid: int) -> str:
    """How the name of the worker with this process id on this machine begins."""
    return f"{socket.gethostname()[:40]}-{pid}-"


def scratch(owner: str) -> Path:
    """A worker's own scratch space. It does one thing at a time: emptied when a step ends, by the parent when it was killed."""
    return prepared_home(settings()) / "scratch" / owner


class StudioWorker(Worker):
    """RQ's worker with our lease: each second the parent renews it; when the run is no longer ours, the child ends."""

    _told_to_stop = False

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Only our own function, with one argument, is ever run."""
        if job.func_name != queues.PERFORM or len(job.args) != 1 or job.kwargs:
            _log.error("refused a job that is not ours", function=job.func_name)
            job.delete()
            return
        self._told_to_stop = False
        warm.ready()  # here, for the child that does the job ends with it, and the next finds it again
        super().execute_job(job, queue)
        shutil.rmtree(scratch(self.name), ignore_errors=True)

    def maintain_heartbeats(self, job: Job) -> None:
        super().maintain_heartbeats(job)
        try:
            with unit_of_work() as uow:
                ours = runs.beat(uow, str(job.args[0]), self.name)
        except StudioError as e:
            _log.warning("heartbeat not stored", error=e.message)
            return
        if not ours:
            self.kill_horse(signal.SIGKILL if self._told_to_stop else signal.SIGTERM)
            self._told_to_stop = True

    def main_work_horse(self, job: Job, queue: Queue) -> Never:
        processes.die_with_parent()
        if queue.name == queues.LATER:
            os.nice(_LATER_NICE)
        db.forget_connections()
        super().main_work_horse(job, queue)

    def setup_work_horse_signals(self) -> None:
        super().setup_work_horse_signals()
        signal.signal(signal.SIGTERM, _raise_stop)

    def handle_work_horse_killed(self, job: Job, retpid: int, ret_val: int, rusage: Any) -> None:
        """The child died without handing in: give the run back at once instead of waiting for its lease."""
        with unit_of_work() as uow:
            runs.fail_lost_run(uow, str(job.args[0]), owner=self.name)


def _raise_stop(_number: int, _frame: FrameType | None) -> None:
    _stop.raised = True


def main() -> None:
    """Run one worker until it is told to end (SIGTERM: after its present step; twice: at once)."""
    global _owner
    s = settings()
    home = prepared_home(s)
    (home / "logs").mkdir(exist_ok=True)
    log.configured(s.log_level, home / "logs" / "workers.jsonl")
    wiring.wire()
    registry.warm()
    _owner = f"{name_prefix(os.getpid())}{ids.new_id()[-12:]}"
    worker = StudioWorker(
        queues.work_queues(),
        name=_owner,
        connection=queues.redis(),
        serializer=JSONSerializer,
        job_monitoring_interval=1,
        worker_ttl=30,
        log_job_description=False,
    )
    worker.work(logging_level="WARNING", with_scheduler=False)


if __name__ == "__main__":
    # RQ imports `jobs.worker` by name: run that module, not this copy of it.
    from jobs.worker import main as run_worker

    sys.exit(run_worker())
