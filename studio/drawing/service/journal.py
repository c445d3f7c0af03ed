"""What is kept in the journal of a panel: strokes, and going back to a moment."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from studio.accounts.views import Actor
from studio.core import clock, ids
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, Forbidden, Invalid, LimitReached, NotFound
from studio.drawing import repository
from studio.drawing.events import StrokesKept
from studio.drawing.models import Drawing, StrokeBatch
from studio.drawing.ops import AnyOp, Redo, Reference, Restore, Undo, from_document, to_document
from studio.drawing.service.pictures import submit_picture
from studio.drawing.service.reading import milliseconds
from studio.drawing.views import Acknowledged
from studio.media import service as media
from studio.storyboards import service as storyboards
from studio.storyboards.views import PanelPlace

MOST_OPS = 200
MOST_BYTES = 800_000
"""Of one batch."""

_MOST_A_MINUTE = 3_000  # nobody draws so fast; programs do
_MINUTE = timedelta(minutes=1)
_FULL_OPS = 100_000
_FULL_BYTES = 128_000_000


class StrokesMissing(Conflict):
    """Ops came before others of the same client: `expected` is the number that has to come next."""

    def __init__(self, expected: int) -> None:
        super().__init__("Strokes before these have not arrived. Send them again from there.", code="strokes_missing")
        self.expected = expected


def append(
    uow: UnitOfWork, actor: Actor, panel_id: str, client: str, first_client_seq: int, ops: Sequence[AnyOp]
) -> Acknowledged:
    """Put a client's ops, numbered from `first_client_seq` on, at the end of a panel's journal; those known are known.

    Going back to a moment makes a version of the panel: a picture of what it shows again is asked for at once.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
        Forbidden: somebody else's act is undone.
        NotFound: a picture to draw over is not in the project.
        StrokesMissing: others of the client have to come first.
        Conflict: other ops, or somebody else's, came under this name before.
        LimitReached: too many at once, too fast, or the panel is full.
        Invalid: a moment to go back to has not been.
    """
    document = to_document(ops)
    size = _checked_size(document)
    panel = storyboards.get_panel_place(uow, actor, panel_id, to_change=True)
    drawing = _locked_drawing(uow, actor, panel)
    known, whose = repository.last_of_client(uow, panel_id, client)
    if whose not in (None, actor.user_id):
        raise _others()
    if first_client_seq > known + 1:
        raise StrokesMissing(known + 1)
    skipped = known + 1 - first_client_seq
    if skipped:
        _same_as_before(uow, panel_id, client, first_client_seq, document["ops"][:skipped])
    fresh = ops[skipped:]
    first_seq = drawing.last_seq + 1
    if fresh:
        _check_room(uow, actor, drawing, len(fresh))
        _check_restores(fresh, first_seq)
        _check_undos(uow, actor, panel_id, client, fresh)
        _check_references(uow, panel.project_id, fresh)
        _keep(uow, actor, drawing, client, first_client_seq + skipped, fresh, size)
    if any(isinstance(op, Restore) for op in fresh):
        submit_picture(uow, actor, panel_id)
    last = max(known, first_client_seq + len(ops) - 1)
    return Acknowledged(
        drawing.last_seq, last, first_seq if fresh else 0, len(fresh), milliseconds(clock.now().timestamp())
    )


def restore(uow: UnitOfWork, actor: Actor, panel_id: str, to: int) -> Acknowledged:
    """Make a panel's drawing again what it was after op number `to`; what came later stays in the journal.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
        Invalid: there has been no such op.
    """
    return append(uow, actor, panel_id, ids.new_id(), 1, [Restore(op="restore", to=to)])


def _checked_size(document: dict[str, Any]) -> int:
    count, size = len(document["ops"]), len(json.dumps(document, separators=(",", ":")))
    if not count:
        raise Invalid("There are no strokes to keep.", field="ops")
    if count > MOST_OPS or size > MOST_BYTES:
        raise LimitReached(
            f"At most {MOST_OPS} strokes and {MOST_BYTES // 1000} kB are taken at a time. Send them in smaller parts."
        )
    return size


def _locked_drawing(uow: UnitOfWork, actor: Actor, panel: PanelPlace) -> Drawing:
    """The drawing of a panel, ours alone until the end; its shot now stays whatever becomes of the script."""
    drawing = repository.find_drawing(uow, panel.panel_id, lock=True)
    if drawing is None:
        storyboards.keep_shot(uow, actor, panel.shot_id)
        uow.add_once(Drawing(project_id=panel.project_id, panel_id=panel.panel_id, base_sha256=panel.sha256))
        drawing = repository.find_drawing(uow, panel.panel_id, lock=True)
    assert drawing is not None
    return drawing


def _same_as_before(uow: UnitOfWork, panel_id: str, client: str, first: int, again: list[dict[str, Any]]) -> None:
    """Two pages must not go by one id: the strokes of one of them would be taken for known."""
    last = first + len(again) - 1
    stored = {
        batch.client_seq + i: op
        for batch in repository.client_batches(uow, panel_id, client, first, last)
        for i, op in enumerate(to_document(from_document(batch.data))["ops"])
    }
    if any(stored.get(first + i) != op for i, op in enumerate(again)):
        raise _others()


def _others() -> Conflict:
    return Conflict("Other strokes are kept under these numbers. Load the page again.", code="strokes_differ")


def _check_room(uow: UnitOfWork, actor: Actor, drawing: Drawing, more: int) -> None:
    if drawing.last_seq + more > _FULL_OPS or drawing.size > _FULL_BYTES:
        raise LimitReached("This panel holds as many strokes as it can. Duplicate its picture to go on in a new one.")
    lately = repository.count_since(uow, drawing.panel_id, actor.user_id, clock.now() - _MINUTE)
    if lately + more > _MOST_A_MINUTE:
        raise LimitReached("Strokes come too fast to be drawn by hand. They are taken again soon.", retry_after_s=10)


def _check_restores(ops: Sequence[AnyOp], first_seq: int) -> None:
    for seq, op in enumerate(ops, start=first_seq):
        if isinstance(op, Restore) and op.to >= seq:
            raise Invalid("There is no such moment in this drawing.", field="to")


def _check_undos(uow: UnitOfWork, actor: Actor, panel_id: str, client: str, ops: Sequence[AnyOp]) -> None:
    """Two draw on one panel: each takes back what is their own."""
    pages = {op.of.rpartition(".")[0] for op in ops if isinstance(op, Undo | Redo)} - {client}
    if pages and repository.actors_of_clients(uow, panel_id, sorted(pages)) - {actor.user_id}:
        raise Forbidden("Only who drew this can undo it. Select it and delete it instead.")


def _check_references(uow: UnitOfWork, project_id: str, ops: Sequence[AnyOp]) -> None:
    wanted = {op.sha256 for op in ops if isinstance(op, Reference)}
    if wanted - media.pictures_among(uow, project_id, sorted(wanted)):
        raise NotFound("There is no such picture in this project. Bring it in first.")


def _keep(
    uow: UnitOfWork, actor: Actor, drawing: Drawing, client: str, client_seq: int, ops: Sequence[AnyOp], size: int
) -> None:
    batch = StrokeBatch(
        panel_id=drawing.panel_id,
        actor_id=actor.user_id,
        seq=drawing.last_seq + 1,
        count=len(ops),
        client=client,
        client_seq=client_seq,
        size=size,
        data=to_document(ops),
    )
    drawing.last_seq += len(ops)
    drawing.size += size
    uow.session.add_all((batch, drawing))
    uow.session.flush()
    uow.record(StrokesKept(drawing.project_id, drawing.panel_id, drawing.last_seq))
