"""The media of a timeline as the engine finds it: its files in the store, and what is known of them."""

from __future__ import annotations

from pathlib import Path

from studio.core.db import reading, unit_of_work
from studio.core.settings import settings
from studio.core.storage import media_key, storage
from studio.engine.ffmpeg.process import Stop, never
from studio.engine.looks.facts import MediaFacts
from studio.engine.render.footage import Store, media_of
from studio.engine.timeline import Timeline
from studio.media import service as media


def media_store(project_id: str, timeline: Timeline, *, stop: Stop = never) -> Store:
    """The media of a timeline of a project: what nobody has read yet is read when it is needed, and remembered.

    Outside of any transaction; the caller has checked who asks.
    """
    from studio.engine.sandbox.probing import probed_apart

    with reading() as uow:
        named = media_of(timeline)
        known = media.facts_of(uow, named)
        mine = media.pictures_among(uow, project_id, named)

    def facts(sha256: str) -> MediaFacts:
        if sha256 not in known:
            path = media_file(sha256)
            with reading() as uow:
                files = media.files_of(uow, project_id, [sha256])
            name = files[sha256].name if sha256 in files else ""
            known[sha256] = probed_apart(path, name=name, stop=stop)
            with unit_of_work() as uow:
                media.keep_facts(uow, sha256, known[sha256])
        return known[sha256]

    return Store(media_file, facts, fonts=settings().fonts, ours=mine.__contains__)


def media_file(sha256: str) -> Path:
    """A media file on this machine. Raises: NotFound, Unavailable."""
    return storage().fetch(media_key(sha256))
