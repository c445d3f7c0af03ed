"""Where cuts use a file, the files a cut lacks, and others put in their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Forbidden, Invalid, NotFound
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track
from studio.media import service as media
from studio.timelines import service as timelines
from tests.factories.laid import add_cut
from tests.factories.studio import Place, make_place, make_stranger
from tests.studio.media.test_bin import FILM, STILL, brought

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("database")]
GONE = "f" * 64


def cut_of(place: Place, name: str, *clips: Clip) -> str:
    """The id of a cut by hand of these clips, as an import leaves it."""
    timeline = Timeline(name, Rate(24), 1920, 1080, (Track("v", "video", "V1", "picture", clips=clips),))
    with unit_of_work() as uow:
        return add_cut(uow, place.project_id, timeline)


def test_a_file_is_found_in_every_cut_in_order_of_time(tmp_path: Path) -> None:
    place = make_place()
    film = brought(place, tmp_path, "Take 1.mov", "video", FILM)
    first = cut_of(place, "First", Clip("a", "Wide", film, 0, 24), Clip("b", "Other", GONE, 24, 10))
    second = cut_of(place, "Second", Clip("c", "Late", film, 48, 24, 10), Clip("d", "Early", film, 0, 24))
    with reading() as uow:
        found = timelines.uses_of(uow, place.actor, place.project_id, film)
    told = {(use.timeline_id, use.cut, use.clip, use.start) for use in found}
    assert told == {(first, "First", "Wide", 0), (second, "Second", "Early", 0), (second, "Second", "Late", 48)}
    assert [use.start for use in found if use.timeline_id == second] == [0, 48]


def test_a_missing_file_says_what_is_cut_of_it_and_what_is_called_alike(tmp_path: Path) -> None:
    place = make_place()
    film = brought(place, tmp_path, "Take 1.mov", "video", FILM)
    brought(place, tmp_path, "Other.mov", "video", FILM)
    cut = cut_of(place, "First", Clip("a", "take 1", GONE, 0, 24, 10), Clip("b", "take 1", GONE, 24, 12, 60))
    with reading() as uow:
        (lacking,) = timelines.missing_files(uow, place.actor, cut)
    assert (lacking.key, lacking.name, lacking.clips, lacking.frames) == (GONE, "take 1", 2, 72)
    assert lacking.alike == (film,)


def test_a_file_takes_the_place_of_a_missing_one_and_that_can_be_undone(tmp_path: Path) -> None:
    place = make_place()
    film = brought(place, tmp_path, "Take 1.mov", "video", FILM)
    cut = cut_of(place, "First", Clip("a", "Take", GONE, 0, 24, 10), Clip("b", "Take", GONE, 24, 12, 60))
    with unit_of_work() as uow:
        made = timelines.relink_media(uow, place.actor, cut, GONE, film)
    assert made.label == "Relink Take to Take 1.mov"
    with reading() as uow:
        clips = timelines.get_timeline(uow, place.actor, cut).timeline.tracks[0].clips
        assert [(clip.media, clip.source_in) for clip in clips] == [(film, 10), (film, 60)]
        assert timelines.missing_files(uow, place.actor, cut) == ()
    with unit_of_work() as uow:
        timelines.undo(uow, place.actor, cut)
    with reading() as uow:
        assert len(timelines.missing_files(uow, place.actor, cut)) == 1


def test_a_file_that_is_too_short_or_not_missing_or_no_media_is_refused(tmp_path: Path) -> None:
    place = make_place()
    film = brought(place, tmp_path, "Take 1.mov", "video", FILM)
    still = brought(place, tmp_path, "Poster.png", "image", STILL)
    table = brought(place, tmp_path, "Warm.cube", "lut", None)
    long = cut_of(place, "Long", Clip("a", "Take", GONE, 0, 50, 60))
    with unit_of_work() as uow, pytest.raises(Invalid, match="has 96 frames, and 110 of the missing file"):
        timelines.relink_media(uow, place.actor, long, GONE, film)
    with unit_of_work() as uow, pytest.raises(Invalid, match="neither seen nor heard"):
        timelines.relink_media(uow, place.actor, long, GONE, table)
    with unit_of_work() as uow, pytest.raises(Conflict, match="does not lack"):
        timelines.relink_media(uow, place.actor, long, "e" * 64, film)
    with unit_of_work() as uow, pytest.raises(NotFound):
        timelines.relink_media(uow, place.actor, long, GONE, "e" * 64)
    with unit_of_work() as uow:
        timelines.relink_media(uow, place.actor, long, GONE, still)


def test_nobody_else_learns_or_changes_anything(tmp_path: Path) -> None:
    place = make_place()
    film = brought(place, tmp_path, "Take 1.mov", "video", FILM)
    cut = cut_of(place, "First", Clip("a", "Take", GONE, 0, 24))
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    for act in (
        lambda u: timelines.uses_of(u, stranger, place.project_id, film),
        lambda u: timelines.missing_files(u, stranger, cut),
        lambda u: timelines.relink_media(u, stranger, cut, GONE, film),
        lambda u: media.rename_folder(u, stranger, place.project_id, "Day 1", "Day 2"),
        lambda u: media.get_facts(u, stranger, place.project_id, film),
    ):
        with unit_of_work() as uow, pytest.raises((NotFound, Forbidden)):
            act(uow)
