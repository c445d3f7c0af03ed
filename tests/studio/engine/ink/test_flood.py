"""A fill finds the area one means: up to its outline, through no small gap, under the edges of lines."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.engine.ink.flood import flooded
from studio.engine.ink.paint import Pixels

SIZE = (640, 360)


def drawn(*, gap: int = 0) -> Pixels:
    """A box with an outline 4 pixels wide, open on its right side by `gap`, and a disc inside it."""
    seen = np.full((SIZE[1], SIZE[0], 3), 250, np.uint8)
    cv2.rectangle(seen, (100, 60), (400, 300), (0, 0, 0), 4)
    cv2.circle(seen, (200, 180), 40, (0, 0, 0), 3, cv2.LINE_AA)
    seen[150 : 150 + gap, 395:406] = 250
    return seen


def area(seen: Pixels, at: tuple[int, int], gap: int = 0) -> np.ndarray:
    mask = np.zeros(seen.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.rint(ring).astype(np.int32) for ring in flooded(seen, at, gap=gap)], 1)
    return mask


def test_an_area_ends_at_its_outline_and_leaves_out_what_is_drawn_inside() -> None:
    found = area(drawn(), (320, 100))
    assert found[100, 320] == 1
    assert found[180, 200] == found[20, 20] == 0
    assert found.sum() == pytest.approx(297 * 237 - np.pi * 41.5**2, rel=0.03)
    assert area(drawn(), (200, 180)).sum() == pytest.approx(np.pi * 39**2, rel=0.1)


def test_it_reaches_under_the_edges_of_the_lines_so_that_no_paper_shows_between() -> None:
    seen = drawn()
    light = (seen[62:299, 102:399].min(axis=2) > 128) & (area(seen, (320, 100))[62:299, 102:399] == 0)
    disc = np.hypot(*(np.indices(seen.shape[:2]) - np.array((180, 200))[:, None, None])) < 42
    assert (light & ~disc[62:299, 102:399]).sum() < 5


def test_a_gap_lets_the_colour_out_until_it_is_closed() -> None:
    assert area(drawn(gap=8), (320, 100))[20, 20] == 1
    closed = area(drawn(gap=8), (320, 100), gap=12)
    assert closed[20, 20] == 0
    assert closed[:, 412:].sum() == 0
    assert closed[64, 104] == closed[296, 396] == 1, "the corners are filled all the same"
    assert area(drawn(gap=30), (320, 100), gap=12)[20, 20] == 1


def test_a_place_narrower_than_the_gap_is_filled_as_it_is() -> None:
    seen = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    seen[100:104, 50:600] = 250
    assert area(seen, (300, 102), gap=40)[102, 590] == 1
