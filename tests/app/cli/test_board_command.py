"""`inkreel board`: the files it writes, what it refuses, and that nothing is left when it is stopped."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from app.cli import board, folder
from app.cli import main as entry
from app.cli.show import JsonShow
from app.cli.stop import Stop
from studio.core.errors import Cancelled
from studio.core.settings import Settings
from studio.storyboards.printing.options import PrintOptions
from tests.factories.books import make_book, make_scene
from tests.support.studio import INKREEL, ROOT, inkreel, processes_of

SAMPLE = ROOT / "assets" / "samples" / "the-last-ferry.fountain"
SHORT = "Title: Two Rooms\n\nINT. ROOM - DAY\n\nA man sits.\n\nEXT. PIER - NIGHT\n\nRain.\n"

pytestmark = pytest.mark.programs
PROMISED_S = 3.0
"""No process is left so long after Ctrl+C (README)."""


def last(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "a.fountain"
    path.write_text(SHORT)
    return path


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("missing.fountain",), "no file"),
        ((".",), "cannot be read"),
        (("a.fountain", "-o", "b.docx"), "name it b.pdf"),
        (("a.fountain", "-o", "b"), "name it b.pdf"),
        (("a.fountain", "-o", "nowhere/b.pdf"), "folder that exists"),
        (("a.fountain", "-o", "nowhere/b.csv"), "folder that exists"),
        (("a.fountain", "-o", "folder.pdf"), "folder that exists"),
        (("no-script.fountain", "-o", "older.pdf"), "Fountain"),
        (("a.fountain", "--layout", "poster"), "There is no layout poster. Choose from standard"),
        (("a.fountain", "--shape", "3:2"), "There is no shape “3:2”. Choose one of 16:9, 9:16"),
        (("a.fountain", "--rate", "26"), "There is no rate “26”. Choose one of 23.976, 24"),
        (("a.fountain", "--columns", "0"), "1 to 6 columns"),
        (("a.fountain", "--columns", "7"), "1 to 6 columns"),
        (("a.fountain", "--layout", "script", "--columns", "3"), "1 or 2 columns"),
        (("a.fountain", "--paper", "foolscap"), "letter or a4"),
        (("a.fountain", "-o", "b.csv", "--columns", "7"), "1 to 6 columns"),
        (("a.fountain", "--layout", "script", "--landscape"), "upright only"),
        (("a.fountain", "-o", "b.csv", "--fields", "shot,price"), "no column price"),
        (("a.fountain", "-o", "b.csv", "--scene", "9"), "no scene 9"),
        (("a.fountain", "-o", "b.zip", "--names", "{price}"), "Name the pictures by"),
        (("a.fountain", "-o", "b.csv", "--worksheet"), "A worksheet is written as .pdf: name it b.pdf"),
        (("a.fountain", "-o", "b.pdf", "--worksheet", "--rows", "5"), "1 to 4 rows"),
        (("a.fountain", "-o", "b.pdf", "--worksheet", "--blank", "51"), "At most 50 blank pages"),
    ],
)
def test_a_wrong_argument_is_a_sentence_and_exit_code_65(
    home: Settings,
    script: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    told: str,
) -> None:
    monkeypatch.chdir(script.parent)
    Path("folder.pdf").mkdir()
    Path("no-script.fountain").write_bytes(b"%PDF-1.7 ...")
    Path("older.pdf").write_bytes(b"an older board")
    monkeypatch.setattr(sys, "argv", ["inkreel", "board", *arguments])
    with pytest.raises(SystemExit) as ended:
        entry.main()
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (65, "")
    assert said.err.startswith("inkreel: ")
    assert told in said.err
    assert not list(script.parent.glob("*b.*"))
    assert Path("older.pdf").read_bytes() == b"an older board"


def test_a_shot_list_is_written_without_drawing_and_without_a_program_and_leaves_no_folder(
    tmp_path: Path, script: Path
) -> None:
    folders = tmp_path / "folders"
    folders.mkdir()
    wanted = ("--scene", "2", "--fields", "shot, scene", "--json")
    done = inkreel(
        "board", "a.fountain", "-o", "b.csv", *wanted, cwd=tmp_path, PATH="/nonexistent", TMPDIR=str(folders)
    )
    told = last(done)
    assert told == {
        "ok": True,
        "output": str(tmp_path / "b.csv"),
        "scenes": 1,
        "shots": told["shots"],
        "panels": 0,
    }
    assert "Drawing" not in done.stdout
    head, *rows = csv.reader(io.StringIO((tmp_path / "b.csv").read_text("utf-8-sig")))
    assert head == ["Shot", "Scene"]
    assert len(rows) == told["shots"] > 0
    assert {row[1] for row in rows} == {"2"}
    assert list(folders.iterdir()) == []
    assert not list(tmp_path.glob(".b*"))


@pytest.mark.film
def test_only_the_scene_asked_for_is_drawn_and_printed(tmp_path: Path, script: Path) -> None:
    done = inkreel("board", "a.fountain", "-o", "b.pdf", "--layout", "compact", "--scene", "2", "--json", cwd=tmp_path)
    told = last(done)
    assert (done.returncode, told["ok"], told["scenes"]) == (0, True, 1), done.stdout + done.stderr
    assert told["panels"] == told["shots"] >= 1
    stages = [json.loads(line)["stage"] for line in done.stdout.splitlines()[:-1]]
    assert stages[0] == "Starting the studio"
    assert stages[-1] == "Printing, page 2 of 2"
    with pypdfium2.PdfDocument(tmp_path / "b.pdf") as document:
        assert "Two Rooms" in document[0].get_textpage().get_text_range()
        assert "PIER" in document[1].get_textpage().get_text_range()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.fountain", "b.pdf"]


@pytest.mark.film
def test_a_board_that_is_stopped_leaves_no_process_and_no_file(tmp_path: Path, script: Path) -> None:
    shutil.copy(SAMPLE, script)
    command = [*INKREEL, "board", script.name, "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "INKREEL_HOME": str(tmp_path / "h")}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as made:
        assert made.stdout
        for line in made.stdout:
            if "Drawing panels" in line:
                break
        time.sleep(1)
        made.send_signal(signal.SIGINT)
        until = time.monotonic() + PROMISED_S
        told = made.stdout.read().splitlines()
        made.wait(timeout=10)
        while processes_of(tmp_path) and time.monotonic() < until:
            time.sleep(0.05)
        assert processes_of(tmp_path) == []
        assert time.monotonic() < until + 0.1
    assert not (tmp_path / "board.pdf").exists()
    assert made.returncode == 130, told
    assert json.loads(told[-1]) == {"ok": False, "code": "cancelled", "message": "Stopped."}
    assert not list(tmp_path.glob(".board*"))


def test_being_told_to_stop_while_printing_leaves_the_older_board(home: Settings, tmp_path: Path) -> None:
    """The same code as the command runs, stopped at the second step of printing."""
    book = make_book(make_scene("1", 7))
    target = tmp_path / "b.pdf"
    target.write_bytes(b"an older board")
    stop = Stop()

    class Watcher(JsonShow):
        def share(self, text: str, done: int, of: int) -> None:
            stop.raised = True

    with pytest.raises(Cancelled), folder.delivered(target, "board") as part:
        board.written(book, PrintOptions(), part, Watcher(), stop)
    assert target.read_bytes() == b"an older board"
    assert not list(tmp_path.glob(".b*"))
