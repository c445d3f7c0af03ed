"""The cover of a printed board: what it is, by whom, how much of it there is, and a strip of its panels."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from studio.storyboards.printing.book import BoardBook, BookPanel, clock, spread
from studio.storyboards.printing.fitting import held, lines_of
from studio.storyboards.printing.grid import MARGIN, Box
from studio.storyboards.printing.ink import ACCENT, QUIET, Ink
from studio.storyboards.printing.layouts import Layout

_GAP, _MOST_COLUMNS = 8.0, 8
_STRIP = 0.175  # of the page's height, one row
_BAR = 54.0
_TITLE, _TITLE_LINES = 40.0, 3


def strip_of(book: BoardBook, layout: Layout) -> tuple[tuple[BookPanel, Box], ...]:
    """The panels on the cover and where they stand: at most two rows from margin to margin, of four on a broad page, of three on
    an upright one, of more where pictures are narrow.
    """
    width, height = layout.size
    whole, most = width - 2 * MARGIN, height * _STRIP * book.aspect
    columns = max(4 if layout.landscape else 3, min(_MOST_COLUMNS, int((whole + _GAP) / (most + _GAP))))
    panels = tuple(spread(book.panels, columns * (2 if book.drawn >= 2 * columns else 1)))
    each = min((whole - (columns - 1) * _GAP) / columns, most)
    tall = each / book.aspect
    apart = (whole - columns * each) / (columns - 1)
    top = height * (0.555 if layout.landscape else 0.56)
    return tuple(
        (
            panel,
            Box(MARGIN + (at % columns) * (each + apart), top - tall - (at // columns) * (tall + _GAP), each, tall),
        )
        for at, panel in enumerate(panels)
    )


def print_cover(ink: Ink, book: BoardBook, layout: Layout) -> None:
    """The first page."""
    width, height = layout.size
    whole = width - 2 * MARGIN
    ink.fill(Box(MARGIN, height - MARGIN - 6, _BAR, 6), ACCENT)
    ink.text(MARGIN, height - MARGIN - 26, "STORYBOARD", 11, whole, bold=True)
    size, lines = _title(book.title or "Untitled", whole)
    y = height * 0.80
    for line in lines:
        ink.runs(line, MARGIN, y, size)
        y -= size * 1.05
    if book.author:
        ink.text(MARGIN, y - 6, f"Written by {book.author}", 13, whole, colour=QUIET)
        y -= 20
    if book.stand_ins:
        ink.text(MARGIN, y - 6, _stood_in(book), 9, whole, colour=QUIET)
    for panel, box in strip_of(book, layout):
        ink.picture(panel, box)
    _figures(ink, book, layout)


def _title(title: str, width: float) -> tuple[float, list[tuple[tuple[str, bool], ...]]]:
    """The title as large as it stands on one line, down to half the size, then on up to three lines."""
    for size in (_TITLE, 34.0, 28.0, 24.0):
        lines = lines_of([(title, True)], size, width)
        if len(lines) == 1:
            return size, lines
    return 24.0, held(lines_of([(title, True)], 24.0, width), _TITLE_LINES, 24.0, width)


def _stood_in(book: BoardBook) -> str:
    if book.stand_ins == book.drawn:
        return "The pictures are stand-ins."
    return f"{book.stand_ins} of {book.drawn} pictures {'is a stand-in' if book.stand_ins == 1 else 'are stand-ins'}."


def _figures(ink: Ink, book: BoardBook, layout: Layout) -> None:
    """Scenes, shots, length and date in a row along the foot."""
    found = list(_told(book))
    each = (layout.size[0] - 2 * MARGIN) / len(found)
    y = MARGIN + 34
    ink.rule(MARGIN, y + 30, layout.size[0] - MARGIN, line=1.2)
    for at, (figure, word) in enumerate(found):
        x = MARGIN + at * each
        ink.text(x, y, figure, 22, each - 14, bold=True)
        ink.text(x, y - 16, word, 9, each - 14, colour=QUIET)


def _told(book: BoardBook) -> Iterator[tuple[str, str]]:
    shots, panels = len(book.shots), len(book.panels)
    yield str(len(book.scenes)), "scene" if len(book.scenes) == 1 else "scenes"
    drawn = "" if book.drawn == panels else f", {book.drawn} drawn"
    yield str(shots), ("shot" if shots == 1 else "shots") + (f", {panels} panels" if panels > shots else "") + drawn
    yield clock(book.seconds), "minutes"
    yield day(book.date), "date"


def day(when: date) -> str:
    """A date nobody mistakes: 21 Nov 2026."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
