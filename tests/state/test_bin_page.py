"""The bin of the Cut room without a browser: what it shows, finds, sorts and takes out, and what it hears."""

from __future__ import annotations

import asyncio
import json
from fractions import Fraction
from pathlib import Path

import pytest

from state import gate
from state.cut.bin import BinState
from state.hub import News
from state.notices import NoticesState
from studio.accounts import service as accounts
from studio.core.db import reading, unit_of_work
from studio.core.storage import storage
from studio.engine.looks.facts import MediaFacts, Sound
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track, to_document
from studio.media import service as media
from studio.media.views import FILMSTRIP, THUMBNAIL, Arrived
from studio.thread import service as thread
from studio.timelines.models import TimelineRow
from tests.factories.people import Cast, make_cast
from tests.state.conftest import Tab, tab

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

_TONE = Sound("pcm", 1, 48_000, "mono", Fraction(0), Fraction(3))
FILM = MediaFacts(
    "video",
    "mov",
    Fraction(65),
    frames=1625,
    rate=Rate(25),
    video_seconds=Fraction(65),
    width=1920,
    height=1080,
    sounds=(_TONE,),
)
STILL = MediaFacts("still", "png_pipe", Fraction(0), frames=1, width=640, height=480)


def opened(cast: Cast, who: str = "editor") -> Tab:
    """A tab in the Cut room of the cast's project."""
    it = tab(cast.session(who), f"/p/{cast.project_id}/cut", project_id=cast.project_id)
    told(it, cast, who, lambda bin: bin._open(home_of(cast, who)))
    return it


def home_of(cast: Cast, who: str):
    with reading() as uow:
        return thread.get_home(uow, cast.actor(who), cast.project_id)


def told(it: Tab, cast: Cast, who: str, act) -> None:
    """What the room's page and the hub do with the state, in the name of a person."""
    with reading() as uow:
        view = accounts.find_session(uow, gate.secret_of(it.root))

    async def acted() -> None:
        with gate.acting(view):
            await act(await it.root.get_state(BinState))

    asyncio.run(acted())


def brought(cast: Cast, folder: Path, name: str, kind: str, facts: MediaFacts, into: str = "") -> str:
    (folder / "file").write_bytes(name.encode())
    file = media.stored(storage(), folder / "file", kind=kind, mime="x/y", name=name)
    with unit_of_work() as uow:
        owner = cast.actor("owner")
        upload = media.begin_upload(uow, owner, cast.project_id, name=name, size=4, folder=into)
        media.take_in(uow, owner, upload.id, Arrived(file, facts))
        media.prepared(uow, owner, cast.project_id, file.sha256)
    return file.sha256


def cut_with(cast: Cast, sha256: str) -> None:
    shown = Clip("a", "A", sha256, start=0, frames=24)
    timeline = Timeline("Trailer", Rate(24), 1920, 1080, (Track("v", "video", "V1", "picture", (shown,)),))
    with unit_of_work() as uow:
        row = TimelineRow(
            project_id=cast.project_id,
            name="Trailer",
            rate="24/1",
            width=1920,
            height=1080,
            frames=24,
            document=to_document(timeline),
        )
        uow.session.add(row)


def test_the_bin_opens_with_the_shots_of_the_board_and_finds_them_by_their_words(database: str) -> None:
    cast = make_cast()
    it = opened(cast)
    found = it.get(BinState)
    assert found.tab == "panels"
    assert len(found.shots) == found.counts.panels > 1
    assert {(shot.picture, shot.carried) for shot in found.shots} == {("", "")}  # nothing is drawn
    every = [shot.number for shot in found.shots]
    it.call(BinState, "find", words="mara")
    fewer = [shot.number for shot in it.get(BinState).shots]
    assert set(fewer) < set(every)
    it.call(BinState, "find", words="no such words")
    assert (it.get(BinState).shots, it.get(BinState).counts.panels) == ([], 0)


