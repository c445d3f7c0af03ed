"""Storyboard arrows: blue ones on the frame for the camera, red ones on the floor for people who travel."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from studio.engine.artist.geometry import polygon, rectangle, smoothed
from studio.engine.artist.lettering import letter, width_of
from studio.engine.artist.sheet import Colour, Sheet
from studio.engine.artist.spec import Move

Array = NDArray[np.float64]

CAMERA_INK: Colour = (38, 84, 168)
CAMERA_FILL: Colour = (226, 236, 252)
TRAVEL_INK: Colour = (150, 42, 32)
TRAVEL_FILL: Colour = (226, 98, 76)
MARGIN = 34.0


def arrow_outline(course: ArrayLike, width: float, head: float) -> Array:
    """A block arrow (n, 2) along a course (m, 2): shaft `width` units wide, head `head` units long."""
    path = np.asarray(course, float)
    steps = np.hypot(*np.diff(path, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    neck = max(along[-1] - head, along[-1] * 0.2)
    shaft_at = np.linspace(0, neck, 12)
    shaft = np.stack([np.interp(shaft_at, along, path[:, axis]) for axis in (0, 1)], 1)
    tangent = np.gradient(shaft, axis=0)
    tangent /= np.maximum(np.hypot(tangent[:, 0], tangent[:, 1]), 1e-6)[:, None]
    normal = np.stack([-tangent[:, 1], tangent[:, 0]], 1)
    taper = np.linspace(0.62, 1.0, 12)[:, None] * width / 2
    left, right = shaft + normal * taper, shaft - normal * taper
    wing = normal[-1] * head * 0.62
    return np.concatenate([left, [shaft[-1] + wing], path[-1:], [shaft[-1] - wing], right[::-1]])


def _frame_arrow(sheet: Sheet, course: ArrayLike, width: float = 13, head: float = 27) -> None:
    outline = arrow_outline(course, width, head)
    sheet.fill(outline, CAMERA_FILL, 225, raw=True)
    sheet.ink(outline, 2.2, closed=True, colour=CAMERA_INK, alpha=245, jitter=0.7)


def camera_arrow(sheet: Sheet, move: Move, way: float, *, top: bool = False) -> None:
    """The convention for a camera move; `way` is +1 or -1, the side the action goes to on the page. Nothing for STATIC.

    `top` keeps arrows along the lower edge away from one on the floor there.
    """
    edge = 60.0 if top else sheet.camera.height - MARGIN
    along: dict[Move, str] = {Move.TRACK: "TRACK", Move.FOLLOW: "FOLLOW"}
    side = 1.0 if way >= 0 else -1.0
    if move is Move.PAN:
        _pan(sheet, side, edge)
    elif move in along:
        _dolly(sheet, side, along[move], edge)
    drawers = {
        Move.TILT: _tilt,
        Move.PUSH_IN: _push_in,
        Move.PULL_OUT: _pull_out,
        Move.CRANE: _crane,
        Move.ZOOM: _zoom,
        Move.HANDHELD: _handheld,
    }
    draw = drawers.get(move)
    if draw is not None:
        draw(sheet, side)


def _name(sheet: Sheet, text: str, middle: tuple[float, float]) -> None:
    """The move's name in small capitals on a scrap of paper."""
    half = width_of(text, 15) / 2 + 8
    sheet.fill(
        rectangle(middle[0] - half, middle[1] - 12, middle[0] + half, middle[1] + 12), (250, 248, 242), 190, raw=True
    )
    letter(sheet, text, middle, 15, CAMERA_INK)


def _pan(sheet: Sheet, way: float, y: float) -> None:
    width = sheet.camera.width
    x = np.linspace(-0.13, 0.13, 16)
    course = np.stack([width / 2 + way * x * width, y - 26 + 420 * x**2 * 1.4 - 4], 1)
    _frame_arrow(sheet, course)
    _name(sheet, "PAN", (width / 2, y + 10))


def _tilt(sheet: Sheet, way: float) -> None:
    x, height = sheet.camera.width - MARGIN - 12, sheet.camera.height
    _frame_arrow(sheet, [[x, height * 0.66], [x, height * 0.5], [x, height * 0.34]])
    _name(sheet, "TILT", (x - 14, height * 0.66 + 22))
    del way


def _corners(sheet: Sheet) -> list[tuple[Array, Array]]:
    """For each corner: the corner and the direction inwards."""
    width, height = sheet.camera.width, sheet.camera.height
    middle = np.array([width / 2, height / 2])
    corners: list[tuple[Array, Array]] = []
    for x in (MARGIN, width - MARGIN):
        for y in (MARGIN, height - MARGIN):
            corner = np.array([x, y])
            inward = middle - corner
            corners.append((corner, inward / np.hypot(*inward)))
    return corners


def _push_in(sheet: Sheet, way: float) -> None:
    for corner, inward in _corners(sheet):
        _frame_arrow(sheet, [corner, corner + inward * 46, corner + inward * 92])
    del way


