"""Where panels stand: inside the margins, never on one another, in any layout and any shape of picture."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.storyboards.printing.cover import strip_of
from studio.storyboards.printing.grid import BAND, HEADER, MARGIN, NOTE_LINE, Box, Grid, grid_of, least_words, pages_of
from studio.storyboards.printing.layouts import LAYOUTS, Layout
from tests.factories.books import make_book, make_scene

WORDS = ("number", "shot", "duration", "action", "dialogue")
SHAPES = (16 / 9, 4 / 3, 2.39, 1.0, 9 / 16)


def wide(name: str) -> Grid:
    return grid_of(LAYOUTS[name], 16 / 9)


def overlap(one: Box, two: Box) -> bool:
    return one.x < two.right - 0.01 and two.x < one.right - 0.01 and one.y < two.top - 0.01 and two.y < one.top - 0.01


def check(layout: Layout, aspect: float) -> None:
    grid = grid_of(layout, aspect)
    places = [(row, column) for row in range(grid.rows) for column in range(layout.columns)]
    pictures = [grid.picture_at(*place) for place in places]
    words = [grid.words_at(*place) for place in places] if layout.words or layout.note_lines else []
    assert all(box.width / box.height == pytest.approx(aspect) for box in pictures)
    for box in [*pictures, *words]:
        assert box.x >= MARGIN - 0.01
        assert box.right <= grid.right + 0.01
        assert box.y >= MARGIN - 0.01
        assert box.top <= grid.height - MARGIN - HEADER - BAND + 0.01
    for one, two in combinations([*pictures, *words], 2):
        assert not overlap(one, two)
    for row in range(1, grid.rows):  # the band that opens a scene has its room above every row
        above = min(box.y for box, (at, _) in zip([*pictures, *words], places * 2, strict=False) if at == row - 1)
        assert grid.band_top(row) - BAND < grid.band_top(row) <= above + 0.01


@pytest.mark.parametrize("aspect", SHAPES)
@pytest.mark.parametrize("name", LAYOUTS)
def test_nothing_of_a_built_in_layout_overlaps_or_leaves_the_page(name: str, aspect: float) -> None:
    check(LAYOUTS[name], aspect)


@pytest.mark.parametrize("aspect", SHAPES)
@pytest.mark.parametrize("name", [name for name, layout in LAYOUTS.items() if layout.turns])
def test_nothing_of_a_turned_layout_overlaps_or_leaves_the_page(name: str, aspect: float) -> None:
    check(LAYOUTS[name].turned(), aspect)


@pytest.mark.parametrize("aspect", SHAPES)
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("name", [name for name, layout in LAYOUTS.items() if layout.sparse])
def test_a_page_of_pictures_is_full_to_its_foot(name: str, turned: bool, aspect: float) -> None:
    layout = LAYOUTS[name].turned() if turned else LAYOUTS[name]
    grid = grid_of(layout, aspect)
    assert grid.rows >= layout.rows
    left = grid.words_at(grid.rows - 1, 0).y - MARGIN
    assert left < grid.pitch / 3 + 1


@given(
    st.integers(1, 6),
    st.integers(1, 4),
    st.sets(st.sampled_from(WORDS)),
    st.booleans(),
    st.integers(0, 3),
    st.booleans(),
    st.sampled_from(SHAPES),
)
def test_nothing_of_any_layout_overlaps_or_leaves_the_page(
    columns: int, rows: int, words: set[str], landscape: bool, notes: int, beside: bool, aspect: float
) -> None:
    ordered = tuple(word for word in WORDS if word in words)
    check(
        Layout(
            "x",
            "x",
            columns,
            rows,
            ordered,
            landscape=landscape,
            note_lines=notes,
            beside=beside and columns < 3,
        ),
        aspect,
    )


@pytest.mark.parametrize("name", [name for name, layout in LAYOUTS.items() if layout.words and not layout.beside])
def test_there_is_room_for_the_words_a_layout_promises(name: str) -> None:
    grid = grid_of(LAYOUTS[name], 16 / 9)
    assert grid.words.height >= least_words(grid.layout, grid.type) - 0.01
    assert grid.words.height >= grid.layout.note_lines * NOTE_LINE


@pytest.mark.parametrize("aspect", SHAPES)
@pytest.mark.parametrize("name", ["standard", "script"])
def test_the_strip_on_the_cover_reaches_from_margin_to_margin(name: str, aspect: float) -> None:
    layout = LAYOUTS[name]
    book = make_book(make_scene("1", 40, picture=Path("x.png")), aspect=aspect)
    boxes = [box for _, box in strip_of(book, layout)]
    assert len(boxes) >= 6
    assert min(box.x for box in boxes) == MARGIN
    assert max(box.right for box in boxes) == pytest.approx(layout.size[0] - MARGIN)
    assert min(box.y for box in boxes) > MARGIN + 64
    assert all(box.width / box.height == pytest.approx(aspect) for box in boxes)
    assert not any(overlap(one, two) for one, two in combinations(boxes, 2))


def test_a_new_scene_begins_a_new_row_and_says_where_it_goes_on() -> None:
    book = make_book(make_scene("1", 4), make_scene("2", 1), make_scene("3", 2))
    first, second = pages_of(book, wide("standard"))
    assert [(cell.panel.number, cell.row, cell.column) for cell in first.cells] == [
        ("1A", 0, 0),
        ("1B", 0, 1),
        ("1C", 0, 2),
        ("1D", 1, 0),
    ]
    assert [(cell.panel.number, cell.row, cell.column) for cell in second.cells] == [
        ("2A", 0, 0),
        ("3A", 1, 0),
        ("3B", 1, 1),
    ]
    assert [(band.scene.number, band.row, band.goes_on) for band in (*first.bands, *second.bands)] == [
        ("1", 0, False),
        ("2", 0, False),
        ("3", 1, False),
    ]


def test_a_scene_over_two_pages_has_its_head_on_both() -> None:
    pages = pages_of(make_book(make_scene("7", 7)), wide("standard"))
    assert [[(band.scene.number, band.goes_on) for band in page.bands] for page in pages] == [
        [("7", False)],
        [("7", True)],
    ]


def test_a_layout_with_pages_of_its_own_for_each_scene_shares_none() -> None:
    book = make_book(make_scene("1", 1), make_scene("2", 4))
    pages = pages_of(book, wide("director"))
    assert [[cell.panel.number for cell in page.cells] for page in pages] == [["1A"], ["2A", "2B", "2C"], ["2D"]]


def test_no_panel_is_lost_and_a_scene_without_panels_takes_no_room() -> None:
    scenes = [make_scene(str(at), at % 5) for at in range(12)]
    book = make_book(*scenes)
    for layout in LAYOUTS.values():
        pages = pages_of(book, grid_of(layout, 16 / 9))
        assert [cell.panel for page in pages for cell in page.cells] == list(book.panels)
        assert all(page.cells and page.bands for page in pages)
    assert pages_of(make_book(make_scene("1", 0)), wide("standard")) == ()
