"""The warm parent of jobs: an interpreter of ours that has imported what they need, and forks for each order.

It never sees a stranger's byte: an order comes as one message of `warm.py`, the job's pipes and files open beside it, and what it
forks puts up the walls (`inside.py`) before it reads of them. It ends when nobody is left who could ask, or when told to.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import random
import resource
import signal
import socket
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from studio.engine.sandbox.inside import Order, kept_apart

SOCKET = 3
"""The descriptor orders come on; the first free one."""

PIPES = 5
"""What comes open with an order, before its files: the three pipes, the leash to whoever asks, and that process itself."""

MOST_FILES = 200
"""With an order; the kernel takes 253 descriptors in a message."""

BEGUN = b"+"
"""The first byte on the leash; the second and last is how the job ended."""

END = b"end"
"""A message without descriptors: fork no more."""

_MOST_BYTES = 1 << 20
_NO_DESCRIPTOR_ABOVE = 1 << 20


def main() -> None:
    """Fork for every order, until there can be no more."""
    os.closerange(SOCKET + 1, _NO_DESCRIPTOR_ABOVE)
    os.chdir("/")
    orders = socket.socket(fileno=SOCKET)
    signal.signal(signal.SIGCHLD, _reap)
    bare, words = _address_space(), dict(os.environ)
    while True:
        said, given, _, _ = socket.recv_fds(orders, _MOST_BYTES, PIPES + MOST_FILES)
        if not given:
            _see_off()
        order = Order(**json.loads(said))
        _import(order.entry)
        os.environ.clear()  # some libraries leave words of theirs there
        os.environ.update(words)
        gc.freeze()
        with contextlib.suppress(OSError):  # no room for a process: whoever asks hears that nothing has begun
            if len(given) == PIPES + len(order.files) and os.fork() == 0:
                orders.close()
                _become(order, given, mapped=_address_space() - bare)
        for each in given:
            os.close(each)


def _import(entry: str) -> None:
    """A reader of ours and what it says it imports later; whatever that comes to, the job will say.

    Only of the studio: its modules do nothing but be there when they are imported.
    """
    if entry.startswith("studio."):
        with contextlib.suppress(Exception):
            for each in getattr(importlib.import_module(entry), "BEFOREHAND", ()):
                importlib.import_module(each)


def _become(order: Order, given: list[int], *, mapped: int) -> NoReturn:
    """In the fork: take the pipes, be like nobody else that was forked, and keep the job until it or the asker ends."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        for i, each in enumerate(given[:3]):
            os.dup2(each, i)
            os.close(each)
        leash, asker, *files = given[3:]
        random.seed()
        if numpy := sys.modules.get("numpy.random"):
            numpy.seed()
        # The libraries that are here already are not the job's memory: it has as much as in an interpreter of its own.
        order = replace(order, files=files, memory_bytes=order.memory_bytes + mapped)
        os.write(leash, BEGUN)
        os.write(leash, bytes([kept_apart(order, (leash, asker))]))
        os.killpg(0, signal.SIGKILL)  # what it may have left, and this one
    finally:
        os._exit(0)


def _see_off() -> NoReturn:
    """End; forks that are ending, too, are reaped, so that what they took is counted."""
    with contextlib.suppress(ChildProcessError):
        for _ in range(20):
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.001)
    os._exit(0)


def _address_space() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _reap(*_: object) -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


if __name__ == "__main__":
    main()
