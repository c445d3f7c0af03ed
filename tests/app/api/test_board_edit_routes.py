"""The board edited through REST, and its history."""

from __future__ import annotations

import pytest

from studio.core.db import reading
from studio.core.ids import new_id
from studio.storyboards import service as storyboards
from tests.factories.people import Cast
from tests.support.browser import Browser

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
V1 = "/api/v1"


def shots(cast: Cast) -> list[str]:
    with reading() as uow:
        cards = storyboards.list_cards(uow, cast.actor("owner"), cast.script_id).items
    return [card.shot_id for card in cards]


def test_a_shot_is_changed_copied_split_merged_moved_taken_out_and_all_of_it_undone(
    visitor: Browser, cast: Cast
) -> None:
    me = visitor.another(cast.session("editor"))
    start, script = shots(cast), f"{V1}/scripts/{cast.script_id}"
    changed = me.request("PATCH", f"{V1}/shots/{cast.shot_id}", json={"size": "ECU", "lens_mm": 85})
    assert (changed.json()["data"]["shots"][0]["size"], changed.json()["data"]["label"]) == ("ECU", "fields of 1A")
    key = {"Idempotency-Key": "twice"}
    copies = [me.post(f"{V1}/shots/{cast.shot_id}/duplicate", headers=key).json()["data"] for _ in range(2)]
    assert copies[0] == copies[1]
    copy = copies[0]["shots"][0]["shot_id"]
    parts = me.post(f"{V1}/shots/{cast.shot_id}/split", json={"at": 5}).json()["data"]["shots"]
    assert parts[0]["frames"] >= 5
    merged = me.post(f"{script}/shots/merge", json={"shots": [part["shot_id"] for part in parts]})
    assert [s["shot_id"] for s in merged.json()["data"]["shots"]] == [cast.shot_id]
    new = me.post(f"{script}/shots", json={"scene_id": cast.scene_id, "before_id": cast.shot_id})
    assert (new.status_code, new.json()["data"]["shots"][0]["number"]) == (201, "1A")
    where = {"scene_id": cast.scene_id, "before_id": new.json()["data"]["shots"][0]["shot_id"]}
    assert me.post(f"{script}/shots/move", json={"shots": [copy], **where}).status_code == 200
    assert shots(cast)[0] == copy
    me.request("PUT", f"{script}/scenes/{cast.scene_id}/numbers", json={"locked": True})
    assert me.request("DELETE", f"{V1}/shots/{cast.shot_id}").status_code == 200
    assert me.get(f"{V1}/shots/{cast.shot_id}").status_code == 404
    history = me.get(f"{V1}/projects/{cast.project_id}/history").json()
    assert [e["entity"] for e in history["data"]].count("board") == 8
    assert [e["action"] for e in history["data"]][:2] == ["delete", "lock"]
    assert history["data"][0]["by"] == "Editor"
    while me.get(f"{script}/board/undo").json()["data"]["undo"]:
        assert me.post(f"{script}/board/undo", json={}).status_code == 200
    assert shots(cast) == start
    assert me.post(f"{script}/board/undo", json={}).json()["error"]["code"] == "nothing_to_undo"
    assert me.post(f"{script}/board/redo").json()["data"]["label"] == "fields of 1A"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"lens_mm": 1e9}, "lens_mm"),
        ({"size": "HUGE"}, "size"),
        ({"cast": ["NOBODY"]}, "cast"),
        ({"frames": 0}, "frames"),
        ({"type": "OTS", "cast": ["MARA"]}, "type"),
        ({"description": "a\x00b"}, "description"),
    ],
)
def test_wrong_fields_are_named(visitor: Browser, cast: Cast, body: dict[str, object], field: str) -> None:
    answer = visitor.another(cast.session("editor")).request("PATCH", f"{V1}/shots/{cast.shot_id}", json=body)
    assert answer.status_code == 422
    assert answer.json()["error"]["details"][0]["field"].endswith(field)


def test_shots_of_another_script_are_not_there(visitor: Browser, cast: Cast) -> None:
    me = visitor.another(cast.session("editor"))
    answer = me.post(f"{V1}/scripts/{cast.script_id}/shots/merge", json={"shots": [cast.shot_id, new_id()]})
    assert answer.status_code == 404
    answer = me.post(f"{V1}/scripts/{cast.script_id}/shots/move", json={"shots": [cast.shot_id], "scene_id": new_id()})
    assert answer.status_code == 404
    at = {"at": "2020-01-01T00:00:00Z"}
    answer = me.post(f"{V1}/scripts/{cast.script_id}/scenes/{cast.scene_id}/rewind", json=at)
    assert answer.status_code == 409
