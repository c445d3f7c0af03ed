"""A cut as a page holds it: the document once, with what is known of the media in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.storage import Storage, rendition_key
from studio.engine.looks.facts import MediaFacts
from studio.engine.time import Rate
from studio.engine.timeline import Timeline, from_document
from studio.media import service as media
from studio.media.views import BEATS, FILMSTRIP, WAVEFORM, MediaView, proxy
from studio.projects import policy
from studio.projects import service as projects
from studio.timelines import repository
from studio.timelines.asked import media_in
from studio.timelines.models import TimelineRow
from studio.timelines.service.hand.acting import state_at
from studio.timelines.views import ClipMedia, TimelineView


def view_of(uow: UnitOfWork, actor: Actor, timeline_id: str) -> TimelineView:
    """A cut the actor may see, as a page holds it; which renditions there are is told by `with_renditions`. Raises: NotFound."""
    row = repository.get_timeline(uow, timeline_id)
    project = projects.get_project(uow, actor, row.project_id)
    workable = row.status in (repository.LIVE, repository.EDIT)
    return TimelineView(
        id=row.id,
        project_id=row.project_id,
        script_id=row.script_id,
        name=row.name,
        revision=row.revision,
        live=row.status == repository.LIVE,
        editable=workable and policy.may_edit(actor, project.role) and not project.away,
        document=row.document,
        media=_known(uow, row, project.rate, from_document(row.document)),
        me=actor.user_id,
    )


def media_of(uow: UnitOfWork, actor: Actor, timeline_id: str, *, revision: int | None = None) -> dict[str, ClipMedia]:
    """What is known of the media of a cut the actor may see, by SHA-256; of what was in it at a revision, where one is given.

    Raises: NotFound.
    """
    row = repository.get_timeline(uow, timeline_id)
    project = projects.get_project(uow, actor, row.project_id)
    timeline = from_document(row.document)
    then = timeline if revision is None else state_at(uow, row, timeline, revision)
    return _known(uow, row, project.rate, then)


def _known(uow: UnitOfWork, row: TimelineRow, project_rate: Rate, timeline: Timeline) -> dict[str, ClipMedia]:
    hashes = sorted({sha256 for sha256, _ in media_in(timeline)})
    files, facts = media.files_of(uow, row.project_id, hashes), media.facts_of(uow, hashes)
    rate, forms = Rate.parse(row.rate), media.forms_of(uow, hashes)
    small = proxy(rate) if rate == project_rate else ""
    return {
        sha256: _with_forms(described(file, facts.get(sha256), rate), file, forms.get(sha256, {}), small)
        for sha256, file in files.items()
    }


def with_renditions(known: Mapping[str, ClipMedia], store: Storage) -> dict[str, ClipMedia]:
    """With strips and waveforms that are there without being known of. It asks the store: not within a transaction."""
    return {
        sha256: replace(
            each,
            filmstrip=each.filmstrip or (each.kind == "video" and store.exists(rendition_key(sha256, FILMSTRIP))),
            waveform=each.waveform or (each.sound and store.exists(rendition_key(sha256, WAVEFORM))),
        )
        for sha256, each in known.items()
    }


def _with_forms(told: ClipMedia, file: MediaView, forms: Mapping[str, object], small: str) -> ClipMedia:
    """With the other forms there are; a recording of ours has its waveform and its beats when they are asked for."""
    recorded = file.mime == "audio/wav"
    return replace(
        told,
        proxy=small in forms,
        filmstrip=FILMSTRIP in forms,
        waveform=WAVEFORM in forms or recorded,
        beats=BEATS in forms or recorded,
    )


def described(file: MediaView, facts: MediaFacts | None, rate: Rate) -> ClipMedia:
    """What a page needs to know of a file in a cut of this rate."""
    still = file.mime.startswith("image/") if facts is None else facts.kind == "still"
    heard = file.mime.startswith("audio/") if facts is None else facts.kind == "audio"
    if facts is None:
        return ClipMedia("image" if still else "audio" if heard else "video", file.name, None, 0, 0, not still)
    width = round(facts.width * max(facts.sar, Fraction(0)))
    return ClipMedia(
        kind="image" if still else "audio" if heard else "video",
        name=file.name,
        frames=None if still else facts.lasting(rate),
        width=width,
        height=facts.height,
        sound=bool(facts.sounds),
    )
