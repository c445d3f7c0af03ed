"""The shape of a sound for drawing: the lowest and highest level of every bucket, at several zooms, in one small file.

The file: a head (magic, samples, number of zooms), then for each zoom, finest first, pairs of int16 (lowest, highest) of
buckets of 256, 2048, 16384 and 131072 samples; both channels together.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.core.errors import Invalid
from studio.engine.ffmpeg.process import Stop, never
from studio.engine.sound.master import checked
from studio.engine.sound.source import Sound

BUCKETS = (256, 2048, 16_384, 131_072)
"""Samples of a bucket at each zoom."""

_MAGIC = b"INKWAVE1"
_HEAD = struct.Struct("<8sQI")
_BLOCK = BUCKETS[-1] * 8
_FULL = 32_767

Peaks = NDArray[np.int16]
"""(buckets, 2): lowest and highest."""


@dataclass(frozen=True, slots=True)
class Waveform:
    """A sound's peaks: one array a zoom, finest first."""

    samples: int
    zooms: tuple[Peaks, ...]

    def drawn(self, first: int, count: int, width: int) -> Peaks:
        """Lowest and highest for each of `width` columns over samples `first` to `first + count`; silence outside.

        Raises:
            Invalid: there is nothing to draw.
        """
        if count <= 0 or width <= 0:
            raise Invalid("A waveform is drawn over some time and some columns.", field="width")
        zoom = max((i for i, each in enumerate(BUCKETS) if each * width <= count), default=0)
        peaks, bucket = self.zooms[zoom], BUCKETS[zoom]
        edges = first + np.arange(width + 1, dtype=np.int64) * count // width
        out = np.zeros((width, 2), np.int16)
        begin, end = np.maximum(edges[:-1] // bucket, 0), np.minimum(-(-edges[1:] // bucket), len(peaks))
        for column in np.flatnonzero(begin < end):
            some = peaks[begin[column] : end[column]]
            out[column] = some[:, 0].min(), some[:, 1].max()
        return out


def waveform(sound: Sound, *, on_progress: Callable[[float], None] | None = None, stop: Stop = never) -> bytes:
    """The peaks of a whole sound, as a file to keep.

    Raises:
        UnsupportedMedia: its file can no longer be read. Cancelled: `stop()` said so.
    """
    found: list[list[Peaks]] = [[] for _ in BUCKETS]
    for start in range(0, sound.samples, _BLOCK):
        checked(stop)
        count = min(_BLOCK, sound.samples - start)
        heard = sound.read(start, count)
        low, high = heard.min(axis=1), heard.max(axis=1)
        for zoom, bucket in enumerate(BUCKETS):
            step = bucket // (BUCKETS[zoom - 1] if zoom else 1)
            at = np.arange(0, len(low), step)
            low, high = np.minimum.reduceat(low, at), np.maximum.reduceat(high, at)
            both = np.stack((low, high), axis=1)
            found[zoom].append(np.rint(np.clip(both, -1, 1) * _FULL).astype("<i2"))
        if on_progress:
            on_progress((start + count) / sound.samples)
    head = _HEAD.pack(_MAGIC, sound.samples, len(BUCKETS))
    return head + b"".join(piece.tobytes() for zoom in found for piece in zoom)


def read_waveform(data: bytes) -> Waveform:
    """What `waveform` made.

    Raises:
        Invalid: it is something else, or cut short.
    """
    try:
        magic, samples, zooms = _HEAD.unpack_from(data)
        lengths = [-(-samples // bucket) for bucket in BUCKETS]
        if magic != _MAGIC or zooms != len(BUCKETS) or len(data) != _HEAD.size + 4 * sum(lengths):
            raise ValueError
    except (struct.error, ValueError) as e:
        raise Invalid("This is not a waveform of ours. Have it made again.") from e
    out: list[Peaks] = []
    at = _HEAD.size
    for length in lengths:
        out.append(np.frombuffer(data, "<i2", 2 * length, at).reshape(-1, 2))
        at += 4 * length
    return Waveform(samples, tuple(out))
