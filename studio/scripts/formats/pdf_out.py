"""A screenplay as a PDF in the layout the industry prints; which words stand where is `pages/layout.py`."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from studio.scripts.elements import Emphasis, Kind, Screenplay
from studio.scripts.formats.pages.front import front_page
from studio.scripts.formats.pages.layout import Page, columns, pages_of
from studio.scripts.formats.pages.letters import drawn
from studio.scripts.formats.pages.marks import BREAK_MARK, CREATOR, MARKS, MEANT, SPACES_MARK, inverted, key_mark
from studio.scripts.formats.settled import Words

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Paper = Literal["letter", "a4"]

_SIZES = {"letter": (612.0, 792.0), "a4": (595.27, 841.89)}  # points
_COLUMN = 7.2  # ten columns to an inch
_LINE = 12.0
_FIRST_LINE = 82.0  # its baseline below the upper edge
_HEADER = 46.0
_LEFT_NUMBER, _RIGHT_NUMBER = 8.0, 76.5  # columns
_RIGHT_EDGE = 75


def pdf_of(screenplay: Screenplay, *, paper: Paper = "letter", scene_numbers: bool = True) -> bytes:
    """The PDF: a title page if there is one, then pages of 55 lines in Courier Prime 12. Same screenplay, same bytes.

    Notes, sections, synopses and boneyard are not printed.
    """
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=_SIZES[paper], invariant=1, pageCompression=1)
    canvas.setTitle(_printable(" ".join(screenplay.title_value("title").split())) or "Screenplay")
    if author := " ".join(screenplay.title_value("author", "authors", "writer", "writers", "written by").split()):
        canvas.setAuthor(_printable(author))
    canvas.setCreator(CREATOR)
    height = _SIZES[paper][1]
    if front := front_page(screenplay.elements):
        _draw(canvas, height, front, scene_numbers)
    for page in pages_of(screenplay):
        _draw(canvas, height, page, scene_numbers)
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, height: float, page: Page, scene_numbers: bool) -> None:
    if page.number > 1:
        number = Words(f"{page.number}.")
        _draw_words(canvas, height - _HEADER, _RIGHT_EDGE - len(number.text), number)
    for index, row in enumerate(page.rows):
        y = height - _FIRST_LINE - row.line * _LINE
        marks = [BREAK_MARK] if page.after_break and not index else []
        marks.append(MARKS[row.kind])
        if row.key:
            marks.append(key_mark(row.key))
        if (spaces := len(row.words.text) - len(row.words.text.rstrip())) > 1:
            marks.append(f"{SPACES_MARK}{spaces}")
        canvas.addLiteral(" ".join(f"/{mark} BMC" for mark in marks))
        _draw_words(canvas, y, row.left, _in_italics(row.words) if row.kind is Kind.LYRICS else row.words)
        canvas.addLiteral(" ".join("EMC" for _ in marks))
        if row.number and scene_numbers:
            _draw_words(canvas, y, min(_LEFT_NUMBER, row.left - 1 - len(row.number)), Words(row.number))
            _draw_words(canvas, y, _RIGHT_NUMBER, Words(row.number))
    canvas.showPage()


def _in_italics(words: Words) -> Words:
    """Lyrics lean; what is emphasised in them stands upright."""
    return Words(words.text, inverted(words.text, words.spans))


def _draw_words(canvas: Canvas, y: float, left: float, words: Words) -> None:
    """Words from a column on; what is not in our font stands letter by letter, so that the columns stay."""
    column = left
    for text, style in _styles(Words(_printable(words.text), words.spans)):
        start = column
        for part in drawn(text, bold=Emphasis.BOLD in style, italic=Emphasis.ITALIC in style):
            canvas.setFont(part.font, _LINE)
            for piece in (part.text,) if part.even else _clusters(part.text):
                if not part.faithful:
                    meant = f"\ufeff{piece}".encode("utf-16-be", "replace").hex()
                    canvas.addLiteral(f"/Span <</ActualText <{meant}>>> BDC /{MEANT} <</ActualText <{meant}>>> BDC")
                canvas.drawString(column * _COLUMN, y, piece)
                if not part.faithful:
                    canvas.addLiteral("EMC EMC")
                column += columns(piece)
        if Emphasis.UNDERLINE in style:
            canvas.setLineWidth(0.7)
            canvas.line(start * _COLUMN, y - 1.8, column * _COLUMN, y - 1.8)


def _styles(words: Words) -> Iterator[tuple[str, frozenset[Emphasis]]]:
    """The words cut where their emphasis changes."""
    cuts = {0, len(words.text), *(s.start for s in words.spans), *(s.end for s in words.spans)}
    for left, right in pairwise(sorted(cuts)):
        yield words.text[left:right], frozenset(s.emphasis for s in words.spans if s.start <= left and right <= s.end)


def _clusters(text: str) -> list[str]:
    """Letters with the marks on them and the space after them."""
    clusters: list[str] = []
    for letter in text:
        if clusters and (letter == " " or not columns(letter)):
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return clusters


def _printable(text: str) -> str:
    """The text without what no page can show; every letter keeps its place."""
    return "".join(c if c.isprintable() else " " if c.isspace() or c < " " else "\ufffd" for c in text)
