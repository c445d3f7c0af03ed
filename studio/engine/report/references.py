"""What a film should look like where its picture changes: drawn as the preview draws it, small, to hold the file against."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing

import numpy as np

from studio.engine.presets import Part, Preset
from studio.engine.render.footage import Store
from studio.engine.render.layers import Span, stretches
from studio.engine.report.watched import Luma
from studio.engine.timeline import Timeline

MOST = 60
"""References of one file: a minute of cuts a second apart, or a longer film's looked at here and there."""

_ACROSS = 640
"""Pixels across they are drawn at, twice what likeness is measured at: fine lines drawn smaller would not be the same."""

_BLACK = 16


def references(
    timeline: Timeline,
    part: Part,
    kind: Preset,
    store: Store,
    *,
    also: Iterable[int] = (),
    most: int = MOST,
    stop: Callable[[], bool] = lambda: False,
    on_share: Callable[[float], None] = lambda share: None,
) -> dict[int, Luma]:
    """The luma of the first frame after every cut and of `also`, by their numbers in the part; at most `most`, spread evenly.

    Raises:
        UnsupportedMedia, EncoderFailed, Cancelled, SandboxRefused: as `film.drawn`.
    """
    from studio.engine.render.film import drawn

    cuts = {stretch.start for stretch in stretches(timeline)} | set(also)
    wanted = _spread(sorted(frame for frame in cuts if part.start <= frame < part.end), most)
    size, out = _size(kind, timeline), dict[int, Luma]()
    for done, frame in enumerate(wanted):
        on_share(done / len(wanted))
        with closing(drawn(timeline, Span(frame, 1), size, store, stop=stop)) as frames:
            out[frame - part.start] = _shaped(next(frames).y.copy(), kind)
    return out


def _spread(frames: list[int], most: int) -> list[int]:
    if len(frames) <= most:
        return frames
    return [frames[i * (len(frames) - 1) // max(most - 1, 1)] for i in range(most)]


def _size(kind: Preset, timeline: Timeline) -> tuple[int, int]:
    """In the shape the film is composed in, so small that the file's frame is `_ACROSS` wide."""
    width, height = kind.frame_size(timeline.width, timeline.height)
    across = (kind.shape or (width, height))[0] if kind.makes == "film" else width
    share = min(1.0, _ACROSS / across)
    return max(2, round(width * share / 2) * 2), max(2, round(height * share / 2) * 2)


def _shaped(luma: Luma, kind: Preset) -> Luma:
    """Between bars or without its sides, where the file has another shape than the film; at even pixels, as FFmpeg lays it."""
    if kind.shape is None or kind.makes != "film":
        return luma
    height, width = luma.shape
    across, down = kind.shape
    if kind.fit == "cover":
        wide, high = min(width, round(height * across / down)), min(height, round(width * down / across))
        left, top = (width - wide) // 4 * 2, (height - high) // 4 * 2
        return np.ascontiguousarray(luma[top : top + high, left : left + wide])
    wide, high = max(width, round(height * across / down)), max(height, round(width * down / across))
    out = np.full((high, wide), _BLACK, np.uint8)
    left, top = (wide - width) // 4 * 2, (high - height) // 4 * 2
    out[top : top + height, left : left + width] = luma
    return out
