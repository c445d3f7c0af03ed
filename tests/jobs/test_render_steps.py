"""The steps of a render, one by one: every machine keeps to one plan, reads a file once, and says what is missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jobs.steps import renders as steps
from jobs.work import Stop, Work
from studio.core.db import reading, unit_of_work
from studio.core.errors import MediaMissing, Unavailable
from studio.core.settings import settings
from studio.core.storage import media_key, storage
from studio.engine.presets import Order
from studio.engine.sandbox import probing
from studio.media import service as media
from studio.renders import service as renders
from studio.runs import service as runs
from studio.runs.views import RunView
from studio.timelines import service as timelines
from tests.factories.numbers import make_numbered_cut
from tests.factories.studio import Place, make_place

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("embedded")]


def cut_of(folder: Path) -> tuple[Place, str, list[str]]:
    """A cut, and its picture and its sound."""
    place = make_place()
    cut = make_numbered_cut(place, folder, [range(72), range(90, 162)])
    with reading() as uow:
        timeline = timelines.get_timeline(uow, place.actor, cut).timeline
    return place, cut, list(dict.fromkeys(clip.media for track in timeline.tracks for clip in track.clips))


def work_on(place: Place, cut: str, order: Order, folder: Path) -> Work:
    """A render that was just ordered, in the hands of a worker."""
    with unit_of_work() as uow:
        made = renders.submit_render(uow, place.actor, cut, order)
        claim = runs.claim_run(uow, made.run_id, "worker")
    assert claim
    return Work(claim, place.actor, folder, Stop())


def segments(work: Work) -> list[RunView]:
    with reading() as uow:
        return runs.list_children(uow, work.claim.run_id, "segment")


def on_a_machine(monkeypatch: pytest.MonkeyPatch, cores: int) -> None:
    monkeypatch.setenv("INKREEL_WORKERS", str(cores))
    settings.cache_clear()


def test_a_machine_with_more_cores_keeps_to_the_plan_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, cut, _ = cut_of(tmp_path)
    on_a_machine(monkeypatch, 1)
    work = work_on(place, cut, Order("720p"), tmp_path)
    steps.plan_film(work)
    planned = [run.id for run in segments(work)]
    on_a_machine(monkeypatch, 16)
    steps.plan_film(work)
    assert [run.id for run in segments(work)] == planned
    steps.plan_film(other := work_on(place, cut, Order("1080p"), tmp_path))
    assert len(segments(other)) > len(planned)


def test_another_ffmpeg_than_the_plan_s_makes_no_piece_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, cut, _ = cut_of(tmp_path)
    work = work_on(place, cut, Order("720p"), tmp_path)
    steps.plan_film(work)
    monkeypatch.setattr(steps.program, "version", lambda _: "0.1")
    with pytest.raises(Unavailable, match=r"begun with FFmpeg .* has 0\.1"):
        steps.join_film(work)


def test_a_file_is_read_once_and_known_to_everybody_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, cut, (picture, _) = cut_of(tmp_path)
    steps.plan_film(work_on(place, cut, Order("720p"), tmp_path))
    with reading() as uow:
        assert media.facts_of(uow, [picture])[picture].frames == 240

    def read_again(*_: object, **__: object) -> None:
        raise AssertionError("it was read before")

    monkeypatch.setattr(probing, "probed_apart", read_again)
    steps.plan_film(work_on(place, cut, Order("1080p"), tmp_path))


@pytest.mark.parametrize(("gone", "clip"), [(0, "Run 0"), (1, "Tone")])
def test_what_is_missing_is_named_and_the_rest_can_be_ordered(tmp_path: Path, gone: int, clip: str) -> None:
    place, cut, files = cut_of(tmp_path)
    storage().delete(media_key(files[gone]))
    order = Order("720p")
    with pytest.raises(MediaMissing, match=f"1 of its files cannot be used. {clip}: This file is not in the store"):
        steps.plan_film(refused := work_on(place, cut, order, tmp_path))
    assert segments(refused) == []
    rest = work_on(place, cut, replace(order, rest=True), tmp_path)
    steps.plan_film(rest)
    with reading() as uow:
        plan = renders.find_plan(uow, place.actor, rest.claim.run_id)
    assert plan is not None
    assert plan.without == (files[gone],)
    assert segments(rest)
