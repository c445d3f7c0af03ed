"""Queries of drawing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.drawing.models import Drawing, StrokeBatch


def find_drawing(uow: UnitOfWork, panel_id: str, *, lock: bool = False) -> Drawing | None:
    """The drawing of a panel; with `lock` nobody else adds to it before this transaction ends."""
    query = select(Drawing).where(col(Drawing.panel_id) == panel_id).execution_options(populate_existing=True)
    return uow.session.scalars(query.with_for_update() if lock else query).one_or_none()


def last_of_client(uow: UnitOfWork, panel_id: str, client: str) -> tuple[int, str | None]:
    """How many ops of a client a panel has, and whose they are."""
    query = (
        select(col(StrokeBatch.client_seq) + col(StrokeBatch.count) - 1, col(StrokeBatch.actor_id))
        .where(col(StrokeBatch.panel_id) == panel_id, col(StrokeBatch.client) == client)
        .order_by(col(StrokeBatch.client_seq).desc())
        .limit(1)
    )
    row = uow.session.execute(query).one_or_none()
    return (row[0], row[1]) if row else (0, None)


def actors_of_clients(uow: UnitOfWork, panel_id: str, clients: Sequence[str]) -> set[str]:
    """Whose these pages are."""
    query = select(col(StrokeBatch.actor_id)).where(
        col(StrokeBatch.panel_id) == panel_id, col(StrokeBatch.client).in_(clients)
    )
    return set(uow.session.scalars(query.distinct()))


def client_batches(uow: UnitOfWork, panel_id: str, client: str, first: int, last: int) -> Sequence[StrokeBatch]:
    """The batches that hold a client's ops from number `first` to `last`."""
    query = select(StrokeBatch).where(
        col(StrokeBatch.panel_id) == panel_id,
        col(StrokeBatch.client) == client,
        col(StrokeBatch.client_seq) <= last,
        col(StrokeBatch.client_seq) + col(StrokeBatch.count) > first,
    )
    return uow.session.scalars(query.order_by(col(StrokeBatch.client_seq))).all()


def sizes_after(uow: UnitOfWork, panel_id: str, after: int, limit: int) -> list[tuple[int, int]]:
    """(number of the last op, bytes) of the next batches with ops behind a number, in order."""
    last = col(StrokeBatch.seq) + col(StrokeBatch.count) - 1
    query = (
        select(last, col(StrokeBatch.size))
        .where(col(StrokeBatch.panel_id) == panel_id, last > after)
        .order_by(col(StrokeBatch.seq))
        .limit(limit)
    )
    return [(row[0], row[1]) for row in uow.session.execute(query)]


def batches_between(uow: UnitOfWork, panel_id: str, after: int, last: int) -> Sequence[StrokeBatch]:
    """The batches with ops behind number `after` and none behind `last`, in order."""
    query = select(StrokeBatch).where(
        col(StrokeBatch.panel_id) == panel_id,
        col(StrokeBatch.seq) + col(StrokeBatch.count) - 1 > after,
        col(StrokeBatch.seq) <= last,
    )
    return uow.session.scalars(query.order_by(col(StrokeBatch.seq))).all()


def count_since(uow: UnitOfWork, panel_id: str, actor_id: str, since: datetime) -> int:
    """How many ops somebody has put on a panel since a moment."""
    query = select(func.coalesce(func.sum(col(StrokeBatch.count)), 0)).where(
        col(StrokeBatch.panel_id) == panel_id,
        col(StrokeBatch.actor_id) == actor_id,
        col(StrokeBatch.created_at) > since,
    )
    return int(uow.session.execute(query).scalar_one())
