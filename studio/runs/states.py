"""The states of a run and the only moves between them."""

from __future__ import annotations

from enum import StrEnum

from studio.core.errors import Conflict


class RunState(StrEnum):
    PENDING = "pending"
    QUEUED = "queued"
    MODERATING = "moderating"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    MODERATION_FAILED = "moderation_failed"


_S = RunState
LEGAL: dict[RunState, frozenset[RunState]] = {
    _S.PENDING: frozenset({_S.QUEUED, _S.CANCELLED}),
    _S.QUEUED: frozenset({_S.MODERATING, _S.CANCELLED}),
    _S.MODERATING: frozenset({_S.PROCESSING, _S.MODERATION_FAILED, _S.CANCELLED}),
    _S.PROCESSING: frozenset({_S.COMPLETED, _S.FAILED, _S.CANCELLED}),
    _S.FAILED: frozenset({_S.QUEUED, _S.CANCELLED}),
    _S.COMPLETED: frozenset(),
    _S.CANCELLED: frozenset(),
    _S.MODERATION_FAILED: frozenset(),
}
FINAL = frozenset(state for state, moves in LEGAL.items() if not moves)


def checked_move(current: RunState, wanted: RunState) -> RunState:
    """`wanted`, if the move is legal. Raises: Conflict."""
    if wanted not in LEGAL[current]:
        raise Conflict(f"A job that is {current.value} cannot become {wanted.value}.", code="illegal_move")
    return wanted
