"""Page lengths."""

import pytest

from studio.scripts.fountain import parse
from studio.scripts.layout import eighths, printed_lines, wrapped_lines


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 10, 1),
        ("one two", 10, 1),
        ("one two three", 10, 2),
        ("12345 7890", 10, 1),
        ("12345 78901", 10, 2),
        ("a\nb", 10, 2),
        ("x" * 25, 10, 3),
        ("ab " + "x" * 20, 10, 3),
    ],
)
def test_words_wrap_at_the_column(text: str, columns: int, lines: int) -> None:
    assert wrapped_lines(text, columns) == lines


def test_a_page_of_action_is_eight_eighths() -> None:
    paragraph = "x" * 59 + "\n\n"
    assert printed_lines(parse(paragraph * 27).elements) == 54
    assert eighths(parse(paragraph * 27).elements) == 8


def test_the_shortest_scene_is_an_eighth() -> None:
    assert eighths(parse("INT. A\n").elements) == 1


def test_dialogue_is_narrower_than_action() -> None:
    words = "word " * 40
    assert printed_lines(parse("MARA\n" + words).elements) > printed_lines(parse(words).elements)


def test_two_columns_stand_beside_each_other() -> None:
    one = "MARA\nHello.\n\n"
    assert printed_lines(parse(one + "TOM ^\nHello.\n").elements) == printed_lines(parse(one).elements)
    assert printed_lines(parse(one + "TOM\nHello.\n").elements) == 2 * printed_lines(parse(one).elements)


def test_notes_sections_and_boneyard_are_not_printed() -> None:
    assert printed_lines(parse("# Act\n\n= Told\n\n[[note]]\n\n/* gone */\n").elements) == 0
