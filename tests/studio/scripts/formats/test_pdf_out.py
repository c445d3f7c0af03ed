"""PDF pages: what is printed where, and what never is."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.scripts.elements import Kind
from studio.scripts.formats.pages.layout import CONTINUED, MORE, Page, Row, columns, pages_of, wrapped
from studio.scripts.formats.pdf_out import pdf_of
from studio.scripts.formats.settled import Words
from studio.scripts.fountain import parse

SENTENCE = "The lamp turns over the water and nobody sees it go. "


def pages(text: str) -> tuple[Page, ...]:
    return pages_of(parse(text))


def rows(text: str) -> list[tuple[int, float, str]]:
    return [(row.line, row.left, row.words.text) for page in pages(text) for row in page.rows]


def words_on(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [document[at].get_textpage().get_text_range() for at in range(len(document))]


def test_every_kind_stands_in_its_column() -> None:
    text = (
        "INT. HALL - DAY #4#\n\nRain.\n\nMARA (V.O.)\n(low)\nHello.\n~la\n\nCUT TO:\n\n> THE END <\n\n"
        "FINN\nOne.\n\nEWAN ^\n(up)\nTwo.\n"
    )
    assert rows(text) == [
        (0, 15, "INT. HALL - DAY"),
        (2, 15, "Rain."),
        (4, 37, "MARA (V.O.)"),
        (5, 31, "(low)"),
        (6, 25, "Hello."),
        (7, 25, "la"),
        (9, 68, "CUT TO:"),
        (11, 41.5, "THE END"),
        (13, 24, "FINN"),
        (14, 15, "One."),
        (13, 55, "EWAN"),
        (14, 50, "(up)"),
        (15, 46, "Two."),
    ]


def test_what_is_not_for_the_reader_is_not_printed() -> None:
    text = "# Act\n\n= Synopsis\n\n[[A note]]\n\n/* cut */\n\nRain. [[quiet]]\n"
    assert rows(text) == [(0, 15, "Rain.")]
    assert "note" not in " ".join(words_on(pdf_of(parse(text))))


def test_a_long_speech_is_broken_with_more_and_contd() -> None:
    made = pages("x\n\n" * 20 + "MARA (V.O.)\n(low)\n" + SENTENCE * 20)
    first, second = made
    assert first.rows[-1].words.text == MORE
    assert second.rows[0].words.text == f"MARA (V.O.) {CONTINUED}"
    assert first.rows[-1].line <= 54


def test_a_cue_that_goes_on_already_says_so_once() -> None:
    made = pages("x\n\n" * 20 + "MARA (CONT'D)\n" + SENTENCE * 20)
    assert made[1].rows[0].words.text == "MARA (CONT'D)"


def test_a_heading_never_stands_alone_at_the_bottom() -> None:
    for lines in range(20, 29):
        made = pages("x\n\n" * lines + "INT. HALL - DAY\n\n" + SENTENCE * 3 + "\n\nMARA\nHello.\n")
        for page in made:
            assert page.rows[-1].kind is not Kind.SCENE_HEADING


def test_a_page_break_begins_a_page_and_never_an_empty_one() -> None:
    made = pages("A\n\n===\n\n===\n\nB\n\n===\n")
    assert [[row.words.text for row in page.rows] for page in made] == [["A"], ["B"]]
    assert [page.after_break for page in made] == [False, True]


speech = st.tuples(st.integers(1, 70), st.booleans()).map(
    lambda shape: "MARA\n" + ("(low)\n" if shape[1] else "") + "word " * shape[0] * 3
)
block = st.one_of(
    speech, st.integers(1, 120).map(lambda n: "Word " * n), st.just("INT. HALL - DAY"), st.just("CUT TO:")
)


@settings(deadline=None, max_examples=60)
@given(st.lists(block, min_size=1, max_size=30))
def test_pages_hold_every_word_once_and_never_leave_one_line_alone(blocks: list[str]) -> None:
    made = pages("\n\n".join(blocks))
    said = " ".join(row.words.text for page in made for row in page.rows if row.words.text != MORE)
    assert said.replace(f"MARA {CONTINUED}", "").split() == " ".join(blocks).split()
    for page in made:
        assert all(0 <= row.line < 55 for row in page.rows)
        assert [row.line for row in page.rows] == sorted({row.line for row in page.rows})
    for before, after in pairwise(made):
        broken = before.rows[-1].words.text == MORE
        assert broken == (CONTINUED in after.rows[0].words.text)
        if broken:
            assert [row.kind for row in before.rows[-3:-1]] == [Kind.DIALOGUE] * 2
            assert [row.kind for row in after.rows[1:3]] == [Kind.DIALOGUE] * 2


@given(st.text(alphabet="ab 漢é-", max_size=200), st.integers(2, 60))
def test_wrapped_lines_fit_and_join_to_what_they_were(text: str, width: int) -> None:
    lines = wrapped(Words(text), width)
    assert "".join(line.text for line in lines) == text
    assert all(columns(line.text.rstrip()) <= max(width, len(text) - len(text.lstrip()) + width) for line in lines)


def test_pages_are_numbered_from_the_second_on() -> None:
    first, second = words_on(pdf_of(parse("A\n\n===\n\nB\n")))
    assert "1." not in first
    assert "2." in second


def test_scene_numbers_stand_in_both_margins_unless_they_are_not_wanted() -> None:
    screenplay = parse("INT. HALL - DAY #12A#\n\nRain.\n")
    assert words_on(pdf_of(screenplay))[0].count("12A") == 2
    assert "12A" not in words_on(pdf_of(screenplay, scene_numbers=False))[0]


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595, 842))])
def test_the_paper_is_the_one_that_was_asked_for(paper: str, size: tuple[int, int]) -> None:
    data = pdf_of(parse("Title: A\n\nRain.\n"), paper="a4" if paper == "a4" else "letter")
    with pypdfium2.PdfDocument(data) as document:
        assert [tuple(map(round, document[at].get_size())) for at in range(len(document))] == [size, size]


def test_the_title_page_comes_first_and_settings_stay_off_it() -> None:
    text = "Title: The Lamp\nCredit: by\nAuthor: M. Kell\nDraft date: 2026\nContact:\n    The House\nFont: Arial\nCut: Final\n"
    front, story = words_on(pdf_of(parse(f"{text}\nRain.\n")))
    for words in ("The Lamp", "M. Kell", "2026", "The House", "Cut: Final"):
        assert words in front
    assert "Arial" not in front
    assert "Rain." in story


def test_the_same_screenplay_gives_the_same_bytes_in_our_own_font() -> None:
    screenplay = parse("Title: A\n\nRain, **snow** and *wind*.\n")
    data = pdf_of(screenplay)
    assert data == pdf_of(screenplay)
    assert data.count(b"CourierPrime") >= 3


def test_an_empty_script_is_one_empty_page() -> None:
    assert words_on(pdf_of(parse(""))) == [""]


def test_letters_are_seen_on_the_page() -> None:
    with pypdfium2.PdfDocument(pdf_of(parse("Rain falls on the river.\n"))) as document:
        picture = document[0].render(scale=1).to_pil().convert("L")
    assert picture.size == (612, 792)
    ink = picture.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert ink is not None
    assert (abs(ink[0] - 108), abs(ink[1] - 74)) < (3, 4)
    assert BytesIO(picture.tobytes()).getvalue().count(0) < 2000


def test_rows_know_the_scene_number_once() -> None:
    (page,) = pages("INT. " + "HALL " * 30 + "#7#\n")
    assert [row.number for row in page.rows] == ["7", "", ""]
    assert all(isinstance(row, Row) for row in page.rows)
