"""A screenplay laid out on pages: which words stand on which line, in tenths of an inch; drawing them is `ink.py`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from studio.scripts.elements import Element, Kind, Screenplay, Side
from studio.scripts.formats.settled import Words, joined
from studio.scripts.layout import LINES_A_PAGE

MORE = "(MORE)"
CONTINUED = "(CONT'D)"


@dataclass(frozen=True, slots=True)
class Column:
    """Where a kind of paragraph stands: its first column and how many it has, ten to an inch."""

    left: int
    width: int


COLUMNS = {
    Kind.SCENE_HEADING: Column(15, 60),
    Kind.ACTION: Column(15, 60),
    Kind.CENTERED: Column(15, 60),
    Kind.TRANSITION: Column(15, 60),
    Kind.CHARACTER: Column(37, 38),
    Kind.PARENTHETICAL: Column(31, 25),
    Kind.DIALOGUE: Column(25, 35),
    Kind.LYRICS: Column(25, 35),
}
_BESIDE = {
    Kind.CHARACTER: Column(9, 20),
    Kind.PARENTHETICAL: Column(4, 22),
    Kind.DIALOGUE: Column(0, 28),
    Kind.LYRICS: Column(0, 28),
}
_COLUMN_OF = {Side.LEFT: 15, Side.RIGHT: 46}
_WITHIN = frozenset({Kind.PARENTHETICAL, Kind.DIALOGUE, Kind.LYRICS})
_ENDLESS = 1_000_000_000
_PIECE = re.compile(r"\s*\S+\s*")


@dataclass(frozen=True, slots=True)
class Row:
    """Words on one line of a page. `line` counts from 0, `left` in tenths of an inch; `number` stands in both margins.

    Where a line goes on in the next one, its words end with the space between them. `key` is a title page entry's.
    """

    line: int
    left: float
    words: Words
    kind: Kind
    number: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `after_break` where a page break of the writer's stands before it."""

    number: int
    rows: tuple[Row, ...]
    after_break: bool = False


@dataclass(slots=True)
class _Block:
    """Rows that belong together, by their line from the top of the block."""

    rows: list[Row]
    lines: int
    kind: Kind
    cue: Element | None = None


def pages_of(screenplay: Screenplay, *, lines_a_page: int | None = LINES_A_PAGE) -> tuple[Page, ...]:
    """The pages of a screenplay after its title page: what is printed, and nothing else.

    Without `lines_a_page` a page ends at a page break only.
    """
    pages = _Pages(lines_a_page or _ENDLESS)
    blocks = list(_blocks(screenplay.elements))
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        pages.add(block, following)
    return pages.done()


def wrapped(words: Words, width: int) -> list[Words]:
    """A paragraph in lines of at most so many columns; a space at the end of one says that it goes on."""
    lines: list[Words] = []
    for line in words.lines():
        lines += _wrapped_line(line, width)
    return lines


