"""Loudness and true peak of sound, measured block by block in numpy; changing the sound lives elsewhere.

No library for it is in the lock; the meter is small and a test holds it against ffmpeg's ebur128.
Source: ITU-R BS.1770-4 (K-weighting, gating, true peak).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.engine.sound.wave import Samples
from studio.engine.time import SAMPLE_RATE

SILENCE_LUFS = -70.0
"""The absolute gate: what is quieter counts as silence, and silence measures this."""

SILENCE_DB = -120.0
"""The peak reported for digital silence."""

STEP = SAMPLE_RATE // 10
"""Samples of a gating step; a gating block is four of them."""

CELL = 32
"""Samples that share one peak value."""

Energies = NDArray[np.float64]

_OFFSET = -0.691
_FFT = 16_384
HOP = 12_800
"""Samples that are weighted at once: blocks of a multiple of it waste nothing."""

HISTORY = _FFT - HOP
"""Samples before a step that its weighting hears: what is earlier has died away to less than a millionth."""

_PHASE_TAPS = 24
REACH = _PHASE_TAPS // 2
"""Samples either side that `cell_peaks` looks at."""


class Meter:
    """Takes sound block by block and knows its integrated loudness (LUFS) and true peak (dBTP) so far.

    `before` are the last `HISTORY` samples before the first that is added; silence unless given.
    """

    def __init__(self, channels: int, before: Samples | None = None) -> None:
        self._filter = StepEnergies(channels, before)
        self._steps: list[Energies] = []
        self._peak = 0.0
        self._edge = np.zeros((2 * REACH, channels), np.float32) if before is None else before[-2 * REACH :]

    def add(self, sound: Samples) -> None:
        """Hear the next (samples, channels) at 48 kHz."""
        if not len(sound):
            return
        self._steps.append(self._filter.add(sound))
        joined = np.concatenate((self._edge, sound))
        self._edge = joined[-2 * REACH :]
        self._peak = max(self._peak, _highest(joined, self._peak))

    @property
    def steps(self) -> Energies:
        """Mean square of every 100 ms heard, K-weighted; the last if it is at least half there."""
        return np.concatenate([*self._steps, self._filter.rest()])

    @property
    def integrated_lufs(self) -> float:
        """Integrated loudness of everything heard; -70 for silence."""
        return gated_loudness(self.steps)

    @property
    def peak_dbtp(self) -> float:
        """The highest true peak heard; -120 for digital silence."""
        return decibels(self._peak)


class StepEnergies:
    """K-weights sound as it comes and gives the mean square of every full 100 ms step, summed over channels.

    `before` are the last `HISTORY` samples before the first that is added; silence unless given.
    """

    def __init__(self, channels: int, before: Samples | None = None) -> None:
        self._history = np.zeros((HISTORY, channels), np.float32) if before is None else before
        self._left = np.zeros(0, np.float32)

    def add(self, sound: Samples) -> Energies:
        """The steps completed by the next (samples, channels)."""
        joined = np.concatenate((self._history, sound))
        self._history = joined[len(joined) - HISTORY :]
        power = _weighted_power(joined)
        if len(self._left):
            power = np.concatenate((self._left, power))
        whole = len(power) // STEP * STEP
        self._left = power[whole:]
        return power[:whole].reshape(-1, STEP).mean(axis=1, dtype=np.float64)

    def rest(self) -> Energies:
        """The unfinished last step if it is at least half full, else nothing."""
        if len(self._left) * 2 < STEP:
            return np.zeros(0)
        return np.array([self._left.mean(dtype=np.float64)])


def loudness(sound: Samples) -> float:
    """Integrated loudness in LUFS of (samples, channels) at 48 kHz; what is too short to gate is measured whole."""
    if not len(sound):
        return SILENCE_LUFS
    if len(sound) < 4 * STEP:
        padded = np.concatenate((np.zeros((HISTORY, sound.shape[1]), np.float32), sound))
        return _lufs(float(_weighted_power(padded).mean(dtype=np.float64)))
    meter = StepEnergies(sound.shape[1])
    return gated_loudness(np.concatenate((meter.add(sound), meter.rest())))


def gated_loudness(steps: Energies) -> float:
    """Integrated loudness in LUFS from the mean squares of consecutive 100 ms steps: two gates, -70 LUFS and -10 LU."""
    if not len(steps):
        return SILENCE_LUFS
    count = min(4, len(steps))
    blocks = np.lib.stride_tricks.sliding_window_view(steps, count).mean(axis=1)
    audible = blocks[blocks > _energy(SILENCE_LUFS)]
    if not len(audible):
        return SILENCE_LUFS
    relative = audible.mean() * 10 ** (-10 / 10)
    return _lufs(float(audible[audible > relative].mean()))


def true_peak(sound: Samples) -> float:
    """True peak of (samples, channels) in dBTP; -120 for digital silence."""
    edge = np.zeros((2 * REACH, sound.shape[1]), np.float32)
    return decibels(_highest(np.concatenate((edge, sound, edge)), 0.0))


def cell_peaks(sound: Samples, floor: float) -> NDArray[np.float32]:
    """Highest level per cell of 32 samples between the outer 12 samples of `sound` (12 + 32 n + 12, channels).

    Cells whose samples stay under `floor` keep their sample peak; the others are measured four times oversampled.
    """
    cells = (len(sound) - 2 * REACH) // CELL
    inner = sound[REACH : REACH + cells * CELL].reshape(cells, -1)
    peaks = np.maximum(inner.max(axis=1), -inner.min(axis=1))
    hot = np.flatnonzero(peaks >= floor)
    windows = np.lib.stride_tricks.sliding_window_view(sound, CELL + 2 * REACH, axis=0)
    phases = _phases()
    for some in np.array_split(hot, len(hot) // 512 + 1):
        cut = windows[some * CELL]
        taps = np.lib.stride_tricks.sliding_window_view(cut, _PHASE_TAPS, axis=2)
        between = np.abs(taps @ phases).max(axis=(1, 2, 3), initial=0.0)
        peaks[some] = np.maximum(peaks[some], between)
    return peaks


def decibels(level: float) -> float:
    """A level (1 is full scale) in decibels, never under -120."""
    return max(SILENCE_DB, 20 * float(np.log10(max(level, 1e-9))))


def amplitude(db: float) -> float:
    """The factor of a gain in decibels."""
    return float(10 ** (db / 20))


def _highest(sound: Samples, known: float) -> float:
    """The highest true peak of `sound` if it is over `known`; cells that cannot reach over it are not oversampled."""
    short = -(len(sound) - 2 * REACH) % CELL
    padded = np.pad(sound, ((0, short), (0, 0)))
    bound = float(np.abs(_phases()).sum(axis=0).max())
    loudest = float(np.abs(sound).max(initial=0.0))
    return float(cell_peaks(padded, max(known, loudest, 1e-9) / bound).max(initial=loudest))


def _lufs(energy: float) -> float:
    return max(SILENCE_LUFS, _OFFSET + 10 * float(np.log10(max(energy, 1e-12))))


def _energy(lufs: float) -> float:
    return 10 ** ((lufs - _OFFSET) / 10)


def _weighted_power(joined: Samples) -> NDArray[np.float32]:
    """Squares of the K-weighted sound, summed over its channels, for all but the first `HISTORY` samples (overlap-save).

    Two channels are one complex number: a real filter keeps them apart.
    """
    whole = np.ascontiguousarray(joined, np.float32)
    sound = whole.view(np.complex64)[:, 0] if joined.shape[1] == 2 else whole[:, 0].astype(np.complex64)
    out = np.empty(len(joined) - HISTORY, np.float32)
    for at in range(0, len(out), HOP):
        spectrum = np.fft.fft(sound[at : at + _FFT], _FFT)
        spectrum *= _weighting()
        heard = np.fft.ifft(spectrum, out=spectrum)[HISTORY:][: len(out) - at]
        np.add(np.square(heard.real), np.square(heard.imag), out=out[at : at + HOP])
    return out


@lru_cache(maxsize=1)
def _weighting() -> NDArray[np.complex64]:
    """Spectrum of the K-weighting's impulse response at 48 kHz, cut where it has died away. Source: BS.1770-4, tables 1 and 2."""
    z = np.exp(-2j * np.pi * np.arange(_FFT // 2 + 1) / _FFT)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    high_pass = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    response = np.fft.irfft(shelf * high_pass)
    response[HISTORY:] = 0
    return np.fft.fft(response).astype(np.complex64)


@lru_cache(maxsize=1)
def _phases() -> NDArray[np.float32]:
    """Interpolators to a quarter, half and three quarters of a sample, as (taps, 3), longer than annex 2 of BS.1770-4 asks."""
    taps = np.arange(_PHASE_TAPS) - REACH + 1
    shifts = np.array([0.25, 0.5, 0.75])
    distance = taps[:, None] - shifts[None, :]
    window = np.cos(np.pi * distance / (2 * REACH + 1)) ** 2
    kernel = np.sinc(distance) * window
    return (kernel / kernel.sum(axis=0)).astype(np.float32)
