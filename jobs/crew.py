"""The people behind the screen: our Redis, the workers and the sweeper, started together and ended together."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager

from redis.exceptions import RedisError

from jobs import processes, queues, wiring
from jobs.redis_server import RedisServer
from jobs.worker import name_prefix
from studio.core import db, log
from studio.core.db import unit_of_work
from studio.core.errors import StudioError
from studio.core.settings import ROOT, Settings, prepared_home
from studio.runs import service as runs

_log = log.logger("jobs.crew")
_SWEEP_S = 2.0


class Crew:
    """Workers (processes) and a sweeper (a thread) over one data folder; what dies is started again."""

    def __init__(self, s: Settings) -> None:
        self._settings = s
        self._redis = RedisServer(s)
        self._workers: list[subprocess.Popen[bytes]] = []
        self._over = threading.Event()
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
        for worker in self._workers:
            worker.terminate()
        for worker in self._workers:
            processes.ended(worker, grace_s=0.5)
            self._sweep_up(worker.pid)
        if self._sweeper.ident:
            self._sweeper.join(timeout=5)
        self._redis.stop()

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
        """Give back at once what dead workers held, and start others in their place."""
        for i, worker in enumerate(self._workers):
            if worker.poll() is not None:
                _log.warning("worker died", pid=worker.pid, code=worker.returncode)
                with unit_of_work() as uow:
                    runs.give_back(uow, name_prefix(worker.pid))
                self._sweep_up(worker.pid)
                self._workers[i] = self._hired()

    def _sweep_up(self, pid: int) -> None:
        """Remove what a worker that is gone left in its scratch space."""
        for left in (self._settings.home_folder / "scratch").glob(f"{name_prefix(pid)}*"):
            shutil.rmtree(left, ignore_errors=True)

    def _sweep(self) -> None:
        while not self._over.wait(_SWEEP_S):
            try:
                if not self._redis.alive():
                    self._redis.start()
                self._replace_the_dead()
                db.relay()
                with unit_of_work() as uow:
                    runs.sweep(uow, resend=not queues.work_queue().count)
            except (StudioError, RedisError) as e:
                _log.warning("sweep failed", error=str(e))


@contextmanager
def crew(s: Settings) -> Generator[Crew]:
    """A crew at work for as long as the block lasts. Raises: Unavailable."""
    made = Crew(s)
    try:
        made.start()
        yield made
    finally:
        made.stop()


def migrated() -> None:
    """Bring the database's tables to the present form."""
    from alembic import command
    from alembic.config import Config

    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "alembic"))
    command.upgrade(config, "head")
