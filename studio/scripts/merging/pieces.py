"""A script's source as the pieces of its scenes: one read alone, several put together again, line ends kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studio.scripts import fountain
from studio.scripts.elements import Element, Kind
from studio.scripts.headings import opens_scene
from studio.scripts.outline import Outline, outlined

_BARE_FEED = re.compile(r"\r\n|\r|\n")
_ABOVE = (Kind.BLANK, Kind.SECTION, Kind.SYNOPSIS)
_MARKS = (("/*", "*/"), ("[[", "]]"))


def line_end_of(source: str) -> str:
    """What ends the lines of a text: that of its first line."""
    found = _BARE_FEED.search(source)
    return found[0] if found else "\n"


def with_line_ends_of(text: str, source: str) -> str:
    """A text with its line ends written as another text's, where that one has only one kind."""
    kinds = {found[0] for found in _BARE_FEED.finditer(source)}
    return _BARE_FEED.sub(kinds.pop(), text) if len(kinds) == 1 else text


def closed(text: str, line_end: str) -> str:
    """A scene's text with a blank line at its end, so that the next heading is seen as one."""
    if not text.strip():
        return text
    tail = _BARE_FEED.sub("\n", text[len(text.rstrip()) :])
    return text + line_end * max(0, 2 - tail.count("\n"))


def read_alone(text: str, *, first: bool = False) -> Outline | None:
    """The outline of a text that is one whole scene wherever it stands; None when what is around it would matter.

    It must open with its heading (or the section above it; the first of a script with anything, or without a heading), have
    no other, and leave no section, note or boneyard open.
    """
    if any(text.count(opening) != text.count(closing) for opening, closing in _MARKS):
        return None
    screenplay = fountain.parse(text)
    body = screenplay.elements
    headings = [at for at, element in enumerate(body) if element.kind is Kind.SCENE_HEADING]
    if not body or len(headings) > 1 or body[0].kind is Kind.TITLE or _ends_in_section(body):
        return None
    if not first and (
        not headings
        or body[0].kind not in (Kind.SECTION, Kind.SCENE_HEADING)
        or any(element.kind not in _ABOVE for element in body[: headings[0]])
    ):
        return None
    outline = outlined(screenplay)
    return outline if len(outline.scenes) == 1 else None


def number_given(elements: Sequence[Element]) -> str:
    """The number a scene's heading itself gives; empty when it has none."""
    return next((element.number for element in elements if element.kind is Kind.SCENE_HEADING), "")


def opening_of(text: str) -> int:
    """Where the first scene of a text begins: at its heading, or the sections above it. Before that is what opens the film."""
    body = fountain.parse("\n" + text).elements
    at = next((i for i, element in enumerate(body) if element.kind is Kind.SCENE_HEADING), None)
    if at is None:
        return 0
    opening = at
    while at and body[at - 1].kind in _ABOVE:
        at -= 1
        if body[at].kind is Kind.SECTION:
            opening = at
    return max(0, body[opening].start - 1)


def heading_line(heading: str) -> str:
    """A line that is read as a scene heading, whatever it says."""
    words = " ".join(heading.split())
    return words if opens_scene(words) or (words[:1] == "." and words[1:2].isalnum()) else f".{words.lstrip('.')}"


def put_together(head: str, pieces: Sequence[str], line_end: str) -> str:
    """A source from what stands before its scenes and their texts, each closed so that the next begins on its own."""
    return head + "".join(closed(piece, line_end) for piece in pieces[:-1]) + "".join(pieces[-1:])


def _ends_in_section(body: Sequence[Element]) -> bool:
    for element in reversed(body):
        if element.kind is Kind.SECTION:
            return True
        if element.kind not in _ABOVE:
            return False
    return False
