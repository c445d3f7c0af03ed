"""Where the beats of a piece of music fall, so that cuts can be laid on them.

Onsets are where the spectrum grows; the tempo is the period at which they repeat; the beats are the series of times about that far
apart that meets the most onsets. Slow strings without attacks may be counted twice as fast.
Source: D. Ellis, "Beat Tracking by Dynamic Programming", Journal of New Music Research 36(1), 2007.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.engine.ffmpeg.process import Stop, never
from studio.engine.sound.master import checked
from studio.engine.sound.source import Sound
from studio.engine.time import SAMPLE_RATE

MOST_S = 1200
"""Of a longer sound only so many seconds are listened to."""

_RATE = 100
_HOP = SAMPLE_RATE // 2 // _RATE
_WINDOW = 1024
_LEAD = 8 * _HOP
"""Samples from where a window is read to the onset it grows by: most of one and one step."""
_BANDS = 32
_BLOCK_S = 20
_SLOWEST_S, _FASTEST_S, _USUAL_S = 1.2, 0.25, 0.5
_OCTAVES = 0.9
_TIGHT = 100.0
_STEADY = 0.06
"""How much of the curve of onsets must come back beats later: of a voice 0.02 does, of slow strings 0.15, of drums 0.7."""
_LEAST_S = 8
_FEWEST = 8

Floats = NDArray[np.float32]


def beats(sound: Sound, *, stop: Stop = never) -> tuple[int, ...]:
    """Milliseconds from the first sample to each beat; none where there is no steady one.

    Raises:
        UnsupportedMedia: its file can no longer be read. Cancelled: `stop()` said so.
    """
    onsets = _onsets(sound, stop)
    period, steady = _pulse(onsets)
    if steady < _STEADY or len(onsets) < _LEAST_S * _RATE:
        return ()
    checked(stop)
    return tuple(int(at * 1000 // _RATE) for at in _tracked(onsets, period))


def _onsets(sound: Sound, stop: Stop) -> Floats:
    """How much the spectrum grows, 100 values a second, with a deviation of 1."""
    window, bands = np.hanning(_WINDOW).astype(np.float32), _bands()
    samples = min(sound.samples, MOST_S * SAMPLE_RATE)
    found: list[Floats] = []
    for start in range(0, samples, _BLOCK_S * SAMPLE_RATE):
        checked(stop)
        heard = sound.read(start - _LEAD, _BLOCK_S * SAMPLE_RATE + 2 * (_HOP + _WINDOW)).mean(axis=1)
        half = heard[: len(heard) // 2 * 2].reshape(-1, 2).mean(axis=1)
        count = _BLOCK_S * _RATE + 1
        frames = np.lib.stride_tricks.sliding_window_view(half, _WINDOW)[: count * _HOP : _HOP]
        seen = np.log1p(100 * np.abs(np.fft.rfft(frames * window, axis=1)).astype(np.float32) @ bands)
        found.append(np.maximum(np.diff(seen, axis=0), 0).sum(axis=1))
    grown = np.concatenate(found)[: samples * _RATE // SAMPLE_RATE] if found else np.zeros(0, np.float32)
    if not grown.size or grown.max() < 1e-3:
        return np.zeros(0, np.float32)
    around = np.ones(_RATE, np.float32) / _RATE
    risen = np.maximum(grown - np.convolve(grown, around, "same"), 0)
    return risen / (risen.std() + 1e-9)


def _bands() -> Floats:
    """Weights of the spectrum's lines for bands as wide as the ear's: (lines, bands). Source: the mel scale, O'Shaughnessy 1987."""
    lines = np.fft.rfftfreq(_WINDOW, 2 / SAMPLE_RATE)
    mel = 2595 * np.log10(1 + lines / 700)
    edges = np.linspace(mel[1], mel[-1] * 0.85, _BANDS + 2)
    up = (mel[:, None] - edges[:-2]) / np.diff(edges)[:-1]
    down = (edges[2:] - mel[:, None]) / np.diff(edges)[1:]
    weights = np.maximum(0, np.minimum(up, down))
    return (weights / np.maximum(weights.sum(axis=0), 1e-9)).astype(np.float32)


def _pulse(onsets: Floats) -> tuple[float, float]:
    """The period of the beat in hundredths of a second, and the share of the curve that comes back after 1 to 8 beats."""
    if len(onsets) < _FEWEST * _FASTEST_S * _RATE:
        return _USUAL_S * _RATE, 0.0
    size, level = 1 << (2 * len(onsets) - 1).bit_length(), onsets - onsets.mean()
    own = np.fft.irfft(np.abs(np.fft.rfft(level, size)) ** 2)[: len(onsets)]
    own = own / np.arange(len(own), 0, -1)
    own[len(own) * 3 // 4 :] = 0
    periods = np.arange(_FASTEST_S * _RATE, _SLOWEST_S * _RATE, 0.05)
    later = np.arange(1, _FEWEST + 1)[:, None] * periods
    back = np.interp(later, np.arange(len(own)), own, right=0).mean(axis=0) / max(own[0], 1e-9)
    likely = np.exp(-0.5 * (np.log2(periods / (_USUAL_S * _RATE)) / _OCTAVES) ** 2)
    best = int(np.argmax(back * likely))
    return float(periods[best]), float(back[best])


def _tracked(onsets: Floats, period: float) -> list[int]:
    """The series of hundredths about a period apart that meets the most onsets."""
    near = np.arange(-round(2 * period), -round(period / 2) + 1)
    cost = -_TIGHT * np.log(-near / period) ** 2
    reach = -int(near[0])
    best = np.zeros(reach + len(onsets), np.float64)
    came = np.full(len(onsets), -1, np.int64)
    for at, onset in enumerate(onsets):
        before = best[at : at + len(near)] + cost
        choice = int(np.argmax(before))
        best[reach + at] = onset + max(0.0, before[choice])
        if before[choice] > 0:
            came[at] = at + int(near[choice])
    at = int(np.argmax(best[reach:]))
    found = [at]
    while (at := int(came[at])) >= 0:
        found.append(at)
    strong = onsets[found] > 0.5 * np.sqrt(np.mean(onsets[found] ** 2))
    first, last = len(found) - int(np.argmax(strong[::-1])), int(np.argmax(strong))
    return found[last:first][::-1]
