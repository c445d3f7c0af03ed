"""The parts of a screenplay and where each stands in its source; how they are found is `fountain.py`."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    TITLE = "title"
    SCENE_HEADING = "scene_heading"
    ACTION = "action"
    CHARACTER = "character"
    PARENTHETICAL = "parenthetical"
    DIALOGUE = "dialogue"
    LYRICS = "lyrics"
    TRANSITION = "transition"
    CENTERED = "centered"
    PAGE_BREAK = "page_break"
    SECTION = "section"
    SYNOPSIS = "synopsis"
    NOTE = "note"
    BONEYARD = "boneyard"
    BLANK = "blank"


class Side(StrEnum):
    """The column of a dual dialogue; ordinary dialogue has none."""

    NONE = ""
    LEFT = "left"
    RIGHT = "right"


class Emphasis(StrEnum):
    ITALIC = "italic"
    BOLD = "bold"
    UNDERLINE = "underline"


@dataclass(frozen=True, slots=True)
class Span:
    """Emphasis over `text[start:end]` of its element."""

    emphasis: Emphasis
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """A `[[note]]`: its words, and its place in the source with both brackets."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Element:
    """One part of a screenplay: `source[start:end]` is its raw slice, line ends included.

    `text` is what it says: no forced mark, scene number, caret, emphasis mark, note or boneyard; its lines are joined by
    a line feed. `runs` are pairs (index in text, offset in source), each good until the next; `source_offset` reads them.
    """

    kind: Kind
    start: int
    end: int
    text: str
    runs: tuple[tuple[int, int], ...] = ()
    spans: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()
    forced: bool = False
    number: str = ""  # scene heading: what stands between # and #
    name: str = ""  # character: the cue without its extensions
    extensions: tuple[str, ...] = ()  # character: "V.O.", "CONT'D" ..., without brackets
    side: Side = Side.NONE  # character, parenthetical, dialogue, lyrics
    depth: int = 0  # section: 1 is the outermost
    key: str = ""  # title: "Title", "Draft date" ..., as written


@dataclass(frozen=True, slots=True)
class Screenplay:
    """A parsed script. Its elements tile the source: each starts where the one before it ends."""

    source: str
    elements: tuple[Element, ...]

    def title_value(self, *keys: str) -> str:
        """The value of the first title page entry with one of these keys (any case), or an empty text."""
        wanted = {key.casefold() for key in keys}
        for element in self.elements:
            if element.kind is Kind.TITLE and element.key.casefold() in wanted:
                return element.text
        return ""


def source_offset(element: Element, index: int) -> int:
    """The source offset of character `index` of the element's text; `len(text)` gives the end of its last character."""
    if not element.runs:
        return element.start
    if index >= len(element.text):
        index = len(element.text)
        if index == 0:
            return element.runs[0][1]
        return source_offset(element, index - 1) + 1
    index = max(index, 0)
    first, offset = element.runs[max(bisect_right(element.runs, index, key=lambda run: run[0]) - 1, 0)]
    return offset + index - first


def written(screenplay: Screenplay) -> str:
    """The source again, put together from the raw slices of the elements: equal to what was parsed, always."""
    return "".join(screenplay.source[element.start : element.end] for element in screenplay.elements)
