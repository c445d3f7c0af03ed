"""Queries of media."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, func, or_, update
from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.media.models import KnownFacts, Media, MediaForm, SubClip, Upload, UploadPiece


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


def known_media(uow: UnitOfWork, project_id: str, sha256: str) -> Media | None:
    """The file of a project with this content, or drawn anew from it; what somebody brought in before what the studio made."""
    query = select(Media).where(
        col(Media.project_id) == project_id, or_(col(Media.sha256) == sha256, col(Media.origin) == sha256)
    )
    return uow.session.scalars(query.order_by(col(Media.brought_at).is_(None), col(Media.id)).limit(1)).one_or_none()


def forms_of(uow: UnitOfWork, hashes: Sequence[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """The other forms of these media: hash to kind to what one must know of it."""
    query = select(col(MediaForm.sha256), col(MediaForm.kind), col(MediaForm.about))
    out: dict[str, dict[str, dict[str, Any]]] = {}
    for sha256, kind, about in uow.session.execute(query.where(col(MediaForm.sha256).in_(hashes))):
        out.setdefault(sha256, {})[kind] = about
    return out


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a bin is asked for. `also` are hashes of things the studio made that stand among the rest; `among` and `not_among`
    hold the answer to some hashes, or away from them."""

    search: str = ""
    kinds: tuple[str, ...] = ()
    folder: str | None = None
    also: tuple[str, ...] = ()
    among: tuple[str, ...] | None = None
    not_among: tuple[str, ...] = ()


def list_media(
    uow: UnitOfWork, project_id: str, asked: Asked, *, offset: int, limit: int
) -> tuple[Sequence[Media], int]:
    """One page of what is asked for, newest first, and how many there are."""
    brought = col(Media.brought_at).is_not(None)
    where: list[ColumnElement[bool]] = [
        col(Media.project_id) == project_id,
        col(Media.removed_at).is_(None),
        or_(brought, col(Media.sha256).in_(asked.also)) if asked.also else brought,
    ]
    if asked.search:
        where.append(col(Media.name).icontains(asked.search, autoescape=True))
    if asked.kinds:
        where.append(col(Media.kind).in_(asked.kinds))
    if asked.folder is not None:
        where.append(col(Media.folder) == asked.folder)
    if asked.among is not None:
        where.append(col(Media.sha256).in_(asked.among))
    if asked.not_among:
        where.append(col(Media.sha256).not_in(asked.not_among))
    total = uow.session.execute(select(func.count()).select_from(Media).where(*where)).scalar_one()
    order = func.coalesce(col(Media.brought_at), col(Media.created_at)).desc()
    query = select(Media).where(*where).order_by(order, col(Media.id).desc()).offset(offset).limit(limit)
    return uow.session.scalars(query).all(), int(total)


def list_folders(uow: UnitOfWork, project_id: str) -> list[str]:
    """The names of the folders of a bin, in order."""
    query = select(col(Media.folder)).where(
        col(Media.project_id) == project_id,
        col(Media.removed_at).is_(None),
        col(Media.brought_at).is_not(None),
        col(Media.folder) != "",
    )
    return sorted(uow.session.scalars(query.distinct()), key=str.casefold)


def rename_folder(uow: UnitOfWork, project_id: str, folder: str, name: str) -> int:
    """Put everything of a folder into another one; how many files those are."""
    mine = (col(Media.project_id) == project_id, col(Media.folder) == folder)
    count = uow.session.execute(select(func.count()).select_from(Media).where(*mine)).scalar_one()
    uow.session.execute(update(Media).where(*mine).values(folder=name).execution_options(synchronize_session="fetch"))
    return int(count)


def list_sub_clips(uow: UnitOfWork, project_id: str, *, limit: int) -> Sequence[SubClip]:
    """The named parts of a project's files, file by file in their order."""
    query = select(SubClip).where(col(SubClip.project_id) == project_id)
    return uow.session.scalars(
        query.order_by(col(SubClip.sha256), col(SubClip.first), col(SubClip.id)).limit(limit)
    ).all()


def count_sub_clips(uow: UnitOfWork, project_id: str) -> int:
    query = select(func.count()).select_from(SubClip).where(col(SubClip.project_id) == project_id)
    return int(uow.session.execute(query).scalar_one())


def get_sub_clip(uow: UnitOfWork, sub_clip_id: str) -> SubClip:
    """Raises: NotFound."""
    row = uow.session.get(SubClip, sub_clip_id)
    if row is None:
        raise NotFound("There is no such sub-clip.")
    return row


def find_form(uow: UnitOfWork, sha256: str, kind: str) -> MediaForm | None:
    query = select(MediaForm).where(col(MediaForm.sha256) == sha256, col(MediaForm.kind) == kind)
    return uow.session.scalars(query).one_or_none()


def get_upload(uow: UnitOfWork, upload_id: str, *, lock: bool = False) -> Upload:
    """One upload; `lock` holds its row until the transaction ends. Raises: NotFound."""
    query = select(Upload).where(col(Upload.id) == upload_id).execution_options(populate_existing=True)
    row = uow.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise NotFound("There is no such upload.")
    return row


def list_pieces(uow: UnitOfWork, upload_ids: Sequence[str]) -> Sequence[UploadPiece]:
    """The pieces of uploads, in order."""
    query = select(UploadPiece).where(col(UploadPiece.upload_id).in_(upload_ids))
    return uow.session.scalars(query.order_by(col(UploadPiece.upload_id), col(UploadPiece.start))).all()


def list_open_uploads(uow: UnitOfWork, project_id: str, user_id: str, *, limit: int) -> Sequence[Upload]:
    """What a person is bringing in, or has been refused, oldest first."""
    query = select(Upload).where(
        col(Upload.project_id) == project_id, col(Upload.user_id) == user_id, col(Upload.state).in_(("open", "handed"))
    )
    return uow.session.scalars(query.order_by(col(Upload.id)).limit(limit)).all()


def list_expired(uow: UnitOfWork, at: datetime, *, limit: int) -> Sequence[Upload]:
    """Uploads nobody will come back to."""
    query = select(Upload).where(col(Upload.expires_at) < at).order_by(col(Upload.id)).limit(limit)
    return uow.session.scalars(query).all()


def delete_uploads(uow: UnitOfWork, upload_ids: Sequence[str]) -> None:
    """Forget uploads and their pieces; the bytes are the caller's to remove."""
    uow.session.execute(delete(UploadPiece).where(col(UploadPiece.upload_id).in_(upload_ids)))
    uow.session.execute(delete(Upload).where(col(Upload.id).in_(upload_ids)))
