"""What a dry synthetic voice needs before it is heard: resampling, trimming, equaliser, a small room, an even level."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.engine.sound.limiter import levelled_peaks
from studio.engine.sound.loudness import SILENCE_LUFS, amplitude, loudness
from studio.engine.sound.wave import Samples
from studio.engine.time import SAMPLE_RATE

_QUIET_DB = -46.0
_WINDOW_S = 0.005
_HEAD_S = 0.012
_TAIL_S = 0.045
_REFLECTIONS = ((0.0071, -17.0), (0.0113, -18.0), (0.0173, -20.0), (0.0267, -22.0), (0.0389, -24.0))
_ROOM_DB = -27.0
_ROOM_S = 0.28
_ROOM_SEED = 1951


def resampled(sound: NDArray[np.float32], rate: int, target: int) -> NDArray[np.float32]:
    """Mono sound at `rate` brought to `target` samples a second by its spectrum, without aliasing."""
    if rate == target or not len(sound):
        return sound
    common = int(np.gcd(rate, target))
    step_in, step_out = rate // common, target // common
    blocks = _even_size(-(-(len(sound) + rate // 20) // step_in))
    spectrum = np.fft.rfft(sound, blocks * step_in)
    out = np.fft.irfft(_resized(spectrum, blocks * step_out // 2 + 1), blocks * step_out)
    wanted = len(sound) * step_out // step_in
    return (out[:wanted] * (step_out / step_in)).astype(np.float32)


def trimmed(sound: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Mono sound without the silence around it, its edges faded; empty when there is only silence."""
    window = max(1, int(rate * _WINDOW_S))
    padded = np.pad(sound, (0, -len(sound) % window))
    levels = np.abs(padded).reshape(-1, window).max(axis=1, initial=0.0)
    highest = levels.max(initial=0.0)
    if highest < 1e-3:
        return sound[:0]
    loud = np.flatnonzero(levels > highest * amplitude(_QUIET_DB))
    first = max(0, loud[0] * window - int(rate * _HEAD_S))
    last = min(len(sound), (loud[-1] + 1) * window + int(rate * _TAIL_S))
    out = sound[first:last].copy()
    edge = min(len(out) // 2, int(rate * _WINDOW_S))
    ramp = np.linspace(0, 1, edge, dtype=np.float32)
    out[:edge] *= ramp
    out[len(out) - edge :] *= ramp[::-1]
    return out


def softened(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mono 48 kHz speech with less glare (a high shelf and a dip at 3 kHz), a little body, and a small room around it."""
    size = 1 << int(np.ceil(np.log2(len(sound) + SAMPLE_RATE // 2)))
    spectrum = np.fft.rfft(sound, size)
    out = np.fft.irfft(spectrum * _response(size), size)[: len(sound)].astype(np.float32)
    edge = min(len(out), int(SAMPLE_RATE * 0.03))
    out[len(out) - edge :] *= np.linspace(1, 0, edge, dtype=np.float32)
    return out


def at_level(sound: Samples, lufs: float, *, ceiling_db: float) -> Samples:
    """(samples, channels) brought to `lufs`, true peaks held under `ceiling_db`; silence stays silence."""
    heard = loudness(sound)
    if heard <= SILENCE_LUFS:
        return sound
    gain = lufs - heard
    out = sound
    for _ in range(3):
        out = levelled_peaks(sound * np.float32(amplitude(gain)), amplitude(ceiling_db))
        missing = lufs - loudness(out)
        if abs(missing) < 0.1:
            break
        gain += missing
    return out


@lru_cache(maxsize=4)
def _response(size: int) -> NDArray[np.complex64]:
    """Equaliser times room, as a spectrum of `size` points at 48 kHz."""
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    equaliser = (
        _high_pass(z, 75.0) * _shelf(z, 190.0, 2.0, high=False) * _bell(z, 3100.0, -3.0, 1.0) * _shelf(z, 5200.0, -6.0)
    )
    room = np.zeros(size)
    for delay, level in _REFLECTIONS:
        room[round(delay * SAMPLE_RATE)] += amplitude(level)
    length = round(_ROOM_S * SAMPLE_RATE)
    start = round(_REFLECTIONS[-1][0] * SAMPLE_RATE)
    tail = np.random.default_rng(_ROOM_SEED).standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    tail *= amplitude(_ROOM_DB) / np.sqrt(np.square(tail).sum())
    room[start : start + length] += tail
    muffled = np.fft.rfft(room) * _shelf(z, 2500.0, -9.0)
    return (equaliser * (1 + muffled)).astype(np.complex64)


def _high_pass(z: NDArray[np.complex128], hertz: float) -> NDArray[np.complex128]:
    """Second-order Butterworth. Source: R. Bristow-Johnson, Audio EQ Cookbook (also for the two below)."""
    w = 2 * np.pi * hertz / SAMPLE_RATE
    alpha = np.sin(w) / np.sqrt(2)
    top = (1 + np.cos(w)) / 2 * (1 - 2 * z + z**2)
    return top / (1 + alpha - 2 * np.cos(w) * z + (1 - alpha) * z**2)


def _bell(z: NDArray[np.complex128], hertz: float, db: float, q: float) -> NDArray[np.complex128]:
    w = 2 * np.pi * hertz / SAMPLE_RATE
    a = 10 ** (db / 40)
    alpha = np.sin(w) / (2 * q)
    top = 1 + alpha * a - 2 * np.cos(w) * z + (1 - alpha * a) * z**2
    return top / (1 + alpha / a - 2 * np.cos(w) * z + (1 - alpha / a) * z**2)


def _shelf(z: NDArray[np.complex128], hertz: float, db: float, *, high: bool = True) -> NDArray[np.complex128]:
    w = 2 * np.pi * hertz / SAMPLE_RATE
    a = 10 ** (db / 40)
    c = np.cos(w) if high else -np.cos(w)
    side = 1 if high else -1
    root = 2 * np.sqrt(a) * np.sin(w) / np.sqrt(2)
    top = (a + 1) + (a - 1) * c + root - side * 2 * ((a - 1) + (a + 1) * c) * z + ((a + 1) + (a - 1) * c - root) * z**2
    low = (a + 1) - (a - 1) * c + root + side * 2 * ((a - 1) - (a + 1) * c) * z + ((a + 1) - (a - 1) * c - root) * z**2
    return a * top / low


def _resized(spectrum: NDArray[np.complexfloating], size: int) -> NDArray[np.complexfloating]:
    out = np.zeros(size, spectrum.dtype)
    shared = min(size, len(spectrum))
    out[:shared] = spectrum[:shared]
    return out


def _even_size(blocks: int) -> int:
    """The next number of blocks that is a few bits times a power of two: quick to transform."""
    step = 1 << max(1, blocks.bit_length() - 4)
    return -(-blocks // step) * step
