"""Equaliser and compressor of a track, by name. What comes out at a sample depends only on the sound around it: blocks join.

An equaliser is the impulse response of biquads (R. Bristow-Johnson, Audio EQ Cookbook), cut where it has died away. A compressor
looks at 10 ms of level at a time: what is over the threshold is pressed down by the ratio, let go at so many dB a second, and
the way down and up is smoothed over its attack, half of it ahead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.core.errors import Invalid
from studio.engine.sound.loudness import amplitude
from studio.engine.sound.wave import Samples
from studio.engine.time import SAMPLE_RATE

_TAPS = 8192
_FFT = 65536
_LEVEL = 480
_MOST_DB = 24.0


@dataclass(frozen=True, slots=True)
class Band:
    """A biquad: "high_pass", "low_pass", "bell", "low_shelf" or "high_shelf" at `hertz`."""

    kind: str
    hertz: float
    db: float = 0.0
    q: float = 0.7071


@dataclass(frozen=True, slots=True)
class Press:
    """A compressor: from `threshold_db` (dBFS, mean square) on, 1 dB more for `ratio` dB; then `makeup_db` louder."""

    threshold_db: float
    ratio: float
    attack_ms: float
    release_db_s: float
    makeup_db: float


EQUALISERS: dict[str, tuple[Band, ...]] = {
    "voice": (Band("high_pass", 80), Band("bell", 300, -2.5, 1.0), Band("bell", 3500, 3, 0.9), Band("high_shelf", 9000, 2)),
    "radio": (Band("high_pass", 180), Band("low_pass", 6500), Band("bell", 1800, 5, 0.8)),
    "telephone": (
        *(Band("high_pass", 300), Band("high_pass", 300), Band("low_pass", 3400), Band("low_pass", 3400)),
        Band("bell", 1500, 4, 1.0),
    ),
    "warm": (Band("low_shelf", 200, 3), Band("high_shelf", 6000, -3)),
    "bright": (Band("low_shelf", 150, -2), Band("high_shelf", 6000, 4)),
    "bass": (Band("low_shelf", 120, 6),),
}  # fmt: skip
LOW_HZ, MID_HZ, HIGH_HZ = 120.0, 1000.0, 8000.0
"""Where the three bands of every track lie: a shelf below, a bell two octaves wide, a shelf above."""

COMPRESSORS: dict[str, Press] = {
    "gentle": Press(-22, 2.0, 30, 40, 2.0),
    "podcast": Press(-24, 3.0, 15, 60, 5.0),
    "hard": Press(-28, 8.0, 5, 120, 9.0),
    "music": Press(-20, 1.6, 60, 20, 1.5),
}


@dataclass(frozen=True, slots=True)
class Strip:
    """What a track's sound goes through, in this order: equaliser, compressor, fader, pan (as `balance`).

    `bands` are low, mid and high in dB, on top of the equaliser.
    """

    equaliser: str = ""
    compressor: str = ""
    gain_db: float = 0.0
    pan: float = 0.0
    bands: tuple[float, float, float] = field(default=(0.0, 0.0, 0.0), repr=False)

    @property
    def told(self) -> str:
        """What decides how it sounds, for a key."""
        return repr(self) + (repr(self.bands) if any(self.bands) else "")

    @property
    def tone(self) -> tuple[Band, ...]:
        """Every band its sound goes through."""
        low, mid, high = self.bands
        own = (Band("low_shelf", LOW_HZ, low), Band("bell", MID_HZ, mid), Band("high_shelf", HIGH_HZ, high))
        return (*(EQUALISERS[self.equaliser] if self.equaliser else ()), *(band for band in own if band.db))

    @property
    def before(self) -> int:
        """Samples before a block that it must hear."""
        return (_TAPS if self.tone else 0) + (2 * _reach(COMPRESSORS[self.compressor]) if self.compressor else 0)

    @property
    def after(self) -> int:
        """Samples after a block that it must hear."""
        return 2 * _reach(COMPRESSORS[self.compressor]) if self.compressor else 0

    def block(self, source: Callable[[int, int], Samples], start: int, count: int) -> Samples:
        """`count` samples from `start` of the stereo `source` as they leave the strip."""
        sound = source(start - self.before, self.before + count + self.after)
        if self.tone:
            sound = _filtered(sound, _response(self.tone))
        if self.compressor:
            sound = _pressed(sound, start - (self.before - (_TAPS if self.tone else 0)), self.compressor)
            margin = _reach(COMPRESSORS[self.compressor]) * 2
            sound = sound[margin : margin + count]
        left, right = balance(np.array(self.pan))
        return sound * (np.array([left, right]) * amplitude(self.gain_db)).astype(np.float32)


def known(track_equaliser: str, track_compressor: str) -> None:
    """Raises Invalid when a name is none of ours."""
    for name, kind, names in (
        (track_equaliser, "equaliser", EQUALISERS),
        (track_compressor, "compressor", COMPRESSORS),
    ):
        if name and name not in names:
            raise Invalid(f"There is no {kind} called {name}. Choose one of: {', '.join(names)}.", field=kind)


def balance(pan: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Left and right factors of a stereo sound at `pan` -1..1: equal power, 1 in the middle, never over 1."""
    turn = (np.clip(pan, -1, 1) + 1) * (np.pi / 4)
    return np.minimum(1, np.sqrt(2) * np.cos(turn)), np.minimum(1, np.sqrt(2) * np.sin(turn))


