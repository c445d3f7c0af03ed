"""Worksheets drawn on and read back from scans and photos: the right shots, cut out within a hundredth of the frame."""

from __future__ import annotations

import numpy as np
import pytest

from studio.storyboards.printing.worksheet import finding
from studio.storyboards.printing.worksheet.code import BLANK, script_tag, tag_of
from studio.storyboards.printing.worksheet.finding import Found, NoMarks
from studio.storyboards.printing.worksheet.form import Form
from tests.factories.books import make_book, make_scene
from tests.factories.sheets import SCRIPT, Picture, dots, drawn_on, photographed, printed, tagged, turned

FORM = Form()
BOOK = tagged(make_book(make_scene("1", 4), make_scene("2", 5)))
INKS = {0: (30, 30, 30), 2: (150, 20, 30), 5: (30, 60, 160)}
WIDTH, HEIGHT = 640, 360


def read(picture: Picture) -> tuple[Found, list[Picture | None]]:
    found = finding.found_sheet(picture)
    assert found
    return found, list(finding.drawings(picture, found, WIDTH, HEIGHT))


def assert_read_back(picture: Picture, form: Form = FORM) -> None:
    found, drawings = read(picture)
    code = found.code
    assert (code.form, code.page, code.script) == (form, 1, script_tag(SCRIPT))
    shots = [panel.panel_id for panel in BOOK.panels[: form.count]]
    assert code.frames == tuple(map(tag_of, shots))
    assert [at for at, drawing in enumerate(drawings) if drawing is not None] == sorted(INKS)
    for drawing in filter(lambda each: each is not None, drawings):
        spots = dots(drawing)
        assert len(spots) == 2
        assert np.abs(np.array(spots) - [[0.25] * 2, [0.75] * 2]).max() < 0.01


@pytest.mark.parametrize("quarter", [1, 2])
def test_a_sheet_is_read_whichever_way_it_lies(quarter: int) -> None:
    assert_read_back(np.ascontiguousarray(np.rot90(drawn_on(printed(BOOK, FORM), FORM, INKS), quarter)))


@pytest.mark.parametrize("dpi", [150, 600])
def test_a_sheet_is_read_at_every_resolution_of_a_scanner(dpi: int) -> None:
    assert_read_back(drawn_on(printed(BOOK, FORM, dpi=dpi), FORM, INKS))


@pytest.mark.parametrize("degrees", [-5, 175])
def test_a_sheet_that_lies_askew_is_set_straight(degrees: float) -> None:
    assert_read_back(turned(drawn_on(printed(BOOK, FORM), FORM, INKS), degrees))


@pytest.mark.parametrize(("lean", "noise"), [(0.05, 10.0), (0.16, 4.0)])
def test_a_photo_from_the_side_in_uneven_light_is_read(lean: float, noise: float) -> None:
    assert_read_back(photographed(drawn_on(printed(BOOK, FORM), FORM, INKS), lean=lean, noise=noise))


@pytest.mark.parametrize(
    "form", [Form(1, 4, paper="a4"), Form(6, 4, paper="a4", landscape=True), Form(3, 2, 2.39, landscape=True)]
)
def test_every_page_of_frames_is_read(form: Form) -> None:
    found, drawings = read(photographed(drawn_on(printed(BOOK, form, dpi=200), form, {1: (0, 0, 0)})))
    assert found.code.form == form
    assert [at for at, drawing in enumerate(drawings) if drawing is not None] == [1]


def test_paper_is_white_all_over_and_colours_stay() -> None:
    _, drawings = read(photographed(drawn_on(printed(BOOK, FORM), FORM, INKS)))
    red = drawings[2]
    assert red is not None
    assert np.percentile(red.min(axis=2), 20) > 235
    spot = red[round(HEIGHT * 0.25), round(WIDTH * 0.25)].astype(int)
    assert spot[0] > 1.5 * max(spot[1], spot[2])


def test_a_faint_pencil_is_a_drawing_and_a_grainy_blank_is_none() -> None:
    sheet = printed(BOOK, FORM).copy()
    place, scale = FORM.frame(3), 150 / 72
    top, left = round((place.y + 60) * scale), round((place.x + 60) * scale)
    sheet[top : top + 3, left : left + 120] = 170
    _, drawings = read(photographed(sheet, noise=8.0))
    assert [drawing is not None for drawing in drawings] == [False, False, False, True, False, False]


def test_a_frame_filled_with_ink_is_not_blank() -> None:
    sheet = printed(BOOK, FORM).copy()
    place, scale = FORM.frame(4), 150 / 72
    sheet[round(place.y * scale) : round((place.y + place.height) * scale), round(place.x * scale) :][:, :500] = 20
    _, drawings = read(photographed(sheet))
    assert drawings[4] is not None
    assert np.median(drawings[4]) < 60


def test_frames_of_another_shape_than_the_film_are_shown_whole() -> None:
    form = Form(3, 2, 2.39, landscape=True)
    found = finding.found_sheet(drawn_on(printed(BOOK, form), form, {0: (0, 0, 0)}))
    assert found
    drawing = next(finding.drawings(drawn_on(printed(BOOK, form), form, {0: (0, 0, 0)}), found, WIDTH, HEIGHT))
    assert drawing is not None
    bar = (HEIGHT - round(WIDTH / 2.39)) // 2
    assert (drawing[: bar - 1] == 255).all()
    spots = np.array(dots(drawing))
    assert np.abs(spots[:, 0] - [0.25, 0.75]).max() < 0.01
    assert np.abs((spots[:, 1] * HEIGHT - bar) / (HEIGHT - 2 * bar) - [0.25, 0.75]).max() < 0.02


def test_one_corner_may_be_cut_off_and_a_pen_may_cross_the_code() -> None:
    sheet = drawn_on(printed(BOOK, FORM), FORM, INKS)
    foot = FORM.code
    scale = 150 / 72
    sheet[round(foot.y * scale) : round((foot.y + foot.height) * scale), 500:504] = 0
    corner = FORM.marks[1]
    sheet[: round((corner.y + corner.height) * scale) + 4, round(corner.x * scale) - 4 :] = 255
    assert_read_back(sheet)


def test_a_blank_sheet_says_that_its_frames_are_nobodys() -> None:
    found, drawings = read(drawn_on(printed(BOOK, FORM, blank=2, page=1), FORM, {3: (0, 0, 0)}))
    assert (found.code.page, found.code.frames) == (2, (BLANK,) * 6)
    assert [drawing is not None for drawing in drawings] == [False, False, False, True, False, False]


def test_a_page_that_is_no_worksheet_or_only_a_part_of_one_is_told_apart() -> None:
    with pytest.raises(NoMarks):
        finding.found_sheet(np.full((900, 700, 3), 230, np.uint8))
    with pytest.raises(NoMarks):
        finding.found_sheet(np.ascontiguousarray(printed(BOOK, FORM)[:800]))
    unreadable = printed(BOOK, FORM).copy()
    foot = round(FORM.code.y * 150 / 72)
    unreadable[foot : foot + 60, 200:1080] = 128
    assert finding.found_sheet(unreadable) is None


def test_a_mirrored_sheet_is_not_taken_for_another() -> None:
    with pytest.raises(NoMarks):
        finding.found_sheet(np.ascontiguousarray(printed(BOOK, FORM)[:, ::-1]))
