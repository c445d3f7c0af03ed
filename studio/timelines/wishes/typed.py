"""Lengths as people read and type them: seconds and frames."""

from __future__ import annotations

import re

from studio.core.errors import Invalid
from studio.engine.time import Rate

_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,3})")


def timecode(frames: int, rate: Rate) -> str:
    """Frames as s:ff, or m:ss:ff from a minute on."""
    whole = max(1, round(rate.fps))
    seconds, rest = divmod(frames, whole)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes}:{seconds:02d}:{rest:02d}" if minutes else f"{seconds}:{rest:02d}"


def frames_of(text: str, rate: Rate) -> int:
    """A length as people type it in frames. Raises: Invalid."""
    found = _TIME.fullmatch(text.strip())
    if found:
        minutes, seconds, rest = (int(part or 0) for part in found.groups())
        return (minutes * 60 + seconds) * max(1, round(rate.fps)) + rest
    try:
        seconds_only = float(text.strip().removesuffix("s").replace(",", "."))
    except ValueError as e:
        raise Invalid("Type a length such as 4:07 (seconds and frames) or 4.5.", field="frames") from e
    return rate.frames(seconds_only) if 0 < seconds_only < 10_000 else 0
