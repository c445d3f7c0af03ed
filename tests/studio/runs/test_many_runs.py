"""Many runs at once, jobs as people see them, and trying again, on both databases."""

from __future__ import annotations

import pytest

from studio.accounts.views import Actor
from studio.core import events
from studio.core.db import Outbox, reading, relay, unit_of_work
from studio.core.errors import Conflict, Forbidden, NotFound
from studio.core.events import Event
from studio.projects.models import Member
from studio.runs import service as runs
from studio.runs.events import RunChanged, RunReady
from studio.runs.states import RunState
from studio.runs.views import RunView, Wanted
from tests.factories.studio import Place, make_place, make_stranger, submit
from tests.support.queries import counted_queries

pytestmark = pytest.mark.services


@pytest.fixture
def place(database: str) -> Place:
    return make_place()


def ask(place: Place, parent: str, count: int, *, actor: Actor | None = None) -> int:
    wanted = [Wanted({"n": i}, f"{parent}:{i}", 0.5) for i in range(count)]
    with unit_of_work() as uow:
        return runs.submit_many(uow, actor or place.actor, place.project_id, "panel", wanted, parent_id=parent)


def end(run_id: str, *, fail: bool = False) -> None:
    with unit_of_work() as uow:
        claim = runs.claim_run(uow, run_id, "w")
    assert claim
    with unit_of_work() as uow:
        if fail:
            runs.fail_run(uow, claim, "internal", "It broke.", retry=False)
        else:
            runs.complete_run(uow, claim, {})


def heard() -> list[Event]:
    told: list[Event] = []
    events.subscribe(RunReady, told.append)
    events.subscribe(RunChanged, told.append)
    return told


def test_many_runs_are_what_as_many_single_ones_are(place: Place) -> None:
    parent = submit(place, "board")
    with unit_of_work() as uow:
        single = runs.submit_run(uow, place.actor, place.project_id, "panel", {"n": 9}, parent_id=parent.id)
    told = heard()
    assert ask(place, parent.id, 3) == 3
    with reading() as uow:
        children = runs.list_children(uow, parent.id, "panel")
        moves = [runs.list_transitions(uow, place.actor, c.id) for c in children]
    assert [c.plain() | {"id": ""} for c in children[1:]] == [single.plain() | {"id": ""}] * 3
    assert len({tuple((m.from_state, m.to_state, m.reason) for m in each) for each in moves}) == 1
    assert [e.run_id for e in told if isinstance(e, RunReady)] == [c.id for c in children[1:]]
    assert [e.view for e in told if isinstance(e, RunChanged)] == [c.plain() for c in children[1:]]


def test_hints_that_could_not_be_sent_wait_in_the_outbox(place: Place) -> None:
    parent = submit(place, "board")
    told: list[str] = []
    away = True

    def send(happened: RunReady) -> None:
        if away:
            raise ConnectionError
        told.append(happened.run_id)

    events.subscribe(RunReady, send)
    ask(place, parent.id, 3)
    away = False
    assert relay(0.0) == 3
    with reading() as uow:
        assert told == [c.id for c in runs.list_children(uow, parent.id)]
        assert uow.session.query(Outbox).count() == 0


def test_the_same_keys_again_add_nothing(place: Place) -> None:
    parent = submit(place, "board")
    assert (ask(place, parent.id, 3), ask(place, parent.id, 5), ask(place, parent.id, 5)) == (3, 2, 0)
    with reading() as uow:
        assert len(runs.list_children(uow, parent.id)) == 5


def test_many_runs_take_no_more_queries_than_a_few(place: Place) -> None:
    def count(number: int) -> int:
        parent = submit(place, "board")
        with counted_queries() as sent:
            ask(place, parent.id, number)
        return len(sent)

    assert count(3) == count(200)


def test_a_worker_can_take_each_of_many_and_the_parent_follows(place: Place) -> None:
    parent = submit(place, "board", weight=1.0)
    with unit_of_work() as uow:
        claim = runs.claim_run(uow, parent.id, "w")
    assert claim
    ask(place, parent.id, 2)
    with unit_of_work() as uow:
        runs.wait_for_children(uow, claim, "Drawing panels")
    with reading() as uow:
        children = runs.list_children(uow, parent.id)
    told: list[RunChanged] = []
    events.subscribe(RunChanged, told.append)
    for child in children:
        end(child.id)
    steps = [e.view for e in told if e.view["id"] == parent.id]
    assert [(v["stage"], v["fraction"]) for v in steps] == [
        ("Drawing panels · 1 of 2", 0.5),
        ("Drawing panels · 2 of 2", 0.99),
    ]


