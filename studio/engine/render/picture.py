"""Pictures in video planes, and how one is laid over another: cut to the frame, clear, blended, moved by any part of a pixel."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, cos, floor, radians, sin
from typing import Any, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engine.render.stills import Frame, Plane
from studio.engine.timeline.looks import Blend

Floats = NDArray[np.float32]

# Limited-range Y'CbCr to full-range R'G'B' in 0..1, rows R, G, B, last column the offset. Source: ITU-R BT.709.
_Y, _C = 1 / 219, 1 / 224
_TO_RGB = np.array(
    [
        [_Y, 0.0, 1.5748 * _C, -16 * _Y - 128 * 1.5748 * _C],
        [_Y, -0.187324 * _C, -0.468124 * _C, -16 * _Y + 128 * (0.187324 + 0.468124) * _C],
        [_Y, 1.8556 * _C, 0.0, -16 * _Y - 128 * 1.8556 * _C],
    ]
)
_TO_YUV = np.array(
    [
        [0.2126 * 219, 0.7152 * 219, 0.0722 * 219, 16.0],
        [-0.2126 / 1.8556 * 224, -0.7152 / 1.8556 * 224, 0.9278 / 1.8556 * 224, 128.0],
        [0.7874 / 1.5748 * 224, -0.7152 / 1.5748 * 224, -0.0722 / 1.5748 * 224, 128.0],
    ]
)


@dataclass(slots=True)
class Picture:
    """Y, Cb, Cr (4:2:0, limited range, even size) and how opaque each pixel is (0..255; None is all of them, wholly)."""

    y: Plane
    u: Plane
    v: Plane
    alpha: Plane | None = None

    @property
    def width(self) -> int:
        return int(self.y.shape[1])

    @property
    def height(self) -> int:
        return int(self.y.shape[0])

    @classmethod
    def of_bytes(cls, data: Plane, width: int, height: int, *, alpha: bool) -> Self:
        """The planes one after another, as a raw video has them."""
        luma, chroma = width * height, width * height // 4
        y, u, v, a = np.split(data, [luma, luma + chroma, luma + 2 * chroma])
        half = height // 2, width // 2
        return cls(
            y.reshape(height, width), u.reshape(half), v.reshape(half), a.reshape(height, width) if alpha else None
        )

    @classmethod
    def of_rgb(cls, rgb: NDArray[np.uint8]) -> Self:
        """RGB or RGBA pixels; an odd edge is doubled."""
        height, width = rgb.shape[:2]
        if height % 2 or width % 2:
            rgb = np.pad(rgb, ((0, height % 2), (0, width % 2), (0, 0)), "edge")
        y, u, v = _yuv(np.asarray(rgb[..., :3], np.float32) / np.float32(255))
        return cls(y, u, v, np.ascontiguousarray(rgb[..., 3]) if rgb.shape[2] == 4 else None)

    @classmethod
    def of_frame(cls, frame: Frame) -> Self:
        """What a frame shows, not copied."""
        return cls(frame.y, frame.u, frame.v)

    def rgb(self) -> NDArray[np.uint8]:
        """RGB pixels, height x width x 3, whether they are clear or not."""
        return _rounded(_rgb(self.y, self.u, self.v) * np.float32(255))

    def planes(self) -> tuple[tuple[Plane, int], ...]:
        """Each plane with how many of the picture's pixels one of its samples stands for, across and down."""
        return (self.y, 1), (self.u, 2), (self.v, 2)


def colour_of(text: str) -> tuple[int, int, int, int]:
    """Y, Cb, Cr and opacity (0..255) of "#rrggbb" or "#rrggbbaa"."""
    raw = bytes.fromhex(text.lstrip("#"))
    rgb = np.array([*raw[:3], 255.0]) / 255
    y, u, v = np.rint(_TO_YUV @ rgb)
    return int(y), int(u), int(v), raw[3] if len(raw) > 3 else 255


def fill(frame: Frame, colour: tuple[int, int, int, int]) -> None:
    for plane, value in zip((frame.y, frame.u, frame.v), colour, strict=False):
        plane.fill(value)


def toward(picture: Picture, colour: str, share: float) -> Picture:
    """The picture mixed with a colour: 0 leaves it, 1 is the colour alone."""
    if share <= 0:
        return picture
    tables = (_table(value, share) for value in colour_of(colour)[:3])
    y, u, v = (cv2.LUT(plane, table) for plane, table in zip((picture.y, picture.u, picture.v), tables, strict=True))
    return Picture(_bytes(y), _bytes(u), _bytes(v), picture.alpha)


def _table(value: int, share: float) -> Plane:
    return np.rint(np.arange(256) * (1 - share) + value * share).astype(np.uint8)


