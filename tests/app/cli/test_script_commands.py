"""`inkreel script`: what it says of a file, what it writes, and what it says of bad files."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from app.cli import main as entry
from studio.scripts.formats.fdx import read_fdx
from studio.scripts.formats.pdf import read_pdf

LIGHTHOUSE = Path(__file__).parents[2] / "studio" / "scripts" / "fixtures" / "lighthouse.fountain"


@pytest.fixture(autouse=True)
def at_home(home: object) -> None:
    """No setting of this machine."""


def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command."""
    monkeypatch.setattr(sys, "argv", ["inkreel", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        entry.main()
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


def test_check_says_what_a_script_holds(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(monkeypatch, capsys, "script", "check", LIGHTHOUSE, "--json")
    assert code == 0
    assert json.loads(out) == {
        "ok": True,
        "format": "fountain",
        "title": "The Last Lamp",
        "scenes": 5,
        "cues": 7,
        "characters": 4,
        "locations": 5,
        "eighths": 8,
        "seconds": 60,
        "warnings": [],
        "losses": [],
    }


def test_check_is_a_table_for_people(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(monkeypatch, capsys, "script", "check", LIGHTHOUSE)
    assert code == 0
    assert out.startswith("The Last Lamp  (Fountain)\n")
    assert ["scenes", "5"] in [line.split() for line in out.splitlines()]
    assert ["plays", "for", "1:00"] in [line.split() for line in out.splitlines()]


def test_check_counts_what_cannot_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "cut.fountain"
    script.write_text("Rain /* or snow */ falls.\n", encoding="utf-8")
    code, out, _ = said(monkeypatch, capsys, "script", "check", script, "--json")
    assert code == 0
    assert json.loads(out)["losses"] == [{"what": "Words cut out of a line with /* and */", "count": 1}]
    assert "Not kept: Words cut out of a line" in said(monkeypatch, capsys, "script", "check", script)[1]


@pytest.mark.parametrize("suffix", ["fdx", "pdf", "txt", "json", "fountain"])
def test_convert_writes_the_format_of_the_suffix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    target = tmp_path / f"out.{suffix}"
    assert said(monkeypatch, capsys, "script", "convert", LIGHTHOUSE, target) == (0, "", "")
    data = target.read_bytes()
    if suffix == "fdx":
        assert len(read_fdx(data).paragraphs) > 40
    elif suffix == "pdf":
        assert len(read_pdf(data).paragraphs) == 37
    elif suffix == "json":
        assert json.loads(data)["title"] == "The Last Lamp"
    elif suffix == "txt":
        assert b"The Last Lamp" in data
    else:
        assert data == LIGHTHOUSE.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_fountain_of_another_encoding_is_given_back_byte_for_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "in.fountain"
    script.write_bytes("INT. HALL\r\n\r\nÉlodie.\r\n".encode("utf-16"))
    assert said(monkeypatch, capsys, "script", "convert", script, tmp_path / "out.fountain")[0] == 0
    assert (tmp_path / "out.fountain").read_bytes() == script.read_bytes()


def test_a_final_draft_file_becomes_fountain_and_its_losses_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fdx = tmp_path / "in.fdx"
    assert said(monkeypatch, capsys, "script", "convert", LIGHTHOUSE, fdx)[0] == 0
    code, out, err = said(monkeypatch, capsys, "script", "convert", fdx, tmp_path / "out.fountain")
    assert (code, out, err) == (0, "", "")
    assert "EXT. NORTH POINT LIGHTHOUSE - DAWN #1#" in (tmp_path / "out.fountain").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("missing.fountain", None, "There is no file"),
        ("empty.fountain", b"", "empty"),
        ("cut.pdf", b"%PDF-1.4\nhalf", "cut off"),
        ("bomb.fdx", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><FinalDraft>&a;</FinalDraft>', "ntit"),
        ("film.fountain", b"\x1aE\xdf\xa3 film", "a film"),
    ],
)
def test_a_bad_file_is_one_sentence_and_an_exit_code(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    data: bytes | None,
    sentence: str,
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    code, out, err = said(monkeypatch, capsys, "script", "check", tmp_path / name)
    assert (code, out) == (65, "")
    assert err.startswith("inkreel: ")
    assert sentence in err
    code, out, _ = said(monkeypatch, capsys, "script", "check", tmp_path / name, "--json")
    assert code == 65
    assert json.loads(out)["ok"] is False
    assert sentence in json.loads(out)["message"]


def test_a_folder_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = said(monkeypatch, capsys, "script", "check", tmp_path)
    assert code == 65
    assert "cannot be read" in err


def test_convert_refuses_before_it_reads_and_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.pdf"
    kept.write_bytes(b"mine")
    code, _, err = said(monkeypatch, capsys, "script", "convert", LIGHTHOUSE, tmp_path / "out.doc")
    assert (code, ".fdx, .pdf" in err) == (65, True)
    code, _, err = said(monkeypatch, capsys, "script", "convert", LIGHTHOUSE, tmp_path / "no" / "out.pdf")
    assert (code, "cannot be written" in err) == (65, True)
    code, _, err = said(monkeypatch, capsys, "script", "convert", tmp_path / "none.fdx", kept)
    assert code == 65
    code, _, err = said(monkeypatch, capsys, "script", "convert", LIGHTHOUSE, kept, "--paper", "napkin")
    assert (code, "letter or a4" in err) == (65, True)
    assert kept.read_bytes() == b"mine"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.pdf"]
