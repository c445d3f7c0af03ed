"""Child processes that cannot outlive us."""

from __future__ import annotations

import ctypes
import signal
import subprocess
from collections.abc import Callable
from typing import Any

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent ends, however it ends. Source: prctl(2)."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def started(arguments: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """A program in a session of its own (Ctrl+C in our terminal does not reach it) that ends with us."""
    before: Callable[[], None] = die_with_parent
    return subprocess.Popen[bytes](arguments, start_new_session=True, preexec_fn=before, **options)


def ended(process: subprocess.Popen[bytes], grace_s: float) -> None:
    """Ask a program to end, wait `grace_s` seconds, then make it."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(grace_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
