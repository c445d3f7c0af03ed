"""Boards brought in from elsewhere: their shots put onto a script made of their words; a job brings their pictures after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from studio.accounts.views import Actor
from studio.core import ids
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict
from studio.engine.artist.spec import Angle, Move, ShotType, Size
from studio.engine.time import Rate
from studio.media import service as media
from studio.media.views import StoredFile
from studio.projects import service as projects
from studio.runs import service as runs
from studio.scripts import service as scripts
from studio.scripts.outline import Outline, said
from studio.storyboards import repository
from studio.storyboards.documents import spec_document
from studio.storyboards.exchange.script import BroughtShot, action_of
from studio.storyboards.models import Line, Panel, PanelVersion, Shot
from studio.storyboards.numbering import renumbered
from studio.storyboards.service.panels import PICTURES
from studio.storyboards.service.plan import line_row, shot_row
from studio.storyboards.shots import Line as PlannedLine
from studio.storyboards.shots import Role, ShotPlan
from studio.storyboards.staging import board_specs

BROUGHT = "Brought in from Storyboarder."
_WEIGHT = 1.0  # CPU seconds a picture
_TYPES = (ShotType.EMPTY, ShotType.SINGLE, ShotType.TWO)


@dataclass(frozen=True, slots=True)
class BroughtBoards:
    """What was brought in: how many shots and panels, and the job that brings their pictures if there are any."""

    shots: int
    panels: int
    run_id: str | None


@dataclass(frozen=True, slots=True)
class PicturesBrief:
    """What a worker needs to bring pictures in: the project and its size, the ZIP, and the boards (counted from 0, with their
    panels) that have not come yet."""

    project_id: str
    width: int
    height: int
    sha256: str
    left: tuple[tuple[int, str], ...]


def bring_boards(
    uow: UnitOfWork,
    actor: Actor,
    script_id: str,
    shots: Sequence[BroughtShot],
    sha256: str,
) -> BroughtBoards:
    """Put shots onto a script that was written of their words, and ask for the pictures of their boards from the stored ZIP.

    Raises:
        Conflict: the script has shots already.
        NotFound, Forbidden: the actor may not change the project.
    """
    script = scripts.get_card(uow, actor, script_id)
    project = projects.editable_project(uow, actor, script.project_id)
    if repository.count_shots(uow, script_id):
        raise Conflict("This script already has shots.")
    outline = scripts.get_outline(uow, actor, script_id)
    scenes = scripts.list_scenes(uow, actor, script_id)
    lengths = [tuple(max(1, round(b.milliseconds * project.rate.fps / 1000)) for b in shot.boards) for shot in shots]
    plans = _plans(shots, lengths, outline, project.rate)
    rows = [shot_row(plan, project.id, script_id, scenes[plan.scene].id) for plan in plans]
    uow.add_many(Shot, [row | {"edited": True, "timed": True} for row in rows])
    lines = [line_row(x, row["id"], i) for row, p in zip(rows, plans, strict=True) for i, x in enumerate(p.lines)]
    uow.add_many(Line, lines)
    panels: list[dict[str, Any]] = []
    for row, spec, frames in zip(rows, board_specs(plans, outline), lengths, strict=True):
        document = spec_document(spec)
        for at, length in enumerate(frames):
            panel = {"id": ids.new_id(), "shot_id": row["id"], "position": at, "spec": document, "share": length}
            panels.append(panel)
    uow.add_many(Panel, panels)
    projects.mark_changed(uow, actor, project.id, "board")
    boards = [board for shot in shots for board in shot.boards]
    drawn = [(at, panel["id"]) for at, (board, panel) in enumerate(zip(boards, panels, strict=True)) if board.drawn]
    run_id = None
    if drawn:
        wishes = {"script_id": script_id, "sha256": sha256, "panels": drawn}
        run_id = runs.submit_run(uow, actor, project.id, PICTURES, wishes, weight=_WEIGHT * len(drawn)).id
    return BroughtBoards(len(rows), len(panels), run_id)


def pictures_brief(uow: UnitOfWork, actor: Actor, config: dict[str, Any]) -> PicturesBrief:
    """What is left of a job that brings pictures in, by its config. Raises: NotFound, Forbidden."""
    project = projects.editable_project(uow, actor, scripts.project_of(uow, actor, config["script_id"]).id)
    wanted: list[tuple[int, str]] = [(at, panel_id) for at, panel_id in config["panels"]]
    there = {panel.id for panel in repository.panels_by_id(uow, [panel_id for _, panel_id in wanted])}
    versions = repository.versions_by_panel(uow, list(there))
    came = {panel_id for panel_id, drawn in versions.items() if _has_come(drawn, config["sha256"])}
    left = tuple((at, panel_id) for at, panel_id in wanted if panel_id in there - came)
    return PicturesBrief(project.id, project.width, project.height, config["sha256"], left)


def keep_picture(uow: UnitOfWork, actor: Actor, brief: PicturesBrief, panel_id: str, png: StoredFile) -> None:
    """Give a panel the picture of its board; where somebody has drawn one meanwhile, that stays the one that is shown.

    What has come already or has no panel any more is left out.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    media.add_media(uow, actor, brief.project_id, png)
    projects.mark_changed(uow, actor, brief.project_id, "panel")
    panel = next(iter(repository.panels_by_id(uow, [panel_id])), None)
    versions = repository.versions_by_panel(uow, [panel_id]).get(panel_id, [])
    if panel is None or _has_come(versions, brief.sha256):
        return
    version = PanelVersion(
        panel_id=panel.id,
        number=max((v.number for v in versions), default=0) + 1,
        sha256=png.sha256,
        width=brief.width,
        height=brief.height,
        origin="uploaded",
        provider="file",
        completeness="full",
        parameters={"name": png.name, "of": brief.sha256},
    )
    uow.session.add(version)
    if panel.current is None:
        panel.current = version.number
        uow.session.add(panel)


