"""Worksheets as a PDF: empty frames with the words of their shots, corner marks and a code on every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from studio.storyboards.printing import Tell
from studio.storyboards.printing.book import BoardBook, BookPanel, shot_terms
from studio.storyboards.printing.fitting import held, lines_of, plain, width_of
from studio.storyboards.printing.grid import Box, Type
from studio.storyboards.printing.ink import BLACK, FAINT, QUIET, WHITE, Ink
from studio.storyboards.printing.worksheet.code import BLANK, PageCode, cells, script_tag, tag_of
from studio.storyboards.printing.worksheet.form import CELL, LINE, MARK, Form, Place
from studio.storyboards.printing.worksheet.marks import SIDE, white_cells

_TYPE, _SMALL_TYPE = Type(10.5, 8.0, 10.0), Type(9.0, 6.5, 8.0)
_ENOUGH = 170.0
"""Words get the larger letters in so much room."""
_RULED = 15.0
_HOW = "Draw inside the frames. Scan or photograph the whole page, with its four corner marks and the code below."


def write_worksheets(book: BoardBook, form: Form, out: Path, *, blank: int = 0, tell: Tell | None = None) -> int:
    """Print a frame for every panel of a board, or so many `blank` pages that are nobody's yet; how many pages.

    Raises:
        Unavailable: the file cannot be written.
    """
    panels: tuple[BookPanel | None, ...] = (None,) * form.count * blank or book.panels
    pages = [panels[at : at + form.count] for at in range(0, len(panels), form.count)]
    ink = Ink(out, form.size, title=plain(book.title) or "Untitled", author=plain(book.author))
    for number, page in enumerate(pages, start=1):
        _print_page(_Sheet(ink, form), book, page, number, len(pages))
        ink.end_page()
        if tell:
            tell(f"page {number} of {len(pages)}", number, len(pages))
    ink.finish()
    return len(pages)


class _Sheet:
    """A page whose places are measured from the upper left corner."""

    def __init__(self, ink: Ink, form: Form) -> None:
        self.ink, self.form = ink, form
        self._height = form.size[1]

    def box(self, place: Place) -> Box:
        return Box(place.x, self._height - place.y - place.height, place.width, place.height)

    def marks(self) -> None:
        side = MARK / SIDE
        for at, mark in enumerate(self.form.marks):
            self.ink.fill(self.box(mark), BLACK)
            self._fill(mark, white_cells(at), side, WHITE)

    def code(self, code: PageCode) -> None:
        black = (
            (row, column) for row, line in enumerate(cells(code)) for column, is_black in enumerate(line) if is_black
        )
        self._fill(self.form.code, black, CELL, BLACK)

    def _fill(self, place: Place, found: Iterator[tuple[int, int]], side: float, colour: str) -> None:
        """Cells of one colour; those side by side in one stroke, so that no hair of paper is between them."""
        runs: list[list[int]] = []
        for row, column in found:
            if runs and runs[-1][0] == row and runs[-1][1] + runs[-1][2] == column:
                runs[-1][2] += 1
            else:
                runs.append([row, column, 1])
        for row, column, length in runs:
            across = Place(place.x + column * side, place.y + row * side, length * side, side)
            self.ink.fill(self.box(across), colour)


def _print_page(sheet: _Sheet, book: BoardBook, panels: Sequence[BookPanel | None], number: int, of: int) -> None:
    form, ink = sheet.form, sheet.ink
    head = sheet.box(form.head)
    ink.text(head.x, head.top - 9, book.title or "Untitled", 11, head.width * 0.6, bold=True)
    ink.text(head.right, head.top - 9, f"Page {number} of {of}", 8, head.width * 0.35, right=True, colour=QUIET)
    ink.text(head.x, head.top - 22, _HOW, 7.5, head.width, colour=QUIET)
    sheet.marks()
    tags = tuple(tag_of(panel.panel_id) if panel else BLANK for panel in panels)
    sheet.code(PageCode(form, number, script_tag(book.script_id), tags))
    for at, panel in enumerate(panels):
        ink.frame(sheet.box(form.frame(at)), line=LINE)
        words = sheet.box(form.words(at))
        if panel is None:
            _print_blank(ink, words)
        else:
            _print_words(ink, panel, words)


def _print_words(ink: Ink, panel: BookPanel, box: Box) -> None:
    """Number and terms of a shot, what happens, what is said: as much as there is room for."""
    type = _TYPE if box.width >= _ENOUGH else _SMALL_TYPE
    y = box.top - type.number - 2
    taken = ink.text(box.x, y, panel.number, type.number, box.width * 0.5, bold=True) + 6
    long, short = shot_terms(panel)
    room = box.width - taken
    said = long if width_of(long, type.words) <= room else short
    ink.text(box.x + taken, y, said, type.words, room, colour=QUIET)
    lines = lines_of([(panel.action, False)], type.words, box.width)
    for speaker, words in panel.dialogue:
        lines += lines_of([(f"{speaker}:" if speaker else "", True), (words, False)], type.words, box.width)
    for line in held(lines, int((y - box.y - 2) / type.leading), type.words, box.width):
        y -= type.leading
        ink.runs(line, box.x, y, type.words)


def _print_blank(ink: Ink, box: Box) -> None:
    """Ruled lines to write on."""
    y = box.top - _RULED
    while y > box.y:
        ink.rule(box.x, y, box.right, colour=FAINT, line=0.5)
        y -= _RULED
