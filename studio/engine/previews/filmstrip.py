"""Pictures that stand for a clip: a strip of frames side by side in one file, and the one frame that shows it best."""

from __future__ import annotations

from typing import cast

import numpy as np

from studio.core.errors import Invalid
from studio.engine.ffmpeg.process import Stop, never
from studio.engine.previews.scrub import Picture, Scrubber, jpeg
from studio.engine.sound.master import checked

MOST_WIDE = 32_000
"""Pixels a strip may be wide: what every browser still draws, and JPEG can hold."""

_POSTERS_AT = (0.1, 0.3, 0.5, 0.7, 0.0)
_DARK, _FLAT = 24, 8


def filmstrip(film: Scrubber, count: int, height: int, *, first: int = 0, frames: int = 0, stop: Stop = never) -> bytes:
    """A JPEG of `count` pictures side by side, each `height` high: the middles of equal parts of the clip.

    The clip is frames `first` up to `first + frames` of the proxy; without `frames`, to its end.

    Raises:
        Invalid: the clip is not all in the proxy, or the strip would be too wide. Cancelled: `stop()` said so.
    """
    frames = frames or film.frames - first
    if count < 1 or not 2 <= height <= 1080 or first < 0 or frames < 1 or first + frames > film.frames:
        raise Invalid("A strip shows frames that are there, from 2 to 1080 pixels high.", field="frames")
    strip: list[Picture] = []
    for i in range(count):
        checked(stop)
        strip.append(_sized(film.picture(first + (2 * i + 1) * frames // (2 * count)), height))
        if strip[0].shape[1] * count > MOST_WIDE:
            raise Invalid(f"A strip of {count} pictures this high is too wide. Ask for fewer.", field="count")
    return jpeg(np.concatenate(strip, axis=1))


def poster(film: Scrubber, height: int) -> bytes:
    """A JPEG of the first of some frames that is neither black nor of one colour; of the first frame when none is."""
    shown = film.picture(0)
    for share in _POSTERS_AT:
        shown = film.picture(int((film.frames - 1) * share))
        if shown.mean() > _DARK and shown.std() > _FLAT:
            break
    return jpeg(_sized(shown, height))


def _sized(picture: Picture, height: int) -> Picture:
    import cv2

    width = max(1, round(picture.shape[1] * height / picture.shape[0]))
    return cast(Picture, cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA))
