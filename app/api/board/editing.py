"""Editing a board: shots changed, put in, copied, taken out, split, merged, moved; undone, done again, put back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from app.api.deps import Signed
from app.api.http.answers import UUID, Answer, Id, Listing, PageNumber, PageSize, Words, listing, problems
from app.api.http.once import IdempotencyKey, made_once
from studio.audit import service as audit
from studio.audit.views import EntryView
from studio.core.db import reading, unit_of_work
from studio.engine.artist.spec import Angle, Light, Move, ShotType, Size, Style
from studio.storyboards import service as storyboards
from studio.storyboards.views import BoardEdit, Edge, ShotFields, Undoable
from studio.thread import service as thread

router = APIRouter(tags=["board"])
Named = Annotated[str, StringConstraints(pattern=UUID)]
Shots = Annotated[list[Named], Field(min_length=1, max_length=200)]
MOST = 1_000_000


class ShotInput(BaseModel):
    """What is to be changed; what is left out stays. Lengths in frames, lenses in millimetres.

    A length is taken from or given to an `edge`, or else to all pauses; `timed` false lets it follow the voices again.
    """

    size: Size | None = None
    type: ShotType | None = None
    angle: Angle | None = None
    move: Move | None = None
    lens_mm: float | None = None
    frames: Annotated[int, Field(ge=1, le=MOST)] | None = None
    description: Words | None = None
    cast: Annotated[tuple[Words, ...], Field(max_length=50)] | None = None
    light: Light | None = None
    edge: Edge | None = None
    timed: bool | None = None


class NewShotInput(BaseModel):
    """Where a shot comes: before or after another one, or at the end of the scene."""

    scene_id: Named
    before_id: Named | None = None
    after_id: Named | None = None
    description: Words = ""


class SplitInput(BaseModel):
    """`at` counts frames from the shot's start; without it the shot is cut where it is best."""

    at: Annotated[int, Field(ge=1, le=MOST)] | None = None


class ShotsInput(BaseModel):
    shots: Shots


class MoveInput(BaseModel):
    """Which shots go where: before or after another one, or to the end of the scene."""

    shots: Shots
    scene_id: Named
    before_id: Named | None = None
    after_id: Named | None = None


class LockInput(BaseModel):
    locked: bool


class StyleInput(BaseModel):
    """What all panels look like: the hand and the colours, never what is in them."""

    style: Style


class UndoInput(BaseModel):
    """`seq` names an entry of the history that is one's own; without it one's last act is undone."""

    seq: Annotated[int, Field(ge=1, le=MOST)] | None = None


class RewindInput(BaseModel):
    """The moment to which a scene goes back."""

    at: AwareDatetime


@router.patch("/shots/{shot_id}", responses=problems(writes=True))
def change_shot(shot_id: Id, body: ShotInput, session: Signed) -> Answer[BoardEdit]:
    """Change fields of a shot; its panel follows."""
    with unit_of_work() as uow:
        return Answer(data=storyboards.change_shot(uow, session.actor, shot_id, ShotFields(**dict(body))))


@router.get("/scripts/{script_id}/style", responses=problems())
def get_style(script_id: Id, session: Signed) -> Answer[StyleInput]:
    """The style a board is drawn in."""
    with reading() as uow:
        return Answer(data=StyleInput(style=storyboards.board_style(uow, session.actor, script_id)))


@router.put("/scripts/{script_id}/style", responses=problems(writes=True))
def change_style(script_id: Id, body: StyleInput, session: Signed) -> Answer[BoardEdit]:
    """Have the whole board drawn in another style; what is drawn by hand stays as it is."""
    with unit_of_work() as uow:
        return Answer(data=storyboards.change_style(uow, session.actor, script_id, body.style))


