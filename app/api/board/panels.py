"""The panels of a shot: read, added, copied, taken off, put in order and timed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from app.api.board.shots import MOST
from app.api.deps import Signed
from app.api.http.answers import UUID, Answer, Id, Several, problems, several
from app.api.http.once import IdempotencyKey, made_once
from studio.core.db import reading, unit_of_work
from studio.storyboards import service as storyboards
from studio.storyboards.views import BoardEdit, PanelView

router = APIRouter(tags=["board"])


class NewPanelInput(BaseModel):
    """Before or behind which panel it comes (else behind the last), and whether it is a copy of that with its picture."""

    before_id: Annotated[str, StringConstraints(pattern=UUID)] | None = None
    after_id: Annotated[str, StringConstraints(pattern=UUID)] | None = None
    copied: bool = False


class PanelInput(BaseModel):
    """What is to be changed; what is left out stays. `frames` are the panel's length, `position` counts from 0."""

    frames: Annotated[int, Field(ge=1, le=MOST)] | None = None
    position: Annotated[int, Field(ge=0, le=MOST)] | None = None


@router.get("/shots/{shot_id}/panels", responses=problems())
def list_panels(shot_id: Id, session: Signed) -> Several[PanelView]:
    """The panels of a shot in order, each with its share of the shot's frames."""
    with reading() as uow:
        return several(storyboards.list_panels(uow, session.actor, shot_id))


@router.post("/shots/{shot_id}/panels", status_code=201, responses=problems(writes=True))
def add_panel(
    shot_id: Id, body: NewPanelInput, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[BoardEdit]:
    """One more panel: the end of the camera's move, the same framing once more where it stays, or a copy."""

    def make() -> BoardEdit:
        with unit_of_work() as uow:
            return storyboards.add_panel(
                uow, session.actor, shot_id, before_id=body.before_id, after_id=body.after_id, copy=body.copied
            )

    return Answer(data=made_once(idempotency_key, session.actor, f"panel {shot_id}", BoardEdit, make))


@router.patch("/panels/{panel_id}", responses=problems(writes=True))
def change_panel(panel_id: Id, body: PanelInput, session: Signed) -> Answer[BoardEdit]:
    """Time a panel, or put it elsewhere in its shot."""
    with unit_of_work() as uow:
        edit = storyboards.change_panel(uow, session.actor, panel_id, frames=body.frames, position=body.position)
        return Answer(data=edit)


@router.delete("/panels/{panel_id}", responses=problems(writes=True))
def delete_panel(panel_id: Id, session: Signed) -> Answer[BoardEdit]:
    """Take a panel off its shot; an undo brings it back with its drawings."""
    with unit_of_work() as uow:
        return Answer(data=storyboards.delete_panel(uow, session.actor, panel_id))
