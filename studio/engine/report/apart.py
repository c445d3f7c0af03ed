"""The report card of a file that somebody brought in: measured in the sandbox, and always answered soon."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from studio.core import log
from studio.core.errors import UnsupportedMedia
from studio.engine.report.card import Report, from_plain
from studio.engine.sandbox.run import CameToGrief, Ears, Limits, TookTooLong, Work, run
from studio.engine.time import Rate
from studio.engine.timeline import Caption

LIMIT_S = 600.0
"""Seconds a file may take, and one more for each MB of it: every frame is decoded."""

_BYTES_A_SECOND = 1_000_000
_MEMORY_BYTES = 3 << 30
_MOST_OUT_BYTES = 16 << 20

_log = log.logger("engine.report")


def measured_apart(
    path: Path, *, rate: Rate | None = None, captions: Sequence[Caption] = (), stop: Callable[[], bool] = lambda: False
) -> tuple[Report, dict[str, Any]]:
    """The report card of a file from outside, and its probe as JSON values.

    Raises:
        UnsupportedMedia: it is missing, damaged, out of proportion, or not a film, sound or picture.
        Cancelled: `stop()` said so.
        SandboxRefused: this machine cannot keep it apart.
    """
    asked = {
        "name": path.name,
        "rate": str(rate) if rate else "",
        "captions": [list(asdict(c).values()) for c in captions],
    }
    try:
        seconds = LIMIT_S + path.stat().st_size / _BYTES_A_SECOND
        limits = Limits(seconds, cpu_s=int(seconds), memory_bytes=_MEMORY_BYTES, out_bytes=_MOST_OUT_BYTES)
        work = Work("module", "studio.engine.report.measured", files=(path,))
        said = json.loads(run(work, json.dumps(asked).encode(), limits=limits, ours=True, ears=Ears(stop=stop)))
        if "error" in said:
            raise UnsupportedMedia(str(said["error"]))
        return from_plain(said["report"]), dict(said["probe"])
    except TookTooLong as error:
        raise UnsupportedMedia(f"Measuring {path.name} took too long and was stopped. Try a shorter one.") from error
    except (CameToGrief, OSError, ValueError, KeyError, TypeError) as error:
        _log.warning("a media file could not be measured apart", said=str(error))
        raise UnsupportedMedia(
            f"{path.name} cannot be read: it is damaged, or not a film, sound or picture that Inkreel knows."
        ) from error
