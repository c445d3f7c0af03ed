"""What a colourist reads a frame by: its light from left to right, its colours round a circle, how often each value is there.

Measured of RGB as Rec. 709 has it; drawn as PNG pictures on the dark of a working room.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

Scope = Literal["waveform", "parade", "vectorscope", "histogram"]
SCOPES: tuple[Scope, ...] = ("waveform", "parade", "vectorscope", "histogram")

WIDTH, HEIGHT = 512, 256
_GROUND = (16, 17, 20)
_LINE = (43, 46, 54)
_TRACE = (242, 240, 234)
_PARTS = ((255, 107, 95), (96, 208, 120), (96, 150, 255))
_LUMA = (0.2126, 0.7152, 0.0722)
"""Source: ITU-R BT.709, 3.2."""
_BARS = ((1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1))
"""The colours whose places a vectorscope marks: those of colour bars, at 75 %."""
_SKIN_DEGREES = 123.0
"""Where the colour of skin lies, whoever's it is. Source: the I axis of NTSC."""

Rgb = NDArray[np.uint8]


def scope(pixels: Rgb, kind: Scope) -> bytes:
    """One scope of a frame (height x width x 3) as a PNG."""
    drawn = {"waveform": _waveform, "parade": _parade, "vectorscope": _vectorscope, "histogram": _histogram}[kind]
    out = BytesIO()
    drawn(pixels).save(out, "PNG", compress_level=3)
    return out.getvalue()


def luma(pixels: Rgb) -> NDArray[np.float32]:
    """How light each pixel is, 0..255."""
    return pixels.astype(np.float32) @ np.asarray(_LUMA, np.float32)


def chroma(pixels: Rgb) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Cb and Cr of each pixel, -0.5..0.5."""
    shares, light = pixels.astype(np.float32) / 255, luma(pixels) / 255
    return (shares[..., 2] - light) / 1.8556, (shares[..., 0] - light) / 1.5748


def columns(values: NDArray[np.float32], wide: int) -> NDArray[np.float32]:
    """How often each value 0..255 is in each of `wide` columns: 256 x wide, the lightest first, as shares of a column."""
    if values.shape[1] < wide:
        values = values[:, np.arange(wide) * values.shape[1] // wide]
    high, width = values.shape
    across = np.broadcast_to(np.arange(width) * wide // width, (high, width))
    levels = 255 - np.clip(np.rint(values), 0, 255).astype(np.int64)
    counted = np.bincount((levels * wide + across).ravel(), minlength=256 * wide).reshape(256, wide)
    return (counted / max(high * width / wide, 1)).astype(np.float32)


def _waveform(pixels: Rgb) -> Image.Image:
    return _over_lines(_glowing(columns(luma(pixels), WIDTH), _TRACE))


def _parade(pixels: Rgb) -> Image.Image:
    wide = WIDTH // 3
    parts = [_glowing(columns(pixels[..., i].astype(np.float32), wide), _PARTS[i]) for i in range(3)]
    whole = np.zeros((256, WIDTH, 3), np.float32)
    whole[:, : 3 * wide] = np.concatenate(parts, axis=1)
    return _over_lines(whole)


def _vectorscope(pixels: Rgb) -> Image.Image:
    from PIL import Image, ImageDraw

    blue, red = (np.rint((part + 0.5) * (HEIGHT - 1)).astype(np.int64).ravel() for part in chroma(pixels))
    places = np.clip(HEIGHT - 1 - red, 0, HEIGHT - 1) * HEIGHT + np.clip(blue, 0, HEIGHT - 1)
    counted = np.bincount(places, minlength=HEIGHT * HEIGHT).reshape(HEIGHT, HEIGHT)
    sums = [np.bincount(places, pixels[..., i].ravel(), HEIGHT * HEIGHT).reshape(HEIGHT, HEIGHT) for i in range(3)]
    mean = np.dstack(sums) / np.maximum(counted, 1)[..., None]
    seen = np.clip(np.log1p(counted) / np.log1p(max(pixels.shape[0] * pixels.shape[1] / 400, 2)), 0, 1)[..., None]
    bright = mean + (255 - mean.max(axis=2, keepdims=True)).clip(0, 140)
    ground = Image.new("RGB", (HEIGHT, HEIGHT), _GROUND)
    _graticule(ImageDraw.Draw(ground))
    below = np.asarray(ground, np.float32)
    return Image.fromarray(np.clip(below * (1 - seen) + bright * seen, 0, 255).astype(np.uint8))


def _graticule(pen: ImageDraw.ImageDraw) -> None:
    """The circle, the cross, the line of skin and the boxes of colour bars."""
    middle, far = (HEIGHT - 1) / 2, (HEIGHT - 1) / 2
    pen.ellipse((1, 1, HEIGHT - 2, HEIGHT - 2), outline=_LINE)
    pen.line((middle, 0, middle, HEIGHT), _LINE)
    pen.line((0, middle, HEIGHT, middle), _LINE)
    angle = np.deg2rad(_SKIN_DEGREES)
    pen.line((middle, middle, middle + far * float(np.cos(angle)), middle - far * float(np.sin(angle))), (92, 84, 60))
    bars = np.asarray([[[round(part * 191) for part in bar] for bar in _BARS]], np.uint8)
    for x, y, bar in zip(*(part[0] for part in chroma(bars)), _BARS, strict=True):
        left, top = middle + float(x) * (HEIGHT - 1), middle - float(y) * (HEIGHT - 1)
        colour = (70 + 150 * bar[0], 70 + 150 * bar[1], 70 + 150 * bar[2])
        pen.rectangle((left - 5, top - 5, left + 5, top + 5), outline=colour)


def _histogram(pixels: Rgb) -> Image.Image:
    from PIL import Image

    counts = [np.bincount(pixels[..., i].ravel(), minlength=256).astype(np.float32) for i in range(3)]
    most = max(float(np.sort(np.concatenate(counts))[-4]), 1.0)  # a few full or empty values do not flatten the rest
    rows = np.arange(HEIGHT)[::-1, None]
    drawn = np.tile(np.asarray(_GROUND, np.float32), (HEIGHT, WIDTH, 1))
    for i, tone in enumerate(_PARTS):
        tall = np.repeat(np.sqrt(np.clip(counts[i] / most, 0, 1)) * (HEIGHT - 4), WIDTH // 256)
        drawn += (rows < tall[None, :])[..., None] * np.asarray(tone, np.float32) * 0.62
    return Image.fromarray(np.clip(drawn, 0, 255).astype(np.uint8))


def _glowing(shares: NDArray[np.float32], tone: tuple[int, int, int]) -> NDArray[np.float32]:
    """Shares of a column as light of a tone; few pixels are seen as well."""
    light = np.clip(shares * 24, 0, 1) ** 0.45
    return light[..., None] * np.asarray(tone, np.float32)


def _over_lines(trace: NDArray[np.float32]) -> Image.Image:
    """On the ground with a line at each quarter."""
    from PIL import Image

    ground = np.tile(np.asarray(_GROUND, np.float32), (*trace.shape[:2], 1))
    for level in (0, 64, 128, 191, 255):
        ground[level] = _LINE
    return Image.fromarray(np.clip(np.maximum(ground, trace), 0, 255).astype(np.uint8))
