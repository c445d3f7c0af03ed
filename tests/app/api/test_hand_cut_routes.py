"""A cut by hand through REST: begun, edited, followed by patches, undone, looked back on, merged with its board."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jobs.presence import together
from jobs.presence.together import Place
from studio.core.db import unit_of_work
from studio.core.storage import storage
from studio.engine.editing.patch import patched
from studio.engine.sound.wave import write_wav
from studio.engine.time import SAMPLE_RATE
from studio.engine.timeline import from_document
from studio.media import service as media
from studio.timelines.service.hand.acting import patch_from
from tests.factories.people import Cast
from tests.support.browser import Browser

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
V1 = "/api/v1"


@pytest.fixture
def me(visitor: Browser, cast: Cast) -> Browser:
    return visitor.another(cast.session("editor"))


@pytest.fixture
def cut(me: Browser, cast: Cast) -> dict[str, Any]:
    answer = me.post(f"{V1}/projects/{cast.project_id}/timelines", json={"name": "By hand"})
    assert answer.status_code == 201
    return answer.json()["data"]


def first_clip(cut: dict[str, Any]) -> dict[str, Any]:
    return cut["document"]["tracks"][0]["clips"][0]


def trim(cut: dict[str, Any], by: int) -> dict[str, Any]:
    clip = first_clip(cut)["id"]
    return {"op": "trim", "clip": clip, "edge": "out", "by": by, "ripple": True, "across": ["v1"]}


def test_a_cut_by_hand_is_begun_edited_and_followed_by_its_patches(
    me: Browser, cast: Cast, cut: dict[str, Any]
) -> None:
    at = f"{V1}/timelines/{cut['id']}"
    assert (cut["by_hand"], cut["live"], cut["script_id"]) == (True, False, cast.script_id)
    view = me.get(f"{at}/view").json()["data"]
    assert (view["revision"], view["editable"], view["document"]) == (1, True, cut["document"])
    tried = me.post(f"{at}/edits", json={"revision": 1, "edits": [trim(cut, -3)], "dry_run": True}).json()["data"]
    assert (tried["kept"], tried["seq"]) == (False, None)
    done = me.post(f"{at}/edits", json={"revision": 1, "edits": [trim(cut, -3)]}).json()["data"]
    assert (done["revision"], done["patch"], done["changes"]) == (2, tried["patch"], tried["changes"])
    assert done["frames"] == done["frames_before"] - 3
    patches = me.get(f"{at}/edits", params={"after": "1"}).json()["data"]["patches"]
    held = from_document(cut["document"])
    for each in patches:
        held = patched(held, patch_from(each["patch"]))
    now = me.get(at).json()["data"]
    assert held == from_document(now["document"])
    cards = me.get(f"{V1}/projects/{cast.project_id}/timelines").json()["data"]
    assert {(card["name"], card["live"]) for card in cards} == {("By hand", False), ("A Door", False), ("A Door", True)}


def test_it_is_undone_done_again_put_back_and_its_history_told(me: Browser, cut: dict[str, Any]) -> None:
    at = f"{V1}/timelines/{cut['id']}"
    me.post(f"{at}/edits", json={"revision": 1, "edits": [trim(cut, -3)], "label": "tighter"})
    assert me.get(f"{at}/undo").json()["data"] == {"undo": "tighter", "redo": ""}
    assert me.post(f"{at}/undo").json()["data"]["label"] == "tighter"
    assert me.post(f"{at}/undo").json()["error"]["code"] == "nothing_to_undo"
    assert me.post(f"{at}/redo").json()["data"]["revision"] == 4
    then = me.get(f"{at}/at/1").json()["data"]
    assert (then["document"], then["media"]) == (cut["document"], me.get(f"{at}/media").json()["data"])
    assert me.post(f"{at}/versions", json={"name": "Tight"}).status_code == 201
    assert [each["name"] for each in me.get(f"{at}/versions").json()["data"]] == ["Tight"]
    changes = me.get(f"{at}/compare", params={"first": "1", "second": "4"}).json()["data"]
    assert [each["clip"] for each in changes] == [first_clip(cut)["id"]]
    assert me.post(f"{at}/restore", json={"revision": 1}).json()["data"]["revision"] == 5
    history = me.get(f"{at}/history", params={"limit": "3"}).json()["data"]
    assert [act["kind"] for act in history["items"]] == ["restore", "redo", "undo"]
    assert history["total"] == 4
    assert me.request("PATCH", at, json={"name": "Other"}).json()["data"]["label"] == "call the cut Other"
    assert me.request("DELETE", at).status_code == 204
    assert me.get(at).status_code == 404
    assert me.post(f"{at}/bring-back").json()["data"]["name"] == "Other"


def test_an_edit_an_undo_and_a_redo_that_are_sent_again_are_made_once(me: Browser, cut: dict[str, Any]) -> None:
    at, edits = f"{V1}/timelines/{cut['id']}", {"revision": 1, "edits": [trim(cut, -3)]}
    for path, body, revision in (("edits", edits, 2), ("undo", None, 3), ("redo", None, 4)):
        first, again = (me.post(f"{at}/{path}", json=body, headers={"Idempotency-Key": path}) for _ in range(2))
        assert first.status_code == again.status_code == 200
        assert first.json()["data"] == again.json()["data"]
        assert me.get(at).json()["data"]["revision"] == revision
    assert me.post(f"{at}/edits", json=edits).json()["error"]["code"] == "cut_changed"


def test_what_is_new_on_the_board_comes_when_asked(me: Browser, cast: Cast, cut: dict[str, Any]) -> None:
    at = f"{V1}/timelines/{cut['id']}"
    me.request("PATCH", f"{V1}/shots/{cast.shot_id}", json={"frames": 123})
    assert me.get(f"{at}/behind").json()["data"] == {"shots": 1}
    tried = me.post(f"{at}/merge", json={"dry_run": True}).json()["data"]
    assert me.get(at).json()["data"]["revision"] == 1
    found = me.post(f"{at}/merge", json={}).json()["data"]
    assert (found["taken"], found["conflicts"]) == (tried["taken"], [])
    assert found["taken"][0]["sentence"].endswith("is 5:03 (was " + found["taken"][0]["sentence"].split("(was ")[1])
    clips = me.get(at).json()["data"]["document"]["tracks"][0]["clips"]
    assert next(c for c in clips if c["link"] == f"shot:{cast.shot_id}")["frames"] == 123


@pytest.mark.parametrize(
    ("edits", "status", "code"),
    [
        ([{"op": "fly", "clip": "x"}], 422, "invalid"),
        ([{"op": "trim", "clip": "x"}], 422, "invalid"),
        ([{"op": "trim", "clip": "x", "edge": "out", "by": "3"}], 422, "invalid"),
        ([{"op": "trim", "clip": "none", "edge": "out", "by": 3}], 404, "no_such_clip"),
        ([{"op": "patch", "patch": {}}], 422, "invalid"),
        ([{"op": "lift", "clips": ["x"]}, {"do": "delete", "clips": ["x"]}], 422, "invalid"),
        ([{"do": "delete", "clips": ["x"]}], 409, "conflict"),
        ([{"clip": "x"}], 422, "invalid"),
        ([], 422, "invalid"),
    ],
)
def test_edits_that_are_none_are_refused_by_name(
    me: Browser, cut: dict[str, Any], edits: list[dict[str, Any]], status: int, code: str
) -> None:
    answer = me.post(f"{V1}/timelines/{cut['id']}/edits", json={"revision": 1, "edits": edits})
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert me.get(f"{V1}/timelines/{cut['id']}").json()["data"] == cut


def test_a_cut_that_changed_under_ones_hands_says_who_did_what(
    visitor: Browser, cast: Cast, me: Browser, cut: dict[str, Any]
) -> None:
    at = f"{V1}/timelines/{cut['id']}/edits"
    visitor.another(cast.session("owner")).post(at, json={"revision": 1, "edits": [trim(cut, -3)]})
    answer = me.post(at, json={"revision": 1, "edits": [trim(cut, -1)]})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "cut_changed")
    assert f"trim {first_clip(cut)['name']}" in answer.json()["error"]["message"]


def test_the_document_names_every_edit_there_is(me: Browser) -> None:
    shape = me.get(f"{V1}/openapi.json").json()["components"]["schemas"]["HandEditInput"]
    assert {"trim", "insert", "batch", "paste"} <= set(shape["properties"]["op"]["enum"])
    assert "patch" not in shape["properties"]["op"]["enum"]


def test_who_is_in_a_cut_is_told_and_a_cut_is_begun_from_an_older_one(
    me: Browser, cut: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = f"{V1}/timelines/{cut['id']}"
    there = Place("u1", "Noor", 12, ("a", "b"), ("a",), "moving", 1)
    monkeypatch.setattr(together, "places_now", lambda timeline_id: [there] if timeline_id == cut["id"] else [])
    seen = me.get(f"{at}/people").json()["data"]
    assert seen == [{"user_id": "u1", "name": "Noor", "frame": 12, "clips": ["a", "b"], "held": ["a"]}]
    me.post(f"{at}/edits", json={"revision": 1, "edits": [trim(cut, -3)]})
    branch = me.post(f"{at}/branch", json={"revision": 1, "name": "As begun"})
    assert branch.status_code == 201
    assert branch.json()["data"]["document"]["tracks"] == cut["document"]["tracks"]
    assert me.get(f"{V1}/timelines/{branch.json()['data']['id']}/people").json()["data"] == []


@pytest.mark.programs
def test_a_cut_goes_out_and_comes_back_on_the_same_files(me: Browser, cast: Cast, cut: dict[str, Any]) -> None:
    at = f"{V1}/timelines/{cut['id']}"
    shown = {"op": "set_clip", "clip": first_clip(cut)["id"], "fields": {"media": cast.sha256}}
    assert me.post(f"{at}/edits", json={"revision": 1, "edits": [shown]}).status_code == 200
    for form in ("otio", "fcpxml"):
        data = me.get(f"{at}/export", params={"format": form}).content
        answer = me.post(
            f"{V1}/projects/{cast.project_id}/timelines/import",
            files={"file": (f"cut.{form}", data, "application/xml")},
            data={"name": f"Back by {form}"},
        )
        assert answer.status_code == 201
        found = answer.json()["data"]
        assert (found["cut"]["by_hand"], found["cut"]["name"], found["missing"]) == (True, f"Back by {form}", 0)
        clips = [clip for track in found["cut"]["document"]["tracks"] for clip in track.get("clips", ())]
        assert cast.sha256 in {clip["media"] for clip in clips}
    edl = "TITLE: Elsewhere\n\n001  AX  V  C  00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n* FROM CLIP NAME: far.mov\n"
    into = f"{V1}/projects/{cast.project_id}/timelines/import"
    told = me.post(into, files={"file": ("a.edl", edl.encode(), "text/plain")}, data={"rate": "24"}).json()["data"]
    assert (told["cut"]["name"], told["missing"]) == ("Elsewhere", 1)
    assert any("is not in this project" in loss["what"] for loss in told["losses"])
    assert me.post(into, files={"file": ("a.otio", b"{", "text/json")}).status_code == 422


def test_a_player_is_told_how_every_audio_track_sounds(me: Browser, cut: dict[str, Any]) -> None:
    at, audio = f"{V1}/timelines/{cut['id']}", [t for t in cut["document"]["tracks"] if t["kind"] == "audio"]
    told = me.get(f"{at}/mix").json()["data"]
    assert (told["revision"], set(told["tracks"])) == (1, {track["id"] for track in audio})
    pressed = {"op": "set_track", "track": audio[0]["id"], "fields": {"compressor": "hard", "eq_high_db": 4.0}}
    assert me.post(f"{at}/edits", json={"revision": 1, "edits": [pressed]}).status_code == 200
    told = me.get(f"{at}/mix").json()["data"]["tracks"][audio[0]["id"]]
    assert told["compressor"]["ratio"] == 8
    assert told["tone"] == [{"kind": "high_shelf", "hertz": 8000.0, "db": 4.0, "q": 0.7071}]
    far = {"op": "set_track", "track": audio[0]["id"], "fields": {"duck_threshold_db": -80.0}}
    refused = me.post(f"{at}/edits", json={"revision": 2, "edits": [far]})
    assert (refused.status_code, "-42 to 0" in refused.text) == (422, True)


def test_how_loud_a_cut_and_one_clip_of_it_are_is_measured(me: Browser, cast: Cast, tmp_path: Path) -> None:
    time = np.arange(6 * SAMPLE_RATE) / SAMPLE_RATE
    write_wav(tmp_path / "tone.wav", (0.1 * np.sin(2 * np.pi * 997 * time)).astype(np.float32)[:, None])
    file = media.stored(storage(), tmp_path / "tone.wav", kind="audio", mime="audio/wav", name="tone.wav")
    with unit_of_work() as uow:
        media.add_media(uow, cast.actor("owner"), cast.project_id, file)
    into = f"{V1}/projects/{cast.project_id}/timelines"
    made = me.post(into, json={"name": "Tone", "begin": "empty"}).json()["data"]
    at, lanes = f"{V1}/timelines/{made['id']}", {track["kind"]: track["id"] for track in made["document"]["tracks"]}
    assert me.get(f"{at}/loudness").status_code == 409
    clip = {"id": "t", "name": "Tone", "media": file.sha256, "start": 0, "frames": 120}
    black = {"id": "b", "name": "Black", "media": "", "start": 0, "frames": 120, "made": {"kind": "solid"}}
    edits = [
        {"op": "overwrite", "track": lanes["audio"], "at": 0, "clips": [clip]},
        {"op": "overwrite", "track": lanes["video"], "at": 0, "clips": [black]},
    ]
    assert me.post(f"{at}/edits", json={"revision": made["revision"], "edits": edits}).status_code == 200
    alone = me.get(f"{at}/loudness", params={"clip": "t"}).json()["data"]
    # one channel at -20 dBFS is laid 3 dB lower on either side: two at -23 dBFS, whose loudness is -23
    assert alone == {"lufs": pytest.approx(-23.0, abs=0.2), "peak_dbtp": None}
    whole = me.get(f"{at}/loudness").json()["data"]
    assert whole["lufs"] == pytest.approx(alone["lufs"], abs=0.2)
    assert whole["peak_dbtp"] == pytest.approx(-23.0, abs=0.2)
    assert me.get(f"{at}/loudness", params={"clip": "b"}).status_code == 404
