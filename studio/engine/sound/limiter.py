"""A look-ahead peak limiter whose gain at a sample depends only on the sound around it, so blocks join without a seam."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.engine.sound.loudness import CELL, REACH, cell_peaks
from studio.engine.sound.wave import Samples

_SPREAD = 22
"""Cells over which the gain is held, and again smoothed, to either side: 30 ms in all, over a bass wave and under a pump."""

MARGIN = CELL * (2 * _SPREAD + 2)
"""Samples that must stand before and after the part that is limited."""


def limited(sound: Samples, ceiling: float) -> Samples:
    """The middle of (MARGIN + n + MARGIN, channels) with its true peaks under `ceiling` (1 is full scale).

    `n` is a multiple of 32. Parts of one sound join without a seam if each begins at a multiple of 32 of the whole.
    """
    wanted = len(sound) - 2 * MARGIN
    middle = sound[MARGIN : MARGIN + wanted]
    edge = np.zeros((REACH, sound.shape[1]), np.float32)
    peaks = cell_peaks(np.concatenate((edge, sound, edge)), ceiling * 0.6)
    if peaks.max(initial=0.0) <= ceiling:
        return middle
    gains = _gains(peaks, ceiling)
    centres = (np.arange(len(gains)) - 0.5) * CELL
    curve = np.interp(np.arange(wanted), centres, gains).astype(np.float32)
    return middle * curve[:, None]


def levelled_peaks(sound: Samples, ceiling: float) -> Samples:
    """A whole sound (samples, channels) with its true peaks under `ceiling`."""
    padded = np.pad(sound, ((MARGIN, MARGIN + -len(sound) % CELL), (0, 0)))
    return limited(padded, ceiling)[: len(sound)]


def _gains(peaks: NDArray[np.float32], ceiling: float) -> NDArray[np.float64]:
    """Gain at the cells of the wanted part and one more at each end.

    The least gain within reach, smoothed over the same reach, is at every cell at most what that cell and its neighbours
    allow, so the straight line between two cells is safe too.
    """
    allowed = np.minimum(1.0, ceiling / np.maximum(peaks.astype(np.float64), 1e-9))
    least = np.lib.stride_tricks.sliding_window_view(allowed, 2 * _SPREAD + 3).min(axis=1)
    shape = np.hanning(2 * _SPREAD + 3)[1:-1]
    return np.convolve(least, shape / shape.sum(), mode="valid")
