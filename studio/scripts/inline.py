"""What stands inside lines: boneyard and notes (hidden text), emphasis, and the way from plain text back to the source."""

from __future__ import annotations

import re
import time
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from studio.core.errors import LimitReached
from studio.scripts.elements import Emphasis, Note, Span

MAX_LINES = 500_000
# No paragraph is longer than this; a longer line is kept letter for letter, stars and all.
MAX_EMPHASISED = 20_000

_NOTE_MARK = re.compile(r"\[\[|\]\](?!\])|(?:\r\n|\n|\r(?!\n))[ \t]?(?=[\r\n])")
_LINE_END = re.compile(r"\r\n|\n|\r")
_EMPHASIS_MARK = re.compile(r"\\[*_]|\*+|_+")
_CLOCK_EVERY = 2048


class Deadline:
    """A time limit in seconds, looked at from inside loops."""

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._ends = time.monotonic() + limit_s
        self._calls = 0

    def check(self) -> None:
        """Raises: LimitReached when the time is over."""
        self._calls += 1
        if self._calls % _CLOCK_EVERY == 1 and time.monotonic() > self._ends:
            raise LimitReached(
                f"Reading this script took longer than {self._limit_s:g} seconds and was stopped. "
                "Split it into parts, or take out very long lines that are not script, and bring it in again."
            )


@dataclass(frozen=True, slots=True)
class Hidden:
    """Boneyard or a note at `source[start:end]`, marks included."""

    start: int
    end: int
    note: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line as a reader sees it: hidden text is out, even where it ran over line ends.

    `source[start:end]` is its raw slice with the line end, which begins at `ends`. `pieces` are pairs (index in text,
    source offset), each good until the next.
    """

    start: int
    ends: int
    end: int
    text: str
    pieces: tuple[tuple[int, int], ...]
    hidden: tuple[Hidden, ...] = ()

    @property
    def only_hidden(self) -> bool:
        return bool(self.hidden) and not self.text.strip()

    def offset(self, index: int) -> int:
        """The source offset of character `index` of the text."""
        if len(self.pieces) == 1:
            return self.pieces[0][1] + index
        first, offset = self.pieces[bisect_right(self.pieces, index, key=_first) - 1]
        return offset + index - first


def _first(piece: tuple[int, int]) -> int:
    return piece[0]


def hidden_parts(source: str, deadline: Deadline) -> list[Hidden]:
    """Boneyards and notes in order, none inside another. One that is never closed hides nothing: no word may vanish."""
    boneyards = list(_boneyards(source, deadline))
    notes = list(_notes(source, boneyards, deadline))
    parts: list[Hidden] = []
    for part in sorted([*boneyards, *notes], key=lambda part: part.start):
        if not parts or part.start >= parts[-1].end:
            parts.append(part)
    return parts


def _boneyards(source: str, deadline: Deadline) -> Iterator[Hidden]:
    at = source.find("/*")
    while at >= 0:
        deadline.check()
        close = source.find("*/", at + 2)
        if close < 0:
            return
        yield Hidden(at, close + 2, note=False)
        at = source.find("/*", close + 2)


def _notes(source: str, boneyards: list[Hidden], deadline: Deadline) -> Iterator[Hidden]:
    """Notes may run over lines, but an empty line ends the hope of a closing mark (two spaces on it keep it)."""
    if "[[" not in source:
        return
    opened = -1
    following = 0
    for mark in _NOTE_MARK.finditer(source):
        deadline.check()
        while following < len(boneyards) and boneyards[following].end <= mark.start():
            following += 1
        if following < len(boneyards) and boneyards[following].start <= mark.start():
            continue
        if mark[0] == "[[":
            opened = mark.start() if opened < 0 else opened
        elif mark[0] == "]]":
            if opened >= 0:
                yield Hidden(opened, mark.end(), note=True)
            opened = -1
        else:
            opened = -1


def logical_lines(source: str, deadline: Deadline) -> list[Line]:
    """The lines of a text, hidden parts taken out; their raw slices tile it.

    Raises: LimitReached beyond MAX_LINES.
    """
    if max(source.count("\n"), source.count("\r")) > MAX_LINES:
        raise LimitReached(f"This script has more than {MAX_LINES:,} lines. Split it into parts and bring each in.")
    hidden = hidden_parts(source, deadline)
    lines: list[Line] = []
    start = 0
    upcoming = 0
    inside: list[Hidden] = []
    for mark in _LINE_END.finditer(source):
        deadline.check()
        while upcoming < len(hidden) and hidden[upcoming].start < mark.start():
            inside.append(hidden[upcoming])
            upcoming += 1
        if inside and inside[-1].end > mark.start():
            continue
        lines.append(_line(source, start, mark.start(), mark.end(), inside))
        start = mark.end()
        inside = []
    if start < len(source):
        lines.append(_line(source, start, len(source), len(source), [*inside, *hidden[upcoming:]]))
    return lines


def _line(source: str, start: int, ends: int, end: int, inside: list[Hidden]) -> Line:
    if not inside:
        return Line(start, ends, end, source[start:ends], ((0, start),))
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = 0
    at = start
    for left, right in [*((part.start, part.end) for part in inside), (ends, ends)]:
        if left > at:
            parts.append(source[at:left])
            pieces.append((length, at))
            length += left - at
        at = right
    return Line(start, ends, end, "".join(parts), tuple(pieces) or ((0, start),), tuple(inside))


def notes_in(source: str, lines: list[Line]) -> tuple[Note, ...]:
    """The notes of some lines, as values with their words trimmed."""
    return tuple(
        Note(source[part.start + 2 : part.end - 2].strip(), part.start, part.end)
        for line in lines
        for part in line.hidden
        if part.note
    )


@dataclass(frozen=True, slots=True)
class Plain:
    """Text without markup, its way back to the source, and its emphasis. See `Element` for `runs`."""

    text: str
    runs: tuple[tuple[int, int], ...]
    spans: tuple[Span, ...]


class PlainText:
    """Collects pieces of lines into one `Plain`."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._parts: list[str] = []
        self._runs: list[tuple[int, int]] = []
        self._spans: list[Span] = []
        self._length = 0

    def add(self, line: Line, left: int, right: int) -> None:
        """Append `line.text[left:right]` without its emphasis marks."""
        text = line.text[left:right]
        marks, styled = _emphasis(text, self._deadline)
        base = self._length
        cuts = [0]
        at = 0
        for start, end in [*marks, (len(text), len(text))]:
            self._append(line, left + at, left + start)
            cuts.append(cuts[-1] + end - start)
            at = end
        starts = [start for start, _ in marks]
        for emphasis, start, end in styled:
            first = base + start - cuts[bisect_right(starts, start - 1)]
            last = base + end - cuts[bisect_right(starts, end - 1)]
            if first < last:  # marks that cross hold nothing but each other: "_*_*"
                self._spans.append(Span(emphasis, first, last))

    def line_feed(self, offset: int) -> None:
        """Append a line feed that stands for the line end at a source offset."""
        self._run(offset)
        self._parts.append("\n")
        self._length += 1

    def plain(self) -> Plain:
        return Plain("".join(self._parts), tuple(self._runs), tuple(self._spans))

    def _append(self, line: Line, left: int, right: int) -> None:
        if left >= right:
            return
        if len(line.pieces) == 1:
            self._slice(line.text[left:right], line.offset(left))
            return
        stops = [first for first, _ in line.pieces if left < first < right]
        for start, end in zip([left, *stops], [*stops, right], strict=True):
            self._slice(line.text[start:end], line.offset(start))

    def _slice(self, text: str, offset: int) -> None:
        self._run(offset)
        self._parts.append(text)
        self._length += len(text)

    def _run(self, offset: int) -> None:
        if self._runs:
            first, start = self._runs[-1]
            if start + self._length - first == offset:
                return
        self._runs.append((self._length, offset))


