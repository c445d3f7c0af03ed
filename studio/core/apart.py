"""Runs one of our own modules on bytes from outside in a child process, so that they take neither our memory nor our time.

The bytes go in on standard input and the answer comes out on standard output; the child has no environment of ours, and
lowers its own limits (`limited`) before it reads.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import studio

_PARENT_GONE_S = 5


class TookTooLong(Exception):
    """The child was stopped for its time."""


class CameToGrief(Exception):
    """The child ended badly, or said too much; the message is the end of what it said of itself."""


def asked_apart(module: str, data: bytes, *arguments: str, limit_s: float, most_bytes: int) -> bytes:
    """What `python -m module arguments` answers to `data`, at most `most_bytes` long, in at most `limit_s` seconds.

    Raises: TookTooLong, CameToGrief.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(Path(studio.__file__).parents[1]), "LANG": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        out, err = process.communicate(data, timeout=limit_s)
    except subprocess.TimeoutExpired as error:
        raise TookTooLong from error
    finally:
        _end(process)
    if process.returncode in (-signal.SIGXCPU, -signal.SIGALRM):
        raise TookTooLong
    if process.returncode != 0 or len(out) > most_bytes:
        raise CameToGrief(f"{process.returncode}: {err[-2000:].decode(errors='replace')}")
    return out


def limited(*, memory_bytes: int, seconds: int) -> None:
    """In the child: take at most so much address space and processor time, write no file, and end if nobody waits."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(seconds + 1 + _PARENT_GONE_S)  # should the parent be gone, nobody else ends this


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group, whatever it has started, and leave no zombie and no pipe."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
