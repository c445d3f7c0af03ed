"""Watching a film being made, piece by piece."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.renders.service.films import get_film
from studio.renders.views import PieceView
from studio.runs import service as runs
from studio.runs.states import RunState
from studio.runs.views import RunRecord


def list_pieces(uow: UnitOfWork, actor: Actor, render_id: str) -> tuple[PieceView, ...]:
    """A film's pieces from its first frame to its last; empty before its render has asked for any.

    Raises:
        NotFound: there is no such film for this actor.
    """
    film = get_film(uow, actor, render_id)
    parts = runs.children_of(uow, [render_id], "render").get(render_id, [])
    making = parts[-1].run.id if parts else render_id
    asked = runs.children_of(uow, [making], "segment").get(making, [])
    order = film.order
    return _filled([_piece(r) for r in asked], order.start, 0 if order.kind.makes == "stills" else film.frames)


def _piece(record: RunRecord) -> PieceView:
    start, frames = int(record.config["start"]), int(record.config["frames"])
    if record.run.state is RunState.COMPLETED:
        return PieceView(start, frames, "made")
    return PieceView(start, frames, "now" if record.run.state is RunState.PROCESSING else "wait")


def _filled(asked: list[PieceView], start: int, frames: int) -> tuple[PieceView, ...]:
    """What was not asked for was in the cache already; stills, which are `frames` 0, have holes between them."""
    if not asked:
        return ()
    pieces: list[PieceView] = []
    at = start
    for piece in sorted(asked, key=lambda p: p.start):
        if piece.start > at and frames:
            pieces.append(PieceView(at, piece.start - at, "kept"))
        pieces.append(piece)
        at = piece.start + piece.frames
    if at < start + frames:
        pieces.append(PieceView(at, start + frames - at, "kept"))
    return tuple(pieces)
