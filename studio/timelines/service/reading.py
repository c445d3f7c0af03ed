"""Reading cuts: whole, at a glance, their chapters and their words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.engine.captions import vtt
from studio.engine.time import Rate
from studio.engine.timeline import Timeline, from_document
from studio.projects import service as projects
from studio.scripts import service as scripts
from studio.timelines import repository
from studio.timelines.models import TimelineRow
from studio.timelines.views import ChapterView, TimelineCard, TimelineDetail, TimelineShape


def get_timeline(uow: UnitOfWork, actor: Actor, timeline_id: str) -> TimelineDetail:
    """A timeline the actor may see. Raises: NotFound, Invalid."""
    row = repository.get_timeline(uow, timeline_id)
    projects.get_project(uow, actor, row.project_id)
    return detail(row)


def get_card(uow: UnitOfWork, actor: Actor, timeline_id: str) -> TimelineCard:
    """A cut the actor may see at a glance; its document is not read. Raises: NotFound."""
    found = card(*repository.get_card(uow, timeline_id))
    projects.get_project(uow, actor, found.project_id)
    return found


def find_cut(uow: UnitOfWork, actor: Actor, script_id: str) -> TimelineDetail | None:
    """The cut of a script, which follows its board; None before it is begun. Raises: NotFound."""
    scripts.project_of(uow, actor, script_id)
    row = repository.find_live(uow, script_id)
    return detail(row) if row else None


def latest(uow: UnitOfWork, actor: Actor, project_id: str) -> TimelineCard | None:
    """The newest cut of a project at a glance; None before the first. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    return latest_by_project(uow, [project_id]).get(project_id)


def latest_by_project(uow: UnitOfWork, project_ids: Sequence[str]) -> dict[str, TimelineCard]:
    """The newest cut of each project that has one, one by hand where no other is. The caller has checked who asks."""
    if not project_ids:
        return {}
    cards = (card(*row) for row in repository.latest_cards(uow, project_ids))
    return {each.project_id: each for each in cards}


def scripts_of(uow: UnitOfWork, timeline_ids: Sequence[str]) -> dict[str, str]:
    """The script each of these timelines was cut from, by timeline id. The caller has checked who asks."""
    return repository.scripts_of(uow, timeline_ids) if timeline_ids else {}


def shapes_of(uow: UnitOfWork, timeline_ids: Sequence[str]) -> dict[str, TimelineShape]:
    """Rate and size of each of these timelines, by timeline id. The caller has checked who asks."""
    rows = repository.shapes_of(uow, timeline_ids) if timeline_ids else ()
    return {timeline: TimelineShape(Rate.parse(rate), width, height) for timeline, rate, width, height in rows}


def list_chapters(uow: UnitOfWork, actor: Actor, timeline_id: str) -> tuple[ChapterView, ...]:
    """Where each scene of a cut begins, in order. Raises: NotFound, Invalid."""
    timeline = get_timeline(uow, actor, timeline_id).timeline
    return tuple(ChapterView(m.frame, float(timeline.rate.seconds(m.frame)), m.name) for m in timeline.markers)


def get_captions(uow: UnitOfWork, actor: Actor, timeline_id: str) -> str:
    """The words of a cut as WebVTT. Raises: NotFound."""
    timeline = get_timeline(uow, actor, timeline_id).timeline
    return vtt(timeline.captions(), timeline.rate)


def detail(row: TimelineRow) -> TimelineDetail:
    """A cut as others see it."""
    return detail_of(row, from_document(row.document), revision=row.revision)


def detail_of(row: TimelineRow, timeline: Timeline, *, revision: int) -> TimelineDetail:
    """A cut as it was at a revision."""
    return TimelineDetail(
        row.id,
        row.project_id,
        revision,
        timeline,
        script_id=row.script_id,
        live=row.status == repository.LIVE,
        by_hand=row.status == repository.EDIT,
        name=row.name,
        undrawn=tuple(
            clip.name for clip in timeline.clips("picture") if clip.made is None and not clip.media and clip.enabled
        ),
        without_music=max(0, timeline.frames - sum(clip.frames for clip in timeline.clips("music"))),
    )


def card(
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
    status: str,
    changed_at: datetime | None,
) -> TimelineCard:
    """A cut at a glance, of the columns of `repository.list_cards`."""
    speed, live = Rate.parse(rate), status == repository.LIVE
    head = (timeline_id, project_id, script_id, name, frames, speed, width, height, revision, created_at)
    return TimelineCard(*head, live=live, changed_at=changed_at or created_at)
