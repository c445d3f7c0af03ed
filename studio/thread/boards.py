"""A project of Storyboarder made one of ours: a script of its words, its shots as long as they are, its drawings."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Conflict
from studio.core.storage import storage
from studio.core.text import one_line
from studio.media import service as media
from studio.projects import service as projects
from studio.projects.views import FilmFormat
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.storyboards.exchange.project import ENDING
from studio.storyboards.exchange.reading import read_project
from studio.storyboards.exchange.script import written
from studio.thread.views import Brought

_LONGEST_NAME = 200


def bring_project(actor: Actor, *, data: bytes, name: str, project_id: str | None = None) -> Brought:
    """Make a project of a Storyboarder project's ZIP, or put it into one that has no script yet.

    Its boards are read in a child process, a minute at most, which holds no transaction; a job brings their pictures.

    Raises:
        Invalid: it is no project of Storyboarder, or damaged; the message says what to do.
        LimitReached: it is too large, or takes too long.
        Conflict: the project has a script already (code "has_script").
        NotFound, Forbidden: the actor may not change the project.
    """
    if project_id:
        with reading() as uow:
            _empty(uow, actor, project_id)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "boards.zip"
        path.write_bytes(data)
        found = read_project(path)
        text, shots = written(found)
        file = scripts.read_script(text.encode(), f"{found.title}.fountain")
        stored = media.stored(storage(), path, kind="boards", mime="application/zip", name=name)
    with unit_of_work() as uow:
        if project_id:
            _empty(uow, actor, project_id)
        else:
            called = found.title or PurePosixPath(name.replace("\\", "/")).name.removesuffix(".zip").removesuffix(
                ENDING
            )
            film = FilmFormat(projects.nearest_rate(Fraction(found.fps)), *projects.size_of(Fraction(found.aspect)))
            called = one_line(called)[:_LONGEST_NAME].strip() or "Untitled"
            project_id = projects.create_project(uow, actor, name=called, film=film).id
        script = scripts.keep_script(uow, actor, project_id, file, name)
        brought = storyboards.bring_boards(uow, actor, script.id, shots, stored.sha256)
    return Brought(project_id, script.id, brought.shots, brought.panels, brought.run_id)


def _empty(uow: UnitOfWork, actor: Actor, project_id: str) -> None:
    """See that a project has no script. Raises: NotFound, Forbidden, Conflict."""
    projects.editable_project(uow, actor, project_id)
    if scripts.latest_script(uow, actor, project_id):
        raise Conflict(
            "This project has a script already. Bring the boards in as a project of their own.", code="has_script"
        )
