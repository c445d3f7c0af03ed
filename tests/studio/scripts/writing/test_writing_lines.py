"""A scene as lines: every byte comes back, what is written reads back as what it is, and nothing else is touched."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.scripts import fountain
from studio.scripts.elements import Kind, Side
from studio.scripts.outline import outlined
from studio.scripts.writing.lines import EditorLine, composed, lines_in, lines_of

FIXTURES = Path(__file__).parents[1] / "fixtures"
SAMPLE = Path(__file__).parents[4] / "assets" / "samples" / "the-last-ferry.fountain"

PIECES = [
    *["INT. HOUSE - DAY", "EXT. ROOF - NIGHT #3A#", ".FORCED", "MARA", "MARA (V.O.) ^", "@McCoy", "(beat)"],
    *["(open\nclose)", "Hello there.", "He *runs* to **Mara** and _stops_.", "***", "\\*no\\*", "CUT TO:", "> OUT"],
    *["> MID <", "> <", "===", "# Act", "### Deep", "= Synopsis", "=", "[[note]]", "a [[note\nover]] b", "[[", "]]"],
    *["/* gone */", "/*", "*/", "~la la", "!FORCED", "Title: A", "  ", "\t", "a\tb", "   indented", "ÉLODIE", "\ufeff"],
    *["\x0c", "\u2028", "#1#", "\x00"],
]
ENDS = ["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", " \n", ""]
any_fountain = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(ENDS)), max_size=30).map(
    lambda parts: "".join(piece + end for piece, end in parts)
)

words = st.lists(
    st.sampled_from(
        ["rain", "Mara", "opens", "the", "*door*", "_slowly_", "INT.", "the end.", "[[ask]]", "A", "- no", "é"]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
plain = words.filter(
    lambda text: (
        text != text.upper() and not text.upper().startswith(("INT.", "-")) and text.replace("[[ask]]", "").strip()
    )
)
rows = st.lists(plain, min_size=1, max_size=3).map("\n".join)
cues = st.sampled_from(["MARA", "OLD TOMAS (V.O.)", "McCoy", "CLOSE ON MARA", "24 HOURS", "Élodie"])
numbers = st.sampled_from(["", "", "3", "12A", "4.1"])


def _line(kind: Kind, text: str, number: str = "") -> EditorLine:
    return EditorLine(kind, text, number)


speech = st.builds(
    lambda cue, manner, said: [
        _line(Kind.CHARACTER, cue),
        *([_line(Kind.PARENTHETICAL, f"({manner})")] if manner else []),
        _line(Kind.DIALOGUE, said),
    ],
    cues,
    st.sampled_from(["", "quietly", "to Joss, not to her"]),
    rows,
)
blocks = st.one_of(
    speech,
    st.builds(
        lambda text: [_line(Kind.ACTION, text)], rows | st.sampled_from(["MARA", "INT. SHED", "~x", "# 1", "(beat)"])
    ),
    st.builds(lambda text: [_line(Kind.TRANSITION, text)], st.sampled_from(["CUT TO:", "FADE OUT.", "Slow fade"])),
    st.builds(lambda text: [_line(Kind.CENTERED, text)], plain),
    st.builds(lambda text: [_line(Kind.SYNOPSIS, text)], plain),
    st.builds(lambda text: [_line(Kind.SECTION, f"# {text}")], plain),
    st.builds(lambda text: [_line(Kind.NOTE, f"[[{text}]]")], st.sampled_from(["ask her", "too long?"])),
    st.builds(lambda text: [_line(Kind.LYRICS, text)], plain),
    st.just([_line(Kind.PAGE_BREAK, "===")]),
)
headings = st.builds(
    lambda text, number: _line(Kind.SCENE_HEADING, text, number),
    st.sampled_from(["INT. HALL - DAY", "EXT. QUAY - NIGHT", "int. low", "THE LAST ROOM", "I/E CAR"]),
    numbers,
)
scenes = st.builds(
    lambda heading, parts: [heading, *(line for part in parts for line in part)], headings, st.lists(blocks, max_size=8)
).filter(lambda lines: all(_apart(a, b) for a, b in pairwise(lines)))


def _apart(above: EditorLine, below: EditorLine) -> bool:
    """Two songs in a row are one, and what stands right under a speech would be sung in it."""
    return below.kind is not Kind.LYRICS or above.kind not in (Kind.LYRICS, Kind.DIALOGUE)


def _said(lines: tuple[EditorLine, ...] | list[EditorLine]) -> list[tuple[Kind, str, str]]:
    return [(line.kind, line.text, line.number) for line in lines]


@given(any_fountain)
def test_the_lines_of_any_scene_give_back_its_bytes(text: str) -> None:
    for scene in outlined(fountain.parse(text)).scenes:
        lines = lines_of(scene, text)
        assert composed(lines, lines, text) == text[scene.start : scene.end]
        if lines:
            assert (lines[0].start, lines[-1].end) == (scene.start, scene.end)
            assert all(a.end == b.start for a, b in pairwise(lines))


@given(any_fountain)
def test_a_scene_read_alone_gives_back_its_bytes(text: str) -> None:
    lines = lines_in(text)
    assert composed(lines, lines, text) == (text if lines else "")


@given(scenes, st.sampled_from(["", "INT. X - DAY\r\n"]))
def test_what_is_written_reads_back_as_what_it_is(lines: list[EditorLine], style: str) -> None:
    text = composed(lines, (), style)
    assert _said(lines_in(text)) == _said(lines)
    assert ("\r\n" in text) == bool(style)


@given(st.data())
def test_a_change_leaves_every_other_line_its_bytes(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from([SAMPLE.read_text(), (FIXTURES / "lighthouse.fountain").read_text()]))
    scene = data.draw(st.sampled_from(outlined(fountain.parse(source)).scenes))
    raw = source[scene.start : scene.end]
    before = lines_in(raw)
    at = data.draw(st.integers(1, len(before) - 1))
    if before[at].kind not in (Kind.ACTION, Kind.DIALOGUE):
        at = next((i for i in range(1, len(before)) if before[i].kind in (Kind.ACTION, Kind.DIALOGUE)), 0)
    changed = [*before[:at], EditorLine(before[at].kind, data.draw(plain)), *before[at + 1 :]] if at else list(before)
    text = composed(changed, before, raw)
    assert _said(lines_in(text)) == _said(changed)
    if at:
        assert text.startswith(raw[: before[at - 1].start])
        assert text.endswith(raw[before[at].end :])


def test_a_cue_left_alone_on_its_side_keeps_the_bytes_of_the_others() -> None:
    raw = "INT. X - DAY\n\nA man.\n\nFINN\nOne.\n\nMARA ^\nBack!\n\nRain.\n"
    lines = lines_in(raw)
    assert composed([*lines[:2], *lines[4:]], lines, raw) == "INT. X - DAY\n\nA man.\n\nMARA ^\nBack!\n\nRain.\n"


def test_an_untouched_line_keeps_its_odd_spelling() -> None:
    raw = ".int. low\r\n\r\n  !Two spaces.  \r\n\r\n\r\n@McCoy\r\nHello.\r\n"
    lines = list(lines_in(raw))
    lines[1:1] = [EditorLine(Kind.ACTION, "New.")]
    assert composed(lines, lines_in(raw), raw) == (
        ".int. low\r\n\r\nNew.\r\n\r\n  !Two spaces.  \r\n\r\n\r\n@McCoy\r\nHello.\r\n"
    )


def test_a_cue_that_loses_its_speech_is_still_a_cue() -> None:
    raw = "INT. A - DAY\n\nMARA\nHello.\n\nShe goes.\n"
    lines = [line for line in lines_in(raw) if line.kind is not Kind.DIALOGUE]
    assert composed(lines, lines_in(raw), raw) == "INT. A - DAY\n\n@MARA\n\nShe goes.\n"


def test_the_right_column_of_a_dual_dialogue_keeps_its_mark() -> None:
    raw = "INT. A - DAY\n\nMARA\nHello.\n\nBEN ^\nHi.\n"
    before = lines_in(raw)
    assert [line.side for line in before if line.kind is Kind.CHARACTER] == [Side.LEFT, Side.RIGHT]
    after = [EditorLine(line.kind, line.text.replace("BEN", "JOSS"), "", line.side) for line in before]
    assert composed(after, before, raw) == "INT. A - DAY\n\nMARA\nHello.\n\nJOSS ^\nHi.\n"


@pytest.mark.parametrize(
    ("text", "kept"),
    [("Rain.\u00a0 ", "Rain."), ("a\x00b", "ab"), ("one\u2028two", "one\ntwo"), ("\n\nlate\n", "late"), ("   ", "")],
)
def test_what_a_browser_adds_is_taken_out(text: str, kept: str) -> None:
    heading = EditorLine(Kind.SCENE_HEADING, "INT. A - DAY")
    after = composed([heading, EditorLine(Kind.ACTION, text)], (), "")
    assert after == "INT. A - DAY\n\n" + (f"{kept}\n\n" if kept else "")


def test_speech_without_a_cue_loses_no_word() -> None:
    lines = [EditorLine(Kind.SCENE_HEADING, "INT. A - DAY"), EditorLine(Kind.DIALOGUE, "Who said this?")]
    assert "Who said this?" in composed(lines, (), "")
