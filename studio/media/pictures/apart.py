"""Draws a picture from outside anew, in the sandbox: it can take neither our memory nor our time, nor reach anything."""

from __future__ import annotations

import io
import json
import sys
from typing import Any, Literal, get_args

from studio.core import log
from studio.core.errors import Invalid, LimitReached
from studio.engine.sandbox.answering import answer
from studio.engine.sandbox.run import CameToGrief, Limits, TookTooLong, Work, run

BEFOREHAND = ("studio.media.pictures.reading", "studio.media.pictures.scan")
"""What is imported late here, for the sandbox's warm parent (`sandbox/zygote.py`)."""

Fit = Literal["whole", "fill"]
"""The whole picture with paper round it, or the frame filled and what sticks out cut off."""

LIMIT_S = 18.0
MEMORY_BYTES = 1400 << 20
"""Address space of the child: the most pixels we take, a few times over, and the libraries."""
_CPU_S = 16
_MODULE = "studio.media.pictures.apart"
_MOST_OUT_BYTES = 256 << 20
_PAPER = (255, 255, 255)
_QUICK = 3
"""Of 0..9: a large picture is written within its time."""
_log = log.logger("media.pictures")


def fitted_picture(
    data: bytes, *, width: int, height: int, fit: Fit = "whole", scan: bool = False, limit_s: float = LIMIT_S
) -> bytes:
    """The picture in a file as a PNG of `width` x `height` pixels; a `scan` is set straight and cut to what is drawn first.

    Nothing of the file itself is kept: its pixels are drawn anew, on white paper, without metadata.

    Raises:
        Invalid: it is no picture we read, or damaged; the message says what to do.
        LimitReached: it is too large, or takes too long or too much memory.
        SandboxRefused: this machine cannot keep it apart.
    """
    if fit not in get_args(Fit):
        raise Invalid("A picture is shown whole, or fills the frame.", field="fit")
    return _drawn(data, {"width": width, "height": height, "fit": fit, "scan": scan}, limit_s)


def redrawn_picture(data: bytes, *, limit_s: float = LIMIT_S) -> bytes:
    """The picture in a file as a PNG of its own size, upright, in sRGB; what one can see through stays so.

    Nothing of the file itself is kept: its pixels are drawn anew, without metadata.

    Raises:
        Invalid, LimitReached, SandboxRefused: as `fitted_picture`.
    """
    return _drawn(data, {}, limit_s)


def _drawn(data: bytes, wishes: dict[str, Any], limit_s: float) -> bytes:
    from studio.media.pictures.reading import KINDS, MOST_BYTES

    if not data:
        raise Invalid(f"This file is empty. Bring in a picture as {KINDS}.", field="file")
    if len(data) > MOST_BYTES:
        raise LimitReached(f"This picture is larger than {MOST_BYTES >> 20} MB. Save it smaller and bring that in.")
    limits = Limits(wall_s=limit_s, cpu_s=_CPU_S, memory_bytes=MEMORY_BYTES, out_bytes=_MOST_OUT_BYTES)
    try:
        out = run(Work("module", _MODULE, (json.dumps(wishes),)), data, limits=limits, ours=True)
    except TookTooLong as error:
        raise LimitReached(
            f"Reading this picture took longer than {limit_s:g} seconds and was stopped. Save it smaller and bring that in."
        ) from error
    except CameToGrief as error:
        _log.warning("a picture could not be read apart", said=str(error))
        raise Invalid(
            f"This picture is damaged and could not be read. Save it again as {KINDS} and bring that in.", field="file"
        ) from error
    return _picture(out)


def _picture(out: bytes) -> bytes:
    if out.startswith(b"\x89PNG"):
        return out
    said: dict[str, Any] = json.loads(out)
    message = str(said["message"])
    raise LimitReached(message) if said["error"] == LimitReached.code else Invalid(message, field="file")


def _fitted(data: bytes, *, width: int, height: int, fit: Fit, scan: bool) -> bytes:
    from PIL import Image, ImageOps

    from studio.media.pictures.reading import read_picture
    from studio.media.pictures.scan import straightened

    Image.MAX_IMAGE_PIXELS = None  # what is too large is refused by our own measure, in words
    picture = read_picture(data)
    if scan:
        picture = straightened(picture)
    sharp = Image.Resampling.LANCZOS
    size = (width, height)
    made = ImageOps.fit(picture, size, sharp) if fit == "fill" else ImageOps.pad(picture, size, sharp, color=_PAPER)
    out = io.BytesIO()
    made.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _redrawn(data: bytes) -> bytes:
    from PIL import Image

    from studio.media.pictures.reading import read_picture

    Image.MAX_IMAGE_PIXELS = None  # as above
    out = io.BytesIO()
    read_picture(data, clear=True).save(out, "PNG", compress_level=_QUICK)
    return out.getvalue()


def _main() -> None:
    wishes: dict[str, Any] = json.loads(sys.argv[1])
    answer(
        lambda: _fitted(sys.stdin.buffer.read(), **wishes) if wishes else _redrawn(sys.stdin.buffer.read()),
        too_much="Reading this picture takes more memory than a picture should. Save it smaller and bring that in.",
    )


if __name__ == "__main__":
    _main()
