"""Bringing a script in with a look before it is kept: its paragraphs with their types, another type by hand, what is lost."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, UploadFile
from pydantic import BaseModel, Field, StringConstraints

from app.api.deps import Signed
from app.api.http.answers import UUID, Answer, Id, Listing, PageNumber, PageSize, Words, listing, problems
from app.api.http.formats import FormatInput
from app.api.http.uploads import file_name
from studio.core.db import reading, unit_of_work
from studio.scripts import service as scripts
from studio.scripts.elements import Kind
from studio.scripts.views import Choice, ImportView, MergeView, ParagraphView, ScriptDetail
from studio.thread import service as thread
from studio.thread.views import Started

router = APIRouter(prefix="/imports", tags=["imports"])


class Retag(BaseModel):
    """Another type for the paragraph with this index."""

    index: int = Field(ge=0, le=1_000_000)
    kind: Kind


class RetagInput(BaseModel):
    changes: list[Retag] = Field(min_length=1, max_length=2000)


class FinishInput(FormatInput):
    """What a new project is called (without it as the script is), and its format."""

    title: Words | None = None


class MergeInput(BaseModel):
    """`expected_revision` is the plan's; `decisions` say of each conflict, by its id, whether it is the same scene."""

    expected_revision: int
    decisions: dict[Words, Choice] = Field(default_factory=dict[Words, Choice], max_length=1000)


@router.post("", status_code=201, responses=problems(writes=True))
def begin_import(
    file: UploadFile,
    session: Signed,
    project_id: Annotated[str | None, StringConstraints(pattern=UUID), Form()] = None,
) -> Answer[ImportView]:
    """Read a screenplay's file (at most 12 MB): Fountain, Final Draft, PDF, Word, Fade In or plain text."""
    name = file_name(file.filename)
    return Answer(data=scripts.begin_import(session.actor, data=file.file.read(), name=name, project_id=project_id))


@router.get("/{import_id}", responses=problems())
def get_import(import_id: Id, session: Signed) -> Answer[ImportView]:
    """What was understood of the file, and what of it is not kept."""
    with reading() as uow:
        return Answer(data=scripts.get_import(uow, session.actor, import_id))


@router.get("/{import_id}/paragraphs", responses=problems())
def list_paragraphs(
    import_id: Id,
    session: Signed,
    page: PageNumber = 1,
    limit: PageSize = 100,
    guessed: Annotated[bool, Query(description="Only those whose type is not certain")] = False,
) -> Listing[ParagraphView]:
    """Its paragraphs in order, each with the type it was given."""
    with reading() as uow:
        found, total = scripts.list_paragraphs(uow, session.actor, import_id, page=page, limit=limit, guessed=guessed)
    return listing(found, page=page, limit=limit, total=total)


@router.patch("/{import_id}/paragraphs", responses=problems(writes=True))
def retag(import_id: Id, body: RetagInput, session: Signed) -> Answer[ImportView]:
    """Give paragraphs another type."""
    with unit_of_work() as uow:
        changes = {change.index: change.kind for change in body.changes}
        return Answer(data=scripts.retag(uow, session.actor, import_id, changes))


@router.post("/{import_id}/finish", status_code=201, responses=problems(writes=True))
def finish_import(import_id: Id, body: FinishInput, session: Signed) -> Answer[Started]:
    """Keep it: broken down into shots, its panels being drawn. A project that has a script already merges it instead (409)."""
    return Answer(data=thread.finish_import(session.actor, import_id, title=body.title, film=body.film()))


@router.get("/{import_id}/merge", responses=problems())
def plan_import(import_id: Id, session: Signed) -> Answer[MergeView]:
    """What keeping it would make of the script its project has: scenes kept, moved, split, merged, new and cut; what to decide."""
    with reading() as uow:
        return Answer(data=thread.plan_import(uow, session.actor, import_id))


@router.post("/{import_id}/merge", responses=problems(writes=True))
def merge_import(import_id: Id, body: MergeInput, session: Signed) -> Answer[ScriptDetail]:
    """Make it the script's next draft: drawings, voices and tags stay with their scenes, cut scenes go to the drawer."""
    script_id = thread.merge_import(session.actor, import_id, body.decisions, expected_revision=body.expected_revision)
    with reading() as uow:
        return Answer(data=scripts.get_script(uow, session.actor, script_id))


@router.delete("/{import_id}", status_code=204, responses=problems(writes=True))
def discard_import(import_id: Id, session: Signed) -> None:
    """Forget it."""
    with unit_of_work() as uow:
        scripts.discard_import(uow, session.actor, import_id)
