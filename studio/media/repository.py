"""Queries of media."""

from __future__ import annotations

from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.media.models import Media


def get_media(uow: UnitOfWork, project_id: str, sha256: str) -> Media:
    """Raises: NotFound."""
    row = find_media(uow, project_id, sha256)
    if row is None:
        raise NotFound("There is no such file.")
    return row


def find_media(uow: UnitOfWork, project_id: str, sha256: str) -> Media | None:
    query = select(Media).where(col(Media.project_id) == project_id, col(Media.sha256) == sha256)
    return uow.session.scalars(query).one_or_none()
