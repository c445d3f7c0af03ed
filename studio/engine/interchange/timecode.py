"""SMPTE timecode: whole frames to "01:00:00:00" and back, drop-frame where a rate has it. Source: SMPTE ST 12-1."""

from __future__ import annotations

import re
from math import ceil

from studio.core.errors import Invalid
from studio.engine.time import Rate

_CODE = re.compile(r"(\d{1,2})[:;.](\d{1,2})[:;.](\d{1,2})([:;.,])(\d{1,3})")


def counted(rate: Rate) -> int:
    """The frames a timecode counts in a second: 24 at 23.976."""
    return ceil(rate.fps)


def drops(rate: Rate) -> bool:
    """Whether there is drop-frame at this rate: at 29.97 and 59.94."""
    return rate.fps.denominator == 1001 and counted(rate) % 30 == 0


def timecode(frames: int, rate: Rate, *, drop: bool = False) -> str:
    """A frame's timecode; drop-frame has a ";" before its frames, and after 24 hours it begins anew."""
    second = counted(rate)
    dropped = drop and drops(rate)
    if dropped:
        skipped = second // 15
        ten = second * 600 - 9 * skipped
        frames %= ten * 144
        tens, rest = divmod(frames, ten)
        minutes = max(0, rest - skipped) // (second * 60 - skipped)
        frames += skipped * (tens * 9 + minutes)
    else:
        frames %= second * 86_400
    seconds, frame = divmod(frames, second)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{';' if dropped else ':'}{frame:02d}"


def frames_of(code: str, rate: Rate, *, drop: bool | None = None) -> int:
    """The frame a timecode means; a ";" says drop-frame unless `drop` does.

    Raises: Invalid.
    """
    found = _CODE.fullmatch(code.strip())
    if found is None:
        raise Invalid(f"{code[:20]!r} is not a timecode. Write it as 01:00:00:00.")
    hours, minutes, seconds, frame = (int(found[i]) for i in (1, 2, 3, 5))
    second = counted(rate)
    if minutes > 59 or seconds > 59 or frame >= second:
        raise Invalid(f"There is no timecode {code} at {rate.said} frames a second.")
    whole = (hours * 3600 + minutes * 60 + seconds) * second + frame
    if not drops(rate) or not (";" in code if drop is None else drop):
        return whole
    skipped = second // 15
    if minutes % 10 and not seconds and frame < skipped:
        raise Invalid(f"There is no timecode {code}: drop-frame leaves it out.")
    past = hours * 60 + minutes
    return whole - skipped * (past - past // 10)
