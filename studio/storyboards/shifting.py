"""Statements that move the shots of whole scenes at once, a few however long the script: their words, places and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, case, func, or_, select, update
from sqlmodel import col

from studio.core.db import UnitOfWork
from studio.scripts.merging.change import Renumbered, Run
from studio.storyboards.models import Line, Panel, Shot
from studio.storyboards.numbering import prefix_of

_ASIDE = 10_000_000
"""More shots than any script has: those put aside of two scripts never meet."""


@dataclass(frozen=True, slots=True)
class Place:
    """Scenes `first`..`last` of a script, whose shots were put aside and now go to `delta` less what they have."""

    script_id: str
    first: int
    last: int
    delta: int


def aside(script_index: int, first_was: int, first_is: int) -> int:
    """The `delta` of scenes that were put aside as those of the script with this index."""
    return first_is - first_was - 1 - _ASIDE * script_index


def put_aside(uow: UnitOfWork, script_ids: Sequence[str]) -> None:
    """Give every shot a negative place, so that new places can be given in any order."""
    base = case({each: _ASIDE * index for index, each in enumerate(script_ids)}, value=col(Shot.script_id), else_=0)
    _run(uow, update(Shot).where(col(Shot.script_id).in_(script_ids)).values(position=-1 - col(Shot.position) - base))


def put_in_place(uow: UnitOfWork, places: Sequence[Place]) -> None:
    """Bring the shots that were put aside to their new places."""
    if not places:
        return
    chosen = [
        (and_(col(Shot.script_id) == p.script_id, col(Shot.scene_position).between(p.first, p.last)), p.delta)
        for p in places
    ]
    waiting = and_(col(Shot.position) < 0, or_(*(where for where, _ in chosen)))
    _run(uow, update(Shot).where(waiting).values(position=case(*chosen, else_=0) - col(Shot.position)))


def shift_runs(uow: UnitOfWork, runs: Sequence[Run], besides: Sequence[str]) -> None:
    """Let the shots and lines of scenes that went on follow their words; shots of the scenes `besides` are not meant."""
    if not runs:
        return
    here = [(_in_run(run), run) for run in runs]
    meant = or_(*(where for where, _ in here))
    if besides:
        meant = and_(meant, col(Shot.scene_id).not_in(besides))
    if any(run.characters for run in runs):
        by = case(*((where, run.characters) for where, run in here), else_=0)
        own = select(by).where(col(Shot.id) == col(Line.shot_id)).scalar_subquery()
        _run(
            uow,
            update(Line)
            .where(col(Line.shot_id).in_(select(col(Shot.id)).where(meant)))
            .values(start_at=col(Line.start_at) + own, end_at=col(Line.end_at) + own),
        )
    _run(uow, update(Shot).where(meant).values(_moved(here)))


def _moved(here: Sequence[tuple[ColumnElement[bool], Run]]) -> dict[str, Any]:
    characters = case(*((where, run.characters) for where, run in here), else_=0)
    values: dict[str, Any] = {
        "start_at": col(Shot.start_at) + characters,
        "end_at": col(Shot.end_at) + characters,
    }
    if any(run.places for _, run in here):
        places = case(*((where, run.places) for where, run in here), else_=0)
        values["scene_position"] = col(Shot.scene_position) + places
    if any(run.script_id != run.to_script_id for _, run in here):
        values["script_id"] = case(*((where, run.to_script_id) for where, run in here), else_=col(Shot.script_id))
    return values


def renumber(uow: UnitOfWork, renumbered: Sequence[Renumbered]) -> None:
    """Let the numbers of shots begin as their scenes' numbers do now."""
    if not renumbered:
        return
    was = case({each.scene_id: prefix_of(each.was) for each in renumbered}, value=col(Shot.scene_id), else_="")
    now = case({each.scene_id: prefix_of(each.number) for each in renumbered}, value=col(Shot.scene_id), else_="")
    rest = func.substr(col(Shot.number), func.length(was) + 1)
    meant = and_(
        col(Shot.scene_id).in_([each.scene_id for each in renumbered]),
        func.substr(col(Shot.number), 1, func.length(was)) == was,
    )
    _run(uow, update(Shot).where(meant).values(number=func.substr(now.concat(rest), 1, 40)))


def put_lines_aside(uow: UnitOfWork, shot_ids: Sequence[str]) -> None:
    """Give the lines of some shots negative places."""
    _run(uow, update(Line).where(col(Line.shot_id).in_(shot_ids)).values(position=-1 - col(Line.position)))


def place_panels(uow: UnitOfWork, places: Mapping[str, int | None]) -> None:
    """Give panels their positions in their shots, by panel, in any order."""
    write_rows(uow, Panel, [{"id": each, "position": None} for each in places])
    write_rows(uow, Panel, [{"id": each, "position": position} for each, position in places.items()])


def write_rows(uow: UnitOfWork, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Write rows by their ids, all with the same columns."""
    if rows:
        uow.session.execute(update(table), list(rows))


def _in_run(run: Run) -> ColumnElement[bool]:
    from_first = and_(col(Shot.script_id) == run.script_id, col(Shot.scene_position) >= run.first)
    return from_first if run.last is None else and_(from_first, col(Shot.scene_position) <= run.last)


def _run(uow: UnitOfWork, statement: Update) -> None:
    uow.session.execute(statement, execution_options={"synchronize_session": False})