@router.post("/scripts/{script_id}/shots", status_code=201, responses=problems(writes=True))
def insert_shot(
    script_id: Id, body: NewShotInput, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[BoardEdit]:
    """Put in a new shot."""

    def make() -> BoardEdit:
        with unit_of_work() as uow:
            return storyboards.insert_shot(
                uow,
                session.actor,
                script_id,
                body.scene_id,
                before_id=body.before_id,
                after_id=body.after_id,
                description=body.description,
            )

    return Answer(data=made_once(idempotency_key, session.actor, f"insert {script_id}", BoardEdit, make))


@router.post("/shots/{shot_id}/duplicate", status_code=201, responses=problems(writes=True))
def duplicate_shot(shot_id: Id, session: Signed, idempotency_key: IdempotencyKey = None) -> Answer[BoardEdit]:
    """The shot once more, behind it, with its picture."""

    def make() -> BoardEdit:
        with unit_of_work() as uow:
            script_id = storyboards.get_shot(uow, session.actor, shot_id).script_id
            return storyboards.duplicate_shots(uow, session.actor, script_id, [shot_id])

    return Answer(data=made_once(idempotency_key, session.actor, f"duplicate {shot_id}", BoardEdit, make))


@router.post("/shots/{shot_id}/split", status_code=201, responses=problems(writes=True))
def split_shot(
    shot_id: Id, body: SplitInput, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[BoardEdit]:
    """Cut a shot in two."""

    def make() -> BoardEdit:
        with unit_of_work() as uow:
            return storyboards.split_shot(uow, session.actor, shot_id, at=body.at)

    return Answer(data=made_once(idempotency_key, session.actor, f"split {shot_id}", BoardEdit, make))


@router.delete("/shots/{shot_id}", responses=problems(writes=True))
def delete_shot(shot_id: Id, session: Signed) -> Answer[BoardEdit]:
    """Take a shot off the board; an undo brings it back with its drawings."""
    with unit_of_work() as uow:
        script_id = storyboards.get_shot(uow, session.actor, shot_id).script_id
        return Answer(data=storyboards.delete_shots(uow, session.actor, script_id, [shot_id]))


@router.post("/scripts/{script_id}/shots/merge", responses=problems(writes=True))
def merge_shots(
    script_id: Id, body: ShotsInput, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[BoardEdit]:
    """Join shots that stand side by side."""

    def make() -> BoardEdit:
        with unit_of_work() as uow:
            return storyboards.merge_shots(uow, session.actor, script_id, body.shots)

    return Answer(data=made_once(idempotency_key, session.actor, f"merge {script_id}", BoardEdit, make))


@router.post("/scripts/{script_id}/shots/move", responses=problems(writes=True))
def move_shots(script_id: Id, body: MoveInput, session: Signed) -> Answer[BoardEdit]:
    """Put shots elsewhere, within a scene or into another."""
    with unit_of_work() as uow:
        return Answer(
            data=storyboards.move_shots(
                uow,
                session.actor,
                script_id,
                body.shots,
                body.scene_id,
                before_id=body.before_id,
                after_id=body.after_id,
            )
        )


@router.put("/scripts/{script_id}/scenes/{scene_id}/numbers", responses=problems(writes=True))
def lock_numbers(script_id: Id, scene_id: Id, body: LockInput, session: Signed) -> Answer[BoardEdit]:
    """Lock the numbers of a scene's shots, or let them follow the order again."""
    with unit_of_work() as uow:
        return Answer(data=storyboards.lock_numbers(uow, session.actor, script_id, scene_id, locked=body.locked))


@router.get("/scripts/{script_id}/board/undo", responses=problems())
def list_undoable(script_id: Id, session: Signed) -> Answer[Undoable]:
    """What one can undo and do again next."""
    with reading() as uow:
        return Answer(data=storyboards.undoable(uow, session.actor, script_id))


@router.post("/scripts/{script_id}/board/undo", responses=problems(writes=True))
def undo(script_id: Id, body: UndoInput, session: Signed, idempotency_key: IdempotencyKey = None) -> Answer[BoardEdit]:
    """Undo one's last act on the board."""

    def make() -> BoardEdit:
        with unit_of_work() as uow:
            return storyboards.undo(uow, session.actor, script_id, seq=body.seq)

    return Answer(data=made_once(idempotency_key, session.actor, f"undo {script_id}", BoardEdit, make))


@router.post("/scripts/{script_id}/board/redo", responses=problems(writes=True))
def redo(script_id: Id, session: Signed, idempotency_key: IdempotencyKey = None) -> Answer[BoardEdit]:
    """Do again what one undid last."""

    def make() -> BoardEdit:
        with unit_of_work() as uow:
            return storyboards.redo(uow, session.actor, script_id)

    return Answer(data=made_once(idempotency_key, session.actor, f"redo {script_id}", BoardEdit, make))


@router.post("/scripts/{script_id}/scenes/{scene_id}/rewind", responses=problems(writes=True))
def rewind_scene(
    script_id: Id, scene_id: Id, body: RewindInput, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[BoardEdit]:
    """Put the shots of a scene back to how they were at a moment."""

    def make() -> BoardEdit:
        with unit_of_work() as uow:
            return storyboards.rewind_scene(uow, session.actor, script_id, scene_id, body.at)

    return Answer(data=made_once(idempotency_key, session.actor, f"rewind {scene_id}", BoardEdit, make))


@router.get("/projects/{project_id}/history", responses=problems())
def list_history(project_id: Id, session: Signed, page: PageNumber = 1, limit: PageSize = 20) -> Listing[EntryView]:
    """Who changed what, newest first."""
    with reading() as uow:
        found = audit.list_entries(uow, session.actor, project_id, page=page, limit=limit)
    return listing(found.items, page=page, limit=limit, total=found.total)


@router.post("/projects/{project_id}/history/{seq}/undo", status_code=204, responses=problems(writes=True))
def undo_entry(project_id: Id, seq: Annotated[int, Path(ge=1, le=MOST)], session: Signed) -> None:
    """Undo one of one's own acts on a project, its script or its board."""
    with unit_of_work() as uow:
        thread.undo_entry(uow, session.actor, project_id, seq)
