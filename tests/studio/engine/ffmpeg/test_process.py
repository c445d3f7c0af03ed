"""An ffmpeg that is run ends: by itself, by a stop, by a stall, and with us."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studio.core import log
from studio.core.errors import Cancelled, EncoderFailed, Unavailable
from studio.engine.ffmpeg import program
from studio.engine.ffmpeg.process import FrameWriter, command, run

pytestmark = pytest.mark.programs

FFMPEG = str(program.encoder())
ENDLESS = ["-f", "lavfi", "-re", "-i", "color=size=32x32:rate=25", "-f", "null", "-"]
RAW = ["-f", "rawvideo", "-pixel_format", "gray", "-video_size", "64x64", "-framerate", "25", "-i", "pipe:0"]


def alive(mark: str) -> list[int]:
    """Processes, not zombies, whose command line holds `mark`."""
    found: list[int] = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and mark.encode() in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def _is_ffmpeg(pid: int) -> bool:
    """Whether a process is the program itself, and no longer what starts it."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().startswith(os.fsencode(FFMPEG) + b"\0")
    except OSError:
        return False


def program_that(path: Path, body: str) -> str:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


def test_every_run_is_quiet_and_reports_progress() -> None:
    assert " ".join(command(["ffmpeg", "-i", "a"])) == (
        "ffmpeg -hide_banner -nostdin -y -v error -nostats -progress pipe:1 -i a"
    )


def test_a_run_counts_the_frames_it_wrote() -> None:
    heard: list[int] = []
    frames = run(
        [FFMPEG, "-f", "lavfi", "-i", "color=size=32x32:rate=25:duration=2", "-f", "null", "-"],
        doing="testing",
        on_frame=heard.append,
    )
    assert frames == 50
    assert heard[-1] == 50


def test_a_failure_is_a_sentence_and_its_words_go_to_the_log(tmp_path: Path) -> None:
    sentence = r"^ffmpeg failed while reading a file\. "
    with log.configured("info", tmp_path / "log.jsonl"), pytest.raises(EncoderFailed, match=sentence) as caught:
        run([FFMPEG, "-i", "/nowhere.mp4", "-f", "null", "-"], doing="reading a file")
    assert "nowhere" not in caught.value.message
    assert "No such file" in (tmp_path / "log.jsonl").read_text()


def test_a_program_that_is_gone_is_said_so() -> None:
    with pytest.raises(Unavailable, match="INKREEL_FFMPEG"):
        run(["/nowhere/ffmpeg"], doing="testing")


def test_a_full_disk_is_called_a_full_disk(tmp_path: Path) -> None:
    full = program_that(tmp_path / "ffmpeg", "echo 'av_interleaved_write_frame(): No space left on device' >&2; exit 1")
    with pytest.raises(EncoderFailed, match="Free some space"):
        run([full], doing="writing")


def test_a_stop_ends_the_process_and_is_asked_often(tmp_path: Path) -> None:
    asked: list[float] = []

    def stop() -> bool:
        asked.append(time.monotonic())
        return len(asked) >= 4

    mark = str(tmp_path / "stopped")
    with pytest.raises(Cancelled):
        run([FFMPEG, *ENDLESS[:-3], "-metadata", f"title={mark}", "-f", "null", "-"], doing="testing", stop=stop)
    assert max(b - a for a, b in itertools.pairwise(asked)) < 0.2
    assert alive(mark) == []


def test_a_process_without_progress_is_ended(tmp_path: Path) -> None:
    hung = program_that(tmp_path / "ffmpeg", "exec sleep 60")
    began = time.monotonic()
    with pytest.raises(EncoderFailed, match="stood still"):
        run([hung], doing="testing", stall_s=0.4)
    assert time.monotonic() - began < 3


def test_a_chatty_process_is_not_held_up_by_its_own_words(tmp_path: Path) -> None:
    chatty = program_that(tmp_path / "ffmpeg", "head -c 400000 /dev/zero | tr '\\0' 'x' >&2; echo frame=3")
    assert run([chatty], doing="testing") == 3


def test_frames_are_fed_and_counted() -> None:
    with FrameWriter([FFMPEG, *RAW, "-f", "null", "-"], doing="testing") as writer:
        for i in range(40):
            writer.write(bytes([i]) * (64 * 64))
    assert writer.frames == 40


def test_feeding_a_process_that_failed_says_so() -> None:
    with (
        pytest.raises(EncoderFailed),
        FrameWriter([FFMPEG, *RAW, "-c:v", "nosuch", "-f", "null", "-"], doing="testing") as writer,
    ):
        for _ in range(2000):
            writer.write(bytes(64 * 64))


def test_feeding_a_process_that_takes_nothing_can_be_stopped(tmp_path: Path) -> None:
    deaf = program_that(tmp_path / "ffmpeg", "exec sleep 60")
    until = time.monotonic() + 0.3
    with (
        pytest.raises(Cancelled),
        FrameWriter([deaf], doing="testing", stop=lambda: time.monotonic() > until) as writer,
    ):
        for _ in range(100):
            writer.write(bytes(1 << 20))
    assert alive(deaf) == []


def test_an_error_of_ours_ends_the_process(tmp_path: Path) -> None:
    mark = str(tmp_path / "ours")
    with (
        pytest.raises(ZeroDivisionError),
        FrameWriter([FFMPEG, *RAW, "-metadata", f"title={mark}", "-f", "null", "-"], doing="testing") as writer,
    ):
        writer.write(bytes(64 * 64))
        raise ZeroDivisionError
    assert alive(mark) == []


def test_no_ffmpeg_outlives_us_when_we_are_killed(tmp_path: Path) -> None:
    mark = str(tmp_path / "orphan")
    arguments = [FFMPEG, *ENDLESS[:-3], "-metadata", f"title={mark}", "-f", "null", "-"]
    code = f"from studio.engine.ffmpeg.process import run\nrun({arguments!r}, doing='testing')"
    parent = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    try:
        until = time.monotonic() + 10
        while not (started := any(map(_is_ffmpeg, alive(mark)))) and time.monotonic() < until:
            time.sleep(0.02)
        assert started
    finally:
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
    until = time.monotonic() + 3
    while alive(mark) and time.monotonic() < until:
        time.sleep(0.02)
    assert alive(mark) == []
