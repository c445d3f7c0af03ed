"""Child processes that cannot outlive us."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def die_with_parent(parent: int | None = None) -> None:
    """Ask the kernel to kill this process when its parent ends, however it ends (Linux only). Source: prctl(2).

    `parent`, where known, is the process that should be our parent: when it has already ended, we end here.
    """
    if sys.platform == "linux":
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent is not None and os.getppid() != parent:
        os._exit(1)


def started(arguments: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """A program in a session of its own (Ctrl+C in our terminal does not reach it) that ends with the thread that calls."""
    before: Callable[[], None] = partial(die_with_parent, os.getpid())
    return subprocess.Popen[bytes](arguments, start_new_session=True, preexec_fn=before, **options)


def ended(process: subprocess.Popen[bytes], grace_s: float) -> None:
    """Ask a program to end, wait `grace_s` seconds, then make it."""
    all_ended([process], grace_s)


def all_ended(programs: Sequence[subprocess.Popen[bytes]], grace_s: float) -> None:
    """Ask programs to end, wait `grace_s` seconds for all of them together, then make them."""
    for program in programs:
        if program.poll() is None:
            program.terminate()
    until = time.monotonic() + grace_s
    for program in programs:
        try:
            program.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            program.kill()
    for program in programs:
        program.wait()
