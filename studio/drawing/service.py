"""Use cases of drawing: keep strokes, read them, go back to a moment, ask for the picture, brief who makes it, keep that."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from studio.accounts.views import Actor
from studio.core import clock, ids
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, Invalid, LimitReached
from studio.drawing import repository
from studio.drawing.events import StrokesKept
from studio.drawing.models import Drawing, StrokeBatch
from studio.drawing.ops import AnyOp, Restore, from_document, to_document
from studio.drawing.replay import Entry, Picture, state_at
from studio.drawing.views import Acknowledged, DrawingView, DrawnVersion, InkBrief, StrokePage
from studio.media.views import StoredFile
from studio.runs import service as runs
from studio.runs.views import RunView
from studio.storyboards import service as storyboards
from studio.storyboards.views import PanelPlace

MOST_OPS = 200
MOST_BYTES = 800_000
"""Of one batch."""

_MOST_A_MINUTE = 3_000  # nobody draws so fast; programs do
_MINUTE = timedelta(minutes=1)
_FULL_OPS = 100_000
_FULL_BYTES = 128_000_000
_PAGE_BYTES = 2_000_000
_PAGE_BATCHES = 500
INK_WEIGHT = 1.0  # CPU seconds


class StrokesMissing(Conflict):
    """Ops came before others of the same client: `expected` is the number that has to come next."""

    def __init__(self, expected: int) -> None:
        super().__init__("Strokes before these have not arrived. Send them again from there.", code="strokes_missing")
        self.expected = expected


def append(
    uow: UnitOfWork, actor: Actor, panel_id: str, client: str, first_client_seq: int, ops: Sequence[AnyOp]
) -> Acknowledged:
    """Put a client's ops, numbered from `first_client_seq` on, at the end of a panel's journal; those known are known.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
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
        _keep(uow, actor, drawing, client, first_client_seq + skipped, fresh, size)
    last = max(known, first_client_seq + len(ops) - 1)
    return Acknowledged(drawing.last_seq, last, first_seq if fresh else 0, len(fresh), _ms(clock.now().timestamp()))


def restore(uow: UnitOfWork, actor: Actor, panel_id: str, to: int) -> Acknowledged:
    """Make a panel's drawing again what it was after op number `to`; what came later stays in the journal.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
        Invalid: there has been no such op.
    """
    return append(uow, actor, panel_id, ids.new_id(), 1, [Restore(op="restore", to=to)])


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
    return StrokePage(_entries(uow, panel_id, after, upto), drawing.last_seq, upto < drawing.last_seq)


def get_state(uow: UnitOfWork, actor: Actor, panel_id: str, *, at: int | None = None) -> Picture:
    """The drawing of a panel after op number `at`, or as it is now. Raises: NotFound."""
    drawing = get_drawing(uow, actor, panel_id)
    seq = drawing.last_seq if at is None else min(at, drawing.last_seq)
    return state_at(_entries(uow, panel_id, 0, seq), seq)


def submit_picture(uow: UnitOfWork, actor: Actor, panel_id: str) -> RunView | None:
    """Ask for a version of the panel made of its drawing as it is now; None when the newest one shows it already.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    panel = storyboards.get_panel_place(uow, actor, panel_id, to_change=True)
    drawing = repository.find_drawing(uow, panel_id, lock=True)
    if drawing is None or drawing.inked_seq >= drawing.last_seq:
        return None
    config = {"panel_id": panel_id, "seq": drawing.last_seq, "number": panel.number}
    if live := runs.find_live(uow, panel.project_id, "ink", config):
        return live
    return runs.submit_run(uow, actor, panel.project_id, "ink", config, weight=INK_WEIGHT)


def ink_brief(uow: UnitOfWork, actor: Actor, panel_id: str, seq: int) -> InkBrief:
    """What to make a picture of: the drawing after op number `seq`. Raises: NotFound, Forbidden."""
    panel = storyboards.get_panel_place(uow, actor, panel_id, to_change=True)
    drawing = repository.find_drawing(uow, panel_id)
    picture = state_at(_entries(uow, panel_id, 0, seq), seq)
    base = drawing.base_sha256 if drawing else None
    return InkBrief(panel_id, panel.project_id, panel.number, panel.width, panel.height, seq, picture, base)


def keep_picture(
    uow: UnitOfWork, actor: Actor, brief: InkBrief, png: StoredFile, svg: StoredFile, plate: StoredFile | None
) -> int:
    """Put the picture made of a drawing on top of its panel's versions; its number.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    drawing = repository.find_drawing(uow, brief.panel_id, lock=True)
    if drawing is not None:
        drawing.inked_seq = max(drawing.inked_seq, brief.seq)
        uow.session.add(drawing)
    return storyboards.add_drawn_version(uow, actor, brief.panel_id, png, svg, plate, seq=brief.seq)


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


def _entries(uow: UnitOfWork, panel_id: str, after: int, last: int) -> tuple[Entry, ...]:
    """The ops numbered `after` + 1 to `last`."""
    return tuple(
        Entry(
            batch.seq + i,
            f"{batch.client}.{batch.client_seq + i}",
            batch.actor_id,
            _ms(batch.created_at.timestamp()),
            op,
        )
        for batch in repository.batches_between(uow, panel_id, after, last)
        for i, op in enumerate(from_document(batch.data))
        if after < batch.seq + i <= last
    )


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
