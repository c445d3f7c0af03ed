"""Printing by REST: asked for once, listed, taken home under its name; the shot list at once."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from studio.core.db import unit_of_work
from studio.runs import service as runs
from studio.storyboards import service as storyboards
from tests.factories.film import stored_file
from tests.factories.people import Cast
from tests.support.browser import Browser

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
V1 = "/api/v1"


def test_the_same_request_again_makes_nothing_and_another_does(editor: Browser, cast: Cast) -> None:
    path, key = f"{V1}/scripts/{cast.script_id}/prints", {"Idempotency-Key": "one"}
    first = editor.post(path, json={"layout": "pair"}, headers=key)
    assert first.status_code == 202
    assert first.json()["data"]["kind"] == "print"
    assert editor.post(path, json={"layout": "pair"}, headers=key).json()["data"]["id"] == first.json()["data"]["id"]
    assert editor.post(path, json={"layout": "agency"}, headers=key).json()["data"]["id"] != first.json()["data"]["id"]
    found = editor.get(path, params={"limit": 2}).json()
    assert [(each["layout"], each["run"]["state"]) for each in found["data"]] == [
        ("agency", "queued"),
        ("pair", "queued"),
    ]
    assert found["pagination"]["total"] == 3


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"layout": "script", "landscape": True}, 422, "upright only"),
        ({"names": "{price}", "format": "zip"}, 422, "Name the pictures by"),
        ({"scenes": [7]}, 404, "no such scene"),
        ({"format": "gif"}, 409, "Draw the board first"),
        ({"columns": 7}, 422, ""),
        ({"format": "docx"}, 422, ""),
    ],
)
def test_what_cannot_be_printed_is_a_sentence(
    editor: Browser, cast: Cast, body: dict[str, object], status: int, told: str
) -> None:
    answer = editor.post(f"{V1}/scripts/{cast.script_id}/prints", json=body)
    assert answer.status_code == status
    assert told in answer.json()["error"]["message"]


def test_a_file_is_taken_under_its_name_when_it_is_finished(editor: Browser, cast: Cast, tmp_path: Path) -> None:
    early = editor.get(f"{V1}/prints/{cast.print_id}/download")
    assert (early.status_code, early.json()["error"]["message"][:34]) == (409, "This file is not finished yet. Wai")
    file = stored_file(tmp_path, "b.pdf", b"%PDF-1.4 a board")
    with unit_of_work() as uow:
        claim = runs.claim_run(uow, cast.print_id, "worker")
        assert claim
        storyboards.keep_print(uow, cast.actor("editor"), cast.project_id, file)
        runs.complete_run(
            uow, claim, {"sha256": file.sha256, "size": file.size, "name": "A Döör board.pdf", "count": 2}
        )
    answer = editor.get(f"{V1}/prints/{cast.print_id}/download")
    assert answer.content == b"%PDF-1.4 a board"
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == "attachment; filename*=utf-8''A%20D%C3%B6%C3%B6r%20board.pdf"


def test_the_shot_list_comes_at_once_with_the_columns_and_scenes_asked_for(editor: Browser, cast: Cast) -> None:
    answer = editor.get(f"{V1}/scripts/{cast.script_id}/shots.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == "attachment; filename*=utf-8''A%20Door%20shot%20list.csv"
    everything = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    asked = editor.get(f"{V1}/scripts/{cast.script_id}/shots.csv?scene=1&field=shot&field=scene")
    head, *rows = csv.reader(io.StringIO(asked.content.decode("utf-8-sig")))
    assert head == ["Shot", "Scene"]
    assert 0 < len(rows) < len(everything) - 1
    assert {row[1] for row in rows} == {"2"}
    assert editor.get(f"{V1}/scripts/{cast.script_id}/shots.csv?scene=9").status_code == 404
