"""The command line: every refusal is a sentence, a code and nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.main import get_command

from app.cli import main as entry
from studio.core.settings import Settings
from tests.support.studio import INKREEL, ROOT, inkreel, processes_of

pytestmark = pytest.mark.programs


def told_by(monkeypatch: pytest.MonkeyPatch, cwd: Path, *arguments: str) -> int:
    """The exit code of the same command in this process: what it refuses it refuses before it starts anything."""
    monkeypatch.chdir(cwd)
    monkeypatch.setattr(sys, "argv", ["inkreel", *arguments])
    with pytest.raises(SystemExit) as ended:
        entry.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "a.fountain"
    path.write_text("INT. ROOM - DAY\n\nNobody.\n")
    return path


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "a.fountain", "empty"),
        (b"  \n\n ", "a.fountain", "empty"),
        (b"%PDF-1.7 ...", "a.fountain", "PDF"),
        (b"\x00\x01\x02" * 50, "a.txt", "text"),
        (b"x" * (5 * 1024 * 1024 + 1), "a.fountain", "5 MB"),
        (b"<FinalDraft/>", "a.fdx", "Final Draft"),
    ],
)
def test_a_script_that_cannot_be_read_is_refused_with_a_reason(
    home: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
    name: str,
    told: str,
) -> None:
    (tmp_path / name).write_bytes(content)
    target = tmp_path / "film.mp4"
    target.write_bytes(b"an older film")
    code = told_by(monkeypatch, tmp_path, "film", name, "-o", str(target), "--json")
    said = capsys.readouterr()
    last = json.loads(said.out.splitlines()[-1])
    assert (code, last["ok"]) == (65, False)
    assert told.lower() in last["message"].lower()
    assert "Traceback" not in said.err
    assert target.read_bytes() == b"an older film"
    assert not list(tmp_path.glob(".film*"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("missing.fountain",), "no file"),
        ((".",), "cannot be read"),
        (("a.fountain", "--preset", "999p"), "720p, 1080p"),
        (("a.fountain", "-o", "film.avi"), "MP4"),
        (("a.fountain", "-o", "nowhere/film.mp4"), "folder that exists"),
    ],
)
def test_a_wrong_argument_is_a_sentence_on_standard_error(
    home: Settings,
    tmp_path: Path,
    script: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    told: str,
) -> None:
    code = told_by(monkeypatch, tmp_path, "film", *arguments)
    said = capsys.readouterr()
    assert (code, said.out) == (65, "")
    assert said.err.startswith("inkreel: ")
    assert told in said.err
    assert "Traceback" not in said.err


def test_the_command_itself_says_it_too(tmp_path: Path) -> None:
    done = inkreel("film", "missing.fountain", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (65, "")
    assert done.stderr == "inkreel: There is no file missing.fountain. Check the path.\n"


def test_no_argument_at_all_is_a_usage_error_in_json_too(tmp_path: Path) -> None:
    done = inkreel("film", "--json", cwd=tmp_path)
    last = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, last["code"]) == (2, "usage")


def test_a_missing_program_is_named_before_anything_is_started(tmp_path: Path, script: Path) -> None:
    done = inkreel("film", script.name, "--json", cwd=tmp_path, INKREEL_HOME=str(tmp_path / "h"), PATH="/nonexistent")
    last = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, last["code"]) == (69, "unavailable")
    assert "espeak-ng is missing. Mend it with: apt-get install espeak-ng" in last["message"]
    assert not (tmp_path / "h").exists()


def test_a_data_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path, script: Path) -> None:
    (tmp_path / "file").write_text("")
    done = inkreel("film", script.name, "--json", cwd=tmp_path, INKREEL_HOME=str(tmp_path / "file" / "x"))
    last = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, last["code"]) == (69, "unavailable")
    assert "INKREEL_HOME" in last["message"]


@pytest.mark.film
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_film_that_is_stopped_leaves_no_process_and_no_file(tmp_path: Path, how: signal.Signals) -> None:
    shutil.copy(ROOT / "assets" / "samples" / "the-last-ferry.fountain", tmp_path / "a.fountain")
    command = [*INKREEL, "film", "a.fountain", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "INKREEL_HOME": str(tmp_path / "h")}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as film:
        assert film.stdout
        for line in film.stdout:
            if "Drawing panels" in line:
                break
        time.sleep(1)
        assert any("jobs.worker" in line for _, line in processes_of(tmp_path))
        film.send_signal(how)
        last = film.stdout.read().splitlines()[-1:]
        film.wait(timeout=10)
    until = time.monotonic() + 2
    while processes_of(tmp_path) and time.monotonic() < until:
        time.sleep(0.05)
    assert processes_of(tmp_path) == []
    assert not (tmp_path / "film.mp4").exists()
    if how is not signal.SIGKILL:
        assert film.returncode == 130, last
        assert json.loads(last[0]) == {"ok": False, "code": "cancelled", "message": "Stopped."}


def test_the_list_of_commands_says_of_each_what_the_command_says_of_itself() -> None:
    for name, (_, line) in entry.COMMANDS.items():
        commands = get_command(entry.command_line(name)).commands
        assert set(commands) == set(entry.COMMANDS)
        assert (commands[name].help or "").splitlines()[0] == line, name


def test_the_version_is_said(tmp_path: Path) -> None:
    done = inkreel("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"Inkreel {version('inkreel')}\n")


def test_the_doctor_names_what_is_missing_and_the_one_command(tmp_path: Path) -> None:
    done = inkreel("doctor", "--json", cwd=tmp_path, INKREEL_HOME=str(tmp_path / "h"), PATH="/nonexistent")
    told = json.loads(done.stdout)
    lacking = {c["name"] for c in told["checks"] if not c["ok"]}
    assert "espeak-ng" in lacking
    assert "ffmpeg" not in lacking  # the one of the wheel serves
    assert done.returncode == 69
    assert told["fix"].startswith("apt-get install espeak-ng")


def test_the_doctor_is_content_here(tmp_path: Path) -> None:
    done = inkreel("doctor", "--json", cwd=tmp_path, INKREEL_HOME=str(tmp_path / "h"))
    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"]) == (0, True)


def test_the_doctor_lists_packages_for_a_script_to_install_and_those_of_the_tests_when_asked(tmp_path: Path) -> None:
    bare = {"INKREEL_HOME": str(tmp_path / "h"), "PATH": "/nonexistent"}
    films = inkreel("doctor", "--packages", cwd=tmp_path, **bare).stdout.split()
    tests = inkreel("doctor", "--packages", "--tests", cwd=tmp_path, **bare).stdout.split()
    assert "espeak-ng" in films
    assert "chromium" not in films
    assert set(tests) == {*films, "chromium"}
