"""A project of Storyboarder made one of ours: a script of its words, its shots as long as they are, its drawings."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Conflict
from studio.core.storage import storage
from studio.core.text import one_line
from studio.media import service as media
from studio.projects import service as projects
from studio.projects.views import ProjectView
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.storyboards.exchange.project import ENDING
from studio.storyboards.exchange.reading import BroughtProject, project_pictures, read_project
from studio.storyboards.exchange.script import written
from studio.thread.views import Brought

_LONGEST_NAME = 200
_WIDTH, _HEIGHT = 1920, 1080


def bring_project(actor: Actor, *, data: bytes, name: str, project_id: str | None = None) -> Brought:
    """Make a project of a Storyboarder project's ZIP, or put it into one that has no script yet.

    The ZIP is read in a child process, in turns of a minute at most, and holds no transaction meanwhile.

    Raises:
        Invalid: it is no project of Storyboarder, or damaged; the message says what to do.
        LimitReached: it is too large, or takes too long.
        Conflict: the project has a script already (code "has_script").
        NotFound, Forbidden: the actor may not change the project.
    """
    with reading() as uow:
        project = _empty(uow, actor, project_id) if project_id else None
    size = (project.width, project.height) if project else (_WIDTH, _HEIGHT)
    found = read_project(data)
    text, shots = written(found)
    pictures = _stored(data, found, size)
    file = scripts.read_script(text.encode(), f"{found.title}.fountain")
    with unit_of_work() as uow:
        if project_id:
            _empty(uow, actor, project_id)
        else:
            called = found.title or PurePosixPath(name.replace("\\", "/")).name.removesuffix(".zip").removesuffix(
                ENDING
            )
            project_id = projects.create_project(
                uow, actor, name=one_line(called)[:_LONGEST_NAME].strip() or "Untitled"
            ).id
        script = scripts.keep_script(uow, actor, project_id, file, name)
        count = storyboards.bring_boards(uow, actor, script.id, shots, pictures)
    return Brought(project_id, script.id, count, len(pictures))


def _empty(uow: UnitOfWork, actor: Actor, project_id: str) -> ProjectView:
    """A project without a script. Raises: NotFound, Forbidden, Conflict."""
    project = projects.editable_project(uow, actor, project_id)
    if scripts.latest_script(uow, actor, project_id):
        raise Conflict(
            "This project has a script already. Bring the boards in as a project of their own.", code="has_script"
        )
    return project


def _stored(data: bytes, found: BroughtProject, size: tuple[int, int]) -> list[storyboards.BroughtPicture | None]:
    """The pictures of all boards in the store, before the transaction that records them."""
    stored: list[storyboards.BroughtPicture | None] = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "board.png"
        for at, picture in enumerate(project_pictures(data, len(found.boards), width=size[0], height=size[1]), start=1):
            if picture is None:
                stored.append(None)
                continue
            path.write_bytes(picture)
            file = media.stored(storage(), path, kind="image", mime="image/png", name=f"board {at}.png")
            media.store_thumbnail(storage(), file.sha256, picture, Path(folder))
            stored.append(storyboards.BroughtPicture(file, *size))
    return stored
