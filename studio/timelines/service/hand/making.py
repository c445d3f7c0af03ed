"""Cuts by hand as things: made of the board, of nothing or of another cut, listed, named, deleted and brought back."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from studio.accounts.views import Actor
from studio.core import clock
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, Invalid, LimitReached, NotFound
from studio.core.text import one_line
from studio.engine.editing import set_timeline
from studio.engine.time import Rate
from studio.engine.timeline import Timeline, Track, from_document, to_document
from studio.engine.timeline.checks import checked
from studio.projects import service as projects
from studio.projects.views import FilmFormat, ProjectView
from studio.scripts import service as scripts
from studio.timelines import repository
from studio.timelines.models import TimelineRow
from studio.timelines.service import documents
from studio.timelines.service.cutting import start_cut
from studio.timelines.service.hand.acting import Acting
from studio.timelines.service.reading import card, detail
from studio.timelines.views import TimelineCard, TimelineDetail, TimelineEdit

Begin = Literal["board", "empty", "copy"]

MOST = 200
"""Cuts by hand a project may have."""
LONGEST_NAME = 100


def create_timeline(
    uow: UnitOfWork,
    actor: Actor,
    project_id: str,
    *,
    name: str,
    begin: Begin,
    script_id: str | None = None,
    timeline_id: str | None = None,
    rate: Rate | None = None,
    width: int | None = None,
    height: int | None = None,
) -> TimelineDetail:
    """A cut to edit by hand: begun from the `board` of a script (the newest without one), `empty`, or as a `copy` of a cut.

    Rate and size, in pixels, are those of the project or of what it is begun from; only an empty one may have others.

    Raises:
        Invalid: the name is none, or a copy of nothing was asked for, or the size cannot be.
        Conflict: the script has no shots yet, or there is none.
        LimitReached: the project has 200 cuts by hand.
        NotFound, Forbidden: there is no such cut or script in it, or the actor may not change the project.
    """
    project = projects.editable_project(uow, actor, project_id)
    called = checked_name(name)
    projects.mark_changed(uow, actor, project_id, "cut")
    if repository.count_by_hand(uow, project_id) >= MOST:
        raise LimitReached(f"A project has at most {MOST} cuts by hand. Delete one first.")
    row = TimelineRow(
        project_id=project_id,
        name=called,
        rate=str(rate or project.rate),
        width=project.width,
        height=project.height,
        frames=0,
        document={},
        status=repository.EDIT,
    )
    if begin == "empty":
        timeline = _empty(project, called, rate, width, height)
    else:
        if rate or width or height:
            raise Invalid("Only an empty cut has a rate and a size of its own.", field="rate")
        timeline = _of_another(uow, actor, project, row, script_id if begin == "board" else None, begin, timeline_id)
    return add_by_hand(uow, row, replace(timeline, name=called))


def add_by_hand(uow: UnitOfWork, row: TimelineRow, timeline: Timeline) -> TimelineDetail:
    """Put a new cut by hand, which holds this, among the others of its project."""
    row.rate, row.width, row.height = str(timeline.rate), timeline.width, timeline.height
    row.document, row.frames, row.changed_at = to_document(timeline), timeline.frames, clock.now()
    uow.session.add(row)
    uow.session.flush()
    return detail(uow, row)


def match_empty(uow: UnitOfWork, actor: Actor, project_id: str, film: FilmFormat) -> bool:
    """Give the cuts of a project another format if there are some and nobody has done anything in any; whether it was done.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    projects.editable_project(uow, actor, project_id)
    rows = repository.list_untouched(uow, project_id)
    cuts = [(row, documents.timeline_of(uow, row)) for row in rows]
    held = any(cut.markers or any(track.clips or track.captions for track in cut.tracks) for _, cut in cuts)
    if not cuts or held or len(cuts) < len(list_timelines(uow, actor, project_id)):
        return False
    projects.mark_changed(uow, actor, project_id, "cut")
    for row, cut in cuts:
        after = checked(replace(cut, rate=film.rate, width=film.width, height=film.height, drop_frame=False))
        row.rate, row.width, row.height, row.changed_at = str(film.rate), film.width, film.height, clock.now()
        documents.write(uow, row, after)
        uow.session.add(row)
    return True


def list_timelines(uow: UnitOfWork, actor: Actor, project_id: str) -> tuple[TimelineCard, ...]:
    """The cuts of a project, those that follow a board and those by hand, the one changed last first. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    return tuple(card(*row) for row in repository.list_cards(uow, project_id, limit=MOST + 100))


def rename_timeline(uow: UnitOfWork, actor: Actor, timeline_id: str, name: str) -> TimelineEdit:
    """Call a cut by hand something else: an act, which can be undone. Raises: as `edit_timeline`."""
    called = checked_name(name)
    act = Acting(uow, actor, timeline_id)
    after = set_timeline(act.timeline, {"name": called}).timeline
    edit = {"op": "set_timeline", "fields": {"name": called}}
    return act.keep(after, kind="edit", label=f"call the cut {called}", edit=edit)


def delete_timeline(uow: UnitOfWork, actor: Actor, timeline_id: str) -> None:
    """Put a cut by hand away, with its journal; its films stay, and it can be brought back.

    Raises:
        Conflict: it is not cut by hand.
        NotFound, Forbidden: there is none, or the actor may not change the project.
    """
    act = Acting(uow, actor, timeline_id)
    act.row.deleted_at = clock.now()
    uow.session.add(act.row)


def bring_back_timeline(uow: UnitOfWork, actor: Actor, timeline_id: str) -> TimelineDetail:
    """Bring back a cut by hand that was deleted. Raises: NotFound, Forbidden."""
    row = repository.get_timeline(uow, timeline_id, deleted=True)
    projects.editable_project(uow, actor, row.project_id)
    projects.mark_changed(uow, actor, row.project_id, "cut")
    uow.session.refresh(row)
    row.deleted_at = None
    uow.session.add(row)
    return detail(uow, row)


def checked_name(text: str) -> str:
    """A name as it is kept. Raises: Invalid."""
    name = one_line(text)
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(f"A cut needs a name of 1 to {LONGEST_NAME} characters.", field="name")
    return name


def _empty(project: ProjectView, name: str, rate: Rate | None, width: int | None, height: int | None) -> Timeline:
    tracks = (Track("v1", "video", "Picture", "picture"), Track("a1", "audio", "Sound", "sound"))
    size = (width or project.width, height or project.height)
    return checked(Timeline(name, rate or project.rate, *size, tracks))


def _of_another(
    uow: UnitOfWork,
    actor: Actor,
    project: ProjectView,
    row: TimelineRow,
    script_id: str | None,
    begin: Begin,
    timeline_id: str | None,
) -> Timeline:
    """What a cut is begun from; where that is made of a board, the cut remembers how it was."""
    if begin == "board":
        timeline_id = start_cut(uow, actor, script_id or _newest_script(uow, project.id)).id
    if not timeline_id:
        raise Invalid("Say which cut is to be copied.", field="timeline_id")
    source = repository.get_timeline(uow, timeline_id)
    if source.project_id != project.id:
        raise NotFound("There is no such timeline.")
    row.script_id, row.parent_id = source.script_id, source.id
    row.base = source.base
    if source.status == repository.LIVE:
        row.base = {"revision": source.revision, "document": source.document}
    return from_document(source.document)


def _newest_script(uow: UnitOfWork, project_id: str) -> str:
    found = scripts.latest_by_project(uow, [project_id]).get(project_id)
    if found is None:
        raise Conflict("This project has no script yet. Begin with an empty cut.")
    return found.id
