"""The bin over HTTP: a file sent in pieces, broken off and gone on with, its forms, its place in the bin."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from app.api.middleware.body_cap import PIECE_CAP
from studio.core.db import unit_of_work
from studio.core.storage import storage
from studio.engine.sound.wave import write_wav
from studio.engine.time import SAMPLE_RATE, Rate
from studio.engine.timeline import Clip, Timeline, Track
from studio.media import service as media
from studio.media.views import MOST_PIECE_BYTES
from tests.factories.footage import film, worked
from tests.factories.laid import add_cut
from tests.factories.people import Cast
from tests.support.browser import Browser

pytestmark = pytest.mark.services


@pytest.fixture
def database(embedded: str) -> str:
    """The kind of database is nothing to these tests."""
    return embedded


@pytest.fixture
def address(cast: Cast) -> str:
    return f"/api/v1/projects/{cast.project_id}"


def begun(editor: Browser, address: str, size: int, **more: str) -> str:
    answer = editor.post(f"{address}/uploads", json={"name": "C:\\takes\\take 1.mov", "size": size, **more})
    assert answer.status_code == 201, answer.text
    assert answer.json()["data"]["name"] == "take 1.mov"
    return f"/api/v1/uploads/{answer.json()['data']['id']}"


def test_a_file_goes_on_from_where_it_was_broken_off_and_is_cut_with(
    editor: Browser, cast: Cast, address: str, tmp_path: Path
) -> None:
    data = film(tmp_path / "a.mov").read_bytes()
    upload = begun(editor, address, len(data), folder="Day 1")
    half = len(data) // 2
    first = editor.request("PATCH", upload, content=data[:half], headers={"Upload-Offset": "0"})
    assert (first.status_code, first.json()["data"]["offset"]) == (200, half)
    for at in (0, half - 1, half + 1):
        wrong = editor.request("PATCH", upload, content=data[at : at + 5], headers={"Upload-Offset": str(at)})
        assert (wrong.status_code, wrong.headers["upload-offset"]) == (409, str(half))
        assert wrong.json()["error"]["code"] == "upload_offset"
    assert editor.post(f"{upload}/finish").status_code == 409
    assert editor.get(upload).json()["data"]["offset"] == half
    assert len(editor.get(f"{address}/uploads").json()["data"]) == 1
    assert editor.request("PATCH", upload, content=data[half:], headers={"Upload-Offset": str(half)}).status_code == 200
    handed = editor.post(f"{upload}/finish").json()["data"]
    sha256 = worked(cast.actor("editor"), handed["run_id"], tmp_path / "work")
    assert editor.get(upload).json()["data"]["sha256"] == sha256
    found = editor.get(f"{address}/media?search=TAKE&folder=Day+1").json()
    assert [(m["name"], m["state"], m["frames"]) for m in found["data"]] == [("take 1.mov", "ready", 48)]
    assert found["pagination"]["total"] == 1
    kinds = {"proxy": "video/mp4", "filmstrip": "image/jpeg", "thumbnail": "image/webp"}
    for size, mime in {**kinds, "waveform": "application/octet-stream", "full": "video/quicktime"}.items():
        answer = editor.get(f"{address}/media/{sha256}?size={size}", headers={"Range": "bytes=0-9"})
        assert (answer.status_code, answer.headers["content-type"], len(answer.content)) == (206, mime, 10), size
    assert editor.get(f"{address}/media/{sha256}").content == data


def test_who_goes_on_with_a_file_finds_out_whether_it_begins_the_same(editor: Browser, address: str) -> None:
    upload = begun(editor, address, 100)
    assert editor.get(f"{upload}/beginning").status_code == 404
    for at in (0, 10):
        headers = {"Upload-Offset": str(at)}
        assert editor.request("PATCH", upload, content=b"0123456789", headers=headers).status_code == 200
    data = editor.get(f"{upload}/beginning").json()["data"]
    assert data == {"size": 10, "sha256": hashlib.sha256(b"0123456789").hexdigest()}


def test_parts_of_a_file_and_where_it_is_used_are_read_and_changed(
    editor: Browser, cast: Cast, address: str, tmp_path: Path
) -> None:
    data = film(tmp_path / "a.mov").read_bytes()
    upload = begun(editor, address, len(data), folder="Day 1")
    assert editor.request("PATCH", upload, content=data, headers={"Upload-Offset": "0"}).status_code == 200
    run_id = editor.post(f"{upload}/finish").json()["data"]["run_id"]
    sha256 = worked(cast.actor("editor"), run_id, tmp_path / "work")
    kept = editor.post(f"{address}/media/{sha256}/subclips", json={"first": 12, "frames": 24})
    assert (kept.status_code, kept.json()["data"]["name"]) == (201, "take 1, part 1")
    one = f"/api/v1/subclips/{kept.json()['data']['id']}"
    assert editor.request("PATCH", one, json={"name": "The turn"}).json()["data"]["name"] == "The turn"
    assert [part["name"] for part in editor.get(f"{address}/subclips").json()["data"]] == ["The turn"]
    assert editor.post(f"{address}/media/{sha256}/subclips", json={"first": 47, "frames": 24}).status_code == 422
    assert editor.request("DELETE", one).status_code == 204
    assert editor.get(f"{address}/subclips").json()["data"] == []
    assert editor.request("PATCH", f"{address}/folders", json={"folder": "Day 1", "name": "Day 2"}).status_code == 204
    assert editor.get(f"{address}/media?folder=Day+2").json()["pagination"]["total"] == 1
    cut = editor.post(f"{address}/timelines", json={"name": "By hand", "begin": "empty"}).json()["data"]
    lay = {"op": "overwrite", "track": "v1", "at": 0, "clips": [{"id": "a", "media": sha256, "start": 0, "frames": 24}]}
    lay["clips"][0]["name"] = "Take"
    made = editor.post(f"/api/v1/timelines/{cut['id']}/edits", json={"revision": cut["revision"], "edits": [lay]})
    assert made.status_code == 200, made.text
    (use,) = editor.get(f"{address}/media/{sha256}/uses").json()["data"]
    assert (use["cut"], use["clip"], use["start"], use["live"]) == ("By hand", "Take", 0, False)
    assert editor.get(f"/api/v1/timelines/{cut['id']}/missing").json()["data"] == []
    relink = editor.post(f"/api/v1/timelines/{cut['id']}/relink", json={"key": "f" * 64, "sha256": sha256})
    assert (relink.status_code, relink.json()["error"]["code"]) == (409, "not_missing")


def test_a_piece_larger_than_allowed_is_not_even_read(editor: Browser, address: str) -> None:
    assert PIECE_CAP == MOST_PIECE_BYTES
    upload = begun(editor, address, PIECE_CAP + 1)
    answer = editor.request("PATCH", upload, content=bytes(PIECE_CAP + 1), headers={"Upload-Offset": "0"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")
    assert editor.request("PATCH", upload, content=bytes(PIECE_CAP), headers={"Upload-Offset": "0"}).status_code == 200
    assert editor.request("DELETE", upload).status_code == 204
    assert editor.get(upload).status_code == 404
    assert not list((storage().folder / "uploads").iterdir())


@pytest.mark.parametrize("size", [0, -1, 1 << 60, "many"])
def test_what_has_no_sensible_size_is_refused(editor: Browser, address: str, size: object) -> None:
    assert editor.post(f"{address}/uploads", json={"name": "a.mov", "size": size}).status_code == 422


def test_a_form_that_is_not_made_is_not_there_but_a_recording_shows_its_levels_at_once(
    editor: Browser, cast: Cast, address: str, tmp_path: Path
) -> None:
    time = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    write_wav(tmp_path / "a.wav", np.sin(time * 1000).astype(np.float32)[:, None])
    file = media.stored(storage(), tmp_path / "a.wav", kind="audio", mime="audio/wav", name="MARA.wav")
    (tmp_path / "b.mov").write_bytes(b"none")
    other = media.stored(storage(), tmp_path / "b.mov", kind="video", mime="video/mp4", name="b.mov")
    with unit_of_work() as uow:
        media.add_media(uow, cast.actor("owner"), cast.project_id, file)
        media.add_media(uow, cast.actor("owner"), cast.project_id, other)
    levels = np.frombuffer(editor.get(f"{address}/media/{file.sha256}?size=waveform").content, np.int8)
    assert levels.shape == (100,)
    assert (levels.min(), levels.max()) == (-127, 127)
    drawn = editor.get(f"{address}/media/{file.sha256}?size=levels")
    assert (drawn.headers["content-type"], drawn.text.count("<polygon")) == ("image/svg+xml", 1)
    counted = editor.get(f"{address}/media/{file.sha256}?size=beats")
    assert (counted.headers["content-type"], counted.json()) == ("application/json", [])  # one second of one tone
    for size in ("proxy", "filmstrip", "thumbnail", "waveform", "beats", "levels"):
        assert editor.get(f"{address}/media/{other.sha256}?size={size}").status_code == 404, size


def test_what_a_cut_uses_is_taken_out_only_when_one_is_sure(editor: Browser, cast: Cast, address: str) -> None:
    shown = Clip("a", "A", cast.sha256, start=0, frames=24)
    timeline = Timeline("Trailer", Rate(24), 1920, 1080, (Track("v", "video", "V1", "picture", (shown,)),))
    with unit_of_work() as uow:
        add_cut(uow, cast.project_id, timeline)
        media.begin_upload(uow, cast.actor("owner"), cast.project_id, name="a", size=9, sha256=cast.sha256)
    one = f"{address}/media/{cast.sha256}"
    assert editor.get(f"{address}/media").json()["data"][0]["used"] == 1
    assert editor.get(f"{address}/media?only=unused").json()["data"] == []
    refused = editor.request("DELETE", one)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "media_used")
    assert "Trailer" in refused.json()["error"]["message"]
    assert editor.request("DELETE", f"{one}?sure=true").status_code == 204
    assert editor.get(f"{address}/media").json()["data"] == []
    assert editor.post(f"{one}/restore").status_code == 204
    assert editor.request("PATCH", one, json={"name": "Door", "folder": "Props"}).status_code == 204
    assert [(m["name"], m["folder"]) for m in editor.get(f"{address}/media").json()["data"]] == [("Door", "Props")]
