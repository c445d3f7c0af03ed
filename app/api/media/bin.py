"""The bin of a project: its files found, named, sorted, taken out, put back, prepared."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from app.api.deps import Signed
from app.api.http.answers import (
    Answer,
    Id,
    Listing,
    PageNumber,
    PageSize,
    Several,
    Sha256,
    Words,
    listing,
    problems,
    several,
)
from studio.core.db import reading, unit_of_work
from studio.media import service as media
from studio.media.views import Kind, MediaCard
from studio.runs.views import RunView
from studio.timelines import service as timelines
from studio.timelines.views import MediaUse

router = APIRouter(tags=["media"])
Search = Annotated[Words, Query(max_length=200, description="Words of the name")]


class MediaChange(BaseModel):
    """What is left out stays as it is; the folder "" is the bin itself."""

    name: Words | None = Field(default=None, max_length=400)
    folder: Words | None = Field(default=None, max_length=200)


class FolderChange(BaseModel):
    """A folder there is, and its new name; "" takes it apart."""

    folder: Words = Field(min_length=1, max_length=200)
    name: Words = Field(max_length=200)


class Use(BaseModel):
    """A clip of a cut that uses a file: where it begins, in frames of the cut's rate. `live` cuts follow their board."""

    timeline_id: str
    cut: str
    live: bool
    clip_id: str
    clip: str
    start: int
    rate: str


@router.get("/projects/{project_id}/media", responses=problems())
def list_media(
    project_id: Id,
    session: Signed,
    search: Search = "",
    kind: Kind | None = None,
    folder: Annotated[Words | None, Query(max_length=200)] = None,
    only: Annotated[Literal["", "used", "unused"], Query(description="What cuts use, or what none does")] = "",
    page: PageNumber = 1,
    limit: PageSize = 50,
) -> Listing[MediaCard]:
    """What was brought in, newest first, with its other forms and in how many cuts it is."""
    kinds = (kind,) if kind else ()
    with reading() as uow:
        used = {sha256: len(names) for sha256, names in timelines.media_in_use(uow, session.actor, project_id).items()}
        found = media.list_media(
            uow,
            session.actor,
            project_id,
            search=search,
            kinds=kinds,
            folder=folder,
            used=used,
            only=only,
            page=page,
            limit=limit,
        )
    return listing(found.items, page=page, limit=limit, total=found.total)


@router.patch("/projects/{project_id}/media/{sha256}", status_code=204, responses=problems(writes=True))
def change_media(project_id: Id, sha256: Sha256, body: MediaChange, session: Signed) -> None:
    """Another name, or another folder."""
    with unit_of_work() as uow:
        media.find_for(uow, session.actor, project_id, sha256)
        if body.name is not None:
            media.rename_media(uow, session.actor, project_id, sha256, body.name)
        if body.folder is not None:
            media.move_media(uow, session.actor, project_id, sha256, body.folder)


@router.get("/projects/{project_id}/media/{sha256}/uses", responses=problems())
def list_uses(project_id: Id, sha256: Sha256, session: Signed) -> Several[Use]:
    """The clips that show or sound a file, cut by cut in order of time, at most 200."""
    with reading() as uow:
        media.find_for(uow, session.actor, project_id, sha256)
        found = timelines.uses_of(uow, session.actor, project_id, sha256)
    return several([_use(each) for each in found])


def _use(found: MediaUse) -> Use:
    return Use(
        timeline_id=found.timeline_id,
        cut=found.cut,
        live=found.live,
        clip_id=found.clip_id,
        clip=found.clip,
        start=found.start,
        rate=str(found.rate),
    )


@router.patch("/projects/{project_id}/folders", status_code=204, responses=problems(writes=True))
def rename_folder(project_id: Id, body: FolderChange, session: Signed) -> None:
    """Call a folder of the bin something else, or take it apart. A folder begins with its first file and ends with its last."""
    with unit_of_work() as uow:
        media.rename_folder(uow, session.actor, project_id, body.folder, body.name)


@router.delete("/projects/{project_id}/media/{sha256}", status_code=204, responses=problems(writes=True))
def remove_media(
    project_id: Id,
    sha256: Sha256,
    session: Signed,
    sure: Annotated[bool, Query(description="Even if cuts use it")] = False,
) -> None:
    """Take a file out of the bin. While cuts use it that is refused (`media_used`) unless one is sure; they keep it."""
    with unit_of_work() as uow:
        names = timelines.media_in_use(uow, session.actor, project_id).get(sha256, ())
        media.remove_media(uow, session.actor, project_id, sha256, used_in=names, sure=sure)


@router.post("/projects/{project_id}/media/{sha256}/restore", status_code=204, responses=problems(writes=True))
def restore_media(project_id: Id, sha256: Sha256, session: Signed) -> None:
    """Put a file back into the bin."""
    with unit_of_work() as uow:
        media.bring_back(uow, session.actor, project_id, sha256)


@router.post("/projects/{project_id}/media/{sha256}/prepare", status_code=202, responses=problems(writes=True))
def prepare_media(project_id: Id, sha256: Sha256, session: Signed) -> Answer[RunView]:
    """Have the forms made that a file lacks; the job that does it."""
    with unit_of_work() as uow:
        return Answer(data=media.prepare(uow, session.actor, project_id, sha256))
