"""What somebody brought in, taken in by the job: told by its content, stored, given its forms; hostile and broken files refused."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Generator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from jobs.crew import Crew
from jobs.progress import follow
from jobs.steps.media import bring_in
from jobs.work import Stop, Work
from studio.core.db import reading, unit_of_work
from studio.core.errors import Cancelled, StudioError
from studio.core.settings import Settings
from studio.core.storage import media_key, rendition_key, storage
from studio.engine.previews.scrub import Scrubber
from studio.engine.time import Rate
from studio.media import service as media
from studio.media.views import BEATS, FILMSTRIP, LOUDNESS, THUMBNAIL, WAVEFORM, proxy
from studio.runs import service as runs
from studio.runs.states import RunState
from studio.runs.views import RunView
from studio.thread import service as thread
from studio.timelines import service as timelines
from tests.factories.footage import card, claimed, film, sent, tone, worked
from tests.factories.pictures import bomb
from tests.factories.studio import Place, make_place

sqlite = pytest.mark.usefixtures("embedded")


def brought(place: Place, name: str, data: bytes, folder: Path) -> str:
    upload = sent(place.actor, place.project_id, name, data, piece=50_000)
    return worked(place.actor, upload.run_id, folder / "work")


@sqlite
@pytest.mark.services
def test_a_film_comes_in_with_everything_one_cuts_with(tmp_path: Path) -> None:
    place = make_place()
    data = film(tmp_path / "a.mov", seconds=4).read_bytes()
    sha256 = brought(place, "Take 1.mov", data, tmp_path)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert storage().fetch(media_key(sha256)).read_bytes() == data
    found = card(place.actor, place.project_id, sha256)
    assert (found.kind, found.state, found.frames, found.rate, found.sound) == ("video", "ready", 96, "25/1", True)
    assert set(found.forms) == {THUMBNAIL, WAVEFORM, LOUDNESS, FILMSTRIP, proxy(Rate(24))}
    with Scrubber(storage().fetch(rendition_key(sha256, proxy(Rate(24))))) as small:
        assert small.frames == 96
    strip = cv2.imread(str(storage().fetch(rendition_key(sha256, FILMSTRIP))))
    about = found.forms[FILMSTRIP]
    assert strip is not None
    assert strip.shape == (52, about["count"] * about["width"], 3)
    assert about["count"] == 8
    levels = np.frombuffer(storage().fetch(rendition_key(sha256, WAVEFORM)).read_bytes(), np.int8).reshape(-1, 2)
    assert abs(len(levels) - 200) <= 3
    assert levels[20:180, 0].max() < -5
    assert levels[20:180, 1].min() > 5
    with Image.open(storage().fetch(rendition_key(sha256, THUMBNAIL))) as small_picture:
        assert (small_picture.format, small_picture.size) == ("WEBP", (320, 180))
    again = sent(place.actor, place.project_id, "Take 1 again.mov", data)
    assert worked(place.actor, again.run_id, tmp_path / "again") == sha256
    with reading() as uow:
        assert media.list_media(uow, place.actor, place.project_id).total == 1
    assert not list((storage().folder / "uploads").iterdir())


@sqlite
@pytest.mark.services
def test_the_first_film_of_a_project_of_footage_gives_it_its_rate_and_its_proxy_has_that(tmp_path: Path) -> None:
    place = make_place()
    with unit_of_work() as uow:
        project_id = thread.start_cut(uow, place.actor)
    place = Place(place.actor, project_id)
    sha256 = brought(
        place, "Phone.mp4", film(tmp_path / "a.mp4", seconds=1, size="180x320", rate="30").read_bytes(), tmp_path
    )
    assert proxy(Rate(30)) in card(place.actor, project_id, sha256).forms
    with reading() as uow:
        (cut,) = timelines.list_timelines(uow, place.actor, project_id)
    assert (cut.rate, cut.width, cut.height) == (Rate(30), 1080, 1920)


@sqlite
@pytest.mark.services
@pytest.mark.parametrize(("kind", "mime"), [("mp3", "audio/mpeg"), ("wav", "audio/wav"), ("flac", "audio/flac")])
def test_a_sound_is_told_by_its_content(tmp_path: Path, kind: str, mime: str) -> None:
    place = make_place()
    sha256 = brought(place, "not a film.mp4", tone(tmp_path / f"a.{kind}").read_bytes(), tmp_path)
    found = card(place.actor, place.project_id, sha256)
    assert (found.kind, found.width, set(found.forms)) == ("audio", 0, {WAVEFORM, LOUDNESS, BEATS})
    with reading() as uow:
        assert media.find_for(uow, place.actor, place.project_id, sha256).mime == mime


@sqlite
@pytest.mark.services
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP", "BMP", "GIF"])
def test_a_still_is_drawn_anew_and_known_again_by_the_file_it_was(tmp_path: Path, kind: str) -> None:
    place = make_place()
    out = io.BytesIO()
    picture = Image.new("RGBA" if kind in ("PNG", "TIFF", "WEBP") else "RGB", (64, 48), "#3e7cb1")
    picture.save(out, kind, **({"lossless": True} if kind == "WEBP" else {}))
    data = out.getvalue() + (b"<script>" if kind == "PNG" else b"")
    sha256 = brought(place, "logo", data, tmp_path)
    drawn = storage().fetch(media_key(sha256)).read_bytes()
    assert (drawn[:4], b"<script>" in drawn) == (b"\x89PNG", False)
    with Image.open(io.BytesIO(drawn)) as shown:
        assert shown.size == (64, 48)
        assert shown.convert("RGB").getpixel((5, 5)) == (0x3E, 0x7C, 0xB1)
    found = card(place.actor, place.project_id, sha256)
    assert (found.kind, found.frames, found.width, set(found.forms)) == ("image", None, 64, {THUMBNAIL})
    with unit_of_work() as uow:
        known = hashlib.sha256(data).hexdigest()
        done = media.begin_upload(uow, place.actor, place.project_id, name="l", size=len(data), sha256=known)
        assert (done.state, done.sha256) == ("done", sha256)
        assert media.pictures_among(uow, place.project_id, [sha256]) == {sha256}


@sqlite
@pytest.mark.services
def test_what_one_can_see_through_stays_so_and_stands_upright(tmp_path: Path) -> None:
    place = make_place()
    out = io.BytesIO()
    Image.new("RGBA", (40, 20), (200, 0, 0, 128)).save(out, "PNG")
    sha256 = brought(place, "glass.png", out.getvalue(), tmp_path)
    with Image.open(storage().fetch(media_key(sha256))) as shown:
        assert shown.getpixel((3, 3)) == (200, 0, 0, 128)
    turned, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20), "#204060").save(turned, "JPEG", exif=exif)
    sha256 = brought(place, "phone.jpg", turned.getvalue(), tmp_path)
    with Image.open(storage().fetch(media_key(sha256))) as shown:
        assert shown.size == (20, 40)
        assert not shown.getexif()


@sqlite
@pytest.mark.services
def test_a_table_of_colours_comes_in_as_what_it_is(tmp_path: Path) -> None:
    place = make_place()
    points = "\n".join(f"{r} {g} {b}" for b in (0, 1) for g in (0, 1) for r in (0, 1))
    sha256 = brought(place, "warm.cube", f"TITLE x\nLUT_3D_SIZE 2\n{points}\n".encode(), tmp_path)
    found = card(place.actor, place.project_id, sha256)
    assert (found.kind, found.frames, found.state, found.forms) == ("lut", None, "ready", {})


HOSTILE = {
    "playlist.mp4": b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
    "concat.mov": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "drawing.png": b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "words.mp4": b"Once upon a time" * 100,
    "captions.mov": b"1\n00:00:01,000 --> 00:00:02,000\nHello\n",
    "captions.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n",
    "program.mp4": b"\x7fELF" + bytes(4000),
    "zeros.mov": bytes(100_000),
    "bomb.png": bomb(),
    "half.cube": b"LUT_3D_SIZE 2\n0 0 0\n",
}


@sqlite
@pytest.mark.services
@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_media_is_refused_in_a_sentence_and_nothing_of_it_kept(tmp_path: Path, name: str) -> None:
    place = make_place()
    upload = sent(place.actor, place.project_id, name, HOSTILE[name])
    with pytest.raises(StudioError) as refused:
        worked(place.actor, upload.run_id, tmp_path / "work")
    assert refused.value.code in ("unsupported_media", "invalid", "limit_reached")
    assert name in refused.value.message
    with reading() as uow:
        left = media.find_upload(uow, place.actor, upload.id)
        assert (left.state, left.problem, left.sha256) == ("refused", refused.value.message[:400], "")
        assert media.list_media(uow, place.actor, place.project_id).total == 0
    assert not list((storage().folder / "uploads").iterdir())
    assert not (storage().folder / "media").exists()


@sqlite
@pytest.mark.services
def test_a_file_that_arrived_otherwise_than_announced_is_not_taken(tmp_path: Path) -> None:
    place = make_place()
    data = tone(tmp_path / "a.wav").read_bytes()
    with unit_of_work() as uow:
        upload = media.begin_upload(uow, place.actor, place.project_id, name="a", size=len(data), sha256="a" * 64)
    key = media.put_piece(storage(), upload.id, 0, data)
    with unit_of_work() as uow:
        media.add_piece(uow, place.actor, upload.id, 0, len(data), key)
        run_id = media.finish_upload(uow, place.actor, upload.id).run_id
    with pytest.raises(StudioError, match="did not arrive as it was sent"):
        worked(place.actor, run_id, tmp_path / "work")


@sqlite
@pytest.mark.services
def test_a_job_that_was_killed_goes_on_with_what_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = make_place()
    upload = sent(place.actor, place.project_id, "a.mov", film(tmp_path / "a.mov").read_bytes())
    claim = claimed(upload.run_id)
    (tmp_path / "work").mkdir()
    stop = Stop()
    work = Work(claim, place.actor, tmp_path / "work", stop)
    keep = media.keep_form

    def killed(*given: object) -> None:
        keep(*given)
        stop.raised = True

    monkeypatch.setattr(media, "keep_form", killed)
    with pytest.raises(Cancelled):
        bring_in(work)
    monkeypatch.setattr(media, "keep_form", keep)
    with reading() as uow:
        half = media.list_media(uow, place.actor, place.project_id).items[0]
    assert (half.state, set(half.forms)) == ("preparing", {THUMBNAIL})
    with unit_of_work() as uow:
        runs.give_back(uow, "here", counted=False)
    sha256 = worked(place.actor, upload.run_id, tmp_path / "work")
    whole = card(place.actor, place.project_id, sha256)
    every = {THUMBNAIL, WAVEFORM, LOUDNESS, FILMSTRIP, proxy(Rate(24))}
    assert (whole.state, set(whole.forms)) == ("ready", every)


@sqlite
@pytest.mark.services
def test_a_studio_made_sound_is_given_its_forms_when_asked(tmp_path: Path) -> None:
    place = make_place()
    file = media.stored(storage(), tone(tmp_path / "a.wav"), kind="audio", mime="audio/wav", name="a.wav")
    with unit_of_work() as uow:
        media.add_media(uow, place.actor, place.project_id, file)
        run = media.prepare(uow, place.actor, place.project_id, file.sha256)
    worked(place.actor, run.id, tmp_path / "work")
    with reading() as uow:
        assert set(media.forms_of(uow, [file.sha256])[file.sha256]) == {WAVEFORM, LOUDNESS, BEATS}
        assert media.facts_of(uow, [file.sha256])[file.sha256].seconds == 1


@pytest.fixture
def crew(home: Settings) -> Generator[Crew]:
    made = Crew(home.model_copy(update={"workers": 1}))
    made.start()
    yield made
    made.stop()


def until(place: Place, run_id: str, wanted: float, limit_s: float = 60) -> list[RunView]:
    """What is told of a run until it has ended, or is so far."""
    last = time.monotonic() + limit_s
    views: list[RunView] = []
    for view in follow(place.actor, place.project_id, stop=lambda: time.monotonic() > last):
        if view.id == run_id:
            views.append(view)
            if view.ended or view.fraction >= wanted:
                break
    return views


@pytest.mark.film
def test_real_workers_bring_a_film_in_and_stop_when_told(crew: Crew, tmp_path: Path) -> None:
    place = make_place()
    upload = sent(place.actor, place.project_id, "a.mov", film(tmp_path / "a.mov").read_bytes())
    views = until(place, upload.run_id, 2)
    assert views[-1].state is RunState.COMPLETED, views[-1]
    sha256 = (views[-1].result or {})["sha256"]
    assert card(place.actor, place.project_id, sha256).state == "ready"
    data = film(tmp_path / "b.mov", seconds=120, size="1280x720").read_bytes()
    upload = sent(place.actor, place.project_id, "b.mov", data)
    views = until(place, upload.run_id, 0.3)
    assert not views[-1].ended, views[-1]
    with unit_of_work() as uow:
        runs.cancel_run(uow, place.actor, upload.run_id)
    after = time.monotonic()
    upload = sent(place.actor, place.project_id, "c.wav", tone(tmp_path / "c.wav").read_bytes())
    assert until(place, upload.run_id, 2)[-1].state is RunState.COMPLETED
    assert time.monotonic() - after < 30  # the one worker there is was free again
    with reading() as uow:
        cards = {c.name: c for c in media.list_media(uow, place.actor, place.project_id).items}
    assert (cards["b.mov"].state, cards["b.mov"].frames) == ("failed", 2880)