def columns(text: str) -> int:
    """How many columns a text takes: Chinese letters two each, marks on a letter none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def _wrapped_line(line: Words, width: int) -> list[Words]:
    if columns(line.text.rstrip()) <= width:
        return [line]
    lines: list[Words] = []
    start = 0
    for piece in _PIECE.finditer(line.text):
        end = piece.start() + len(piece[0].rstrip())
        if columns(line.text[start:end]) > width and piece.start() > start:
            lines.append(line.part(start, piece.start()))
            start = piece.start()
        while columns(line.text[start:end]) > width:
            cut = start + _fitting(line.text[start:end], width)
            lines.append(line.part(start, cut))
            start = cut
    lines.append(line.part(start, len(line.text)))
    return lines


def _fitting(text: str, width: int) -> int:
    """How many of the first letters fit; one at least."""
    used = 0
    for index, letter in enumerate(text):
        used += columns(letter)
        if used > width:
            return max(index, 1)
    return len(text)


# Blocks


def _blocks(elements: Sequence[Element]) -> Iterator[_Block]:
    groups = list(_groups(elements))
    at = 0
    while at < len(groups):
        first = groups[at][0]
        if first.kind is not Kind.CHARACTER:
            yield _single(first)
        elif first.side is Side.LEFT and at + 1 < len(groups) and groups[at + 1][0].side is Side.RIGHT:
            yield _dual(groups[at], groups[at + 1])
            at += 1
        else:
            yield _speech(groups[at])
        at += 1


def _groups(elements: Sequence[Element]) -> Iterator[list[Element]]:
    """What is printed: a cue with its speech, which a blank line ends, every other part alone."""
    speech: list[Element] = []
    for e in elements:
        printed = e.kind is Kind.PAGE_BREAK or (e.kind in COLUMNS and bool(e.text.strip()))
        if speech and (e.kind is Kind.BLANK or (printed and e.kind not in _WITHIN)):
            yield speech
            speech = []
        if not printed:
            continue
        if speech:
            speech.append(e)
        elif e.kind is Kind.CHARACTER:
            speech = [e]
        else:
            yield [e]
    if speech:
        yield speech


def _single(e: Element) -> _Block:
    if e.kind is Kind.PAGE_BREAK:
        return _Block([], 0, e.kind)
    column = COLUMNS[e.kind] if e.kind is not Kind.LYRICS else COLUMNS[Kind.ACTION]
    rows: list[Row] = []
    for line, words in enumerate(wrapped(_styled(e), column.width)):
        rows.append(Row(line, column.left + _shift(e.kind, words, column.width), words, e.kind))
    if e.number:
        rows[0] = replace(rows[0], number=e.number)
    return _Block(rows, len(rows), e.kind)


def _shift(kind: Kind, words: Words, width: int) -> float:
    """How far words stand from the left of their column."""
    room = width - columns(words.text.rstrip())
    return {Kind.CENTERED: room / 2, Kind.TRANSITION: float(room)}.get(kind, 0.0)


def _styled(e: Element) -> Words:
    """What is printed of an element: brackets around a parenthetical."""
    words = Words(e.text, e.spans)
    return joined([Words("("), words, Words(")")], "") if e.kind is Kind.PARENTHETICAL else words


def _speech(parts: Sequence[Element]) -> _Block:
    rows = list(_spoken(parts, COLUMNS, 0))
    return _Block(rows, len(rows), Kind.DIALOGUE, parts[0])


def _spoken(parts: Sequence[Element], columns: dict[Kind, Column], left: int) -> Iterator[Row]:
    line = 0
    for part in parts:
        column = columns[part.kind]
        for index, words in enumerate(wrapped(_styled(part), column.width)):
            # The second line of a parenthetical stands under its first word.
            hang = 1 if part.kind is Kind.PARENTHETICAL and index else 0
            yield Row(line, left + column.left + hang, words, part.kind)
            line += 1


def _dual(left: Sequence[Element], right: Sequence[Element]) -> _Block:
    rows = [*_spoken(left, _BESIDE, _COLUMN_OF[Side.LEFT]), *_spoken(right, _BESIDE, _COLUMN_OF[Side.RIGHT])]
    return _Block(rows, max(row.line for row in rows) + 1, Kind.CHARACTER)


# Pages


@dataclass(slots=True)
class _Pages:
    """Fills pages line by line."""

    _height: int
    _pages: list[Page] = field(default_factory=list["Page"])
    _rows: list[Row] = field(default_factory=list["Row"])
    _at: int = 0
    _broken: bool = False

    def add(self, block: _Block, following: _Block | None) -> None:
        if block.kind is Kind.PAGE_BREAK:
            if self._rows:
                self._turn()
                self._broken = True
            return
        below = _first_lines(following) if block.kind is Kind.SCENE_HEADING and following else 0
        if self._at and block.lines + below > self._room and block.kind is Kind.SCENE_HEADING:
            self._turn()
        while block.lines > self._room:
            count = self._kept_lines(block)
            if count:
                block = self._split(block, count)
            else:
                self._turn()
        self._place(block)

    def done(self) -> tuple[Page, ...]:
        if self._rows or not self._pages:
            self._turn()
        return tuple(self._pages)

    @property
    def _room(self) -> int:
        return self._height - self._at - (1 if self._at else 0)

    def _turn(self) -> None:
        self._pages.append(Page(len(self._pages) + 1, tuple(self._rows), self._broken))
        self._rows = []
        self._broken = False
        self._at = 0

    def _place(self, block: _Block) -> None:
        top = self._height - self._room
        self._rows += [replace(row, line=row.line + top) for row in block.rows]
        self._at = top + block.lines

    def _kept_lines(self, block: _Block) -> int:
        """How many lines of a block that is too long for this page stay on it; 0 when it goes to the next one whole."""
        kept = 0
        if block.cue:
            kept = _speech_cut(block.rows, self._room - 1)
        elif block.kind is Kind.ACTION:
            kept = _action_cut(block.rows, self._room)
        return kept if kept or self._at else self._room - (1 if block.cue else 0)

    def _split(self, block: _Block, count: int) -> _Block:
        """Leave some lines on this page and turn it; the block of the others."""
        kept = [row for row in block.rows if row.line < count]
        rest = [replace(row, line=row.line - count) for row in block.rows if row.line >= count]
        if not block.cue:
            self._place(replace(block, rows=kept, lines=count))
            self._turn()
            return replace(block, rows=rest, lines=block.lines - count)
        left = COLUMNS[Kind.CHARACTER].left
        more = Row(count, left, Words(MORE), Kind.CHARACTER)
        self._place(replace(block, rows=[*kept, more], lines=count + 1))
        self._turn()
        cue = wrapped(_continued(block.cue), COLUMNS[Kind.CHARACTER].width)
        head = [Row(line, left, words, Kind.CHARACTER) for line, words in enumerate(cue)]
        rows = [*head, *(replace(row, line=row.line + len(head)) for row in rest)]
        return replace(block, rows=rows, lines=len(rows))


def _action_cut(rows: Sequence[Row], room: int) -> int:
    """The most lines of an action that may stay: two stay and two go on, and the break is between words."""
    for count in range(min(room, len(rows) - 2), 1, -1):
        if rows[count - 1].words.text[-1].isspace():
            return count
    return 0


def _speech_cut(rows: Sequence[Row], room: int) -> int:
    """The most rows of a speech that may stay: two spoken lines stay and two go on, none of them alone at the break."""
    spoken = [row.kind in (Kind.DIALOGUE, Kind.LYRICS) for row in rows]
    for count in range(min(room, len(rows) - 2), 2, -1):
        stays = spoken[count - 1] and spoken[count - 2]
        goes_on = spoken[count + 1] and (spoken[count] or count + 2 < len(rows))
        # An empty line at the break would be seen by nobody.
        stays = stays and bool(rows[count - 1].words.text and rows[count].words.text)
        if stays and goes_on and sum(spoken[count:]) >= 2:
            return count
    return 0


def _first_lines(block: _Block) -> int:
    """The lines of the next block that a heading needs below it, the blank one between included."""
    if block.kind is Kind.PAGE_BREAK:
        return 0
    least = block.lines
    if block.cue:
        least = next((n + 1 for n in range(3, block.lines) if _speech_cut(block.rows, n)), block.lines)
    elif block.kind is Kind.ACTION:
        least = next((n for n in range(2, block.lines) if _action_cut(block.rows, n)), block.lines)
    return 1 + min(least, LINES_A_PAGE // 2)


def _continued(cue: Element) -> Words:
    words = Words(cue.text, cue.spans)
    if re.search(r"\(CONT['’]?D\.?\)", cue.text, re.IGNORECASE):
        return words
    return joined([words, Words(CONTINUED)], " ")
