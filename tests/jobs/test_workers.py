"""Real workers on a real queue: a film is made once, whatever is killed, and cancel means gone."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from jobs import queues, wiring
from jobs.crew import Crew
from jobs.progress import follow
from studio.accounts.views import Actor
from studio.core import db
from studio.core.db import reading, unit_of_work
from studio.core.settings import settings
from studio.core.storage import media_key, storage
from studio.engine.probe import probed
from studio.projects import service as projects
from studio.projects.views import FilmFormat
from studio.renders import service as renders
from studio.renders.views import AnimaticView
from studio.runs import service as runs
from studio.runs.states import RunState
from studio.runs.views import RunView
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.timelines import service as timelines
from tests.factories.numbers import make_numbered_cut
from tests.factories.studio import Place, make_place
from tests.jobs.test_rendered_previews import colour, cut_of, seen, start
from tests.support.numbered import numbers
from tests.support.studio import wait_until

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


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Generator[Crew]:
    """A crew of two on a data folder that all tests of this file work in, one after another."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith("INKREEL_")]:
            patch.delenv(name)
        patch.setenv("INKREEL_HOME", str(tmp_path_factory.mktemp("workers") / "home"))
        patch.setenv("INKREEL_WORKERS", "2")
        settings.cache_clear()
        queues.redis.cache_clear()
        made = Crew(settings())
        made.start()
        yield made
        made.stop()
        queues.redis.cache_clear()
        db.engine(settings().database).dispose()
    settings.cache_clear()


@pytest.fixture
def crew(shared: Crew) -> Crew:
    """The crew, healthy, with this process telling it what there is to do."""
    wiring.wire()
    wait_until(shared.healthy, 60)
    return shared


def begin() -> tuple[Actor, str, str]:
    """A small project with its script broken down: the owner, the project, the script."""
    place = make_place()
    with unit_of_work() as uow:
        project = projects.create_project(uow, place.actor, name="Small", film=FilmFormat(width=640, height=360))
        script = scripts.import_script(uow, place.actor, project.id, data=SCRIPT, name="two.fountain")
        storyboards.break_down(uow, place.actor, script.id)
    return place.actor, project.id, script.id


def start_film() -> tuple[Actor, RunView]:
    actor, _, script_id = begin()
    with unit_of_work() as uow:
        return actor, renders.submit_film(uow, actor, script_id, "720p")


def until_end(actor: Actor, run: RunView, limit_s: float = 150) -> Generator[RunView]:
    """Every view of a run until it has ended."""
    until = time.monotonic() + limit_s
    for view in follow(actor, run.project_id):
        assert time.monotonic() < until, f"not done in {limit_s} s: {view}"
        if view.id == run.id:
            yield view
            if view.ended:
                return


def seen_until_end(actor: Actor, run: RunView) -> list[RunView]:
    return list(until_end(actor, run))


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


def start_render(folder: Path, first: int) -> tuple[Actor, RunView]:
    """Ask for a film of six shots, a second and more each, that no other test has made."""
    place = make_place()
    cut = make_numbered_cut(place, folder, shots(first))
    with unit_of_work() as uow:
        made = renders.submit_render(uow, place.actor, cut, "720p")
        return place.actor, runs.get_run(uow, place.actor, made.run_id)


def shots(first: int) -> list[range]:
    return [range(first + at, first + at + 36) for at in (0, 90, 30, 120, 15, 60)]


@pytest.mark.usefixtures("crew")
def test_a_script_becomes_a_film_and_progress_only_grows_however_often_hints_come_again() -> None:
    actor, run = start_film()
    views: list[RunView] = []
    for view in until_end(actor, run):
        with reading() as uow:
            for each in runs.list_present(uow, actor, run.project_id):
                if each.kind != "film" or each.ended:
                    queues.send(each.id)
        views.append(view)
    film = probed(film_of(views[-1]))
    assert views[-1].result is not None
    assert film.frames == views[-1].result["frames"]
    assert (film.video_codec, film.audio_codec, film.subtitle_tracks) == ("h264", "aac", 1)
    fractions = [v.fraction for v in views]
    assert fractions == sorted(fractions)
    assert views[-1].result["provider"]["voice"] == "espeak-ng"


