"""Queries of timelines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func
from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.timelines.models import TimelineRow

LIVE, KEPT = "live", "kept"


def get_timeline(uow: UnitOfWork, timeline_id: str) -> TimelineRow:
    """Raises: NotFound."""
    row = uow.session.get(TimelineRow, timeline_id)
    if row is None:
        raise NotFound("There is no such timeline.")
    return row


def find_live(uow: UnitOfWork, script_id: str) -> TimelineRow | None:
    """The cut of a script that follows its board."""
    query = select(TimelineRow).where(col(TimelineRow.script_id) == script_id, col(TimelineRow.status) == LIVE)
    return uow.session.scalars(query.execution_options(populate_existing=True)).first()


def list_live(uow: UnitOfWork, project_id: str) -> Sequence[TimelineRow]:
    """The cuts of a project that follow their boards, read anew even where they are known."""
    query = select(TimelineRow).where(col(TimelineRow.project_id) == project_id, col(TimelineRow.status) == LIVE)
    return uow.session.scalars(query.execution_options(populate_existing=True)).all()


def find_kept(uow: UnitOfWork, script_id: str, revision: int) -> TimelineRow | None:
    """The copy of a script's cut that was filmed at a revision."""
    query = select(TimelineRow).where(
        col(TimelineRow.script_id) == script_id,
        col(TimelineRow.status) == KEPT,
        col(TimelineRow.revision) == revision,
    )
    return uow.session.scalars(query).first()


def list_documents(uow: UnitOfWork, project_id: str) -> Sequence[tuple[str, dict[str, Any]]]:
    """Name and document of every cut of a project but the copies kept of films."""
    query = select(col(TimelineRow.name), col(TimelineRow.document)).where(
        col(TimelineRow.project_id) == project_id, col(TimelineRow.status) != KEPT
    )
    return [(row[0], row[1]) for row in uow.session.execute(query)]


def timelines_by_id(uow: UnitOfWork, timeline_ids: Sequence[str]) -> dict[str, TimelineRow]:
    query = select(TimelineRow).where(col(TimelineRow.id).in_(timeline_ids)).execution_options(populate_existing=True)
    return {row.id: row for row in uow.session.scalars(query)}


def latest_cards(uow: UnitOfWork, project_ids: Sequence[str]) -> Sequence[Row[*tuple[Any, ...]]]:
    """The newest cut of each project, without its document; the copies kept of films are none of them."""
    mine = (col(TimelineRow.project_id).in_(project_ids), col(TimelineRow.status) != KEPT)
    newest = select(func.max(col(TimelineRow.id))).where(*mine)
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
