"""Templates: those of a project, what one looks like filled, laid into a cut, filled anew there, saved of a part of one."""

from __future__ import annotations

import json
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response, UploadFile
from pydantic import BaseModel, Field

from app.api.deps import Signed
from app.api.http.answers import UUID, Answer, Id, Several, Words, problems, several
from app.api.http.files import drawn_of
from app.api.http.once import IdempotencyKey, made_once
from studio.core.db import reading, unit_of_work
from studio.core.errors import Invalid, NotFound
from studio.engine.templates import Parameter, Template
from studio.engine.templates.model import MOST_LETTERS, ParameterKind
from studio.renders import service as renders
from studio.timelines import service as timelines
from studio.timelines.views import TemplateCard, TimelineEdit

router = APIRouter(tags=["templates"])
Name = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,64}$", description="One of Inkreel's own, or the id of a saved one")]
Use = Annotated[str, Path(pattern=r"^[a-z0-9]{1,64}$", description="A template as it lies in the cut")]
Revision = Annotated[int, Field(ge=1, le=2_000_000_000)]
Value = Annotated[Words, Field(max_length=MOST_LETTERS)] | float
Values = Annotated[dict[Annotated[str, Field(max_length=100)], Value], Field(max_length=200)]
_JPEG: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/jpeg": {}}, "description": "The poster"},
    304: {"description": "The one known under If-None-Match still shows the same"},
}


_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"schema": {"type": "object"}}}, "description": "The template as a file"}
}


class ParameterOut(BaseModel):
    """Something that is filled; a length is in seconds, media is named by SHA-256."""

    name: str
    label: str
    kind: ParameterKind
    default: str | float
    least: float
    most: float
    choices: tuple[str, ...]
    long: bool
    optional: bool


class TemplateOut(BaseModel):
    """A template with all that is filled in it."""

    id: str
    name: str
    about: str
    seconds: float
    parameters: tuple[ParameterOut, ...]


class SaveInput(BaseModel):
    """Clips of a cut, kept with their groups as a template."""

    timeline_id: Annotated[str, Field(pattern=UUID)]
    clips: Annotated[tuple[Words, ...], Field(min_length=1, max_length=200)]
    name: Words
    about: Words = ""


class ChangeInput(BaseModel):
    name: Words | None = None
    about: Words | None = None


class UseInput(BaseModel):
    """Values by the names of parameters; what is left out is as the template has it. `at` is a frame."""

    values: Values = {}
    at: Annotated[int, Field(ge=0, le=10_000_000)]
    revision: Revision


class ValuesInput(BaseModel):
    """Values that are different from now on."""

    values: Values
    revision: Revision


@router.get("/projects/{project_id}/templates", responses=problems())
def list_templates(project_id: Id, session: Signed) -> Several[TemplateCard]:
    """Inkreel's own templates, then those saved in the project."""
    with reading() as uow:
        return several(timelines.list_templates(uow, session.actor, project_id))


