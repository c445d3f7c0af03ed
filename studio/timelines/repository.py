"""Queries of timelines."""

from __future__ import annotations

from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.timelines.models import TimelineRow


def get_timeline(uow: UnitOfWork, timeline_id: str) -> TimelineRow:
    """Raises: NotFound."""
    row = uow.session.get(TimelineRow, timeline_id)
    if row is None:
        raise NotFound("There is no such timeline.")
    return row
