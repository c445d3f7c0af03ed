"""Files on their way in: begun, sent piece by piece from any offset, handed to a job, and forgotten when nobody comes back."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from studio.accounts.views import Actor
from studio.core import clock, ids
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, Invalid, LimitReached, NotFound
from studio.core.settings import settings
from studio.core.storage import Storage
from studio.media import repository
from studio.media.models import Media, Upload, UploadPiece
from studio.media.service import files
from studio.media.views import MOST_PIECE_BYTES, Arrived, Brought, MediaView, PieceView, UploadView
from studio.projects import service as projects
from studio.runs import service as runs

KIND = "media"
"""The kind of run that reads what was brought in."""

_OPEN_FOR = timedelta(days=1)
_READ_WITHIN = timedelta(days=7)
_MOST_OPEN = 500


def begin_upload(
    uow: UnitOfWork, actor: Actor, project_id: str, *, name: str, size: int, sha256: str = "", folder: str = ""
) -> UploadView:
    """Announce a file of `size` bytes. One whose hash the project knows is done at once: nothing has to be sent.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
        Invalid: it is empty. LimitReached: it is too large, or too many are under way.
    """
    projects.editable_project(uow, actor, project_id)
    most = settings().upload_gb
    if size < 1:
        raise Invalid(f"{name} is empty. Bring in a film, a sound or a picture.", field="size")
    if size > most << 30:
        raise LimitReached(f"{name} is larger than {most} GB. Save it smaller, or split it and bring in the parts.")
    if len(repository.list_open_uploads(uow, project_id, actor.user_id, limit=_MOST_OPEN)) >= _MOST_OPEN:
        raise LimitReached(f"{_MOST_OPEN} files are on their way already. Wait until some of them are in.")
    row = Upload(
        project_id=project_id,
        user_id=actor.user_id,
        name=name[:200],
        folder=_folder(folder),
        size=size,
        sha256=sha256 or None,
        expires_at=clock.now() + _OPEN_FOR,
    )
    known = repository.known_media(uow, project_id, sha256) if sha256 else None
    if known is not None:
        _bring(known, row.folder)
        row.state, row.received, row.media_sha256 = "done", size, known.sha256
        projects.mark_changed(uow, actor, project_id, "media")
    uow.session.add(row)
    uow.session.flush()
    return _view(row)


def find_upload(uow: UnitOfWork, actor: Actor, upload_id: str) -> UploadView:
    """How far one's own upload is. Raises: NotFound."""
    return _view(_own(uow, actor, upload_id))


def list_uploads(uow: UnitOfWork, actor: Actor, project_id: str) -> tuple[UploadView, ...]:
    """One's own uploads to a project that are not in yet, oldest first. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    return tuple(_view(r) for r in repository.list_open_uploads(uow, project_id, actor.user_id, limit=_MOST_OPEN))


def first_piece(uow: UnitOfWork, actor: Actor, upload_id: str) -> PieceView:
    """The first bytes that have arrived of one's own upload. Raises: NotFound, also where nothing has."""
    pieces = repository.list_pieces(uow, [_own(uow, actor, upload_id).id])
    if not pieces:
        raise NotFound("Nothing of this file has arrived yet.")
    return PieceView(pieces[0].start, pieces[0].size, pieces[0].key)


def put_piece(store: Storage, upload_id: str, offset: int, data: bytes) -> str:
    """Put the bytes of a piece into the store, before the transaction that adds it; its key.

    Raises:
        Invalid: it is empty. LimitReached: it is too large. Unavailable: the store cannot be used.
    """
    if not data:
        raise Invalid("This piece is empty.", field="body")
    if len(data) > MOST_PIECE_BYTES:
        raise LimitReached(f"A piece has at most {MOST_PIECE_BYTES >> 20} MB.")
    key = f"uploads/{upload_id}.{offset}.{ids.new_id()[-12:]}"
    with tempfile.NamedTemporaryFile(prefix="inkreel-piece-") as part:
        part.write(data)
        part.flush()
        store.put(key, Path(part.name))
    return key


def add_piece(uow: UnitOfWork, actor: Actor, upload_id: str, offset: int, size: int, key: str) -> UploadView:
    """Add a piece of `size` bytes that lies in the store under `key`, where the last one ended.

    Raises:
        NotFound, Forbidden: it is not the actor's, or the project may not be changed any more.
        Conflict: it does not fit there (`upload_offset`; look at the upload's offset), or all is handed in.
    """
    row = _own(uow, actor, upload_id, lock=True)
    projects.editable_project(uow, actor, row.project_id)
    if row.state != "open":
        raise Conflict("This file is in already. Bring it in anew if it has changed.", code="upload_over")
    if offset != row.received or offset + size > row.size:
        raise Conflict(f"This upload goes on at byte {row.received} of {row.size}.", code="upload_offset")
    uow.session.add(UploadPiece(upload_id=row.id, start=offset, size=size, key=key))
    row.received += size
    row.expires_at = clock.now() + _OPEN_FOR
    uow.session.add(row)
    uow.session.flush()
    return _view(row)


