"""From a display list to PNG bytes: skia when it loads, Pillow otherwise, the paper's grain, a fast PNG."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from studio.engine.artist.paper import on_paper
from studio.engine.artist.sheet import Op

Pixels = NDArray[np.uint8]


class Painter(Protocol):
    """What a back end's `painted` does: a display list to (height, width, 3) BGR bytes."""

    def __call__(self, ops: Sequence[Op], size: tuple[float, float], pixels: tuple[int, int]) -> Pixels: ...


@lru_cache(maxsize=1)
def painter() -> Painter:
    """The best back end this machine has."""
    try:
        from studio.engine.artist.backends import skia
    except (ImportError, OSError):
        # The skia wheel needs system GL libraries; without them Pillow draws a little rougher.
        from studio.engine.artist.backends import pillow

        return pillow.painted
    return skia.painted


def raster(
    ops: Sequence[Op], page: tuple[float, float], pixels: tuple[int, int], paint: Painter | None = None
) -> Pixels:
    """The page as BGR bytes (height, width, 3) on paper."""
    return on_paper((paint or painter())(ops, page, pixels))


def encoded(pixels: Pixels) -> bytes:
    """BGR bytes as a PNG, compressed fast."""
    import cv2

    _, data = cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return data.tobytes()
