"""The bin of a project: what is in it, how it is found, sorted, taken out and put back."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Conflict, Forbidden, Invalid, NotFound
from studio.core.storage import storage
from studio.engine.looks.facts import MediaFacts, Sound
from studio.engine.time import Rate
from studio.media import service as media
from studio.media.models import Media
from studio.media.views import Arrived
from studio.projects.models import Member
from tests.factories.studio import Place, make_place, make_stranger

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("database")]

FILM = MediaFacts(
    "video", "mov", Fraction(4), frames=100, rate=Rate(25), video_seconds=Fraction(4), width=1920, height=1080
)
TONE = MediaFacts("audio", "wav", Fraction(3), sounds=(Sound("pcm", 1, 48_000, "mono", Fraction(0), Fraction(3)),))
STILL = MediaFacts("still", "png_pipe", Fraction(0), frames=1, width=640, height=480)


def brought(place: Place, folder: Path, name: str, kind: str, facts: MediaFacts | None, into: str = "") -> str:
    """The hash of a file that came in as the job brings it in."""
    (folder / "file").write_bytes(name.encode())
    file = media.stored(storage(), folder / "file", kind=kind, mime="x/y", name=name)
    with unit_of_work() as uow:
        upload = media.begin_upload(uow, place.actor, place.project_id, name=name, size=4, folder=into)
        media.take_in(uow, place.actor, upload.id, Arrived(file, facts))
        media.prepared(uow, place.actor, place.project_id, file.sha256)
    return file.sha256


def names(uow: UnitOfWork, place: Place, **asked: object) -> list[str]:
    return [c.name for c in media.list_media(uow, place.actor, place.project_id, **asked).items]


def test_a_bin_shows_newest_first_what_was_brought_in_and_finds_it(tmp_path: Path) -> None:
    place = make_place()
    film = brought(place, tmp_path, "Take 1.mov", "video", FILM, into="Day 1")
    tone = brought(place, tmp_path, "100% hum.wav", "audio", TONE)
    brought(place, tmp_path, "Poster.png", "image", STILL)
    (tmp_path / "made").write_bytes(b"a voice")
    with unit_of_work() as uow:
        voice = media.stored(storage(), tmp_path / "made", kind="audio", mime="audio/wav", name="MARA.wav")
        media.add_media(uow, place.actor, place.project_id, voice)
    with reading() as uow:
        assert names(uow, place) == ["Poster.png", "100% hum.wav", "Take 1.mov"]
        assert names(uow, place, search="TAKE") == ["Take 1.mov"]
        assert names(uow, place, search="0% h") == ["100% hum.wav"]
        assert names(uow, place, search="_") == []
        assert names(uow, place, kinds=("video", "image")) == ["Poster.png", "Take 1.mov"]
        assert names(uow, place, folder="Day 1") == ["Take 1.mov"]
        assert names(uow, place, folder="") == ["Poster.png", "100% hum.wav"]
        assert names(uow, place, kinds=("audio",), also=(voice.sha256,)) == ["MARA.wav", "100% hum.wav"]
        assert names(uow, place, used={film: 2}, only="used") == ["Take 1.mov"]
        assert names(uow, place, used={film: 2}, only="unused") == ["Poster.png", "100% hum.wav"]
        second = media.list_media(uow, place.actor, place.project_id, page=2, limit=2, used={film: 2})
        assert ([c.name for c in second.items], second.total, second.folders) == (["Take 1.mov"], 3, ("Day 1",))
        assert second.items[0].used == 2
        cards = {c.sha256: c for c in media.list_media(uow, place.actor, place.project_id).items}
    assert (cards[film].frames, cards[film].seconds, cards[film].rate) == (96, 4.0, "25/1")
    assert (cards[tone].frames, cards[tone].sound, cards[tone].width) == (72, True, 0)
    assert [c.frames for c in cards.values() if c.kind == "image"] == [None]
    assert {c.state for c in cards.values()} == {"ready"}


def test_a_file_is_renamed_moved_taken_out_and_put_back(tmp_path: Path) -> None:
    place = make_place()
    film = brought(place, tmp_path, "Take 1.mov", "video", FILM)
    with unit_of_work() as uow:
        media.rename_media(uow, place.actor, place.project_id, film, "  The   door ")
        media.move_media(uow, place.actor, place.project_id, film, " Doors ")
        assert names(uow, place, folder="Doors") == ["The door"]
        with pytest.raises(Invalid):
            media.rename_media(uow, place.actor, place.project_id, film, " ")
        cuts = ["Cut 1", "Cut 2", "Cut 3", "Cut 4"]
        with pytest.raises(Conflict, match="The door is used in Cut 1, Cut 2, Cut 3 and 1 more") as refused:
            media.remove_media(uow, place.actor, place.project_id, film, used_in=cuts)
        assert refused.value.code == "media_used"
        assert names(uow, place) == ["The door"]
        media.remove_media(uow, place.actor, place.project_id, film, used_in=cuts, sure=True)
        assert names(uow, place) == []
        assert media.find_for(uow, place.actor, place.project_id, film).name == "The door"
        media.bring_back(uow, place.actor, place.project_id, film)
        assert names(uow, place, folder="Doors") == ["The door"]


def test_who_only_looks_changes_nothing_and_who_is_outside_sees_nothing(tmp_path: Path) -> None:
    place = make_place()
    film = brought(place, tmp_path, "Take 1.mov", "video", FILM)
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
        asks = (
            lambda: media.rename_media(uow, stranger, place.project_id, film, "x"),
            lambda: media.move_media(uow, stranger, place.project_id, film, "x"),
            lambda: media.remove_media(uow, stranger, place.project_id, film),
            lambda: media.bring_back(uow, stranger, place.project_id, film),
            lambda: media.prepare(uow, stranger, place.project_id, film),
            lambda: media.begin_upload(uow, stranger, place.project_id, name="x", size=1),
        )
        for ask in (*asks, lambda: media.list_media(uow, stranger, place.project_id)):
            with pytest.raises(NotFound):
                ask()
        uow.session.add(Member(project_id=place.project_id, user_id=stranger.user_id, role="viewer"))
        uow.session.flush()
        assert len(media.list_media(uow, stranger, place.project_id).items) == 1
        for ask in asks:
            with pytest.raises(Forbidden):
                ask()


def test_what_was_not_prepared_says_so_and_is_prepared_once(tmp_path: Path) -> None:
    place = make_place()
    film = brought(place, tmp_path, "Take 1.mov", "video", FILM)
    with unit_of_work() as uow:
        run = media.prepare(uow, place.actor, place.project_id, film)
        assert media.prepare(uow, place.actor, place.project_id, film).id == run.id
        card = media.list_media(uow, place.actor, place.project_id).items[0]
        assert (card.state, card.percent, card.run_id) == ("preparing", 0, run.id)
        row = uow.session.get(Media, card.id)
        assert row is not None
        row.run_id = None  # it was stopped, and its run is over
        card = media.list_media(uow, place.actor, place.project_id).items[0]
        assert (card.state, "stopped" in card.problem) == ("failed", True)
        media.unprepared(uow, place.actor, place.project_id, film, "It is damaged.")
        card = media.list_media(uow, place.actor, place.project_id).items[0]
        assert (card.state, card.problem) == ("failed", "It is damaged.")


def test_forms_are_known_by_hash() -> None:
    for about in ({"count": 8}, {"count": 8}, {"count": 9}):
        with unit_of_work() as uow:
            media.keep_form(uow, "a" * 64, "filmstrip", about)
    with reading() as uow:
        assert media.forms_of(uow, ["a" * 64, "b" * 64]) == {"a" * 64: {"filmstrip": {"count": 9}}}
        assert media.forms_of(uow, []) == {}


def test_a_folder_is_called_otherwise_and_taken_apart(tmp_path: Path) -> None:
    place = make_place()
    brought(place, tmp_path, "Take 1.mov", "video", FILM, into="Day 1")
    brought(place, tmp_path, "Take 2.mov", "video", FILM, into="Day 1")
    brought(place, tmp_path, "Hum.wav", "audio", TONE, into="Sounds")
    with unit_of_work() as uow:
        assert media.rename_folder(uow, place.actor, place.project_id, "Day 1", "  Day\tone ") == 2
    with reading() as uow:
        assert media.list_media(uow, place.actor, place.project_id).folders == ("Day one", "Sounds")
        assert names(uow, place, folder="Day one") == ["Take 2.mov", "Take 1.mov"]
    with unit_of_work() as uow:
        media.rename_folder(uow, place.actor, place.project_id, "Day one", "")
        with pytest.raises(NotFound, match="no such folder"):
            media.rename_folder(uow, place.actor, place.project_id, "Day one", "Again")
        with pytest.raises(NotFound, match="no such folder"):
            media.rename_folder(uow, place.actor, place.project_id, "", "Everything")
    with reading() as uow:
        assert media.list_media(uow, place.actor, place.project_id).folders == ("Sounds",)
