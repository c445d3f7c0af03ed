"""A board as its rows say, field by field; and the laws every board keeps."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from sqlmodel import col, select

from studio.core.db import reading
from studio.scripts import service as scripts
from studio.storyboards import repository
from studio.storyboards.editing.shares import lengths_of
from studio.storyboards.models import Line, Panel, Shot
from studio.storyboards.numbering import renumbered
from tests.factories.film import Board

Rows = dict[str, dict[str, Any]]


def rows_of(board: Board) -> Rows:
    """Every shot on the board with its lines and its panels: all fields."""
    with reading() as uow:
        shots = uow.session.scalars(select(Shot).where(col(Shot.script_id) == board.script_id)).all()
        ids = [shot.id for shot in shots]
        lines = uow.session.scalars(select(Line).where(col(Line.shot_id).in_(ids))).all()
        panels = uow.session.scalars(
            select(Panel).where(col(Panel.shot_id).in_(ids), col(Panel.position).is_not(None))
        ).all()
        return {row.id: row.model_dump() for row in (*shots, *lines, *panels)}


def difference(one: Rows, other: Rows) -> dict[str, Any]:
    """What differs, for a test that fails to say."""
    found: dict[str, Any] = {}
    for key in one.keys() | other.keys():
        if key not in one or key not in other:
            found[key] = "only before" if key in one else "only after"
        elif one[key] != other[key]:
            found[key] = {n: (v, other[key][n]) for n, v in one[key].items() if v != other[key][n]}
    return found


def shots_of(board: Board) -> list[Shot]:
    with reading() as uow:
        query = select(Shot).where(col(Shot.script_id) == board.script_id).order_by(col(Shot.position))
        found = list(uow.session.scalars(query).all())
        uow.session.expunge_all()
        return found


def assert_sound(board: Board) -> None:
    """Places without a gap in the order of the scenes, numbers that are unique and right, every line spoken once."""
    shots = shots_of(board)
    assert [shot.position for shot in shots] == list(range(len(shots)))
    assert [shot.scene_position for shot in shots] == sorted(shot.scene_position for shot in shots)
    with reading() as uow:
        scenes = {scene.id: scene for scene in scripts.list_scenes(uow, board.actor, board.script_id)}
        lines = list(uow.session.scalars(select(Line).join(Shot).where(col(Shot.script_id) == board.script_id)).all())
        uow.session.expunge_all()
    for scene_id, group in groupby(shots, key=lambda shot: shot.scene_id):
        mine = list(group)
        assert {shot.scene_position for shot in mine} == {scenes[scene_id].position}
        numbers = [shot.number for shot in mine]
        assert len(set(numbers)) == len(numbers)
        if not any(shot.number_locked for shot in mine):
            assert numbers == renumbered(scenes[scene_id].number, [None] * len(mine))
    for shot_id in {line.shot_id for line in lines}:
        places = sorted(line.position for line in lines if line.shot_id == shot_id)
        assert places == list(range(len(places)))
    assert all(len(shot.holds) == 1 + sum(line.shot_id == shot.id for line in lines) for shot in shots)
    assert all(shot.frames >= 1 and shot.seconds > 0 for shot in shots)
    with reading() as uow:
        rows = repository.panel_rows(uow, [shot.id for shot in shots])
        for shot in shots:
            assert [panel.position for panel in rows[shot.id]] == list(range(len(rows[shot.id])))
            assert (
                rows[shot.id] and sum(lengths_of([panel.share for panel in rows[shot.id]], shot.frames)) == shot.frames
            )
