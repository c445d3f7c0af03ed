"""What is wrong with a cut before its film is made."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.settings import settings
from studio.engine.preflight import preflight
from studio.media import service as media
from studio.timelines.service.reading import get_timeline
from studio.timelines.views import CheckView


def check_timeline(uow: UnitOfWork, actor: Actor, timeline_id: str) -> tuple[CheckView, ...]:
    """Missing files, holes, sound past the end, words nobody can read, the gravest first; nothing when all is well.

    Raises: NotFound.
    """
    found = get_timeline(uow, actor, timeline_id)
    asked = {clip.media for track in found.timeline.tracks for clip in track.clips if clip.media}
    there = media.sizes_of(uow, found.project_id, sorted(asked))
    findings = preflight(found.timeline, there, settings().fonts)
    return tuple(CheckView(f.kind, f.level == "fail", f.start, f.end, f.sentence) for f in findings)
