"""How alike a film and its preview are where its picture changes: drawn as the preview draws it, small, and compared.

A frame is drawn once: what it came to is kept under what it shows and what the film shows, so an edit costs only its own cuts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing

import numpy as np

from studio.engine.presets import Part, Preset
from studio.engine.render.footage import Store
from studio.engine.render.keys import segment_keys
from studio.engine.render.layers import Span, stretches
from studio.engine.report.watched import Luma, References, ssim
from studio.engine.sound.measures import Measures, key_of
from studio.engine.timeline import Timeline

MOST = 60
"""References of one file: a minute of cuts a second apart, or a longer film's looked at here and there."""

_ACROSS = 640
"""Pixels across they are drawn at, twice what likeness is measured at: fine lines drawn smaller would not be the same."""

_BLACK = 16
_TOGETHER = 10
"""References drawn in one go: those of a clip share its decoder, and so many clips are held in memory."""

_VERSION = 1
"""Raised whenever the same two pictures would be called more or less alike."""


def references(
    timeline: Timeline,
    part: Part,
    kind: Preset,
    store: Store,
    known: Measures,
    *,
    also: Iterable[int] = (),
    most: int = MOST,
    stop: Callable[[], bool] = lambda: False,
    on_share: Callable[[float], None] = lambda share: None,
) -> References:
    """The first frame after every cut and those of `also`, counted in the part, to be held against what they should show.

    Of more than `most` it is those whose keys come first: here and there in the film, and an edit elsewhere chooses no others.
    What is not `known` is drawn when they are asked how alike the film is, which raises
    UnsupportedMedia, EncoderFailed, Cancelled, SandboxRefused: as `film.drawn`.
    """
    cuts = {stretch.start for stretch in stretches(timeline)} | set(also)
    frames = sorted(frame for frame in cuts if part.start <= frame < part.end)
    keys = segment_keys(timeline, [Span(frame, 1) for frame in frames], kind, encoder_version="")
    chosen = {frame - part.start: key for key, frame in sorted(zip(keys, frames, strict=True))[:most]}
    size = _size(kind, timeline)

    def alike(small: Mapping[int, Luma]) -> dict[int, float]:
        names = {at: _name(chosen[at], size, kind, luma) for at, luma in sorted(small.items())}
        found = {at: known.find(name) for at, name in names.items()}
        missing = [at for at, numbers in found.items() if numbers is None]
        for done in range(0, len(missing), _TOGETHER):
            on_share(done / len(missing))
            some = missing[done : done + _TOGETHER]
            for at, luma in zip(
                some, _drawn(timeline, [part.start + at for at in some], size, store, stop), strict=True
            ):
                found[at] = known.keep(names[at], np.asarray([ssim(small[at], _shaped(luma, kind))]))
        return {at: float(numbers[0]) for at, numbers in found.items() if numbers is not None}

    return References(frozenset(chosen), alike)


def _name(key: str, size: tuple[int, int], kind: Preset, small: Luma) -> str:
    """What a likeness is kept under: what should be seen, at which size, and what is."""
    seen = hashlib.sha256(small.tobytes()).hexdigest()
    return key_of("likeness", _VERSION, key, size, kind.shape, kind.fit, small.shape, seen)


def _drawn(
    timeline: Timeline, frames: Sequence[int], size: tuple[int, int], store: Store, stop: Callable[[], bool]
) -> Iterator[Luma]:
    """The luma of some frames, each good until the next is asked for."""
    from studio.engine.render.film import sampled

    with closing(sampled(timeline, frames, size, store, stop=stop)) as pictures:
        for picture in pictures:
            yield picture.y


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
