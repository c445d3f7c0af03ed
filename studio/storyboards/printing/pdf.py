"""A board as a PDF: cover, then pages of panels in a layout. Pictures are made small first, one after the other."""

from __future__ import annotations

from pathlib import Path

from studio.scripts.sheet.strips import in_pages
from studio.storyboards.printing import Tell
from studio.storyboards.printing.book import STAND_IN, BoardBook, BookPanel, BookScene, clock, shot_terms
from studio.storyboards.printing.cover import print_cover, strip_of
from studio.storyboards.printing.fitting import Run, held, lines_of, plain, width_of
from studio.storyboards.printing.grid import (
    BETWEEN,
    CAPITAL,
    DESCENT,
    HEAD_AIR,
    HEAD_GAP,
    HEADER,
    MARGIN,
    NOTE_LINE,
    Band,
    Box,
    Cell,
    Grid,
    PanelPage,
    grid_of,
    pages_of,
)
from studio.storyboards.printing.ink import BLACK, FAINT, QUIET, WHITE, Ink
from studio.storyboards.printing.jpeg import ENOUGH_DOTS_PER_INCH, Wanted, encoded
from studio.storyboards.printing.layouts import Layout

_PICTURE_STEPS = 10
"""A picture takes as long as so many pages."""


def write_pdf(book: BoardBook, layout: Layout, out: Path, *, cover: bool = True, tell: Tell | None = None) -> int:
    """Print a board to a file; how many pages it has. The same book gives the same bytes.

    Raises:
        UnsupportedMedia: a picture cannot be read; the sentence names the shot.
        Unavailable: the file cannot be written.
    """
    grid = grid_of(layout, book.aspect)
    pages = pages_of(book, grid)
    first = 2 if cover else 1
    last = len(pages) + first - 1
    ink = Ink(out, layout.size, title=plain(book.title) or "Untitled", author=plain(book.author))
    wanted = _wanted(book, grid, cover=cover)
    drawn = len(wanted) * _PICTURE_STEPS
    steps = drawn + len(pages)
    for at, (path, picture) in enumerate(encoded(wanted), start=1):
        ink.embed(path, picture)
        if tell:
            tell(f"picture {at} of {len(wanted)}", at * _PICTURE_STEPS, steps)
    if cover:
        print_cover(ink, book, layout)
        ink.end_page()
    for at, page in enumerate(pages, start=first):
        _print_page(ink, book, grid, page, f"{at} of {last}")
        ink.end_page()
        if tell:
            tell(f"page {at} of {last}", drawn + at - first + 1, steps)
    ink.finish()
    return last


def pixels_wide(book: BoardBook, layout: Layout) -> int:
    """How many pixels across the pictures of a board must have to be printed well."""
    widest = max([grid_of(layout, book.aspect).picture.width, *(box.width for _, box in strip_of(book, layout))])
    return round(widest / 72 * ENOUGH_DOTS_PER_INCH)


def _wanted(book: BoardBook, grid: Grid, *, cover: bool) -> list[Wanted]:
    """Every picture file once, with the longest side it is printed at."""
    found: dict[Path, Wanted] = {}
    longest = max(grid.picture.width, grid.picture.height)
    for panel in book.panels:
        if panel.picture is not None:
            found.setdefault(panel.picture, Wanted(panel.picture, longest, panel.number))
    for panel, box in strip_of(book, grid.layout) if cover else ():
        if panel.picture is not None:
            found[panel.picture] = Wanted(panel.picture, max(longest, box.width, box.height), panel.number)
    return list(found.values())


def _print_page(ink: Ink, book: BoardBook, grid: Grid, page: PanelPage, place: str) -> None:
    y = grid.height - MARGIN - 9
    ink.text(MARGIN, y, book.title or "Untitled", 9, grid.width * 0.5, bold=True)
    stood_in = any(cell.panel.origin == STAND_IN for cell in page.cells)
    told = f"Stand-in pictures · Page {place}" if stood_in else f"Page {place}"
    ink.text(grid.right, y, told, 8, grid.width * 0.35, right=True, colour=QUIET)
    ink.rule(MARGIN, grid.height - MARGIN - HEADER + 4, grid.right, line=1.0)
    for band in page.bands:
        _print_band(ink, grid, band)
        if not band.goes_on:
            ink.chapter(plain(f"{band.scene.number}. {band.scene.heading}"))
    for cell in page.cells:
        _print_panel(ink, grid, cell)


