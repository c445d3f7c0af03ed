"""Files a cut lacks, and others put in their place."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.api.deps import Signed
from app.api.http.answers import Answer, Id, Several, Words, problems, several
from studio.core.db import reading, unit_of_work
from studio.timelines import service as timelines
from studio.timelines.views import MissingFile, TimelineEdit

router = APIRouter(tags=["timelines"])


class RelinkInput(BaseModel):
    """The `key` of a missing file, and the file of the project that takes its place; `revision` is the one that was looked at."""

    key: Words = Field(min_length=1, max_length=400)
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    revision: int | None = Field(default=None, ge=1, le=2_000_000_000)


@router.get("/timelines/{timeline_id}/missing", responses=problems())
def list_missing(timeline_id: Id, session: Signed) -> Several[MissingFile]:
    """Files a cut names that are not its project's, with those of the project that are called alike."""
    with reading() as uow:
        return several(timelines.missing_files(uow, session.actor, timeline_id))


@router.post("/timelines/{timeline_id}/relink", responses=problems(writes=True))
def relink_media(timeline_id: Id, body: RelinkInput, session: Signed) -> Answer[TimelineEdit]:
    """Put a file in the place of a missing one, in all clips of it: one act, which can be undone."""
    with unit_of_work() as uow:
        made = timelines.relink_media(uow, session.actor, timeline_id, body.key, body.sha256, revision=body.revision)
    return Answer(data=made)
