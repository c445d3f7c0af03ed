"""The stage of a shot: its floor plan, figures and camera placed on it, previews, and how the people of a board look."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, StringConstraints

from app.api.deps import Signed
from app.api.http.answers import UUID, Answer, Id, Several, Words, problems, several
from app.api.http.files import shown_now
from studio.core.db import reading, unit_of_work
from studio.engine.artist.spec import Angle, Expression, Pose
from studio.storyboards import service as storyboards
from studio.storyboards.stage.views import (
    CameraPlacing,
    FigurePlacing,
    FloorPlan,
    LikenessView,
    LookFields,
    PersonLook,
)
from studio.storyboards.views import BoardEdit

router = APIRouter(tags=["stage"])
PNG: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/png": {}}, "description": "The picture"},
    304: {"description": "The picture known under If-None-Match is still right"},
}
PanelId = Annotated[str | None, Query(pattern=UUID, description="A panel of the shot; without it the first")]
PersonName = Annotated[Words, StringConstraints(min_length=1, max_length=200)]
AskedName = Annotated[Words, Query(min_length=1, max_length=200, description="As the script names them")]
Colour = Annotated[str, StringConstraints(pattern="^#[0-9a-fA-F]{6}$")]


class FigureInput(BaseModel):
    """What is to be changed of somebody; what is left out stays. Metres and degrees; "" empties the hand or the look."""

    name: PersonName
    x: float | None = None
    z: float | None = None
    facing: float | None = None
    pose: Pose | None = None
    expression: Expression | None = None
    prop: Annotated[Words, StringConstraints(max_length=40)] | None = None
    looks_at: Annotated[Words, StringConstraints(max_length=200)] | None = None
    seated: bool | None = None


class CameraInput(BaseModel):
    """What is to be changed of the camera; what is left out stays. A height of 0 leaves it to the angle."""

    azimuth: float | None = None
    lens_mm: float | None = None
    height: float | None = None
    angle: Angle | None = None


class PlanInput(BaseModel):
    figures: Annotated[list[FigureInput], Field(max_length=16)] = []
    camera: CameraInput = CameraInput()


class LookInput(BaseModel):
    """What is to be changed of how somebody looks; what is left out stays."""

    name: PersonName
    feminine: bool | None = None
    age: Words | None = None
    stature: float | None = None
    build: float | None = None
    hair: Colour | None = None
    hair_style: Words | None = None
    hat: bool | None = None
    garment: Words | None = None
    top: Colour | None = None
    bottom: Colour | None = None
    skin: Colour | None = None


@router.get("/shots/{shot_id}/plan", responses=problems())
def get_plan(shot_id: Id, session: Signed, panel: PanelId = None) -> Answer[FloorPlan]:
    """The stage of a shot from above: who stands where, and the camera."""
    with reading() as uow:
        return Answer(data=storyboards.get_floor_plan(uow, session.actor, shot_id, panel))


@router.patch("/shots/{shot_id}/plan", responses=problems(writes=True))
def place(shot_id: Id, body: PlanInput, session: Signed, panel: PanelId = None) -> Answer[BoardEdit]:
    """Put figures and camera elsewhere, or change what they do; the panel is drawn anew."""
    figures = [FigurePlacing(**dict(each)) for each in body.figures]
    camera = CameraPlacing(**dict(body.camera))
    with unit_of_work() as uow:
        edit = storyboards.place_on_floor(uow, session.actor, shot_id, figures, camera, panel_id=panel)
        return Answer(data=edit)


@router.get("/shots/{shot_id}/plan/floor", response_class=Response, responses={**problems(), **PNG})
def get_floor(
    shot_id: Id,
    request: Request,
    session: Signed,
    reach: Annotated[int, Query(ge=4, le=12, description="Metres to each side of the middle")] = 6,
) -> Response:
    """The place of a shot from above, without people, as a PNG."""
    picture = storyboards.floor_picture(session.actor, shot_id, reach)
    return shown_now(request, picture.png, tag=picture.tag)


@router.get("/shots/{shot_id}/preview", response_class=Response, responses={**problems(), **PNG})
def get_preview(shot_id: Id, request: Request, session: Signed, panel: PanelId = None) -> Response:
    """What a panel is to show now, small and at once, as a PNG."""
    picture = storyboards.preview_panel(session.actor, shot_id, panel)
    return shown_now(request, picture.png, tag=picture.tag)


@router.get("/scripts/{script_id}/looks", responses=problems())
def list_looks(script_id: Id, session: Signed) -> Several[PersonLook]:
    """How everybody on a board looks."""
    with reading() as uow:
        return several(storyboards.list_looks(uow, session.actor, script_id))


@router.patch("/scripts/{script_id}/looks", responses=problems(writes=True))
def change_look(script_id: Id, body: LookInput, session: Signed) -> Answer[BoardEdit]:
    """Change how somebody looks in all panels of a board."""
    fields = LookFields(**{key: value for key, value in dict(body).items() if key != "name"})
    with unit_of_work() as uow:
        return Answer(data=storyboards.change_look(uow, session.actor, script_id, body.name, fields))


@router.get("/scripts/{script_id}/looks/portrait", response_class=Response, responses={**problems(), **PNG})
def get_portrait(script_id: Id, name: AskedName, request: Request, session: Signed) -> Response:
    """Somebody from head to foot, as a PNG."""
    picture = storyboards.portrait(session.actor, script_id, name)
    return shown_now(request, picture.png, tag=picture.tag)


@router.get("/scripts/{script_id}/likeness", responses=problems())
def get_likeness(script_id: Id, name: AskedName, session: Signed) -> Answer[LikenessView]:
    """How alike the drawings of somebody are."""
    return Answer(data=storyboards.likeness_of(session.actor, script_id, name))
