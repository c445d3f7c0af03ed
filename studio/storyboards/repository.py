"""Queries of storyboards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.storyboards.models import Line, Panel, PanelVersion, Shot


def list_shots(uow: UnitOfWork, script_id: str) -> Sequence[Shot]:
    return uow.session.scalars(select(Shot).where(col(Shot.script_id) == script_id).order_by(col(Shot.position))).all()


def lines_by_shot(uow: UnitOfWork, script_id: str) -> dict[str, list[Line]]:
    query = select(Line).join(Shot, col(Shot.id) == col(Line.shot_id)).where(col(Shot.script_id) == script_id)
    found: dict[str, list[Line]] = defaultdict(list)
    for line in uow.session.scalars(query.order_by(col(Line.position))):
        found[line.shot_id].append(line)
    return found


def list_scene_lines(uow: UnitOfWork, script_id: str, scene_position: int) -> Sequence[Line]:
    query = (
        select(Line)
        .join(Shot, col(Shot.id) == col(Line.shot_id))
        .where(col(Shot.script_id) == script_id, col(Shot.scene_position) == scene_position)
        .order_by(col(Shot.position), col(Line.position))
    )
    return uow.session.scalars(query).all()


def list_lines(uow: UnitOfWork, line_ids: list[str]) -> Sequence[Line]:
    return uow.session.scalars(select(Line).where(col(Line.id).in_(line_ids))).all()


def get_panel(uow: UnitOfWork, panel_id: str) -> tuple[Panel, Shot]:
    """Raises: NotFound."""
    query = select(Panel, Shot).join(Shot, col(Shot.id) == col(Panel.shot_id)).where(col(Panel.id) == panel_id)
    found = uow.session.execute(query).one_or_none()
    if found is None:
        raise NotFound("There is no such panel.")
    return found[0], found[1]


def list_panels(uow: UnitOfWork, script_id: str) -> Sequence[tuple[Panel, Shot]]:
    query = (
        select(Panel, Shot)
        .join(Shot, col(Shot.id) == col(Panel.shot_id))
        .where(col(Shot.script_id) == script_id)
        .order_by(col(Shot.position), col(Panel.position))
    )
    return [(panel, shot) for panel, shot in uow.session.execute(query)]


def current_versions(uow: UnitOfWork, script_id: str) -> dict[str, PanelVersion]:
    """The shown version of the first panel of every shot, by shot id."""
    query = (
        select(col(Panel.shot_id), PanelVersion)
        .join(
            PanelVersion,
            (col(PanelVersion.panel_id) == col(Panel.id)) & (col(PanelVersion.number) == col(Panel.current)),
        )
        .join(Shot, col(Shot.id) == col(Panel.shot_id))
        .where(col(Shot.script_id) == script_id, col(Panel.position) == 0)
    )
    return {row[0]: row[1] for row in uow.session.execute(query)}
