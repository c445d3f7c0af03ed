"""Words in the room there is."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.storyboards.printing.fitting import ELLIPSIS, fitted, held, lines_of, plain, width_of
from studio.storyboards.printing.pdf import shared


def texts(lines: list[tuple[tuple[str, bool], ...]]) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


def test_lines_break_between_words_and_keep_who_speaks_bold() -> None:
    lines = lines_of([("MARA:", True), ("I am closed for the night.", False)], 10.0, 100.0)
    assert texts(lines) == ["MARA: I am", "closed for the", "night."]
    assert lines[0] == (("MARA:", True), (" I am", False))


def test_a_word_wider_than_the_line_is_broken_and_loses_no_letter() -> None:
    lines = texts(lines_of([("x" * 50, False)], 10.0, 60.0))
    assert "".join(lines) == "x" * 50
    assert all(width_of(line, 10.0) <= 60.0 for line in lines)


def test_japanese_breaks_between_letters() -> None:
    assert len(texts(lines_of([("最後の渡し船が港を出る", False)], 10.0, 40.0))) > 1


def test_what_has_no_room_ends_with_an_ellipsis_on_the_last_line() -> None:
    lines = lines_of([("One two three four five six seven eight nine", False)], 10.0, 80.0)
    kept = texts(held(lines, 2, 10.0, 80.0))
    assert len(kept) == 2
    assert kept[1].endswith(ELLIPSIS)
    assert width_of(kept[1], 10.0) <= 80.01
    assert held(lines, len(lines), 10.0, 80.0) == lines
    assert held(lines, 0, 10.0, 80.0) == []


def test_one_line_is_set_smaller_before_it_is_cut() -> None:
    assert fitted("Pier", 10.0, 100.0) == ("Pier", 10.0)
    words, size = fitted("A pier at dusk", 10.0, 70.0)
    assert (words, 7.5 <= size < 10.0) == ("A pier at dusk", True)
    words, size = fitted("A pier at dusk, " * 4, 10.0, 70.0)
    assert (words[-1], size) == (ELLIPSIS, 7.5)


def test_what_cannot_be_printed_is_a_space() -> None:
    assert plain("a\x00b\n\tc\u200b d") == "a b c d"


def test_two_texts_share_the_lines_there_are() -> None:
    assert shared(2, 3, 9) == (2, 3)
    assert shared(9, 2, 6) == (4, 2)
    assert shared(2, 9, 6) == (2, 4)
    assert shared(9, 9, 6) == (3, 3)
    assert shared(9, 9, 1) == (1, 0)
    assert shared(3, 3, 0) == (0, 0)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.floats(30, 300), st.integers(1, 5))
def test_no_line_is_ever_wider_than_its_room(words: str, width: float, most: int) -> None:
    lines = lines_of([("WHO:", True), (words, False)], 8.0, width)
    assert "".join("".join(texts(lines)).split()) == "".join(("WHO:" + plain(words)).split())
    for line in held(lines, most, 8.0, width):
        assert sum(width_of(text, 8.0, bold=bold) for text, bold in line) <= width + 0.01
