"""The fallback back end when skia cannot load: Pillow at twice the size, then scaled down."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from studio.engine.artist.sheet import PAPER, Fill, Glow, Line, Op, Ribbon

Array = NDArray[np.float64]
Pixels = NDArray[np.uint8]

SUPERSAMPLING = 2


def painted(ops: Sequence[Op], size: tuple[float, float], pixels: tuple[int, int]) -> Pixels:
    """The page of `size` drawing units as (height, width, 3) BGR bytes of `pixels` (width, height)."""
    scale = pixels[0] * SUPERSAMPLING / size[0]
    big = (pixels[0] * SUPERSAMPLING, pixels[1] * SUPERSAMPLING)
    image = Image.new("RGB", big, tuple(int(c) for c in PAPER))
    draw = ImageDraw.Draw(image, "RGBA")
    for op in ops:
        if isinstance(op, Fill):
            _fill(image, draw, op, scale)
        elif isinstance(op, Ribbon):
            for group in _contours(op.rings):
                _area(image, draw, group, op.paint, scale)
        elif isinstance(op, Line):
            width = max(1, round(op.width * scale))
            for segment in op.segments:
                draw.line(_flat(segment, scale), fill=op.paint, width=width)
        elif isinstance(op, Glow):
            _glow(image, op, scale)
    small = image.resize(pixels, Image.Resampling.BOX)
    return np.asarray(small)[:, :, ::-1]


def _flat(ring: Array, scale: float) -> list[tuple[float, float]]:
    return [(x, y) for x, y in (ring * scale).tolist()]


def _fill(image: Image.Image, draw: ImageDraw.ImageDraw, op: Fill, scale: float) -> None:
    if op.even_odd and len(op.rings) > 1:
        _area(image, draw, op.rings, op.paint, scale)
        return
    for ring in op.rings:
        draw.polygon(_flat(ring, scale), fill=op.paint)


def _contours(rings: Sequence[Array]) -> list[Sequence[Array]]:
    """Ink outlines: a closed line comes as two rings of equal length, outer and inner, which must be painted as one band."""
    groups: list[Sequence[Array]] = []
    index = 0
    while index < len(rings):
        ring = rings[index]
        paired = index + 1 < len(rings) and len(rings[index + 1]) == len(ring) and _is_band(ring, rings[index + 1])
        groups.append(rings[index : index + 2] if paired else rings[index : index + 1])
        index += 2 if paired else 1
    return groups


def _is_band(outer: Array, inner: Array) -> bool:
    """Whether two rings run side by side in opposite directions."""
    gap = np.abs(outer - inner[::-1]).max()
    return bool(gap < 40 and np.abs(outer[0] - outer[-1]).max() < 2)


def _area(
    image: Image.Image,
    draw: ImageDraw.ImageDraw,
    rings: Sequence[Array],
    paint: tuple[int, int, int, int],
    scale: float,
) -> None:
    """Paint rings with the holes between them left open."""
    if len(rings) == 1:
        draw.polygon(_flat(rings[0], scale), fill=paint)
        return
    low = np.maximum(np.min([ring.min(0) for ring in rings], 0) * scale - 2, 0).astype(int)
    high = np.minimum(np.max([ring.max(0) for ring in rings], 0) * scale + 2, image.size).astype(int)
    if (high <= low).any():
        return
    window = (int(high[0] - low[0]), int(high[1] - low[1]))
    mask = np.zeros((window[1], window[0]), bool)
    for ring in rings:
        layer = Image.new("1", window)
        ImageDraw.Draw(layer).polygon(_flat(ring - low / scale, scale), fill=1)
        mask ^= np.asarray(layer)
    cover = Image.fromarray(mask.astype(np.uint8) * paint[3], "L")
    image.paste(paint[:3], (int(low[0]), int(low[1])), cover)


def _glow(image: Image.Image, op: Glow, scale: float) -> None:
    radius = op.radius * scale
    x, y = op.centre[0] * scale, op.centre[1] * scale
    left, top = max(int(x - radius), 0), max(int(y - radius), 0)
    right, bottom = min(int(x + radius) + 1, image.width), min(int(y + radius) + 1, image.height)
    if right <= left or bottom <= top:
        return
    rows, columns = np.ogrid[top:bottom, left:right]
    share = np.hypot(columns - x, rows - y) / radius
    alpha = np.interp(share, [0, 0.4, 1.0], [op.paint[3], op.paint[3] * 0.35, 0])
    image.paste(op.paint[:3], (left, top), Image.fromarray(alpha.astype(np.uint8), "L"))
