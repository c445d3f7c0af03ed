"""A timeline of another program as a cut by hand: its clips on the project's own files, and what of it could not come, told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import LimitReached
from studio.core.text import one_line
from studio.engine.interchange.apart import read_apart
from studio.engine.interchange.formats import Loss, Media, Read
from studio.engine.interchange.relink import matched, relinked
from studio.engine.time import Rate
from studio.engine.timeline.checks import checked
from studio.media import service as media
from studio.media.views import MediaView
from studio.projects import service as projects
from studio.timelines import repository
from studio.timelines.asked import media_in
from studio.timelines.models import TimelineRow
from studio.timelines.service.hand.making import LONGEST_NAME, MOST, add_by_hand
from studio.timelines.views import Imported, LossView


def read_timeline(data: bytes, name: str, *, rate: Rate | None = None) -> Read:
    """A timeline file from outside, read in the sandbox; `rate` is for formats that do not say theirs. Not in a transaction.

    Raises:
        Invalid: it is empty, damaged or no timeline; the message says what to do.
        LimitReached: it is too large, or takes too long or too much memory.
        SandboxRefused: this machine cannot keep it apart.
    """
    return read_apart(data, name, rate=rate)


def import_timeline(uow: UnitOfWork, actor: Actor, project_id: str, read: Read, *, name: str = "") -> Imported:
    """A cut by hand of a timeline that was read, at its own rate and size, on the files of the project that are its files.

    A file is known by what is in it, else by its name; clips of files that are not there stay, and say so.

    Raises:
        Invalid: it cannot be a timeline of ours.
        LimitReached: the project has 200 cuts by hand.
        NotFound, Forbidden: the actor may not change the project.
    """
    projects.editable_project(uow, actor, project_id)
    projects.mark_changed(uow, actor, project_id, "cut")
    if repository.count_by_hand(uow, project_id) >= MOST:
        raise LimitReached(f"A project has at most {MOST} cuts by hand. Delete one first.")
    there = [each for file in media.list_files(uow, project_id) for each in _called(file)]
    found = matched(read.media, there)
    called = (one_line(name) or one_line(read.timeline.name))[:LONGEST_NAME] or "Imported"
    timeline = checked(replace(relinked(read.timeline, read.media, found.found), name=called))
    row = TimelineRow(
        project_id=project_id, name=called, rate="", width=0, height=0, frames=0, document={}, status=repository.EDIT
    )
    cut = add_by_hand(uow, row, timeline)
    known = {each.key for each in there}
    missing = {sha256: clip for sha256, clip in media_in(timeline) if sha256 not in known}
    return Imported(cut, tuple(_told([*read.losses, *_lost(read, missing)])), len(missing))


def _called(file: MediaView) -> Iterator[Media]:
    """A file of the project under its name, and under the one it goes out by."""
    path = PurePosixPath(file.name)
    yield Media(file.sha256, file.name, sha256=file.sha256)
    yield Media(file.sha256, f"{path.stem}-{file.sha256[:8]}{path.suffix}", sha256=file.sha256)


def _lost(read: Read, missing: dict[str, str]) -> Iterator[Loss]:
    names = {each.key: each.name or PurePosixPath(each.path).name or each.reel for each in read.media}
    for key, clip in missing.items():
        yield Loss(f"Clip '{clip}'", f"its file {names.get(key) or key} is not in this project")


def _told(losses: list[Loss]) -> Iterator[LossView]:
    """The same loss of many places once."""
    counts = Counter(loss.what for loss in losses)
    first = {loss.what: loss.where for loss in reversed(losses)}
    yield from (LossView(what, first[what], count) for what, count in counts.items())
