"""What somebody asks to be printed of a board: which file, how it looks, and what of the board is in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from studio.core.errors import Invalid
from studio.storyboards.printing.book import BoardBook
from studio.storyboards.printing.layouts import Layout, LayoutName, Paper, layout_named
from studio.storyboards.printing.pictures import PATTERN, check_pattern
from studio.storyboards.printing.shotlist import COLUMNS, ColumnName, chosen_columns, usual_columns
from studio.storyboards.printing.worksheet.form import Form

PrintFormat = Literal["pdf", "csv", "xlsx", "zip", "gif", "storyboarder", "worksheet"]

MIME: dict[PrintFormat, str] = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "gif": "image/gif",
    "storyboarder": "application/zip",
    "worksheet": "application/pdf",
}
MOST_BLANK = 50
"""Pages of empty frames that are nobody's, in one file."""
NEED_PICTURES: tuple[PrintFormat, ...] = ("zip", "gif")
"""Files that cannot be made of a board of which nothing is drawn."""
_CALLED: dict[PrintFormat, str] = {
    "pdf": "board",
    "csv": "shot list",
    "xlsx": "shot list",
    "zip": "pictures",
    "gif": "animatic",
    "storyboarder": "",
    "worksheet": "worksheet",
}
_ENDS_AS: dict[PrintFormat, str] = {"storyboarder": ".storyboarder.zip", "worksheet": ".pdf"}
ENDINGS: dict[PrintFormat, str] = {format: _ENDS_AS.get(format, f".{format}") for format in MIME}
"""What the names of files end with."""


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """One file of a board. No `scenes` (positions) means all, no `fields` all columns of the shot list.

    `columns` of panels and `landscape` are the layout's own when they are None. A worksheet has `columns` x `rows` frames on
    a page, and with `blank` so many pages that are nobody's yet instead of the board's shots.

    Raises:
        Invalid: it cannot be printed so; the sentence says why.
    """

    format: PrintFormat = "pdf"
    scenes: tuple[int, ...] = ()
    layout: LayoutName = "standard"
    columns: int | None = None
    paper: Paper = "letter"
    landscape: bool | None = None
    cover: bool = True
    fields: tuple[ColumnName, ...] = ()
    names: str = PATTERN
    rows: int | None = None
    blank: int = 0

    def __post_init__(self) -> None:
        self.page()
        if self.format == "worksheet":
            self.form(1.0)
        if not 0 <= self.blank <= MOST_BLANK:
            raise Invalid(f"At most {MOST_BLANK} blank pages are made at once.", field="blank")
        chosen_columns(self.fields or tuple(COLUMNS))
        check_pattern(self.names)

    def page(self) -> Layout:
        """The layout of a page, as asked for."""
        return layout_named(self.layout, columns=self.columns, paper=self.paper, landscape=self.landscape)

    def form(self, aspect: float) -> Form:
        """A page of the worksheet, for frames of this shape (width over height); upright unless it is asked for broad."""
        columns, rows = (3, 2) if self.landscape else (2, 3)
        return Form(self.columns or columns, self.rows or rows, aspect, self.paper, bool(self.landscape))

    def columns_listed(self, book: BoardBook) -> tuple[str, ...]:
        """The columns asked for, or all; panels are counted where a shot of the book has several."""
        return self.fields or usual_columns(book)

    def file_name(self, book: BoardBook) -> str:
        """What the file is called: "The Last Ferry scene 2 shot list.csv"."""
        called = "contact sheet" if self.format == "pdf" and self.layout == "contact" else _CALLED[self.format]
        numbers = [scene.number for scene in book.scenes] if self.scenes and not self.blank else []
        part = f"scene{'s' * (len(numbers) > 1)} {'-'.join(numbers)}"[:40] if numbers else ""
        title = (book.title or "Untitled").replace("/", "-")[:80]
        called = "blank worksheet" if self.blank else called
        return f"{' '.join(filter(None, (title, part, called)))}{ENDINGS[self.format]}"

    def plain(self) -> dict[str, Any]:
        """JSON values."""
        return asdict(self) | {"scenes": list(self.scenes), "fields": list(self.fields)}


def print_options(plain: dict[str, Any]) -> PrintOptions:
    """The options from their JSON values. Raises: Invalid."""
    values: dict[str, Any] = {**plain, "scenes": tuple(plain["scenes"]), "fields": tuple(plain["fields"])}
    return PrintOptions(**values)
