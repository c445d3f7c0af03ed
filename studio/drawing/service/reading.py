"""What there is of a panel's drawing: how far it is, its journal, and how it looked at any moment."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.drawing import repository
from studio.drawing.ops import from_document
from studio.drawing.replay import Entry, Picture, state_at
from studio.drawing.views import DrawingView, DrawnVersion, StrokePage
from studio.storyboards import service as storyboards

_PAGE_BYTES = 2_000_000
_PAGE_BATCHES = 500


def get_drawing(uow: UnitOfWork, actor: Actor, panel_id: str) -> DrawingView:
    """How far a panel's drawing is; nothing drawn yet is a drawing too. Raises: NotFound."""
    panel = storyboards.get_panel_place(uow, actor, panel_id)
    drawing = repository.find_drawing(uow, panel_id)
    return DrawingView(
        panel_id,
        panel.shot_id,
        panel.project_id,
        panel.width,
        panel.height,
        drawing.last_seq if drawing else 0,
        drawing.inked_seq if drawing else 0,
        drawing.base_sha256 if drawing else panel.sha256,
        tuple(DrawnVersion(number, seq) for number, seq in storyboards.list_drawn_versions(uow, actor, panel_id)),
    )


def list_strokes(uow: UnitOfWork, actor: Actor, panel_id: str, *, after: int = 0) -> StrokePage:
    """The journal of a panel behind op number `after`, about 2 MB of it. Raises: NotFound."""
    storyboards.get_panel_place(uow, actor, panel_id)
    drawing = repository.find_drawing(uow, panel_id)
    if drawing is None or after >= drawing.last_seq:
        return StrokePage((), drawing.last_seq if drawing else 0, False)
    taken, upto = 0, after
    for last, size in repository.sizes_after(uow, panel_id, after, _PAGE_BATCHES):
        if taken and taken + size > _PAGE_BYTES:
            break
        taken, upto = taken + size, last
    return StrokePage(entries_between(uow, panel_id, after, upto), drawing.last_seq, upto < drawing.last_seq)


def get_state(uow: UnitOfWork, actor: Actor, panel_id: str, *, at: int | None = None) -> Picture:
    """The drawing of a panel after op number `at`, or as it is now. Raises: NotFound."""
    drawing = get_drawing(uow, actor, panel_id)
    seq = drawing.last_seq if at is None else min(at, drawing.last_seq)
    return state_at(entries_between(uow, panel_id, 0, seq), seq)


def entries_between(uow: UnitOfWork, panel_id: str, after: int, last: int) -> tuple[Entry, ...]:
    """The ops numbered `after` + 1 to `last`."""
    return tuple(
        Entry(
            batch.seq + i,
            f"{batch.client}.{batch.client_seq + i}",
            batch.actor_id,
            milliseconds(batch.created_at.timestamp()),
            op,
        )
        for batch in repository.batches_between(uow, panel_id, after, last)
        for i, op in enumerate(from_document(batch.data))
        if after < batch.seq + i <= last
    )


def milliseconds(seconds: float) -> int:
    """Of a time in seconds."""
    return round(seconds * 1000)