def cropped(picture: Picture, left: float, top: float, right: float, bottom: float) -> Picture:
    """Without these shares of its sides, to the nearest even pixel."""
    x0 = min(_even(picture.width * left), picture.width - 2)
    y0 = min(_even(picture.height * top), picture.height - 2)
    x1 = max(picture.width - _even(picture.width * right), x0 + 2)
    y1 = max(picture.height - _even(picture.height * bottom), y0 + 2)
    alpha = picture.alpha[y0:y1, x0:x1] if picture.alpha is not None else None
    y, u, v = (p[y0 // d : y1 // d, x0 // d : x1 // d] for p, d in picture.planes())
    return Picture(y, u, v, alpha)


def lay(frame: Frame, picture: Picture, left: int, top: int, *, opacity: float = 1.0, blend: Blend = "normal") -> None:
    """Lay a picture over a frame, its first pixel at (left, top), both even; what falls beside the frame is cut off."""
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + picture.width, frame.width), min(top + picture.height, frame.height)
    if x0 >= x1 or y0 >= y1 or opacity <= 0:
        return
    source = [p[(y0 - top) // d : (y1 - top) // d, (x0 - left) // d : (x1 - left) // d] for p, d in picture.planes()]
    under = [p[y0 // d : y1 // d, x0 // d : x1 // d] for p, d in Picture.of_frame(frame).planes()]
    alpha = picture.alpha[y0 - top : y1 - top, x0 - left : x1 - left] if picture.alpha is not None else None
    if blend != "normal":
        source = _blended(under, source, blend)
    if alpha is None:
        for below, above in zip(under, source, strict=True):
            below[:] = above if opacity >= 1 else _bytes(cv2.addWeighted(above, opacity, below, 1 - opacity, 0))
        return
    weight = np.asarray(alpha, np.float32) * np.float32(min(opacity, 1.0) / 255)
    half = np.asarray(cv2.resize(weight, (weight.shape[1] // 2, weight.shape[0] // 2), interpolation=cv2.INTER_AREA))
    for below, above, share in zip(under, source, (weight, half, half), strict=True):
        below[:] = _bytes(cv2.blendLinear(_whole(above), _whole(below), share, 1 - share))


def mixed(frame: Frame, other: Frame, share: float) -> None:
    """The frame going over into another: 0 is the frame itself, 1 the other."""
    for plane, second in ((frame.y, other.y), (frame.u, other.u), (frame.v, other.v)):
        cv2.addWeighted(plane, 1 - share, second, share, 0, dst=plane)


def wiped(frame: Frame, other: Frame, left: int, top: int, right: int, bottom: int) -> None:
    """The other frame inside a box with even edges."""
    for d, plane, second in ((1, frame.y, other.y), (2, frame.u, other.u), (2, frame.v, other.v)):
        box = slice(top // d, bottom // d), slice(left // d, right // d)
        plane[box] = second[box]


def matrix(
    picture: Picture, centre: tuple[float, float], size: tuple[float, float], degrees: float
) -> NDArray[np.float64]:
    """Where the picture's points fall when its middle lies at `centre`, it is `size` large and turned clockwise."""
    turn = radians(degrees)
    across, down = size[0] / picture.width, size[1] / picture.height
    rows = np.array([[cos(turn) * across, -sin(turn) * down, 0.0], [sin(turn) * across, cos(turn) * down, 0.0]])
    rows[:, 2] = np.array(centre) - rows[:, :2] @ (picture.width / 2, picture.height / 2)
    return rows


def moved(picture: Picture, rows: NDArray[np.float64], width: int, height: int) -> tuple[Picture, int, int]:
    """The picture as its matrix lays it into a frame of this size, cut to its box there; and the box's first pixel.

    Edges are clear by the share of a pixel they cover. Samples lie where chroma_loc 0 has them (ITU-T H.264 E.2.1).
    """
    corners = np.array([[0, 0, 1], [picture.width, 0, 1], [0, picture.height, 1], [picture.width, picture.height, 1]])
    points = corners @ rows.T
    x0, y0 = (max(0, _even_down(v)) for v in points.min(0) - 1)
    x1, y1 = (min(full, _even_up(v)) for full, v in zip((width, height), points.max(0) + 1, strict=True))
    if x1 <= x0 or y1 <= y0:
        nothing = np.zeros((2, 2), np.uint8)
        return Picture(nothing, nothing[:1, :1], nothing[:1, :1], nothing), 0, 0
    back = np.linalg.inv(np.vstack([rows, [0, 0, 1]]))[:2]
    picture = _lessened(picture, back)
    back = back * [[picture.width / corners[1, 0]], [picture.height / corners[2, 1]]]
    box = (x0, y0), (x1 - x0, y1 - y0)
    y, u, v = (_warped(plane, back, *box, d, cv2.BORDER_REPLICATE) for plane, d in picture.planes())
    opaque = picture.alpha if picture.alpha is not None else np.full(picture.y.shape, 255, np.uint8)
    return Picture(y, u, v, _warped(opaque, back, *box, 1, cv2.BORDER_CONSTANT)), x0, y0


def _lessened(picture: Picture, back: NDArray[np.float64]) -> Picture:
    """Halved as often as an output sample would otherwise step over more than two of its pixels."""
    step = float(np.sqrt(abs(np.linalg.det(back[:, :2]))))
    while step > 2 and min(picture.width, picture.height) >= 8:
        width, height = picture.width // 4 * 2, picture.height // 4 * 2
        y, u, v = (_smaller(plane, width // d, height // d) for plane, d in picture.planes())
        alpha = picture.alpha
        picture = Picture(y, u, v, None if alpha is None else _smaller(alpha, width, height))
        step /= 2
    return picture


def _smaller(plane: Plane, width: int, height: int) -> Plane:
    return _bytes(cv2.resize(_whole(plane), (width, height), interpolation=cv2.INTER_AREA))


def _warped(
    plane: Plane, back: NDArray[np.float64], at: tuple[int, int], size: tuple[int, int], d: int, border: int
) -> Plane:
    """One plane sampled where the centres of the box's samples fall on it."""
    offset = np.array([0.5, 0.5]) if d == 1 else np.array([0.5, 1.0])
    # A sample i of a plane lies at i * d + offset of the picture, across and down.
    rows = np.empty((2, 3))
    rows[:, :2] = back[:, :2]
    rows[:, 2] = (back[:, :2] @ (np.array(at) + offset) + back[:, 2] - offset) / d
    out = (size[0] // d, size[1] // d)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return _bytes(cv2.warpAffine(_whole(plane), rows, out, flags=flags, borderMode=border, borderValue=0))


def _blended(under: list[Plane], over: list[Plane], blend: Blend) -> list[Plane]:
    """The upper picture's colours as a blend mode has them over the lower's, in R'G'B'. Source: W3C Compositing, level 1."""
    below, above = _rgb(*under), _rgb(*over)
    return list(_yuv(np.clip(_mode(below, above, blend), 0, 1)))


def _mode(b: Floats, s: Floats, blend: Blend) -> Any:
    match blend:
        case "multiply":
            return b * s
        case "screen":
            return b + s - b * s
        case "overlay":
            return np.where(b <= 0.5, 2 * b * s, 1 - 2 * (1 - b) * (1 - s))
        case "darken":
            return np.minimum(b, s)
        case "lighten":
            return np.maximum(b, s)
        case "add":
            return b + s
        case "difference":
            return np.abs(b - s)
        case "softlight":
            root = np.where(b <= 0.25, ((16 * b - 12) * b + 4) * b, np.sqrt(b))
            return np.where(s <= 0.5, b - (1 - 2 * s) * b * (1 - b), b + (2 * s - 1) * (root - b))
        case _:
            return s


def _rgb(y: Plane, u: Plane, v: Plane) -> Floats:
    size = y.shape[1], y.shape[0]
    full = [_whole(y), *(_bytes(cv2.resize(_whole(c), size, interpolation=cv2.INTER_LINEAR)) for c in (u, v))]
    out = cv2.transform(np.asarray(cv2.merge(full), np.float32), _TO_RGB)
    return np.clip(np.asarray(out, np.float32), 0, 1)


def _yuv(rgb: Floats) -> tuple[Plane, Plane, Plane]:
    height, width = rgb.shape[:2]
    small = cv2.resize(rgb, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    u, v = cv2.split(cv2.transform(small, _TO_YUV[1:]))
    y = np.asarray(cv2.transform(rgb, _TO_YUV[:1])).reshape(height, width)
    return _rounded(y), _rounded(u), _rounded(v)


def _rounded(array: Any) -> NDArray[np.uint8]:
    return np.clip(np.rint(array), 0, 255).astype(np.uint8)


def _whole(plane: Plane) -> Plane:
    return np.ascontiguousarray(plane)


def _bytes(array: Any) -> NDArray[np.uint8]:
    return np.asarray(array, np.uint8)


def _even(pixels: float) -> int:
    return round(pixels / 2) * 2


def _even_down(pixels: float) -> int:
    return floor(pixels / 2) * 2


def _even_up(pixels: float) -> int:
    return ceil(pixels / 2) * 2
