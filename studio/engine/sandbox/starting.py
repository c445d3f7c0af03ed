"""How a job is started: forked from an interpreter that is warm (`warm.py`), or in one of its own; either way the same walls."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

import studio
from studio.engine.sandbox.inside import Order

CODE = str(Path(studio.__file__).parents[1])
"""The folder our own code lies in."""

_INSIDE = "studio.engine.sandbox.inside"
_ASKED_S = 1.0


class NotBegun(Exception):
    """There was nobody to begin the job, so it may be started another way; the message says why."""


class Started(Protocol):
    """A job on its way."""

    def ended(self, within_s: float = 0.0) -> int | None:
        """How it ended, or None if it has not within these seconds. Raises: NotBegun."""
        ...

    def close(self) -> None:
        """End it, with whatever it has started, and leave nothing of it but what is in its pipes."""
        ...


class Cold:
    """A job in an interpreter started for it, tied to the life of the thread that asks."""

    def __init__(self, order: Order, pipes: Sequence[int]) -> None:
        given, out, log = pipes
        self._process = subprocess.Popen(
            interpreter(_INSIDE, json.dumps(asdict(order))),
            stdin=given,
            stdout=out,
            stderr=log,
            pass_fds=tuple(order.files),
            env=environment(),
            start_new_session=True,
        )

    def ended(self, within_s: float = 0.0) -> int | None:
        if within_s:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(within_s)
        return self._process.poll()

    def close(self) -> None:
        """It is asked first: the child sees its own children off, the kernel those of a killed one at its leisure."""
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_ASKED_S)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def interpreter(module: str, *arguments: str) -> list[str]:
    """The words that start one of our modules in a Python that looks nowhere but where it is told."""
    return [sys.executable, "-P", "-s", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """All of it that a job has."""
    return {"PYTHONPATH": CODE, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
