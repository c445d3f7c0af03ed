"""Who runs the studio of a data folder: one at a time, known by a lock that the kernel lets go of when its holder ends."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from studio.core.errors import Conflict
from studio.core.settings import Settings, prepared_home


@contextmanager
def sole_run(s: Settings) -> Generator[None]:
    """Hold the data folder for as long as the block lasts.

    Raises:
        Conflict: somebody runs it now; the sentence says where.
    """
    path = _path(prepared_home(s))
    with path.open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            where = _told(path)
            raise Conflict(
                f"Inkreel is already running here, at {where['address']} (process {where['pid']}). "
                "Stop that one first, or choose another data folder with --home.",
                code="already_running",
            ) from None
        lock.seek(0)
        lock.truncate()
        json.dump({"pid": os.getpid(), "address": s.origin}, lock)
        lock.flush()
        try:
            yield
        finally:
            lock.truncate(0)


def running_at(s: Settings) -> str | None:
    """The address at which the studio of this data folder runs now; None when it does not."""
    path = _path(s.home_folder)
    try:
        with path.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _told(path)["address"]
    except OSError:
        return None
    return None


def _path(home: Path) -> Path:
    return home / "up.lock"


def _told(path: Path) -> dict[str, str]:
    try:
        return {"address": "?", "pid": "?", **json.loads(path.read_text(encoding="utf-8"))}
    except (OSError, ValueError):  # its holder has only just begun to write it
        return {"address": "an address not known yet", "pid": "unknown"}
