"""Two texts of a scene kept in one: no line of either is missing, and each keeps its order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.scripts.writing.both import both

texts = st.lists(st.sampled_from(["Rain.\n", "\n", "MARA\n", "Who?\n", "She goes.\n", "End"]), max_size=12).map("".join)


def _holds(whole: str, part: str) -> bool:
    rest = iter(line.strip() for line in whole.splitlines())
    return all(line.strip() in rest for line in part.splitlines() if line.strip())


@given(texts, texts)
def test_no_line_of_either_is_missing(theirs: str, mine: str) -> None:
    found = both(theirs, mine)
    assert _holds(found, theirs)
    assert _holds(found, mine)


@given(texts)
def test_two_alike_are_one(text: str) -> None:
    assert both(text, text) == text


def test_a_line_that_differs_stands_twice_as_two_paragraphs() -> None:
    theirs = "INT. A - DAY\r\n\r\nRain.\r\n\r\nNight.\r\n"
    assert both(theirs, theirs.replace("Rain.", "Snow.")) == "INT. A - DAY\r\n\r\nRain.\r\n\r\nSnow.\r\n\r\nNight.\r\n"
