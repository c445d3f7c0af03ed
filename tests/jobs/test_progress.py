"""Following runs: the present state first for whoever comes late, every change for everybody, with Redis or without."""

from __future__ import annotations

import threading
from collections.abc import Generator
from itertools import islice

import pytest

from jobs import queues, wiring
from jobs.crew import migrated
from jobs.progress import follow
from jobs.redis_server import RedisServer
from studio.core.db import unit_of_work
from studio.core.settings import Settings
from studio.runs import service as runs
from studio.runs.states import RunState
from studio.runs.views import RunView, Wanted
from tests.factories.studio import Place, make_place, submit

pytestmark = pytest.mark.services


@pytest.fixture
def redis(home: Settings) -> Generator[RedisServer]:
    server = RedisServer(home)
    server.start()
    migrated()
    wiring.wire()
    yield server
    server.stop()


def finish(run_id: str) -> None:
    with unit_of_work() as uow:
        claim = runs.claim_run(uow, run_id, "w")
    assert claim
    with unit_of_work() as uow:
        runs.report_progress(uow, claim, "half", 0.5)
    with unit_of_work() as uow:
        runs.complete_run(uow, claim, {})


def seen_by_reader(place: Place, run_id: str, ready: threading.Event, out: list[RunView]) -> None:
    for view in follow(place.actor, place.project_id):
        if view.id == run_id:
            out.append(view)
            ready.set()
            if view.ended:
                return


@pytest.mark.usefixtures("redis")
def test_a_late_reader_gets_the_present_state_first() -> None:
    place = make_place()
    run = submit(place)
    finish(run.id)
    first = next(iter(islice(follow(place.actor, place.project_id), 1)))
    assert (first.id, first.state, first.fraction) == (run.id, RunState.COMPLETED, 1.0)


@pytest.mark.usefixtures("redis")
def test_every_reader_hears_of_every_change_in_order() -> None:
    place = make_place()
    run = submit(place)
    readers: list[list[RunView]] = [[], [], []]
    ready = [threading.Event() for _ in readers]
    threads = [
        threading.Thread(target=seen_by_reader, args=(place, run.id, event, out))
        for event, out in zip(ready, readers, strict=True)
    ]
    for thread in threads:
        thread.start()
    assert all(event.wait(10) for event in ready)
    finish(run.id)
    for thread in threads:
        thread.join(10)
    for out in readers:
        assert out[-1].state is RunState.COMPLETED
        assert 0.5 in [view.fraction for view in out]
        assert [v.serial for v in out] == sorted({v.serial for v in out})


def test_a_reader_hears_the_end_even_when_redis_dies(redis: RedisServer) -> None:
    place = make_place()
    run = submit(place)
    out: list[RunView] = []
    ready = threading.Event()
    thread = threading.Thread(target=seen_by_reader, args=(place, run.id, ready, out))
    thread.start()
    assert ready.wait(10)
    redis.stop()
    finish(run.id)
    thread.join(15)
    assert out[-1].state is RunState.COMPLETED


@pytest.mark.usefixtures("redis")
def test_a_follower_stops_when_told() -> None:
    place = make_place()
    assert list(follow(place.actor, place.project_id, stop=lambda: True)) == []


@pytest.mark.usefixtures("redis")
def test_a_worker_runs_nothing_but_our_own_function() -> None:
    from rq.serializers import JSONSerializer

    from jobs.worker import StudioWorker

    queue = queues.work_queues()[1]
    queue.enqueue_call("os.system", args=("touch /tmp/never",), timeout=-1)
    queue.enqueue_call(queues.PERFORM, args=("a", "b"), timeout=-1)
    worker = StudioWorker([queue], connection=queues.redis(), serializer=JSONSerializer)
    worker.work(burst=True, logging_level="ERROR")
    assert len(queue) == 0
    assert queue.failed_job_registry.count == 0
    assert worker.successful_job_count == 0


@pytest.mark.usefixtures("redis")
def test_what_somebody_asked_for_is_taken_before_the_parts_of_a_film() -> None:
    from rq import Queue
    from rq.serializers import JSONSerializer

    place = make_place()
    with unit_of_work() as uow:
        film = runs.submit_run(uow, place.actor, place.project_id, "film", {})
        parts = [Wanted({"n": n}) for n in range(3)]
        runs.submit_many(uow, place.actor, place.project_id, "segment", parts, parent_id=film.id)
    with unit_of_work() as uow:
        panel = runs.submit_run(uow, place.actor, place.project_id, "panel", {})
    taken: list[str] = []
    while found := Queue.dequeue_any(
        queues.work_queues(), timeout=None, connection=queues.redis(), serializer=JSONSerializer
    ):
        taken.append(found[0].args[0])
    assert taken[:2] == [film.id, panel.id]
    assert len(taken) == 5
