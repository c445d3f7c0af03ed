"""Films as pages see them: what was asked for, from its first panel to the finished file, and what can be asked for."""

from __future__ import annotations

from collections.abc import Sequence

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.core.settings import settings
from studio.engine import presets
from studio.media import service as media
from studio.projects import service as projects
from studio.projects.views import ProjectView
from studio.renders import repository
from studio.renders.models import Render
from studio.renders.service.making import picture_weight, sound_weight
from studio.renders.views import PresetView, RenderCard, RenderPage
from studio.runs import service as runs
from studio.runs.views import RunRecord
from studio.storyboards import service as storyboards
from studio.storyboards.views import BoardCounts
from studio.timelines import service as timelines

KINDS = ("film", "render")
"""Kinds of runs people ask for that end in a film."""

_MOST = 100
_BITS_A_PIXEL = 0.036
"""H.264 at our quality over panels with slow moves, measured on the sample film at 24 frames a second."""


def list_renders(uow: UnitOfWork, actor: Actor, project_id: str, *, page: int = 1, limit: int = 20) -> RenderPage:
    """One page of a project's films, newest first: finished, being made, failed and stopped. Raises: NotFound."""
    project = projects.get_project(uow, actor, project_id)
    limit = max(1, min(limit, _MOST))
    asked, total = runs.list_asked(uow, actor, project_id, KINDS, page=max(1, page), limit=limit)
    return RenderPage(_cards(uow, project, asked), total)


def get_film(uow: UnitOfWork, actor: Actor, render_id: str) -> RenderCard:
    """One film by the id of its card (that of the run people asked for). Raises: NotFound."""
    record = runs.get_record(uow, actor, render_id)
    if record.run.kind not in KINDS or record.run.parent_id:
        raise NotFound("There is no such film.")
    project = projects.get_project(uow, actor, record.run.project_id)
    return _cards(uow, project, [record])[0]


def list_presets(project: ProjectView | None = None) -> tuple[PresetView, ...]:
    """Every kind of output in the shape of a project (else 16:9), with what to expect of it on this machine."""
    width, height = (project.width, project.height) if project else (1920, 1080)
    return tuple(_preset(p, width, height) for p in presets.PRESETS.values())


def counts_by_project(uow: UnitOfWork, project_ids: Sequence[str]) -> dict[str, int]:
    """How many finished films each project has; those with none are left out. The caller has checked who asks."""
    return repository.finished_counts(uow, project_ids) if project_ids else {}


def _preset(preset: presets.Preset, width: int, height: int) -> PresetView:
    across, down = preset.frame_size(width, height)
    return PresetView(
        name=preset.name,
        title=f"{preset.height}p, H.264",
        width=across,
        height=down,
        codec="H.264",
        cpu_seconds_a_frame=picture_weight(1, preset.height) + sound_weight(1),
        bytes_a_second=round((across * down * 24 * _BITS_A_PIXEL + preset.audio_bitrate) / 8),
        workers=settings().workers,
    )


def _cards(uow: UnitOfWork, project: ProjectView, asked: Sequence[RunRecord]) -> tuple[RenderCard, ...]:
    """The cards of these runs, whose number does not change the number of queries."""
    parts = runs.children_of(uow, [r.run.id for r in asked if r.run.kind == "film"], "render")
    run_ids = [part.run.id for found in parts.values() for part in found]
    run_ids += [r.run.id for r in asked if r.run.kind == "render"]
    by_run = repository.renders_of(uow, run_ids)
    renders = {r.run.id: by_run.get(_render_run(r, parts)) for r in asked}
    sizes = media.sizes_of(uow, project.id, [r.sha256 for r in renders.values() if r and r.sha256])
    script_of = timelines.scripts_of(uow, [r.timeline_id for r in renders.values() if r])
    scripts = {r.run.id: _script_of(r, renders[r.run.id], script_of) for r in asked}
    boards = storyboards.counts_by_script(uow, sorted({s for s in scripts.values() if s}))
    return tuple(_card(project, r, renders[r.run.id], sizes, boards.get(scripts[r.run.id] or "")) for r in asked)


def _render_run(asked: RunRecord, parts: dict[str, list[RunRecord]]) -> str:
    """The run that renders what was asked for: itself, or the last part of it that does; empty before there is one."""
    if asked.run.kind == "render":
        return asked.run.id
    found = parts.get(asked.run.id)
    return found[-1].run.id if found else ""


def _script_of(asked: RunRecord, render: Render | None, script_of: dict[str, str]) -> str | None:
    return asked.config.get("script_id") or (script_of.get(render.timeline_id) if render else None)


def _card(
    project: ProjectView, asked: RunRecord, render: Render | None, sizes: dict[str, int], board: BoardCounts | None
) -> RenderCard:
    preset = presets.preset(asked.config["preset"])
    width, height = preset.frame_size(project.width, project.height)
    frames = render.frames if render else int(asked.config.get("frames") or (board.frames if board else 0))
    sha256 = render.sha256 if render else None
    return RenderCard(
        id=asked.run.id,
        project_id=project.id,
        run=asked.run,
        timeline_id=render.timeline_id if render else None,
        preset=preset.name,
        width=width,
        height=height,
        frames=frames,
        rate=project.rate,
        length_s=float(project.rate.seconds(frames)),
        size_bytes=sizes.get(sha256) if sha256 else None,
        sha256=sha256,
        created_at=asked.created_at,
        segments=render.segments if render else 0,
        completeness=board.completeness if board else "full",
        poster_sha256=board.poster if board else None,
    )
