"""A worksheet in a picture: its corner marks found, its code read, its frames cut out straight. Runs in the child process of
`apart` only.

The corners of the marks give the projection of the page (at least three marks: one may be cut off); the code says which page it
is. The light of the page is a slope fitted to the paper between the strokes, and taken out of every frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.storyboards.printing.layouts import Paper
from studio.storyboards.printing.worksheet.code import PageCode, page_code
from studio.storyboards.printing.worksheet.form import CELL, CODE_ROWS, Form
from studio.storyboards.printing.worksheet.marks import IDS

Picture = NDArray[np.uint8]
Projection = NDArray[np.float64]
"""From points of the page to pixels of the picture."""
_SIDES = (2400, 1300, 4000)
"""The longest side marks are looked for at: the next where too few are found."""
_LEAST_MARKS = 3
_SHIFTS = (0.0, 0.4, -0.4, 0.8, -0.8)
"""Cells the code may lie beside its place: paper is not quite flat."""
_INSET = 1.5
"""Points within the frame's line that are cut off with it."""
_PAPER = 252.0
_TILES = 24
_INK, _LEAST_INK = 24, 0.0006
"""How much darker than the paper a stroke is, and the share of a frame that is strokes when it is not blank."""
_LOOKED_AT = 320


@dataclass(frozen=True, slots=True)
class Found:
    """A worksheet in a picture."""

    code: PageCode
    projection: Projection


def found_sheet(picture: Picture) -> Found | None:
    """The worksheet in an RGB picture, None when its code cannot be read. Raises: NoMarks: there is none, or only a part."""
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    corners = _corners(grey)
    if len(corners) < _LEAST_MARKS:
        raise NoMarks
    soft = np.asarray(cv2.GaussianBlur(grey, (3, 3), 0), np.uint8)
    papers: tuple[Paper, ...] = ("letter", "a4")
    forms = [Form(paper=paper, landscape=landscape) for paper in papers for landscape in (False, True)]
    known = [(form, projection) for form in forms if (projection := _projection(form, corners)) is not None]
    for right, down in sorted(product(_SHIFTS, repeat=2), key=lambda each: abs(each[0]) + abs(each[1])):
        for form, projection in known:
            if code := page_code(_darkness(soft, form, projection, right, down), form):
                return Found(code, projection)
    return None


class NoMarks(Exception):
    """Too few corner marks are in the picture."""


def drawings(picture: Picture, found: Found, width: int, height: int) -> Iterator[Picture | None]:
    """What is drawn in each frame, on white paper, at so many pixels; None for a blank one.

    Frames of another shape are shown whole.
    """
    light = _light(picture, found)
    aspect = found.code.form.aspect
    across, down = min(width, round(height * aspect)), min(height, round(width / aspect))
    left, top = (width - across) // 2, (height - down) // 2
    for at in range(len(found.code.frames)):
        if _is_blank(_cut(picture, found, light, at, _LOOKED_AT, max(1, round(_LOOKED_AT / aspect)))):
            yield None
            continue
        whole = np.full((height, width, 3), 255, np.uint8)
        whole[top : top + down, left : left + across] = _cut(picture, found, light, at, across, down)
        yield whole


def _cut(picture: Picture, found: Found, light: NDArray[np.float64], at: int, width: int, height: int) -> Picture:
    """What is within a frame, on paper that is white all over."""
    place = found.code.form.frame(at)
    across, down = place.width - 2 * _INSET, place.height - 2 * _INSET
    x = (np.arange(width) + 0.5) / width * across + place.x + _INSET
    y = (np.arange(height) + 0.5) / height * down + place.y + _INSET
    cut = _sampled(picture, found.projection, x, y)
    lit = _slope(light, found.code.form, x, y)
    return np.minimum(cut * (255.0 * 255.0 / _PAPER / lit), 255.0).astype(np.uint8)


def _corners(grey: Picture) -> dict[int, NDArray[np.float64]]:
    """The four corners of every mark, in pixels of the whole picture."""
    found: dict[int, NDArray[np.float64]] = {}
    parameters = cv2.aruco.DetectorParameters()
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    parameters.adaptiveThreshWinSizeMax = 43
    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    detector = cv2.aruco.ArucoDetector(dictionary, parameters)
    longest = max(grey.shape)
    for side in _SIDES:
        scale = min(1.0, side / longest)
        size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
        small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
        marks, names, _ = detector.detectMarkers(small)
        for mark, name in zip(marks, np.ravel(names) if marks else (), strict=True):
            if int(name) in IDS:
                found.setdefault(int(name), (np.asarray(mark, np.float64).reshape(4, 2) + 0.5) / scale - 0.5)
        if len(found) == len(IDS) or scale == 1.0:
            break
    return found


