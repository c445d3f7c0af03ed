"""`inkreel template`: listed, saved, used, written into a file and read again; lengths given to the board."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main
from studio.timelines.templates import uses_in
from tests.factories.hand import Hand, make_hand

pytestmark = pytest.mark.services


@pytest.fixture
def hand(embedded: str, tmp_path: Path) -> Hand:
    return make_hand(tmp_path)


def ran(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str | Path, plain: bool = False
) -> tuple[int, dict[str, Any]]:
    monkeypatch.setattr("sys.argv", ["inkreel", *map(str, arguments), *(() if plain else ("--json",))])
    with pytest.raises(SystemExit) as ended:
        main()
    out = capsys.readouterr().out
    return int(str(ended.value.code or 0)), {} if plain else json.loads(out)


def test_a_template_is_saved_used_and_goes_into_a_file_and_back(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project, file = hand.board.project_id, tmp_path / "card.json"
    _, listed = ran(monkeypatch, capsys, "template", "list", project)
    assert len(listed["templates"]) == 12
    _, shown = ran(monkeypatch, capsys, "template", "show", project, "lower-third")
    assert [each["name"] for each in shown["parameters"]][:2] == ["name", "role"]
    _, card = ran(monkeypatch, capsys, "template", "save", hand.id, "Mine", hand.pictures()[0].id)
    assert ran(monkeypatch, capsys, "template", "export", project, card["id"], file, plain=True)[0] == 0
    _, again = ran(monkeypatch, capsys, "template", "import", project, file)
    assert (again["name"], again["seconds"]) == ("Mine", card["seconds"]) and again["id"] != card["id"]
    values = json.dumps({"name": "Ann Lee"})
    _, done = ran(monkeypatch, capsys, "template", "use", hand.id, "lower-third", "--at", "30", "--values", values)
    assert done["label"] == "Lay down Lower third"
    assert [(use.at, use.values["name"]) for use in uses_in(hand.timeline).values()] == [(30, "Ann Lee")]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("template", "use", "CUT", "lower-third", "--values", "Ann"), "Give the values as JSON"),
        (("template", "import", "PROJECT", "nowhere.json"), "cannot be read"),
        (("template", "export", "PROJECT", "lower-third", "out.json"), "drawn by Inkreel"),
    ],
)
def test_what_cannot_be_done_is_told(
    hand: Hand,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    told: str,
) -> None:
    names = {"CUT": hand.id, "PROJECT": hand.board.project_id}
    monkeypatch.setattr("sys.argv", ["inkreel", *(names.get(each, each) for each in arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code and told in capsys.readouterr().err


def test_lengths_are_listed_and_given_to_the_board(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = hand.pictures()[0]
    hand.edit({"op": "trim", "clip": clip.id, "edge": "out", "by": 12, "ripple": True})
    _, told = ran(monkeypatch, capsys, "timeline", "lengths", hand.id)
    assert [(each["on_board"], each["in_cut"]) for each in told["lengths"]] == [(clip.frames, clip.frames + 12)]
    _, given = ran(monkeypatch, capsys, "timeline", "lengths", hand.id, "--give")
    assert given["given"] and ran(monkeypatch, capsys, "timeline", "lengths", hand.id)[1]["lengths"] == []