def _print_band(ink: Ink, grid: Grid, band: Band) -> None:
    """The head of a scene: its number in a black box, its heading, and how long it is."""
    base = grid.band_top(band.row) - 15
    number = min(width_of(band.scene.number, 9, bold=True), 90.0)
    ink.fill(Box(MARGIN, base - 3.6, number + 10, 13), BLACK)
    ink.text(MARGIN + 5, base, band.scene.number, 9, number + 0.1, bold=True, colour=WHITE)
    told = "continued" if band.goes_on else _length(band.scene)
    taken = ink.text(grid.right, base, told, 7.5, grid.width * 0.4, right=True, colour=QUIET)
    left = MARGIN + number + 18
    ink.text(left, base, band.scene.heading.upper(), 9, grid.right - taken - 12 - left, bold=True)


def _length(scene: BookScene) -> str:
    shots = f"{len(scene.shots)} shot{'' if len(scene.shots) == 1 else 's'}"
    pages = f"{in_pages(scene.eighths)} pages" if scene.eighths else ""
    return " · ".join(filter(None, (shots, clock(scene.seconds), pages)))


def _print_panel(ink: Ink, grid: Grid, cell: Cell) -> None:
    ink.picture(cell.panel, grid.picture_at(cell.row, cell.column))
    box = grid.words_at(cell.row, cell.column)
    top = box.top
    if {"number", "shot", "duration"} & set(grid.layout.words):
        top -= grid.type.number * CAPITAL + (0.0 if grid.layout.beside else HEAD_AIR)
        _print_head(ink, grid, cell.panel, box, top)
        top -= HEAD_GAP
    bottom = box.y + grid.layout.note_lines * NOTE_LINE
    if grid.layout.note_lines and grid.layout.beside:
        bottom = box.y
    last = _print_words(ink, grid, cell.panel, Box(box.x, bottom, box.width, top - bottom))
    _print_note_lines(ink, grid, box, last)


def _print_head(ink: Ink, grid: Grid, panel: BookPanel, box: Box, base: float) -> None:
    """Number at the left, length at the right, the shot's terms between them."""
    words, type = grid.layout.words, grid.type
    left, right = box.x, box.right
    if "number" in words:
        left += ink.text(left, base, panel.number, type.number, box.width * 0.4, bold=True) + type.words
    if "duration" in words:
        right -= ink.text(right, base, f"{panel.seconds:.1f} s", type.words, box.width * 0.3, right=True) + type.words
    if "shot" in words:
        long, short = shot_terms(panel)
        room = right - left
        ink.text(
            left, base, long if 0.85 * width_of(long, type.words) <= room else short, type.words, room, colour=QUIET
        )


def _print_words(ink: Ink, grid: Grid, panel: BookPanel, box: Box) -> float:
    """Action, then dialogue, sharing the lines there are; the lowest edge of what was printed."""
    type = grid.type
    action = lines_of([(panel.action, False)], type.words, box.width) if "action" in grid.layout.words else []
    spoken = _spoken(panel, type.words, box.width) if "dialogue" in grid.layout.words else []
    gap = type.leading * BETWEEN if action and spoken else 0.0
    most = max(0, int((box.height - gap - DESCENT * type.words) / type.leading + 0.01))
    for_action, for_spoken = shared(len(action), len(spoken), most)
    y = box.top
    for line in held(action, for_action, type.words, box.width):
        y -= type.leading
        ink.runs(line, box.x, y, type.words)
    if for_action and for_spoken:
        y -= gap
    for line in held(spoken, for_spoken, type.words, box.width):
        y -= type.leading
        ink.runs(line, box.x, y, type.words)
    return y


def shared(first: int, second: int, most: int) -> tuple[int, int]:
    """How many lines each of two texts gets when there are so many: all it needs, or at least half of what there is."""
    if first + second <= most:
        return first, second
    given = min(first, max(most - second, (most + 1) // 2))
    return given, min(second, most - given)


def _spoken(panel: BookPanel, size: float, width: float) -> list[tuple[Run, ...]]:
    """What is said, every speech on lines of its own behind the name of who says it."""
    return [
        line
        for speaker, words in panel.dialogue
        for line in lines_of([(f"{speaker}:" if speaker else "", True), (words, False)], size, width)
    ]


def _print_note_lines(ink: Ink, grid: Grid, box: Box, last: float) -> None:
    """Ruled lines at the foot of the words; beside a picture as many as fit below what was printed."""
    for at in range(grid.layout.note_lines):
        y = box.y + at * NOTE_LINE + 0.3
        if y + NOTE_LINE * 0.7 <= last - 3:
            ink.rule(box.x, y, box.right, colour=FAINT, line=0.5)
