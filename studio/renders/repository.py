"""Queries of renders."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, update
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


def renders_of(uow: UnitOfWork, run_ids: Sequence[str]) -> dict[str, Render]:
    """The renders these runs make, by run id."""
    if not run_ids:
        return {}
    return {r.run_id: r for r in uow.session.scalars(select(Render).where(col(Render.run_id).in_(run_ids)))}


def finished_counts(uow: UnitOfWork, project_ids: Sequence[str]) -> dict[str, int]:
    """How many finished renders each project has."""
    query = select(col(Render.project_id), func.count()).where(
        col(Render.project_id).in_(project_ids), col(Render.sha256).is_not(None)
    )
    return {row[0]: int(row[1]) for row in uow.session.execute(query.group_by(col(Render.project_id)))}


def newest_files(uow: UnitOfWork, project_ids: Sequence[str], *, each: int) -> dict[str, list[str]]:
    """The files of the newest finished renders of each project, at most `each`, newest first."""
    place = func.row_number().over(partition_by=col(Render.project_id), order_by=col(Render.id).desc())
    ranked = (
        select(col(Render.project_id).label("project"), col(Render.sha256).label("file"), place.label("n"))
        .where(col(Render.project_id).in_(project_ids), col(Render.sha256).is_not(None))
        .subquery()
    )
    found: dict[str, list[str]] = {}
    rows = select(ranked.c.project, ranked.c.file).where(ranked.c.n <= each).order_by(ranked.c.n)
    for project, file in uow.session.execute(rows):
        found.setdefault(project, []).append(file)
    return found


def finished_by_preset(uow: UnitOfWork, limit: int) -> Sequence[Render]:
    """The newest finished renders of this machine, newest first, whosever they are: their times and sizes only."""
    query = select(Render).where(col(Render.sha256).is_not(None), col(Render.size_bytes) > 0)
    return uow.session.scalars(query.order_by(col(Render.id).desc()).limit(limit)).all()


def known_segments(uow: UnitOfWork, keys: list[str]) -> set[str]:
    """Which of these keys have a stored segment."""
    return set(uow.session.scalars(select(col(Segment.key)).where(col(Segment.key).in_(keys))))


def find_segment(uow: UnitOfWork, key: str) -> Segment | None:
    return uow.session.scalars(select(Segment).where(col(Segment.key) == key)).one_or_none()


def use_segments(uow: UnitOfWork, keys: set[str], at: float) -> None:
    """Note that these are used now, in seconds since 1970."""
    if keys:
        uow.session.execute(update(Segment).where(col(Segment.key).in_(keys)).values(used_at=at))


def segment_bytes(uow: UnitOfWork) -> int:
    """Bytes of all segments together."""
    return int(uow.session.scalar(select(func.sum(col(Segment.size)))) or 0)


def list_unused(uow: UnitOfWork, before: float, *, limit: int) -> Sequence[Segment]:
    """Segments last used before a moment, longest ago first."""
    query = select(Segment).where(col(Segment.used_at) < before).order_by(col(Segment.used_at))
    return uow.session.scalars(query.limit(limit)).all()


def remove(uow: UnitOfWork, ids: Sequence[str]) -> None:
    """Forget these segments."""
    if ids:
        uow.session.execute(delete(Segment).where(col(Segment.id).in_(ids)))
