"""Drawing on a panel: its journal of strokes, the drawing at any moment, going back to one, and the picture made of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Response, UploadFile
from pydantic import BaseModel, Field

from app.api.deps import Signed
from app.api.http.answers import Answer, FieldProblem, Id, problems
from app.api.http.errors import problem
from app.api.http.once import IdempotencyKey, made_once
from app.api.http.uploads import file_name
from studio.core.db import reading, unit_of_work
from studio.drawing import service as drawing
from studio.drawing.ops import CLIENT, Across, AnyOp, Colour, LayerId, Percent
from studio.drawing.replay import Picture
from studio.drawing.views import Acknowledged, DrawingView, FillWish, StrokePage
from studio.media.pictures.apart import Fit
from studio.runs.views import RunView

router = APIRouter(tags=["drawing"])
_MOST = 10_000_000
_Seq = Annotated[int, Query(ge=0, le=_MOST, description="Number of an op in the panel's journal")]


class StrokesInput(BaseModel):
    """Ops of one client (a page's random id), numbered from `first_client_seq` on without gaps."""

    client: str = Field(pattern=CLIENT)
    first_client_seq: int = Field(ge=1, le=_MOST)
    ops: list[AnyOp] = Field(min_length=1, max_length=drawing.MOST_OPS)


class MomentInput(BaseModel):
    """The number of the last op that is to count."""

    to: int = Field(ge=0, le=_MOST)


class FillInput(BaseModel):
    """Where to fill, on which layer and with what; openings of the outline up to `gap` wide are taken for closed."""

    layer: LayerId
    colour: Colour
    x: Across
    y: Across
    gap: int = Field(default=0, ge=0, le=500)
    opacity: Percent = 100


class Asked(BaseModel):
    """The job that makes the picture; none when the newest version shows the drawing already."""

    run: RunView | None


@router.get("/panels/{panel_id}/drawing", responses=problems())
def get_drawing(panel_id: Id, session: Signed) -> Answer[DrawingView]:
    """How far the drawing of a panel is."""
    with reading() as uow:
        return Answer(data=drawing.get_drawing(uow, session.actor, panel_id))


@router.get("/panels/{panel_id}/drawing/state", responses=problems())
def get_drawing_state(panel_id: Id, session: Signed, at: _Seq | None = None) -> Answer[Picture]:
    """The layers and marks of a drawing now, or after an op of its journal."""
    with reading() as uow:
        return Answer(data=drawing.get_state(uow, session.actor, panel_id, at=at))


@router.post("/panels/{panel_id}/drawing/picture", status_code=202, responses=problems(writes=True))
def make_drawing_picture(panel_id: Id, session: Signed, idempotency_key: IdempotencyKey = None) -> Answer[Asked]:
    """Make a version of the panel of its drawing as it is now."""

    def make() -> Asked:
        with unit_of_work() as uow:
            return Asked(run=drawing.submit_picture(uow, session.actor, panel_id))

    return Answer(data=made_once(idempotency_key, session.actor, f"ink {panel_id}", Asked, make))


@router.get("/panels/{panel_id}/strokes", responses=problems(), response_model_exclude_none=True)
def list_strokes(panel_id: Id, session: Signed, after: _Seq = 0) -> Answer[StrokePage]:
    """The journal of a panel behind an op, as much as one answer holds; ask again behind the last while there is more."""
    with reading() as uow:
        return Answer(data=drawing.list_strokes(uow, session.actor, panel_id, after=after))


@router.post("/panels/{panel_id}/strokes", response_model=None, responses=problems(writes=True))
def append_strokes(panel_id: Id, body: StrokesInput, session: Signed) -> Answer[Acknowledged] | Response:
    """Keep strokes. The same ones again are kept once; a gap is refused with the number expected in the details."""
    try:
        with unit_of_work() as uow:
            kept = drawing.append(uow, session.actor, panel_id, body.client, body.first_client_seq, body.ops)
    except drawing.StrokesMissing as error:
        expected = FieldProblem(field="first_client_seq", message=str(error.expected))
        return problem(409, error.code, error.message, details=(expected,))
    return Answer(data=kept)


@router.post("/panels/{panel_id}/strokes/restore", responses=problems(writes=True))
def restore_strokes(
    panel_id: Id, body: MomentInput, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[Acknowledged]:
    """Make the drawing again what it was after an op; what came later stays in the journal."""

    def make() -> Acknowledged:
        with unit_of_work() as uow:
            return drawing.restore(uow, session.actor, panel_id, body.to)

    return Answer(data=made_once(idempotency_key, session.actor, f"restore {panel_id}", Acknowledged, make))


@router.post("/panels/{panel_id}/fill", responses=problems(writes=True))
def fill_area(
    panel_id: Id, body: FillInput, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[Acknowledged]:
    """Fill the area of one colour round a place, as it is seen: a new op of the journal, under the lines of its layer."""
    wish = FillWish(body.layer, body.colour, body.x, body.y, body.gap, body.opacity)

    def make() -> Acknowledged:
        return drawing.fill(session.actor, panel_id, wish)

    return Answer(data=made_once(idempotency_key, session.actor, f"fill {panel_id}", Acknowledged, make))


@router.post("/panels/{panel_id}/reference", responses=problems(writes=True))
def bring_reference(
    panel_id: Id,
    file: UploadFile,
    session: Signed,
    fit: Annotated[Fit, Form(description="The whole picture with paper round it, or the frame filled")] = "whole",
) -> Answer[Acknowledged]:
    """Lay a picture (PNG, JPEG, WebP or PSD, at most 40 MB) under the drawing: a new op of the journal."""
    name = file_name(file.filename, "picture")
    return Answer(data=drawing.bring_reference(session.actor, panel_id, data=file.file.read(), name=name, fit=fit))
