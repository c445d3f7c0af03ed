"""Queries of storyboards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func
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


def list_undrawn(uow: UnitOfWork, script_id: str) -> Sequence[str]:
    """Ids of the panels of a script without a picture, in order."""
    query = (
        select(col(Panel.id))
        .join(Shot, col(Shot.id) == col(Panel.shot_id))
        .where(col(Shot.script_id) == script_id, col(Panel.current).is_(None))
        .order_by(col(Shot.position), col(Panel.position))
    )
    return uow.session.scalars(query).all()


def count_shots(uow: UnitOfWork, script_id: str) -> int:
    query = select(func.count()).select_from(Shot).where(col(Shot.script_id) == script_id)
    return int(uow.session.execute(query).scalar_one())


def latest_number(uow: UnitOfWork, panel_id: str) -> int:
    """The number of a panel's newest version; 0 when it has none."""
    query = select(func.coalesce(func.max(col(PanelVersion.number)), 0)).where(col(PanelVersion.panel_id) == panel_id)
    return int(uow.session.execute(query).scalar_one())


def find_version(
    uow: UnitOfWork, panel_id: str, *, number: int | None = None, sha256: str | None = None
) -> PanelVersion | None:
    """A version of a panel by its number or by its picture."""
    wanted = col(PanelVersion.sha256) == sha256 if number is None else col(PanelVersion.number) == number
    query = select(PanelVersion).where(col(PanelVersion.panel_id) == panel_id, wanted)
    return uow.session.scalars(query.order_by(col(PanelVersion.number)).limit(1)).one_or_none()


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
