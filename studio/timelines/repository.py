"""Queries of timelines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func
from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.timelines.models import TimelineRow


def get_timeline(uow: UnitOfWork, timeline_id: str) -> TimelineRow:
    """Raises: NotFound."""
    row = uow.session.get(TimelineRow, timeline_id)
    if row is None:
        raise NotFound("There is no such timeline.")
    return row


def latest_cards(uow: UnitOfWork, project_ids: Sequence[str]) -> Sequence[Row[*tuple[Any, ...]]]:
    """The newest timeline of each project, without its document."""
    newest = select(func.max(col(TimelineRow.id))).where(col(TimelineRow.project_id).in_(project_ids))
    fields = (
        TimelineRow.id,
        TimelineRow.project_id,
        TimelineRow.script_id,
        TimelineRow.name,
        TimelineRow.frames,
        TimelineRow.rate,
        TimelineRow.width,
        TimelineRow.height,
        TimelineRow.revision,
        TimelineRow.created_at,
    )
    columns: list[Any] = [col(f) for f in fields]
    query = select(*columns).where(col(TimelineRow.id).in_(newest.group_by(col(TimelineRow.project_id))))
    return uow.session.execute(query).all()


def scripts_of(uow: UnitOfWork, timeline_ids: Sequence[str]) -> dict[str, str]:
    """The script of each timeline that has one, by timeline id."""
    query = select(col(TimelineRow.id), col(TimelineRow.script_id)).where(
        col(TimelineRow.id).in_(timeline_ids), col(TimelineRow.script_id).is_not(None)
    )
    return {timeline: script for timeline, script in uow.session.execute(query) if script}
