"""What holds for every text: nothing is lost, and nothing takes for ever."""

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studio.core.errors import LimitReached
from studio.scripts.fountain import parse, source_offset, written
from studio.scripts.outline import outlined, said

MEGABYTE = 1024 * 1024

PIECES = [
    "INT. HOUSE - DAY",
    "EXT. ROOF - NIGHT #3A#",
    ".FORCED",
    "MARA",
    "MARA (V.O.) ^",
    "@McCoy",
    "(beat)",
    "(open\nclose)",
    "Hello there.",
    "He *runs* to **Mara** and _stops_.",
    "***",
    "\\*no\\*",
    "CUT TO:",
    "> OUT",
    "> MID <",
    "===",
    "# Act",
    "### Deep",
    "= Synopsis",
    "[[note]]",
    "a [[note\nover]] b",
    "[[",
    "]]",
    "/* gone */",
    "/*",
    "*/",
    "~la la",
    "!FORCED",
    "Title: A",
    "Author:\n\tB",
    "  ",
    "\t",
    "",
    "ÉLODIE",
    "МАРИЯ",
    "\ufeff",
    "\x0c",
    "\u2028",
    "#1#",
]
ENDS = ["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", " \n", ""]
fountain = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(ENDS)), max_size=40).map(
    lambda parts: "".join(piece + end for piece, end in parts)
)
marks = st.text(alphabet="aA .\n\r\t*_\\[]/#=>~!@^():<", max_size=120)


def lawful(text: str) -> None:
    screenplay = parse(text)
    assert written(screenplay) == text
    bounds = [0, *(element.end for element in screenplay.elements)]
    assert [element.start for element in screenplay.elements] == bounds[:-1]
    for element in screenplay.elements:
        places = [source_offset(element, index) for index in range(len(element.text) + 1)]
        assert all(left < right for left, right in pairwise(places))
        assert all(element.start <= place < element.end for place in places[:-1])
        assert all(letter in (text[place], "\n") for letter, place in zip(element.text, places[:-1], strict=True))
        assert all(0 <= span.start < span.end <= len(element.text) for span in element.spans)


@given(st.text())
@example("\r\n\r\r\n\n\r")
@example("\x85\x1c\u2028\x0b\x0c")
def test_any_text_comes_back_letter_for_letter(text: str) -> None:
    lawful(text)


@given(fountain)
def test_any_fountain_comes_back_letter_for_letter(text: str) -> None:
    lawful(text)


@given(marks)
@example("_*_*")
def test_any_heap_of_marks_comes_back_letter_for_letter(text: str) -> None:
    lawful(text)


@given(fountain)
def test_every_outline_tiles_its_script_and_says_every_speech_once(text: str) -> None:
    screenplay = parse(text)
    outline = outlined(screenplay)
    titles = sum(element.end - element.start for element in screenplay.elements if element.kind == "title")
    for left, right in pairwise(outline.scenes):
        assert left.end == right.start
    if outline.scenes:
        assert (outline.scenes[0].start, outline.scenes[-1].end) == (titles, len(text))
    speeches = said(screenplay)
    assert tuple(speech for scene in outline.scenes for speech in said(scene)) == speeches
    names = {person.name for person in outline.characters}
    assert {speech.speaker for speech in speeches if speech.speaker} <= names
    assert all(set(scene.characters) <= names for scene in outline.scenes)
    assert outline.eighths == sum(scene.eighths for scene in outline.scenes)


HOSTILE = {
    "note marks": "[[",
    "note ends": "]]",
    "notes": "[[a]]",
    "boneyard marks": "/*",
    "boneyards": "/**/",
    "stars": "*",
    "opening stars": "*a ",
    "short emphasised lines": "*a _b_ **c\n**d " + "*e " * 30,
    "brackets": "(",
    "one line": "a",
    "one line of capitals": "A",
    "joined capitals": "AB-",
    "spaces": " ",
    "number signs": "# ",
    "carets": "A ^ ",
    "cue of brackets": "\n\nMARA\n" + "(" * 900,
    "open brackets in a speech": "(" * 20 + "\n",
    "notes alone": "[[a note of some length]]\n",
    "many people": "\n\nA{n} B\nHello A1 B and A2 C.\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_linear_time(name: str) -> None:
    piece = HOSTILE[name]
    text = "".join(piece.replace("{n}", str(n)) for n in range(MEGABYTE // len(piece)))
    started = time.process_time()
    screenplay = parse(text)
    outlined(screenplay)
    # A megabyte takes about a second; anything quadratic would take minutes.
    assert time.process_time() - started < 8
    assert written(screenplay) == text


def test_a_parse_that_takes_too_long_stops_and_says_so() -> None:
    text = "INT. HOUSE - DAY\n\nMARA\nHello.\n\n" * 20_000
    started = time.monotonic()
    with pytest.raises(LimitReached, match=r"0\.05 seconds"):
        parse(text, time_limit_s=0.05)
    assert time.monotonic() - started < 2


def test_more_lines_than_any_script_has_are_refused_at_once() -> None:
    with pytest.raises(LimitReached, match="500,000 lines"):
        parse("a\n" * 600_000)


def test_parsing_twice_gives_the_same() -> None:
    text = "INT. A\n\nMARA\n*Hi* [[x]]\n"
    assert parse(text) == parse(text)
