"""Queries of renders."""

from __future__ import annotations

from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.renders.models import Render, Segment


def find_by_run(uow: UnitOfWork, run_id: str) -> Render | None:
    return uow.session.scalars(select(Render).where(col(Render.run_id) == run_id)).one_or_none()


def get_by_run(uow: UnitOfWork, run_id: str) -> Render:
    """Raises: NotFound."""
    render = find_by_run(uow, run_id)
    if render is None:
        raise NotFound("There is no such render.")
    return render


def known_segments(uow: UnitOfWork, keys: list[str]) -> set[str]:
    """Which of these keys have a stored segment."""
    return set(uow.session.scalars(select(col(Segment.key)).where(col(Segment.key).in_(keys))))


def find_segment(uow: UnitOfWork, key: str) -> Segment | None:
    return uow.session.scalars(select(Segment).where(col(Segment.key) == key)).one_or_none()