def _emphasis(text: str, deadline: Deadline) -> tuple[list[tuple[int, int]], list[tuple[Emphasis, int, int]]]:
    """The marks to take out of a line, in order, and what they emphasise, in places of the line as it is.

    A mark opens before a letter and closes after one; marks without a partner on the same line stay as they are.
    Source: Fountain syntax, "Emphasis".
    """
    if len(text) > MAX_EMPHASISED or not _EMPHASIS_MARK.search(text):
        return [], []
    marks: list[tuple[int, int]] = []
    styled: list[tuple[Emphasis, int, int]] = []
    opened: dict[Emphasis, tuple[int, int]] = {}
    for found in _EMPHASIS_MARK.finditer(text):
        deadline.check()
        if found[0][0] == "\\":
            marks.append((found.start(), found.start() + 1))
            continue
        for emphasis, start, end in _marks_of(found):
            opens, closes = _flanks(text, found, emphasis)
            opener = opened.get(emphasis)
            if opener and closes:
                marks += [opener, (start, end)]
                styled.append((emphasis, opener[1], start))
                del opened[emphasis]
            elif opens:
                opened[emphasis] = (start, end)
    return sorted(marks), sorted(styled, key=lambda style: style[1:])


def _marks_of(found: re.Match[str]) -> list[tuple[Emphasis, int, int]]:
    start, count = found.start(), len(found[0])
    if found[0][0] == "_":
        return [(Emphasis.UNDERLINE, start, start + 1)] if count == 1 else []
    if count > 3:
        return []
    bold = [(Emphasis.BOLD, start, start + 2)] if count >= 2 else []
    italic = [(Emphasis.ITALIC, found.end() - 1, found.end())] if count != 2 else []
    return [*bold, *italic]


def _flanks(text: str, found: re.Match[str], emphasis: Emphasis) -> tuple[bool, bool]:
    """Whether a mark may open and may close here. Inside a word an underscore is a letter: file_name."""
    before = text[found.start() - 1] if found.start() else " "
    after = text[found.end()] if found.end() < len(text) else " "
    opens, closes = not after.isspace(), not before.isspace()
    if emphasis is Emphasis.UNDERLINE:
        return opens and not before.isalnum(), closes and not after.isalnum()
    return opens, closes
