"""Drawing over REST: a journal that grows once, gaps named, floods and lumps refused in words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.api.middleware.body_cap import CAP
from tests.factories.people import Cast
from tests.factories.pictures import png
from tests.factories.strokes import CLIENT, stroke
from tests.support.browser import Browser

pytestmark = pytest.mark.services


def sent(editor: Browser, cast: Cast, ops: list[Any], first: int = 1) -> Any:
    body = {"client": CLIENT, "first_client_seq": first, "ops": ops}
    return editor.post(f"/api/v1/panels/{cast.panel_id}/strokes", json=body)


def test_a_stroke_comes_back_as_it_was_sent(editor: Browser, cast: Cast) -> None:
    kept = sent(editor, cast, [stroke(5), stroke(6)]).json()["data"]
    assert {k: kept[k] for k in ("seq", "client_seq", "first_seq", "stored")} == {
        "seq": 2,
        "client_seq": 2,
        "first_seq": 1,
        "stored": 2,
    }
    page = editor.get(f"/api/v1/panels/{cast.panel_id}/strokes", params={"after": 1}).json()["data"]
    entry = page["entries"][0]
    assert (entry["seq"], entry["name"], entry["by"], entry["op"]) == (
        2,
        f"{CLIENT}.2",
        cast.people["editor"],
        stroke(6),
    )
    assert (page["last_seq"], page["more"]) == (2, False)


def test_a_gap_names_the_number_that_is_expected(editor: Browser, cast: Cast) -> None:
    sent(editor, cast, [stroke(5)])
    refused = sent(editor, cast, [stroke(7)], first=3)
    error = refused.json()["error"]
    assert (refused.status_code, error["code"]) == (409, "strokes_missing")
    assert error["details"] == [{"field": "first_client_seq", "message": "2"}]


def test_a_moment_is_looked_at_and_gone_back_to(editor: Browser, cast: Cast) -> None:
    sent(editor, cast, [stroke(5), stroke(6)])
    state = f"/api/v1/panels/{cast.panel_id}/drawing/state"

    def drawn(**at: int) -> int:
        layers = editor.get(state, params=at).json()["data"]["layers"]
        return sum(len(layer["marks"]) for layer in layers)

    assert (drawn(), drawn(at=1), drawn(at=0)) == (2, 1, 0)
    path = f"/api/v1/panels/{cast.panel_id}/strokes/restore"
    key = {"Idempotency-Key": "once"}
    first = editor.post(path, json={"to": 1}, headers=key).json()["data"]
    assert editor.post(path, json={"to": 1}, headers=key).json()["data"] == first
    assert (first["seq"], drawn()) == (3, 1)
    assert editor.post(path, json={"to": 9}).status_code == 422


def test_what_no_pen_makes_is_refused_and_leaves_nothing(editor: Browser, cast: Cast) -> None:
    lump = json.dumps({"client": CLIENT, "first_client_seq": 1, "ops": [stroke()], "more": "x" * CAP})
    path = f"/api/v1/panels/{cast.panel_id}/strokes"
    assert editor.post(path, content=lump, headers={"Content-Type": "application/json"}).status_code == 413
    for ops in ([], [stroke() | {"points": [1, 2]}], [stroke()] * 201, [{"op": "boom"}], [stroke(), 7]):
        assert sent(editor, cast, ops).status_code == 422
    assert sent(editor, cast, [stroke()], first=0).status_code == 422
    assert editor.get(path).json()["data"]["last_seq"] == 0


def test_what_is_said_of_a_layer_comes_back_as_it_was_sent_and_no_more(editor: Browser, cast: Cast) -> None:
    said = {"op": "set_layer", "layer": "ink", "locked": True}
    sent(editor, cast, [said])
    page = editor.get(f"/api/v1/panels/{cast.panel_id}/strokes").json()["data"]
    assert [entry["op"] for entry in page["entries"]] == [said]


def test_a_fill_is_an_op_of_the_journal_and_made_once(editor: Browser, cast: Cast) -> None:
    path, wish = f"/api/v1/panels/{cast.panel_id}/fill", {"layer": "colour", "colour": "#3e7cb1", "x": 5000, "y": 2500}
    key = {"Idempotency-Key": "once"}
    first = editor.post(path, json=wish, headers=key).json()["data"]
    assert editor.post(path, json=wish, headers=key).json()["data"] == first
    op = editor.get(f"/api/v1/panels/{cast.panel_id}/strokes").json()["data"]["entries"][0]["op"]
    assert (first["seq"], op["op"], op["under"]) == (1, "fill", True)
    refused = editor.post(path, json=wish | {"layer": "reference"})
    assert (refused.status_code, refused.json()["error"]["message"]) == (
        409,
        "Reference is locked. Choose another layer to fill on.",
    )


def test_a_picture_is_laid_under_the_drawing_by_the_route_and_by_the_form(editor: Browser, cast: Cast) -> None:
    file = {"file": ("photo.png", png(40, 30), "image/png")}
    path = f"/api/v1/panels/{cast.panel_id}"
    assert editor.post(f"{path}/reference", files=file).status_code == 200
    room = {"project": cast.project_id, "shot": cast.shot_id, "panel": cast.panel_id}
    answer = editor.post("/auth/reference", files=file, data=room, follow_redirects=False)
    assert answer.headers["location"] == f"/p/{cast.project_id}/draw/{cast.shot_id}"
    ops = [e["op"] for e in editor.get(f"{path}/strokes").json()["data"]["entries"]]
    under = editor.get(f"{path}/drawing/state").json()["data"]["under"]
    assert [op["sha256"] for op in ops] == [under, under]


def test_a_picture_is_a_job_until_there_is_nothing_new(editor: Browser, cast: Cast) -> None:
    path = f"/api/v1/panels/{cast.panel_id}/drawing/picture"
    assert editor.post(path).json()["data"]["run"] is None
    sent(editor, cast, [stroke()])
    asked = editor.post(path)
    assert (asked.status_code, asked.json()["data"]["run"]["kind"]) == (202, "ink")
