"""Effects that ffmpeg cannot express: functions of a frame's pixels.

A function takes a picture (height x width x 3, bytes, RGB), the number of its frame and an amount from 0 (leaves
it as it is) to 1. What looks random follows from the number, so a frame is the same in every render and every segment.
numpy and OpenCV are imported late: pages that only name the effects do without.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.core.errors import Invalid

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]

FrameFunction = Callable[["Picture", int, float], "Picture"]

_SEED = 1895
_BURST_FRAMES = 3
_WARM = (1.06, 1.0, 0.82)


def old_film(picture: Picture, number: int, amount: float) -> Picture:
    """Worn black and white stock: it weaves in the gate, flickers, is scratched along the film and specked with dust."""
    import numpy as np

    height, width = picture.shape[:2]
    random = _random("old_film", number)
    weave_y, weave_x = random.normal(0, 0.0025 * height * amount, 2).round().astype(int)
    rows, columns = np.arange(height) - weave_y, np.arange(width) - weave_x
    shifted = picture[rows.clip(0, height - 1)][:, columns.clip(0, width - 1)].astype(np.float32)
    grey = shifted @ np.asarray((0.2126, 0.7152, 0.0722), np.float32)
    worn = grey[..., None] * np.asarray(_WARM, np.float32) * random.normal(0.96, 0.035)
    places = np.random.default_rng(_SEED).random(5)  # scratches stay where they are for a while
    for place, seen in zip(places, random.random(5), strict=True):
        if seen < 0.45:
            at = int((place + 0.002 * np.sin(number / 7 + place * 9)) * width) % width
            worn[:, at : at + max(1, height // 720)] += 70 if place > 0.4 else -70
    down, across = np.ogrid[:height, :width]
    for y, x, size in random.random((random.integers(0, 9), 3)):
        radius = (0.001 + 0.004 * size) * height
        spot = (down - y * height) ** 2 + (across - x * width) ** 2 < radius**2
        worn[spot] = 25 if size > 0.3 else 230
    return _mixed(picture, worn, amount)


def ripple(picture: Picture, number: int, amount: float) -> Picture:
    """Rings that run outwards from the middle, as on water."""
    import cv2
    import numpy as np

    height, width = picture.shape[:2]
    down, across = np.mgrid[:height, :width].astype(np.float32)
    y, x = down - height / 2, across - width / 2
    far = np.maximum(np.hypot(x, y), 1e-3)
    moved = 0.02 * height * amount * np.sin(2 * np.pi * (far / (0.16 * height) - number / 24)) / far
    shown = cv2.remap(
        picture, across + x * moved, down + y * moved, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
    )
    return np.asarray(shown, np.uint8)


def glitch(picture: Picture, number: int, amount: float) -> Picture:
    """A broken signal: bands slip sideways and the colours come apart, anew every few frames."""
    import numpy as np

    height, width = picture.shape[:2]
    random = _random("glitch", number // _BURST_FRAMES)
    apart = round(random.normal(0, 0.012) * width * amount)
    out = picture.copy()
    out[..., 0], out[..., 2] = np.roll(picture[..., 0], apart, 1), np.roll(picture[..., 2], -apart, 1)
    for _ in range(int(random.integers(2, 8))):
        top, tall, slip = random.random(), 0.01 + 0.08 * random.random(), random.normal(0, 0.08)
        rows = slice(int(top * height), int((top + tall) * height) + 1)
        out[rows] = np.roll(out[rows], round(slip * width * amount), 1)
    return out


FUNCTIONS: dict[str, FrameFunction] = {"old_film": old_film, "ripple": ripple, "glitch": glitch}


def function(name: str) -> FrameFunction:
    """The function of that name.

    Raises:
        Invalid: naming the ones there are.
    """
    if name not in FUNCTIONS:
        raise Invalid(f"There is no effect called {name}. There are: {', '.join(FUNCTIONS)}.", field="effect")
    return FUNCTIONS[name]


def _random(name: str, number: int) -> np.random.Generator:
    import numpy as np

    return np.random.default_rng([_SEED, *name.encode(), number & 0xFFFFFFFF])


def _mixed(before: Picture, after: NDArray[np.float32], amount: float) -> Picture:
    import numpy as np

    return np.rint(np.clip(before + (after - before) * np.float32(amount), 0, 255)).astype(np.uint8)
