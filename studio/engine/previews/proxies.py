"""A small film that stands in for media while people edit: 540 lines, whole frames at the project's rate, quick to jump in."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from studio.core import log
from studio.core.errors import LimitReached, UnsupportedMedia
from studio.engine.ffmpeg import process
from studio.engine.ffmpeg.process import Stop, never
from studio.engine.sandbox.run import CameToGrief, Ears, Limits, TookTooLong, Work, run
from studio.engine.time import Rate

SIDE = 540
"""Pixels of the shorter side, unless the media has fewer."""

GOP = 15
"""Frames from one that stands by itself to the next: what is decoded at most to show any."""

_MODULE = "studio.engine.previews.shrinking"
_WAIT_S = 120.0
_BYTES_A_SECOND = 100_000
_MEMORY_BYTES = 3 << 30
_MOST_OUT_BYTES = 32 << 30
_FRAME = re.compile(rb"^frame (\d+)$", re.MULTILINE)
_log = log.logger("engine.previews")


def proxied(
    path: Path,
    rate: Rate,
    out: Path,
    *,
    ffmpeg: Path,
    name: str = "",
    side: int = SIDE,
    most: int = 0,
    stop: Stop = never,
    on_frame: Callable[[int], None] | None = None,
) -> None:
    """Write `out`, an MP4 without sound whose frame n is what `path` shows n frames of `rate` after its first picture.

    The media is read in the sandbox; `name` is what the person calls it. `out` appears whole or not at all. With `most` it
    has so many frames at most. `on_frame` hears now and then how many are done.

    Raises:
        UnsupportedMedia: it holds no picture that can be read; LimitReached: it is longer than 12 hours.
        EncoderFailed, Cancelled; SandboxRefused: this machine cannot keep it apart.
    """
    name = name or path.name
    stem = f".{out.stem}.{os.getpid()}.{secrets.token_hex(4)}"
    flowing, part = out.with_name(f"{stem}.flow.mp4"), out.with_name(f"{stem}.part.mp4")
    try:
        order = {"name": name, "rate": str(rate), "side": side, "most": most}
        _shrunk(path, order, flowing, stop, on_frame or _unheard)
        copied = [
            "-map",
            "0:v:0",
            "-c",
            "copy",
            "-movflags",
            "+faststart",
            "-fflags",
            "+bitexact",
            "-f",
            "mp4",
            str(part),
        ]
        process.run(
            [str(ffmpeg), "-f", "mov", "-i", str(flowing), *copied], doing=f"keeping a proxy of {name}", stop=stop
        )
        part.replace(out)
    finally:
        flowing.unlink(missing_ok=True)
        part.unlink(missing_ok=True)


def _unheard(frame: int) -> None:
    pass


def _shrunk(path: Path, order: dict[str, Any], out: Path, stop: Stop, on_frame: Callable[[int], None]) -> None:
    name = str(order["name"])
    try:
        seconds = _WAIT_S + path.stat().st_size / _BYTES_A_SECOND
        limits = Limits(seconds, cpu_s=int(seconds) * 4, memory_bytes=_MEMORY_BYTES, out_bytes=_MOST_OUT_BYTES)
        with out.open("wb") as file:

            def take(data: bytes) -> None:
                file.write(data)

            def note(data: bytes) -> None:
                if found := _FRAME.findall(data):
                    on_frame(int(found[-1]))

            work, ears = Work("module", _MODULE, files=(path,)), Ears(stop=stop, on_output=take, on_log=note)
            run(work, json.dumps(order).encode(), limits=limits, ours=True, ears=ears)
    except TookTooLong as error:
        raise UnsupportedMedia(f"Reading {name} took too long and was stopped. Save it anew and add it.") from error
    except (CameToGrief, OSError) as error:
        _log.warning("a proxy could not be made apart", said=str(error))
        raise _told(str(error), name) from error


def _told(said: str, name: str) -> UnsupportedMedia | LimitReached:
    """The error of the child, which it says in JSON as it ends."""
    try:
        told = json.loads(said[said.index('{"error"') :])
        kind = LimitReached if told["error"] == LimitReached.code else UnsupportedMedia
        return kind(str(told["message"]))
    except (ValueError, KeyError, TypeError):
        return UnsupportedMedia(f"The picture of {name} cannot be read: it is damaged.")
