"""The other forms of media (proxies, filmstrips, waveforms, beats): asked for, kept, known."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import NotFound, UnsupportedMedia
from studio.core.storage import Storage, media_key, rendition_key
from studio.media import repository
from studio.media.levels import drawn
from studio.media.models import MediaForm
from studio.media.service.uploads import KIND
from studio.media.views import BEATS, LEVELS, LOUDNESS, THUMBNAIL, WAVEFORM, MediaView
from studio.projects import service as projects
from studio.runs import service as runs
from studio.runs.views import RunView

_NOT_YET = "This form of the file is not made yet. Ask for it to be prepared."
_MOST_AT_ONCE = 64 << 20
"""Bytes of a recording whose waveform, loudness or beats are made while somebody waits: six minutes of stereo."""


def forms_of(uow: UnitOfWork, hashes: Sequence[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """The other forms of these media, by hash and kind, with what one must know of each. The caller has checked who asks."""
    return repository.forms_of(uow, hashes) if hashes else {}


def find_form(store: Storage, file: MediaView, kind: str) -> Path | None:
    """Another form of a file on this machine; None for a thumbnail of a picture that has none. The waveform of what the studio
    recorded, its loudness and its beats are made when it is first asked for, as is the drawing of every waveform.

    Raises:
        NotFound: it is not made yet. Unavailable: the store cannot be used.
    """
    try:
        return store.fetch(rendition_key(file.sha256, kind))
    except NotFound:
        if kind == THUMBNAIL and file.kind == "image":
            return None
        if kind == LEVELS and (waveform := find_form(store, file, WAVEFORM)):
            return _kept(store, file, kind, drawn(waveform.read_bytes()).encode())
        if kind in (WAVEFORM, LOUDNESS, BEATS) and file.mime == "audio/wav" and file.size <= _MOST_AT_ONCE:
            return _kept(store, file, kind, _heard(kind, store.fetch(media_key(file.sha256))))
    raise NotFound(_NOT_YET)


def _kept(store: Storage, file: MediaView, kind: str, data: bytes) -> Path:
    with tempfile.NamedTemporaryFile(prefix="inkreel-form-") as out:
        out.write(data)
        out.flush()
        store.put(rendition_key(file.sha256, kind), Path(out.name))
    return store.fetch(rendition_key(file.sha256, kind))


def _heard(kind: str, path: Path) -> bytes:
    from studio.engine.sound.wave import opened
    from studio.media.forming import drawn_levels, told_beats, told_loudness

    made = {WAVEFORM: drawn_levels, LOUDNESS: told_loudness, BEATS: told_beats}
    try:
        return made[kind](opened(path), stop=lambda: False)
    except UnsupportedMedia:
        raise NotFound(_NOT_YET) from None


def keep_form(uow: UnitOfWork, sha256: str, kind: str, about: dict[str, Any]) -> None:
    """Remember a form that was put into the store; the same again changes what is known of it."""
    row = repository.find_form(uow, sha256, kind)
    if row is None and uow.add_once(MediaForm(sha256=sha256, kind=kind, about=about)):
        return
    row = row or repository.find_form(uow, sha256, kind)
    if row is not None and row.about != about:
        row.about = about
        uow.session.add(row)


def prepare(uow: UnitOfWork, actor: Actor, project_id: str, sha256: str) -> RunView:
    """Ask for the forms a file of a project lacks; while that is done already, the job that does it.

    Raises:
        NotFound, Forbidden: there is no such file, or the actor may not change the project.
    """
    projects.editable_project(uow, actor, project_id)
    row = repository.get_media(uow, project_id, sha256)
    config = {"sha256": sha256, "name": row.name}
    if live := runs.find_live(uow, project_id, KIND, {"sha256": sha256}):
        return live
    run = runs.submit_run(uow, actor, project_id, KIND, config)
    row.state, row.problem, row.run_id = "preparing", "", run.id
    uow.session.add(row)
    projects.mark_changed(uow, actor, project_id, "media")
    return run


def prepared(uow: UnitOfWork, actor: Actor, project_id: str, sha256: str) -> None:
    """Note that all forms of a file are there. Raises: NotFound."""
    _settled(uow, actor, project_id, sha256, "ready", "")


def unprepared(uow: UnitOfWork, actor: Actor, project_id: str, sha256: str, problem: str) -> None:
    """Note why a file could not be prepared. Raises: NotFound."""
    _settled(uow, actor, project_id, sha256, "failed", problem)


def _settled(uow: UnitOfWork, actor: Actor, project_id: str, sha256: str, state: str, problem: str) -> None:
    row = repository.get_media(uow, project_id, sha256)
    row.state, row.problem = state, problem[:400]
    uow.session.add(row)
    projects.mark_changed(uow, actor, project_id, "media")
