"""Listens to a film's sound once: loudness, true peak, where it is silent and where it clips."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from studio.core.errors import Cancelled
from studio.engine.report import limits
from studio.engine.sound.loudness import Meter, amplitude
from studio.engine.time import SAMPLE_RATE

if TYPE_CHECKING:
    from av.container import InputContainer

CELL_S = 0.05
"""Seconds of sound that are silent, or clipped, together."""

CELL = round(SAMPLE_RATE * CELL_S)
"""Samples of that time."""

_BLOCK_S = 20
_STOP_EVERY = 64


@dataclass(frozen=True, slots=True)
class Heard:
    """What a film sounded like: LUFS (-70 for silence), dBTP, and for every 50 ms its highest sample (1 is full scale)."""

    integrated_lufs: float
    peak_dbtp: float
    peaks: tuple[float, ...]

    def stretches(self, *, above: float | None = None, below: float | None = None) -> list[tuple[float, float]]:
        """From and to in seconds where the sound stays at or above, or under, an amplitude."""
        loud = np.asarray(self.peaks)
        inside = loud >= above if above is not None else loud < (below or 0.0)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], inside.astype(np.int8), [0]))))
        return [(float(a) * CELL_S, float(b) * CELL_S) for a, b in zip(edges[::2], edges[1::2], strict=True)]


SILENCE = amplitude(limits.SILENCE_DB)


def heard(container: InputContainer, *, stop: Callable[[], bool]) -> Heard | None:
    """Decode all of a file's first sound; None when it has none.

    Raises:
        Cancelled: `stop()` said so.
        av.FFmpegError: a packet does not decode.
    """
    if not container.streams.audio:
        return None
    from av.audio.resampler import AudioResampler

    meter, peaks = Meter(2), list[float]()
    resampler = AudioResampler(format="flt", layout="stereo", rate=SAMPLE_RATE)
    waiting: list[Any] = []
    count = 0

    def listen(last: bool) -> None:
        nonlocal count
        sound = np.concatenate(waiting) if waiting else np.zeros((0, 2), np.float32)
        whole = len(sound) if last else len(sound) // CELL * CELL
        meter.add(sound[:whole])
        peaks.extend(cells(sound[:whole]))
        waiting[:] = [sound[whole:]] if whole < len(sound) else []
        count = len(sound) - whole

    for i, frame in enumerate(container.decode(container.streams.audio[0])):
        if i % _STOP_EVERY == 0 and stop():
            raise Cancelled("It was stopped before it was finished.")
        for part in resampler.resample(frame):
            waiting.append(_samples(part))
            count += part.samples
        if count >= _BLOCK_S * SAMPLE_RATE:
            listen(last=False)
    waiting += [_samples(part) for part in resampler.resample(None)]
    listen(last=True)
    return Heard(meter.integrated_lufs, meter.peak_dbtp, tuple(peaks))


def _samples(frame: Any) -> Any:
    return frame.to_ndarray().reshape(-1, 2)


def cells(sound: Any) -> list[float]:
    """The highest sample of every cell of (samples, channels); the last may be shorter."""
    if not len(sound):
        return []
    loud = np.abs(sound)
    whole = len(loud) // CELL * CELL
    peaks = [float(peak) for peak in loud[:whole].reshape(-1, CELL * loud.shape[1]).max(axis=1)]
    return peaks if whole == len(loud) else [*peaks, float(loud[whole:].max())]
