"""The board as pages read it: scenes, cards of shots, one shot with all its versions, counts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.engine.time import Rate
from studio.projects import service as projects
from studio.scripts import service as scripts
from studio.storyboards import reading
from studio.storyboards.models import Line, Panel, PanelVersion, Shot
from studio.storyboards.views import (
    BoardCounts,
    BoardPage,
    BoardScene,
    PanelCard,
    PanelThumb,
    ShotDetail,
    ShotHit,
    SpokenLine,
)

_STRIP = 8
_MOST_CARDS = 200
NO_SHOT = "There is no such shot."


def list_scenes_on_board(uow: UnitOfWork, actor: Actor, script_id: str) -> tuple[BoardScene, ...]:
    """Every scene of a script with how much of it is drawn, in order. Raises: NotFound."""
    scenes = scripts.list_scenes(uow, actor, script_id)
    rate = _rate_of(uow, actor, script_id)
    found = {scene: list(rows) for scene, rows in groupby(reading.scene_pictures(uow, script_id), key=lambda r: r[0])}
    return tuple(
        BoardScene(
            position=scene.position,
            number=scene.number,
            heading=scene.heading,
            int_ext=scene.int_ext,
            set_name=scene.set_name,
            time_of_day=scene.time_of_day,
            eighths=scene.eighths,
            shots=len(rows),
            drawn=sum(row[2] is not None for row in rows),
            frames=(frames := sum(row[1] for row in rows)),
            seconds=float(rate.seconds(frames)),
            strip=tuple(row[2] for row in rows[:_STRIP]),
        )
        for scene in scenes
        for rows in (found.get(scene.position, []),)
    )


def list_cards(
    uow: UnitOfWork, actor: Actor, script_id: str, *, scene: int | None = None, page: int = 1, limit: int = 24
) -> BoardPage:
    """One page of a board, or of one of its scenes (by position), in order; at most 200 cards. Raises: NotFound."""
    rate = _rate_of(uow, actor, script_id)
    limit = max(1, min(limit, _MOST_CARDS))
    rows, total = reading.list_cards(uow, script_id, scene=scene, offset=(max(1, page) - 1) * limit, limit=limit)
    lines = reading.first_lines(uow, [shot.id for shot, _, _ in rows]) if rows else {}
    cards = (_card(*row, lines.get(row[0].id), float(rate.seconds(row[0].frames))) for row in rows)
    return BoardPage(tuple(cards), total)


def get_shot(uow: UnitOfWork, actor: Actor, shot_id: str) -> ShotDetail:
    """All there is to know of a shot. Raises: NotFound."""
    shot, panel, version = visible_shot(uow, actor, shot_id)
    rate = projects.get_project(uow, actor, shot.project_id).rate
    lines = reading.lines_of(uow, shot.id)
    scene = scripts.get_scene(uow, actor, shot.scene_id)
    before, after = reading.neighbours(uow, shot)
    return ShotDetail(
        card=_card(shot, panel, version, lines[0] if lines else None, float(rate.seconds(shot.frames))),
        script_id=shot.script_id,
        project_id=shot.project_id,
        scene_heading=scene.heading,
        cast=tuple(shot.cast),
        light=str(panel.spec.get("light", "")),
        time=scene.time_of_day,
        rule=shot.rule,
        lines=tuple(SpokenLine(x.speaker, x.text, x.voice_seconds, x.voice_sha256) for x in lines),
        versions=reading.versions_of(uow, panel.id),
        previous_id=before,
        next_id=after,
    )


def get_card(uow: UnitOfWork, actor: Actor, shot_id: str) -> PanelCard:
    """One shot on the board. Raises: NotFound."""
    shot, panel, version = visible_shot(uow, actor, shot_id)
    rate = projects.get_project(uow, actor, shot.project_id).rate
    line = reading.first_lines(uow, [shot.id]).get(shot.id)
    return _card(shot, panel, version, line, float(rate.seconds(shot.frames)))


def visible_shot(uow: UnitOfWork, actor: Actor, shot_id: str) -> tuple[Shot, Panel, PanelVersion | None]:
    """The rows of a shot the actor may see. Raises: NotFound."""
    found = reading.find_card(uow, shot_id)
    if found is None:
        raise NotFound(NO_SHOT)
    projects.get_project(uow, actor, found[0].project_id)
    return found


def recent_panels(uow: UnitOfWork, actor: Actor, script_id: str, *, limit: int = 8) -> tuple[PanelThumb, ...]:
    """The panels drawn last, newest first. Raises: NotFound."""
    scripts.get_card(uow, actor, script_id)
    return reading.recent_panels(uow, script_id, limit=limit)


def counts_by_script(uow: UnitOfWork, script_ids: Sequence[str]) -> dict[str, BoardCounts]:
    """How far the board of each script is; those without shots are left out. The caller has checked who asks."""
    if not script_ids:
        return {}
    spoken: dict[str, tuple[int, ...]] = {row[0]: tuple(row[1:]) for row in reading.line_counts(uow, script_ids)}
    pictures = reading.posters(uow, script_ids)
    found: dict[str, BoardCounts] = {}
    for script_id, shots, drawn, frames, stand_ins, degraded in reading.shot_counts(uow, script_ids):
        lines, voiced, spoken_stand_ins, spoken_degraded = spoken.get(script_id, (0, 0, 0, 0))
        worst = "stand-in" if stand_ins + spoken_stand_ins else "degraded" if degraded + spoken_degraded else "full"
        found[script_id] = BoardCounts(
            int(shots), int(drawn), int(frames), int(lines), int(voiced), worst, pictures.get(script_id)
        )
    return found


def search_shots(
    uow: UnitOfWork, project_ids: Sequence[str], words: tuple[str, ...], *, limit: int
) -> tuple[ShotHit, ...]:
    """Shots of these projects whose number or description holds the words. The caller has checked who asks."""
    return reading.search_shots(uow, project_ids, words, limit=limit)


def _rate_of(uow: UnitOfWork, actor: Actor, script_id: str) -> Rate:
    return projects.get_project(uow, actor, scripts.get_card(uow, actor, script_id).project_id).rate


def _card(shot: Shot, panel: Panel, version: PanelVersion | None, line: Line | None, seconds: float) -> PanelCard:
    return PanelCard(
        shot_id=shot.id,
        panel_id=panel.id,
        number=shot.number,
        scene=shot.scene_position,
        size=shot.size,
        type=shot.type,
        angle=shot.angle,
        move=shot.move,
        lens_mm=shot.lens_mm,
        frames=shot.frames,
        seconds=seconds,
        description=shot.description,
        action=shot.action,
        speaker=line.speaker if line else None,
        dialogue=line.text if line else "",
        start=shot.start_at,
        end=shot.end_at,
        sha256=version.sha256 if version else None,
        origin=version.origin if version else None,
        completeness=version.completeness if version else None,
        version=version.number if version else None,
    )
