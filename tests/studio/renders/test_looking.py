"""Any frame of a cut in a project, on both databases: exact, known again, refused in words, seen by members alone."""

from __future__ import annotations

import json
from collections.abc import Generator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Invalid, NotFound
from studio.core.storage import media_key, storage
from studio.engine.previews.viewing import jpeg
from studio.engine.render.footage import Store
from studio.engine.render.preview import frame_at
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Motion, Timeline, Track, Window, to_document
from studio.engine.timeline.looks import Solid, Text
from studio.media import service as media
from studio.renders import service as renders
from studio.timelines.models import TimelineRow
from tests.factories.film import stored_file
from tests.factories.pictures import png
from tests.factories.studio import Place, make_place, make_stranger

pytestmark = pytest.mark.services


@pytest.fixture
def place(database: str) -> Generator[Place]:
    yield make_place()
    renders.close_views()


def film(place: Place, folder: Path) -> tuple[str, Timeline]:
    """A still the camera moves over, a lost file, a shot nobody has drawn, a plain colour, words over all."""
    kept, lost = stored_file(folder, "kept.png", png()), stored_file(folder, "lost.png", png() + b" ")
    with unit_of_work() as uow:
        media.add_all(uow, place.actor, place.project_id, [kept, lost])
    storage().delete(media_key(lost.sha256))
    picture = (
        Clip("s", "Still", kept.sha256, 0, 24, motion=Motion(Window(), Window(0.5, 0.5, 0.7))),
        Clip("l", "Lost", lost.sha256, 24, 24),
        Clip("u", "2B", "", 48, 24),
        Clip("c", "Colour", "", 72, 24, made=Solid("#f7b801")),
    )
    words = Clip("w", "Words", "", 0, 96, made=Text("Words"))
    lanes = Track("v", "video", "V", "picture", picture), Track("t", "text", "T", "picture", (words,))
    timeline = Timeline("Film", Rate(24), 640, 360, lanes)
    row = TimelineRow(
        project_id=place.project_id,
        name="F",
        rate="24/1",
        width=640,
        height=360,
        frames=96,
        document=to_document(timeline),
    )
    with unit_of_work() as uow:
        uow.session.add(row)
        uow.session.flush()
        return row.id, timeline


def test_a_frame_looked_at_is_the_frame_that_is_rendered(place: Place, tmp_path: Path) -> None:
    cut, timeline = film(place, tmp_path)
    seen = renders.look_at_frame(place.actor, cut, 12, width=320)
    store = Store(lambda sha256: storage().fetch(media_key(sha256)), ours=lambda _: True)
    assert seen.data == jpeg(frame_at(timeline, 12, (320, 180), store))
    assert seen.revision == 1
    assert renders.look_at_frame(place.actor, cut, 12, width=320) == seen


def test_what_cannot_be_shown_is_refused_by_the_name_of_its_clip(place: Place, tmp_path: Path) -> None:
    cut, _ = film(place, tmp_path)
    with pytest.raises(Conflict, match="Lost: ") as lost:
        renders.look_at_frame(place.actor, cut, 30)
    assert lost.value.code == "clip_missing"
    with pytest.raises(Conflict, match="2B: It has no picture yet"):
        renders.look_at_frame(place.actor, cut, 50)
    assert renders.look_at_frame(place.actor, cut, 80).data
    with pytest.raises(Invalid):
        renders.look_at_frame(place.actor, cut, 96)
    with pytest.raises(Invalid):
        renders.look_at_frame(place.actor, cut, 0, width=319)


def test_letters_lie_where_the_engine_lays_them(place: Place, tmp_path: Path) -> None:
    cut, _ = film(place, tmp_path)
    letters = renders.look_at_letters(place.actor, cut, "w", width=640)
    with Image.open(BytesIO(letters.png)) as picture:
        alpha = np.asarray(picture.convert("RGBA"))[..., 3]
    left, top, wide, high = letters.box
    assert alpha.shape == (round(high * 360), round(wide * 640))
    assert left + wide / 2 == pytest.approx(0.5, abs=0.01)
    assert 0 < top < 0.5 < top + high < 1
    with pytest.raises(Invalid):
        renders.look_at_letters(place.actor, cut, "s")
    longer = json.dumps({"kind": "text", "text": "What is being typed, and is not kept"})
    assert renders.look_at_letters(place.actor, cut, "w", width=640, made=longer).box[2] > wide
    assert renders.look_at_letters(place.actor, cut, "w", width=640).box == letters.box
    for wrong in ("{", '{"kind": "solid"}', '{"kind": "text", "text": "x", "style": {"size": 9e9}}', "[" * 5_000):
        with pytest.raises(Invalid):
            renders.look_at_letters(place.actor, cut, "w", made=wrong)
    with pytest.raises(NotFound):
        renders.look_at_letters(place.actor, cut, "nobody")


def test_scopes_and_frames_are_for_those_who_may_see_the_project(place: Place, tmp_path: Path) -> None:
    cut, _ = film(place, tmp_path)
    assert renders.look_at_scope(place.actor, cut, 80, "waveform").data.startswith(b"\x89PNG")
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    for refused in (
        lambda: renders.look_at_frame(stranger, cut, 80),
        lambda: renders.look_at_scope(stranger, cut, 80, "histogram"),
        lambda: renders.look_at_letters(stranger, cut, "w"),
    ):
        with pytest.raises(NotFound):
            refused()


def test_what_is_read_of_media_is_remembered(place: Place, tmp_path: Path) -> None:
    file = stored_file(tmp_path, "a.png", png())
    with unit_of_work() as uow:
        media.add_all(uow, place.actor, place.project_id, [file])
    lane = Track("v", "video", "V", "picture", (Clip("a", "A", file.sha256, 0, 5),))
    timeline = Timeline("F", Rate(24), 640, 360, (lane,))
    store = renders.media_store(place.project_id, timeline)
    assert store.ours(file.sha256)
    found = store.facts(file.sha256)
    with reading() as uow:
        assert media.facts_of(uow, [file.sha256]) == {file.sha256: found}