def test_files_and_sounds_stand_in_their_tabs_with_what_the_timeline_is_given(database: str, tmp_path: Path) -> None:
    cast = make_cast()
    film = brought(cast, tmp_path, "Take 1.mov", "video", FILM, into="Day 1")
    still = brought(cast, tmp_path, "Poster.png", "image", STILL)
    hum = brought(cast, tmp_path, "Hum.wav", "audio", MediaFacts("audio", "wav", Fraction(3), sounds=(_TONE,)))
    with unit_of_work() as uow:
        media.keep_form(uow, film, FILMSTRIP, {"count": 65, "width": 92})
        media.keep_form(uow, film, THUMBNAIL, {})
    cut_with(cast, film)
    bin_ = opened(cast).get(BinState)
    cards = {item.sha256: item for item in bin_.files}
    assert [item.name for item in bin_.files] == ["Poster.png", "Take 1.mov"]
    assert [(item.name, item.lasts) for item in bin_.sounds] == [("Hum.wav", "3.0 s")]
    take = cards[film]
    assert (take.lasts, take.size, take.told) == ("1:05", "1920 × 1080", "1:05 · 1920 × 1080 · 25 fps")
    assert (take.used, take.count, "filmstrip" in take.strip) == ("in 1 cut", 65, True)
    said = {"media": film, "kind": "video", "name": "Take 1.mov", "frames": 1560, "sound": True, "link": "", "from": 0}
    assert json.loads(take.carried) == said
    assert json.loads(cards[still].carried)["frames"] == 120
    assert json.loads(bin_.sounds[0].carried)["media"] == hum
    assert bin_.folders == ["Day 1"]


def test_a_file_is_renamed_sorted_and_taken_out_after_a_second_thought(database: str, tmp_path: Path) -> None:
    cast = make_cast()
    film = brought(cast, tmp_path, "Take 1.mov", "video", FILM)
    cut_with(cast, film)
    it = opened(cast)
    it.call(BinState, "choose", sha256=film)
    it.call(BinState, "rename", name="The door opens")
    it.call(BinState, "move", folder="Day 1")
    it.call(BinState, "open_folder", name="Day 1")
    assert [(i.name, i.folder) for i in it.get(BinState).files] == [("The door opens", "Day 1")]
    it.call(BinState, "remove", sure=False)
    assert "used in Trailer" in it.get(BinState).asks
    assert len(it.get(BinState).files) == 1
    it.call(BinState, "remove", sure=True)
    assert (it.get(BinState).files, it.get(BinState).chosen.sha256) == ([], "")
    notice = it.get(NoticesState).items[-1]
    assert notice.undo == "Undo"
    it.call(NoticesState, "undo", notice_id=notice.id)
    it.call(BinState, "look")
    assert [i.name for i in it.get(BinState).files] == ["The door opens"]


def test_what_comes_in_elsewhere_and_how_far_it_is_is_heard(database: str, tmp_path: Path) -> None:
    cast = make_cast()
    it = opened(cast)
    film = brought(cast, tmp_path, "Take 1.mov", "video", FILM)
    with unit_of_work() as uow:
        run = media.prepare(uow, cast.actor("owner"), cast.project_id, film)
    told(it, cast, "editor", lambda bin: bin._hear(News(changed={"media"})))
    item = it.get(BinState).files[0]
    assert (item.name, item.state, item.percent, item.run_id) == ("Take 1.mov", "preparing", 0, run.id)
    news = News(runs={run.id: {**run.plain(), "fraction": 0.42, "state": "processing"}})
    told(it, cast, "editor", lambda bin: bin._hear(news))
    assert it.get(BinState).files[0].percent == 42


def test_more_is_shown_when_asked(database: str, tmp_path: Path) -> None:
    cast = make_cast()
    for n in range(61):
        brought(cast, tmp_path, f"Take {n}.mov", "video", FILM)
    it = opened(cast, "viewer")
    it.call(BinState, "show", tab="media")
    assert (len(it.get(BinState).files), it.get(BinState).counts.media) == (60, 61)
    it.call(BinState, "more")
    assert len(it.get(BinState).files) == 61
