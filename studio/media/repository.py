"""Queries of media."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.media.models import KnownFacts, Media


def get_media(uow: UnitOfWork, project_id: str, sha256: str) -> Media:
    """Raises: NotFound."""
    row = find_media(uow, project_id, sha256)
    if row is None:
        raise NotFound("There is no such file.")
    return row


_MEDIA = select(Media).where(col(Media.project_id) == bindparam("project"), col(Media.sha256) == bindparam("sha256"))


def find_media(uow: UnitOfWork, project_id: str, sha256: str) -> Media | None:
    return uow.session.scalars(_MEDIA, {"project": project_id, "sha256": sha256}).one_or_none()


def sizes_of(uow: UnitOfWork, project_id: str, hashes: Sequence[str]) -> dict[str, int]:
    """The sizes in bytes of these files of a project, by hash."""
    query = select(col(Media.sha256), col(Media.size)).where(
        col(Media.project_id) == project_id, col(Media.sha256).in_(hashes)
    )
    return {row[0]: row[1] for row in uow.session.execute(query)}


def media_among(uow: UnitOfWork, project_id: str, hashes: Sequence[str]) -> Sequence[Media]:
    """These files of a project."""
    query = select(Media).where(col(Media.project_id) == project_id, col(Media.sha256).in_(hashes))
    return uow.session.scalars(query).all()


def list_files(uow: UnitOfWork, project_id: str, *, limit: int) -> Sequence[Media]:
    """The newest files of a project."""
    query = select(Media).where(col(Media.project_id) == project_id).order_by(col(Media.id).desc()).limit(limit)
    return uow.session.scalars(query).all()


def pictures_among(uow: UnitOfWork, project_id: str, hashes: Sequence[str]) -> set[str]:
    """Those of these files that are a project's pictures of pixels."""
    query = select(col(Media.sha256)).where(
        col(Media.project_id) == project_id,
        col(Media.sha256).in_(hashes),
        col(Media.kind) == "image",
        col(Media.mime) != "image/svg+xml",
    )
    return set(uow.session.scalars(query))


def facts_of(uow: UnitOfWork, hashes: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What was read of these media, by hash."""
    query = select(col(KnownFacts.sha256), col(KnownFacts.facts)).where(col(KnownFacts.sha256).in_(hashes))
    return {row[0]: row[1] for row in uow.session.execute(query)}
