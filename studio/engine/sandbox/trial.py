"""Tries to get out, from inside: what it prints are the walls that did not hold, none if all is well. Run by `ladder.py`."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from pathlib import Path


def breaches(canary: Path) -> list[str]:
    """What can be done here that must not be."""
    found: list[str] = []
    with contextlib.suppress(OSError), canary.open("rb"):
        found.append("reads other files")
    with contextlib.suppress(OSError), canary.with_name("written").open("wb"):
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
    sys.stdout.write("\n".join(breaches(Path(sys.argv[1]))))
