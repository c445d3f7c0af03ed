"""Cuts by hand as things: made, listed, seen as a page holds them, named, deleted and brought back."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Form, UploadFile
from pydantic import BaseModel, Field

from app.api.deps import Signed
from app.api.http.answers import UUID, Answer, Id, Several, Words, problems, several
from app.api.http.formats import RATE, RateText, rate_of
from app.api.http.once import IdempotencyKey, made_once
from app.api.http.uploads import file_name
from app.api.timelines.shapes import Cut, CutCard, card, cut
from studio.core.db import reading, unit_of_work
from studio.core.storage import storage
from studio.projects import service as projects
from studio.timelines import service as timelines
from studio.timelines.views import ClipMedia, LossView, TimelineEdit, TimelineView

router = APIRouter(tags=["timelines"])
_RATE_OR_NOT = f"^({RATE})?$"
Side = Annotated[int, Field(ge=16, le=16_384)]
OneId = Annotated[str, Field(pattern=UUID)]


class CutInput(BaseModel):
    """A new cut by hand: begun from the board of a script (the newest without `script_id`), empty, or as a copy of a cut.

    Only an empty one has a rate ("25", "30000/1001") and a size of its own; the project's without.
    """

    name: Words
    begin: Literal["board", "empty", "copy"] = "board"
    script_id: OneId | None = None
    timeline_id: OneId | None = None
    rate: RateText | None = None
    width: Side | None = None
    height: Side | None = None


class ImportedCut(BaseModel):
    """What came of a file of another program: the cut, what of it is not in there, and how many files are not in the project."""

    cut: Cut
    losses: tuple[LossView, ...]
    missing: int


class NameInput(BaseModel):
    name: Words


@router.get("/projects/{project_id}/timelines", responses=problems())
def list_timelines(project_id: Id, session: Signed) -> Several[CutCard]:
    """The cuts of a project, those that follow a board and those by hand, the one changed last first."""
    with reading() as uow:
        return several(card(each) for each in timelines.list_timelines(uow, session.actor, project_id))


@router.post("/projects/{project_id}/timelines", status_code=201, responses=problems(writes=True))
def create_timeline(
    project_id: Id, body: CutInput, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[Cut]:
    """A new cut by hand."""

    def make() -> Cut:
        with unit_of_work() as uow:
            return cut(
                timelines.create_timeline(
                    uow,
                    session.actor,
                    project_id,
                    name=body.name,
                    begin=body.begin,
                    script_id=body.script_id,
                    timeline_id=body.timeline_id,
                    rate=rate_of(body.rate),
                    width=body.width,
                    height=body.height,
                )
            )

    return Answer(data=made_once(idempotency_key, session.actor, f"timeline {project_id}", Cut, make))


@router.post("/projects/{project_id}/timelines/import", status_code=201, responses=problems(415, writes=True))
def import_timeline(
    project_id: Id,
    file: UploadFile,
    session: Signed,
    name: Annotated[Words, Form(max_length=200)] = "",
    rate: Annotated[str, Form(pattern=_RATE_OR_NOT)] = "",
    idempotency_key: IdempotencyKey = None,
) -> Answer[ImportedCut]:
    """A timeline of another program (OpenTimelineIO, EDL, FCP 7 XML, FCPXML, captions; at most 12 MB) as a cut by hand.

    `rate` is for an EDL and captions, which do not say theirs.
    """

    def make() -> ImportedCut:
        with reading() as uow:
            projects.editable_project(uow, session.actor, project_id)
        read = timelines.read_timeline(file.file.read(), file_name(file.filename, "cut.otio"), rate=rate_of(rate))
        with unit_of_work() as uow:
            found = timelines.import_timeline(uow, session.actor, project_id, read, name=name)
        return ImportedCut(cut=cut(found.cut), losses=found.losses, missing=found.missing)

    return Answer(data=made_once(idempotency_key, session.actor, f"import {project_id}", ImportedCut, make))


@router.get("/timelines/{timeline_id}/view", responses=problems())
def view_timeline(timeline_id: Id, session: Signed) -> Answer[TimelineView]:
    """A cut as a page holds it: the document, and what is known of its media."""
    with reading() as uow:
        found = timelines.view_of(uow, session.actor, timeline_id)
    return Answer(data=replace(found, media=timelines.with_renditions(found.media, storage())))


@router.get("/timelines/{timeline_id}/media", responses=problems())
def list_timeline_media(timeline_id: Id, session: Signed) -> Answer[dict[str, ClipMedia]]:
    """What is known by now of the media in a cut, by SHA-256."""
    with reading() as uow:
        known = timelines.media_of(uow, session.actor, timeline_id)
    return Answer(data=timelines.with_renditions(known, storage()))


@router.patch("/timelines/{timeline_id}", responses=problems(writes=True))
def rename_timeline(timeline_id: Id, body: NameInput, session: Signed) -> Answer[TimelineEdit]:
    """Call a cut by hand something else."""
    with unit_of_work() as uow:
        return Answer(data=timelines.rename_timeline(uow, session.actor, timeline_id, body.name))


@router.delete("/timelines/{timeline_id}", status_code=204, responses=problems(writes=True))
def delete_timeline(timeline_id: Id, session: Signed) -> None:
    """Put a cut by hand away; its films stay, and it can be brought back."""
    with unit_of_work() as uow:
        timelines.delete_timeline(uow, session.actor, timeline_id)


@router.post("/timelines/{timeline_id}/bring-back", responses=problems(writes=True))
def bring_back_timeline(timeline_id: Id, session: Signed) -> Answer[Cut]:
    """Bring back a cut by hand that was deleted."""
    with unit_of_work() as uow:
        return Answer(data=cut(timelines.bring_back_timeline(uow, session.actor, timeline_id)))
