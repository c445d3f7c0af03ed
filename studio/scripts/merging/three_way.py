"""Two people's changes of one text put together, line by line, where they do not touch each other."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Lines `start..end` of the base, and what stands in their place."""

    start: int
    end: int
    lines: tuple[str, ...]


def merged(base: str, mine: str, theirs: str) -> str | None:
    """The base with both changes; None when both changed the same line, or put words in at the same place."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    lines = base.splitlines(keepends=True)
    hunks = sorted({*_hunks(lines, mine), *_hunks(lines, theirs)}, key=lambda h: (h.start, h.end))
    if any(_touch(one, other) for one, other in pairwise(hunks)):
        return None
    out: list[str] = []
    at = 0
    for hunk in hunks:
        out += [*lines[at : hunk.start], *hunk.lines]
        at = hunk.end
    return "".join([*out, *lines[at:]])


def _hunks(base: list[str], text: str) -> list[_Hunk]:
    lines = text.splitlines(keepends=True)
    codes = SequenceMatcher(None, base, lines, autojunk=False).get_opcodes()
    return [_Hunk(a, b, tuple(lines[x:y])) for tag, a, b, x, y in codes if tag != "equal"]


def _touch(one: _Hunk, other: _Hunk) -> bool:
    if other.start < one.end:
        return True
    return one.start == other.start  # both put something in before the same line
