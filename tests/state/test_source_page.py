"""The bin without a browser: in and out of a file, sub-clips, facts and uses, folders, what a cut lacks and what was broken off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from state.cut.bin import AboutState, BinState, MissingState, SourceState
from state.notices import NoticesState
from studio.core.db import reading, unit_of_work
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track, to_document
from studio.media import service as media
from studio.timelines import service as timelines
from studio.timelines.models import TimelineRow
from tests.factories.people import Cast, make_cast
from tests.state.test_bin_page import FILM, STILL, brought, opened, told

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
GONE = "f" * 64


def cut_of(cast: Cast, media_of: str) -> str:
    """The id of a cut by hand with one clip of 24 frames of a file."""
    clips = (Clip("a", "Take 1", media_of, 12, 24),)
    timeline = Timeline("By hand", Rate(24), 1920, 1080, (Track("v", "video", "V1", "picture", clips),))
    row = TimelineRow(
        project_id=cast.project_id,
        name="By hand",
        rate="24/1",
        width=1920,
        height=1080,
        frames=36,
        document=to_document(timeline),
        status="edit",
    )
    with unit_of_work() as uow:
        uow.session.add(row)
        uow.session.flush()
        return row.id


def test_in_and_out_say_what_is_laid_down_and_never_cross(database: str, tmp_path: Path) -> None:
    cast = make_cast()
    film = brought(cast, tmp_path, "Take 1.mov", "video", FILM)
    it = opened(cast)
    it.call(SourceState, "open", sha256=film, part="")
    shown = it.get(SourceState).shown
    assert (shown.frames, shown.first, shown.last, shown.fps) == (1560, 0, 1560, 24.0)
    it.call(SourceState, "mark", which="in", frame=48)
    it.call(SourceState, "mark", which="out", frame=95)
    shown = it.get(SourceState).shown
    assert shown.range_told == "2:00 to 4:00 · 2:00"
    said = json.loads(shown.carried)
    assert (said["from"], said["frames"], said["sound"]) == (48, 48, True)
    it.call(SourceState, "mark", which="out", frame=10)
    assert (it.get(SourceState).shown.first, it.get(SourceState).shown.last) == (0, 11)
    it.call(SourceState, "mark", which="in", frame=99_999)
    assert (it.get(SourceState).shown.first, it.get(SourceState).shown.last) == (1559, 1560)
    it.call(SourceState, "clear")
    assert (it.get(SourceState).shown.first, it.get(SourceState).shown.last) == (0, 1560)


def test_a_file_is_opened_with_in_and_out_as_a_clip_of_the_cut_has_them(database: str, tmp_path: Path) -> None:
    cast = make_cast()
    film = brought(cast, tmp_path, "Take 1.mov", "video", FILM)
    it = opened(cast)
    for asked, first, last in (
        ((48, 24), 48, 72),
        ((1550, 24), 1550, 1560),
        ((2000, 24), 0, 1560),
        ((-3, 24), 0, 1560),
    ):
        it.call(SourceState, "open_at", sha256=film, first=asked[0], frames=asked[1])
        shown = it.get(SourceState).shown
        assert (shown.first, shown.last) == (first, last)
        assert json.loads(shown.carried)["frames"] == last - first


def test_a_part_is_kept_under_its_file_opened_renamed_and_taken_back(database: str, tmp_path: Path) -> None:
    cast = make_cast()
    film = brought(cast, tmp_path, "Take 1.mov", "video", FILM)
    it = opened(cast)
    it.call(SourceState, "open", sha256=film, part="")
    it.call(SourceState, "mark", which="in", frame=24)
    it.call(SourceState, "keep")
    (part,) = next(item for item in it.get(BinState).files if item.sha256 == film).parts
    assert (part.name, json.loads(part.carried)["from"]) == ("Take 1, part 1", 24)
    it.call(SourceState, "rename", part=part.id, name="The turn")
    it.call(SourceState, "open", sha256=film, part=part.id)
    assert (it.get(SourceState).shown.name, it.get(SourceState).shown.first) == ("The turn", 24)
    it.call(SourceState, "remove", part=part.id)
    assert it.get(BinState).files[0].parts == []
    it.call(NoticesState, "undo", notice_id=it.get(NoticesState).items[-1].id)
    with reading() as uow:
        (again,) = media.list_sub_clips(uow, cast.actor("owner"), cast.project_id)
    assert (again.name, again.first) == ("The turn", 24)


def test_a_still_has_no_range_and_can_be_laid_down(database: str, tmp_path: Path) -> None:
    cast = make_cast()
    still = brought(cast, tmp_path, "Poster.png", "image", STILL)
    it = opened(cast)
    it.call(SourceState, "open", sha256=still, part="")
    shown = it.get(SourceState).shown
    assert (shown.frames, shown.film, shown.sound) == (0, "", "")
    assert json.loads(shown.carried)["kind"] == "image"
    it.call(SourceState, "close")
    assert it.get(SourceState).shown.sha256 == ""


def test_the_sheet_says_what_a_file_is_and_where_it_is_used(database: str, tmp_path: Path) -> None:
    cast = make_cast()
    film = brought(cast, tmp_path, "Take 1.mov", "video", FILM)
    cut = cut_of(cast, film)
    it = opened(cast)
    it.call(AboutState, "look", sha256=film)
    facts = {fact.label: fact.value for fact in it.get(AboutState).facts}
    assert facts["Picture"] == "1920 × 1080"
    assert facts["Rate"] == "25 fps, 1,625 frames"
    assert facts["Sound"] == "pcm, 48 kHz, mono"
    (use,) = it.get(AboutState).uses
    assert (use.told, use.at, use.frame, use.here) == ("By hand: Take 1", "0:12", 12, False)
    assert use.link == f"/p/{cast.project_id}/cut?cut={cut}"


def test_a_file_dropped_on_a_folder_is_in_it_and_a_folder_is_renamed(database: str, tmp_path: Path) -> None:
    cast = make_cast()
    film = brought(cast, tmp_path, "Take 1.mov", "video", FILM)
    it = opened(cast)
    it.call(BinState, "file_into", form={"sha256": film, "folder": "+"})
    assert it.get(BinState).folders == ["Folder 1"]
    it.call(BinState, "open_folder", name="Folder 1")
    it.call(BinState, "rename_folder", name=" Day  1 ")
    assert (it.get(BinState).folder, it.get(BinState).folders) == ("Day 1", ["Day 1"])
    assert [item.name for item in it.get(BinState).files] == ["Take 1.mov"]
    it.call(BinState, "rename_folder", name="")
    assert (it.get(BinState).folder, it.get(BinState).folders) == ("", [])
    it.call(BinState, "filter", only="used")
    assert it.get(BinState).files == []


def test_what_a_cut_lacks_is_told_and_relinked(database: str, tmp_path: Path) -> None:
    cast = make_cast()
    film = brought(cast, tmp_path, "Take 1.mov", "video", FILM)
    cut = cut_of(cast, GONE)
    it = opened(cast)
    told(it, cast, "editor", lambda shelf: shelf._look(cut, ()))
    (lacking,) = it.get(MissingState).items
    assert (lacking.name, lacking.told) == ("Take 1", "1 clip, 1:00 of it are cut with")
    assert lacking.options[0].words == "Take 1.mov (called alike)"
    it.call(MissingState, "choose", key=GONE, sha256=film)
    (lacking,) = it.get(MissingState).items
    assert (lacking.differs, lacking.fits) == ("called alike, 1:05:00 long, 1920 × 1080", True)
    it.call(MissingState, "relink", key=GONE)
    assert it.get(MissingState).items == []
    with reading() as uow:
        clip = timelines.get_timeline(uow, cast.actor("owner"), cut).timeline.tracks[0].clips[0]
    assert clip.media == film


def test_an_upload_that_was_broken_off_is_listed(database: str, tmp_path: Path) -> None:
    cast = make_cast()
    with unit_of_work() as uow:
        editor = cast.actor("editor")
        upload = media.begin_upload(uow, editor, cast.project_id, name="Long.mov", size=10 << 20)
        media.add_piece(uow, editor, upload.id, 0, 4 << 20, "uploads/none")
    (begun,) = (each for each in opened(cast).get(BinState).begun if each.name == "Long.mov")
    assert (begun.id, begun.size, begun.told) == (upload.id, 10 << 20, "40 % of 10.0 MB")
    assert opened(cast, "viewer").get(BinState).begun == []
