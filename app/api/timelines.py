"""The cut: its words as captions."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from app.api.deps import Signed
from app.api.http.answers import Id, problems
from studio.core.db import reading
from studio.timelines import service as timelines

router = APIRouter(tags=["timelines"])
_CAPTIONS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/vtt": {"schema": {"type": "string"}}}, "description": "WebVTT"}
}


@router.get("/timelines/{timeline_id}/captions.vtt", response_class=Response, responses={**problems(), **_CAPTIONS})
def get_captions(timeline_id: Id, session: Signed) -> Response:
    """The words of a cut as WebVTT."""
    with reading() as uow:
        return Response(timelines.get_captions(uow, session.actor, timeline_id), media_type="text/vtt")
