"""Queries of audit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func
from sqlmodel import col, select

from studio.audit.models import AuditEntry
from studio.core.db import UnitOfWork

_BATCH = 200


def find_last(uow: UnitOfWork, project_id: str) -> AuditEntry | None:
    """The newest entry of a project."""
    query = select(AuditEntry).where(col(AuditEntry.project_id) == project_id)
    return uow.session.scalars(query.order_by(col(AuditEntry.seq).desc()).limit(1)).one_or_none()


def list_page(
    uow: UnitOfWork, project_id: str, entity_id: str | None, *, offset: int, limit: int
) -> tuple[Sequence[AuditEntry], int]:
    """Entries of a project, or of one thing in it, newest first, and how many there are in all."""
    mine = col(AuditEntry.project_id) == project_id
    if entity_id is not None:
        mine &= col(AuditEntry.entity_id) == entity_id
    total = uow.session.execute(select(func.count()).select_from(AuditEntry).where(mine)).scalar_one()
    query = select(AuditEntry).where(mine).order_by(col(AuditEntry.seq).desc()).offset(offset).limit(limit)
    return uow.session.scalars(query).all(), int(total)


def list_marks(uow: UnitOfWork, entity: str, entity_id: str, *, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """(seq, actor, action, label, reverses) of the newest entries of one thing, newest first."""
    columns: list[Any] = [AuditEntry.seq, AuditEntry.actor_id, AuditEntry.action, AuditEntry.label, AuditEntry.reverses]
    query = select(*columns).where(col(AuditEntry.entity_id) == entity_id, col(AuditEntry.entity) == entity)
    return uow.session.execute(query.order_by(col(AuditEntry.seq).desc()).limit(limit)).all()


def list_marks_in(uow: UnitOfWork, project_id: str, *, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """As `list_marks`, of everything in a project."""
    columns: list[Any] = [AuditEntry.seq, AuditEntry.actor_id, AuditEntry.action, AuditEntry.label, AuditEntry.reverses]
    query = select(*columns).where(col(AuditEntry.project_id) == project_id)
    return uow.session.execute(query.order_by(col(AuditEntry.seq).desc()).limit(limit)).all()


def find_entry(uow: UnitOfWork, project_id: str, seq: int) -> AuditEntry | None:
    query = select(AuditEntry).where(col(AuditEntry.project_id) == project_id, col(AuditEntry.seq) == seq)
    return uow.session.scalars(query).one_or_none()


def list_after(uow: UnitOfWork, entity: str, entity_id: str, seq: int) -> Sequence[AuditEntry]:
    """The entries of one thing after one of them, in order."""
    mine = (col(AuditEntry.entity_id) == entity_id, col(AuditEntry.entity) == entity, col(AuditEntry.seq) > seq)
    return uow.session.scalars(select(AuditEntry).where(*mine).order_by(col(AuditEntry.seq))).all()


def list_by_seq(uow: UnitOfWork, entity_id: str, seqs: Sequence[int]) -> Sequence[AuditEntry]:
    query = select(AuditEntry).where(col(AuditEntry.entity_id) == entity_id, col(AuditEntry.seq).in_(seqs))
    return uow.session.scalars(query).all()


def list_since(uow: UnitOfWork, entity: str, entity_id: str, at: datetime, *, limit: int) -> Sequence[AuditEntry]:
    """The entries of one thing after a moment, newest first."""
    mine = (col(AuditEntry.entity_id) == entity_id, col(AuditEntry.entity) == entity)
    query = select(AuditEntry).where(*mine, col(AuditEntry.created_at) > at)
    return uow.session.scalars(query.order_by(col(AuditEntry.seq).desc()).limit(limit)).all()


def each_entry(uow: UnitOfWork, project_id: str) -> Iterator[AuditEntry]:
    """Every entry of a project in order, read in batches."""
    after = 0
    while True:
        query = select(AuditEntry).where(col(AuditEntry.project_id) == project_id, col(AuditEntry.seq) > after)
        batch = uow.session.scalars(query.order_by(col(AuditEntry.seq)).limit(_BATCH)).all()
        yield from batch
        if len(batch) < _BATCH:
            return
        after = batch[-1].seq
        uow.session.expunge_all()
