"""A cut as a file for other programs, and what of it is not in there."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.engine.interchange.apart import written
from studio.engine.interchange.formats import MIMES, SUFFIXES, Format, Media
from studio.engine.timeline import Timeline
from studio.media import service as media
from studio.media.views import MediaView
from studio.timelines.service.reading import get_timeline
from studio.timelines.views import LossView, TimelineFile

_NO_NAME = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')


def export_timeline(uow: UnitOfWork, actor: Actor, timeline_id: str, form: Format) -> TimelineFile:
    """A timeline the actor may see in a format of other programs; the same loss of many places is told once.

    Raises:
        NotFound: there is no such timeline for them.
        Invalid: the format cannot hold it; the message says which can.
    """
    found = get_timeline(uow, actor, timeline_id)
    timeline = found.timeline
    hashes = {clip.media for track in timeline.tracks for clip in track.clips if clip.media}
    files = media.files_of(uow, found.project_id, sorted(hashes))
    made = written(timeline, form, {sha256: _media(file, timeline) for sha256, file in files.items()})
    counts = Counter(loss.what for loss in made.losses)
    first = {loss.what: loss.where for loss in reversed(made.losses)}
    losses = tuple(LossView(what, first[what], count) for what, count in counts.items())
    name = _NO_NAME.sub(" ", timeline.name).strip(" .") or "Cut"
    return TimelineFile(f"{name[:100]}{SUFFIXES[form]}", MIMES[form], made.data, losses)


def _media(file: MediaView, timeline: Timeline) -> Media:
    """A file under a name of its own: many panels are called the same."""
    path = PurePosixPath(file.name)
    still, sound = file.mime.startswith("image/"), file.mime.startswith("audio/")
    return Media(
        file.sha256,
        f"{path.stem}-{file.sha256[:8]}{path.suffix}",
        sha256=file.sha256,
        width=timeline.width if still else 0,
        height=timeline.height if still else 0,
        still=still,
        picture=not sound,
        sound=not still,
    )
