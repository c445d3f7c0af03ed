"""The board as pages read it: scenes, cards of shots, one shot with all its versions, counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.projects import service as projects
from studio.scripts import service as scripts
from studio.storyboards import reading
from studio.storyboards.models import Panel, PanelVersion, Shot
from studio.storyboards.views import (
    BoardCounts,
    BoardPage,
    BoardScene,
    PanelCard,
    PanelThumb,
    PanelView,
    ShotDetail,
    ShotHit,
    SpokenLine,
)

_STRIP = 8
_MOST_CARDS = 200
NO_SHOT = "There is no such shot."
NO_PANEL = "There is no such panel."


def list_scenes_on_board(uow: UnitOfWork, actor: Actor, script_id: str) -> tuple[BoardScene, ...]:
    """Every scene of a script with how much of it is drawn, in order. Raises: NotFound."""
    scenes = scripts.list_scenes(uow, actor, script_id)
    rate = scripts.project_of(uow, actor, script_id).rate
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
            id=scene.id,
            locked=any(row[5] for row in rows),
            stale=sum(row[2] is not None and row[3] for row in rows),
            people=tuple(dict.fromkeys(name for row in rows for name in row[4])),
        )
        for scene in scenes
        for rows in (found.get(scene.position, []),)
    )


def list_cards(
    uow: UnitOfWork, actor: Actor, script_id: str, *, scene: int | None = None, page: int = 1, limit: int = 24
) -> BoardPage:
    """One page of a board, or of one of its scenes (by position), in order; at most 200 cards. Raises: NotFound."""
    rate = scripts.project_of(uow, actor, script_id).rate
    limit = max(1, min(limit, _MOST_CARDS))
    offset = (max(1, page) - 1) * limit
    return BoardPage(*reading.list_cards(uow, script_id, rate, scene=scene, offset=offset, limit=limit))


def get_shot(uow: UnitOfWork, actor: Actor, shot_id: str, *, panel_id: str | None = None) -> ShotDetail:
    """All there is to know of a shot, with the picture of its first panel, or of this one of its. Raises: NotFound."""
    shot, panel, _ = visible_shot(uow, actor, shot_id, panel_id)
    lines = reading.lines_of(uow, shot.id)
    scene = scripts.get_scene(uow, actor, shot.scene_id)
    before, after = reading.neighbours(uow, shot)
    card = get_card(uow, actor, shot_id)
    row = list_panels(uow, actor, shot_id)
    mine = next((each for each in row if each.id == panel.id), None)
    if mine and panel_id:
        same = ("sha256", "origin", "completeness", "version", "stale")
        card = replace(card, panel_id=mine.id, **{name: getattr(mine, name) for name in same})
    return ShotDetail(
        card=card,
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
        panels=row,
        timed=shot.timed,
    )


def list_panels(uow: UnitOfWork, actor: Actor, shot_id: str) -> tuple[PanelView, ...]:
    """The panels of a shot in order, each with its share of the shot's frames. Raises: NotFound."""
    shot, _, _ = visible_shot(uow, actor, shot_id)
    return reading.list_panels(uow, projects.get_project(uow, actor, shot.project_id).rate, shot_id=shot_id)


def list_scene_panels(uow: UnitOfWork, actor: Actor, script_id: str, scene: int) -> tuple[PanelView, ...]:
    """Every panel of a scene (by position) in order. Raises: NotFound."""
    rate = scripts.project_of(uow, actor, script_id).rate
    return reading.list_panels(uow, rate, script_id=script_id, scene=scene)


def scene_of(uow: UnitOfWork, actor: Actor, shot_id: str) -> str:
    """The id of the scene a shot stands in. Raises: NotFound."""
    return visible_shot(uow, actor, shot_id)[0].scene_id


def get_card(uow: UnitOfWork, actor: Actor, shot_id: str) -> PanelCard:
    """One shot on the board. Raises: NotFound."""
    shot, _, _ = visible_shot(uow, actor, shot_id)
    card = reading.find_card(uow, shot_id, projects.get_project(uow, actor, shot.project_id).rate)
    if card is None:
        raise NotFound(NO_SHOT)
    return card


def visible_shot(
    uow: UnitOfWork, actor: Actor, shot_id: str, panel_id: str | None = None
) -> tuple[Shot, Panel, PanelVersion | None]:
    """The rows of a shot the actor may see, with its first panel or this one of its. Raises: NotFound."""
    found = uow.once(("shot", shot_id, panel_id), lambda: reading.find_shot(uow, shot_id, panel_id))
    if found is None:
        raise NotFound(NO_SHOT if panel_id is None else NO_PANEL)
    projects.get_project(uow, actor, found[0].project_id)
    return found


def recent_panels(uow: UnitOfWork, actor: Actor, script_id: str, *, limit: int = 8) -> tuple[PanelThumb, ...]:
    """The panels drawn last, newest first. Raises: NotFound."""
    scripts.project_of(uow, actor, script_id)
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
