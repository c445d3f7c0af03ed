"""Rendered previews of a cut: where it is not played truly, having that rendered, and the pieces for a player."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field

from app.api.deps import Signed
from app.api.http.answers import Answer, Id, problems
from app.api.http.files import BINARY, sent
from studio.core.db import reading, unit_of_work
from studio.core.storage import storage
from studio.renders import service as renders
from studio.renders.views import PreviewView
from studio.runs.views import RunView

router = APIRouter(tags=["timelines"])
Frame = Annotated[int, Field(ge=0, le=10_000_000)]
Piece = Annotated[str, Path(pattern=r"^[0-9a-f]{64}\.mp4$", description="A piece's name, of its url")]


class PreviewInput(BaseModel):
    """What of a cut is to be rendered: frames from `start` up to but without `end`; all of it without."""

    start: Frame = 0
    end: Annotated[int, Field(ge=1, le=10_000_000)] | None = None


@router.get("/timelines/{timeline_id}/previews", responses=problems())
def list_previews(timeline_id: Id, session: Signed) -> Answer[PreviewView]:
    """Where a browser does not play a cut truly, in pieces: heavy (not rendered), making, or ready with the film of it."""
    encoder = renders.encoder_version()
    with reading() as uow:
        return Answer(data=renders.preview_ranges(uow, session.actor, timeline_id, encoder=encoder))


@router.post("/timelines/{timeline_id}/previews", status_code=202, responses=problems(writes=True))
def make_previews(timeline_id: Id, body: PreviewInput, session: Signed) -> Answer[RunView | None]:
    """Have what is heavy rendered, when nothing else waits for a worker; asked for again, the run there is."""
    with unit_of_work() as uow:
        return Answer(data=renders.start_preview(uow, session.actor, timeline_id, start=body.start, end=body.end))


@router.delete("/timelines/{timeline_id}/previews", status_code=204, responses=problems(writes=True))
def stop_previews(timeline_id: Id, session: Signed) -> None:
    """Render no more of it; what is made stays."""
    with unit_of_work() as uow:
        renders.stop_preview(uow, session.actor, timeline_id)


@router.head("/timelines/{timeline_id}/previews/{name}", include_in_schema=False)
@router.get("/timelines/{timeline_id}/previews/{name}", response_class=Response, responses={**problems(416), **BINARY})
def get_preview_piece(timeline_id: Id, name: Piece, request: Request, session: Signed) -> Response:
    """A piece of a cut as an MP4 without sound, whole or in parts (Range); one the cut no longer has is not there."""
    encoder = renders.encoder_version()
    with reading() as uow:
        key = renders.preview_key(uow, session.actor, timeline_id, name, encoder=encoder)
    return sent(request, storage().fetch(key), tag=name, mime="video/mp4")
