"""Boards brought in from elsewhere: their shots put onto a script made of their words, as long and as they are drawn."""

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
from studio.scripts import service as scripts
from studio.scripts.outline import Outline, said
from studio.storyboards import repository
from studio.storyboards.documents import spec_document
from studio.storyboards.exchange.script import BroughtShot, action_of
from studio.storyboards.models import Line, Panel, PanelVersion, Shot
from studio.storyboards.numbering import renumbered
from studio.storyboards.service.plan import line_row, shot_row
from studio.storyboards.shots import Line as PlannedLine
from studio.storyboards.shots import Role, ShotPlan
from studio.storyboards.staging import board_specs

BROUGHT = "Brought in from Storyboarder."
_TYPES = (ShotType.EMPTY, ShotType.SINGLE, ShotType.TWO)


@dataclass(frozen=True, slots=True)
class BroughtPicture:
    """The stored picture of a board, with its size in pixels."""

    file: StoredFile
    width: int
    height: int


def bring_boards(
    uow: UnitOfWork,
    actor: Actor,
    script_id: str,
    shots: Sequence[BroughtShot],
    pictures: Sequence[BroughtPicture | None],
) -> int:
    """Put shots onto a script that was written of their words; `pictures` are those of their boards in order. How many shots.

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
    drawn = [(panel, picture) for panel, picture in zip(panels, pictures, strict=True) if picture]
    for panel, _ in drawn:
        panel["current"] = 1
    _add_panels(uow, panels)
    for _, picture in drawn:
        media.add_media(uow, actor, project.id, picture.file)
    uow.add_many(PanelVersion, [_version(panel["id"], picture) for panel, picture in drawn])
    projects.mark_changed(uow, actor, project.id, "board")
    return len(rows)


def _add_panels(uow: UnitOfWork, panels: Sequence[dict[str, Any]]) -> None:
    """Those with a picture and those without name different columns."""
    uow.add_many(Panel, [panel for panel in panels if "current" in panel])
    uow.add_many(Panel, [panel for panel in panels if "current" not in panel])


def _version(panel_id: str, picture: BroughtPicture) -> dict[str, Any]:
    return {
        "panel_id": panel_id,
        "number": 1,
        "sha256": picture.file.sha256,
        "width": picture.width,
        "height": picture.height,
        "origin": "uploaded",
        "provider": "file",
        "completeness": "full",
        "parameters": {"name": picture.file.name},
    }


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
