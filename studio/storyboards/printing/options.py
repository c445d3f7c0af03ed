"""What somebody asks to be printed of a board: which file, how it looks, and what of the board is in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from studio.storyboards.printing.book import BoardBook
from studio.storyboards.printing.layouts import Layout, LayoutName, Paper, layout_named
from studio.storyboards.printing.pictures import PATTERN, check_pattern
from studio.storyboards.printing.shotlist import COLUMNS, ColumnName, chosen_columns, usual_columns

PrintFormat = Literal["pdf", "csv", "xlsx", "zip", "gif", "storyboarder"]

MIME: dict[PrintFormat, str] = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "gif": "image/gif",
    "storyboarder": "application/zip",
}
NEED_PICTURES: tuple[PrintFormat, ...] = ("zip", "gif")
"""Files that cannot be made of a board of which nothing is drawn."""
_CALLED: dict[PrintFormat, str] = {
    "pdf": "board",
    "csv": "shot list",
    "xlsx": "shot list",
    "zip": "pictures",
    "gif": "animatic",
    "storyboarder": "",
}
ENDINGS: dict[PrintFormat, str] = {**{format: f".{format}" for format in MIME}, "storyboarder": ".storyboarder.zip"}
"""What the names of files end with."""


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """One file of a board. No `scenes` (positions) means all, no `fields` all columns of the shot list.

    `columns` of panels and `landscape` are the layout's own when they are None.

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

    def __post_init__(self) -> None:
        self.page()
        chosen_columns(self.fields or tuple(COLUMNS))
        check_pattern(self.names)

    def page(self) -> Layout:
        """The layout of a page, as asked for."""
        return layout_named(self.layout, columns=self.columns, paper=self.paper, landscape=self.landscape)

    def columns_listed(self, book: BoardBook) -> tuple[str, ...]:
        """The columns asked for, or all; panels are counted where a shot of the book has several."""
        return self.fields or usual_columns(book)

    def file_name(self, book: BoardBook) -> str:
        """What the file is called: "The Last Ferry scene 2 shot list.csv"."""
        called = "contact sheet" if self.format == "pdf" and self.layout == "contact" else _CALLED[self.format]
        numbers = [scene.number for scene in book.scenes] if self.scenes else []
        part = f"scene{'s' * (len(numbers) > 1)} {'-'.join(numbers)}"[:40] if numbers else ""
        title = (book.title or "Untitled").replace("/", "-")[:80]
        return f"{' '.join(filter(None, (title, part, called)))}{ENDINGS[self.format]}"

    def plain(self) -> dict[str, Any]:
        """JSON values."""
        return asdict(self) | {"scenes": list(self.scenes), "fields": list(self.fields)}


def print_options(plain: dict[str, Any]) -> PrintOptions:
    """The options from their JSON values. Raises: Invalid."""
    values: dict[str, Any] = {**plain, "scenes": tuple(plain["scenes"]), "fields": tuple(plain["fields"])}
    return PrintOptions(**values)
