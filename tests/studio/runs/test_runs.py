"""The life of a run, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from studio.core import events
from studio.core.db import reading, unit_of_work
from studio.core.errors import Cancelled, Conflict, NotFound
from studio.runs import repository
from studio.runs import service as runs
from studio.runs.events import RunAbandoned, RunReady
from studio.runs.states import LEGAL, RunState, checked_move
from studio.runs.views import Claim, RunView
from tests.factories.studio import Place, make_place, make_stranger, submit

pytestmark = pytest.mark.services


@pytest.fixture
def place(database: str) -> Place:
    return make_place()


def claim(run_id: str, owner: str = "w1") -> Claim:
    with unit_of_work() as uow:
        taken = runs.claim_run(uow, run_id, owner)
    assert taken is not None
    return taken


def look(place: Place, run_id: str) -> RunView:
    with reading() as uow:
        return runs.get_run(uow, place.actor, run_id)


def act(what: Any, *arguments: Any, **named: Any) -> Any:
    with unit_of_work() as uow:
        return what(uow, *arguments, **named)


def states(place: Place, run_id: str) -> list[str]:
    with reading() as uow:
        return [t.to_state.value for t in runs.list_transitions(uow, place.actor, run_id)]


def lose_lease(run_id: str) -> None:
    with unit_of_work() as uow:
        repository.get_run(uow, run_id).lease_until = 1.0


def test_a_finished_run_has_logged_every_move(place: Place) -> None:
    run = submit(place)
    act(runs.complete_run, claim(run.id), {"made": 1})
    assert states(place, run.id) == ["pending", "queued", "moderating", "processing", "completed"]
    done = look(place, run.id)
    assert (done.fraction, done.result, done.ended) == (1.0, {"made": 1}, True)


def test_a_run_is_taken_once_however_often_the_hint_comes(place: Place) -> None:
    run = submit(place)
    claim(run.id)
    assert [act(runs.claim_run, run.id, f"w{i}") for i in range(10)] == [None] * 10


def test_asking_twice_with_one_key_gives_one_run(place: Place) -> None:
    assert submit(place, key="k").id == submit(place, key="k").id


def test_a_late_worker_cannot_write_after_the_run_was_given_to_another(place: Place) -> None:
    run = submit(place)
    late = claim(run.id, "w1")
    lose_lease(run.id)
    act(runs.sweep)
    winner = claim(run.id, "w2")
    with pytest.raises(Cancelled):
        act(runs.complete_run, late, {"by": "late"})
    act(runs.complete_run, winner, {"by": "winner"})
    assert look(place, run.id).result == {"by": "winner"}


def test_a_run_whose_worker_dies_twice_is_not_tried_a_third_time(place: Place) -> None:
    run = submit(place)
    for _ in range(2):
        claim(run.id)
        assert act(runs.fail_lost_run, run.id, owner="w1")
    ended = look(place, run.id)
    assert (ended.state, ended.error_code, ended.attempt) == (RunState.FAILED, "worker_lost", 2)


def test_what_a_dead_worker_held_is_given_back_at_once(place: Place) -> None:
    mine, other = submit(place), submit(place)
    claim(mine.id, "host-17-abc")
    claim(other.id, "host-170-abc")
    assert act(runs.give_back, "host-17-") == 1
    assert [look(place, r.id).state for r in (mine, other)] == [RunState.QUEUED, RunState.PROCESSING]


def test_stopping_the_studio_again_and_again_uses_up_no_attempt(place: Place) -> None:
    run = submit(place)
    for _ in range(4):
        claim(run.id, "host-17-abc")
        assert act(runs.give_back, "host-17-", counted=False) == 1
        assert look(place, run.id).state is RunState.QUEUED
    act(runs.complete_run, claim(run.id), {})
    assert look(place, run.id).attempt == 1


def test_a_failure_of_the_work_itself_is_final_and_says_why(place: Place) -> None:
    run = submit(place)
    act(runs.fail_run, claim(run.id), "unsupported_media", "The picture of shot 2A is damaged.")
    ended = look(place, run.id)
    assert ended.ended
    assert ended.error_message == "The picture of shot 2A is damaged."
    assert act(runs.claim_run, run.id, "w2") is None


def test_a_failure_of_something_we_lean_on_is_tried_again_when_due(place: Place) -> None:
    run = submit(place)
    act(runs.fail_run, claim(run.id), "unavailable", "The store is away.")
    assert not look(place, run.id).ended
    with unit_of_work() as uow:
        repository.get_run(uow, run.id).retry_at = 1.0
    act(runs.sweep)
    assert look(place, run.id).state is RunState.QUEUED


def test_a_lack_that_waiting_does_not_mend_is_not_tried_again(place: Place) -> None:
    run = submit(place)
    act(runs.fail_run, claim(run.id), "unavailable", "The disk is full.", retry=False)
    assert look(place, run.id).ended


def test_a_heartbeat_tells_the_worker_when_the_run_is_no_longer_its_own(place: Place) -> None:
    run = submit(place)
    claim(run.id, "w1")
    assert act(runs.beat, run.id, "w1")
    act(runs.cancel_run, place.actor, run.id)
    assert not act(runs.beat, run.id, "w1")


def test_what_has_ended_cannot_be_cancelled(place: Place) -> None:
    run = submit(place)
    act(runs.complete_run, claim(run.id), {})
    with pytest.raises(Conflict, match="completed cannot become cancelled"):
        act(runs.cancel_run, place.actor, run.id)


def test_a_stranger_does_not_learn_that_a_run_exists(place: Place) -> None:
    run = submit(place)
    stranger = act(make_stranger)
    for attempt in (runs.get_run, runs.cancel_run):
        with pytest.raises(NotFound):
            act(attempt, stranger, run.id)


def test_a_parent_goes_on_after_its_last_child_and_progress_follows_the_weights(place: Place) -> None:
    parent = submit(place, "film", weight=4.0)
    first = claim(parent.id)
    children = [submit(place, parent=parent.id, weight=w) for w in (1.0, 3.0)]
    act(runs.wait_for_children, first, "Drawing")
    assert act(runs.claim_run, parent.id, "w2") is None
    act(runs.complete_run, claim(children[0].id), {})
    waiting = look(place, parent.id)
    assert (waiting.fraction, waiting.stage) == (0.25, "Drawing · 1 of 2")
    act(runs.report_progress, claim(children[1].id), "half", 0.5)
    assert look(place, parent.id).fraction == pytest.approx(0.625)


def test_the_end_of_the_last_child_wakes_the_parent_for_its_next_step(place: Place) -> None:
    parent = submit(place, "film")
    first = claim(parent.id)
    child = submit(place, parent=parent.id)
    act(runs.wait_for_children, first, "Drawing")
    woken: list[str] = []
    events.subscribe(RunReady, lambda e: woken.append(e.run_id))
    act(runs.complete_run, claim(child.id), {})
    assert woken == [parent.id]
    assert claim(parent.id).step == 1


def test_a_parent_that_waits_for_nothing_is_woken_at_once(place: Place) -> None:
    parent = submit(place, "film")
    act(runs.wait_for_children, claim(parent.id), "Drawing")
    assert claim(parent.id).step == 1


def test_a_child_that_fails_fails_its_parent_and_stops_its_siblings(place: Place) -> None:
    parent = submit(place, "film")
    first = claim(parent.id)
    bad, sibling = submit(place, parent=parent.id), submit(place, parent=parent.id)
    working = claim(sibling.id)
    act(runs.wait_for_children, first, "Drawing")
    gone: list[str] = []
    events.subscribe(RunAbandoned, lambda e: gone.append(e.run_id))
    act(runs.fail_run, claim(bad.id), "encoder_failed", "The encoder stopped.")
    failed = look(place, parent.id)
    assert (failed.state, failed.error_message) == (RunState.FAILED, "The encoder stopped.")
    assert parent.id in gone
    act(runs.abandon_children, parent.id)
    with pytest.raises(Cancelled):
        act(runs.complete_run, working, {})


def test_the_sweeper_stops_children_whose_parent_was_cancelled_while_nobody_listened(place: Place) -> None:
    parent = submit(place, "film")
    first = claim(parent.id)
    child = submit(place, parent=parent.id)
    act(runs.wait_for_children, first, "Drawing")
    act(runs.cancel_run, place.actor, parent.id)
    act(runs.sweep)
    assert look(place, child.id).state is RunState.CANCELLED


def test_the_present_begins_with_what_people_asked_for_and_leaves_out_finished_parts(place: Place) -> None:
    film = submit(place, "film")
    done, alive = submit(place, parent=film.id), submit(place, parent=film.id)
    act(runs.complete_run, claim(done.id), {})
    with reading() as uow:
        assert [r.id for r in runs.list_present(uow, place.actor, place.project_id)] == [film.id, alive.id]
        assert [r.id for r in runs.list_present(uow, place.actor, place.project_id, limit=1)] == [film.id]


def test_a_hint_lost_by_the_queue_is_sent_again(place: Place) -> None:
    run = submit(place)
    sent: list[str] = []
    events.subscribe(RunReady, lambda e: sent.append(e.run_id))
    with unit_of_work() as uow:
        repository.get_run(uow, run.id).queued_at = 1.0
    act(runs.sweep)
    assert sent == [run.id]


def test_eight_workers_at_once_take_a_run_once(place: Place) -> None:
    run = submit(place)
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda i: act(runs.claim_run, run.id, f"w{i}"), range(8)))
    assert sum(t is not None for t in taken) == 1


def test_children_that_end_at_the_same_moment_wake_their_parent(place: Place) -> None:
    parent = submit(place, "film")
    first = claim(parent.id)
    claims = [claim(submit(place, parent=parent.id).id, f"w{i}") for i in range(8)]
    act(runs.wait_for_children, first, "Drawing")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda c: act(runs.complete_run, c, {}), claims))
    assert claim(parent.id).step == 1


def test_only_the_drawn_moves_are_legal() -> None:
    for current in RunState:
        for wanted in RunState:
            if wanted in LEGAL[current]:
                assert checked_move(current, wanted) is wanted
            else:
                with pytest.raises(Conflict):
                    checked_move(current, wanted)
