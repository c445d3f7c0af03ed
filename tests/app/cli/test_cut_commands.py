"""`inkreel timeline` on the cuts of a project: listed, begun, edited, undone, merged with the board."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main
from studio.core.db import unit_of_work
from studio.storyboards import service as storyboards
from studio.storyboards.views import ShotFields
from studio.timelines import service as timelines
from tests.factories.hand import Hand, make_hand

pytestmark = pytest.mark.services


@pytest.fixture
def hand(embedded: str, tmp_path: Path) -> Hand:
    return make_hand(tmp_path)


def ran(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str | Path
) -> tuple[int, dict[str, Any]]:
    monkeypatch.setattr("sys.argv", ["inkreel", "timeline", *map(str, arguments), "--json"])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(str(ended.value.code or 0)), json.loads(capsys.readouterr().out)


def test_cuts_are_listed_begun_edited_and_undone(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = hand.board.project_id
    code, made = ran(monkeypatch, capsys, "create", project, "Second", "--begin", "copy", "--of", hand.id)
    assert (code, made["name"], made["revision"]) == (0, "Second", 1)
    _, listed = ran(monkeypatch, capsys, "list", project)
    assert {(each["name"], each["live"]) for each in listed["timelines"]} == {
        ("Second", False),
        ("By hand", False),
        ("The Quay", True),
    }
    ops = tmp_path / "ops.json"
    clip = hand.pictures()[0]
    ops.write_text(json.dumps([{"op": "trim", "clip": clip.id, "edge": "out", "by": -4}]))
    _, tried = ran(monkeypatch, capsys, "edit", hand.id, "--ops", ops, "--dry-run")
    assert (tried["kept"], hand.now().revision) == (False, 1)
    _, done = ran(monkeypatch, capsys, "edit", hand.id, "--ops", ops)
    assert (done["revision"], done["changes"]) == (2, tried["changes"])
    _, undone = ran(monkeypatch, capsys, "undo", hand.id)
    assert (undone["label"], hand.pictures()[0]) == (f"trim {clip.name}", clip)


def test_what_is_new_on_the_board_comes(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shot = hand.pictures()[1].link.removeprefix("shot:")
    with unit_of_work() as uow:
        storyboards.change_shot(uow, hand.owner, shot, ShotFields(frames=77))
    _, tried = ran(monkeypatch, capsys, "merge", hand.id, "--dry-run")
    code, found = ran(monkeypatch, capsys, "merge", hand.id)
    assert (code, found["taken"]) == (0, tried["taken"])
    assert hand.pictures()[1].frames == 77
    with unit_of_work() as uow:
        assert timelines.behind_board(uow, hand.owner, hand.id) == 0


@pytest.mark.parametrize(
    ("content", "told"), [("no json", "no JSON"), ("{}", "no list"), ('[{"op": "fly"}]', "is no edit there is")]
)
def test_a_file_that_holds_no_edits_is_refused(
    hand: Hand,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: str,
    told: str,
) -> None:
    ops = tmp_path / "ops.json"
    ops.write_text(content)
    code, said = ran(monkeypatch, capsys, "edit", hand.id, "--ops", ops)
    assert (code, told in said["message"]) == (65, True)
    assert ran(monkeypatch, capsys, "edit", hand.id, "--ops", tmp_path / "none.json")[0] == 65
    assert ran(monkeypatch, capsys, "create", hand.board.project_id, "x", "--begin", "air")[0] == 65
