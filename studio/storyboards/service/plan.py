"""From script to shots, and the board as the cut needs it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from studio.accounts.views import Actor
from studio.core import ids
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict
from studio.engine.artist.spec import Angle, Move, PanelSpec, ShotType, Size
from studio.engine.time import Rate
from studio.projects import service as projects
from studio.scripts import service as scripts
from studio.scripts.outline import Outline
from studio.storyboards import reading, repository
from studio.storyboards.breakdown import broken_down, line_offsets, retimed
from studio.storyboards.documents import spec_document
from studio.storyboards.editing.fields import with_length
from studio.storyboards.editing.pieces import sounds_of
from studio.storyboards.editing.shares import lengths_of
from studio.storyboards.models import Line, Panel, Shot
from studio.storyboards.numbering import panel_number
from studio.storyboards.service.panels import PANEL_WEIGHT
from studio.storyboards.shots import Line as PlannedLine
from studio.storyboards.shots import Role, ShotPlan
from studio.storyboards.staging import board_specs
from studio.storyboards.views import LineView, Origin, PanelShown, SentenceView, ShotView

LINE_WEIGHT = 0.3  # CPU seconds


def break_down(uow: UnitOfWork, actor: Actor, script_id: str) -> int:
    """Make shots, spoken lines and panels-to-draw from a script by the rules; how many shots. A script is broken down once.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
        Conflict: it already has shots.
    """
    script = scripts.get_card(uow, actor, script_id)
    project = projects.editable_project(uow, actor, script.project_id)
    if repository.count_shots(uow, script_id):
        raise Conflict("This script already has shots.")
    outline = scripts.get_outline(uow, actor, script_id)
    plans, specs = planned(outline, project.rate)
    scenes = scripts.list_scenes(uow, actor, script_id)
    shots = [shot_row(p, script.project_id, script_id, scenes[p.scene].id) for p in plans]
    uow.add_many(Shot, shots)
    uow.add_many(
        Line,
        [
            line_row(line, shot["id"], i)
            for shot, plan in zip(shots, plans, strict=True)
            for i, line in enumerate(plan.lines)
        ],
    )
    uow.add_many(
        Panel,
        [
            {"shot_id": shot["id"], "position": 0, "spec": spec_document(spec)}
            for shot, spec in zip(shots, specs, strict=True)
        ],
    )
    projects.mark_changed(uow, actor, script.project_id, "board")
    return len(shots)


@lru_cache(maxsize=4)
def planned(outline: Outline, rate: Rate) -> tuple[tuple[ShotPlan, ...], tuple[PanelSpec, ...]]:
    """The shots of a script and what to draw for them, by the rules; a second for 600 shots, and remembered for a while."""
    plans = broken_down(outline, rate=rate)
    return plans, tuple(board_specs(plans, outline))


def retime(uow: UnitOfWork, actor: Actor, script_id: str) -> int:
    """Set every shot's length from the voices recorded for it; the film's length in frames.

    A length that a person set stays, unless what is said needs more.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    script = scripts.get_card(uow, actor, script_id)
    project = projects.editable_project(uow, actor, script.project_id)
    projects.mark_changed(uow, actor, script.project_id, "board")
    shots, plans, lines = _planned(uow, script_id)
    voiced = _voiced(lines)
    plans = tuple(
        with_length(plan, shot.frames, project.rate, sounds_of(plan.lines, voiced), at_least=True)
        if shot.timed
        else plan
        for shot, plan in zip(shots, plans, strict=True)
    )
    total = 0
    for shot, plan in zip(shots, retimed(plans, voiced, project.rate), strict=True):
        shot.seconds, shot.frames, shot.holds = plan.seconds, plan.frames, list(plan.holds)
        uow.session.add(shot)
        total += plan.frames
    return total


def retime_shot(uow: UnitOfWork, shot: Shot, lines: list[Line], rate: Rate) -> None:
    """Let one shot follow the voices of its lines: as long as they are or, when a person set its length, as long as they need."""
    plan, voiced = plan_of(shot, lines), _voiced({shot.id: lines})
    if shot.timed:
        plan = with_length(plan, shot.frames, rate, sounds_of(plan.lines, voiced), at_least=True)
    else:
        plan = retimed((plan,), voiced, rate)[0]
    shot.seconds, shot.frames, shot.holds = plan.seconds, plan.frames, list(plan.holds)
    uow.session.add(shot)


def list_board(uow: UnitOfWork, actor: Actor, script_id: str) -> tuple[ShotView, ...]:
    """Every shot of a script in order, with its shown picture and its voiced lines. Raises: NotFound."""
    script = scripts.get_card(uow, actor, script_id)
    return shots_for_cut(uow, script_id, projects.get_project(uow, actor, script.project_id).rate)


def shots_for_cut(uow: UnitOfWork, script_id: str, rate: Rate) -> tuple[ShotView, ...]:
    """As `list_board`; the caller has checked who asks."""
    uow.session.flush()
    shots, plans, lines = _planned(uow, script_id)
    pictures = repository.shown_pictures(uow, script_id)
    voiced = _voiced(lines)
    return tuple(
        ShotView(
            id=shot.id,
            number=shot.number,
            scene=shot.scene_position,
            frames=shot.frames,
            move=plan.move,
            description=shot.description,
            action=shot.action,
            picture=pictures[shot.id][0][1],
            lines=_line_views(lines.get(shot.id, []), line_offsets(plan, voiced, rate)),
            panels=_shown(shot, pictures[shot.id]),
            scene_id=shot.scene_id,
        )
        for shot, plan in zip(shots, plans, strict=True)
    )


