"""Ink: where it lies, how wide it is, what an eraser leaves, the same in pixels and in paths."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from studio.core.settings import ROOT
from studio.engine.ink.geometry import Run, bands, mirrored, moved, shape_runs, stroke_run
from studio.engine.ink.paint import PAPER, opened, painted
from studio.engine.ink.sheet import Blend, Film, Ink, Sheet, Words
from studio.engine.ink.svg import written

FONTS = ROOT / "assets" / "fonts"
SIZE = (500, 300)  # 20 units a pixel
ACROSS = [1000, 3000, 1000, 4000, 0, 0, 4000, 0, 0]
BLACK, RED = (0, 0, 0), (200, 0, 0)


def sheet(*marks: Ink | Words, strength: float = 1.0) -> Sheet:
    return Sheet((Film(marks, strength),), 1.0)


def line(size: float = 400, *, tool: str = "pen", colour: tuple[int, int, int] = BLACK, strength: float = 1.0) -> Ink:
    return Ink((stroke_run(ACROSS, size, tool),), colour, strength, erases=tool == "eraser")


def test_a_line_goes_through_its_points_and_keeps_its_ends() -> None:
    samples = stroke_run([0, 0, 500, 1000, 700, 100, 900, -300, -200], 60, "pen").samples
    for place in ((0, 0), (1000, 700), (1900, 400)):
        assert np.hypot(*(samples[:, :2] - place).T).min() < 1e-6
    assert tuple(samples[0, :2]) == (0, 0)


def test_pressure_makes_a_line_wider_and_none_leaves_the_tools_thinnest() -> None:
    soft, hard = (stroke_run([0, 0, p, 500, 0, 0], 100, "pen").samples[:, 2] for p in (0, 1000))
    assert soft.max() == pytest.approx(12.5)
    assert hard.min() == pytest.approx(50)


def test_a_painted_line_is_as_wide_as_its_size() -> None:
    column = painted(sheet(line()), SIZE, under=None, fonts=FONTS)[:, 250, 0]
    assert (column < 128).sum() == pytest.approx(20, abs=1)
    assert np.flatnonzero(column < 128).mean() == pytest.approx(149.5, abs=1)


def test_a_line_that_crosses_itself_is_no_darker_there() -> None:
    cross = Ink((stroke_run([2000, 2000, 1000, 4000, 2000, 0, 0, -2000, 0, -4000, 2000, 0], 300, "tone"),), BLACK, 0.5)
    seen = painted(sheet(cross), SIZE, under=None, fonts=FONTS)
    assert seen.min() >= PAPER[2] // 2 - 2


def test_an_eraser_takes_away_what_was_drawn_before_it_and_nothing_after() -> None:
    gone = painted(sheet(line(300), line(400, tool="eraser")), SIZE, under=None, fonts=FONTS)
    assert (np.abs(gone.astype(int) - PAPER).max(axis=2) > 20).sum() == 0
    anew = painted(sheet(line(300), line(400, tool="eraser"), line(200, colour=RED)), SIZE, under=None, fonts=FONTS)
    assert tuple(anew[150, 250]) == RED


def test_layers_show_as_strongly_as_they_are_set_over_what_is_under_them() -> None:
    under = np.full((300, 500, 3), 100, np.uint8)
    seen = painted(sheet(line(), strength=0.5), SIZE, under=under, fonts=FONTS)
    assert tuple(seen[150, 250]) == (50, 50, 50)
    assert tuple(seen[10, 10]) == (100, 100, 100)
    bare = painted(Sheet((), 0.0), SIZE, under=under, fonts=FONTS)
    assert tuple(bare[10, 10]) == PAPER


@pytest.mark.parametrize("form", ["line", "rect", "ellipse", "arrow"])
def test_shapes_reach_the_edges_of_their_box(form: str) -> None:
    runs = shape_runs(form, [1000, 1000, 8000, 5000], 60)
    places = np.concatenate([run.samples for run in runs])
    assert places[:, 0].min() <= 1000
    assert places[:, 0].max() == pytest.approx(8000)
    seen = painted(sheet(Ink(runs, BLACK, 1.0)), SIZE, under=None, fonts=FONTS)
    assert (seen[:, :, 0] < 128).sum() > 300


def test_a_mark_off_the_sheet_and_a_single_dot_are_painted_without_harm() -> None:
    off = Ink((stroke_run([-9000, -9000, 500], 60, "pen"),), BLACK, 1.0)
    dot = Ink((stroke_run([5000, 3000, 1000], 400, "pen"),), BLACK, 1.0)
    seen = painted(sheet(off, dot), SIZE, under=None, fonts=FONTS)
    assert (seen[:, :, 0] < 128).sum() == pytest.approx(np.pi * 10**2, rel=0.1)
    assert len(bands(dot.runs[0].samples, 1.0)) == 1


def test_a_turned_and_scaled_run_is_wider_by_the_root_of_its_area() -> None:
    run = moved(stroke_run([100, 0, 1000], 60, "pen"), (0, 2, -2, 0, 10, 20))
    assert run.samples[0].tolist() == pytest.approx([10, 220, 60])


def square(left: int, top: int, side: int, *, under: bool = False, colour: tuple[int, int, int] = RED) -> Ink:
    corners = [(left, top, 0), (left + side, top, 0), (left + side, top + side, 0), (left, top + side, 0)]
    return Ink((Run(np.array(corners, float)),), colour, 1.0, filled=True, under=under)


def test_a_fill_covers_its_area_and_leaves_the_holes_in_it() -> None:
    frame = Ink((*square(2000, 1000, 4000).runs, *square(3000, 2000, 2000).runs), RED, 1.0, filled=True)
    seen = painted(sheet(frame), SIZE, under=None, fonts=FONTS)
    assert tuple(seen[75, 200]) == RED
    assert tuple(seen[150, 200]) == PAPER
    assert (seen == RED).all(axis=2).sum() == pytest.approx(200 * 200 - 100 * 100, rel=0.02)


def test_a_fill_lies_under_the_lines_that_were_there_and_over_them_when_it_is_told_to() -> None:
    over, below = (
        painted(sheet(line(400), square(3000, 1000, 3000, under=under)), SIZE, under=None, fonts=FONTS)
        for under in (False, True)
    )
    assert (tuple(over[150, 250]), tuple(below[150, 250])) == (RED, BLACK)
    assert tuple(over[80, 250]) == tuple(below[80, 250]) == RED
    rubbed = sheet(line(400), line(500, tool="eraser"), square(3000, 1000, 3000, under=True))
    assert tuple(painted(rubbed, SIZE, under=None, fonts=FONTS)[150, 250]) == RED


@pytest.mark.parametrize(("blend", "expected"), [("normal", 100), ("multiply", 59), ("screen", 191)])
def test_layers_blend_with_what_is_under_them(blend: Blend, expected: int) -> None:
    under = np.full((300, 500, 3), 150, np.uint8)
    grey = square(2000, 1000, 4000, colour=(100, 100, 100))
    seen = painted(Sheet((Film((grey,), 1.0, blend),), 1.0), SIZE, under=under, fonts=FONTS)
    assert tuple(seen[150, 200]) == (expected, expected, expected)
    assert tuple(seen[10, 10]) == (150, 150, 150)
    assert (f"mix-blend-mode:{blend}" in written(Sheet((Film((grey,), 1.0, blend),), 1.0), SIZE, under=None)) == (
        blend != "normal"
    )


def test_a_line_on_both_sides_is_its_own_mirror_image() -> None:
    run = stroke_run([1000, 1000, 1000, 1500, 900, 0, 300, -700, 0], 200, "pen")
    both = Ink((run, mirrored(run, 5000)), BLACK, 1.0)
    seen = painted(sheet(both), SIZE, under=None, fonts=FONTS).astype(int)
    assert np.abs(seen - seen[:, ::-1]).mean() < 0.1
    assert (seen < 128).any()


def test_a_fill_in_the_svg_has_its_holes_and_lies_under_the_lines() -> None:
    text = written(sheet(line(100), square(3000, 1000, 3000, under=True), line(60, tool="eraser")), SIZE, under=None)
    fill, cut = re.findall(r'<path fill="(#\w+)" fill-rule="evenodd" d="([^"]+)"', text)
    assert (fill[0], cut[0]) == ("#c80000", "#000000")
    assert fill[1].count("M") == 2  # the eraser went through it


def test_words_are_lettered_where_they_begin() -> None:
    words = Words("HOLD\nuntil", 2000, 1000, 600, (1, 0, 0, 1, 0, 0), RED, 1.0)
    dark = np.argwhere(painted(sheet(words), SIZE, under=None, fonts=FONTS)[:, :, 1] < 100)
    assert 95 <= dark[:, 1].min() <= 106
    assert 50 <= dark[:, 0].min() <= 64


def test_the_svg_shows_what_the_pixels_show() -> None:
    words = Words("<hold> & wait", 100, 100, 300, (1, 0, 0, 1, 0, 0), RED, 1.0)
    text = written(sheet(line(300), line(100, tool="eraser"), line(60, colour=RED), words), SIZE, under=b"png")
    root = ET.fromstring(text)
    paths = [p.attrib for p in root.iter("{http://www.w3.org/2000/svg}path")]
    cut, line_of = paths[0], paths[1:]
    assert (cut["fill"], cut["d"].count("M")) == (
        "#000000",
        2,
    )  # the middle of the black line is rubbed out: a ring is left
    assert {float(p["stroke-width"]) for p in line_of} == {60.0}
    strokes = [g.attrib.get("stroke") for g in root.iter("{http://www.w3.org/2000/svg}g")]
    assert strokes == [None, "#c80000"]
    assert "&lt;hold&gt; &amp; wait" in text
    assert re.search(r'href="data:image/png;base64,cG5n"', text)


def test_a_stored_picture_is_opened_at_the_size_of_the_sheet() -> None:
    import cv2

    _, png = cv2.imencode(".png", np.full((30, 40, 3), (10, 20, 30), np.uint8))
    assert opened(png.tobytes(), (80, 60))[5, 5].tolist() == [30, 20, 10]
