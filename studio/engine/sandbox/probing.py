"""What a file that somebody brought in is: read in the sandbox, and always answered soon."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from studio.core import log
from studio.core.errors import UnsupportedMedia
from studio.engine.looks.facts import MediaFacts, unpacked
from studio.engine.sandbox.run import CameToGrief, Ears, Limits, TookTooLong, Work, run

LIMIT_S = 8.0
"""Seconds a file may take, and one more for each 100 MB of it: every packet is counted."""

_BYTES_A_SECOND = 100_000_000
_MEMORY_BYTES = 1 << 30
_MOST_OUT_BYTES = 8 << 20

_log = log.logger("engine.probe")


def probed_apart(path: Path, *, name: str = "", stop: Callable[[], bool] = lambda: False) -> MediaFacts:
    """As `probe.probed`, for a file from outside; `name` is what the person calls it, the file's own name unless said.

    Raises:
        UnsupportedMedia: it is missing, damaged, out of proportion, or not a film, sound or picture.
        Cancelled: `stop()` said so.
        SandboxRefused: this machine cannot keep it apart.
    """
    name = name or path.name
    try:
        seconds = LIMIT_S + path.stat().st_size / _BYTES_A_SECOND
        limits = Limits(seconds, cpu_s=int(seconds), memory_bytes=_MEMORY_BYTES, out_bytes=_MOST_OUT_BYTES)
        work = Work("module", "studio.engine.probe", files=(path,))
        said = run(work, name.encode(), limits=limits, ours=True, ears=Ears(stop=stop))
        return _facts(json.loads(said))
    except TookTooLong as error:
        raise UnsupportedMedia(
            f"Reading {name} took too long and was stopped. Save it anew and bring that in."
        ) from error
    except (CameToGrief, OSError, ValueError, KeyError, TypeError) as error:
        _log.warning("a media file could not be read apart", said=str(error))
        raise UnsupportedMedia(
            f"{name} cannot be read: it is damaged, or not a film, sound or picture that Inkreel knows."
        ) from error


def _facts(said: dict[str, Any]) -> MediaFacts:
    if "error" in said:
        raise UnsupportedMedia(str(said["error"]))
    return unpacked(said)
