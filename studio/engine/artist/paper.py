"""The tooth of the paper: a fixed grain and a soft vignette that multiply a painted page. No drawing here."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

TOOTHED = 900
"""Pixels across from which the tooth is two pixels wide."""


@lru_cache(maxsize=4)
def grain(width: int, height: int) -> Pixels:
    """Multipliers (height, width, 3) where 255 leaves a pixel as it is; the same for every panel of a size."""
    import cv2

    rng = np.random.default_rng(7)
    block = 2 if width >= TOOTHED else 1
    fine = rng.normal(0, 1, (height // block + 1, width // block + 1)).astype(np.float32)
    fine = np.repeat(np.repeat(fine, block, 0), block, 1)[:height, :width]
    coarse = rng.normal(0, 1, (height // 4 + 1, width // 4 + 1)).astype(np.float32)
    coarse = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    vignette = np.maximum((x / width - 0.5) ** 2 + (y / height - 0.5) ** 2 - 0.15, 0)
    value = 0.994 + 0.006 * fine + 0.009 * coarse - 0.10 * vignette
    # A tooth of two pixels and few levels make the PNG half as large and quicker to write; the eye cannot tell.
    levels = np.round(np.clip(value, 0, 1) * 64) / 64
    one = (levels * 255).astype(np.uint8)
    return np.repeat(one[:, :, None], 3, axis=2)


def on_paper(pixels: Pixels) -> Pixels:
    """Painted BGR bytes (height, width, 3) with the paper's grain."""
    import cv2

    height, width = pixels.shape[:2]
    return np.asarray(cv2.multiply(np.ascontiguousarray(pixels), grain(width, height), scale=1 / 255), np.uint8)
