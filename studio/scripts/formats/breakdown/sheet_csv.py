"""A breakdown as CSV: one row an element, to be sorted and counted in any spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from studio.scripts.sheet.categories import LABELS, Category
from studio.scripts.sheet.views import Breakdown, BreakdownSheet

COLUMNS = ("Scene", "Heading", "Set", "Int/Ext", "Time", "Script day", "Pages", "Category", "Element", "No.", "By")
INSIDE = {"INT": "INT", "EXT": "EXT", "INT_EXT": "INT/EXT"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def csv_of(breakdown: Breakdown) -> bytes:
    """UTF-8 with the mark Excel wants. A scene without elements has one row, so that every scene is there.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for sheet in breakdown.sheets:
        for row in rows_of(sheet):
            writer.writerow([guarded(cell) for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def rows_of(sheet: BreakdownSheet) -> Iterator[tuple[str, ...]]:
    """The rows of one scene, people first."""
    strip = sheet.strip
    scene = (
        strip.number,
        strip.heading,
        strip.set_name,
        INSIDE.get(strip.int_ext, ""),
        strip.time_of_day,
        strip.script_day,
        strip.pages,
    )
    elements = [(LABELS[Category.CAST], member.name, str(member.number), member.origin) for member in sheet.cast]
    elements += [(LABELS[tag.category], tag.name, "", tag.origin) for tag in sheet.elements]
    for element in elements or [("", "", "", "")]:
        yield (*scene, *element)


def guarded(cell: str) -> str:
    """A cell no spreadsheet runs. Source: OWASP, "CSV Injection"."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
