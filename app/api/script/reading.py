"""The script of a project: bring it in, read it scene by scene, take it out again."""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Response, UploadFile

from app.api.deps import Signed
from app.api.http.answers import Answer, Id, Listing, PageNumber, Several, Words, listing, problems, several
from app.api.http.uploads import file_name
from app.api.projects import WordsInput
from studio.accounts.views import Actor
from studio.core.db import reading, unit_of_work
from studio.core.errors import NotFound
from studio.scripts import service as scripts
from studio.scripts.formats.writing import ExportFormat
from studio.scripts.views import PersonView, PlaceView, ScenePage, ScriptDetail
from studio.storyboards import service as storyboards

router = APIRouter(tags=["scripts"])
SCENES_A_PAGE = 20
_MIMES = ("text/plain", "application/xml", "application/pdf", "application/json")
_FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {mime: {} for mime in _MIMES}, "description": "The script as a file"}
}


@router.get("/projects/{project_id}/script", responses=problems())
def get_script(project_id: Id, session: Signed) -> Answer[ScriptDetail]:
    """The newest script of a project, with its scenes."""
    with reading() as uow:
        found = scripts.latest_script(uow, session.actor, project_id)
    if found is None:
        raise NotFound("There is no script in this project yet. Import one.")
    return Answer(data=found)


@router.post("/projects/{project_id}/script", status_code=201, responses=problems(writes=True))
def import_script(project_id: Id, body: WordsInput, session: Signed) -> Answer[ScriptDetail]:
    """Bring in a screenplay's text and break it down into shots."""
    return Answer(data=_imported(session.actor, project_id, body.text.encode(), file_name(body.name)))


@router.post("/projects/{project_id}/script/file", status_code=201, responses=problems(writes=True))
def import_script_file(project_id: Id, file: UploadFile, session: Signed) -> Answer[ScriptDetail]:
    """Bring in a screenplay's file (at most 12 MB) and break it down into shots."""
    return Answer(data=_imported(session.actor, project_id, file.file.read(), file_name(file.filename)))


@router.get("/scripts/{script_id}/scenes", responses=problems())
def list_scenes(script_id: Id, session: Signed, page: PageNumber = 1) -> Listing[ScenePage]:
    """Twenty scenes at a time, as they are printed."""
    with reading() as uow:
        total = len(scripts.list_scenes(uow, session.actor, script_id))
        first = (page - 1) * SCENES_A_PAGE
        scenes = scripts.read_scenes(uow, session.actor, script_id, first, SCENES_A_PAGE) if first < total else ()
    return listing(scenes, page=page, limit=SCENES_A_PAGE, total=total)


@router.get("/scripts/{script_id}/export", response_class=Response, responses={**problems(), **_FILES})
def export_script(
    script_id: Id,
    session: Signed,
    format: ExportFormat = "fountain",
    paper: Literal["letter", "a4"] = "letter",
    name: Words = "",
) -> Response:
    """The script as a file: Fountain (byte for byte as it came, unless it was changed), Final Draft, PDF, text or JSON."""
    with reading() as uow:
        file = scripts.export_script(uow, session.actor, script_id, format, paper=paper)
    disposition = f"attachment; filename*=utf-8''{quote(file_name(name or file.name))}"
    return Response(file.data, media_type=file.mime, headers={"Content-Disposition": disposition})


@router.get("/projects/{project_id}/people", responses=problems())
def list_people(project_id: Id, session: Signed) -> Several[PersonView]:
    """The characters, with their lines and voices."""
    with reading() as uow:
        return several(scripts.list_people(uow, session.actor, project_id))


@router.get("/projects/{project_id}/places", responses=problems())
def list_places(project_id: Id, session: Signed) -> Several[PlaceView]:
    """The places, with their scenes."""
    with reading() as uow:
        return several(scripts.list_places(uow, session.actor, project_id))


def _imported(actor: Actor, project_id: str, data: bytes, name: str) -> ScriptDetail:
    with unit_of_work() as uow:
        script = scripts.import_script(uow, actor, project_id, data=data, name=name)
        storyboards.break_down(uow, actor, script.id)
        return script
