"""Queries of breakdown tags. A scene's tags follow it wherever it goes, so they are found by the scenes of a script."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func
from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.scripts.models import Scene, Tag


def list_tags(uow: UnitOfWork, script_id: str) -> Sequence[Tag]:
    """Every tag of the scenes of a script, those put aside too, in the order they were made."""
    query = select(Tag).join(Scene, col(Scene.id) == col(Tag.scene_id)).where(col(Scene.script_id) == script_id)
    return uow.session.scalars(query.order_by(col(Tag.id))).all()


def list_cast(uow: UnitOfWork, script_id: str) -> list[tuple[str, str]]:
    """(scene id, name) of everybody on the sheets of a script, scenes in order."""
    query = (
        select(col(Tag.scene_id), col(Tag.name))
        .join(Scene, col(Scene.id) == col(Tag.scene_id))
        .where(col(Scene.script_id) == script_id, col(Tag.category) == "cast", col(Tag.dismissed).is_(False))
        .order_by(col(Scene.position), col(Tag.id))
    )
    return [(row[0], row[1]) for row in uow.session.execute(query)]


def list_scene_tags(uow: UnitOfWork, scene_id: str) -> Sequence[Tag]:
    return uow.session.scalars(select(Tag).where(col(Tag.scene_id) == scene_id).order_by(col(Tag.id))).all()


def get_tag(uow: UnitOfWork, tag_id: str) -> tuple[Tag, str]:
    """A tag and the script its scene is in. Raises: NotFound."""
    query = (
        select(Tag, col(Scene.script_id)).join(Scene, col(Scene.id) == col(Tag.scene_id)).where(col(Tag.id) == tag_id)
    )
    found = uow.session.execute(query).one_or_none()
    if found is None:
        raise NotFound("There is no such element.")
    return found[0], found[1]


def find_scene(uow: UnitOfWork, script_id: str, position: int) -> Scene | None:
    query = select(Scene).where(col(Scene.script_id) == script_id, col(Scene.position) == position)
    return uow.session.scalars(query).one_or_none()


def count_tags(uow: UnitOfWork, script_id: str) -> int:
    query = select(func.count()).select_from(Tag).join(Scene, col(Scene.id) == col(Tag.scene_id))
    return int(uow.session.execute(query.where(col(Scene.script_id) == script_id)).scalar_one())


def remove_tags(uow: UnitOfWork, tag_ids: Sequence[str]) -> None:
    if tag_ids:
        uow.session.execute(delete(Tag).where(col(Tag.id).in_(tag_ids)))
