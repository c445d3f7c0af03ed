"""Queries of scripts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.scripts.models import Character, Location, Scene, Script


def get_script(uow: UnitOfWork, script_id: str) -> Script:
    """Raises: NotFound."""
    script = uow.session.get(Script, script_id)
    if script is None:
        raise NotFound("There is no such script.")
    return script


def list_scenes(uow: UnitOfWork, script_id: str) -> Sequence[Scene]:
    query = select(Scene).where(col(Scene.script_id) == script_id).order_by(col(Scene.position))
    return uow.session.scalars(query).all()


def list_characters(uow: UnitOfWork, project_id: str, *, lock: bool = False) -> Sequence[Character]:
    query = select(Character).where(col(Character.project_id) == project_id).order_by(col(Character.id))
    return uow.session.scalars(query.with_for_update() if lock else query).all()


def list_locations(uow: UnitOfWork, project_id: str) -> Sequence[Location]:
    query = select(Location).where(col(Location.project_id) == project_id).order_by(col(Location.id))
    return uow.session.scalars(query).all()
