"""A board as a shot list: one row a shot, as CSV and as an Excel workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from studio.core.errors import Invalid
from studio.scripts.formats.breakdown.sheet_csv import guarded
from studio.storyboards.printing.book import ANGLES, BoardBook, BookPanel, BookScene, move_word

Value = str | float | int
ColumnName = Literal[
    "scene",
    "heading",
    "shot",
    "size",
    "angle",
    "move",
    "lens",
    "panels",
    "seconds",
    "cast",
    "action",
    "dialogue",
    "version",
    "origin",
]
_LONGEST_CELL = 32_767
_INK = "#000000"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a shot list: its head, its width in letters, and what it says of a shot; numbers stay numbers."""

    label: str
    width: int
    value: Callable[[BookScene, BookPanel], Value]
    form: str = ""


COLUMNS: dict[str, Column] = {
    "scene": Column("Scene", 8, lambda scene, _: scene.number),
    "heading": Column("Heading", 34, lambda scene, _: scene.heading),
    "shot": Column("Shot", 8, lambda _, panel: panel.shot_number),
    "size": Column("Size", 9, lambda _, panel: panel.size),
    "angle": Column("Angle", 12, lambda _, panel: ANGLES.get(panel.angle, panel.angle)),
    "move": Column("Move", 12, lambda _, panel: move_word(panel)),
    "lens": Column("Lens (mm)", 10, lambda _, panel: round(panel.lens_mm, 1), "0.#"),
    "panels": Column("Panels", 8, lambda _, panel: panel.parts, "0"),
    "seconds": Column("Seconds", 9, lambda _, panel: round(panel.shot_seconds or panel.seconds, 2), "0.00"),
    "cast": Column("Cast", 22, lambda _, panel: ", ".join(panel.cast)),
    "action": Column("Action", 60, lambda _, panel: panel.action),
    "dialogue": Column("Dialogue", 60, lambda _, panel: "\n".join(f"{who}: {said}" for who, said in panel.dialogue)),
    "version": Column("Picture", 8, lambda _, panel: "" if panel.version is None else panel.version, "0"),
    "origin": Column("Drawn by", 12, lambda _, panel: panel.origin or ""),
}
"""Every column by its name, in the usual order."""


def shot_list_csv(book: BoardBook, columns: Sequence[str] | None = None) -> bytes:
    """UTF-8 with the mark Excel wants, one row a shot under a row of heads.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.

    Raises:
        Invalid: there is no such column, or none was named.
    """
    chosen = chosen_columns(usual_columns(book) if columns is None else columns)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.label for column in chosen])
    for scene in book.scenes:
        for panel in scene.shots:
            values = (column.value(scene, panel) for column in chosen)
            writer.writerow([guarded(value) if isinstance(value, str) else _figure(value) for value in values])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def shot_list_xlsx(book: BoardBook, columns: Sequence[str] | None = None) -> bytes:
    """One sheet with the heads frozen. Every cell is a text or a number, never a formula; same input, same bytes.

    Raises:
        Invalid: there is no such column, or none was named.
    """
    import xlsxwriter

    chosen = chosen_columns(usual_columns(book) if columns is None else columns)
    data = io.BytesIO()
    made: Any = xlsxwriter.Workbook(
        data, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    made.set_properties(
        {"title": _cell(book.title), "author": _cell(book.author), "created": datetime(2000, 1, 1, tzinfo=UTC)}
    )
    page = made.add_worksheet("Shot list")
    head = made.add_format({"bold": True, "bg_color": _INK, "font_color": "#FFFFFF", "valign": "vcenter", "border": 1})
    looks = [made.add_format(_look(column)) for column in chosen]
    for at, column in enumerate(chosen):
        page.set_column(at, at, column.width)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for at, column in enumerate(chosen):
        page.write_string(0, at, column.label, head)
    row = 0
    for scene in book.scenes:
        for panel in scene.shots:
            row += 1
            for at, column in enumerate(chosen):
                _write(page, row, at, column.value(scene, panel), looks[at])
    if row:
        page.autofilter(0, 0, row, len(chosen) - 1)
    made.close()
    return data.getvalue()


def _figure(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _write(page: Any, row: int, at: int, value: Value, look: Any) -> None:
    if isinstance(value, str):
        page.write_string(row, at, _cell(value), look)
    else:
        page.write_number(row, at, value, look)


def _look(column: Column) -> dict[str, Any]:
    return {"valign": "top", "text_wrap": column.width >= 20} | ({"num_format": column.form} if column.form else {})


def usual_columns(book: BoardBook) -> tuple[str, ...]:
    """Every column, that of the panels only where a shot of the book has several."""
    several = any(panel.parts > 1 for panel in book.panels)
    return tuple(name for name in COLUMNS if several or name != "panels")


def chosen_columns(columns: Sequence[str]) -> list[Column]:
    """The columns of these names, in their order. Raises: Invalid."""
    if not columns:
        raise Invalid("A shot list needs at least one column.", field="columns")
    unknown = next((name for name in columns if name not in COLUMNS), None)
    if unknown is not None:
        raise Invalid(f"A shot list has no column {unknown}. Choose from {', '.join(COLUMNS)}.", field="columns")
    return [COLUMNS[name] for name in columns]


def _cell(text: str) -> str:
    """A text a cell can hold: Excel's longest is 32,767 characters, and half a letter is none."""
    return text[:_LONGEST_CELL].encode("utf-8", "replace").decode()
