"""Finding things by their words."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.deps import Signed
from app.api.http.answers import Several, Words, problems, several
from studio.core.db import reading
from studio.thread import service as thread
from studio.thread.views import SearchHit

router = APIRouter(tags=["search"])


@router.get("/search", responses=problems())
def search(
    session: Signed,
    q: Annotated[Words, Query(min_length=1, max_length=200, description="Words, or their beginnings")],
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> Several[SearchHit]:
    """Projects, scenes, shots and characters of one's projects, whatever the case and accents."""
    with reading() as uow:
        return several(thread.search(uow, session.actor, q, limit=limit))
