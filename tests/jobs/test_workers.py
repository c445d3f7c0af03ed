"""Real workers on a real queue: a film is made once, whatever is killed, and cancel means gone."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from jobs.crew import Crew
from jobs.progress import follow
from jobs.redis_server import RedisServer, connection
from studio.accounts.views import Actor
from studio.core.db import reading, unit_of_work
from studio.core.settings import Settings, settings
from studio.core.storage import media_key, storage
from studio.engine.probe import probed
from studio.projects import service as projects
from studio.renders import service as renders
from studio.runs import service as runs
from studio.runs.states import RunState
from studio.runs.views import RunView
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from tests.factories.studio import make_place
from tests.support.postgres import free_port, fresh_database
from tests.support.s3 import make_bucket

pytestmark = pytest.mark.film

SCRIPT = b"""Title: Two Lines

INT. KITCHEN - DAY

ANNA, 40, sits at the table. TOM, 45, walks in.

ANNA
You are late again.

TOM
I know. I am sorry!

Tom looks at the clock on the wall.
"""


@pytest.fixture
def crew(home: Settings, monkeypatch: pytest.MonkeyPatch) -> Generator[Crew]:
    monkeypatch.setenv("INKREEL_WORKERS", "2")
    made = Crew(home.model_copy(update={"workers": 2}))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def team(home: Settings, postgres: str, s3: str, monkeypatch: pytest.MonkeyPatch) -> Generator[Crew]:
    """A crew on PostgreSQL, a Redis server on a TCP port and S3, by settings alone."""
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
    made = Crew(settings().model_copy(update={"workers": 2}))
    made.start()
    yield made
    made.stop()
    redis.stop()


def start_film() -> tuple[Actor, RunView]:
    place = make_place()
    with unit_of_work() as uow:
        project = projects.create_project(uow, place.actor, name="Small", width=640, height=360)
        script = scripts.import_script(uow, place.actor, project.id, data=SCRIPT, name="two.fountain")
        storyboards.break_down(uow, place.actor, script.id)
        return place.actor, renders.submit_film(uow, place.actor, script.id, "720p")


def seen_until_end(actor: Actor, run: RunView, limit_s: float = 150) -> list[RunView]:
    until = time.monotonic() + limit_s
    views: list[RunView] = []
    for view in follow(actor, run.project_id):
        assert time.monotonic() < until, f"not done in {limit_s} s: {views[-1:]}"
        if view.id == run.id:
            views.append(view)
            if view.ended:
                return views
    raise AssertionError


def wait_for(actor: Actor, run: RunView, kind: str, state: RunState, limit_s: float = 120) -> RunView:
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        with reading() as uow:
            for view in runs.list_runs(uow, actor, run.project_id):
                if view.kind == kind and view.state is state:
                    return view
        time.sleep(0.02)
    raise AssertionError(f"no {kind} became {state}")


def film_of(view: RunView) -> Path:
    assert view.state is RunState.COMPLETED, view.error_message
    assert view.result is not None
    return storage().fetch(media_key(view.result["sha256"]))


def children_of(workers: list[int]) -> list[int]:
    """Every process below these, but for the interpreter each keeps warm for the sandbox; what that has forked is among them."""
    direct = below(workers)
    kept = [pid for pid in direct if b"studio.engine.sandbox.zygote" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    found, more = [pid for pid in direct if pid not in kept], direct
    while more := below(more):
        found += more
    return found


def below(pids: list[int]) -> list[int]:
    return [
        int(x)
        for pid in pids
        for task in Path(f"/proc/{pid}/task").glob("*")
        for x in (task / "children").read_text().split()
    ]


@pytest.mark.usefixtures("crew")
def test_a_script_becomes_a_film_and_progress_only_grows() -> None:
    actor, run = start_film()
    views = seen_until_end(actor, run)
    film = probed(film_of(views[-1]))
    assert views[-1].result is not None
    assert film.frames == views[-1].result["frames"]
    assert (film.video_codec, film.audio_codec, film.subtitle_tracks) == ("h264", "aac", 1)
    fractions = [v.fraction for v in views]
    assert fractions == sorted(fractions)
    assert views[-1].result["provider"]["voice"] == "espeak-ng"


@pytest.mark.usefixtures("team")
def test_a_film_is_made_on_postgresql_redis_and_s3_by_settings_alone() -> None:
    assert settings().database.startswith("postgresql")
    actor, run = start_film()
    views = seen_until_end(actor, run)
    film = probed(film_of(views[-1]))
    assert views[-1].result is not None
    assert film.frames == views[-1].result["frames"]
    assert not (settings().home_folder / "inkreel.db").exists()
    assert not (settings().home_folder / "storage").exists()


def test_a_worker_killed_mid_render_costs_a_piece_not_the_film(crew: Crew) -> None:
    actor, run = start_film()
    wait_for(actor, run, "segment", RunState.PROCESSING)
    victim = crew.worker_pids[0]
    os.kill(victim, signal.SIGKILL)
    views = seen_until_end(actor, run)
    film_of(views[-1])
    with reading() as uow:
        finished = [r for r in runs.list_runs(uow, actor, run.project_id, limit=500) if r.kind in ("film", "render")]
        assert [r.state for r in finished] == [RunState.COMPLETED] * 2
        ends = [t for t in runs.list_transitions(uow, actor, run.id) if t.to_state is RunState.COMPLETED]
    assert len(ends) == 1
    assert victim not in crew.worker_pids


def test_cancel_mid_render_leaves_no_process_after_three_seconds(crew: Crew) -> None:
    actor, run = start_film()
    wait_for(actor, run, "segment", RunState.PROCESSING)
    with unit_of_work() as uow:
        runs.cancel_run(uow, actor, run.id)
    time.sleep(3)
    assert children_of(crew.worker_pids) == []
    with reading() as uow:
        live = runs.list_runs(uow, actor, run.project_id, live_only=True)
    assert live == []


@pytest.mark.usefixtures("crew")
def test_hints_that_come_again_and_again_disturb_nothing() -> None:
    from jobs import queues

    actor, run = start_film()
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with reading() as uow:
            views = runs.list_present(uow, actor, run.project_id)
        for view in views:
            if view.kind != "film" or view.ended:
                queues.send(view.id)
        if views[-1].ended or next(v for v in views if v.id == run.id).ended:
            break
        time.sleep(1)
    film_of(seen_until_end(actor, run)[-1])


def test_a_wiped_queue_loses_no_run(crew: Crew) -> None:
    from jobs import queues
    from studio.runs import repository

    actor, run = start_film()
    queues.redis().flushall()
    with unit_of_work() as uow:  # as if half a minute had passed
        for row in repository.list_project_runs(uow, run.project_id, live_only=True, limit=100):
            row.queued_at = 1.0
    assert seen_until_end(actor, run)[-1].state is RunState.COMPLETED
