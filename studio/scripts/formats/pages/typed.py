"""The lines of printed pages to typed paragraphs, by where they stand; lines of our own files say what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from studio.scripts.elements import Kind, Side, Span
from studio.scripts.formats.pages.columns import Columns, capitals
from studio.scripts.formats.pages.layout import COLUMNS
from studio.scripts.formats.pages.layout import columns as width_of
from studio.scripts.formats.pages.margins import OUR_COLUMN, BodyRow
from studio.scripts.formats.pages.marks import BREAK_MARK, KINDS, SPACES_MARK, inverted
from studio.scripts.formats.pages.seen import Segment
from studio.scripts.formats.parts.gathering import Gathering, without_brackets
from studio.scripts.formats.settled import Words, joined
from studio.scripts.headings import is_certain_heading, is_heading

_MORE = re.compile(r"\(?\s*(?:MORE|CONTINUED)\s*\)?", re.IGNORECASE)
_CONTINUED = re.compile(r"\s*\((?:CONT(?:['’]?D|INUED|\.)?\.?|MORE)\)", re.IGNORECASE)
_SENTENCE_END = (".", "!", "?", '."', '!"', '?"', "”", ":", "--", "—")
_SPEECH = frozenset({Kind.CHARACTER, Kind.PARENTHETICAL, Kind.DIALOGUE, Kind.LYRICS})
_BESIDE = 30  # columns from action at which the right one of two speeches stands, in our own files


@dataclass(slots=True)
class _Open:
    """The paragraph that is being read."""

    kind: Kind
    lines: list[Segment]
    page: int
    number: str = ""
    side: Side = Side.NONE
    certain: bool = True


@dataclass(slots=True)
class Typed:
    """Reads lines in order into a gathering. `ours`: the file is one of our own, its marks and spaces are trusted."""

    columns: Columns
    gathering: Gathering
    ours: bool
    _open: _Open | None = None
    _cue: str = ""
    _speaking: bool = False
    _more: bool = False
    _rows: Sequence[BodyRow] = field(default_factory=list["BodyRow"])

    def read(self, rows: Sequence[BodyRow]) -> None:
        """All lines of a file."""
        self._rows = rows
        at = 0
        while at < len(rows):
            beside = self._beside_end(at)
            if beside:
                self._close()
                self._both(rows[at:beside])
                at = beside
                continue
            self._line(at)
            at += 1
        self._close()

    # One line

    def _line(self, at: int) -> None:
        row = self._rows[at]
        words = self._whole(row)
        if _MORE.fullmatch(words.words.text) and not self.columns.near(words.left, self.columns.action):
            self._more = self._speaking
            return
        kind, certain = self._kind(at, words)
        if kind is Kind.CHARACTER and self._resumes(row, words.words.text):
            self._more = False
            return
        if BREAK_MARK in words.marks and self.ours:
            self._close()
            self.gathering.add(Kind.PAGE_BREAK, Words(""))
        if self._goes_on(row, words, kind):
            self._append(row, words)
        else:
            self._close()
            self._open = _Open(kind, [words], row.row.page, row.number, certain=certain)
        self._more = False
        self._speaking = kind in _SPEECH
        if kind is Kind.CHARACTER:
            self._cue = _name(words.words.text)

    def _whole(self, row: BodyRow) -> Segment:
        """The segments of a line as one: they stand beside each other only because somebody put spaces between them."""
        segments = row.row.segments
        indent = 0
        if self.ours and Kind.ACTION in _kinds(segments[0]):
            indent = max(0, round(segments[0].left / OUR_COLUMN) - COLUMNS[Kind.ACTION].left)
        if len(segments) == 1 and not indent:
            return segments[0]
        parts: list[Words] = [Words(" " * indent), segments[0].words]
        for left, right in pairwise(segments):
            parts += [Words(" " * max(1, round((right.left - left.right) / row.row.column))), right.words]
        return replace(segments[0], right=segments[-1].right, words=joined(parts, ""), spaces=segments[-1].spaces)

    def _resumes(self, row: BodyRow, cue: str) -> bool:
        """Whether a cue only says that a speech goes on from the page before."""
        return row.first and _name(cue) == self._cue and (self._more or (self._speaking and cue != _name(cue)))

    def _goes_on(self, row: BodyRow, words: Segment, kind: Kind) -> bool:
        """Whether a line belongs to the paragraph that is open."""
        last = self._open
        if not last or last.kind is not kind or row.number:
            return False
        if kind is Kind.DIALOGUE:
            return True
        if kind is Kind.PARENTHETICAL:
            return self._unclosed()
        if row.first and row.row.page != last.page:
            return kind is Kind.ACTION and self._over_the_page(last.lines[-1], words)
        return not row.gap and kind is not Kind.CENTERED

    def _over_the_page(self, last: Segment, words: Segment) -> bool:
        if self.ours:
            return last.spaces > 0
        full = not self._fits(last, words)
        return full and not last.words.text.endswith(_SENTENCE_END) and not capitals(words.words.text)

    def _append(self, row: BodyRow, words: Segment) -> None:
        if self._open:
            if row.gap and not row.first and self._open.kind is Kind.DIALOGUE:
                self._open.lines.append(replace(words, words=Words("")))
            self._open.lines.append(words)

    def _unclosed(self) -> bool:
        text = "".join(line.words.text for line in self._open.lines) if self._open else ""
        return text.count("(") > text.count(")")

    # Its kind

    def _kind(self, at: int, words: Segment) -> tuple[Kind, bool]:
        """The kind of a line, and whether that is sure."""
        if self.ours and (marked := next((KINDS[mark] for mark in words.marks if mark in KINDS), None)):
            return marked, True
        row, places, text = self._rows[at], self.columns, words.words.text
        left = words.left
        at_action = places.near(left, places.action)
        if self._speaking and (spoken := self._spoken(row, left, text)):
            return spoken, True
        if at_action and (row.number or is_certain_heading(text) or (row.gap and is_heading(text))):
            return Kind.SCENE_HEADING, True
        if at_action and not row.gap and self._open and self._open.kind in (Kind.ACTION, Kind.SCENE_HEADING):
            return self._open.kind if capitals(text) else Kind.ACTION, True
        if row.gap and self._is_cue(at, left, text):
            return Kind.CHARACTER, True
        if capitals(text) and (self._at_the_right(words) or (at_action and text.endswith("TO:"))):
            return Kind.TRANSITION, True
        if left > places.action + 3 * places.letter and places.centered(row):
            return Kind.CENTERED, True
        if places.near(left, places.cue, 0.6) and capitals(text):
            return Kind.CHARACTER, False
        if at_action:
            return Kind.ACTION, True
        return (Kind.DIALOGUE if places.near(left, places.dialogue, 0.8) else Kind.ACTION), False

    def _spoken(self, row: BodyRow, left: float, text: str) -> Kind | None:
        """The kind of a line under a cue; None when the speech is over."""
        places = self.columns
        if self._open and self._open.kind is Kind.PARENTHETICAL and self._unclosed() and not row.gap:
            return Kind.PARENTHETICAL
        inside = left > places.action + 2 * places.letter
        if row.gap and not (row.first and not self._is_cue_place(left, text)):
            return Kind.DIALOGUE if places.near(left, places.dialogue, 0.8) and not capitals(text) else None
        if not inside:
            return None
        if text.startswith("("):
            return Kind.PARENTHETICAL
        if row.first and not places.near(left, places.dialogue, 0.8):
            return None
        return Kind.DIALOGUE

    def _is_cue_place(self, left: float, text: str) -> bool:
        return left > self.columns.dialogue + 4 * self.columns.letter and not text.startswith("(")

    def _is_cue(self, at: int, left: float, text: str) -> bool:
        """Whether a line is a name with words right below it and further left."""
        places = self.columns
        if at + 1 >= len(self._rows) or self._rows[at + 1].gap or len(self._rows[at].row.segments) > 1:
            return False
        below = self._rows[at + 1].row
        if left < places.action + 7 * places.letter or below.left > left + places.letter:
            return False
        speech = below.text.startswith("(") or places.near(below.left, places.dialogue, 2.5)
        named = places.near(left, places.cue, 0.6) or capitals(text)
        return speech and named and not text.startswith("(")

    def _at_the_right(self, words: Segment) -> bool:
        places = self.columns
        return words.left > places.cue + 5 * places.letter and (
            words.right > places.right - 5 * places.letter or words.words.text.endswith(("TO:", ":", "."))
        )

    # Two columns

    def _beside_end(self, at: int) -> int:
        """The index after a dual dialogue that begins at a line; 0 when none does."""
        row = self._rows[at]
        if len(row.row.segments) != 2 or at + 1 >= len(self._rows) or self._rows[at + 1].gap:
            return 0
        left, right = row.row.segments
        if self.ours:
            both = all(Kind.CHARACTER in _kinds(each) for each in (left, right))
        else:
            both = capitals(left.words.text) and capitals(right.words.text) and row.gap
            both = both and left.left > self.columns.action + 2 * self.columns.letter
        if not both or right.left - left.left < 15 * self.columns.letter:
            return 0
        end = at + 1
        while end < len(self._rows) and not self._rows[end].gap:
            end += 1
        return end

    def _both(self, rows: Sequence[BodyRow]) -> None:
        first, second = rows[0].row.segments
        middle = (first.left + second.left) / 2
        for side in (Side.LEFT, Side.RIGHT):
            lines = [
                segment
                for row in rows
                for segment in row.row.segments
                if (segment.left > middle) == (side is Side.RIGHT)
            ]
            self._column(lines, side, rows[0].row.page)
        self._speaking = False

    def _column(self, lines: Sequence[Segment], side: Side, page: int) -> None:
        self._close()
        for index, line in enumerate(lines):
            kind = _kinds(line)[0] if self.ours and _kinds(line) else self._column_kind(line, index)
            if self._open and self._open.kind is kind and (kind is not Kind.PARENTHETICAL or self._unclosed()):
                self._open.lines.append(line)
            else:
                self._close()
                self._open = _Open(kind, [line], page, side=side)
        self._close()

    def _column_kind(self, line: Segment, index: int) -> Kind:
        if index == 0:
            return Kind.CHARACTER
        within = self._open and self._open.kind is Kind.PARENTHETICAL and self._unclosed()
        return Kind.PARENTHETICAL if within or line.words.text.startswith("(") else Kind.DIALOGUE

    # Paragraphs

    def _close(self) -> None:
        last, self._open = self._open, None
        if not last:
            return
        words = self._text(last)
        if last.kind is Kind.PARENTHETICAL:
            words = without_brackets(words)
        if last.kind is Kind.LYRICS:
            words = Words(words.text, inverted(words.text, words.spans))
        self.gathering.add(
            last.kind,
            words,
            number=last.number if last.kind is Kind.SCENE_HEADING else "",
            side=last.side,
            place=f"page {last.page}",
            certain=last.certain,
        )

    def _text(self, last: _Open) -> Words:
        """The lines as one text: a line feed only where the writer broke the line."""
        words = last.lines[0].words
        for before, line in pairwise(last.lines):
            between = self._between(before, line, last)
            ends = {span.emphasis for span in words.spans if span.end == len(words.text)}
            begins = {span.emphasis for span in line.words.spans if span.start == 0}
            space = Words(
                between,
                tuple(Span(each, 0, len(between)) for each in ends & begins if between.isspace() and between != "\n"),
            )
            words = joined([words, space, line.words], "")
        return words

    def _between(self, before: Segment, line: Segment, last: _Open) -> str:
        if not line.words.text or not before.words.text:
            return "\n"
        if self.ours:
            broken = " " not in before.words.text and width_of(before.words.text) == COLUMNS[last.kind].width
            return " " * _spaces(before) if before.spaces else "" if broken else "\n"
        text = before.words.text
        if text.endswith("-") and text[-2:-1].isalpha() and not before.spaces:
            return ""
        one_line = last.kind not in (Kind.ACTION, Kind.DIALOGUE) or last.side is not Side.NONE
        return " " if one_line or not self._fits(before, line) else "\n"

    def _fits(self, before: Segment, line: Segment) -> bool:
        """Whether the first word of a line would have had room on the one before: then somebody broke it there."""
        limit = self.columns.limit(before.left)
        word = line.words.text.split(" ", 1)[0]
        return limit is not None and before.right + (len(word) + 1.5) * self.columns.letter <= limit


def _kinds(segment: Segment) -> list[Kind]:
    return [KINDS[mark] for mark in segment.marks if mark in KINDS]


def _spaces(segment: Segment) -> int:
    """How many spaces a line of our own ends with."""
    counted = [mark.removeprefix(SPACES_MARK) for mark in segment.marks if mark.startswith(SPACES_MARK)]
    return int(counted[0]) if counted and counted[0].isdecimal() else segment.spaces


def _name(cue: str) -> str:
    return " ".join(_CONTINUED.sub("", cue).split())