def finish_upload(uow: UnitOfWork, actor: Actor, upload_id: str) -> UploadView:
    """Hand a file that has wholly arrived to a job. Asked again it changes nothing.

    Raises:
        NotFound, Forbidden: it is not the actor's, or the project may not be changed any more.
        Conflict: something of it is missing.
    """
    row = _own(uow, actor, upload_id, lock=True)
    projects.editable_project(uow, actor, row.project_id)
    if row.state == "open":
        if row.received != row.size:
            raise Conflict(
                f"{row.name} is not all here: {row.received} of {row.size} bytes have arrived. Send the rest.",
                code="upload_offset",
            )
        config = {"upload_id": row.id, "name": row.name}
        run = runs.submit_run(uow, actor, row.project_id, KIND, config, idem_key=f"upload:{row.id}")
        row.state, row.run_id, row.expires_at = "handed", run.id, clock.now() + _READ_WITHIN
        uow.session.add(row)
        uow.session.flush()
    return _view(row)


def drop_upload(uow: UnitOfWork, actor: Actor, upload_id: str) -> tuple[str, ...]:
    """Forget one's own upload that is not handed in; the keys of its pieces, for the caller to delete after the commit.

    Raises:
        NotFound. Conflict: a job reads it already.
    """
    row = _own(uow, actor, upload_id, lock=True)
    if row.state == "handed":
        raise Conflict("This file is being read already. Stop its job instead.", code="upload_over")
    keys = tuple(piece.key for piece in repository.list_pieces(uow, [row.id]))
    repository.delete_uploads(uow, [row.id])
    return keys


def brought(uow: UnitOfWork, upload_id: str) -> Brought:
    """An upload as the job takes it, which has checked whose it is. Raises: NotFound."""
    row = repository.get_upload(uow, upload_id)
    pieces = tuple(PieceView(p.start, p.size, p.key) for p in repository.list_pieces(uow, [row.id]))
    return Brought(_view(row), row.sha256 or "", pieces)


def take_in(uow: UnitOfWork, actor: Actor, upload_id: str, arrived: Arrived) -> MediaView:
    """Make what an upload became part of its project's bin, where it is prepared by the upload's run.

    Raises:
        NotFound, Forbidden: the actor may not change the project any more.
    """
    upload = repository.get_upload(uow, upload_id, lock=True)
    made = files.add_media(uow, actor, upload.project_id, arrived.file)
    row = repository.get_media(uow, upload.project_id, made.sha256)
    _bring(row, upload.folder)
    if arrived.facts is not None:
        files.keep_facts(uow, made.sha256, arrived.facts)
    row.origin, row.state, row.problem, row.run_id = arrived.origin, "preparing", "", upload.run_id
    upload.state, upload.media_sha256, upload.expires_at = "done", made.sha256, clock.now() + _OPEN_FOR
    uow.session.add_all((row, upload))
    projects.mark_changed(uow, actor, upload.project_id, "media")
    return made


def refuse_upload(uow: UnitOfWork, upload_id: str, problem: str) -> None:
    """Note why a file was not taken; its bytes are the caller's to remove."""
    row = repository.get_upload(uow, upload_id, lock=True)
    row.state, row.problem, row.expires_at = "refused", problem[:400], clock.now() + _OPEN_FOR
    uow.session.add(row)


def expired_pieces(uow: UnitOfWork, *, limit: int = 200) -> dict[str, tuple[str, ...]]:
    """Uploads nobody will come back to, with the keys of what is left of them in the store."""
    ids_of = [row.id for row in repository.list_expired(uow, clock.now(), limit=limit)]
    found: dict[str, tuple[str, ...]] = dict.fromkeys(ids_of, ())
    for piece in repository.list_pieces(uow, ids_of) if ids_of else ():
        found[piece.upload_id] = (*found[piece.upload_id], piece.key)
    return found


def forget_uploads(uow: UnitOfWork, upload_ids: Sequence[str]) -> None:
    """Forget uploads whose bytes are gone."""
    if upload_ids:
        repository.delete_uploads(uow, upload_ids)


def _own(uow: UnitOfWork, actor: Actor, upload_id: str, *, lock: bool = False) -> Upload:
    """Nobody else may know of an upload, not even an admin."""
    row = repository.get_upload(uow, upload_id, lock=lock)
    if row.user_id != actor.user_id:
        raise NotFound("There is no such upload.")
    projects.get_project(uow, actor, row.project_id)
    return row


def _bring(row: Media, folder: str) -> None:
    """Put a file into the bin, or back into it."""
    if row.brought_at is None or row.removed_at is not None:
        row.brought_at, row.folder = clock.now(), folder
    row.removed_at = None


def _folder(name: str) -> str:
    return " ".join(name.split())[:200]


def _view(row: Upload) -> UploadView:
    return UploadView(
        id=row.id,
        project_id=row.project_id,
        name=row.name,
        size=row.size,
        offset=row.received,
        state=row.state,
        run_id=row.run_id or "",
        sha256=row.media_sha256 or "",
        problem=row.problem,
    )
