"""Use cases of timelines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict
from studio.engine.artist.spec import Light
from studio.engine.captions import vtt
from studio.engine.time import Rate
from studio.engine.timeline import from_document, to_document
from studio.media import service as media
from studio.media.views import StoredFile
from studio.projects import service as projects
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.storyboards.staging import lights
from studio.timelines import repository
from studio.timelines.assemble import SceneText, assembled, cues
from studio.timelines.models import TimelineRow
from studio.timelines.views import ChapterView, CueView, TimelineCard, TimelineDetail


def plan_score(uow: UnitOfWork, actor: Actor, script_id: str) -> tuple[CueView, ...]:
    """The music a script's film needs, from its shots as they are timed now. Raises: NotFound."""
    script = scripts.get_card(uow, actor, script_id)
    project = projects.get_project(uow, actor, script.project_id)
    shots = storyboards.list_board(uow, actor, script_id)
    texts = _scene_texts(uow, actor, script_id)
    return cues(shots, texts, has_title=bool(script.title), rate=project.rate, name=script.title or project.name)


def build_animatic(
    uow: UnitOfWork,
    actor: Actor,
    script_id: str,
    *,
    music: tuple[tuple[CueView, str], ...],
    card: StoredFile | None,
) -> TimelineDetail:
    """Cut the film of a script: its shots in order with pictures, voices, captions, music and, if given, a title card.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
        Conflict: a shot has no picture yet.
    """
    script = scripts.get_card(uow, actor, script_id)
    project = projects.editable_project(uow, actor, script.project_id)
    shots = storyboards.list_board(uow, actor, script_id)
    missing = [s.number for s in shots if s.picture is None or any(panel.picture is None for panel in s.panels)]
    if missing:
        raise Conflict(f"These shots have no picture yet: {', '.join(missing[:10])}. Draw them first.")
    if card:
        media.add_media(uow, actor, project.id, card)
    name = script.title or project.name
    timeline = assembled(
        name,
        shots,
        _scene_texts(uow, actor, script_id),
        music,
        card=card.sha256 if card else None,
        rate=project.rate,
        width=project.width,
        height=project.height,
    )
    row = TimelineRow(
        project_id=project.id,
        script_id=script_id,
        name=name[:300],
        rate=str(project.rate),
        width=project.width,
        height=project.height,
        frames=timeline.frames,
        document=to_document(timeline),
    )
    uow.session.add(row)
    uow.session.flush()
    projects.mark_changed(uow, actor, project.id, "cut")
    return TimelineDetail(row.id, project.id, row.revision, timeline)


def get_timeline(uow: UnitOfWork, actor: Actor, timeline_id: str) -> TimelineDetail:
    """A timeline the actor may see. Raises: NotFound, Invalid."""
    row = repository.get_timeline(uow, timeline_id)
    projects.get_project(uow, actor, row.project_id)
    return TimelineDetail(row.id, row.project_id, row.revision, from_document(row.document))


def latest(uow: UnitOfWork, actor: Actor, project_id: str) -> TimelineCard | None:
    """The newest cut of a project at a glance; None before the first. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    return latest_by_project(uow, [project_id]).get(project_id)


def latest_by_project(uow: UnitOfWork, project_ids: Sequence[str]) -> dict[str, TimelineCard]:
    """The newest cut of each project that has one. The caller has checked that the projects may be seen."""
    if not project_ids:
        return {}
    cards = (_card(*row) for row in repository.latest_cards(uow, project_ids))
    return {card.project_id: card for card in cards}


def scripts_of(uow: UnitOfWork, timeline_ids: Sequence[str]) -> dict[str, str]:
    """The script each of these timelines was cut from, by timeline id. The caller has checked who asks."""
    return repository.scripts_of(uow, timeline_ids) if timeline_ids else {}


def list_chapters(uow: UnitOfWork, actor: Actor, timeline_id: str) -> tuple[ChapterView, ...]:
    """Where each scene of a cut begins, in order. Raises: NotFound, Invalid."""
    timeline = get_timeline(uow, actor, timeline_id).timeline
    return tuple(ChapterView(m.frame, float(timeline.rate.seconds(m.frame)), m.name) for m in timeline.markers)


def get_captions(uow: UnitOfWork, actor: Actor, timeline_id: str) -> str:
    """The words of a cut as WebVTT. Raises: NotFound."""
    timeline = get_timeline(uow, actor, timeline_id).timeline
    return vtt(timeline.captions(), timeline.rate)


def _card(
    timeline_id: str,
    project_id: str,
    script_id: str | None,
    name: str,
    frames: int,
    rate: str,
    width: int,
    height: int,
    revision: int,
    created_at: datetime,
) -> TimelineCard:
    speed = Rate.parse(rate)
    return TimelineCard(timeline_id, project_id, script_id, name, frames, speed, width, height, revision, created_at)


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
