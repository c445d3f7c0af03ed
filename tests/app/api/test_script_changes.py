"""Changing a script over HTTP: scenes written, moved, cut and brought back, versions, the next draft, refusals in our shape."""

from __future__ import annotations

from typing import Any

import pytest

from app.api.script import changes
from tests.factories.people import SCRIPT, Cast
from tests.support.browser import Browser

V1 = "/api/v1"
pytestmark = pytest.mark.services


@pytest.fixture
def database(embedded: str) -> str:
    """The kind of database is nothing to these tests."""
    return embedded


def texts(editor: Browser, cast: Cast) -> list[dict[str, Any]]:
    return editor.get(f"{V1}/scripts/{cast.script_id}/texts").json()["data"]


def test_every_address_is_served(editor: Browser) -> None:
    served = editor.get(f"{V1}/openapi.json").json()["paths"]
    assert {f"{V1}{route.path}" for route in changes.router.routes} <= set(served)


def test_a_scene_is_written_moved_cut_and_brought_back(editor: Browser, cast: Cast) -> None:
    one, two = texts(editor, cast)
    scenes = f"{V1}/scripts/{cast.script_id}/scenes"
    text = one["text"].replace("Who is there?", "Who are you?")
    saved = editor.request(
        "PATCH", f"{scenes}/{one['scene']['id']}", json={"text": text, "revision": 1, "base": one["text"]}
    )
    assert saved.status_code == 200
    assert (saved.json()["data"]["scene"]["text"], saved.json()["data"]["scene"]["revision"]) == (text, 2)
    moved = editor.post(f"{scenes}/{two['scene']['id']}/move", json={"to": 0}).json()["data"]
    assert moved[0]["scene"]["id"] == two["scene"]["id"]
    cut = editor.post(f"{scenes}/{two['scene']['id']}/cut", json={}).json()["data"]
    assert [c["scene"]["id"] for c in cut] == [two["scene"]["id"]]
    assert editor.get(f"{V1}/scripts/{cast.script_id}/drawer").json()["data"] == cut
    assert editor.post(f"{scenes}/{two['scene']['id']}/restore", json={"to": 1}).json()["data"] == []
    made = editor.post(scenes, json={"after": 1, "heading": "INT. CELLAR - NIGHT"})
    assert (made.status_code, made.json()["data"]["scene"]["position"]) == (201, 2)


def test_words_two_people_changed_come_back_with_both_texts(editor: Browser, cast: Cast) -> None:
    one = texts(editor, cast)[0]
    address = f"{V1}/scripts/{cast.script_id}/scenes/{one['scene']['id']}"
    for words in ("Who are you?", "What was that?"):
        body = {"text": one["text"].replace("Who is there?", words), "revision": 1, "base": one["text"]}
        answer = editor.request("PATCH", address, json=body)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (409, "scene_changed")
    details = {d["field"]: d["message"] for d in error["details"]}
    assert "Who are you?" in details["text"]
    assert details["revision"] == "2"


def test_a_draft_is_planned_merged_compared_and_undone(editor: Browser, cast: Cast) -> None:
    script = f"{V1}/scripts/{cast.script_id}"
    draft = SCRIPT.replace("A bus passes.", "A bus passes, then a cab.") + "\nINT. ATTIC - DAY\n\nDust.\n"
    plan = editor.post(f"{script}/merge/plan", json={"text": draft}).json()["data"]
    assert [s["fate"] for s in plan["scenes"]] == ["kept", "edited", "new"]
    body = {"text": draft, "expected_revision": plan["revision"], "decisions": {}}
    done = editor.post(f"{script}/merge/apply", json=body)
    assert done.status_code == 200
    again = editor.post(f"{script}/merge/apply", json=body)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "script_changed")
    kept = done.json()["data"]["version_id"]
    diff = editor.get(f"{script}/versions/{kept}/diff").json()["data"]
    assert [d["fate"] for d in diff] == ["kept", "edited", "new"]
    assert {"kind": "added", "text": ", then a cab"} in diff[1]["runs"]
    named = editor.request("PATCH", f"{V1}/script-versions/{kept}", json={"name": "Before the cab"})
    assert named.json()["data"]["name"] == "Before the cab"
    assert editor.post(f"{script}/versions/{kept}/restore", json={}).status_code == 200
    assert [t["scene"]["heading"] for t in texts(editor, cast)] == ["INT. KITCHEN - NIGHT", "EXT. STREET - DAY"]
    assert editor.get(f"{script}/versions").json()["pagination"]["total"] >= 2


def test_a_shot_is_explained(editor: Browser, cast: Cast) -> None:
    reason = editor.get(f"{V1}/shots/{cast.shot_id}/reason").json()["data"]
    assert reason["rule"]
    assert reason["shot_id"] == cast.shot_id


def test_a_viewer_changes_nothing(visitor: Browser, cast: Cast) -> None:
    viewer = visitor.another(cast.session("viewer"))
    one = texts(viewer, cast)[0]
    address = f"{V1}/scripts/{cast.script_id}/scenes/{one['scene']['id']}"
    assert viewer.request("PATCH", address, json={"text": "INT. X - DAY", "revision": 1}).status_code == 403
    assert viewer.post(f"{address}/cut", json={}).status_code == 403
    stranger = visitor.another(cast.session("stranger"))
    assert stranger.get(f"{V1}/scripts/{cast.script_id}/texts").status_code == 404