@router.post("/projects/{project_id}/templates", status_code=201, responses=problems(writes=True))
def save_template(
    project_id: Id, body: SaveInput, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[TemplateCard]:
    """Keep a part of a cut as a template."""

    def make() -> TemplateCard:
        with unit_of_work() as uow:
            if timelines.get_card(uow, session.actor, body.timeline_id).project_id != project_id:
                raise NotFound("There is no such timeline.")
            return timelines.save_template(
                uow, session.actor, body.timeline_id, body.clips, name=body.name, about=body.about
            )

    return Answer(data=made_once(idempotency_key, session.actor, f"template {project_id}", TemplateCard, make))


@router.post("/projects/{project_id}/templates/file", status_code=201, responses=problems(415, writes=True))
def add_template(
    project_id: Id, file: UploadFile, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[TemplateCard]:
    """A template of a file another project wrote; its pictures are chosen anew where this one has not the same."""

    def make() -> TemplateCard:
        with unit_of_work() as uow:
            return timelines.add_template(uow, session.actor, project_id, file.file.read())

    return Answer(data=made_once(idempotency_key, session.actor, f"template file {project_id}", TemplateCard, make))


@router.get(
    "/projects/{project_id}/templates/{template}/file", response_class=Response, responses={**problems(), **_FILE}
)
def get_template_file(project_id: Id, template: Name, session: Signed) -> Response:
    """A template somebody saved, as a file for another project."""
    with reading() as uow:
        file = timelines.template_file(uow, session.actor, project_id, template)
    disposition = f"attachment; filename*=utf-8''{quote(file.name)}"
    return Response(file.data, media_type=file.mime, headers={"Content-Disposition": disposition})


@router.get("/projects/{project_id}/templates/{template}", responses=problems())
def get_template(project_id: Id, template: Name, session: Signed) -> Answer[TemplateOut]:
    """A template and what is filled in it."""
    with reading() as uow:
        return Answer(data=_template(timelines.get_template(uow, session.actor, project_id, template)))


@router.get(
    "/projects/{project_id}/templates/{template}/picture", response_class=Response, responses={**problems(), **_JPEG}
)
def get_poster(
    project_id: Id,
    template: Name,
    request: Request,
    session: Signed,
    at: Annotated[float, Query(ge=0, le=1, description="Share of its length")] = 0.5,
    width: Annotated[int, Query(ge=16, le=renders.WIDEST_POSTER, description="Pixels")] = 320,
    values: Annotated[Words, Query(max_length=6_000, description="Values as a JSON object")] = "{}",
    sampled: Annotated[bool, Query(description="Fill empty places with pictures of the project")] = False,
) -> Response:
    """A frame of a template in the shape of the project, as a JPEG; empty places for pictures are plain unless sampled."""
    seen = renders.look_at_template(
        session.actor, project_id, template, _values(values), at=at, width=width, sampled=sampled
    )
    return drawn_of(request, seen.data, tag=seen.tag, mime="image/jpeg")


@router.patch("/templates/{template_id}", responses=problems(writes=True))
def change_template(template_id: Id, body: ChangeInput, session: Signed) -> Answer[TemplateCard]:
    """Call a saved template something else."""
    with unit_of_work() as uow:
        done = timelines.change_template(uow, session.actor, template_id, name=body.name, about=body.about)
        return Answer(data=done)


@router.delete("/templates/{template_id}", status_code=204, responses=problems(writes=True))
def delete_template(template_id: Id, session: Signed) -> None:
    """Put a saved template away; what was made with it stays."""
    with unit_of_work() as uow:
        timelines.delete_template(uow, session.actor, template_id)


@router.post("/timelines/{timeline_id}/templates/{template}", status_code=201, responses=problems(writes=True))
def use_template(
    timeline_id: Id, template: Name, body: UseInput, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[TimelineEdit]:
    """Fill a template and lay it over a cut by hand: one act."""

    def make() -> TimelineEdit:
        with unit_of_work() as uow:
            return timelines.use_template(
                uow, session.actor, timeline_id, template, body.values, at=body.at, revision=body.revision
            )

    return Answer(data=made_once(idempotency_key, session.actor, f"use {timeline_id}", TimelineEdit, make))


@router.patch("/timelines/{timeline_id}/uses/{use}", responses=problems(writes=True))
def change_use(timeline_id: Id, use: Use, body: ValuesInput, session: Signed) -> Answer[TimelineEdit]:
    """Fill a template anew where it lies in a cut by hand: one act."""
    with unit_of_work() as uow:
        done = timelines.change_use(uow, session.actor, timeline_id, use, body.values, revision=body.revision)
        return Answer(data=done)


def _values(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as e:
        raise Invalid("Give the values as a JSON object.", field="values") from e
    if type(found) is not dict:
        raise Invalid("Give the values as a JSON object.", field="values")
    return found  # pyright: ignore[reportUnknownVariableType]


def _template(template: Template) -> TemplateOut:
    parameters = tuple(_parameter(each) for each in template.parameters)
    return TemplateOut(
        id=template.id, name=template.name, about=template.about, seconds=template.seconds, parameters=parameters
    )


def _parameter(each: Parameter) -> ParameterOut:
    return ParameterOut(
        name=each.name,
        label=each.label,
        kind=each.kind,
        default=each.default,
        least=each.least,
        most=each.most,
        choices=each.choices,
        long=each.long,
        optional=each.optional,
    )
