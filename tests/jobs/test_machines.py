"""A studio on several machines: each with a data folder of its own, in common only PostgreSQL, Redis and S3."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from rq import Worker
from sqlalchemy import inspect, text

from jobs import processes, queues
from jobs.crew import Crew
from jobs.redis_server import RedisServer, connection
from jobs.worker import name_prefix
from studio.accounts.views import Actor
from studio.core.db import engine, reading, unit_of_work
from studio.core.settings import ROOT, Settings, settings
from studio.engine.probe import probed
from studio.engine.render.join import checked
from studio.engine.time import Rate
from studio.media import service as media
from studio.renders import service as renders
from studio.runs import repository
from studio.runs import service as runs
from studio.runs.states import RunState
from studio.timelines import service as timelines
from tests.factories.numbers import make_numbered_cut
from tests.factories.studio import make_place
from tests.jobs.test_workers import film_of, seen_until_end, start_film
from tests.support.numbered import numbers
from tests.support.postgres import free_port, fresh_database
from tests.support.s3 import make_bucket
from tests.support.studio import wait_until

pytestmark = pytest.mark.film

SHOTS = [range(at, at + 72) for at in (0, 100, 40, 168, 12, 140, 60, 4, 120, 84, 150, 20)]


@pytest.fixture
def network(home: Settings, postgres: str, s3: str, monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """PostgreSQL, a Redis server on a TCP port and S3, in force in the settings of this process."""
    redis = RedisServer(home)
    redis.start()
    port = free_port()
    with connection(home) as client:
        client.config_set("port", port)
    monkeypatch.setenv("INKREEL_REDIS_URL", f"redis://127.0.0.1:{port}/0")
    monkeypatch.setenv("INKREEL_DATABASE_URL", fresh_database(postgres))
    monkeypatch.setenv("INKREEL_STORAGE", "s3")
    monkeypatch.setenv("INKREEL_S3_ENDPOINT_URL", s3)
    settings.cache_clear()
    make_bucket()
    yield
    redis.stop()


@pytest.fixture
def machines(
    network: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Generator[tuple[subprocess.Popen[bytes], Crew]]:
    """A worker that nobody looks after, and another with a crew that would; the first thinks it has more cores."""
    crew = Crew(settings().model_copy(update={"home": tmp_path / "second", "workers": 1}))
    monkeypatch.setenv("INKREEL_WORKERS", "3")
    crew.start()
    own = {"INKREEL_HOME": str(tmp_path / "first"), "INKREEL_WORKERS": "4", "PYTHONPATH": str(ROOT)}
    worker = processes.started([sys.executable, "-m", "jobs.worker"], env={**os.environ, **own})
    yield worker, crew
    processes.ended(worker, grace_s=0.5)
    crew.stop()


def pieces_of(actor: Actor, run_id: str, pid: int, state: RunState) -> int:
    """How many pieces of a render that were given to this worker are in a state."""
    with reading() as uow:
        asked = [r for r in runs.list_children(uow, run_id, "segment") if r.state is state]
        takers = [runs.list_transitions(uow, actor, r.id)[-3:] for r in asked]
    return sum(any(name_prefix(pid) in move.reason for move in moves) for moves in takers)


@pytest.mark.usefixtures("network")
def test_a_film_is_made_on_postgresql_redis_and_s3_by_settings_alone() -> None:
    assert settings().database.startswith("postgresql")
    crew = Crew(settings().model_copy(update={"workers": 2}))
    crew.start()
    try:
        actor, run = start_film()
        views = seen_until_end(actor, run)
    finally:
        crew.stop()
    assert views[-1].result is not None
    assert probed(film_of(views[-1])).frames == views[-1].result["frames"]
    assert not (settings().home_folder / "inkreel.db").exists()
    assert not (settings().home_folder / "storage").exists()


def test_one_of_two_machines_dies_midway_and_the_film_is_exact(
    machines: tuple[subprocess.Popen[bytes], Crew], tmp_path: Path
) -> None:
    first, second = machines[0].pid, machines[1].worker_pids[0]
    wait_until(machines[1].healthy, 60)
    wait_until(lambda: any(name.startswith(name_prefix(first)) for name in at_work()), 60)
    place = make_place()
    cut = make_numbered_cut(place, tmp_path, SHOTS)
    with unit_of_work() as uow:
        render = renders.submit_render(uow, place.actor, cut, "720p")

    def midway() -> bool:
        done, doing = RunState.COMPLETED, RunState.PROCESSING
        return bool(
            pieces_of(place.actor, render.run_id, first, done)
            and pieces_of(place.actor, render.run_id, second, done)
            and pieces_of(place.actor, render.run_id, first, doing)
        )

    wait_until(midway, 100, every_s=0.2)
    os.kill(first, signal.SIGKILL)
    shutil.rmtree(tmp_path / "first")
    with unit_of_work() as uow:  # as if half a minute had passed
        for row in repository.list_held_by(uow, name_prefix(first)):
            row.lease_until = 1.0
    with reading() as uow:
        run = runs.get_run(uow, place.actor, render.run_id)
    film = film_of(seen_until_end(place.actor, run)[-1])
    assert numbers(film) == [number for shot in SHOTS for number in shot]
    checked(film, sum(map(len, SHOTS)), Rate(25))
    assert pieces_of(place.actor, run.id, first, RunState.COMPLETED) > 0
    assert pieces_of(place.actor, run.id, second, RunState.COMPLETED) > 0
    with reading() as uow:
        timeline = timelines.get_timeline(uow, place.actor, cut).timeline
        facts = media.facts_of(uow, [clip.media for clip in timeline.clips("picture")])
    assert [each.frames for each in facts.values()] == [240]
    assert not told_of(str(tmp_path))


def at_work() -> list[str]:
    """The names of the workers that have reported."""
    with connection(settings()) as client:
        return [each.name for each in Worker.all(queue=queues.work_queues(client)[0])]


def told_of(words: str) -> list[str]:
    """Tables in which these words stand anywhere."""
    database = engine(settings().database)
    with database.connect() as connected:
        return [
            table
            for table in inspect(database).get_table_names()
            if any(words in str(row) for row in connected.execute(text(f'SELECT * FROM "{table}"')))
        ]
