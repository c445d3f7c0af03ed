"""The people behind the screen: our Redis, the workers and the sweeper, started together and ended together."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

from redis.exceptions import RedisError
from rq import Worker

from jobs import processes, queues, wiring
from jobs.redis_server import RedisServer
from jobs.worker import name_prefix
from studio.core import db, log
from studio.core.db import unit_of_work
from studio.core.errors import StudioError
from studio.core.migrations import migrated
from studio.core.settings import ROOT, Settings, prepared_home
from studio.runs import service as runs

_log = log.logger("jobs.crew")
_SWEEP_S = 2.0
_SWEEP_ENDS_S = 0.8
_TRIM_S = 300.0
_WORKERS_END_S = 0.7


class Crew:
    """Workers (processes) and a sweeper (a thread) over one data folder; what dies is started again."""

    def __init__(self, s: Settings) -> None:
        self._settings = s
        self._redis = RedisServer(s)
        self._workers: list[subprocess.Popen[bytes]] = []
        self._mourned: set[int] = set()
        self._trimmed = time.monotonic()
        self._over = threading.Event()
        self._all_ended = threading.Event()
        self._sweeping = threading.Lock()
        self._sweeper = threading.Thread(target=self._sweep, name="sweeper", daemon=True)

    def start(self) -> None:
        """Redis first, then the tables, then the workers. Raises: Unavailable."""
        self._redis.start()
        migrated()
        wiring.wire()
        self._workers = [self._hired() for _ in range(self._settings.workers)]
        self._sweeper.start()

    def stop(self) -> None:
        """End everything we started; work under way is given back and goes on next time."""
        self._over.set()
        self._sweeping.acquire(timeout=_SWEEP_ENDS_S)  # whoever it starts now, we would not end
        processes.all_ended(self._workers, grace_s=_WORKERS_END_S)
        try:
            self._give_back(self._workers, counted=False)
        except (StudioError, RedisError) as e:
            _log.warning("work not given back: its lease will run out", error=str(e))
        self._redis.stop()
        self._all_ended.set()

    def healthy(self) -> bool:
        """Whether Redis answers and every worker is alive and has reported for work."""
        if not self._redis.alive() or any(w.poll() is not None for w in self._workers):
            return False
        try:
            names = [w.name for w in Worker.all(queue=queues.work_queues()[0])]
        except RedisError:
            return False
        return all(any(name.startswith(name_prefix(w.pid)) for name in names) for w in self._workers)

    @property
    def worker_pids(self) -> list[int]:
        return [w.pid for w in self._workers]

    def _hired(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
        environment["INKREEL_HOME"] = str(self._settings.home_folder)
        log_file = prepared_home(self._settings) / "logs"
        log_file.mkdir(exist_ok=True)
        with (log_file / "workers.out").open("ab") as out:
            return processes.started(
                [sys.executable, "-m", "jobs.worker"], stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment
            )

    def _replace_the_dead(self) -> None:
        """Give back at once what dead workers held, and start others in their place as soon as there is a Redis for them."""
        for i, worker in enumerate(self._workers):
            if worker.poll() is None:
                continue
            if worker.pid not in self._mourned:
                _log.warning("worker died", pid=worker.pid, code=worker.returncode)
                self._give_back([worker])
                self._mourned.add(worker.pid)
            if self._redis.alive():
                self._workers[i] = self._hired()

    def _give_back(self, gone: list[subprocess.Popen[bytes]], *, counted: bool = True) -> None:
        """Return what workers that are gone held, and remove what they left in their scratch space.

        Work is not to blame when the studio was told to stop: then the attempt is not counted.
        """
        for worker in gone:
            with unit_of_work() as uow:
                runs.give_back(uow, name_prefix(worker.pid), counted=counted)
            for left in (self._settings.home_folder / "scratch").glob(f"{name_prefix(worker.pid)}*"):
                shutil.rmtree(left, ignore_errors=True)

    def _sweep(self) -> None:
        while not self._over.wait(_SWEEP_S):
            with self._sweeping:
                if not self._over.is_set():
                    self._sweep_once()
        self._all_ended.wait()  # what this thread started would end with it

    def _sweep_once(self) -> None:
        """Each step for itself: a Redis that is away must not keep what the dead held from being given back."""
        for step in (self._keep_redis, self._replace_the_dead, self._tell_again, self._trim):
            try:
                step()
            except Exception as e:  # noqa: BLE001 - the sweeper outlives everything: the next sweep may go well
                _log.warning("sweep failed", step=step.__name__, error=repr(e))

    def _keep_redis(self) -> None:
        if not self._redis.alive():
            self._redis.start()

    def _tell_again(self) -> None:
        db.relay()
        with unit_of_work() as uow:
            runs.sweep(uow, resend=not any(queue.count for queue in queues.work_queues()))

    def _trim(self) -> None:
        """Once in a while, when nothing waits."""
        if time.monotonic() - self._trimmed < _TRIM_S:
            return
        self._trimmed = time.monotonic()
        from jobs.steps.renders import (
            trim_cache,  # with it come the encoders, which a studio at rest need not have loaded
        )

        if went := trim_cache():
            _log.info("cache trimmed", files=went)
        from jobs.steps.media import sweep_uploads  # as above

        if left := sweep_uploads():
            _log.info("uploads forgotten", files=left)


@contextmanager
def crew(s: Settings) -> Generator[Crew]:
    """A crew at work for as long as the block lasts. Raises: Unavailable."""
    made = Crew(s)
    try:
        made.start()
        yield made
    finally:
        made.stop()
