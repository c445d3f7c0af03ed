"""What a program costs with everything it starts: CPU of the whole tree, time on the clock, the most memory it held."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_BECOME_REAPER = 36
_EVERY_S = 0.2


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of CPU (user and system), seconds on the clock, MB; `told` is what a program of ours said of its work."""

    cpu_s: float
    wall_s: float
    peak_mb: float
    told: dict[str, Any] = field(default_factory=dict[str, Any])


def ready() -> None:
    """Said by a program of ours when all is imported; the clock starts when it goes on."""
    print(json.dumps({"used": _used(resource.RUSAGE_SELF) + _used(resource.RUSAGE_CHILDREN)}), flush=True)
    sys.stdin.readline()


def cost(command: list[str], *, warm: bool = False, env: dict[str, str] | None = None) -> Cost:
    """Run a program to its end; `warm` ones say when they are `ready`, and what they cost until then does not count.

    Raises:
        RuntimeError: it failed; with the end of what it said.
    """
    ctypes.CDLL(None).prctl(_BECOME_REAPER, 1, 0, 0, 0)  # whoever is orphaned is ours, and so counted
    before = _used(resource.RUSAGE_CHILDREN)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env={**os.environ, **(env or {})}, **pipes) as process:
        begun = process.stdout.readline() if warm else b"{}"
        started, over, peak = time.perf_counter(), threading.Event(), [0.0]
        watcher = threading.Thread(target=_watch, args=(process.pid, over, peak))
        watcher.start()
        out, err = process.communicate(b"\n" if warm else None)
        wall = time.perf_counter() - started
        over.set()
        watcher.join()
    _reap()
    if process.returncode:
        raise RuntimeError(err.decode(errors="replace")[-800:] or f"exit code {process.returncode}")
    cpu = _used(resource.RUSAGE_CHILDREN) - before - json.loads(begun or b"{}").get("used", 0.0)
    lines = out.decode(errors="replace").splitlines() if warm else []
    return Cost(cpu, wall, peak[0], json.loads(lines[-1]) if lines else {})


def _used(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def _watch(pid: int, over: threading.Event, peak: list[float]) -> None:
    while not over.wait(_EVERY_S):
        peak[0] = max(peak[0], _held_mb(pid))


def _held_mb(root: int) -> float:
    """Memory of a tree of processes, what they share counted once (PSS)."""
    todo, seen, total = [root], set[int](), 0
    while todo:
        if (pid := todo.pop()) in seen:
            continue
        seen.add(pid)
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                todo += [int(child) for child in (task / "children").read_text().split()]
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue
    return total / 1024


def _reap() -> None:
    for _ in range(40):
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.05)
        except ChildProcessError:
            return
