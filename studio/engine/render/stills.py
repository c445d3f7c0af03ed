"""Turns a picture into video planes and shows any window of it, sub-pixel exact. Clips and encoders: segments.py."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engine.timeline import Window

Plane = NDArray[np.uint8]

BLACK = (16, 128, 128)
"""Y, Cb and Cr of black. Source: ITU-R BT.709, limited range."""

_OVERSAMPLE = 1.5
# Bilinear samples of a picture at 1.5 times the output's density are within 55 dB of an ideal resampling, at any phase;
# at 1.0 they soften and sharpen as the window drifts over the pixel grid, which makes ink lines shimmer.
_NEARLY = 0.8
"""A picture of this share of the finest density is filmed as it is: enlarging it would cost more than it shows."""

_COARSEST = 2.0
"""Source pixels an output pixel may step over before a coarser level is blended in."""

_LARGEST_ACROSS = 6_000
"""Pixels up to which a picture is enlarged before it is filmed; more adds no detail, only memory."""

_SAME_ASPECT = 0.01

# ITU-R BT.709, full-range RGB to limited-range Y'CbCr, rows Y, Cb, Cr, last column the offset.
_BT709 = np.array(
    [
        [0.2126 * 219 / 255, 0.7152 * 219 / 255, 0.0722 * 219 / 255, 16.0],
        [-0.2126 / 1.8556 * 224 / 255, -0.7152 / 1.8556 * 224 / 255, 0.9278 / 1.8556 * 224 / 255, 128.0],
        [0.7874 / 1.5748 * 224 / 255, -0.7152 / 1.5748 * 224 / 255, -0.0722 / 1.5748 * 224 / 255, 128.0],
    ]
)

cv2.setNumThreads(1)


@dataclass(frozen=True, slots=True)
class Planes:
    """Y, Cb and Cr of one picture, 4:2:0, limited range; chroma samples lie in the middle of their four pixels."""

    y: Plane
    u: Plane
    v: Plane


@dataclass(frozen=True, slots=True)
class Still:
    """A picture ready to be filmed: its planes, then the same at half the size, and so on."""

    levels: tuple[Planes, ...]


class Frame:
    """One output frame, `width` x `height` pixels (even), 4:2:0 in a single buffer as an encoder takes it."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        luma, chroma = width * height, width * height // 4
        self._buffer = np.empty(luma + 2 * chroma, np.uint8)
        self.y = self._buffer[:luma].reshape(height, width)
        self.u = self._buffer[luma : luma + chroma].reshape(height // 2, width // 2)
        self.v = self._buffer[luma + chroma :].reshape(height // 2, width // 2)

    @property
    def data(self) -> memoryview:
        """The bytes of the planes Y, U, V."""
        return self._buffer.data

    def copy(self, other: Frame) -> None:
        np.copyto(self._buffer, other._buffer)

    def blacken(self) -> None:
        for plane, value in zip((self.y, self.u, self.v), BLACK, strict=True):
            plane.fill(value)

    def dim(self, gain: float) -> None:
        """Scale the light by `gain` (0 black .. 1 unchanged)."""
        if gain >= 1:
            return
        steps = np.arange(256)
        for plane, black in zip((self.y, self.u, self.v), BLACK, strict=True):
            table = np.clip(np.rint(black + (steps - black) * max(gain, 0.0)), 0, 255).astype(np.uint8)
            cv2.LUT(plane, table, dst=plane)


def still(pixels: NDArray[np.uint8], *, width: int, height: int, tightest: float, widest: float) -> Still:
    """A picture in RGB or RGBA, for frames of `width` x `height` pixels that show windows from `tightest` to `widest` (shares).

    A picture of another aspect ratio gets black bars; transparency is over black.
    """
    rgb = _fitted(_over_black(pixels), width / height)
    finest = width / tightest if tightest == widest == 1.0 else width * _OVERSAMPLE / tightest
    source = rgb.shape[1]
    across = min(finest, 2 * source, max(source, _LARGEST_ACROSS))
    if finest > source >= _NEARLY * finest:
        across = source
    levels = [_resized(_planes(rgb), _even(across), _even(across * height / width))]
    while widest * levels[-1].y.shape[1] / width > _COARSEST and min(levels[-1].u.shape) >= 4:
        finer = levels[-1].u
        levels.append(_resized(levels[-1], finer.shape[1] // 2 * 2, finer.shape[0] // 2 * 2))
    return Still(tuple(levels))


def show(picture: Still, window: Window, frame: Frame) -> None:
    """Fill the frame with the window of the picture."""
    step = window.width * picture.levels[0].y.shape[1] / frame.width
    depth = min(max(log2(step / _COARSEST), 0.0), len(picture.levels) - 1.0)
    level = int(depth)
    blend = depth - level
    _show_level(picture.levels[level], window, (frame.y, frame.u, frame.v))
    if blend > 0:
        coarse = Frame(frame.width, frame.height)
        _show_level(picture.levels[level + 1], window, (coarse.y, coarse.u, coarse.v))
        for fine, other in ((frame.y, coarse.y), (frame.u, coarse.u), (frame.v, coarse.v)):
            cv2.addWeighted(fine, 1 - blend, other, blend, 0, dst=fine)


def _over_black(rgba: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if rgba.shape[2] == 3:
        return rgba
    light = rgba[..., :3].astype(np.uint16) * rgba[..., 3:]
    return ((light + 127) // 255).astype(np.uint8)


def _fitted(rgb: NDArray[np.uint8], aspect: float) -> NDArray[np.uint8]:
    """The whole picture in a frame of this aspect ratio, with black bars where it does not fill it."""
    height, width = rgb.shape[:2]
    if abs(width / height / aspect - 1) <= _SAME_ASPECT:
        return rgb
    across = max(width, round(height * aspect))
    down = max(height, round(width / aspect))
    left, top = (across - width) // 2, (down - height) // 2
    return _bytes(
        cv2.copyMakeBorder(
            rgb, top, down - height - top, left, across - width - left, cv2.BORDER_CONSTANT, value=(0, 0, 0)
        )
    )


def _planes(rgb: NDArray[np.uint8]) -> Planes:
    """RGB as 4:2:0 planes; an odd edge gives its chroma the last column or row alone."""
    height, width = rgb.shape[:2]
    small = cv2.resize(rgb, ((width + 1) // 2, (height + 1) // 2), interpolation=cv2.INTER_AREA)
    u, v = cv2.split(cv2.transform(small, _BT709[1:]))
    return Planes(_bytes(cv2.transform(rgb, _BT709[:1])).reshape(height, width), _bytes(u), _bytes(v))


def _resized(planes: Planes, width: int, height: int) -> Planes:
    """The planes at an even size in pixels."""

    def scaled(plane: Plane, size: tuple[int, int]) -> Plane:
        if (plane.shape[1], plane.shape[0]) == size:
            return plane
        way = cv2.INTER_AREA if size[0] <= plane.shape[1] else cv2.INTER_CUBIC
        return _bytes(cv2.resize(plane, size, interpolation=way))

    half = width // 2, height // 2
    return Planes(scaled(planes.y, (width, height)), scaled(planes.u, half), scaled(planes.v, half))


def _show_level(planes: Planes, window: Window, out: tuple[Plane, Plane, Plane]) -> None:
    """Sample each plane where the centres of the output's samples fall on it.

    Output chroma lies on the even luma columns and between the luma rows. Source: ITU-T H.264 E.2.1, chroma_loc 0.
    """
    _warp(planes.y, window, out[0], centre=0.5)
    _warp(planes.u, window, out[1], centre=0.25)
    _warp(planes.v, window, out[2], centre=0.25)


def _warp(source: Plane, window: Window, out: Plane, *, centre: float) -> None:
    """`centre` is where the first output sample's centre lies from the left edge, in output samples."""
    height, width = source.shape
    step_x = window.width * width / out.shape[1]
    step_y = window.width * height / out.shape[0]
    matrix = np.array(
        [
            [step_x, 0, (window.x - window.width / 2) * width + step_x * centre - 0.5],
            [0, step_y, (window.y - window.width / 2) * height + step_y * 0.5 - 0.5],
        ]
    )
    size = out.shape[1], out.shape[0]
    cv2.warpAffine(
        source, matrix, size, dst=out, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )


def _even(pixels: float) -> int:
    return max(2, round(pixels / 2) * 2)


def _bytes(array: Any) -> NDArray[np.uint8]:
    return np.asarray(array, np.uint8)
