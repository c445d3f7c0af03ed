"""A board written into the file that was asked for."""

from __future__ import annotations

from pathlib import Path

from studio.core.errors import Unavailable
from studio.storyboards.exchange.writing import write_project
from studio.storyboards.printing import Tell, moving
from studio.storyboards.printing.book import BoardBook
from studio.storyboards.printing.options import PrintOptions
from studio.storyboards.printing.pdf import pixels_wide, write_pdf
from studio.storyboards.printing.pictures import write_zip
from studio.storyboards.printing.shotlist import shot_list_csv, shot_list_xlsx
from studio.storyboards.printing.worksheet.pages import write_worksheets

_WHOLE = 1 << 30


def pixels_needed(book: BoardBook, options: PrintOptions) -> int:
    """How many pixels across the pictures of this file must have; 0 when it has none."""
    if options.format in ("csv", "xlsx", "worksheet"):
        return 0
    if options.format == "gif":
        return moving.WIDTH
    return pixels_wide(book, options.page()) if options.format == "pdf" else _WHOLE


def write_print(book: BoardBook, options: PrintOptions, out: Path, *, tell: Tell | None = None) -> int:
    """Write the file; how many pages, pictures or rows it has. The same book gives the same bytes.

    Raises:
        Invalid: no panel is drawn, and pictures were asked for.
        UnsupportedMedia: a picture cannot be read; the sentence names the shot.
        Unavailable: the file cannot be written.
    """
    if options.format == "pdf":
        return write_pdf(book, options.page(), out, cover=options.cover, tell=tell)
    if options.format == "worksheet":
        return write_worksheets(book, options.form(book.aspect), out, blank=options.blank, tell=tell)
    if options.format == "zip":
        return write_zip(book, out, options.names, tell=tell)
    if options.format == "gif":
        return moving.write_gif(book, out, tell=tell)
    if options.format == "storyboarder":
        return write_project(book, out, tell=tell)
    listed = shot_list_csv if options.format == "csv" else shot_list_xlsx
    try:
        out.write_bytes(listed(book, options.columns_listed(book)))
    except OSError as e:
        raise Unavailable(f"{out.name} could not be written ({e.strerror}).", service="disk") from e
    return len(book.shots)
