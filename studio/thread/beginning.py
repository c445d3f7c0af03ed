"""From words to a film under way: a project of a script, the sample, footage, a file that was looked over, a next draft merged."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Conflict, NotFound
from studio.core.settings import ROOT
from studio.core.text import one_line
from studio.projects import service as projects
from studio.projects.views import FilmFormat
from studio.scripts import service as scripts
from studio.scripts.service import LookedOver, ScriptFile
from studio.scripts.views import Choice, MergeView
from studio.storyboards import service as storyboards
from studio.thread import rewriting
from studio.thread.views import Started
from studio.timelines import service as timelines

SAMPLE = ROOT / "assets" / "samples" / "the-last-ferry.fountain"
_LONGEST_NAME = 200


def start_project(
    actor: Actor, *, data: bytes, name: str, title: str | None = None, film: FilmFormat | None = None
) -> Started:
    """Make a project of a script, named `title`, else as the script is titled, else as the file is called; draw its panels.

    What takes time (reading, breaking down) is done before the one transaction. Nothing is kept when the script is refused.

    Raises:
        Invalid: it is not a screenplay we can read; the message says why and what to do. Or there is no such format.
        LimitReached: it is too large.
    """
    return _started(actor, scripts.read_script(data, name), name, title, film)


def open_sample(actor: Actor, film: FilmFormat | None = None) -> Started:
    """Make a project of the sample film's script and draw its panels."""
    return start_project(actor, data=SAMPLE.read_bytes(), name=SAMPLE.name, film=film)


def start_cut(uow: UnitOfWork, actor: Actor, *, name: str = "New film", film: FilmFormat | None = None) -> str:
    """Make a project with an empty cut, for films and pictures one has already; the project's id. Raises: Invalid."""
    project = projects.create_project(uow, actor, name=name, film=film)
    timelines.create_timeline(uow, actor, project.id, name="Cut 1", begin="empty")
    return project.id


def finish_import(actor: Actor, import_id: str, *, title: str | None = None, film: FilmFormat | None = None) -> Started:
    """Keep a file that was looked over: in its project if it has one without a script, else in one of its own and that format.

    Raises:
        NotFound, Forbidden: it is not there, or the actor may not change the project.
        Conflict: the project has a script already (code "has_script"): merge it instead.
    """
    with reading() as uow:
        found = scripts.looked_over(uow, actor, import_id)
        if found.project_id and scripts.latest_script(uow, actor, found.project_id):
            raise Conflict("This project has a script already. Merge the new draft into it.", code="has_script")
    return _started(actor, found.file, found.name, title, film, looked_over=found, import_id=import_id)


def _started(
    actor: Actor,
    file: ScriptFile,
    name: str,
    title: str | None,
    film: FilmFormat | None,
    *,
    looked_over: LookedOver | None = None,
    import_id: str = "",
) -> Started:
    outline = file.outline
    storyboards.planned(outline, (film or FilmFormat()).rate)
    called = title or outline.title or PurePosixPath(name.replace("\\", "/")).stem
    with unit_of_work() as uow:
        project_id = looked_over.project_id if looked_over else None
        if project_id is None:
            called = one_line(called)[:_LONGEST_NAME].strip() or "Untitled"
            project_id = projects.create_project(uow, actor, name=called, film=film).id
        original = looked_over.original if looked_over else None
        script = scripts.keep_script(uow, actor, project_id, file, name, original)
        if looked_over:
            scripts.discard_import(uow, actor, import_id)
        scripts.suggest_tags(uow, actor, script.id)
        shots = storyboards.break_down(uow, actor, script.id)
        run = storyboards.submit_board(uow, actor, script.id)
    return Started(project_id, script.id, shots, run.id)


def plan_import(uow: UnitOfWork, actor: Actor, import_id: str) -> MergeView:
    """What keeping a file that was looked over would make of the script its project has.

    Raises:
        NotFound: it is not there, or its project has no script to merge it into.
    """
    script_id, found = _merging(uow, actor, import_id)
    return rewriting.plan_merge(uow, actor, script_id, found.file.text.text)


def merge_import(actor: Actor, import_id: str, decisions: Mapping[str, Choice], *, expected_revision: int) -> str:
    """Make a file that was looked over the next draft of its project's script, and draw what is new; the script's id.

    Raises:
        NotFound, Forbidden: it is not there, or the actor may not change the project.
        Conflict: the script changed since the plan was made (code "script_changed").
        Invalid: a decision is about nothing.
    """
    with unit_of_work() as uow:
        script_id, found = _merging(uow, actor, import_id)
        project = scripts.project_of(uow, actor, script_id)
        original = scripts.keep_original(uow, actor, project.id, found.original)
        rewriting.apply_merge(
            uow,
            actor,
            script_id,
            found.file.text.text,
            decisions,
            expected_revision=expected_revision,
            name=found.name,
            original_sha256=original,
        )
        scripts.discard_import(uow, actor, import_id)
        if storyboards.counts_by_script(uow, [script_id])[script_id].shots:
            storyboards.submit_board(uow, actor, script_id)
    return script_id


def _merging(uow: UnitOfWork, actor: Actor, import_id: str) -> tuple[str, LookedOver]:
    found = scripts.looked_over(uow, actor, import_id)
    script = scripts.latest_by_project(uow, [found.project_id]).get(found.project_id) if found.project_id else None
    if script is None:
        raise NotFound("The project of this import has no script to merge it into.")
    return script.id, found
