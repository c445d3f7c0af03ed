"""A screenplay as plain text."""

from __future__ import annotations

from pathlib import Path

from studio.scripts.elements import Kind
from studio.scripts.formats.text_out import text_of
from studio.scripts.fountain import parse

LIGHTHOUSE = (Path(__file__).parent.parent / "fixtures" / "lighthouse.fountain").read_text(encoding="utf-8")

LAID_OUT = """\
 3    INT. HALL - DAY                                               3

      The great lens stands cold. Beside it, on the floor, an old
      man.

                            MARA (V.O.)
                      (low)
                Hello.

                                                           CUT TO:

               FINN                           EWAN
      One.                           Two.
"""


def test_words_stand_where_they_are_printed() -> None:
    text = (
        "INT. HALL - DAY #3#\n\nThe great lens stands cold. Beside it, on the floor, an *old* man. [[cold!]]\n\n"
        "MARA (V.O.)\n(low)\nHello.\n\nCUT TO:\n\nFINN\nOne.\n\nEWAN ^\nTwo.\n"
    )
    assert text_of(parse(text)) == LAID_OUT


def test_pages_have_fifty_five_lines_and_a_number() -> None:
    pages = text_of(parse("x\n\n" * 60), paged=True).split("\f")
    assert len(pages) == 3
    assert pages[1].startswith(" " * 64 + "2.\n\n      x\n")
    assert all(len(page.strip("\n").split("\n")) <= 57 for page in pages)


def test_unpaged_text_breaks_only_where_the_writer_did() -> None:
    text = text_of(parse("x\n\n" * 60 + "===\n\ny\n"))
    assert text.count("\n\n\n") == 1
    assert "\f" not in text


def test_our_own_reader_finds_the_same_scenes_and_people_in_it() -> None:
    screenplay = parse(LIGHTHOUSE)
    again = parse(text_of(screenplay).split("2026-11-21\n", 1)[1])

    def found(kind: Kind) -> list[str]:
        return [" ".join(e.text.split()) for e in again.elements if e.kind is kind]

    assert len(found(Kind.CHARACTER)) >= 5
    assert "EXT. SEA - NIGHT" in found(Kind.SCENE_HEADING)


def test_wide_letters_take_two_columns() -> None:
    lines = text_of(parse("INT. 漢字 #1#\n")).splitlines()
    assert lines[0] == " 1    INT. 漢字" + " " * 53 + "1"
