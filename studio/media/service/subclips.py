"""Parts of files that have names of their own: kept, listed, renamed, forgotten. What was cut with one stays as it is."""

from __future__ import annotations

from pathlib import PurePosixPath

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Invalid, LimitReached
from studio.core.text import one_line
from studio.media import repository
from studio.media.models import SubClip
from studio.media.service.bin import get_card
from studio.media.views import SubClipView
from studio.projects import service as projects

MOST = 2_000
"""Sub-clips a project may have."""
_LONGEST_NAME = 200


def keep_sub_clip(
    uow: UnitOfWork, actor: Actor, project_id: str, sha256: str, first: int, frames: int, name: str = ""
) -> SubClipView:
    """Keep `frames` of the project's frames from `first` on of a file under a name; without one it is called after the file.

    Raises:
        NotFound, Forbidden: there is no such file, or the actor may not change the project.
        Invalid: the file has no such part. LimitReached: the project has 2,000 of them.
    """
    projects.editable_project(uow, actor, project_id)
    projects.mark_changed(uow, actor, project_id, "media")
    card = get_card(uow, actor, project_id, sha256)
    if card.frames is None:
        raise Invalid(f"{card.name} stands still: it has no in and out. Lay it down as it is.", field="first")
    if first < 0 or frames < 1 or first + frames > card.frames:
        raise Invalid(
            f"{card.name} has {card.frames} frames. Set an in and an out that lie within it.",
            field="first" if first < 0 or first >= card.frames else "frames",
        )
    count = repository.count_sub_clips(uow, project_id)
    if count >= MOST:
        raise LimitReached(f"A project has at most {MOST:,} sub-clips. Remove some of them first.")
    called = (
        one_line(name)[:_LONGEST_NAME]
        or f"{PurePosixPath(card.name).stem[:180]}, part {_next(uow, project_id, sha256)}"
    )
    row = SubClip(project_id=project_id, by_id=actor.user_id, sha256=sha256, name=called, first=first, frames=frames)
    uow.session.add(row)
    uow.session.flush()
    return _view(row)


def list_sub_clips(uow: UnitOfWork, actor: Actor, project_id: str) -> tuple[SubClipView, ...]:
    """Every sub-clip of a project, file by file, each file's in order of time. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    return tuple(_view(row) for row in repository.list_sub_clips(uow, project_id, limit=MOST))


def rename_sub_clip(uow: UnitOfWork, actor: Actor, sub_clip_id: str, name: str) -> SubClipView:
    """Call a sub-clip something else; clips made of it keep their names. Raises: NotFound, Forbidden, Invalid (no name)."""
    row = _editable(uow, actor, sub_clip_id)
    called = one_line(name)[:_LONGEST_NAME]
    if not called:
        raise Invalid("A sub-clip needs a name.", field="name")
    row.name = called
    uow.session.add(row)
    uow.session.flush()
    return _view(row)


def delete_sub_clip(uow: UnitOfWork, actor: Actor, sub_clip_id: str) -> SubClipView:
    """Forget a sub-clip; its file stays, and so does what was cut with it. What it was, to be kept again.

    Raises: NotFound, Forbidden.
    """
    row = _editable(uow, actor, sub_clip_id)
    was = _view(row)
    uow.session.delete(row)
    return was


def _editable(uow: UnitOfWork, actor: Actor, sub_clip_id: str) -> SubClip:
    row = repository.get_sub_clip(uow, sub_clip_id)
    projects.editable_project(uow, actor, row.project_id)
    projects.mark_changed(uow, actor, row.project_id, "media")
    return row


def _next(uow: UnitOfWork, project_id: str, sha256: str) -> int:
    """The number of the next part of a file."""
    return 1 + sum(1 for row in repository.list_sub_clips(uow, project_id, limit=MOST) if row.sha256 == sha256)


def _view(row: SubClip) -> SubClipView:
    return SubClipView(row.id, row.sha256, row.name, row.first, row.frames)
