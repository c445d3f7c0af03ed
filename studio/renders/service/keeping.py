"""The cache of segments: what is kept, what was used last, and what has to go when it grows beyond its budget."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core import clock
from studio.core.db import UnitOfWork
from studio.renders import repository
from studio.renders.models import Segment
from studio.runs import service as runs

_MARGIN_S = 600.0
"""How far the clocks of two machines may be apart."""

_AT_ONCE = 500


def add_segment(uow: UnitOfWork, key: str, *, frames: int, size: int) -> None:
    """Remember a stored segment: `frames` long, `size` bytes."""
    if repository.find_segment(uow, key) is None:
        uow.add_once(Segment(key=key, frames=frames, size=size, used_at=clock.now().timestamp()))


def known_segments(uow: UnitOfWork, keys: Sequence[str]) -> set[str]:
    """Which of these keys have a stored segment."""
    return repository.known_segments(uow, list(keys)) if keys else set()


def wanted_segments(uow: UnitOfWork, keys: Sequence[str]) -> set[str]:
    """Which of these keys have a stored segment; from now on they count as used, so that a render under way keeps them."""
    known = known_segments(uow, keys)
    repository.use_segments(uow, known, clock.now().timestamp())
    return known


def forget_segments(uow: UnitOfWork, budget: int) -> tuple[str, ...]:
    """Forget what was used longest ago until the rest is within `budget` bytes; the keys whose files may go after the commit.

    What a render that has not ended may want is never among them.
    """
    over = repository.segment_bytes(uow) - budget
    if over <= 0:
        return ()
    live = runs.oldest_live(uow, "render")
    before = (live if live is not None else clock.now()).timestamp() - _MARGIN_S
    gone: list[Segment] = []
    for segment in repository.list_unused(uow, before, limit=_AT_ONCE):
        if over <= 0:
            break
        over -= segment.size
        gone.append(segment)
    repository.remove(uow, [segment.id for segment in gone])
    return tuple(segment.key for segment in gone)
