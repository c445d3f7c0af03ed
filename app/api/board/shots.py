"""The board: its scenes, its shots and their panels."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, UploadFile
from pydantic import BaseModel, Field

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
from app.api.http.once import IdempotencyKey, made_once
from app.api.http.uploads import file_name
from studio.core.db import reading, unit_of_work
from studio.media.pictures.apart import Fit
from studio.runs.views import RunView
from studio.storyboards import service as storyboards
from studio.storyboards.views import BoardScene, ContinuityWarning, PanelCard, ShotDetail

router = APIRouter(tags=["board"])
MOST = 1_000_000
"""No scene and no version has a higher number."""


WarningId = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]


OfPanel = Annotated[
    str | None, Query(pattern=UUID, description="One of the shot's panels; its first unless it is given")
]


class VersionInput(BaseModel):
    number: int = Field(ge=1, le=MOST)


class ReasonInput(BaseModel):
    reason: Words


@router.get("/scripts/{script_id}/board", responses=problems())
def list_board(script_id: Id, session: Signed) -> Several[BoardScene]:
    """The scenes of a board, with how far each is drawn."""
    with reading() as uow:
        return several(storyboards.list_scenes_on_board(uow, session.actor, script_id))


@router.get("/scripts/{script_id}/shots", responses=problems())
def list_shots(
    script_id: Id,
    session: Signed,
    scene: Annotated[int | None, Query(ge=0, le=MOST, description="Position of a scene")] = None,
    page: PageNumber = 1,
    limit: PageSize = 24,
) -> Listing[PanelCard]:
    """The shots of a board, or of one scene of it, with the picture shown for each."""
    with reading() as uow:
        found = storyboards.list_cards(uow, session.actor, script_id, scene=scene, page=page, limit=limit)
    return listing(found.items, page=page, limit=limit, total=found.total)


@router.post("/scripts/{script_id}/draw", status_code=202, responses=problems(writes=True))
def draw_board(script_id: Id, session: Signed, idempotency_key: IdempotencyKey = None) -> Answer[RunView]:
    """Draw every panel that has no picture yet."""

    def make() -> RunView:
        with unit_of_work() as uow:
            return storyboards.submit_board(uow, session.actor, script_id)

    return Answer(data=made_once(idempotency_key, session.actor, f"draw {script_id}", RunView, make))


@router.get("/shots/{shot_id}", responses=problems())
def get_shot(shot_id: Id, session: Signed, panel: OfPanel = None) -> Answer[ShotDetail]:
    """All there is to know of a shot."""
    with reading() as uow:
        return Answer(data=storyboards.get_shot(uow, session.actor, shot_id, panel_id=panel))


@router.post("/shots/{shot_id}/redraw", status_code=202, responses=problems(writes=True))
def redraw_panel(
    shot_id: Id, session: Signed, panel: OfPanel = None, idempotency_key: IdempotencyKey = None
) -> Answer[RunView]:
    """Draw a shot's panel once more; what was drawn before is kept."""

    def make() -> RunView:
        with unit_of_work() as uow:
            return storyboards.redraw_panel(uow, session.actor, shot_id, panel_id=panel)

    return Answer(data=made_once(idempotency_key, session.actor, f"redraw {shot_id} {panel or ''}", RunView, make))


@router.put("/shots/{shot_id}/version", responses=problems(writes=True))
def show_version(shot_id: Id, body: VersionInput, session: Signed, panel: OfPanel = None) -> Answer[ShotDetail]:
    """Show another of the drawings of a shot."""
    with unit_of_work() as uow:
        storyboards.show_version(uow, session.actor, shot_id, body.number, panel_id=panel)
        return Answer(data=storyboards.get_shot(uow, session.actor, shot_id, panel_id=panel))


@router.post("/shots/{shot_id}/panel", status_code=201, responses=problems(writes=True))
def upload_panel(
    shot_id: Id,
    file: UploadFile,
    session: Signed,
    panel: OfPanel = None,
    fit: Annotated[Fit, Form(description="The whole picture with paper round it, or the frame filled")] = "whole",
    scan: Annotated[bool, Form(description="Set it straight and cut it to what is drawn")] = False,
) -> Answer[ShotDetail]:
    """Bring in a picture (PNG, JPEG, WebP or PSD, at most 40 MB) as the newest drawing of a shot."""
    name = file_name(file.filename, "picture")
    data = file.file.read()
    storyboards.upload_panel(session.actor, shot_id, data=data, name=name, fit=fit, scan=scan, panel_id=panel)
    with reading() as uow:
        return Answer(data=storyboards.get_shot(uow, session.actor, shot_id, panel_id=panel))


@router.get("/scripts/{script_id}/continuity", responses=problems())
def list_warnings(script_id: Id, session: Signed) -> Several[ContinuityWarning]:
    """Where shots of a board do not cut together, with those that are meant so."""
    with reading() as uow:
        return several(storyboards.list_warnings(uow, session.actor, script_id))


@router.put("/scripts/{script_id}/continuity/{warning_id}", responses=problems(writes=True))
def dismiss_warning(
    script_id: Id, warning_id: WarningId, body: ReasonInput, session: Signed
) -> Answer[ContinuityWarning]:
    """Say why a warning is meant; it is told no more."""
    with unit_of_work() as uow:
        return Answer(data=storyboards.dismiss_warning(uow, session.actor, script_id, warning_id, body.reason))


@router.delete("/scripts/{script_id}/continuity/{warning_id}", responses=problems(writes=True))
def recall_warning(script_id: Id, warning_id: WarningId, session: Signed) -> Answer[ContinuityWarning]:
    """Let a warning count again."""
    with unit_of_work() as uow:
        return Answer(data=storyboards.recall_warning(uow, session.actor, script_id, warning_id))
