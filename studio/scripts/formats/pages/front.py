"""The title page: which of its entries stand in the middle and which at the bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studio.scripts.elements import Element, Kind
from studio.scripts.formats.pages.layout import COLUMNS, Page, Row, columns, wrapped
from studio.scripts.formats.settled import Words
from studio.scripts.layout import LINES_A_PAGE

_TITLE = frozenset({"title"})
_BELOW = (
    frozenset({"credit"}),
    frozenset({"author", "authors", "writer", "writers", "written by"}),
    frozenset({"source", "based on"}),
)
_RIGHT = frozenset({"draft date", "date", "draft", "revision", "version"})
_LEFT = frozenset({"contact", "copyright", "company", "production"})
# Settings of a program, no words of the page.
_SETTINGS = frozenset({"font", "font size", "format", "lang", "language", "header", "footer", "watermark"})
_TITLE_LINE = 17
_WIDTH = 50
_MOST_AT_THE_BOTTOM = 20


def front_page(elements: Sequence[Element]) -> Page | None:
    """The title page as rows; None for a script without one."""
    entries = [(e.key.casefold(), e) for e in elements if e.kind is Kind.TITLE and e.text.strip()]
    entries = [(key, e) for key, e in entries if key not in _SETTINGS]
    if not entries:
        return None
    return Page(0, (*_middle(entries), *_bottom(entries)))


def _middle(entries: list[tuple[str, Element]]) -> Iterator[Row]:
    column = COLUMNS[Kind.CENTERED]
    line = _TITLE_LINE
    for keys in (_TITLE, *_BELOW):
        words = [(e.key, part) for key, e in entries if key in keys for part in _lines(e)]
        for key, part in words:
            shift = (column.width - columns(part.text.rstrip())) / 2
            yield Row(line, column.left + shift, part, Kind.TITLE, key=key)
            line += 1
        line += (3 if keys is _TITLE else 1) if words else 0


def _lines(e: Element) -> list[Words]:
    return [line.trimmed() for line in wrapped(Words(e.text, e.spans), _WIDTH) if line.text.strip()]


def _bottom(entries: list[tuple[str, Element]]) -> Iterator[Row]:
    """Contact and what else is said at the left, dates at the right; both end on the last line."""
    middle = _TITLE.union(*_BELOW)
    left: list[tuple[str, Words]] = []
    right: list[tuple[str, Words]] = []
    for key, e in entries:
        if key in middle:
            continue
        lines = [part for line in _lines(e) for part in wrapped(line, _WIDTH // 2 + 4)]
        if key not in _LEFT and key not in _RIGHT:
            lines = [Words(f"{e.key}: {lines[0].text}"), *lines[1:]]
        (right if key in _RIGHT else left).extend((e.key, line) for line in lines)
    edge = COLUMNS[Kind.ACTION].left + COLUMNS[Kind.ACTION].width
    for side, words in ((0, left), (1, right)):
        kept = words[:_MOST_AT_THE_BOTTOM]
        for line, (key, part) in enumerate(kept, start=LINES_A_PAGE - len(kept)):
            at = edge - columns(part.text.rstrip()) if side else COLUMNS[Kind.ACTION].left
            yield Row(line, at, part, Kind.TITLE, key=key)
