"""Tries to get out, from inside: what it prints are the walls that did not hold, none if all is well. Run by `ladder.py`."""

from __future__ import annotations

import contextlib
import os
import socket
import sys


def breaches(canary: str) -> list[str]:
    """What can be done here that must not be."""
    found: list[str] = []
    with contextlib.suppress(OSError), open(canary, "rb"):
        found.append("reads other files")
    with contextlib.suppress(OSError), open(canary + ".written", "wb"):
        found.append("writes other files")
    with contextlib.suppress(OSError), socket.socket():
        found.append("reaches the network")
    with contextlib.suppress(OSError):
        if (pid := os.fork()) == 0:
            os._exit(0)
        os.waitpid(pid, 0)
        found.append("starts processes")
    if any(name.startswith("INKREEL_") for name in os.environ):
        found.append("sees our settings")
    with contextlib.suppress(OSError):
        os.kill(1 if os.getppid() == 1 else os.getppid(), 0)
        found.append("signals other processes")
    if os.geteuid() == 0:
        found.append("is root")
    return found


if __name__ == "__main__":
    for breach in breaches(sys.argv[1]):
        print(breach)
