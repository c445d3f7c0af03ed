"""Brings any length of sound to a loudness under a peak ceiling and writes it, a block at a time; it makes no sound itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from studio.core.errors import Cancelled
from studio.engine.sound.limiter import MARGIN, limited
from studio.engine.sound.loudness import CELL, SILENCE_DB, SILENCE_LUFS, Meter, amplitude
from studio.engine.sound.wave import Samples, WavWriter

Source = Callable[[int, int], Samples]
"""Gives `count` samples from `start` as (count, 2); any start, silence outside. The same arguments give the same samples."""

BLOCK = 115_200
"""Samples worked on at once (2.4 s, a multiple of the cell and of what the loudness filter takes at once).

Memory stays flat, and a cancel is heard within a quarter of a second.
"""

_ATTEMPTS = 4
_CLOSE_LU = 0.3
_GAIN_AT_MOST_DB = 40.0
UNDER_DB = 0.4  # an AAC encoder lifts peaks by about this much


@dataclass(frozen=True, slots=True)
class Measured:
    """Integrated loudness (LUFS) and true peak (dBTP) of what was written."""

    integrated_lufs: float
    peak_dbtp: float


def never() -> bool:
    """The stop of work that nobody cancels."""
    return False


def ignored(_: float) -> None:
    """The progress of work that nobody watches."""


def mastered(
    source: Source,
    samples: int,
    out: Path,
    *,
    target_lufs: float,
    peak_dbtp: float,
    gain_db: float | None = None,
    on_progress: Callable[[float], None] = ignored,
    stop: Callable[[], bool] = never,
) -> Measured:
    """Write `samples` of the source as a stereo WAV at the target loudness, true peaks under the ceiling.

    `gain_db` is a first guess; without one the source is measured first. Silence stays silence.

    Raises:
        Cancelled: `stop()` said so; nothing is left at `out`.
    """
    gain = min(_GAIN_AT_MOST_DB, _first_gain(source, samples, target_lufs, stop) if gain_db is None else gain_db)
    part = out.with_name(f".{out.stem}.master.wav")
    measured = Measured(SILENCE_LUFS, SILENCE_DB)
    before: tuple[float, float] | None = None
    try:
        for attempt in range(_ATTEMPTS):
            base, share = 1 - 0.5**attempt, 0.5 ** (attempt + 1)
            measured = _written(
                source, samples, part, gain, peak_dbtp, lambda x, b=base, s=share: on_progress(b + s * x), stop
            )
            missing = target_lufs - measured.integrated_lufs
            if abs(missing) <= _CLOSE_LU or measured.integrated_lufs <= SILENCE_LUFS or gain >= _GAIN_AT_MOST_DB:
                break
            here = (gain, measured.integrated_lufs)
            gain = min(_GAIN_AT_MOST_DB, gain + missing / _slope(before, here))
            before = here
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    on_progress(1.0)
    return measured


def blocks(samples: int, stop: Callable[[], bool]) -> list[tuple[int, int]]:
    """(start, count) of every block. Raises Cancelled when `stop()` says so before the first."""
    checked(stop)
    return [(at, min(BLOCK, samples - at)) for at in range(0, samples, BLOCK)]


def checked(stop: Callable[[], bool]) -> None:
    """Raises Cancelled when `stop()` says so."""
    if stop():
        raise Cancelled("The sound was stopped before it was finished.")


def _slope(before: tuple[float, float] | None, here: tuple[float, float]) -> float:
    """LU won per dB of gain: nearly 1 until two tries show how much of it the limiter takes back."""
    if before is None or abs(here[0] - before[0]) < 0.05:
        return 0.8
    return min(1.0, max(0.25, (here[1] - before[1]) / (here[0] - before[0])))


def _first_gain(source: Source, samples: int, target_lufs: float, stop: Callable[[], bool]) -> float:
    meter = Meter(2)
    for start, count in blocks(samples, stop):
        meter.add(source(start, count))
        checked(stop)
    heard = meter.integrated_lufs
    return 0.0 if heard <= SILENCE_LUFS else min(_GAIN_AT_MOST_DB, target_lufs - heard)


def _written(
    source: Source,
    samples: int,
    out: Path,
    gain_db: float,
    peak_dbtp: float,
    on_progress: Callable[[float], None],
    stop: Callable[[], bool],
) -> Measured:
    gain = np.float32(amplitude(gain_db))
    ceiling = amplitude(peak_dbtp - UNDER_DB)
    meter = Meter(2)
    with WavWriter(out, channels=2) as file:
        for start, count in blocks(samples, stop):
            whole = count + -count % CELL
            heard = source(start - MARGIN, whole + 2 * MARGIN) * gain
            finished = limited(heard, ceiling)[:count]
            meter.add(finished)
            file.write(finished)
            checked(stop)
            on_progress((start + count) / samples)
    return Measured(meter.integrated_lufs, meter.peak_dbtp)
