"""`inkreel board`: a script's storyboard as a PDF, a shot list or a folder of pictures, with real workers and no server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli import folder
from app.cli.health import BOARD, require_tools
from app.cli.show import Show, counted, json_show, rich_show
from app.cli.stop import Stop, stoppable
from jobs.crew import crew
from studio.core.db import reading
from studio.core.errors import Cancelled, Invalid
from studio.core.migrations import migrated
from studio.core.settings import settings
from studio.core.storage import storage
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.storyboards.printing.book import BoardBook
from studio.storyboards.printing.layouts import LAYOUTS, SIZES, Layout, Paper, layout_named, listed

_DRAWN, _LISTED = (".pdf", ".zip"), (".csv", ".xlsx")
_ENDINGS = "A board is written as .pdf, .csv, .xlsx (shot lists) or .zip (the pictures): name it {}."
_STAGES = {".pdf": "Printing the board", ".zip": "Packing the pictures"}


def board(
    script: Annotated[Path, typer.Argument(help=f"A screenplay: {folder.FORMATS}.", show_default=False)],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", help="The file to write: .pdf, .csv or .xlsx (shot list), .zip (pictures)."),
    ] = Path("board.pdf"),
    layout: Annotated[
        str, typer.Option("--layout", help=f"How a page of the PDF looks: {listed(LAYOUTS)}.")
    ] = "standard",
    columns: Annotated[
        int | None, typer.Option("--columns", help="Panels side by side on a page, 1 to 6.", show_default=False)
    ] = None,
    paper: Annotated[str, typer.Option("--paper", help="letter or a4.")] = "letter",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line: progress, then the result.")] = False,
) -> None:
    """Make a storyboard of a script: shots, panels, and the file to hand round. Shot lists need no drawing."""
    chosen = layout_named(layout, columns=columns, paper=_paper(paper))
    data = folder.read_bytes(script)
    scripts.read_script(data, script.name)
    named = _ENDINGS.format(output.with_suffix(".pdf"))
    target = folder.writable_target(output, "board", _DRAWN + _LISTED, named)
    form = target.suffix.lower()
    if form in _DRAWN:
        require_tools(settings(), "board", BOARD)
    with folder.data_folder("board") as s, stoppable() as stop, json_show() if as_json else rich_show() as show:
        show.stage("Starting the studio")
        if form in _DRAWN:
            with crew(s):
                book = _drawn(data, script.name, show, stop)
            book = storyboards.fetched(book, storage(s))
        else:
            migrated()
            book = _planned(data, script.name, show)
        with folder.delivered(target, "board") as part:
            written(book, chosen, form, part, show, stop)
        found = ((len(book.scenes), "scene"), (len(book.panels), "shot"), (book.drawn, "panel"))
        show.done(_summary(book, target), ", ".join(counted(*each) for each in found))


def _paper(name: str) -> Paper:
    if name.lower() not in SIZES:
        raise Invalid("The paper is letter or a4.", field="paper")
    return "a4" if name.lower() == "a4" else "letter"


def _drawn(data: bytes, name: str, show: Show, stop: Stop) -> BoardBook:
    """The board of a script once its panels are drawn by the workers. Raises: RunFailed, Cancelled."""
    actor, (script_id, run) = folder.broken_down(
        data, name, show, lambda uow, actor, id: (id, storyboards.submit_board(uow, actor, id))
    )
    folder.followed(actor, run, show, stop, "board")
    with reading() as uow:
        return storyboards.board_book(uow, actor, script_id)


def _planned(data: bytes, name: str, show: Show) -> BoardBook:
    """The board of a script without a picture."""
    _, book = folder.broken_down(data, name, show, storyboards.board_book)
    return book


def written(book: BoardBook, layout: Layout, form: str, part: Path, show: Show, stop: Stop) -> None:
    """The file, by its ending. Raises: Cancelled when told to stop."""

    def tell(done: int, of: int) -> None:
        if stop():
            raise Cancelled("Stopped.")
        show.share(_STAGES[form], done, of)

    if form == ".pdf":
        from studio.storyboards.printing.pdf import write_pdf

        write_pdf(book, layout, part, tell=tell)
    elif form == ".zip":
        from studio.storyboards.printing.pictures import write_zip

        write_zip(book, part, tell=tell)
    else:
        from studio.storyboards.printing.shotlist import shot_list_csv, shot_list_xlsx

        part.write_bytes(shot_list_csv(book) if form == ".csv" else shot_list_xlsx(book))


def _summary(book: BoardBook, target: Path) -> dict[str, Any]:
    return {
        "ok": True,
        "output": str(target),
        "scenes": len(book.scenes),
        "shots": len(book.panels),
        "panels": book.drawn,
    }
