"""`inkreel timeline`: formats by suffix, facts in JSON, sentences and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli.main import main
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track, to_document

FILM = Timeline(
    "Film",
    Rate(25),
    1920,
    1080,
    (Track("v1", "video", "V1", "picture", (Clip("c", "One", "a" * 64, 0, 48, fade_in=6),)),),
)


def ran(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    monkeypatch.setattr("sys.argv", ["inkreel", "timeline", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(str(ended.value.code or 0))


@pytest.mark.programs
def test_a_timeline_goes_from_format_to_format_and_says_what_it_loses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, edl, back = tmp_path / "film.inkreel.json", tmp_path / "film.edl", tmp_path / "back.inkreel.json"
    ours.write_text(json.dumps(to_document(FILM)))
    assert ran(monkeypatch, "convert", ours, edl) == 0
    assert "the size of the picture is not in EDL" in capsys.readouterr().err
    assert ran(monkeypatch, "convert", edl, back) == 0
    assert ran(monkeypatch, "info", edl, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert {key: said[key] for key in ("format", "rate", "frames", "tracks", "clips", "losses")} == {
        "format": "edl", "rate": "25/1", "frames": 48, "tracks": 1, "clips": 1, "losses": [],
    }  # fmt: skip
    assert json.loads(back.read_text())["tracks"][0]["clips"][0]["fade_in"] == 6


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("info", "nowhere.edl"), 65, "There is no file"),
        (("info", "film.docx"), 65, "no format of a timeline"),
        (("convert", "film.edl", "film.docx"), 65, "no format of a timeline"),
        (("convert", "film.edl", "no/such/folder/x.edl"), 65, "cannot be written"),
        (("info", "film.inkreel.json"), 65, "no timeline of Inkreel"),
        (("info", "film.edl", "--rate", "fast"), 65, "Give the rate"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_a_code(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: int,
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("film.docx", "film.edl", "film.inkreel.json"):
        Path(name).write_text("nothing of it")
    assert ran(monkeypatch, *arguments) == code
    assert told in capsys.readouterr().err


def test_a_document_of_ours_that_cannot_be_is_refused_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "film.inkreel.json"
    source.write_text(json.dumps({**to_document(FILM), "width": 0}))
    assert ran(monkeypatch, "info", source) == 65
    assert "A side is 1 to 16,384 pixels. (width)" in capsys.readouterr().err
