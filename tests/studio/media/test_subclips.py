"""Named parts of files: kept, called after their file, renamed, forgotten, and refused where the file has no such part."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import Forbidden, Invalid, LimitReached, NotFound
from studio.media import service as media
from studio.media.service import subclips
from tests.factories.studio import make_place, make_stranger
from tests.studio.media.test_bin import FILM, STILL, TONE, brought

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("database")]


def test_parts_of_a_file_are_kept_in_order_of_time_and_renamed(tmp_path: Path) -> None:
    place = make_place()
    film = brought(place, tmp_path, "Take 1.mov", "video", FILM)
    tone = brought(place, tmp_path, "Hum.wav", "audio", TONE)
    with unit_of_work() as uow:
        late = media.keep_sub_clip(uow, place.actor, place.project_id, film, 48, 24)
        early = media.keep_sub_clip(uow, place.actor, place.project_id, film, 0, 12, "  The\nturn ")
        media.keep_sub_clip(uow, place.actor, place.project_id, tone, 24, 48)
    assert (late.name, early.name) == ("Take 1, part 1", "The turn")
    with unit_of_work() as uow:
        media.rename_sub_clip(uow, place.actor, late.id, "The look")
    with reading() as uow:
        kept = media.list_sub_clips(uow, place.actor, place.project_id)
    mine = [(part.name, part.first, part.frames) for part in kept if part.sha256 == film]
    assert mine == [("The turn", 0, 12), ("The look", 48, 24)]
    assert [part.name for part in kept if part.sha256 == tone] == ["Hum, part 1"]


def test_a_part_that_is_forgotten_can_be_kept_again_as_it_was(tmp_path: Path) -> None:
    place = make_place()
    film = brought(place, tmp_path, "Take 1.mov", "video", FILM)
    with unit_of_work() as uow:
        part = media.keep_sub_clip(uow, place.actor, place.project_id, film, 10, 20, "The turn")
    with unit_of_work() as uow:
        was = media.delete_sub_clip(uow, place.actor, part.id)
    with unit_of_work() as uow:
        assert media.list_sub_clips(uow, place.actor, place.project_id) == ()
        media.keep_sub_clip(uow, place.actor, place.project_id, was.sha256, was.first, was.frames, was.name)
    with reading() as uow:
        (again,) = media.list_sub_clips(uow, place.actor, place.project_id)
    assert (again.name, again.first, again.frames) == ("The turn", 10, 20)


@pytest.mark.parametrize(("first", "frames"), [(-1, 5), (0, 0), (90, 20), (96, 1), (1 << 30, 5)])
def test_a_part_lies_within_its_file(tmp_path: Path, first: int, frames: int) -> None:
    """The file has a hundred frames at 25 a second, 96 of the project's."""
    place = make_place()
    film = brought(place, tmp_path, "Take 1.mov", "video", FILM)
    with unit_of_work() as uow, pytest.raises(Invalid, match="96 frames"):
        media.keep_sub_clip(uow, place.actor, place.project_id, film, first, frames)
    with unit_of_work() as uow:
        media.keep_sub_clip(uow, place.actor, place.project_id, film, 0, 96)


def test_a_still_has_no_parts_and_a_name_is_not_empty(tmp_path: Path) -> None:
    place = make_place()
    still = brought(place, tmp_path, "Poster.png", "image", STILL)
    film = brought(place, tmp_path, "Take 1.mov", "video", FILM)
    with unit_of_work() as uow, pytest.raises(Invalid, match="stands still"):
        media.keep_sub_clip(uow, place.actor, place.project_id, still, 0, 5)
    with unit_of_work() as uow:
        part = media.keep_sub_clip(uow, place.actor, place.project_id, film, 0, 5)
    with unit_of_work() as uow, pytest.raises(Invalid, match="needs a name"):
        media.rename_sub_clip(uow, place.actor, part.id, " \n ")


def test_nobody_else_sees_or_changes_them_and_there_is_an_end_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_place()
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    film = brought(place, tmp_path, "Take 1.mov", "video", FILM)
    monkeypatch.setattr(subclips, "MOST", 1)
    with unit_of_work() as uow:
        part = media.keep_sub_clip(uow, place.actor, place.project_id, film, 0, 5)
    with unit_of_work() as uow, pytest.raises(LimitReached):
        media.keep_sub_clip(uow, place.actor, place.project_id, film, 0, 5)
    for act in (media.list_sub_clips, lambda u, a, p: media.keep_sub_clip(u, a, p, film, 0, 5)):
        with unit_of_work() as uow, pytest.raises(NotFound):
            act(uow, stranger, place.project_id)
    for act in (media.delete_sub_clip, lambda u, a, i: media.rename_sub_clip(u, a, i, "Mine")):
        with unit_of_work() as uow, pytest.raises((NotFound, Forbidden)):
            act(uow, stranger, part.id)