def _pull_out(sheet: Sheet, way: float) -> None:
    for corner, inward in _corners(sheet):
        _frame_arrow(sheet, [corner + inward * 92, corner + inward * 46, corner])
    del way


def _dolly(sheet: Sheet, way: float, name: str, y: float) -> None:
    """A straight arrow on rails."""
    width = sheet.camera.width
    start, end = width / 2 - way * 150, width / 2 + way * 150
    rails = rectangle(min(start, end) - 6, y - 34, max(start, end) + 6, y - 2)
    sheet.fill(rails, (250, 248, 242), 120, raw=True)
    for rise in (-8.0, 4.0):
        sheet.ink([[start, y - 18 + rise * 1.3], [end, y - 18 + rise * 1.3]], 1.6, colour=CAMERA_INK, alpha=170)
    for x in np.linspace(start, end, 13):
        sheet.ink([[x, y - 32], [x, y - 8]], 1.4, colour=CAMERA_INK, alpha=120)
    _frame_arrow(sheet, [[start, y - 20], [(start + end) / 2, y - 20], [end, y - 20]], 15, 30)
    _name(sheet, name, (width / 2, y + 12))


def _crane(sheet: Sheet, way: float) -> None:
    height = sheet.camera.height
    x = MARGIN + 16 if way > 0 else sheet.camera.width - MARGIN - 16
    turn = np.linspace(0, 1, 14)
    course = np.stack([x + way * 60 * (1 - np.cos(turn * 1.4)), height * 0.72 - turn * height * 0.44], 1)
    _frame_arrow(sheet, course, 14, 30)
    _name(sheet, "CRANE", (x + way * 30, height * 0.72 + 20))


def _zoom(sheet: Sheet, way: float) -> None:
    """A smaller frame inside the frame, its corners tied to the outer ones."""
    width, height = sheet.camera.width, sheet.camera.height
    inner = rectangle(width * 0.24, height * 0.24, width * 0.76, height * 0.76)
    outer = rectangle(14, 14, width - 14, height - 14)
    for a, b in zip(inner, np.roll(inner, -1, 0), strict=True):
        step = (b - a) / 14
        for index in range(0, 14, 2):
            sheet.ink([a + step * index, a + step * (index + 1.2)], 2.0, colour=CAMERA_INK, alpha=190, taper=0.8)
    for a, b in zip(outer, inner, strict=True):
        _frame_arrow(sheet, [a + (b - a) * 0.25, a + (b - a) * 0.5, a + (b - a) * 0.8], 8, 20)
    _name(sheet, "ZOOM", (width / 2, height - MARGIN + 8))
    del way


def _handheld(sheet: Sheet, way: float) -> None:
    """The corners of a frame that will not keep still."""
    width, height = sheet.camera.width, sheet.camera.height
    for shift, alpha in ((0.0, 190), (9.0, 110)):
        for x, y, a, b in (
            (18, 18, 1, 1),
            (width - 18, 18, -1, 1),
            (18, height - 18, 1, -1),
            (width - 18, height - 18, -1, -1),
        ):
            corner = np.array([x + shift * a * 0.6, y + shift * b])
            course = corner + np.array([[a * 62, b * 3], [0, 0], [a * -2, b * 62]])
            sheet.ink(course, 2.4, colour=CAMERA_INK, alpha=alpha, jitter=2.0)
    wave = np.linspace(0, 1, 40)
    course = np.stack([width / 2 - 70 + wave * 140, height - MARGIN - 22 + np.sin(wave * 19) * 7], 1)
    sheet.ink(smoothed(course, 1, closed=False), 2.4, colour=CAMERA_INK)
    _name(sheet, "HANDHELD", (width / 2, height - MARGIN + 10))
    del way


def travel_arrow(sheet: Sheet, x: float, z: float, heading: float, *, height: float = 0.02, size: float = 1.0) -> None:
    """A flat arrow at `height` metres, ahead of someone at (x, z) travelling towards `heading` degrees (0 = +z, 90 = +x)."""
    turn = math.radians(heading)
    ahead = np.array([math.sin(turn), 0.0, math.cos(turn)])
    across = np.array([math.cos(turn), 0.0, -math.sin(turn)])
    base = np.array([x, height, z]) + ahead * 0.45 * size
    profile: Sequence[tuple[float, float]] = (
        (0.0, -0.07),
        (0.8, -0.10),
        (0.8, -0.24),
        (1.25, 0.0),
        (0.8, 0.24),
        (0.8, 0.10),
        (0.0, 0.07),
    )
    points = np.array([base + ahead * a * size + across * b * size for a, b in profile])
    ring = sheet.ring3(points)
    if ring is None or polygon(ring).area < 60:
        return
    sheet.fill(ring, TRAVEL_FILL, 205, raw=True)
    sheet.ink(ring, 2.0, closed=True, colour=TRAVEL_INK, alpha=235)
