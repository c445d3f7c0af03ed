"""Queries of the journals of cuts by hand, and of their versions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func
from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.timelines.models import TimelineEditRow, TimelineVersionRow

_MARK = (
    TimelineEditRow.revision,
    TimelineEditRow.actor_id,
    TimelineEditRow.kind,
    TimelineEditRow.label,
    TimelineEditRow.of,
    TimelineEditRow.created_at,
)
"""Who did what and when: what it came to is not read for it."""


def list_marks(
    uow: UnitOfWork, timeline_id: str, *, limit: int, before: int | None = None, after: int = 0
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The newest acts on a cut, newest first; only those that led to a revision before, or after, another one."""
    columns: list[Any] = [col(f) for f in _MARK]
    query = select(*columns).where(
        col(TimelineEditRow.timeline_id) == timeline_id, col(TimelineEditRow.revision) > after
    )
    if before is not None:
        query = query.where(col(TimelineEditRow.revision) < before)
    return uow.session.execute(query.order_by(col(TimelineEditRow.revision).desc()).limit(limit)).all()


def count_acts(uow: UnitOfWork, timeline_id: str) -> int:
    """How many acts a cut has seen."""
    query = select(func.count()).where(col(TimelineEditRow.timeline_id) == timeline_id)
    return int(uow.session.execute(query).scalar_one())


def get_act(uow: UnitOfWork, timeline_id: str, revision: int) -> TimelineEditRow:
    """Raises: NotFound."""
    query = select(TimelineEditRow).where(
        col(TimelineEditRow.timeline_id) == timeline_id, col(TimelineEditRow.revision) == revision
    )
    row = uow.session.scalars(query).one_or_none()
    if row is None:
        raise NotFound("There is no such act in the history of this cut.")
    return row


def find_sent(uow: UnitOfWork, timeline_id: str, actor_id: str, key: str, *, after: int) -> TimelineEditRow | None:
    """The act somebody sent with a key, among those that led to a revision after another one."""
    query = select(TimelineEditRow).where(
        col(TimelineEditRow.timeline_id) == timeline_id,
        col(TimelineEditRow.revision) > after,
        col(TimelineEditRow.actor_id) == actor_id,
        col(TimelineEditRow.edit)["key"].as_string() == key,
    )
    return uow.session.scalars(query.limit(1)).first()


def list_patches(uow: UnitOfWork, timeline_id: str, after: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """What the acts after a revision came to, in order: the columns of a mark and the patch."""
    columns: list[Any] = [*(col(f) for f in _MARK), col(TimelineEditRow.patch)]
    query = select(*columns).where(
        col(TimelineEditRow.timeline_id) == timeline_id, col(TimelineEditRow.revision) > after
    )
    return uow.session.execute(query.order_by(col(TimelineEditRow.revision))).all()


def list_steps(uow: UnitOfWork, timeline_id: str, after: int, *, limit: int) -> Sequence[tuple[int, dict[str, Any]]]:
    """The first acts after a revision, in order: what each led to, and its patch."""
    query = select(col(TimelineEditRow.revision), col(TimelineEditRow.patch)).where(
        col(TimelineEditRow.timeline_id) == timeline_id, col(TimelineEditRow.revision) > after
    )
    return [(row[0], row[1]) for row in uow.session.execute(query.order_by(col(TimelineEditRow.revision)).limit(limit))]


def list_ways_back(uow: UnitOfWork, timeline_id: str, after: int, upto: int) -> Sequence[dict[str, Any]]:
    """The patches that lead from a revision back to another one, newest first."""
    query = select(col(TimelineEditRow.inverse)).where(
        col(TimelineEditRow.timeline_id) == timeline_id,
        col(TimelineEditRow.revision) > after,
        col(TimelineEditRow.revision) <= upto,
    )
    return uow.session.scalars(query.order_by(col(TimelineEditRow.revision).desc())).all()


def find_whole(uow: UnitOfWork, timeline_id: str, revision: int) -> tuple[int, dict[str, Any]] | None:
    """The first document kept whole at a revision or after it."""
    query = (
        select(col(TimelineEditRow.revision), col(TimelineEditRow.document))
        .where(
            col(TimelineEditRow.timeline_id) == timeline_id,
            col(TimelineEditRow.revision) >= revision,
            col(TimelineEditRow.document).is_not(None),
        )
        .order_by(col(TimelineEditRow.revision))
        .limit(1)
    )
    row = uow.session.execute(query).first()
    if row is None:
        return None
    revision, document = row
    return None if document is None else (revision, document)


def find_base(uow: UnitOfWork, timeline_id: str, revision: int) -> dict[str, Any] | None:
    """What a cut was last merged with at a revision, where that is something else now; None where it is not."""
    query = select(col(TimelineEditRow.edit)).where(
        col(TimelineEditRow.timeline_id) == timeline_id,
        col(TimelineEditRow.revision) > revision,
        col(TimelineEditRow.kind) != "edit",
    )
    for edit in uow.session.scalars(query.order_by(col(TimelineEditRow.revision))):
        if "base" in edit:
            return edit["base"] or {}
    return None


def list_versions(uow: UnitOfWork, timeline_id: str, *, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """The versions of a cut, newest first, without their documents."""
    row = TimelineVersionRow
    columns: list[Any] = [col(f) for f in (row.id, row.name, row.revision, row.by_id, row.created_at)]
    query = select(*columns).where(col(row.timeline_id) == timeline_id)
    return uow.session.execute(query.order_by(col(row.id).desc()).limit(limit)).all()
