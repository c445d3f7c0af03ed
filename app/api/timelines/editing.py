"""Edits of cuts: acts on the board of one that follows it, the engine's edits of one by hand; undone and done again."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from app.api.deps import Signed
from app.api.http.answers import Answer, Id, Words, problems
from app.api.http.once import IdempotencyKey, made_once
from studio.core.db import reading, unit_of_work
from studio.core.errors import Invalid
from studio.engine.editing import ops
from studio.storyboards.views import Edge, Undoable
from studio.timelines import service as timelines
from studio.timelines.edits import Delete, Edit, FollowVoice, Gain, Move, Split, Trim
from studio.timelines.views import CutEdit, EditPatch, MergeView, TimelineEdit
from studio.timelines.wishes import names, told

router = APIRouter(prefix="/timelines/{timeline_id}", tags=["timelines"])
_MOST_REVISION = 2_000_000_000
Revision = Annotated[int, Field(ge=1, le=_MOST_REVISION)]
_MOST = 1_000_000
_OPS: list[Any] = [*(name for name in ops() if name != "patch"), *names()]
Clip = Annotated[Words, Field(min_length=1, max_length=100)]
Clips = Annotated[tuple[Clip, ...], Field(min_length=1, max_length=200)]
Frames = Annotated[int, Field(ge=1, le=_MOST)]


class TrimInput(BaseModel):
    """A shot gets a length in frames, at its head or tail; without an edge its pauses share."""

    do: Literal["trim"]
    clip: Clip
    frames: Frames
    edge: Edge | None = None

    def edit(self) -> Edit:
        return Trim(self.clip, self.frames, self.edge)


class FollowInput(BaseModel):
    """A shot is as long as what is said in it."""

    do: Literal["follow_voice"]
    clip: Clip

    def edit(self) -> Edit:
        return FollowVoice(self.clip)


class MoveClipsInput(BaseModel):
    """Shots go before another one, or after it."""

    do: Literal["move"]
    clips: Clips
    before: Clip | None = None
    after: Clip | None = None

    def edit(self) -> Edit:
        return Move(self.clips, self.before, self.after)


class DeleteInput(BaseModel):
    """Shots are taken out."""

    do: Literal["delete"]
    clips: Clips

    def edit(self) -> Edit:
        return Delete(self.clips)


class SplitClipInput(BaseModel):
    """A shot is cut in two, `at` frames after its start; without that where it is best."""

    do: Literal["split"]
    clip: Clip
    at: Frames | None = None

    def edit(self) -> Edit:
        return Split(self.clip, self.at)


class GainInput(BaseModel):
    """A voice or music gets louder or softer."""

    do: Literal["gain"]
    clip: Clip
    db: float

    def edit(self) -> Edit:
        return Gain(self.clip, self.db)


AnyEdit = Annotated[
    TrimInput | FollowInput | MoveClipsInput | DeleteInput | SplitClipInput | GainInput, Field(discriminator="do")
]


class HandEditInput(BaseModel):
    """An edit of a cut by hand: its name and what it needs, as it is stored ("trim": clip, edge, by, ripple ...).

    Or, alone, what a pane of the Cut room asks for, in its words ("set_property": clips, group, name, value, frame ...).
    """

    model_config = ConfigDict(extra="allow", json_schema_extra={"properties": {"op": {"enum": _OPS}}})

    op: Annotated[Words, Field(max_length=40)]


class EditsInput(BaseModel):
    """Edits of the cut as it was at `revision`, all or none: with `do` of one that follows its board, with `op` of one by hand.

    With `dry_run` nothing is changed. `label` is what the history of a cut by hand calls it.
    """

    revision: Revision
    edits: Annotated[tuple[AnyEdit | HandEditInput, ...], Field(min_length=1, max_length=1000)]
    label: Annotated[Words, Field(max_length=200)] = ""
    dry_run: bool = False


class UndoInput(BaseModel):
    """`revision` is what an act of one's own led to; without it one's last act is undone."""

    revision: Revision | None = None


class MergeInput(BaseModel):
    """With `dry_run` it is only told what would come."""

    dry_run: bool = False


class Since(BaseModel):
    """The patches since a revision; null: too much has changed, look at the whole cut again."""

    patches: tuple[EditPatch, ...] | None


@router.post("/edits", responses=problems(writes=True))
def edit_cut(
    timeline_id: Id, body: EditsInput, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[CutEdit | TimelineEdit]:
    """Edit a cut: one that follows its board with it, one by hand for itself. Refused with 409 where what is edited has changed."""
    by_hand = [each for each in body.edits if isinstance(each, HandEditInput)]
    board = [each.edit() for each in body.edits if not isinstance(each, HandEditInput)]
    if board and by_hand:
        raise Invalid("Edits are all of a board (do), or all of a cut by hand (op).", field="edits")

    def make() -> CutEdit:
        with unit_of_work() as uow:
            return timelines.edit_cut(
                uow, session.actor, timeline_id, board, revision=body.revision, dry_run=body.dry_run
            )

    def make_by_hand() -> TimelineEdit:
        edits = [told(each.model_dump()) for each in by_hand]
        with unit_of_work() as uow:
            return timelines.edit_timeline(
                uow,
                session.actor,
                timeline_id,
                edits,
                revision=body.revision,
                label=body.label,
                dry_run=body.dry_run,
                key=idempotency_key or "",
            )

    if board:
        return Answer(data=made_once(idempotency_key, session.actor, f"edit {timeline_id}", CutEdit, make))
    return Answer(data=make_by_hand())  # its journal knows the key, also after a server was killed under the first one


@router.get("/edits", responses=problems())
def list_patches(
    timeline_id: Id, session: Signed, after: Annotated[int, Query(ge=0, le=_MOST_REVISION)]
) -> Answer[Since]:
    """What was done to a cut since a revision, as patches in order; 0 is nothing one holds."""
    with reading() as uow:
        return Answer(data=Since(patches=timelines.edits_since(uow, session.actor, timeline_id, after)))


@router.get("/undo", responses=problems())
def cut_undoable(timeline_id: Id, session: Signed) -> Answer[Undoable]:
    """What one can undo and do again next in a cut by hand."""
    with reading() as uow:
        return Answer(data=timelines.undoable(uow, session.actor, timeline_id))


@router.post("/undo", responses=problems(writes=True))
def undo_cut(
    timeline_id: Id, session: Signed, body: UndoInput | None = None, idempotency_key: IdempotencyKey = None
) -> Answer[TimelineEdit]:
    """Undo one's last act on a cut by hand, or an older one; what was done since stays."""
    which = body.revision if body else None

    def make() -> TimelineEdit:
        with unit_of_work() as uow:
            return timelines.undo(uow, session.actor, timeline_id, revision=which)

    wished = f"undo {timeline_id} {which or ''}"
    return Answer(data=made_once(idempotency_key, session.actor, wished, TimelineEdit, make))


@router.post("/redo", responses=problems(writes=True))
def redo_cut(timeline_id: Id, session: Signed, idempotency_key: IdempotencyKey = None) -> Answer[TimelineEdit]:
    """Do again what one undid last."""

    def make() -> TimelineEdit:
        with unit_of_work() as uow:
            return timelines.redo(uow, session.actor, timeline_id)

    return Answer(data=made_once(idempotency_key, session.actor, f"redo {timeline_id}", TimelineEdit, make))


@router.post("/merge", responses=problems(writes=True))
def merge_board(timeline_id: Id, body: MergeInput, session: Signed) -> Answer[MergeView]:
    """Lay what is new on the board on a cut by hand; what was done by hand stays, and where both changed the same is told."""
    with unit_of_work() as uow:
        return Answer(data=timelines.merge_board(uow, session.actor, timeline_id, dry_run=body.dry_run))
