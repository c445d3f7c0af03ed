"""The breakdown of a script: sheets, strips, who is in which scene, the elements on them, and what the shots cover."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from app.api.deps import Signed
from app.api.http.answers import Answer, Id, Several, Words, problems, several
from app.api.http.uploads import file_name
from studio.core.db import reading, unit_of_work
from studio.scripts import service as scripts
from studio.scripts.formats.breakdown.sheet_writing import MIME, SheetFormat, written_breakdown
from studio.scripts.sheet.categories import Category
from studio.scripts.sheet.views import BreakdownSheet, CastChart, StripView, TagView
from studio.storyboards import service as storyboards
from studio.storyboards.views import ScriptCoverage

router = APIRouter(tags=["breakdown"])
MOST = 1_000_000
"""No scene has a higher position."""
Scene = Annotated[int, Field(ge=0, le=MOST, description="Position of a scene")]
_FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {mime.partition(";")[0]: {} for mime in MIME.values()}, "description": "The breakdown as a file"}
}


class SceneInput(BaseModel):
    scene: Scene


class TagInput(BaseModel):
    scene: Scene
    category: Category
    name: Words


class TagChange(BaseModel):
    """What is to change: another name, another category, kept from now on, put aside or brought back."""

    name: Words | None = None
    category: Category | None = None
    kept: bool = False
    aside: bool | None = None


class DayInput(BaseModel):
    """The script day of a scene ("D2", "N3", "FB"); empty: as the headings say."""

    scene: Scene
    day: Words


class Suggested(BaseModel):
    """How many suggestions are new."""

    new: int


@router.get("/scripts/{script_id}/breakdown", responses=problems())
def get_sheet(
    script_id: Id, session: Signed, scene: Annotated[int, Query(ge=0, le=MOST, description="Position of a scene")] = 0
) -> Answer[BreakdownSheet]:
    """The breakdown sheet of a scene."""
    with reading() as uow:
        return Answer(data=scripts.list_sheet(uow, session.actor, script_id, scene))


@router.get("/scripts/{script_id}/breakdown/strips", responses=problems())
def list_strips(script_id: Id, session: Signed) -> Several[StripView]:
    """The strip board, one strip a scene."""
    with reading() as uow:
        return several(scripts.list_strips(uow, session.actor, script_id))


@router.get("/scripts/{script_id}/breakdown/cast", responses=problems())
def get_cast_chart(script_id: Id, session: Signed) -> Answer[CastChart]:
    """Who is in which scene."""
    with reading() as uow:
        return Answer(data=scripts.cast_by_scene(uow, session.actor, script_id))


@router.post("/scripts/{script_id}/breakdown/suggest", responses=problems(writes=True))
def suggest_tags(script_id: Id, session: Signed) -> Answer[Suggested]:
    """Suggest what every scene needs from its words; what a person touched stays as it is."""
    with unit_of_work() as uow:
        return Answer(data=Suggested(new=scripts.suggest_tags(uow, session.actor, script_id)))


@router.post("/scripts/{script_id}/breakdown/tags", status_code=201, responses=problems(writes=True))
def add_tag(script_id: Id, body: TagInput, session: Signed) -> Answer[TagView]:
    """Put something on a scene's sheet."""
    with unit_of_work() as uow:
        return Answer(data=scripts.add_tag(uow, session.actor, script_id, body.scene, body.category, body.name))


@router.post("/scripts/{script_id}/breakdown/keep", responses=problems(writes=True))
def keep_tags(script_id: Id, body: SceneInput, session: Signed) -> Answer[BreakdownSheet]:
    """Keep every suggestion on a scene's sheet."""
    with unit_of_work() as uow:
        scripts.keep_tags(uow, session.actor, script_id, body.scene)
        return Answer(data=scripts.list_sheet(uow, session.actor, script_id, body.scene))


@router.patch("/tags/{tag_id}", responses=problems(writes=True))
def change_tag(tag_id: Id, body: TagChange, session: Signed) -> Answer[TagView]:
    """Rename an element, sort it elsewhere, keep it, put it aside or bring it back."""
    with unit_of_work() as uow:
        tag = scripts.get_tag(uow, session.actor, tag_id)
        if body.category is not None:
            tag = scripts.move_tag(uow, session.actor, tag_id, body.category)
        if body.name is not None:
            tag = scripts.rename_tag(uow, session.actor, tag_id, body.name)
        if body.kept:
            tag = scripts.keep_tag(uow, session.actor, tag_id)
        if body.aside is not None:
            change = scripts.dismiss_tag if body.aside else scripts.restore_tag
            tag = change(uow, session.actor, tag_id)
        return Answer(data=tag)


@router.delete("/tags/{tag_id}", responses=problems(writes=True))
def dismiss_tag(tag_id: Id, session: Signed) -> Answer[TagView]:
    """Put an element aside; it can be brought back, and no suggestion brings it back by itself."""
    with unit_of_work() as uow:
        return Answer(data=scripts.dismiss_tag(uow, session.actor, tag_id))


@router.put("/scripts/{script_id}/breakdown/script-day", responses=problems(writes=True))
def set_script_day(script_id: Id, body: DayInput, session: Signed) -> Answer[BreakdownSheet]:
    """Say which day of the story a scene plays on; the scenes after it follow."""
    with unit_of_work() as uow:
        scripts.set_script_day(uow, session.actor, script_id, body.scene, body.day)
        return Answer(data=scripts.list_sheet(uow, session.actor, script_id, body.scene))


@router.get("/scripts/{script_id}/breakdown.{format}", response_class=Response, responses={**problems(), **_FILES})
def export_breakdown(script_id: Id, format: SheetFormat, session: Signed) -> Response:
    """The whole breakdown as a file: CSV, Excel or PDF."""
    with reading() as uow:
        breakdown = scripts.read_breakdown(uow, session.actor, script_id)
    name = file_name(f"{breakdown.title} breakdown.{format}")
    disposition = f"attachment; filename*=utf-8''{quote(name, safe='')}"
    return Response(
        written_breakdown(breakdown, format), media_type=MIME[format], headers={"Content-Disposition": disposition}
    )


@router.get("/scripts/{script_id}/coverage", responses=problems())
def get_coverage(script_id: Id, session: Signed) -> Answer[ScriptCoverage]:
    """Which words of the script no shot holds, and which spoken lines have no voice."""
    with reading() as uow:
        return Answer(data=storyboards.coverage_of(uow, session.actor, script_id))