def _has_come(versions: Sequence[PanelVersion], sha256: str) -> bool:
    return any(version.parameters.get("of") == sha256 for version in versions)


def _plans(
    shots: Sequence[BroughtShot], lengths: Sequence[Sequence[int]], outline: Outline, rate: Rate
) -> list[ShotPlan]:
    speeches = [
        PlannedLine(s.speaker, s.text, s.manner, s.off.value, s.start, s.end)
        for scene in outline.scenes
        for s in said(scene)
    ]
    numbers: list[str] = []
    for scene in outline.scenes:
        numbers += renumbered(scene.number, [None] * sum(shot.scene == scene.index for shot in shots))
    return [
        _plan(shot, order, number, tuple(x for x in speeches if shot.start <= x.start < shot.end), sum(frames), rate)
        for order, (shot, number, frames) in enumerate(zip(shots, numbers, lengths, strict=True))
    ]


def _plan(
    shot: BroughtShot, order: int, number: str, lines: tuple[PlannedLine, ...], frames: int, rate: Rate
) -> ShotPlan:
    first = shot.boards[0]
    cast = tuple(dict.fromkeys(line.speaker for line in lines if not line.off))
    action = action_of(shot)
    return ShotPlan(
        scene=shot.scene,
        order=order,
        number=number,
        size=Size(first.size or (Size.MS if cast else Size.WS)),
        type=_TYPES[len(cast)] if len(cast) < len(_TYPES) else ShotType.GROUP,
        angle=Angle(first.angle or Angle.EYE),
        move=Move(first.move or Move.STATIC),
        role=Role.COVERAGE,
        lens_mm=first.lens_mm,
        rule=BROUGHT,
        description=action or " ".join(first.notes.split()) or "A board.",
        subject=cast[0] if len(cast) == 1 else None,
        foreground=None,
        cast=cast,
        azimuth=0.0,
        side=1,
        start=shot.start,
        end=shot.end,
        lines=lines,
        action=action,
        insert=None,
        tension=0.0,
        seconds=float(rate.seconds(frames)),
        frames=frames,
        holds=(0.0,) * (len(lines) + 1),
    )