def panned(pan: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Left and right factors of a mono sound at `pan` -1..1: equal power, -3 dB in the middle."""
    turn = (np.clip(pan, -1, 1) + 1) * (np.pi / 4)
    return np.cos(turn), np.sin(turn)


def _filtered(sound: Samples, response: NDArray[np.complex64]) -> Samples:
    """All but the first `_TAPS` samples, filtered (overlap-save)."""
    wanted = len(sound) - _TAPS
    hop = _FFT - _TAPS
    out = np.empty((wanted, sound.shape[1]), np.float32)
    for at in range(0, wanted, hop):
        piece = sound[at : at + _FFT].T
        heard = np.fft.irfft(np.fft.rfft(piece, _FFT, axis=1) * response, _FFT, axis=1)[:, _TAPS:]
        take = min(hop, wanted - at)
        out[at : at + take] = heard[:, :take].T
    return out


def _pressed(sound: Samples, start: int, name: str) -> Samples:
    """The sound with the compressor's gain on it; `start` is the place of its first sample in the film.

    Levels are measured in cells that begin at multiples of 480 of the film, so the gain does not depend on the block.
    """
    press = COMPRESSORS[name]
    lead = start % _LEVEL
    padded = np.pad(sound, ((lead, -(len(sound) + lead) % _LEVEL), (0, 0)))
    power = np.square(padded, dtype=np.float64).reshape(-1, _LEVEL * sound.shape[1]).mean(axis=1)
    over = 10 * np.log10(power + 1e-12) - press.threshold_db
    down = np.clip(over * (1 - 1 / press.ratio), 0, _MOST_DB)
    fall = press.release_db_s * _LEVEL / SAMPLE_RATE
    cells = int(np.ceil(_MOST_DB / fall))
    history = np.concatenate((np.zeros(cells), down))
    held = (np.lib.stride_tricks.sliding_window_view(history, cells + 1) - fall * np.arange(cells, -1, -1)).max(axis=1)
    width = 2 * max(1, round(press.attack_ms * SAMPLE_RATE / 1000 / _LEVEL)) + 1
    shape = np.hanning(width + 2)[1:-1]
    smooth = np.convolve(np.pad(np.maximum(held, 0), width // 2, mode="edge"), shape / shape.sum(), mode="valid")
    centres = (np.arange(len(smooth)) + 0.5) * _LEVEL - lead
    gain = np.interp(np.arange(len(sound)), centres, press.makeup_db - smooth)
    return sound * (10 ** (gain / 20)).astype(np.float32)[:, None]


def _reach(press: Press) -> int:
    """Samples over which what is past is still heard in the gain."""
    cells = int(np.ceil(_MOST_DB / (press.release_db_s * _LEVEL / SAMPLE_RATE)))
    return (cells + round(press.attack_ms * SAMPLE_RATE / 1000 / _LEVEL) + 4) * _LEVEL


@lru_cache(maxsize=16)
def _response(tone: tuple[Band, ...]) -> NDArray[np.complex64]:
    """Spectrum of the equaliser's impulse response at 48 kHz."""
    z = np.exp(-2j * np.pi * np.arange(_FFT // 2 + 1) / _FFT)
    whole = np.ones(len(z), np.complex128)
    for band in tone:
        b, a = _biquad(band)
        whole *= (b[0] + b[1] * z + b[2] * z**2) / (a[0] + a[1] * z + a[2] * z**2)
    response = np.fft.irfft(whole)
    response[_TAPS:] = 0
    return np.fft.rfft(response).astype(np.complex64)


def _biquad(band: Band) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    w = 2 * np.pi * band.hertz / SAMPLE_RATE
    c, alpha = float(np.cos(w)), float(np.sin(w)) / (2 * band.q)
    a = 10 ** (band.db / 40)
    if band.kind == "high_pass":
        return ((1 + c) / 2, -(1 + c), (1 + c) / 2), (1 + alpha, -2 * c, 1 - alpha)
    if band.kind == "low_pass":
        return ((1 - c) / 2, 1 - c, (1 - c) / 2), (1 + alpha, -2 * c, 1 - alpha)
    if band.kind == "bell":
        return (1 + alpha * a, -2 * c, 1 - alpha * a), (1 + alpha / a, -2 * c, 1 - alpha / a)
    side = 1 if band.kind == "high_shelf" else -1
    root = 2 * float(np.sqrt(a)) * alpha
    p, m, d = a + 1, a - 1, side * c
    return (
        (a * (p + m * d + root), -side * 2 * a * (m + p * d), a * (p + m * d - root)),
        (p - m * d + root, side * 2 * (m - p * d), p - m * d - root),
    )
