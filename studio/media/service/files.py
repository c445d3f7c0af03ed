"""Files of a project: kept once under their hash, found for whoever may see them, and what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.core.storage import Storage, media_key, rendition_key, sha256_of
from studio.engine.looks.facts import MediaFacts, packed, unpacked
from studio.media import repository
from studio.media.models import KnownFacts, Media
from studio.media.views import PAPER, PAPER_WIDTH, THUMBNAIL, THUMBNAIL_WIDTH, MediaView, StoredFile
from studio.projects import service as projects


def stored(store: Storage, path: Path, *, kind: str, mime: str, name: str) -> StoredFile:
    """Put a file into the store under its hash. Call it before the transaction that records it. Raises: Unavailable."""
    sha256 = sha256_of(path)
    key = media_key(sha256)
    if not store.exists(key):
        store.put(key, path)
    return StoredFile(sha256, path.stat().st_size, kind, mime, name)


def store_thumbnail(store: Storage, sha256: str, picture: bytes, folder: Path) -> int:
    """Keep small forms of a picture beside it, before the transaction that records it; the size of its thumbnail in bytes.

    Raises:
        Unavailable: the store cannot be used.
    """
    from studio.media.thumbnail import small_forms

    small, printed = small_forms(picture)
    for kind, form in ((THUMBNAIL, small), (PAPER, printed)):
        path = folder / kind
        path.write_bytes(form)
        store.put(rendition_key(sha256, kind), path)
    return len(small)


def picture_file(store: Storage, sha256: str, *, pixels: int) -> Path:
    """A picture on this machine, at least so many pixels wide if it is so wide at all: a smaller form where one is enough.

    Raises:
        NotFound: it is not in the store any more.
        Unavailable: the store cannot be used.
    """
    for kind, width in ((THUMBNAIL, THUMBNAIL_WIDTH), (PAPER, PAPER_WIDTH)):
        if pixels <= width:
            try:
                return store.fetch(rendition_key(sha256, kind))
            except NotFound:
                pass  # it was kept before there were any, or has just been brought in
    return store.fetch(media_key(sha256))


def add_media(uow: UnitOfWork, actor: Actor, project_id: str, file: StoredFile) -> MediaView:
    """Make a stored file part of a project; the same content again is the same media.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    projects.editable_project(uow, actor, project_id)
    row = repository.find_media(uow, project_id, file.sha256)
    if row is None:
        row = Media(
            project_id=project_id,
            uploader_id=actor.user_id,
            sha256=file.sha256,
            kind=file.kind,
            mime=file.mime,
            name=file.name[:200],
            size=file.size,
        )
        if not uow.add_once(row):
            row = repository.get_media(uow, project_id, file.sha256)
    return view(row)


def add_all(uow: UnitOfWork, actor: Actor, project_id: str, files: Sequence[StoredFile]) -> None:
    """Make several stored files part of a project. Raises: NotFound, Forbidden."""
    projects.editable_project(uow, actor, project_id)
    known = repository.sizes_of(uow, project_id, [file.sha256 for file in files]) if files else {}
    for file in {file.sha256: file for file in files if file.sha256 not in known}.values():
        add_media(uow, actor, project_id, file)


def find_for(uow: UnitOfWork, actor: Actor, project_id: str, sha256: str) -> MediaView:
    """A file of a project the actor may see: what stands before every read of its content. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    return view(repository.get_media(uow, project_id, sha256))


def sizes_of(uow: UnitOfWork, project_id: str, hashes: Sequence[str]) -> dict[str, int]:
    """The sizes in bytes of these files of a project, by hash. The caller has checked who asks."""
    return repository.sizes_of(uow, project_id, hashes) if hashes else {}


def files_of(uow: UnitOfWork, project_id: str, hashes: Sequence[str]) -> dict[str, MediaView]:
    """These files of a project by hash. The caller has checked who asks."""
    return {row.sha256: view(row) for row in repository.media_among(uow, project_id, hashes)} if hashes else {}


def list_files(uow: UnitOfWork, project_id: str) -> tuple[MediaView, ...]:
    """The newest 20,000 files of a project, to find those another program names. The caller has checked who asks."""
    return tuple(view(row) for row in repository.list_files(uow, project_id, limit=20_000))


def pictures_among(uow: UnitOfWork, project_id: str, hashes: Sequence[str]) -> set[str]:
    """Those of these files that are pictures of the project one can paint. The caller has checked who asks."""
    return repository.pictures_among(uow, project_id, hashes) if hashes else set()


def facts_of(uow: UnitOfWork, hashes: Sequence[str]) -> dict[str, MediaFacts]:
    """What is known of these media, by hash; what nobody has read yet is not in it. The caller has checked who asks."""
    return {sha256: unpacked(said) for sha256, said in repository.facts_of(uow, hashes).items()} if hashes else {}


def get_facts(uow: UnitOfWork, actor: Actor, project_id: str, sha256: str) -> MediaFacts | None:
    """What is known of a file of a project; None before anybody has read it. Raises: NotFound."""
    find_for(uow, actor, project_id, sha256)
    return facts_of(uow, [sha256]).get(sha256)


def keep_facts(uow: UnitOfWork, sha256: str, facts: MediaFacts) -> None:
    """Remember what was read of a media file, for everybody who has it: the same content has the same facts."""
    uow.add_once(KnownFacts(sha256=sha256, facts=packed(facts)))


def view(row: Media) -> MediaView:
    """A row as others see it."""
    return MediaView(row.id, row.sha256, row.kind, row.mime, row.name, row.size)
