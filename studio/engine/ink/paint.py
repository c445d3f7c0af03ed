"""A sheet as pixels: layer by layer on transparent film, laid on the picture under them or on paper."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.engine.ink.geometry import Matrix, bands
from studio.engine.ink.sheet import Blend, Film, Ink, Sheet, Words

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

PAPER = (255, 253, 247)
FONT = "courier-prime-bold.ttf"
LEADING, BASELINE = 1.2, 0.8
"""Of a line's height: from line to line, and from its top to the foot of its letters."""
_FINER = 4
_SHIFT = 4  # cv2 takes places in sixteenths of a pixel


def painted(sheet: Sheet, size: tuple[int, int], *, under: Pixels | None, fonts: Path) -> Pixels:
    """The sheet of `size` (width, height) pixels as (height, width, 3) RGB; `under` is such a picture, `fonts` our folder."""
    width, height = size
    canvas = np.empty((height, width, 3), np.float32)
    canvas[:] = PAPER
    if under is not None and sheet.under > 0:
        canvas += (under.astype(np.float32) - canvas) * sheet.under
    for film in sheet.films:
        if film.marks and film.strength > 0:
            colour, cover = film_pixels(film, size, fonts)
            canvas += (_blended(colour, canvas, film.blend) - canvas) * (cover * film.strength)[:, :, None]
    return np.clip(np.rint(canvas), 0, 255).astype(np.uint8)


def _blended(colour: Floats, below: Floats, blend: Blend) -> Floats:
    """What a layer's colour makes of what is below it, where it covers that."""
    if blend == "normal":
        return colour
    both = colour * below / np.float32(255)
    return both if blend == "multiply" else colour + below - both


def film_pixels(film: Film, size: tuple[int, int], fonts: Path) -> tuple[Floats, Floats]:
    """A layer's colour (height, width, 3) and cover (height, width) 0..1."""
    scale = max(size) / 10_000
    colour = np.zeros((size[1], size[0], 3), np.float32)
    cover = np.zeros((size[1], size[0]), np.float32)
    for mark in film.marks:
        found = _inked(mark, size, scale) if isinstance(mark, Ink) else _lettered(mark, size, scale, fonts)
        if found is None:
            continue
        mask, left, top = found
        window = (slice(top, top + mask.shape[0]), slice(left, left + mask.shape[1]))
        if isinstance(mark, Ink) and mark.erases:
            cover[window] *= 1 - mask
            continue
        own = mask * mark.strength
        if isinstance(mark, Ink) and mark.under:
            own = own * (1 - cover[window])
            after = cover[window] + own
        else:
            after = own + cover[window] * (1 - own)
        share = np.divide(own, after, out=np.zeros_like(own), where=after > 0)[:, :, None]
        colour[window] += (np.asarray(mark.colour, np.float32) - colour[window]) * share
        cover[window] = after
    return colour, cover


def _inked(ink: Ink, size: tuple[int, int], scale: float) -> tuple[Floats, int, int] | None:
    """The cover of some ink, in the smallest window that holds them, and where that begins; None outside the sheet.

    Painted four times as large and scaled down, so that edges are smooth.
    """
    import cv2

    samples = [run.samples * scale for run in ink.runs]
    low = np.min([(s[:, :2] - s[:, 2:]).min(0) for s in samples], axis=0) - 1
    high = np.max([(s[:, :2] + s[:, 2:]).max(0) for s in samples], axis=0) + 2
    left, top = (int(max(v, 0)) for v in low)
    right, bottom = int(min(high[0], size[0])), int(min(high[1], size[1]))
    if right <= left or bottom <= top:
        return None
    mask = np.zeros(((bottom - top) * _FINER, (right - left) * _FINER), np.uint8)
    for each in samples:
        each[:, :2] -= (left, top)
        if ink.filled:
            continue
        for width, line in bands(each, 1 / _FINER):
            cv2.polylines(mask, [_fine(line)], False, 255, width, cv2.LINE_8, _SHIFT)
    if ink.filled:
        cv2.fillPoly(mask, [_fine(each[:, :2]) for each in samples], 255, cv2.LINE_8, _SHIFT)
    small = cv2.resize(mask, (right - left, bottom - top), interpolation=cv2.INTER_AREA)
    return small.astype(np.float32) / np.float32(255), left, top


def _fine(places: NDArray[np.float64]) -> NDArray[np.int32]:
    """Places as cv2 takes them, on the larger sheet."""
    return np.rint((places * _FINER - 0.5) * (1 << _SHIFT)).astype(np.int32)


def _lettered(words: Words, size: tuple[int, int], scale: float, fonts: Path) -> tuple[Floats, int, int] | None:
    """The cover of some words, over the whole sheet."""
    import cv2
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(str(fonts / FONT), max(4, round(words.size * scale)))
    lines = words.text.split("\n")
    box = (int(max(font.getlength(line) for line in lines)) + 4, int(font.size * LEADING * len(lines)) + 4)
    image = Image.new("L", box, 0)
    pen = ImageDraw.Draw(image)
    for i, line in enumerate(lines):
        pen.text((0, (i * LEADING + BASELINE) * font.size), line, fill=255, font=font, anchor="ls")
    a, b, c, d, e, f = words.matrix
    x, y = words.x * scale, words.y * scale
    place = np.array([[a, c, a * x + c * y + e * scale], [b, d, b * x + d * y + f * scale]])
    mask = cv2.warpAffine(np.asarray(image), place, size, flags=cv2.INTER_LINEAR)
    return mask.astype(np.float32) / np.float32(255), 0, 0


def moved_by(matrix: Matrix) -> str:
    """A matrix as SVG writes it."""
    return "matrix(" + " ".join(f"{v:g}" for v in matrix) + ")"


def opened(picture: bytes, size: tuple[int, int]) -> Pixels:
    """A stored picture as (height, width, 3) RGB of `size` (width, height) pixels."""
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(picture)) as image:
        return np.asarray(image.convert("RGB").resize(size, Image.Resampling.LANCZOS))
