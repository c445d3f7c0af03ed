"""The display list's pieces: hatching stays inside, ribbons have weight, back ends agree on shapes, lettering is readable."""

from __future__ import annotations

import numpy as np
import pytest

from studio.engine.artist.backends import skia
from studio.engine.artist.camera import Camera
from studio.engine.artist.geometry import clipped_line, hull_chain, polygon, rings, rounded, smoothed
from studio.engine.artist.lettering import letter
from studio.engine.artist.sheet import Fill, Line, Ribbon, Sheet
from studio.engine.artist.strokes import inked

CAMERA = Camera(np.array([0.0, 1.5, -4.0]), focal_mm=35)
SQUARE = np.array([[200.0, 200.0], [500.0, 200.0], [500.0, 500.0], [200.0, 500.0]])


def _ribbon_area(sheet: Sheet) -> float:
    return sum(polygon(ring).area for op in inked(sheet) if isinstance(op, Ribbon) for ring in op.rings)


def test_hatching_stays_inside_its_shape() -> None:
    sheet = Sheet(CAMERA)
    sheet.hatch(SQUARE, -0.9, 10)
    (lines,) = [op for op in sheet.ops if isinstance(op, Line)]
    ends = lines.segments.reshape(-1, 2)
    assert len(ends) > 20
    assert ends.min() > 195
    assert ends.max() < 505


def test_hatching_leaves_holes_open() -> None:
    ring = polygon(SQUARE).difference(polygon((SQUARE - 350) * 0.6 + 350))
    sheet = Sheet(CAMERA)
    sheet.hatch(ring, 0.0, 10)
    (lines,) = [op for op in sheet.ops if isinstance(op, Line)]
    middles = lines.segments.mean(1)
    inside = (np.abs(middles - 350) < 80).all(1)
    assert not inside.any()


def test_a_wider_pen_leaves_more_ink() -> None:
    thin, thick = Sheet(CAMERA), Sheet(CAMERA)
    thin.ink(SQUARE[:2], 1.5)
    thick.ink(SQUARE[:2], 6.0)
    assert _ribbon_area(thick) > _ribbon_area(thin) * 2


def test_closed_outlines_are_heavier_on_the_shadow_side() -> None:
    sheet = Sheet(CAMERA, light=(1.0, 0.0))
    turn = np.linspace(0, 2 * np.pi, 80, endpoint=False)
    sheet.ink(np.stack([640 + 100 * np.cos(turn), 360 + 100 * np.sin(turn)], 1), 6, closed=True)
    (ribbon,) = [op for op in inked(sheet) if isinstance(op, Ribbon)]
    outer, inner = ribbon.rings
    width = np.hypot(*(outer - inner[::-1]).T)
    right = width[outer[:, 0] > 700].mean()
    left = width[outer[:, 0] < 580].mean()
    assert right > left * 1.3


def test_ink_off_the_page_is_left_out() -> None:
    sheet = Sheet(CAMERA)
    sheet.ink([[-500, -500], [-300, -400]], 3)
    sheet.ink([[10, 10], [10.2, 10.1]], 3)
    assert inked(sheet) == ()


def test_ink_is_the_same_for_the_same_seed() -> None:
    one, two = Sheet(CAMERA, 3), Sheet(CAMERA, 3)
    for sheet in (one, two):
        sheet.ink(SQUARE, 3, closed=True)
    assert all(
        np.array_equal(a, b)
        for first, second in zip(inked(one), inked(two), strict=True)
        if isinstance(first, Ribbon) and isinstance(second, Ribbon)
        for a, b in zip(first.rings, second.rings, strict=True)
    )


def test_night_darkens_colours_but_not_raw_ones() -> None:
    sheet = Sheet(CAMERA, gain=(0.5, 0.5, 0.5))
    sheet.fill(SQUARE, (200, 100, 50))
    sheet.fill(SQUARE, (200, 100, 50), raw=True)
    first, second = (op.paint for op in sheet.ops if isinstance(op, Fill))
    assert first[:3] == (100, 50, 25)
    assert second[:3] == (200, 100, 50)


def test_fading_takes_colours_towards_the_paper_only_inside_its_block() -> None:
    sheet = Sheet(CAMERA)
    with sheet.faded(0.5):
        pale = sheet.tone((100, 20, 20))
    assert sum(pale) > sum(sheet.tone((100, 20, 20))) + 100


def test_things_behind_the_camera_are_not_drawn_and_those_across_it_are_cut() -> None:
    sheet = Sheet(CAMERA)
    assert sheet.ring3([[-1, 0, -9], [1, 0, -9], [0, 1, -9]]) is None
    cut = sheet.ring3([[-1, 0, -9], [1, 0, -9], [1, 0, 9], [-1, 0, 9]])
    assert cut is not None
    assert np.isfinite(cut).all()


def test_a_box_shows_three_sides_at_most() -> None:
    sheet = Sheet(CAMERA)
    sheet.box([0.5, 0, 0], (1, 1, 1), 0.4, (200, 100, 80))
    assert 1 <= sum(isinstance(op, Fill) for op in sheet.ops) <= 3


def test_skia_reads_whole_arrays_as_it_reads_points() -> None:
    holes = [SQUARE, (SQUARE - 350) * 0.5 + 350]
    for even_odd in (True, False):
        fast = skia.path(holes, even_odd)
        slow = skia.path_from_points(holes, even_odd, True)
        assert bytes(fast.serialize()) == bytes(slow.serialize())


@pytest.mark.parametrize(
    "text", ["THE QUICK BROWN FOX JUMPS OVER A LAZY DOG", "0123456789", "WHAT?! A-B/C & D'S, 1:2."]
)
def test_every_letter_has_strokes(text: str) -> None:
    for character in text.replace(" ", ""):
        sheet = Sheet(CAMERA)
        letter(sheet, character, (640, 360), 40)
        assert sheet.ops, character


def test_smoothing_keeps_open_ends_and_rounding_keeps_area() -> None:
    path = smoothed(SQUARE, 2, closed=False)
    assert np.allclose(path[0], SQUARE[0])
    assert np.allclose(path[-1], SQUARE[-1])
    assert rounded(polygon(SQUARE), 10).area == pytest.approx(90000, rel=0.02)


def test_a_hull_chain_covers_its_rings() -> None:
    chain = np.stack([SQUARE, SQUARE + 200, SQUARE + 400])
    hull = hull_chain(chain)
    assert all(hull.buffer(1e-6).covers(polygon(ring)) for ring in chain)
    assert len(rings(hull)) == 1


def test_a_line_is_cut_to_its_box() -> None:
    low, high = np.array([0.0, 0.0]), np.array([10.0, 10.0])
    cut = clipped_line(np.array([[-5.0, 5.0], [15.0, 5.0]]), low, high)
    assert cut is not None
    assert cut.tolist() == [[0.0, 5.0], [10.0, 5.0]]
    assert clipped_line(np.array([[-5.0, 20.0], [15.0, 20.0]]), low, high) is None
