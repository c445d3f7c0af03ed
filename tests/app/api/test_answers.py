"""The shape of answers and errors, whatever is sent."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories.people import Cast
from tests.support.browser import Browser

pytestmark = pytest.mark.services
V1 = "/api/v1"
HALL = "INT. HALL - DAY\n\nA bird sings."


def test_one_thing_comes_as_data_with_the_requests_id(editor: Browser, cast: Cast) -> None:
    answer = editor.get(f"/api/v1/projects/{cast.project_id}")
    body = answer.json()
    assert answer.status_code == 200
    assert set(body) == {"data", "meta"}
    assert (body["data"]["name"], body["data"]["role"]) == ("A Door", "editor")
    assert body["meta"]["request_id"] == answer.headers["x-request-id"]


def test_a_list_says_where_its_page_stands(editor: Browser, cast: Cast) -> None:
    body = editor.get(f"/api/v1/scripts/{cast.script_id}/shots?limit=1&page=2").json()
    total = body["pagination"]["total"]
    assert total > 1
    assert body["pagination"] == {"page": 2, "limit": 1, "total": total, "total_pages": total}
    assert len(body["data"]) == 1


def test_a_page_after_the_last_is_empty(editor: Browser, cast: Cast) -> None:
    body = editor.get(f"/api/v1/scripts/{cast.script_id}/scenes?page=100000").json()
    assert (body["data"], body["pagination"]["total"]) == ([], 2)


HOSTILE: list[dict[str, Any]] = [
    {"json": {}},
    {"json": []},
    {"json": "text"},
    {"json": None},
    {"json": {"text": 5}},
    {"json": {"text": "\x00"}},
    {"json": {"text": HALL, "name": "\x00"}},
    {"content": b'{"text": "\\ud800"}', "headers": {"Content-Type": "application/json"}},
    {"content": b"{", "headers": {"Content-Type": "application/json"}},
    {"content": b"\xff\xfe", "headers": {"Content-Type": "application/json"}},
    {"content": b"[" * 100_000, "headers": {"Content-Type": "application/json"}},
    {"content": b"", "headers": {"Content-Type": "application/json"}},
    {"content": b"x", "headers": {"Content-Type": "application/json; charset=nonsense"}},
    {"data": {"text": HALL}},
    {"json": {"text": ""}},
    {"json": {"text": "%PDF-1.7"}},
]


def test_hostile_bodies_are_refused_in_a_sentence_and_nothing_is_kept(editor: Browser, cast: Cast) -> None:
    before = editor.get(f"{V1}/projects").json()["pagination"]["total"]
    for body in HOSTILE:
        answer = editor.post(f"{V1}/projects/start", **body)
        assert answer.status_code in (400, 415, 422), body
        assert answer.json()["error"]["message"].endswith("."), body
    assert editor.get(f"{V1}/projects").json()["pagination"]["total"] == before


def test_an_id_that_is_none_reaches_no_database(editor: Browser) -> None:
    for name in ("%00", "..%2f..%2fsecret", "'; DROP TABLE project; --", "A" * 5000, "1", "%ff"):
        assert editor.get(f"{V1}/projects/{name}").status_code in (404, 422), name
