"""The command itself in a process of its own, and a studio started as `inkreel up` starts it, with a stand-in for the pages."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
INKREEL = [sys.executable, "-c", "from app.cli.main import main; main()"]
"""The command as a list of words: those that follow are its own."""

_CODE = """
import sys
from app.cli import up
from app.web.process import WebProcess
target = sys.argv.pop(1)
def run(s, screen, **options):
    start(s, screen, web=WebProcess(s, s.home_folder, target), **options)
start, up.run = up.run, run
from app.cli.main import main
main()
"""


def inkreel(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command, run to its end with no settings but these."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("INKREEL_")}
    return subprocess.run(
        [*INKREEL, *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
        check=False,
        timeout=120,
    )


class RunningStudio:
    """One `inkreel up --json` and what it said when it was healthy."""

    def __init__(self, process: subprocess.Popen[str], told: dict[str, Any], home: Path, port: int) -> None:
        self.process, self.told, self.home, self.port = process, told, home, port

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def pids(self, word: str) -> list[int]:
        """Processes of this studio with that word in their command line."""
        return [pid for pid, told in processes_of(self.home) if word in told]

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(timeout=20)


@contextmanager
def studio(
    home: Path, port: int, *arguments: str, target: str = "tests.support.standin:app", **environment: str
) -> Generator[RunningStudio]:
    """A studio that is healthy when the block begins and gone when it ends."""
    with started(home, port, "--json", *arguments, target=target, **environment) as process:
        assert process.stdout
        line = process.stdout.readline()
        try:
            yield RunningStudio(process, json.loads(line), home, port)
        finally:
            process.kill()
            process.stdout.close()
    wait_until(lambda: not processes_of(home), 5)


def started(
    home: Path, port: int, *arguments: str, target: str = "tests.support.standin:app", **environment: str
) -> subprocess.Popen[str]:
    """The command, just started."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("INKREEL_") and k != "MAKELEVEL"}
    return subprocess.Popen(
        [sys.executable, "-c", _CODE, target, "up", "--home", str(home), "--port", str(port), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env={**clean, "PYTHONPATH": str(ROOT), "INKREEL_WORKERS": "1", **environment},
    )


def refused(home: Path, port: int, *arguments: str, **environment: str) -> tuple[int, str]:
    """The exit code and everything said by a start that does not succeed."""
    with started(home, port, *arguments, **environment) as process:
        said, _ = process.communicate(timeout=60)
    return process.returncode, said


def processes_of(folder: Path) -> list[tuple[int, str]]:
    """All living processes with this folder in their environment or arguments."""
    found: list[tuple[int, str]] = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (entry / "cmdline").read_bytes()
            told = arguments + (entry / "environ").read_bytes()
            alive = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
        except OSError:
            continue
        if alive and os.fsencode(folder) in told and int(entry.name) != os.getpid():
            found.append((int(entry.name), arguments.replace(b"\0", b" ").decode(errors="replace")))
    return found


def wait_until(true: Any, limit_s: float, *, every_s: float = 0.05) -> float:
    """Wait until something is true; how many seconds it took."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < limit_s, f"not within {limit_s} s"
        time.sleep(every_s)
    return time.monotonic() - begun
