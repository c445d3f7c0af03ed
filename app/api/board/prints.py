"""The printed board: ask for a file of it, see the files there are, take one home."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from app.api.board.shots import MOST
from app.api.deps import Signed
from app.api.http.answers import Answer, Id, Listing, PageNumber, PageSize, Words, listing, problems
from app.api.http.files import BINARY, sent
from app.api.http.once import IdempotencyKey, made_once
from app.api.http.uploads import file_name
from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict
from studio.core.storage import media_key, storage
from studio.media import service as media
from studio.runs.views import RunView
from studio.storyboards import service as storyboards
from studio.storyboards.printing.layouts import MOST_COLUMNS, MOST_ROWS, LayoutName, Paper
from studio.storyboards.printing.options import MIME, MOST_BLANK, PrintFormat, PrintOptions, print_options
from studio.storyboards.printing.pictures import PATTERN
from studio.storyboards.printing.shotlist import COLUMNS, ColumnName, shot_list_csv
from studio.storyboards.views import PrintView

router = APIRouter(tags=["board"])
Scene = Annotated[int, Field(ge=0, le=MOST)]
_CSV = {200: {"content": {"text/csv": {}}, "description": "The shot list"}}


class PrintInput(BaseModel):
    """What to print.

    A `worksheet` is a PDF of empty frames, `columns` x `rows` on a page, with `blank` so many pages that are nobody's yet.
    No `scenes` (positions) are all, no `fields` all columns of a shot list; `columns` of panels on a page and `landscape` are
    the layout's own unless they are given. `names` is how the pictures in a ZIP are called.
    """

    format: PrintFormat = "pdf"
    scenes: list[Scene] = Field(default=[], max_length=1000)
    layout: LayoutName = "standard"
    columns: int | None = Field(default=None, ge=1, le=MOST_COLUMNS)
    paper: Paper = "letter"
    landscape: bool | None = None
    cover: bool = True
    fields: list[ColumnName] = Field(default=[], max_length=len(COLUMNS))
    names: Words = Field(default=PATTERN, max_length=200)
    rows: int | None = Field(default=None, ge=1, le=MOST_ROWS)
    blank: int = Field(default=0, ge=0, le=MOST_BLANK)

    def options(self) -> PrintOptions:
        """Raises: Invalid."""
        return print_options(dict(self))


@router.post("/scripts/{script_id}/prints", status_code=202, responses=problems(writes=True))
def print_board(
    script_id: Id, body: PrintInput, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[RunView]:
    """Make a file of the board as it stands: PDF, shot list (CSV, Excel), pictures (ZIP), a moving picture
    (GIF) or a project of Storyboarder (ZIP)."""

    def make() -> RunView:
        with unit_of_work() as uow:
            return storyboards.submit_print(uow, session.actor, script_id, body.options())

    return Answer(
        data=made_once(idempotency_key, session.actor, f"print {script_id} {body.model_dump_json()}", RunView, make)
    )


@router.get("/scripts/{script_id}/prints", responses=problems())
def list_prints(script_id: Id, session: Signed, page: PageNumber = 1, limit: PageSize = 20) -> Listing[PrintView]:
    """The files made of a board, newest first: under way, made, failed."""
    with reading() as uow:
        found = storyboards.list_prints(uow, session.actor, script_id, page=page, limit=limit)
    return listing(found.items, page=page, limit=limit, total=found.total)


@router.get("/prints/{print_id}", responses=problems())
def get_print(print_id: Id, session: Signed) -> Answer[PrintView]:
    """One file of a board."""
    with reading() as uow:
        return Answer(data=storyboards.get_print(uow, session.actor, print_id))


@router.get("/prints/{print_id}/download", response_class=Response, responses={**problems(409, 416), **BINARY})
def download_print(print_id: Id, request: Request, session: Signed) -> Response:
    """The finished file, to be saved."""
    with reading() as uow:
        found = storyboards.get_print(uow, session.actor, print_id)
        if found.sha256 is None:
            raise Conflict("This file is not finished yet. Wait for its job to end.")
        file = media.find_for(uow, session.actor, found.project_id, found.sha256)
    path = storage().fetch(media_key(file.sha256))
    return sent(request, path, tag=file.sha256, mime=found.mime, download_as=found.name)


@router.get("/scripts/{script_id}/shots.csv", response_class=Response, responses={**problems(), **_CSV})
def download_shot_list(
    script_id: Id,
    session: Signed,
    scene: Annotated[list[Scene], Query(default_factory=list, description="Positions of scenes", max_length=100)],
    field: Annotated[list[ColumnName], Query(default_factory=list, description="Columns, in this order")],
) -> Response:
    """The shot list as it stands, at once."""
    options = PrintOptions(format="csv", scenes=tuple(scene), fields=tuple(field))
    with reading() as uow:
        book = storyboards.board_book(uow, session.actor, script_id, scenes=options.scenes)
    disposition = f"attachment; filename*=utf-8''{quote(file_name(options.file_name(book)), safe='')}"
    content = shot_list_csv(book, options.columns_listed(book))
    return Response(content, media_type=MIME["csv"], headers={"Content-Disposition": disposition})