@pytest.mark.usefixtures("crew")
def test_what_a_board_lacks_is_recorded_and_taken_into_the_cut_by_hand_as_one_act() -> None:
    actor, project_id, _ = begin()
    with unit_of_work() as uow:
        cut = timelines.create_timeline(uow, actor, project_id, name="By hand", begin="board")
    with unit_of_work() as uow:
        run = renders.submit_animatic(uow, actor, cut.id)
    last = seen_until_end(actor, run)[-1]
    assert (last.state, last.error_message) == (RunState.COMPLETED, None)
    with reading() as uow:
        now = timelines.get_timeline(uow, actor, cut.id)
        words = [word.text for word in timelines.words_of(uow, actor, cut.id)]
        assert renders.get_animatic(uow, actor, cut.id) == AnimaticView(0, music=True, run=None)
        assert timelines.behind_board(uow, actor, cut.id) == 0
    assert " ".join(words) == "You are late again. I know. I am sorry!"
    assert now.undrawn == ()
    assert now.without_music == 0
    assert next(caption.text for caption in now.timeline.captions()) == "You are late again."
    with unit_of_work() as uow:
        timelines.undo(uow, actor, cut.id)
    with reading() as uow:
        assert timelines.get_timeline(uow, actor, cut.id).timeline == cut.timeline


def test_a_worker_killed_mid_render_costs_a_piece_not_the_film(crew: Crew, tmp_path: Path) -> None:
    actor, run = start_render(tmp_path, 0)
    wait_for(actor, run, "segment", RunState.PROCESSING)
    victim = crew.worker_pids[0]
    os.kill(victim, signal.SIGKILL)
    film = film_of(seen_until_end(actor, run)[-1])
    assert numbers(film) == [number for shot in shots(0) for number in shot]
    with reading() as uow:
        ends = [t for t in runs.list_transitions(uow, actor, run.id) if t.to_state is RunState.COMPLETED]
    assert len(ends) == 1
    assert victim not in crew.worker_pids


def test_cancel_mid_render_leaves_no_process_after_three_seconds(crew: Crew, tmp_path: Path) -> None:
    actor, run = start_render(tmp_path, 1)
    wait_for(actor, run, "segment", RunState.PROCESSING)
    with unit_of_work() as uow:
        runs.cancel_run(uow, actor, run.id)
    time.sleep(3)
    assert children_of(crew.worker_pids) == []
    with reading() as uow:
        live = runs.list_runs(uow, actor, run.project_id, live_only=True)
    assert live == []


def heavy_cut(amount: float) -> tuple[Place, str]:
    """A cut of eight pieces that only the studio shows truly, ten seconds each."""
    place = make_place()
    clips = [{**colour(f"g{n}", amount=amount + n / 100), "frames": 240} for n in range(8)]
    return place, cut_of(place, *clips, frames=240)


def test_a_worker_killed_mid_preview_costs_a_piece_not_the_preview(crew: Crew) -> None:
    place, cut = heavy_cut(0.1)
    run = start(place, cut)
    wait_for(place.actor, run, "piece", RunState.PROCESSING)
    os.kill(crew.worker_pids[0], signal.SIGKILL)
    assert seen_until_end(place.actor, run)[-1].result == {"pieces": 8, "refused": []}
    assert {each.state for each in seen(place, cut).ranges} == {"ready"}


def test_a_preview_that_is_stopped_leaves_no_process_after_three_seconds(crew: Crew) -> None:
    place, cut = heavy_cut(0.3)
    run = start(place, cut)
    wait_for(place.actor, run, "piece", RunState.PROCESSING)
    with unit_of_work() as uow:
        renders.stop_preview(uow, place.actor, cut)
    time.sleep(3)
    assert children_of(crew.worker_pids) == []
    with reading() as uow:
        assert runs.list_runs(uow, place.actor, place.project_id, live_only=True) == []


@pytest.mark.usefixtures("crew")
def test_a_wiped_queue_loses_no_run(tmp_path: Path) -> None:
    from studio.runs import repository

    actor, run = start_render(tmp_path, 2)
    queues.redis().flushall()
    with unit_of_work() as uow:  # as if half a minute had passed
        for row in repository.list_project_runs(uow, run.project_id, live_only=True, limit=100):
            row.queued_at = 1.0
    assert seen_until_end(actor, run)[-1].state is RunState.COMPLETED
