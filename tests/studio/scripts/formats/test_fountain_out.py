"""Between drafts and Fountain: what is written is read back as the same paragraphs."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studio.scripts.elements import Emphasis, Kind, Side, Span
from studio.scripts.formats.draft import Draft, Paragraph
from studio.scripts.formats.fountain_out import draft_of, fountain_of
from studio.scripts.formats.settled import settled
from studio.scripts.fountain import parse

LIGHTHOUSE = (Path(__file__).parent.parent / "fixtures" / "lighthouse.fountain").read_text(encoding="utf-8")

PIECES = [
    "INT. HOUSE - DAY", "Mara", "MARA", "waits", " ", "  ", "(", ")", "*", "_", "\\", "[[", "]]", "/*", "*/", "\n", "\n\n",
    "CUT TO:", "#1#", ">", "<", "^", "~", "!", "@", "#", "=", "===", ".", "...", "Title: A", "\t", "é", "Мария", "(beat)",
]  # fmt: skip
words = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=7).map("".join)
kinds = st.sampled_from([kind for kind in Kind if kind is not Kind.TITLE])


@st.composite
def paragraphs(draw: st.DrawFn) -> Paragraph:
    text = draw(words)
    places = st.integers(0, len(text))
    spans = draw(st.lists(st.builds(Span, st.sampled_from(list(Emphasis)), places, places), max_size=3))
    return Paragraph(
        kind=draw(kinds),
        text=text,
        spans=tuple(span for span in spans if span.start < span.end),
        number=draw(st.sampled_from(["", "1", "12A", "a b", "#"])),
        side=draw(st.sampled_from(list(Side))),
        notes=tuple(draw(st.lists(words, max_size=2))),
        depth=draw(st.integers(0, 8)),
    )


def draft(*parts: Paragraph, title: tuple[tuple[str, str], ...] = ()) -> Draft:
    return Draft("fdx", title, parts)


def back(made: Draft) -> Draft:
    return draft_of(parse(fountain_of(made)))


def letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


@given(st.lists(paragraphs(), max_size=8))
def test_any_draft_is_read_back_as_the_paragraphs_it_settles_to(parts: list[Paragraph]) -> None:
    assert back(draft(*parts)).paragraphs == settled(parts)


@given(st.lists(paragraphs(), max_size=8))
def test_settling_twice_is_settling_once(parts: list[Paragraph]) -> None:
    assert settled(settled(parts)) == settled(parts)


@given(st.lists(paragraphs(), max_size=8))
def test_no_letter_of_any_draft_is_lost(parts: list[Paragraph]) -> None:
    kept = settled(parts)
    silent = (Kind.BLANK, Kind.PAGE_BREAK)
    before = [letters(text) for part in parts for text in ("" if part.kind in silent else part.text, *part.notes)]
    after = [letters(text) for part in kept for text in (part.text, part.number, *part.notes)]
    assert Counter("".join(before)) <= Counter("".join(after))


@given(st.text())
def test_any_fountain_text_keeps_its_paragraphs(text: str) -> None:
    made = draft_of(parse(text))
    assert back(made).paragraphs == made.paragraphs


@given(st.lists(st.tuples(words, words), max_size=3), words)
@example([("Title", "")], "Mara: Hello")
@example([], "Title: A")
@example([("Odd", "key")], "x")
def test_a_title_page_never_swallows_the_story(title: list[tuple[str, str]], text: str) -> None:
    made = draft(Paragraph(Kind.ACTION, text), title=tuple(title))
    assert back(made).paragraphs == settled(made.paragraphs)


def test_the_sample_is_read_back_whole() -> None:
    made = draft_of(parse(LIGHTHOUSE))
    again = back(made)
    assert again.paragraphs == made.paragraphs
    assert again.title_page == made.title_page
    assert len(made.paragraphs) > 40
    assert made.title_page[4] == ("Contact", "The Keeper's House\nNorth Point")


def test_plain_words_are_written_without_any_mark() -> None:
    made = draft(
        Paragraph(Kind.SCENE_HEADING, "INT. HALL - DAY", number="3"),
        Paragraph(Kind.ACTION, "Mara opens file_name.txt. 5 * 3."),
        Paragraph(Kind.CHARACTER, "MARA (V.O.)"),
        Paragraph(Kind.PARENTHETICAL, "low"),
        Paragraph(Kind.DIALOGUE, "Hello.\n\nAgain."),
        Paragraph(Kind.TRANSITION, "CUT TO:"),
    )
    assert fountain_of(made) == (
        "INT. HALL - DAY #3#\n\nMara opens file_name.txt. 5 * 3.\n\nMARA (V.O.)\n(low)\nHello.\n  \nAgain.\n\nCUT TO:\n"
    )


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (Paragraph(Kind.SCENE_HEADING, "THE LAMP"), ".THE LAMP\n"),
        (Paragraph(Kind.SCENE_HEADING, '"HOME" - DAY'), '."HOME" - DAY\n'),
        (Paragraph(Kind.ACTION, "INT. HOUSE"), "!INT. HOUSE\n"),
        (Paragraph(Kind.ACTION, "BOOM\nThe door."), "!BOOM\nThe door.\n"),
        (Paragraph(Kind.TRANSITION, "FADE OUT."), "> FADE OUT.\n"),
        (Paragraph(Kind.CHARACTER, "McCoy"), "@McCoy\n"),
        (Paragraph(Kind.ACTION, "*now*"), "\\*now\\*\n"),
        (Paragraph(Kind.ACTION, "now", (Span(Emphasis.ITALIC, 0, 3),)), "*now*\n"),
        (Paragraph(Kind.ACTION, "x [[y"), "x [/**/[y\n"),
        (Paragraph(Kind.ACTION, "Title: x"), "\nTitle: x\n"),
    ],
)
def test_a_mark_is_written_where_the_words_would_be_read_otherwise(paragraph: Paragraph, text: str) -> None:
    assert fountain_of(draft(paragraph)) == text
    assert back(draft(paragraph)).paragraphs == (paragraph,)


@pytest.mark.parametrize(
    "line", ["~la", "!no", "> out", "= so", "# one", "(beat)", "INT. HOUSE - DAY", "CUT TO:", "\\(x"]
)
def test_a_spoken_line_that_begins_like_something_else_stays_spoken(line: str) -> None:
    made = draft(Paragraph(Kind.CHARACTER, "MARA"), Paragraph(Kind.DIALOGUE, f"Hello\n{line}"))
    assert back(made).paragraphs == made.paragraphs


def test_both_columns_of_a_dual_dialogue_stay_beside_each_other() -> None:
    parts = [
        Paragraph(kind, text, side=side)
        for side, name in ((Side.LEFT, "FINN"), (Side.RIGHT, "MARA"))
        for kind, text in ((Kind.CHARACTER, name), (Kind.PARENTHETICAL, "rowing"), (Kind.DIALOGUE, "One."))
    ]
    assert "MARA ^" in fountain_of(draft(*parts))
    assert back(draft(*parts)).paragraphs == tuple(parts)


def test_what_a_draft_cannot_hold_is_counted() -> None:
    made = draft_of(parse("Title: A [[n]]\n\nHe /* never */ stops. /* a */ /* b */\n\n/* whole */\n"))
    assert [(loss.what, loss.count) for loss in made.losses] == [
        ("Words cut out of a line with /* and */", 3),
        ("Notes on the title page", 1),
    ]


def test_doubt_and_place_are_no_words() -> None:
    part = Paragraph(Kind.ACTION, "Rain.", place="page 3", certain=False)
    assert fountain_of(draft(part)) == "Rain.\n"
    assert back(draft(part)).paragraphs == (replace(part, place="", certain=True),)
