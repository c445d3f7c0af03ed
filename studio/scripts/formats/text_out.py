"""A screenplay as plain text, laid out with spaces as it is printed; which words stand where is `pages/layout.py`."""

from __future__ import annotations

from studio.scripts.elements import Screenplay
from studio.scripts.formats.pages.front import front_page
from studio.scripts.formats.pages.layout import Page, Row, columns, pages_of
from studio.scripts.layout import LINES_A_PAGE

_MARGIN = 9  # columns of the page that are left out, so that a scene number still fits
_NUMBER = 1
_RIGHT_NUMBER = 68
_FORM_FEED = "\f"


def text_of(screenplay: Screenplay, *, paged: bool = False) -> str:
    """The text; with `paged` as pages of 55 lines, each with its number on top and a form feed before it.

    Emphasis, notes, sections, synopses and boneyard are not in it.
    """
    front = front_page(screenplay.elements)
    parts = ["\n".join(_lines(front)).lstrip("\n")] if front else []
    pages = pages_of(screenplay, lines_a_page=LINES_A_PAGE if paged else None)
    if paged:
        parts += [_header(page) + "\n".join(_lines(page)) for page in pages]
        return ("\n" + _FORM_FEED).join(parts) + "\n"
    parts += ["\n".join(_lines(page)) for page in pages]
    return "\n\n\n".join(part for part in parts if part) + "\n"


def _header(page: Page) -> str:
    return f"{page.number}.".rjust(_RIGHT_NUMBER - 2) + "\n\n" if page.number > 1 else ""


def _lines(page: Page) -> list[str]:
    lines = [""] * (1 + max((row.line for row in page.rows), default=-1))
    for row in sorted(page.rows, key=lambda row: row.left):
        lines[row.line] = _with(lines[row.line], row)
    return [line.rstrip() for line in lines]


def _with(line: str, row: Row) -> str:
    left = round(row.left) - _MARGIN
    if row.number:
        line = " " * _NUMBER + row.number
    line += " " * max(left - columns(line), 1 if line else 0) + row.words.text.rstrip()
    if row.number:
        line += " " * max(_RIGHT_NUMBER - columns(line), 1) + row.number
    return line
