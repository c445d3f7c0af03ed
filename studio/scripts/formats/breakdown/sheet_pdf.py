"""A breakdown as PDF, US Letter: one sheet a scene on the form film people know, in the colour of its strip, then the strips."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from studio.scripts.formats.breakdown.sheet_csv import INSIDE
from studio.scripts.formats.breakdown.sheet_ink import BOLD, INK, LETTER, PLAIN, QUIET, Ink
from studio.scripts.formats.breakdown.sheet_strips import print_strips
from studio.scripts.formats.breakdown.sheet_xlsx import STRIP_COLOURS
from studio.scripts.sheet.categories import LABELS, Category
from studio.scripts.sheet.views import Breakdown, BreakdownSheet

_LEFT, _RIGHT, _TOP, _BOTTOM = 36.0, LETTER[0] - 36.0, LETTER[1] - 36.0, 40.0
_LINE = 13.0
_BAND = 50.0

# Rows of boxes from the top: the share of the height, and the category of each of the three columns.
_FORM: tuple[tuple[float, tuple[Category | None, ...]], ...] = (
    (0.30, (Category.CAST, Category.BACKGROUND, Category.PROPS)),
    (0.22, (Category.WARDROBE, Category.MAKEUP, Category.STUNTS)),
    (0.16, (Category.VEHICLES, Category.ANIMALS, Category.SPECIAL_EQUIPMENT)),
    (0.16, (Category.SFX, Category.VFX, Category.SOUND)),
    (0.16, (Category.MUSIC, None, None)),
)


def pdf_of(breakdown: Breakdown) -> bytes:
    """The sheets in order, a full box going on overleaf, then the strip board. The same breakdown gives the same bytes."""
    data = io.BytesIO()
    ink = Ink(data, title=f"{breakdown.title} - breakdown", author=breakdown.author)
    for sheet in breakdown.sheets:
        _print_sheet(ink, breakdown.title, sheet)
    print_strips(ink, breakdown)
    ink.finish()
    return data.getvalue()


def _print_sheet(ink: Ink, title: str, sheet: BreakdownSheet) -> None:
    waiting = _listed(sheet)
    part = 1
    while True:
        waiting = _print_page(ink, title, sheet, waiting, part)
        if not any(waiting.values()):
            return
        part += 1


def _listed(sheet: BreakdownSheet) -> dict[Category, list[str]]:
    """What goes into each box, in lines as they are printed."""
    found: dict[Category, list[str]] = {category: [] for category in Category}
    found[Category.CAST] = [f"{member.number}.  {member.name}" for member in sheet.cast]
    for tag in sheet.elements:
        found[tag.category].append(tag.name)
    return found


def _print_page(
    ink: Ink, title: str, sheet: BreakdownSheet, waiting: dict[Category, list[str]], part: int
) -> dict[Category, list[str]]:
    """One page of a sheet; what did not find room in its box is given back."""
    ink.page()
    top = _head(ink, title, sheet, part)
    rest: dict[Category, list[str]] = {}
    for x, y, width, height, category in _boxes(top):
        ink.box(x, y, width, height)
        ink.text(x + 6, y + height - 13, LABELS[category].upper() if category else "NOTES", BOLD, 7.5, width - 12)
        if category:
            rest[category] = _fill(ink, waiting.get(category, []), x + 6, y + height - 27, width - 12, y + 5)
    return rest


def _fill(ink: Ink, lines: list[str], x: float, y: float, width: float, bottom: float) -> list[str]:
    for at, line in enumerate(lines):
        last = y - _LINE < bottom
        if y < bottom or (last and at + 1 < len(lines)):
            ink.text(x, max(y, bottom), f"{len(lines) - at} more overleaf", PLAIN, 8, width, colour=QUIET)
            return lines[at:]
        ink.text(x, y, line, PLAIN, 9.5, width)
        y -= _LINE
    return []


def _boxes(top: float) -> Iterator[tuple[float, float, float, float, Category | None]]:
    """Left, bottom, width and height of every box of the form."""
    width, whole = (_RIGHT - _LEFT) / 3, top - _BOTTOM
    y = top
    for share, categories in _FORM:
        height = whole * share
        y -= height
        for column, category in enumerate(categories):
            if category is None and column == 1:
                yield _LEFT + width, y, 2 * width, height, None
            elif category is not None:
                yield _LEFT + column * width, y, width, height, category


def _head(ink: Ink, title: str, sheet: BreakdownSheet, part: int) -> float:
    """The head of the form in the colour of the strip; where the boxes begin."""
    strip = sheet.strip
    y = _TOP
    ink.text(_LEFT, y - 4, "BREAKDOWN SHEET", BOLD, 15, 220)
    ink.text(_RIGHT, y - 4, title, BOLD, 11, 300, right=True)
    ink.text(
        _RIGHT,
        y + 9,
        f"Sheet {strip.position + 1}{f', page {part}' if part > 1 else ''}",
        PLAIN,
        8,
        200,
        right=True,
        colour=QUIET,
    )
    y -= 14 + _BAND
    cells: Any = (
        (0.13, "SCENE", strip.number, 22),
        (0.13, "INT / EXT", INSIDE.get(strip.int_ext, ""), 14),
        (0.37, "SET", strip.set_name or strip.heading, 14),
        (0.15, "TIME", strip.time_of_day, 11),
        (0.11, "SCRIPT DAY", strip.script_day, 14),
        (0.11, "PAGES", strip.pages, 14),
    )
    ink.box(_LEFT, y, _RIGHT - _LEFT, _BAND, fill=STRIP_COLOURS[strip.colour], line=1.6)
    x = _LEFT
    for share, label, value, size in cells:
        width = (_RIGHT - _LEFT) * share
        if x > _LEFT:
            ink.rule(x, y, x, y + _BAND)
        ink.text(x + 6, y + _BAND - 12, label, PLAIN, 6.5, width - 12)
        ink.text(x + 6, y + 11, value, BOLD, size, width - 12)
        x += width
    ink.box(_LEFT, y - 34, _RIGHT - _LEFT, 34)
    ink.text(_LEFT + 6, y - 11, "SYNOPSIS", PLAIN, 6.5, 80, colour=INK)
    ink.text(_LEFT + 6, y - 26, sheet.synopsis or strip.story, PLAIN, 9.5, _RIGHT - _LEFT - 12)
    return y - 34
