"""The cut that follows a board, begun and read; any cut with its document, its words as captions, and as a file."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Response

from app.api.deps import Signed
from app.api.http.answers import Answer, Id, Several, problems, several
from app.api.http.once import IdempotencyKey, made_once
from app.api.timelines.shapes import Cut, cut
from studio.core.db import reading, unit_of_work
from studio.engine.interchange.formats import MIMES, Format
from studio.timelines import service as timelines
from studio.timelines.views import LossView

router = APIRouter(tags=["timelines"])
_CAPTIONS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/vtt": {"schema": {"type": "string"}}}, "description": "WebVTT"}
}
_FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {mime: {} for mime in sorted(set(MIMES.values()))}, "description": "The cut as a file"}
}


@router.get("/scripts/{script_id}/cut", responses=problems())
def get_cut(script_id: Id, session: Signed) -> Answer[Cut | None]:
    """The cut of a script; null before it is begun."""
    with reading() as uow:
        found = timelines.find_cut(uow, session.actor, script_id)
        return Answer(data=cut(found) if found else None)


@router.post("/scripts/{script_id}/cut", responses=problems(writes=True))
def start_cut(script_id: Id, session: Signed, idempotency_key: IdempotencyKey = None) -> Answer[Cut]:
    """Begin the cut of a script from its board; the one there is, if it is begun."""

    def make() -> Cut:
        with unit_of_work() as uow:
            return cut(timelines.start_cut(uow, session.actor, script_id))

    return Answer(data=made_once(idempotency_key, session.actor, f"cut {script_id}", Cut, make))


@router.get("/timelines/{timeline_id}", responses=problems())
def get_timeline(timeline_id: Id, session: Signed) -> Answer[Cut]:
    """A cut with its document."""
    with reading() as uow:
        return Answer(data=cut(timelines.get_timeline(uow, session.actor, timeline_id)))


@router.get("/timelines/{timeline_id}/captions.vtt", response_class=Response, responses={**problems(), **_CAPTIONS})
def get_captions(timeline_id: Id, session: Signed) -> Response:
    """The words of a cut as WebVTT."""
    with reading() as uow:
        return Response(timelines.get_captions(uow, session.actor, timeline_id), media_type="text/vtt")


@router.get("/timelines/{timeline_id}/export", response_class=Response, responses={**problems(), **_FILES})
def export_timeline(timeline_id: Id, session: Signed, format: Format = "otio") -> Response:
    """A cut as a file: OpenTimelineIO (whole), EDL, FCP 7 XML, FCPXML; its words as SubRip, WebVTT or SubStation Alpha."""
    with reading() as uow:
        file = timelines.export_timeline(uow, session.actor, timeline_id, format)
    disposition = f"attachment; filename*=utf-8''{quote(file.name)}"
    return Response(file.data, media_type=file.mime, headers={"Content-Disposition": disposition})


@router.get("/timelines/{timeline_id}/export/losses", responses=problems())
def list_export_losses(timeline_id: Id, session: Signed, format: Format = "otio") -> Several[LossView]:
    """What of a cut is not in its file of a format."""
    with reading() as uow:
        return several(timelines.export_timeline(uow, session.actor, timeline_id, format).losses)