def _projection(form: Form, corners: dict[int, NDArray[np.float64]]) -> Projection | None:
    places: list[tuple[float, float]] = []
    pixels: list[NDArray[np.float64]] = []
    for name, mark in zip(IDS, form.marks, strict=True):
        if name in corners:
            right, foot = mark.x + mark.width, mark.y + mark.height
            places += [(mark.x, mark.y), (right, mark.y), (right, foot), (mark.x, foot)]
            pixels.append(corners[name])
    solved: Any = cv2.findHomography(np.array(places), np.concatenate(pixels))[0]  # None where there is none
    return np.asarray(solved, np.float64) if solved is not None and np.isfinite(solved).all() else None


def _darkness(grey: Picture, form: Form, projection: Projection, right: float, down: float) -> NDArray[np.float64]:
    """How much darker than half way every cell of the code is, row by row."""
    place = form.code
    fine = np.array([0.3, 0.5, 0.7])
    x = place.x + CELL * ((np.arange(form.code_columns)[:, None] + fine).ravel() + right)
    y = place.y + CELL * ((np.arange(CODE_ROWS)[:, None] + fine).ravel() + down)
    cells = _sampled(grey, projection, x, y).astype(np.float64)
    values = cells.reshape(CODE_ROWS, 3, form.code_columns, 3).mean(axis=(1, 3))
    near = np.ones((CODE_ROWS, 15))
    half = (cv2.dilate(values, near) + cv2.erode(values, near)) / 2
    return np.asarray(half - values, np.float64).ravel()


def _sampled(picture: Picture, projection: Projection, x: NDArray[Any], y: NDArray[Any]) -> Picture:
    """The picture at these columns and rows of the page; what is outside it is white."""
    across, down = np.meshgrid(x, y)
    spots = projection @ np.stack([across.ravel(), down.ravel(), np.ones(across.size)])
    pixels = (spots[:2] / spots[2]).astype(np.float32).reshape(2, *across.shape)
    step = max(1, round(float(np.abs(np.diff(pixels, axis=2)).sum(axis=0).mean())))
    if step > 1:  # finer than it is taken: each pixel is the mean of what it stands for
        low = np.maximum(np.floor(pixels.min(axis=(1, 2))).astype(int) - step, 0)
        high = np.maximum(np.ceil(pixels.max(axis=(1, 2))).astype(int) + step, low + 1)
        picture = cv2.blur(picture[low[1] : high[1], low[0] : high[0]], (step, step)).astype(np.uint8)
        pixels -= low[:, None, None].astype(np.float32)
    taken = cv2.remap(
        picture, pixels[0], pixels[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(255, 255, 255)
    )
    return taken.astype(np.uint8, copy=False)


def _light(picture: Picture, found: Found) -> NDArray[np.float64]:
    """The paper's lightness over the page: by colour the weights of a surface of second order, fitted to its lightest places."""
    form = found.code.form
    width, height = form.size
    count = _TILES * 8
    x, y = (np.arange(count) + 0.5) / count * width, (np.arange(count) + 0.5) / count * height
    small = _sampled(picture, found.projection, x, y).astype(np.float64)
    tiles = small.reshape(_TILES, 8, _TILES, 8, 3).transpose(0, 2, 1, 3, 4).reshape(_TILES, _TILES, 64, 3)
    paper = np.percentile(tiles, 80, axis=2).reshape(-1, 3)
    middle = (np.arange(_TILES) + 0.5) / _TILES
    u, v = (each.ravel() for each in np.meshgrid(middle, middle))
    terms = _terms(u, v)
    inside = np.ones(len(u), bool)
    weights = np.zeros((terms.shape[1], 3))
    for _ in range(4):  # drawn tiles and what is round the page lie off the surface, and are left out
        weights = np.linalg.lstsq(terms[inside], paper[inside], rcond=None)[0]
        off = (paper - terms @ weights).mean(axis=1)
        kept = np.abs(off - np.median(off[inside])) < max(6.0, 1.5 * float(np.std(off[inside])))
        if kept.sum() < 4 * terms.shape[1] or (kept == inside).all():
            break
        inside = kept
    return np.asarray(weights, np.float64)


def _slope(
    light: NDArray[np.float64], form: Form, x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float32]:
    """The paper's lightness at these columns and rows of the page."""
    width, height = form.size
    u, v = (x / width).astype(np.float32)[None, :, None], (y / height).astype(np.float32)[:, None, None]
    one, by_u, by_v, by_uu, by_uv, by_vv = light.astype(np.float32)
    return np.maximum(np.float32(40.0), one + u * (by_u + u * by_uu) + v * (by_v + v * by_vv) + u * v * by_uv)


def _terms(u: NDArray[np.float64], v: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([np.ones_like(u), u, v, u * u, u * v, v * v], axis=-1)


def _is_blank(drawing: Picture) -> bool:
    """Whether a small picture of a frame has next to no stroke in it: it may be filled, but is not empty then."""
    grey = cv2.medianBlur(cv2.cvtColor(drawing, cv2.COLOR_RGB2GRAY), 3)
    rim = max(2, min(grey.shape) // 50)
    inside = grey[rim:-rim, rim:-rim]
    return float((inside < int(_PAPER) - _INK).mean()) < _LEAST_INK
