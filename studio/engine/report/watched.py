"""Watches a film once, small, and keeps a few numbers of every frame: light, blackness, change, sharpness, flashes.

A film may be watched piece by piece, in any order and on any machine; put together it is seen as if it had been watched whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Watched:
    """A film, or a piece of one, as it was watched: numbers by frame, and a few frames small.

    `good` is how many frames decode clean. `change` of the first frame is 1, for nothing is before it. `cells` are frames x
    18 x 32, the luma flashes are told by. `small` holds the first frame, the last and those that were asked for.
    """

    good: int
    dark: NDArray[np.float64]
    change: NDArray[np.float64]
    sharpness: NDArray[np.float64]
    cells: NDArray[np.uint8]
    small: Mapping[int, Luma]


@dataclass(frozen=True, slots=True)
class References:
    """Frames of a film that are held against its preview, and who does it: given them small, it says how alike (SSIM) they are."""

    frames: frozenset[int] = frozenset()
    alike: Callable[[Mapping[int, Luma]], Mapping[int, float]] = lambda small: {}


@dataclass(slots=True)
class Seen:
    """What a film showed, frame by frame.

    `dark` is the share of black pixels, `change` the mean difference to the frame before (1 is from black to white), `flash`
    +1 where the picture flashed up, -1 where down. `likeness` are SSIMs of the frames that were asked for.
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
    keep: Collection[int] = (),
    stop: Callable[[], bool],
    on_frame: Callable[[int], None] | None = None,
) -> Watched:
    """Decode every frame of a film once, and keep those numbered in `keep` small.

    Raises:
        Cancelled: `stop()` said so.
        av.FFmpegError: a packet does not decode.
    """
    import cv2

    stream = container.streams.video[0]
    stream.codec_context.options = {"err_detect": "explode"}
    good, before = 0, None
    dark, change, sharpness = list[float](), list[float](), list[float]()
    cells, small = list[Luma](), dict[int, Luma]()
    black = round(_BLACK + limits.BLACK_PIXEL * (_WHITE - _BLACK))
    for at, frame in enumerate(container.decode(stream)):
        if at % _STOP_EVERY == 0 and stop():
            raise Cancelled("It was stopped before it was finished.")
        good += not frame.is_corrupt
        now = _sized(_luma(frame))
        dark.append(int(np.count_nonzero(now <= black)) / now.size)
        change.append(1.0 if before is None else _change(before, now))
        cells.append(np.asarray(cv2.resize(now, CELLS, interpolation=cv2.INTER_AREA), np.uint8))
        if at % _SHARP_EVERY == 0:
            sharpness.append(float(cv2.Laplacian(now, cv2.CV_32F).var()))
        if before is None or at in keep:
            small[at] = now
        before = now
        if on_frame:
            on_frame(at + 1)
    if before is not None:
        small[len(dark) - 1] = before
    stacked = np.stack(cells) if cells else np.zeros((0, CELLS[1], CELLS[0]), np.uint8)
    return Watched(good, np.asarray(dark), np.asarray(change), np.asarray(sharpness), stacked, small)


def seen_of(pieces: Sequence[Watched], references: References) -> Seen:
    """What a film showed whose pieces were watched one after another.

    `references` count in frames of the film; those no piece has kept are passed over.
    """
    seen, flashes, last = Seen(), Flashes(), None
    held: dict[int, Luma] = {}
    for piece in pieces:
        begun, frames = len(seen.dark), len(piece.dark)
        if not frames:
            continue
        change = piece.change.tolist()
        if last is not None:
            change[0] = _change(last, piece.small[0])
        for moved, cells in zip(change, piece.cells, strict=True):
            same = moved == 0.0 and bool(seen.flash)
            seen.flash.append(0 if same else flashes.look(cells))
        seen.frames += piece.good
        seen.dark += piece.dark.tolist()
        seen.change += change
        seen.sharpness += piece.sharpness.tolist()
        held |= {begun + at: small for at, small in piece.small.items() if begun + at in references.frames}
        last = piece.small[frames - 1]
    seen.likeness |= references.alike(held)
    return seen


def ssim(one: Luma, other: Luma) -> float:
    """How alike two luma planes are, 1 for the same, both looked at 320 pixels across. Source: Wang et al. 2004."""
    import cv2

    a, b = (_sized(luma) for luma in (one, other))
    b = cv2.resize(b, (a.shape[1], a.shape[0]), interpolation=cv2.INTER_AREA) if a.shape != b.shape else b
    x, y = a.astype(np.float32), b.astype(np.float32)

    def mean(plane: Any) -> Any:
        return cv2.GaussianBlur(plane, (11, 11), 1.5)

    mx, my = mean(x), mean(y)
    vx, vy, both = mean(x * x) - mx * mx, mean(y * y) - my * my, mean(x * y) - mx * my
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return float((((2 * mx * my + c1) * (2 * both + c2)) / ((mx**2 + my**2 + c1) * (vx + vy + c2))).mean())


def _change(before: Luma, now: Luma) -> float:
    import cv2

    return float(cv2.norm(now, before, cv2.NORM_L1)) / now.size / 255 if before.shape == now.shape else 1.0


def _luma(frame: Any) -> Luma:
    """The luma plane of a decoded frame, 8 bits, without a copy where the frame has one."""
    if frame.format.name in ("yuv420p", "yuvj420p", "yuv422p", "yuv444p", "nv12", "gray"):
        plane = frame.planes[0]
        held = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
        return held[: frame.height, : frame.width]
    return frame.to_ndarray(format="gray")


def _sized(luma: Luma) -> Luma:
    """Small, in memory of its own."""
    import cv2

    height, width = luma.shape
    if width <= ACROSS:
        return luma.copy()
    return np.asarray(
        cv2.resize(luma, (ACROSS, max(1, round(height * ACROSS / width))), interpolation=cv2.INTER_AREA), np.uint8
    )
