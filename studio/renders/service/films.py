"""Films as pages see them: what was asked for, from its first panel to the finished file and its captions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, NotFound
from studio.engine.captions import srt, vtt
from studio.engine.presets import Part
from studio.engine.presets.asked import captions_within, order_of
from studio.engine.report import from_plain
from studio.media import service as media
from studio.projects import service as projects
from studio.projects.views import ProjectView
from studio.renders import repository
from studio.renders.models import Render
from studio.renders.views import RenderCard, RenderPage
from studio.runs import service as runs
from studio.runs.views import RunRecord
from studio.storyboards import service as storyboards
from studio.storyboards.views import BoardCounts
from studio.timelines import service as timelines
from studio.timelines.views import TimelineShape

KINDS = ("film", "render")
"""Kinds of runs people ask for that end in a film."""

_MOST = 100
_LOOKED_THROUGH = 4
"""Films of a project among which one with a picture is looked for: sound has none."""


def list_renders(uow: UnitOfWork, actor: Actor, project_id: str, *, page: int = 1, limit: int = 20) -> RenderPage:
    """One page of a project's films, newest first: finished, being made, failed and stopped. Raises: NotFound."""
    project = projects.get_project(uow, actor, project_id)
    limit = max(1, min(limit, _MOST))
    asked, total = runs.list_asked(uow, actor, project_id, KINDS, page=max(1, page), limit=limit)
    return RenderPage(_cards(uow, project, asked), total)


def get_film(uow: UnitOfWork, actor: Actor, render_id: str) -> RenderCard:
    """One film by the id of its card (that of the run people asked for), with its report. Raises: NotFound."""
    record = runs.get_record(uow, actor, render_id)
    if record.run.kind not in KINDS or record.run.parent_id:
        raise NotFound("There is no such film.")
    project = projects.get_project(uow, actor, record.run.project_id)
    return _cards(uow, project, [record], reports=True)[0]


def get_sidecar(uow: UnitOfWork, actor: Actor, render_id: str, form: Literal["srt", "vtt"]) -> str:
    """The captions of a film as a file to lie beside it, timed as the film is cut.

    Raises:
        NotFound: there is no such film.
        Conflict: it has not been cut yet.
    """
    card = get_film(uow, actor, render_id)
    if card.timeline_id is None:
        raise Conflict("This film has no captions yet. Wait until it is cut.")
    timeline = timelines.get_timeline(uow, actor, card.timeline_id).timeline
    end = min(card.order.end or timeline.frames, timeline.frames)
    captions = captions_within(timeline, Part(timeline.name, card.order.start, end - card.order.start))
    return srt(captions, timeline.rate) if form == "srt" else vtt(captions, timeline.rate)


def counts_by_project(uow: UnitOfWork, project_ids: Sequence[str]) -> dict[str, int]:
    """How many finished films each project has; those with none are left out. The caller has checked who asks."""
    return repository.finished_counts(uow, project_ids) if project_ids else {}


def posters_by_project(uow: UnitOfWork, project_ids: Sequence[str]) -> dict[str, str]:
    """The newest film of each project that has a poster, by its file's hash. The caller has checked who asks."""
    files = repository.newest_files(uow, project_ids, each=_LOOKED_THROUGH) if project_ids else {}
    forms = media.forms_of(uow, [file for found in files.values() for file in found])
    pictured = {
        project: [file for file in found if media.THUMBNAIL in forms.get(file, {})] for project, found in files.items()
    }
    return {project: found[0] for project, found in pictured.items() if found}


def _cards(
    uow: UnitOfWork, project: ProjectView, asked: Sequence[RunRecord], *, reports: bool = False
) -> tuple[RenderCard, ...]:
    """The cards of these runs, whose number does not change the number of queries."""
    parts = runs.children_of(uow, [r.run.id for r in asked if r.run.kind == "film"], "render")
    run_ids = [part.run.id for found in parts.values() for part in found]
    run_ids += [r.run.id for r in asked if r.run.kind == "render"]
    by_run = repository.renders_of(uow, run_ids)
    renders = {r.run.id: by_run.get(_render_run(r, parts)) for r in asked}
    files = [r.sha256 for r in renders.values() if r and r.sha256]
    sizes, forms = media.sizes_of(uow, project.id, files), media.forms_of(uow, files)
    posters = {file for file in files if media.THUMBNAIL in forms.get(file, {})}
    cut_ids = [r.timeline_id for r in renders.values() if r]
    script_of, shapes = timelines.scripts_of(uow, cut_ids), timelines.shapes_of(uow, cut_ids)
    scripts = {r.run.id: _script_of(r, renders[r.run.id], script_of) for r in asked}
    boards = storyboards.counts_by_script(uow, sorted({s for s in scripts.values() if s}))
    took = {part.run.id: _took(part) for part in (*asked, *(p for found in parts.values() for p in found))}
    cards = (
        _card(
            project,
            r,
            made := renders[r.run.id],
            shapes.get(made.timeline_id) if made else None,
            sizes,
            boards.get(scripts[r.run.id] or ""),
            took[_render_run(r, parts) or r.run.id],
            posters,
        )
        for r in asked
    )
    return tuple(cards) if reports else tuple(replace(card, report=None) for card in cards)


def _took(record: RunRecord) -> float | None:
    if not record.started_at or not record.completed_at:
        return None
    return round((record.completed_at - record.started_at).total_seconds(), 1)


def _render_run(asked: RunRecord, parts: dict[str, list[RunRecord]]) -> str:
    """The run that renders what was asked for: itself, or the last part of it that does; empty before there is one."""
    if asked.run.kind == "render":
        return asked.run.id
    found = parts.get(asked.run.id)
    return found[-1].run.id if found else ""


def _script_of(asked: RunRecord, render: Render | None, script_of: dict[str, str]) -> str | None:
    return asked.config.get("script_id") or (script_of.get(render.timeline_id) if render else None)


def _card(
    project: ProjectView,
    asked: RunRecord,
    render: Render | None,
    shape: TimelineShape | None,
    sizes: dict[str, int],
    board: BoardCounts | None,
    took_s: float | None,
    posters: set[str],
) -> RenderCard:
    order, shape = order_of(asked.config), shape or TimelineShape(project.rate, project.width, project.height)
    kind = order.kind
    width, height = kind.file_size(shape.width, shape.height)
    frames = render.frames if render else int(asked.config.get("frames") or (board.frames if board else 0))
    sha256 = render.sha256 if render else None
    report = from_plain(render.report) if render and render.report else None
    return RenderCard(
        id=asked.run.id,
        project_id=project.id,
        run=asked.run,
        timeline_id=render.timeline_id if render else None,
        preset=kind.name,
        width=width,
        height=height,
        frames=frames,
        rate=shape.rate,
        length_s=float(shape.rate.seconds(frames)),
        size_bytes=sizes.get(sha256) if sha256 else None,
        sha256=sha256,
        created_at=asked.created_at,
        segments=render.segments if render else 0,
        completeness=board.completeness if board else "full",
        poster_sha256=sha256 if sha256 in posters else board.poster if board else None,
        title=kind.title,
        suffix="zip" if order.split and kind.makes != "png" else kind.container,
        order=order,
        level=report.level if report else "",
        report=report,
        estimated_s=render.estimated_s if render else 0.0,
        estimated_bytes=render.estimated_bytes if render else 0,
        took_s=took_s if sha256 else None,
    )
