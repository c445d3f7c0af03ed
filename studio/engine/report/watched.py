"""Watches a film once, small, and keeps a few numbers of every frame: light, blackness, change, sharpness, flashes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from studio.core.errors import Cancelled
from studio.engine.report import limits
from studio.engine.report.flashes import CELLS, Flashes

if TYPE_CHECKING:
    from av.container import InputContainer

Luma = NDArray[np.uint8]
ACROSS = 320
"""Pixels across of what is looked at."""

_STOP_EVERY = 16
_SHARP_EVERY = 12
_BLACK, _WHITE = 16, 235


@dataclass(slots=True)
class Seen:
    """What a film showed, frame by frame.

    `dark` is the share of black pixels, `change` the mean difference to the frame before (1 is from black to white), `flash`
    +1 where the picture flashed up, -1 where down. `likeness` are SSIMs with the reference frames that were given.
    """

    frames: int = 0
    dark: list[float] = field(default_factory=list[float])
    change: list[float] = field(default_factory=list[float])
    flash: list[int] = field(default_factory=list[int])
    sharpness: list[float] = field(default_factory=list[float])
    likeness: dict[int, float] = field(default_factory=dict[int, float])


def watched(
    container: InputContainer,
    *,
    references: Mapping[int, Luma],
    stop: Callable[[], bool],
    on_frame: Callable[[int], None] | None = None,
) -> Seen:
    """Decode every frame of a film once. `references` are luma planes of any size, by frame.

    Raises:
        Cancelled: `stop()` said so.
        av.FFmpegError: a packet does not decode.
    """
    stream = container.streams.video[0]
    stream.codec_context.options = {"err_detect": "explode"}
    seen, eye = Seen(), _Eye()
    for at, frame in enumerate(container.decode(stream)):
        if at % _STOP_EVERY == 0 and stop():
            raise Cancelled("It was stopped before it was finished.")
        seen.frames += not frame.is_corrupt
        luma = _luma(frame)
        eye.look(luma, seen, at)
        if at in references:
            seen.likeness[at] = ssim(luma, references[at])
        if on_frame:
            on_frame(at + 1)
    return seen


class _Eye:
    """Looks at one frame after another."""

    def __init__(self) -> None:
        self._before: Any = None
        self._flashes = Flashes()
        self._black = round(_BLACK + limits.BLACK_PIXEL * (_WHITE - _BLACK))

    def look(self, luma: Luma, seen: Seen, at: int) -> None:
        import cv2

        small = _sized(luma, ACROSS)
        dark = int(np.count_nonzero(small <= self._black)) / small.size
        change = 1.0
        if self._before is not None:
            change = float(cv2.norm(small, self._before, cv2.NORM_L1)) / small.size / 255
        same = change == 0.0 and bool(seen.flash)
        seen.dark.append(dark)
        seen.change.append(change)
        seen.flash.append(0 if same else self._flashes.look(cv2.resize(small, CELLS, interpolation=cv2.INTER_AREA)))
        if at % _SHARP_EVERY == 0:
            seen.sharpness.append(float(cv2.Laplacian(small, cv2.CV_32F).var()))
        self._before = small


def ssim(one: Luma, other: Luma) -> float:
    """How alike two luma planes are, 1 for the same, both looked at 320 pixels across. Source: Wang et al. 2004."""
    import cv2

    a, b = (_sized(luma, ACROSS) for luma in (one, other))
    b = cv2.resize(b, (a.shape[1], a.shape[0]), interpolation=cv2.INTER_AREA) if a.shape != b.shape else b
    x, y = a.astype(np.float32), b.astype(np.float32)

    def mean(plane: Any) -> Any:
        return cv2.GaussianBlur(plane, (11, 11), 1.5)

    mx, my = mean(x), mean(y)
    vx, vy, both = mean(x * x) - mx * mx, mean(y * y) - my * my, mean(x * y) - mx * my
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return float((((2 * mx * my + c1) * (2 * both + c2)) / ((mx**2 + my**2 + c1) * (vx + vy + c2))).mean())


def _luma(frame: Any) -> Luma:
    """The luma plane of a decoded frame, 8 bits, without a copy where the frame has one."""
    if frame.format.name in ("yuv420p", "yuvj420p", "yuv422p", "yuv444p", "nv12", "gray"):
        plane = frame.planes[0]
        held = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
        return held[: frame.height, : frame.width]
    return frame.to_ndarray(format="gray")


def _sized(luma: Luma, across: int) -> Luma:
    import cv2

    height, width = luma.shape
    if width <= across:
        return np.ascontiguousarray(luma)
    return np.asarray(
        cv2.resize(luma, (across, max(1, round(height * across / width))), interpolation=cv2.INTER_AREA), np.uint8
    )
