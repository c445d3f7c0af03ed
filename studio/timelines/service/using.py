"""Which media the cuts of a project use, which cuts those are, and where in them; files a cut lacks, and others in their place."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, Invalid, NotFound
from studio.engine.editing import Edit
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline
from studio.media import service as media
from studio.media.views import MediaView
from studio.projects import service as projects
from studio.timelines import repository
from studio.timelines.asked import media_in
from studio.timelines.service.hand.acting import available
from studio.timelines.service.hand.changing import edit_timeline
from studio.timelines.service.reading import get_timeline
from studio.timelines.views import MediaUse, MissingFile, TimelineEdit

_MOST_USES = 200


def media_in_use(uow: UnitOfWork, actor: Actor, project_id: str) -> dict[str, tuple[str, ...]]:
    """The names of the cuts that use a media, by its hash; copies kept of films do not count. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    found: dict[str, dict[str, None]] = {}
    for cut in repository.list_documents(uow, project_id):
        for sha256 in {sha256 for sha256, _ in media_in(cut.document)}:
            found.setdefault(sha256, {})[cut.name] = None
    return {sha256: tuple(names) for sha256, names in found.items()}


def uses_of(uow: UnitOfWork, actor: Actor, project_id: str, sha256: str) -> tuple[MediaUse, ...]:
    """The clips that show or sound a media, cut by cut in order of time, at most 200. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    found: list[MediaUse] = []
    for cut in repository.list_documents(uow, project_id):
        live, rate = cut.status == repository.LIVE, Rate.parse(cut.document["rate"])
        mine = [clip for clip in _clips(cut.document) if any(sha256 == each for each, _ in media_in(clip))]
        mine.sort(key=lambda clip: clip["start"])
        found += [MediaUse(cut.id, cut.name, live, c["id"], c.get("name", ""), c["start"], rate) for c in mine]
        if len(found) >= _MOST_USES:
            break
    return tuple(found[:_MOST_USES])


def missing_files(uow: UnitOfWork, actor: Actor, timeline_id: str) -> tuple[MissingFile, ...]:
    """The files a cut names that are not its project's, with the files of the project that are called alike. Raises: NotFound."""
    found = get_timeline(uow, actor, timeline_id)
    lacking = _lacking(uow, found.project_id, found.timeline)
    if not lacking:
        return ()
    there = media.list_files(uow, found.project_id)
    return tuple(
        MissingFile(
            key=key,
            name=clips[0].name,
            clips=len(clips),
            frames=max(_reaches(clip) for clip in clips),
            alike=tuple(file.sha256 for file in there if _alike(file, clips)),
        )
        for key, clips in lacking.items()
    )


def relink_media(
    uow: UnitOfWork, actor: Actor, timeline_id: str, key: str, sha256: str, *, revision: int | None = None
) -> TimelineEdit:
    """Put a file of the project in the place of one a cut lacks, in all its clips, as one act that can be undone.

    Raises:
        NotFound, Forbidden: there is no such cut or file, or the actor may not change the project.
        Conflict: the cut does not lack that file (code "not_missing"), or it is not cut by hand.
        Invalid: the file is neither seen nor heard, or is too short for what is cut of it; the message says by how much.
    """
    found = get_timeline(uow, actor, timeline_id)
    projects.editable_project(uow, actor, found.project_id)
    clips = _lacking(uow, found.project_id, found.timeline).get(key)
    if not clips:
        raise Conflict("This cut does not lack that file any more. Look at it again.", code="not_missing")
    file = media.files_of(uow, found.project_id, [sha256]).get(sha256)
    if file is None:
        raise NotFound("There is no such file.")
    if file.kind not in ("video", "image", "audio"):
        raise Invalid(f"{file.name} is neither seen nor heard. Choose a film, a sound or a picture.", field="media")
    length = available(uow, found.project_id, [sha256], found.timeline.rate).get(sha256)
    wanted = max(_reaches(clip) for clip in clips)
    if length is not None and length < wanted:
        raise Invalid(
            f"{file.name} has {length} frames, and {wanted} of the missing file are cut with. "
            "Trim those clips first, or choose a longer file.",
            field="media",
            code="not_enough_media",
        )
    edits = [Edit("set_clip", {"clip": clip.id, "fields": {"media": sha256}}) for clip in clips]
    told = f"Relink {clips[0].name} to {file.name}"
    return edit_timeline(uow, actor, timeline_id, edits, revision=revision or found.revision, label=told)


def _clips(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [clip for track in document["tracks"] for clip in track.get("clips", [])]


def _lacking(uow: UnitOfWork, project_id: str, timeline: Timeline) -> dict[str, list[Clip]]:
    """Clips of files that are not the project's, by what names the file."""
    every = [clip for track in timeline.tracks for clip in track.clips if clip.media and not clip.made]
    there = media.sizes_of(uow, project_id, sorted({clip.media for clip in every}))
    out: dict[str, list[Clip]] = {}
    for clip in every:
        if clip.media not in there:
            out.setdefault(clip.media, []).append(clip)
    return out


def _reaches(clip: Clip) -> int:
    """How many frames of its file a clip needs, from the file's beginning on."""
    factor = clip.speed.factor if clip.speed and clip.speed.ramp is None else 1
    return clip.source_in + int(clip.frames * abs(factor))


def _alike(file: MediaView, clips: list[Clip]) -> bool:
    """Whether a file is called as a clip is, with or without what its name ends in."""
    stem = PurePosixPath(file.name).stem.casefold()
    return any(stem and stem in (clip.name.casefold(), PurePosixPath(clip.name).stem.casefold()) for clip in clips)
