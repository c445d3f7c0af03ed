"""The area of one colour round a place in a picture, as rings: what a fill covers. Small gaps in its outline are closed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.engine.ink.paint import Pixels

Mask = NDArray[np.uint8]
Rings = list[NDArray[np.float64]]

TOLERANCE = 40
"""How far a colour may be from that of the place, in each of red, green and blue."""
_BLEED = 2  # pixels a fill reaches under the lines round it, which are not quite dark at their edges
_SMALLEST = 6  # pixels: specks inside are filled over
_FLAT = 0.6  # pixels a ring may be off the edge it follows


def flooded(seen: Pixels, at: tuple[int, int], *, gap: int = 0) -> Rings:
    """The rings (n, 2), in pixels, of the area round `at` (x, y); openings of its outline up to `gap` pixels are closed."""
    import cv2

    x, y = at
    far = np.abs(seen.astype(np.int16) - seen[y, x].astype(np.int16)).max(axis=2)
    open_ = _part((far <= TOLERANCE).astype(np.uint8), x, y)
    area = _closed(open_, x, y, gap) if gap > 1 else open_
    area = cv2.dilate(area, _disc(_BLEED))
    rings, _ = cv2.findContours(area, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    kept = [cv2.approxPolyDP(ring, _FLAT, True)[:, 0, :] for ring in rings if cv2.contourArea(ring) > _SMALLEST]
    return [ring.astype(np.float64) + 0.5 for ring in kept if len(ring) > 2]


def _closed(open_: Mask, x: int, y: int, gap: int) -> Mask:
    """What is left of an area when nothing flows through openings narrower than `gap`."""
    import cv2

    wide = cv2.erode(open_, _disc(gap / 2)).astype(np.uint8)
    if not wide.any():
        return open_
    places = np.argwhere(wide)
    near_y, near_x = places[np.argmin(((places - (y, x)) ** 2).sum(axis=1))]
    if np.hypot(near_x - x, near_y - y) > gap:
        return open_  # the place itself is narrower than that
    area = _part(wide, int(near_x), int(near_y))
    for _ in range(round(gap * 0.75)):  # back into the corners, and no farther than half a gap through it
        area = np.minimum(cv2.dilate(area, _disc(1)).astype(np.uint8), open_)
    return area


def _part(mask: Mask, x: int, y: int) -> Mask:
    """The part of a mask that hangs together with a place in it."""
    import cv2

    _, labels = cv2.connectedComponents(mask, connectivity=4)
    return (labels == labels[y, x]).astype(np.uint8)


def _disc(radius: float) -> Mask:
    import cv2

    reach = max(1, int(np.ceil(radius)))
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1)).astype(np.uint8)
