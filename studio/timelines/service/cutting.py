"""The cut of a script: begun from its board, scored, and kept as it is for a film."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict
from studio.engine.artist.spec import Light
from studio.media import service as media
from studio.media.views import StoredFile
from studio.projects import service as projects
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.storyboards.staging import lights
from studio.timelines import repository
from studio.timelines.assemble import SceneText, cues
from studio.timelines.models import TimelineRow
from studio.timelines.score import score_document, score_of
from studio.timelines.service.following import renew
from studio.timelines.service.reading import detail
from studio.timelines.views import CueView, TimelineDetail


def plan_score(uow: UnitOfWork, actor: Actor, script_id: str) -> tuple[CueView, ...]:
    """The music a script's film needs, from its shots as they are timed now. Raises: NotFound."""
    script = scripts.get_card(uow, actor, script_id)
    project = projects.get_project(uow, actor, script.project_id)
    shots = storyboards.list_board(uow, actor, script_id)
    texts = _scene_texts(uow, actor, script_id)
    return cues(shots, texts, has_title=bool(script.title), rate=project.rate, name=script.title or project.name)


def start_cut(uow: UnitOfWork, actor: Actor, script_id: str) -> TimelineDetail:
    """The cut of a script, begun from its board if it is not there yet. From then on board and cut are one.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
        Conflict: the script has no shots yet.
    """
    row = _live(uow, actor, script_id)
    renew(uow, row)
    return detail(uow, row)


def build_animatic(
    uow: UnitOfWork,
    actor: Actor,
    script_id: str,
    *,
    music: tuple[tuple[CueView, str], ...],
    card: StoredFile | None,
) -> TimelineDetail:
    """Give the cut of a script its music and, if given, a title card; it is begun if it is not there yet.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
        Conflict: the script has no shots, or one of them has no picture yet.
    """
    row = _live(uow, actor, script_id)
    if card:
        media.add_media(uow, actor, row.project_id, card)
    row.score = score_document(score_of(card.sha256 if card else None, music))
    renew(uow, row)
    _refuse_undrawn(found := detail(uow, row))
    return found


def keep_for_film(uow: UnitOfWork, actor: Actor, timeline_id: str) -> TimelineDetail:
    """A cut as it is now, kept while its film is made and for as long as there is that film, whatever is edited since.

    Raises:
        NotFound: the actor may not see it.
        Conflict: a shot has no picture yet.
    """
    row = repository.get_timeline(uow, timeline_id)
    projects.get_project(uow, actor, row.project_id)
    _refuse_undrawn(found := detail(uow, row))
    if row.status not in (repository.LIVE, repository.EDIT):
        return found
    kept = repository.find_kept(uow, row)
    if kept is None:
        same = ("project_id", "script_id", "name", "rate", "width", "height", "frames", "document", "revision")
        kept = TimelineRow(**{name: getattr(row, name) for name in same}, parent_id=row.id, status=repository.KEPT)
        uow.session.add(kept)
        uow.session.flush()
    return detail(uow, kept)


def _live(uow: UnitOfWork, actor: Actor, script_id: str) -> TimelineRow:
    """The row of a script's cut, there from now on; nobody else changes the project meanwhile."""
    script = scripts.get_card(uow, actor, script_id)
    project = projects.editable_project(uow, actor, script.project_id)
    projects.mark_changed(uow, actor, project.id, "cut")
    row = repository.find_live(uow, script_id)
    if row is not None:
        return row
    if not storyboards.counts_by_script(uow, [script_id]):
        raise Conflict("This script has no shots yet, so there is nothing to cut. Break it down first.")
    row = TimelineRow(
        project_id=project.id,
        script_id=script_id,
        name=(script.title or project.name)[:300],
        rate=str(project.rate),
        width=project.width,
        height=project.height,
        frames=0,
        document={},
        revision=0,
        status=repository.LIVE,
    )
    uow.session.add(row)
    return row


def _refuse_undrawn(cut: TimelineDetail) -> None:
    if cut.undrawn:
        raise Conflict(f"These shots have no picture yet: {', '.join(cut.undrawn[:10])}. Draw them first.")


def _scene_texts(uow: UnitOfWork, actor: Actor, script_id: str) -> tuple[SceneText, ...]:
    outline = scripts.get_outline(uow, actor, script_id)
    return tuple(
        SceneText(
            heading=scene.heading,
            night=light in (Light.NIGHT, Light.DUSK),
            words=" ".join(element.text for element in scene.elements),
        )
        for scene, light in zip(outline.scenes, lights(outline), strict=True)
    )