def board_weight(uow: UnitOfWork, script_id: str) -> float:
    """CPU seconds expected for drawing and voicing a whole board."""
    shots, lines = repository.list_shots(uow, script_id), repository.lines_by_shot(uow, script_id)
    return len(shots) * PANEL_WEIGHT + sum(len(group) for group in lines.values()) * LINE_WEIGHT


def origin_of(uow: UnitOfWork, actor: Actor, script_id: str) -> Origin:
    """Who made the pictures and voices of a board, names joined by commas. Raises: NotFound."""
    scripts.project_of(uow, actor, script_id)
    drawn, voiced = reading.makers_of(uow, script_id)
    levels = {level for _, level in (*drawn, *voiced)}
    return Origin(
        image=", ".join(sorted({provider for provider, _ in drawn})),
        voice=", ".join(sorted({provider for provider, _ in voiced})),
        completeness=next((level for level in ("stand-in", "degraded") if level in levels), "full"),
    )


def _shown(shot: Shot, panels: list[tuple[int, str | None]]) -> tuple[PanelShown, ...]:
    """Each of several panels for its frames; one that is left none is not shown."""
    if len(panels) == 1:
        return ()
    lengths = lengths_of([share for share, _ in panels], shot.frames)
    return tuple(
        PanelShown(panel_number(shot.number, at, len(panels)), picture, frames)
        for at, ((_, picture), frames) in enumerate(zip(panels, lengths, strict=True))
        if frames
    )


def voiced_of(lines: Iterable[Line]) -> dict[tuple[int, int], float]:
    """The seconds of what is recorded, by where it stands in the source."""
    return {(x.start_at, x.end_at): x.voice_seconds for x in lines if x.voice_seconds is not None}


def _voiced(lines: dict[str, list[Line]]) -> dict[tuple[int, int], float]:
    return voiced_of(line for group in lines.values() for line in group)


def _planned(uow: UnitOfWork, script_id: str) -> tuple[list[Shot], tuple[ShotPlan, ...], dict[str, list[Line]]]:
    shots = list(repository.shots_now(uow, script_id))
    lines = repository.lines_by_shot(uow, script_id)
    return shots, tuple(plan_of(shot, lines.get(shot.id, [])) for shot in shots), lines


def shot_row(plan: ShotPlan, project_id: str, script_id: str, scene_id: str) -> dict[str, Any]:
    """A planned shot as a new row."""
    return {
        "id": ids.new_id(),
        "project_id": project_id,
        "script_id": script_id,
        "scene_id": scene_id,
        "scene_position": plan.scene,
        "position": plan.order,
        "number": plan.number[:40],
        "size": plan.size.value,
        "type": plan.type.value,
        "angle": plan.angle.value,
        "move": plan.move.value,
        "role": plan.role.value,
        "lens_mm": plan.lens_mm,
        "rule": plan.rule[:300],
        "description": plan.description,
        "subject": plan.subject,
        "foreground": plan.foreground,
        "cast": list(plan.cast),
        "azimuth": plan.azimuth,
        "side": plan.side,
        "start_at": plan.start,
        "end_at": plan.end,
        "action": plan.action,
        "insert_thing": plan.insert[:200] if plan.insert else None,
        "tension": plan.tension,
        "seconds": plan.seconds,
        "frames": plan.frames,
        "holds": list(plan.holds),
        "explicit": plan.explicit,
    }


def line_row(line: PlannedLine, shot_id: str, position: int) -> dict[str, Any]:
    """A planned line as a new row."""
    return {
        "shot_id": shot_id,
        "position": position,
        "speaker": line.speaker[:200],
        "text": line.text,
        "manner": line.manner[:500],
        "off": line.off,
        "start_at": line.start,
        "end_at": line.end,
    }


def plan_of(shot: Shot, lines: list[Line]) -> ShotPlan:
    """A shot's row as it was planned."""
    return ShotPlan(
        scene=shot.scene_position,
        order=shot.position,
        number=shot.number,
        size=Size(shot.size),
        type=ShotType(shot.type),
        angle=Angle(shot.angle),
        move=Move(shot.move),
        role=Role(shot.role),
        lens_mm=shot.lens_mm,
        rule=shot.rule,
        description=shot.description,
        subject=shot.subject,
        foreground=shot.foreground,
        cast=tuple(shot.cast),
        azimuth=shot.azimuth,
        side=shot.side,
        start=shot.start_at,
        end=shot.end_at,
        lines=tuple(PlannedLine(x.speaker, x.text, x.manner, x.off, x.start_at, x.end_at) for x in lines),
        action=shot.action,
        insert=shot.insert_thing,
        tension=shot.tension,
        seconds=shot.seconds,
        frames=shot.frames,
        holds=tuple(shot.holds),
        explicit=shot.explicit,
    )


def _line_views(lines: list[Line], offsets: tuple[int, ...]) -> tuple[LineView, ...]:
    return tuple(
        LineView(
            speaker=x.speaker,
            offset=offset,
            seconds=x.voice_seconds or 0.0,
            sha256=x.voice_sha256,
            sentences=tuple(SentenceView(x.text[int(a) : int(b)], begin, end) for a, b, begin, end in x.sentences),
            id=x.id,
        )
        for x, offset in zip(lines, offsets, strict=True)
        if x.voice_sha256
    )
