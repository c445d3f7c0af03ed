"""What a browser cannot play of a cut is rendered in pieces, on both databases: asked for, made, kept, made anew where edited."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from jobs import queues, registry
from jobs.registry import Wait
from jobs.steps import previews
from jobs.work import Stop, Work
from studio.core import events
from studio.core.db import reading, unit_of_work
from studio.core.errors import Forbidden, NotFound, UnsupportedMedia
from studio.core.storage import storage
from studio.engine.editing import from_json
from studio.projects.models import Member
from studio.renders import service as renders
from studio.renders.views import PreviewView
from studio.runs import service as runs
from studio.runs.events import RunReady
from studio.runs.views import RunView
from studio.timelines import service as timelines
from tests.factories.studio import Place, make_place, make_stranger
from tests.support.numbered import FFMPEG

pytestmark = pytest.mark.services


@pytest.fixture
def place(database: str) -> Place:
    return make_place()


def colour(name: str, *, amount: float = 0.0) -> dict[str, Any]:
    """A plain colour of 40 frames, with grain or as it is."""
    more = {"effects": [{"kind": "grain", "amount": amount}]} if amount else {}
    made = {"kind": "solid", "colour": "#3e7cb1"}
    return {"id": name, "name": name, "media": "", "start": 0, "frames": 40, "made": made, **more}


def cut_of(place: Place, *clips: dict[str, Any], frames: int = 40) -> str:
    """A small cut by hand of clips of so many frames, one after another."""
    with unit_of_work() as uow:
        made = timelines.create_timeline(
            uow, place.actor, place.project_id, name="One", begin="empty", width=128, height=72
        )
    edit(place, made.id, {"op": "add_track", "track": {"id": "v", "kind": "video", "name": "V", "role": "picture"}})
    laid = [{**clip, "start": frames * n} for n, clip in enumerate(clips)]
    edit(place, made.id, {"op": "overwrite", "track": "v", "at": 0, "clips": laid})
    return made.id


def edit(place: Place, cut: str, *edits: dict[str, Any]) -> None:
    with unit_of_work() as uow:
        at = timelines.get_card(uow, place.actor, cut).revision
        timelines.edit_timeline(uow, place.actor, cut, [from_json(each) for each in edits], revision=at)


def seen(place: Place, cut: str) -> PreviewView:
    with reading() as uow:
        return renders.preview_ranges(uow, place.actor, cut, encoder=renders.encoder_version())


def told(view: PreviewView) -> list[tuple[int, int, str]]:
    return [(each.start, each.end, each.state) for each in view.ranges]


def start(place: Place, cut: str, **wish: Any) -> RunView:
    with unit_of_work() as uow:
        run = renders.start_preview(uow, place.actor, cut, **wish)
    assert run is not None
    return run


def work(place: Place, run_id: str, folder: Path) -> None:
    """One step of a run, as a worker does it."""
    with unit_of_work() as uow:
        claim = runs.claim_run(uow, run_id, "here")
    assert claim is not None
    folder.mkdir(exist_ok=True)
    outcome = registry.steps(claim.kind)[claim.step](Work(claim, place.actor, folder, Stop()))
    with unit_of_work() as uow:
        if isinstance(outcome, Wait):
            runs.wait_for_children(uow, claim, outcome.stage)
        else:
            runs.complete_run(uow, claim, outcome.result)


def parts(run: RunView) -> Sequence[RunView]:
    with reading() as uow:
        return runs.list_children(uow, run.id, "piece")


def made(place: Place, cut: str, folder: Path, **wish: Any) -> RunView:
    """The whole preview, made here."""
    run = start(place, cut, **wish)
    work(place, run.id, folder)
    for part in parts(run):
        work(place, part.id, folder)
    work(place, run.id, folder)
    with reading() as uow:
        return runs.get_run(uow, place.actor, run.id)


def test_what_is_heavy_is_made_played_and_made_anew_only_where_it_is_edited(place: Place, tmp_path: Path) -> None:
    cut = cut_of(place, colour("a"), colour("b", amount=0.1), colour("c", amount=0.2), colour("d"))
    assert told(seen(place, cut)) == [(40, 80, "heavy"), (80, 120, "heavy")]
    assert seen(place, cut).said == "3.3 s are to be rendered."
    run = start(place, cut)
    assert start(place, cut).id == run.id
    assert told(seen(place, cut)) == [(40, 80, "making"), (80, 120, "making")]
    work(place, run.id, tmp_path)
    first, second = parts(run)
    work(place, first.id, tmp_path)
    assert told(seen(place, cut)) == [(40, 80, "ready"), (80, 120, "making")]
    assert seen(place, cut).said == "1.7 s of 3.3 s are ready, 1.7 s are left."
    work(place, second.id, tmp_path)
    work(place, run.id, tmp_path)
    ready = seen(place, cut)
    assert told(ready) == [(40, 80, "ready"), (80, 120, "ready")]
    assert ready.run is None

    name = ready.ranges[0].url.rpartition("/")[2]
    with reading() as uow:
        key = renders.preview_key(uow, place.actor, cut, name, encoder=renders.encoder_version())
    assert frames_of(storage().fetch(key)) == 40
    edit(place, cut, {"op": "set_clip", "clip": "b", "fields": {"opacity": 0.5}})
    assert told(seen(place, cut)) == [(40, 80, "heavy"), (80, 120, "ready")]
    with reading() as uow, pytest.raises(NotFound, match="edited since"):
        renders.preview_key(uow, place.actor, cut, name, encoder=renders.encoder_version())
    done = made(place, cut, tmp_path)
    assert done.result == {"pieces": 1, "refused": []}
    assert [each.state for each in seen(place, cut).ranges] == ["ready", "ready"]


def frames_of(film: Path) -> int:
    counted = [FFMPEG, "-v", "error", "-i", str(film), "-f", "framecrc", "-"]
    lines = subprocess.run(counted, capture_output=True, check=True, text=True).stdout.splitlines()
    return sum(not line.startswith("#") for line in lines)


def test_a_range_alone_is_made_and_a_piece_that_moved_is_kept(place: Place, tmp_path: Path) -> None:
    cut = cut_of(place, colour("a", amount=0.1), colour("b", amount=0.2))
    made(place, cut, tmp_path, start=50, end=60)
    assert told(seen(place, cut)) == [(0, 40, "heavy"), (40, 80, "ready")]
    edit(place, cut, {"op": "insert", "track": "v", "at": 0, "clips": [colour("z")]})
    assert told(seen(place, cut)) == [(40, 80, "heavy"), (80, 120, "ready")]


def test_a_piece_that_was_edited_while_it_waited_is_left_out(place: Place, tmp_path: Path) -> None:
    cut = cut_of(place, colour("a", amount=0.1))
    run = start(place, cut)
    work(place, run.id, tmp_path)
    edit(place, cut, {"op": "set_clip", "clip": "a", "fields": {"opacity": 0.5}})
    (part,) = parts(run)
    work(place, part.id, tmp_path)
    assert parts(run)[0].result == {"stale": True}
    assert told(seen(place, cut)) == [(0, 40, "heavy")]


def test_a_piece_that_cannot_be_made_says_why_and_the_others_are_made(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut, real = cut_of(place, colour("a", amount=0.1), colour("b", amount=0.2)), previews.render_segment

    def broken(timeline: Any, span: Any, *rest: Any, **more: Any) -> None:
        if span.start == 0:
            raise UnsupportedMedia("The clip “a” cannot be read.")
        real(timeline, span, *rest, **more)

    monkeypatch.setattr(previews, "render_segment", broken)
    assert made(place, cut, tmp_path).result == {"pieces": 2, "refused": ["The clip “a” cannot be read."]}
    assert told(seen(place, cut)) == [(0, 40, "heavy"), (40, 80, "ready")]


def test_stopping_leaves_what_is_made_and_who_only_watches_begins_nothing(place: Place, tmp_path: Path) -> None:
    cut = cut_of(place, colour("a", amount=0.1), colour("b", amount=0.2))
    run = start(place, cut)
    work(place, run.id, tmp_path)
    work(place, parts(run)[0].id, tmp_path)
    with unit_of_work() as uow:
        renders.stop_preview(uow, place.actor, cut)
    assert told(seen(place, cut)) == [(0, 40, "ready"), (40, 80, "heavy")]
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    with unit_of_work() as uow, pytest.raises(NotFound):
        renders.start_preview(uow, stranger, cut)
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=place.project_id, user_id=stranger.user_id, role="viewer"))
    with unit_of_work() as uow, pytest.raises(Forbidden):
        renders.start_preview(uow, stranger, cut)
    with reading() as uow:
        assert renders.preview_ranges(uow, stranger, cut, encoder=renders.encoder_version()).ranges


def test_nothing_is_begun_by_itself_while_a_film_is_made(place: Place) -> None:
    cut = cut_of(place, colour("a", amount=0.1))
    with unit_of_work() as uow:
        runs.submit_run(uow, place.actor, place.project_id, "render", {})
    with unit_of_work() as uow:
        assert renders.start_preview(uow, place.actor, cut, idle=True) is None
    assert start(place, cut).kind == "preview"


def test_a_preview_and_its_pieces_are_taken_after_everything_else(place: Place, tmp_path: Path) -> None:
    sent: list[RunReady] = []
    events.subscribe(RunReady, sent.append)
    run = start(place, cut_of(place, colour("a", amount=0.1)))
    work(place, run.id, tmp_path)
    assert {each.run_id: (each.asked, each.later) for each in sent} == {
        run.id: (False, True),
        parts(run)[0].id: (False, True),
    }
    assert [queue.name for queue in queues.work_queues()] == [queues.ASKED, queues.WORK, queues.LATER]
