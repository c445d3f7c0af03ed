"""Sound at another speed: as a tape would give it (higher when faster), or with its pitch kept; backwards; along a ramp.

A tape's way is interpolation by windowed sinc, its band narrowed when it runs faster. Keeping the pitch is WSOLA: pieces of 43 ms
laid one over the other where they fit best. Source: W. Verhelst, M. Roelands, "An overlap-add technique based on waveform
similarity", ICASSP 1993.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.engine.sound.desk.envelope import line
from studio.engine.sound.source import Sound
from studio.engine.sound.wave import Samples
from studio.engine.time import SAMPLE_RATE, Rate
from studio.engine.timeline.curves import Curve
from studio.engine.timeline.model import Speed

FASTEST, SLOWEST = 32.0, 1 / 16
"""What runs faster or slower than this is not heard: nothing can be made out."""

_BLOCK = 8192
_HALF_TAPS = 16
_PHASES = 512
_HOP = 1024
_SEARCH = 600

Where = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""The samples of the media, with fractions, that are heard at samples of the clip (counted from its start)."""


def retimed(sound: Sound, speed: Speed, rate: Rate, source_in: int, first: int, last: int) -> Iterator[Samples]:
    """The clip's samples `first` up to `last`, counted from its start, in pieces of (count, channels).

    Backwards it begins with the last sample of the frame `source_in`.
    """
    begin = float(rate.samples(max(0, source_in)))
    if speed.ramp is not None:
        where = _ramp(speed.ramp, rate, begin)
    else:
        factor = float(speed.factor)
        start = begin if factor >= 0 else rate.samples(max(0, source_in) + 1) - 1.0
        where = _steady(start, factor)
    plain = speed.ramp is None and abs(speed.factor) == 1
    if speed.keep_pitch and not plain:
        yield from _kept_pitch(sound, where, first, last)
        return
    for at in range(first, last, _BLOCK):
        yield _taped(sound, where(np.arange(at, min(at + _BLOCK, last), dtype=np.float64)))


def _steady(start: float, factor: float) -> Where:
    return lambda at: start + factor * at


def _ramp(ramp: Curve, rate: Rate, begin: float) -> Where:
    frame = float(SAMPLE_RATE / rate.fps)
    along = line(ramp, rate)
    if isinstance(along, float | int):
        return lambda at: np.full(len(at), begin + along * frame)
    return lambda at: begin + frame * np.interp(at, along.at, along.values)


def _taped(sound: Sound, at: NDArray[np.float64]) -> Samples:
    """The sound at any places, between samples too."""
    speed = float(np.abs(np.diff(at)).max(initial=0.0)) if len(at) > 1 else 1.0
    if not SLOWEST <= speed <= FASTEST:
        return np.zeros((len(at), sound.channels), np.float32)
    narrowed = max(1, int(np.ceil(speed * 8 - 1e-6))) if speed > 1 else 8
    table = _kernel(narrowed)
    half = table.shape[1] // 2
    lowest, highest = int(np.floor(at.min())) - half, int(np.floor(at.max())) + half + 1
    windows = np.lib.stride_tricks.sliding_window_view(sound.read(lowest, highest - lowest + 1), 2 * half, axis=0)
    whole = np.floor(at)
    phase = (at - whole) * _PHASES
    row = phase.astype(np.int64)
    rest = (phase - row).astype(np.float32)[:, None]
    taps = table[row] * (1 - rest) + table[row + 1] * rest
    chosen = windows[whole.astype(np.int64) - half + 1 - lowest]
    return np.einsum("ict,it->ic", chosen, taps).astype(np.float32)


@lru_cache(maxsize=16)
def _kernel(eighths: int) -> NDArray[np.float32]:
    """Interpolators for `_PHASES` + 1 places between two samples, the band cut to eight `eighths`-ths of it."""
    share = min(1.0, 8 / eighths)
    half = int(np.ceil(_HALF_TAPS / share))
    shifts = np.arange(_PHASES + 1)[:, None] / _PHASES
    distance = np.arange(1 - half, half + 1)[None, :] - shifts
    window = np.where(np.abs(distance) <= half, np.cos(np.pi * distance / (2 * half)) ** 2, 0)
    kernel = np.sinc(distance * share) * window
    return (kernel / kernel.sum(axis=1, keepdims=True)).astype(np.float32)


def _kept_pitch(sound: Sound, where: Where, first: int, last: int) -> Iterator[Samples]:
    """Pieces of two hops, a hop apart, each taken from where it continues the one before best, near where it belongs."""
    ends = where(np.array([first, last], np.float64))
    back = bool(ends[1] < ends[0])
    sign = -1.0 if back else 1.0
    window: Samples = np.hanning(2 * _HOP + 1)[:-1].astype(np.float32)[:, None]
    left: Samples = np.zeros((_HOP, sound.channels), np.float32)
    follows: int | None = None
    for at in range(first - _HOP, last, _HOP):
        here, there = sign * where(np.array([at, at + _HOP], np.float64))
        wanted = round(float(here))
        if not SLOWEST <= (there - here) / _HOP <= FASTEST:
            piece, follows = np.zeros((2 * _HOP, sound.channels), np.float32), None
        else:
            begin = wanted if follows is None else wanted + _best(sound, follows, wanted, back)
            piece, follows = _read(sound, begin, 2 * _HOP, back), begin + _HOP
        shaped: Samples = piece * window
        out, left = left + shaped[:_HOP], shaped[_HOP:]
        if at >= first:
            yield out[: last - at]


def _read(sound: Sound, start: int, count: int, back: bool) -> Samples:
    """`count` samples; backwards, sample n is the media's sample -n."""
    return sound.read(1 - start - count, count)[::-1] if back else sound.read(start, count)


def _best(sound: Sound, follows: int, wanted: int, back: bool) -> int:
    """How far from `wanted` the sound is most like what would have followed."""
    if follows == wanted:
        return 0
    model = _read(sound, follows, _HOP, back).sum(axis=1)
    near = _read(sound, wanted - _SEARCH, _HOP + 2 * _SEARCH, back).sum(axis=1)
    size = 4096
    likeness = np.fft.irfft(np.fft.rfft(near, size) * np.conj(np.fft.rfft(model, size)), size)[: 2 * _SEARCH + 1]
    power = np.concatenate(([0.0], np.cumsum(np.square(near, dtype=np.float64))))
    energy = power[_HOP:] - power[:-_HOP]
    return int(np.argmax(likeness / np.sqrt(energy[: 2 * _SEARCH + 1] + 1e-6))) - _SEARCH
