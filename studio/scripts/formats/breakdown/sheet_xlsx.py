"""A breakdown as an Excel workbook: the elements, the strips in their colours, who is in which scene."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from studio.scripts.formats.breakdown.sheet_csv import COLUMNS, INSIDE, rows_of
from studio.scripts.sheet.views import Breakdown, StripView

STRIP_COLOURS = {"white": "#FFFFFF", "yellow": "#FBE27A", "blue": "#A9D2F0", "green": "#A8DDB0", "grey": "#DDDDDD"}
"""What strip boards are printed in: inside by day, outside by day, inside by night, outside by night, not said."""
_INK = "#000000"
_STRIPS = ("Scene", "Int/Ext", "Set", "Time", "Script day", "Pages", "Eighths", "Cast", "Story")


def xlsx_of(breakdown: Breakdown) -> bytes:
    """Three sheets: Breakdown, Strips, Cast by scene. Every cell is a text or a number, never a formula; same input, same bytes.

    Rows are written in order and leave the memory at once.
    """
    data = io.BytesIO()
    book: Any = xlsxwriter.Workbook(
        data, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {
            "title": _plain(breakdown.title),
            "author": _plain(breakdown.author),
            "created": datetime(2000, 1, 1, tzinfo=UTC),
        }
    )
    head = book.add_format({"bold": True, "bg_color": _INK, "font_color": "#FFFFFF", "valign": "vcenter", "border": 1})
    _breakdown(book, head, breakdown)
    _strips(book, head, breakdown)
    _chart(book, head, breakdown)
    book.close()
    return data.getvalue()


def _breakdown(book: Any, head: Any, breakdown: Breakdown) -> None:
    page = _page(book, "Breakdown", head, COLUMNS, (8, 34, 26, 9, 12, 11, 9, 20, 34, 6, 11))
    rows = (row for sheet in breakdown.sheets for row in rows_of(sheet))
    for at, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            page.write_string(at, column, _plain(cell))


def _strips(book: Any, head: Any, breakdown: Breakdown) -> None:
    page = _page(book, "Strips", head, _STRIPS, (8, 9, 34, 12, 11, 8, 8, 16, 70))
    looks = _looks(book)
    for at, strip in enumerate(breakdown.chart.strips, start=1):
        look = looks[strip.colour]
        texts = (strip.number, INSIDE.get(strip.int_ext, ""), strip.set_name or strip.heading, strip.time_of_day)
        for column, cell in enumerate((*texts, strip.script_day, strip.pages)):
            page.write_string(at, column, _plain(cell), look)
        page.write_number(at, 6, strip.eighths, look)
        page.write_string(at, 7, ", ".join(map(str, strip.cast)), look)
        page.write_string(at, 8, _plain(strip.story), look)


def _chart(book: Any, head: Any, breakdown: Breakdown) -> None:
    strips = breakdown.chart.strips
    columns = ("No.", "Name", "Scenes", "Eighths", *(_scene(strip) for strip in strips))
    page = _page(book, "Cast by scene", head, columns, (5, 26, 8, 8, *[6] * len(strips)))
    looks = _looks(book)
    for at, person in enumerate(breakdown.chart.people, start=1):
        page.write_number(at, 0, person.number)
        page.write_string(at, 1, _plain(person.name))
        page.write_number(at, 2, len(person.scenes))
        page.write_number(at, 3, person.eighths)
        in_scenes = set(person.scenes)
        for column, strip in enumerate(strips, start=4):
            if strip.position in in_scenes:
                page.write_string(at, column, "W", looks[strip.colour])


def _page(book: Any, name: str, head: Any, columns: tuple[str, ...], widths: tuple[int, ...]) -> Any:
    page = book.add_worksheet(name)
    for at, width in enumerate(widths):
        page.set_column(at, at, width)
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for at, label in enumerate(columns):
        page.write_string(0, at, _plain(label), head)
    return page


def _looks(book: Any) -> dict[str, Any]:
    return {name: book.add_format({"bg_color": colour, "border": 1}) for name, colour in STRIP_COLOURS.items()}


def _scene(strip: StripView) -> str:
    return f"Sc. {strip.number}"


def _plain(text: str) -> str:
    """A text a cell can hold: Excel's longest is 32,767 characters."""
    return text[:32_767]
