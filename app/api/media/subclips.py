"""Named parts of a project's files: kept, listed, renamed, forgotten."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.api.deps import Signed
from app.api.http.answers import Answer, Id, Several, Sha256, Words, problems, several
from studio.core.db import reading, unit_of_work
from studio.media import service as media
from studio.media.views import SubClipView

router = APIRouter(tags=["media"])
_MOST_FRAMES = 1 << 31


class SubClipInput(BaseModel):
    """A part of a file: `frames` of the project's frames from `first` on. Without a name it is called after the file."""

    first: int = Field(ge=0, lt=_MOST_FRAMES)
    frames: int = Field(ge=1, lt=_MOST_FRAMES)
    name: Words = Field(default="", max_length=400)


class SubClipChange(BaseModel):
    name: Words = Field(min_length=1, max_length=400)


@router.get("/projects/{project_id}/subclips", responses=problems())
def list_sub_clips(project_id: Id, session: Signed) -> Several[SubClipView]:
    """The named parts of a project's files, file by file in their order."""
    with reading() as uow:
        return several(media.list_sub_clips(uow, session.actor, project_id))


@router.post("/projects/{project_id}/media/{sha256}/subclips", status_code=201, responses=problems(writes=True))
def keep_sub_clip(project_id: Id, sha256: Sha256, body: SubClipInput, session: Signed) -> Answer[SubClipView]:
    """Keep a part of a file under a name, beside it in the bin."""
    with unit_of_work() as uow:
        kept = media.keep_sub_clip(uow, session.actor, project_id, sha256, body.first, body.frames, body.name)
    return Answer(data=kept)


@router.patch("/subclips/{sub_clip_id}", responses=problems(writes=True))
def rename_sub_clip(sub_clip_id: Id, body: SubClipChange, session: Signed) -> Answer[SubClipView]:
    """Another name; clips made of it keep theirs."""
    with unit_of_work() as uow:
        return Answer(data=media.rename_sub_clip(uow, session.actor, sub_clip_id, body.name))


@router.delete("/subclips/{sub_clip_id}", status_code=204, responses=problems(writes=True))
def delete_sub_clip(sub_clip_id: Id, session: Signed) -> None:
    """Forget a sub-clip; its file stays, and so does what was cut with it."""
    with unit_of_work() as uow:
        media.delete_sub_clip(uow, session.actor, sub_clip_id)
