"""Projects and their members, and starting a film from words."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, UploadFile
from pydantic import BaseModel

from app.api.deps import Signed
from app.api.http.answers import (
    UUID,
    Answer,
    Id,
    Listing,
    PageNumber,
    PageSize,
    Several,
    Words,
    listing,
    problems,
    several,
)
from app.api.http.formats import FormatInput, RateText
from app.api.http.once import IdempotencyKey, made_once
from app.api.http.uploads import file_name
from studio.core.db import reading, unit_of_work
from studio.projects import service as projects
from studio.projects.views import MemberView, ProjectRole, ProjectView
from studio.thread import service as thread
from studio.thread.views import Brought, ProjectCard, ProjectHome, Started

router = APIRouter(prefix="/projects", tags=["projects"])


class NewProject(FormatInput):
    """An empty project and its format."""

    name: Words


class ProjectInput(BaseModel):
    name: Words


class MemberInput(BaseModel):
    email: Words
    role: ProjectRole


class RoleInput(BaseModel):
    role: ProjectRole


class WordsInput(FormatInput):
    """A screenplay as text; `name` is that of the file it came from."""

    text: Words
    name: Words = "script.fountain"
    title: Words | None = None


@router.get("", responses=problems())
def list_projects(
    session: Signed,
    scope: Literal["all", "mine", "shared", "away"] = "all",
    order: Literal["changed", "name", "created"] = "changed",
    page: PageNumber = 1,
    limit: PageSize = 20,
) -> Listing[ProjectCard]:
    """The projects one is a member of."""
    with reading() as uow:
        cards, total = thread.list_cards(uow, session.actor, scope=scope, order=order, page=page, limit=limit)
    return listing(cards, page=page, limit=limit, total=total)


@router.post("", status_code=201, responses=problems(writes=True))
def create_project(body: NewProject, session: Signed, idempotency_key: IdempotencyKey = None) -> Answer[ProjectView]:
    """An empty project."""

    def make() -> ProjectView:
        with unit_of_work() as uow:
            return projects.create_project(uow, session.actor, name=body.name, film=body.film())

    return Answer(data=made_once(idempotency_key, session.actor, "project", ProjectView, make))


@router.post("/start", status_code=201, responses=problems(writes=True))
def start_project(body: WordsInput, session: Signed, idempotency_key: IdempotencyKey = None) -> Answer[Started]:
    """A project from a screenplay's text: broken down into shots, its panels being drawn."""

    def make() -> Started:
        data, name = body.text.encode(), file_name(body.name)
        return thread.start_project(session.actor, data=data, name=name, title=body.title, film=body.film())

    return Answer(data=made_once(idempotency_key, session.actor, "start", Started, make))


@router.post("/start/file", status_code=201, responses=problems(writes=True))
def start_project_from_file(
    file: UploadFile,
    session: Signed,
    title: Annotated[Words | None, Form()] = None,
    rate: Annotated[RateText | None, Form()] = None,
    width: Annotated[int | None, Form()] = None,
    height: Annotated[int | None, Form()] = None,
    idempotency_key: IdempotencyKey = None,
) -> Answer[Started]:
    """A project from a screenplay's file (at most 12 MB)."""

    def make() -> Started:
        data, name = file.file.read(), file_name(file.filename)
        film = FormatInput(rate=rate, width=width, height=height).film()
        return thread.start_project(session.actor, data=data, name=name, title=title, film=film)

    return Answer(data=made_once(idempotency_key, session.actor, "start", Started, make))


@router.post("/start/boards", status_code=201, responses=problems(writes=True))
def bring_project(
    file: UploadFile,
    session: Signed,
    project_id: Annotated[
        str | None, Form(pattern=UUID, description="A project without a script; else a new one")
    ] = None,
    idempotency_key: IdempotencyKey = None,
) -> Answer[Brought]:
    """A project from the ZIP of a Storyboarder project (at most 160 MB): its words as a script, its boards; a run brings their
    drawings."""

    def make() -> Brought:
        data, name = file.file.read(), file_name(file.filename, "boards.zip")
        return thread.bring_project(session.actor, data=data, name=name, project_id=project_id)

    return Answer(data=made_once(idempotency_key, session.actor, "boards", Brought, make))


@router.post("/sample", status_code=201, responses=problems(writes=True))
def open_sample(
    session: Signed, body: FormatInput | None = None, idempotency_key: IdempotencyKey = None
) -> Answer[Started]:
    """A project from the sample script."""

    def make() -> Started:
        return thread.open_sample(session.actor, body.film() if body else None)

    return Answer(data=made_once(idempotency_key, session.actor, "sample", Started, make))


@router.get("/{project_id}", responses=problems())
def get_project(project_id: Id, session: Signed) -> Answer[ProjectView]:
    """One project."""
    with reading() as uow:
        return Answer(data=projects.get_project(uow, session.actor, project_id))


@router.patch("/{project_id}", responses=problems(writes=True))
def rename_project(project_id: Id, body: ProjectInput, session: Signed) -> Answer[ProjectView]:
    """Give it another name."""
    with unit_of_work() as uow:
        projects.rename_project(uow, session.actor, project_id, body.name)
        return Answer(data=projects.get_project(uow, session.actor, project_id))


@router.delete("/{project_id}", status_code=204, responses=problems(writes=True))
def put_away(project_id: Id, session: Signed) -> None:
    """Put it away; it can be restored."""
    with unit_of_work() as uow:
        projects.put_away(uow, session.actor, project_id)


@router.post("/{project_id}/restore", responses=problems(writes=True))
def restore_project(project_id: Id, session: Signed) -> Answer[ProjectView]:
    """Bring back a project that was put away."""
    with unit_of_work() as uow:
        projects.bring_back(uow, session.actor, project_id)
        return Answer(data=projects.get_project(uow, session.actor, project_id))


@router.get("/{project_id}/home", responses=problems())
def get_home(project_id: Id, session: Signed) -> Answer[ProjectHome]:
    """Where the film stands from script to file, and what comes next."""
    with reading() as uow:
        return Answer(data=thread.get_home(uow, session.actor, project_id))


@router.get("/{project_id}/members", responses=problems())
def list_members(project_id: Id, session: Signed) -> Several[MemberView]:
    """Who is in it, and as what."""
    with reading() as uow:
        return several(projects.list_members(uow, session.actor, project_id))


@router.post("/{project_id}/members", status_code=201, responses=problems(writes=True))
def add_member(project_id: Id, body: MemberInput, session: Signed) -> Several[MemberView]:
    """Take in somebody who has an account."""
    with unit_of_work() as uow:
        projects.add_member(uow, session.actor, project_id, email=body.email, role=body.role)
        return several(projects.list_members(uow, session.actor, project_id))


@router.put("/{project_id}/members/{user_id}", responses=problems(writes=True))
def change_member(project_id: Id, user_id: Id, body: RoleInput, session: Signed) -> Several[MemberView]:
    """Give a member another role."""
    with unit_of_work() as uow:
        projects.change_member(uow, session.actor, project_id, user_id, role=body.role)
        return several(projects.list_members(uow, session.actor, project_id))


@router.delete("/{project_id}/members/{user_id}", status_code=204, responses=problems(writes=True))
def remove_member(project_id: Id, user_id: Id, session: Signed) -> None:
    """Take somebody out, or leave."""
    with unit_of_work() as uow:
        projects.remove_member(uow, session.actor, project_id, user_id)