def test_neither_stranger_nor_viewer_asks_for_many(place: Place) -> None:
    parent = submit(place, "board")
    with unit_of_work() as uow:
        other = make_stranger(uow)
    with pytest.raises(NotFound):
        ask(place, parent.id, 2, actor=other)
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=place.project_id, user_id=other.user_id, role="viewer"))
    with pytest.raises(Forbidden):
        ask(place, parent.id, 2, actor=other)


def test_jobs_are_what_people_asked_for_living_ones_first(place: Place) -> None:
    first, second, third = (submit(place, "film") for _ in range(3))
    ask(place, third.id, 4)
    end(second.id)
    end(first.id)
    fourth = submit(place, "board")
    with reading() as uow:
        jobs = runs.list_jobs(uow, place.actor, [place.project_id])
        assert [j.run.id for j in jobs] == [fourth.id, third.id, first.id, second.id]
        assert [(j.pieces_done, j.pieces_total) for j in jobs] == [(0, 0), (0, 4), (0, 0), (0, 0)]
        assert {(j.project_name, j.by) for j in jobs} == {("A film", "Owner")}
        assert jobs[2].completed_at is not None
        assert [j.run.id for j in runs.list_jobs(uow, place.actor, [place.project_id], limit=1)] == [fourth.id]


def test_the_jobs_of_many_projects_take_as_many_queries_as_those_of_two(place: Place) -> None:
    places = [make_place() for _ in range(12)]
    for each in places:
        submit(each, "film")
    with unit_of_work() as uow:
        stranger = make_stranger(uow)

    def queries(ids: list[str]) -> int:
        with reading() as uow, counted_queries() as sent:
            assert len(runs.list_jobs(uow, place.actor, ids)) == len(ids)
        return len(sent)

    ids = [p.project_id for p in places]
    assert queries(ids[:2]) == queries(ids)
    with reading() as uow:
        assert runs.list_jobs(uow, stranger, ids) == ()
        with pytest.raises(NotFound):
            runs.list_jobs(uow, stranger, ids[:1])


def retry(place: Place, run_id: str, actor: Actor | None = None) -> RunView:
    with unit_of_work() as uow:
        return runs.retry_run(uow, actor or place.actor, run_id)


def test_a_run_that_failed_alone_is_queued_again(place: Place) -> None:
    run = submit(place)
    end(run.id, fail=True)
    again = retry(place, run.id)
    assert (again.id, again.state) == (run.id, RunState.QUEUED)
    end(run.id)
    with reading() as uow:
        assert runs.get_run(uow, place.actor, run.id).state is RunState.COMPLETED


def test_a_cancelled_job_and_one_whose_pieces_failed_are_asked_for_anew_once(place: Place) -> None:
    cancelled, failed = submit(place, "board"), submit(place, "film")
    with unit_of_work() as uow:
        runs.cancel_run(uow, place.actor, cancelled.id)
    ask(place, failed.id, 1)
    end(failed.id, fail=True)
    for old in (cancelled, failed):
        new = retry(place, old.id)
        assert (new.id != old.id, new.kind, new.state) == (True, old.kind, RunState.QUEUED)
        assert retry(place, old.id).id == new.id
        with reading() as uow:
            assert runs.get_record(uow, place.actor, new.id).config == {"n": 1}


def test_what_runs_what_is_done_and_what_is_a_piece_cannot_be_tried_again(place: Place) -> None:
    alive, done = submit(place), submit(place)
    end(done.id)
    piece = submit(place, parent=alive.id)
    end(piece.id, fail=True)
    for run in (alive, done, piece):
        with pytest.raises(Conflict):
            retry(place, run.id)


def test_a_viewer_tries_nothing_again_and_a_stranger_finds_nothing(place: Place) -> None:
    run = submit(place)
    end(run.id, fail=True)
    with unit_of_work() as uow:
        other = make_stranger(uow)
    with pytest.raises(NotFound):
        retry(place, run.id, other)
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=place.project_id, user_id=other.user_id, role="viewer"))
    with pytest.raises(Forbidden):
        retry(place, run.id, other)
