"""A scanned or photographed sheet: set straight, and cut to what is drawn on it. Runs in the child process of `apart` only.

The skew is the small turn at which ink lies most in rows and columns: the projection profile method of scanned text
(Postl, 1986), which frames of panels answer to as well.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

STEEPEST = 8.0
"""Degrees of skew that are looked for on either side."""
_LOOKED_AT = 720
_COARSE, _FINE = 0.5, 0.05
_LEAST = 0.1
_BORDER = 0.012
_FAINT = 28
_SPECK = 0.004


def straightened(picture: Image.Image) -> Image.Image:
    """The sheet without its skew and without the empty margin round the drawing; an empty one as it was."""
    paper = _paper_of(picture)
    turned = picture
    if abs(skew := skew_of(picture)) >= _LEAST:
        turned = picture.rotate(-skew, Image.Resampling.BICUBIC, expand=True, fillcolor=paper)
    box = _drawn_box(turned)
    return turned.crop(box) if box else picture


def skew_of(picture: Image.Image) -> float:
    """Degrees the sheet lies askew, positive against the clock; 0 when nothing on it tells."""
    small = picture.copy()
    small.thumbnail((_LOOKED_AT, _LOOKED_AT))
    ink = _ink(small)
    if not ink.any():
        return 0.0
    mask = Image.fromarray(ink.astype(np.uint8) * 255)
    coarse = _steepest(mask, np.arange(-STEEPEST, STEEPEST + _COARSE / 2, _COARSE))
    fine = _steepest(mask, np.arange(coarse - _COARSE, coarse + _COARSE + _FINE / 2, _FINE))
    return round(float(fine), 2)


def _steepest(mask: Image.Image, turns: NDArray[np.float64]) -> float:
    """The turn whose correction gives the sharpest rows and columns; the smallest of equal ones."""
    best, found = -1.0, 0.0
    for turn in sorted((float(each) for each in turns), key=abs):
        turned = np.asarray(mask.rotate(-turn, Image.Resampling.BILINEAR), dtype=np.float64)
        score = sum(float(np.square(np.diff(turned.sum(axis=axis))).sum()) for axis in (0, 1))
        if score > best * (1 + 1e-9):
            best, found = score, turn
    return found


def _ink(picture: Image.Image) -> NDArray[np.bool_]:
    """Where the sheet is clearly darker than its paper; single specks are not counted."""
    grey = picture.convert("L").filter(ImageFilter.MedianFilter(3))
    light = np.asarray(grey, dtype=np.float32)
    paper = np.asarray(grey.filter(ImageFilter.BoxBlur(max(8, min(grey.size) // 12))), dtype=np.float32)
    return np.asarray(light < np.maximum(paper, np.percentile(light, 70)) - _FAINT)


def _drawn_box(picture: Image.Image) -> tuple[int, int, int, int] | None:
    """The box round the ink with a little air; None when there is none, or hardly any."""
    small = picture.copy()
    small.thumbnail((_LOOKED_AT, _LOOKED_AT))
    ink = _ink(small)
    if ink.mean() < _SPECK / 10:
        return None
    rows, columns = ink.mean(axis=1) > _SPECK, ink.mean(axis=0) > _SPECK
    if not rows.any() or not columns.any():
        return None
    top, bottom = np.flatnonzero(rows)[[0, -1]]
    left, right = np.flatnonzero(columns)[[0, -1]]
    scale = picture.width / small.width
    air = _BORDER * max(picture.size)
    return (
        max(0, int(left * scale - air)),
        max(0, int(top * scale - air)),
        min(picture.width, int((right + 1) * scale + air)),
        min(picture.height, int((bottom + 1) * scale + air)),
    )


def _paper_of(picture: Image.Image) -> tuple[int, int, int]:
    """The colour of the paper: the median of the lightest third."""
    small = np.asarray(picture.convert("RGB").resize((64, 64)), dtype=np.float32).reshape(-1, 3)
    light = small[small.mean(axis=1) >= np.percentile(small.mean(axis=1), 66)]
    red, green, blue = (int(v) for v in np.median(light, axis=0))
    return red, green, blue
