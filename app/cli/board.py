"""`inkreel board`: a script's storyboard as a PDF, a shot list, pictures, a moving picture or a project of Storyboarder, with
real workers and no server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli import folder
from app.cli.health import BOARD, require_tools
from app.cli.show import Show, counted, json_show, rich_show
from app.cli.stop import Stop, stoppable
from jobs.crew import crew
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork, reading
from studio.core.errors import Cancelled, Invalid
from studio.core.migrations import migrated
from studio.core.settings import settings
from studio.core.storage import storage
from studio.engine.artist.spec import Style
from studio.projects import service as projects
from studio.projects.views import FilmFormat
from studio.runs.views import RunView
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.storyboards.printing.book import BoardBook
from studio.storyboards.printing.layouts import LAYOUTS, SIZES, listed
from studio.storyboards.printing.options import ENDINGS, PrintOptions, print_options
from studio.storyboards.printing.pictures import PATTERN
from studio.storyboards.printing.shotlist import COLUMNS
from studio.storyboards.printing.writing import pixels_needed, write_print

_KINDS = ".pdf, .csv or .xlsx (shot lists), .zip (the pictures), .gif (moving) or .storyboarder.zip"
_ENDINGS = {
    False: (
        tuple(ending for format, ending in ENDINGS.items() if format != "worksheet"),
        f"A board is written as {_KINDS}: name it {{}}.",
    ),
    True: ((".pdf",), "A worksheet is written as .pdf: name it {}."),
}
"""What a board's file, and a worksheet's, may end with, and the sentence that says so."""


def board(
    script: Annotated[Path, typer.Argument(help=f"A screenplay: {folder.FORMATS}.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help=f"The file: {_KINDS}.")] = Path("board.pdf"),
    layout: Annotated[
        str, typer.Option("--layout", help=f"How a page of the PDF looks: {listed(LAYOUTS)}.")
    ] = "standard",
    columns: Annotated[
        int | None, typer.Option("--columns", help="Panels side by side on a page, 1 to 6.", show_default=False)
    ] = None,
    paper: Annotated[str, typer.Option("--paper", help="letter or a4.")] = "letter",
    landscape: Annotated[
        bool | None, typer.Option("--landscape/--upright", help="Turn the page.", show_default=False)
    ] = None,
    cover: Annotated[bool, typer.Option("--cover/--no-cover", help="Begin with a cover.")] = True,
    scene: Annotated[
        list[str] | None, typer.Option("--scene", help="Only this scene, by its number; may be repeated.")
    ] = None,
    fields: Annotated[
        str, typer.Option("--fields", help=f"Columns of the shot list: {','.join(COLUMNS)}.", show_default=False)
    ] = "",
    names: Annotated[
        str, typer.Option("--names", help="Names of the pictures in the ZIP: {order} {scene} {shot} {size} {title}.")
    ] = PATTERN,
    worksheet: Annotated[
        bool, typer.Option("--worksheet", help="A PDF of empty frames to draw in, --columns by --rows on a page.")
    ] = False,
    rows: Annotated[
        int | None,
        typer.Option("--rows", help="Frames of a worksheet one below the other, 1 to 4.", show_default=False),
    ] = None,
    blank: Annotated[int, typer.Option("--blank", help="So many pages of a worksheet that are of no shot.")] = 0,
    style: Annotated[str, typer.Option("--style", help=f"The hand it is drawn in: {listed(Style)}.")] = Style.MARKER,
    shape: Annotated[
        str, typer.Option("--shape", help=f"The shape of the picture: {', '.join(projects.SHAPES)}.")
    ] = "16:9",
    rate: Annotated[str, typer.Option("--rate", help=f"Frames a second: {', '.join(projects.RATES)}.")] = "24",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line: progress, then the result.")] = False,
) -> None:
    """Make a storyboard of a script: shots, panels, and the file to hand round. Shot lists and worksheets need no drawing."""
    wishes: dict[str, Any] = {"columns": columns, "rows": rows, "landscape": landscape, "cover": cover, "blank": blank}
    wishes |= {"format": _format(output, worksheet=worksheet), "layout": layout.strip().lower(), "paper": paper.lower()}
    wishes |= {
        "fields": tuple(filter(None, (name.strip() for name in fields.split(",")))),
        "names": names,
        "scenes": (),
    }
    _check(wishes, style)
    film = projects.format_named(shape, rate)
    data = folder.read_bytes(script)
    outline = scripts.read_script(data, script.name).outline
    wishes["scenes"] = _positions([each.number for each in outline.scenes], scene or [])
    endings, told = _ENDINGS[worksheet]
    target = folder.writable_target(output, "board", endings, told.format(output.with_suffix(".pdf")))
    _make(data, script.name, film, print_options(wishes), Style(style.lower()), target, as_json=as_json)


def _format(output: Path, *, worksheet: bool) -> str:
    """What a file of this name is."""
    if output.name.lower().endswith(ENDINGS["storyboarder"]):
        return "storyboarder"
    ending = output.suffix.lower().removeprefix(".")
    return "worksheet" if worksheet and ending == "pdf" else ending


def _check(wishes: dict[str, Any], style: str) -> None:
    """Refuse before any work what cannot be made. Raises: Invalid."""
    if wishes["paper"] not in SIZES:
        raise Invalid("The paper is letter or a4.", field="paper")
    if style.lower() not in list(Style):
        raise Invalid(f"There is no style {style}. Choose from {listed(Style)}.", field="style")
    print_options(wishes)


def _positions(numbers: list[str], wanted: list[str]) -> tuple[int, ...]:
    """Where the scenes of these numbers stand. Raises: Invalid."""
    missing = next((number for number in wanted if number not in numbers), None)
    if missing is not None:
        raise Invalid(f"This script has no scene {missing}. Its last is {numbers[-1]}.", field="scene")
    return tuple(numbers.index(number) for number in wanted)


def _make(
    data: bytes, name: str, film: FilmFormat, options: PrintOptions, style: Style, target: Path, *, as_json: bool
) -> None:
    """The file, with a folder and workers for as long as it takes."""
    draws = options.format not in ("csv", "xlsx", "worksheet")
    if draws:
        require_tools(settings(), "board", BOARD)
    with folder.data_folder("board") as s, stoppable() as stop, json_show() if as_json else rich_show() as show:
        show.stage("Starting the studio")
        if draws:
            with crew(s):
                book = _drawn(data, name, film, options, style, show, stop)
            book = storyboards.fetched(book, pixels=pixels_needed(book, options), store=storage(s))
        else:
            migrated()
            book = _planned(data, name, film, options, show)
        with folder.delivered(target, "board") as part:
            written(book, options, part, show, stop)
        found = ((len(book.scenes), "scene"), (len(book.shots), "shot"), (book.drawn, "panel"))
        show.done(_summary(book, target), ", ".join(counted(*each) for each in found))


def _drawn(
    data: bytes, name: str, film: FilmFormat, options: PrintOptions, style: Style, show: Show, stop: Stop
) -> BoardBook:
    """The board of a script once its panels are drawn by the workers. Raises: RunFailed, Cancelled."""

    def begin(uow: UnitOfWork, actor: Actor, script_id: str) -> tuple[str, RunView]:
        storyboards.change_style(uow, actor, script_id, style)
        return script_id, storyboards.submit_board(uow, actor, script_id, scenes=options.scenes)

    actor, (script_id, run) = folder.broken_down(data, name, film, show, begin)
    folder.followed(actor, run, show, stop, "board")
    with reading() as uow:
        return storyboards.board_book(uow, actor, script_id, scenes=options.scenes)


def _planned(data: bytes, name: str, film: FilmFormat, options: PrintOptions, show: Show) -> BoardBook:
    """The board of a script without a picture."""
    _, book = folder.broken_down(
        data, name, film, show, lambda uow, actor, id: storyboards.board_book(uow, actor, id, scenes=options.scenes)
    )
    return book


def written(book: BoardBook, options: PrintOptions, part: Path, show: Show, stop: Stop) -> None:
    """Write the file. Raises: Cancelled when told to stop."""

    def tell(told: str, done: int, of: int) -> None:
        if stop():
            raise Cancelled("Stopped.")
        show.share(f"Printing, {told}", done, of)

    write_print(book, options, part, tell=tell)


def _summary(book: BoardBook, target: Path) -> dict[str, Any]:
    return {
        "ok": True,
        "output": str(target),
        "scenes": len(book.scenes),
        "shots": len(book.shots),
        "panels": book.drawn,
    }
