"""Queries of scripts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, bindparam, func
from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.core.matching import matches
from studio.scripts.models import Character, Location, Scene, Script
from studio.scripts.views import PersonHit, SceneHit, ScriptCard


def get_script(uow: UnitOfWork, script_id: str) -> Script:
    """Raises: NotFound."""
    script = uow.session.get(Script, script_id)
    if script is None:
        raise NotFound("There is no such script.")
    return script


def get_scene(uow: UnitOfWork, scene_id: str) -> Scene:
    """Raises: NotFound."""
    scene = uow.session.get(Scene, scene_id)
    if scene is None:
        raise NotFound("There is no such scene.")
    return scene


_PROJECT_ID = select(col(Script.project_id)).where(col(Script.id) == bindparam("script"))


def find_project_id(uow: UnitOfWork, script_id: str) -> str | None:
    return uow.session.scalars(_PROJECT_ID, {"script": script_id}).one_or_none()


def find_card(uow: UnitOfWork, script_id: str) -> ScriptCard | None:
    """A script at a glance."""
    row = uow.session.execute(_cards().where(col(Script.id) == script_id)).one_or_none()
    return _card(row) if row else None


def latest_cards(uow: UnitOfWork, project_ids: Sequence[str]) -> list[ScriptCard]:
    """The newest script of each project, at a glance."""
    query = _cards().where(col(Script.id).in_(_latest(project_ids)))
    return [_card(row) for row in uow.session.execute(query)]


def _cards() -> Select[*tuple[Any, ...]]:
    fields = (Script.id, Script.project_id, Script.title, Script.author, Script.name, Script.created_at)
    columns: list[Any] = [col(f) for f in fields]
    sums: list[Any] = [func.count(col(Scene.id)), func.sum(col(Scene.eighths)), func.sum(col(Scene.seconds))]
    joined = select(*columns, *sums).join(Scene, col(Scene.script_id) == col(Script.id), isouter=True)
    return joined.group_by(*columns)


def _card(row: Row[*tuple[Any, ...]]) -> ScriptCard:
    script_id, project_id, title, author, name, created_at, scenes, eighths, seconds = row
    return ScriptCard(
        script_id, project_id, title, author, name, int(scenes), int(eighths or 0), float(seconds or 0), created_at
    )


def _latest(project_ids: Sequence[str]) -> Any:
    newest = select(func.max(col(Script.id))).where(col(Script.project_id).in_(project_ids))
    return newest.group_by(col(Script.project_id))


def search_scenes(
    uow: UnitOfWork, project_ids: Sequence[str], words: tuple[str, ...], *, limit: int
) -> tuple[SceneHit, ...]:
    """Scenes of the newest script of each project whose heading holds every word."""
    fields = (Scene.id, Script.project_id, Scene.position, Scene.number, Scene.heading)
    columns: list[Any] = [col(f) for f in fields]
    query = (
        select(*columns)
        .join(Script, col(Script.id) == col(Scene.script_id))
        .where(col(Scene.script_id).in_(_latest(project_ids)), matches(uow, col(Scene.heading), words))
        .limit(limit)
    )
    return tuple(SceneHit(*row) for row in uow.session.execute(query))


def search_people(
    uow: UnitOfWork, project_ids: Sequence[str], words: tuple[str, ...], *, limit: int
) -> tuple[PersonHit, ...]:
    """Characters of these projects whose name holds every word."""
    query = (
        select(col(Character.id), col(Character.project_id), col(Character.name), col(Character.age))
        .where(col(Character.project_id).in_(project_ids), matches(uow, col(Character.name), words))
        .limit(limit)
    )
    return tuple(PersonHit(*row) for row in uow.session.execute(query))


def list_scenes(uow: UnitOfWork, script_id: str, *, first: int = 0, count: int | None = None) -> Sequence[Scene]:
    """The scenes of a script in order, from position `first` on, at most `count` of them."""
    query = select(Scene).where(col(Scene.script_id) == script_id, col(Scene.position) >= first)
    return uow.session.scalars(query.order_by(col(Scene.position)).limit(count)).all()


def list_characters(uow: UnitOfWork, project_id: str, *, lock: bool = False) -> Sequence[Character]:
    query = select(Character).where(col(Character.project_id) == project_id).order_by(col(Character.id))
    return uow.session.scalars(query.with_for_update() if lock else query).all()


def list_locations(uow: UnitOfWork, project_id: str) -> Sequence[Location]:
    query = select(Location).where(col(Location.project_id) == project_id).order_by(col(Location.id))
    return uow.session.scalars(query).all()
