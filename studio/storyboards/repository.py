"""Queries of storyboards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, delete, func, or_
from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.storyboards.models import Line, Panel, PanelVersion, Shot
from studio.storyboards.views import SceneCounts

MACHINE_MADE = ("generated", "stand-in")
"""Origins of drawings that may be drawn again without asking anybody."""


def list_shots(uow: UnitOfWork, script_id: str) -> Sequence[Shot]:
    return uow.session.scalars(select(Shot).where(col(Shot.script_id) == script_id).order_by(col(Shot.position))).all()


def shots_now(uow: UnitOfWork, script_id: str) -> Sequence[Shot]:
    """The shots of a script in order, read anew even where they are known."""
    query = select(Shot).where(col(Shot.script_id) == script_id).execution_options(populate_existing=True)
    return uow.session.scalars(query.order_by(col(Shot.position))).all()


def list_shots_by_id(uow: UnitOfWork, shot_ids: Sequence[str]) -> Sequence[Shot]:
    """Shots on the board and off it."""
    return uow.session.scalars(select(Shot).where(col(Shot.id).in_(shot_ids))).all()


def panels_by_id(uow: UnitOfWork, panel_ids: Sequence[str]) -> Sequence[Panel]:
    query = select(Panel).where(col(Panel.id).in_(panel_ids)).execution_options(populate_existing=True)
    return uow.session.scalars(query).all()


def panels_by_shot(uow: UnitOfWork, shot_ids: Sequence[str]) -> dict[str, Panel]:
    """The first panel of each shot."""
    query = select(Panel).where(col(Panel.shot_id).in_(shot_ids), col(Panel.position) == 0)
    return {p.shot_id: p for p in uow.session.scalars(query.execution_options(populate_existing=True))}


def panels_of_script(uow: UnitOfWork, script_id: str) -> Sequence[Panel]:
    """Every panel of a script, in order."""
    query = select(Panel).join(Shot, col(Shot.id) == col(Panel.shot_id)).where(col(Shot.script_id) == script_id)
    query = query.where(col(Panel.position).is_not(None)).order_by(col(Shot.position), col(Panel.position))
    return uow.session.scalars(query.execution_options(populate_existing=True)).all()


def panel_rows(uow: UnitOfWork, shot_ids: Sequence[str]) -> dict[str, list[Panel]]:
    """The panels of each shot in order."""
    query = select(Panel).where(col(Panel.shot_id).in_(shot_ids), col(Panel.position).is_not(None))
    found: dict[str, list[Panel]] = {shot_id: [] for shot_id in shot_ids}
    for panel in uow.session.scalars(query.order_by(col(Panel.position)).execution_options(populate_existing=True)):
        found[panel.shot_id].append(panel)
    return found


def count_panels(uow: UnitOfWork, shot_id: str) -> int:
    query = (
        select(func.count()).select_from(Panel).where(col(Panel.shot_id) == shot_id, col(Panel.position).is_not(None))
    )
    return int(uow.session.execute(query).scalar_one())


def shown_versions(uow: UnitOfWork, panel_ids: Sequence[str]) -> dict[str, PanelVersion]:
    """The drawing shown of each of these panels, by panel."""
    shown = (col(PanelVersion.panel_id) == col(Panel.id)) & (col(PanelVersion.number) == col(Panel.current))
    query = select(PanelVersion).join(Panel, shown).where(col(Panel.id).in_(panel_ids))
    return {version.panel_id: version for version in uow.session.scalars(query)}


def versions_by_panel(uow: UnitOfWork, panel_ids: Sequence[str]) -> dict[str, list[PanelVersion]]:
    """Every drawing of some panels, newest first."""
    query = select(PanelVersion).where(col(PanelVersion.panel_id).in_(panel_ids))
    found: dict[str, list[PanelVersion]] = defaultdict(list)
    for version in uow.session.scalars(query.order_by(col(PanelVersion.number).desc())):
        found[version.panel_id].append(version)
    return found


def lines_by_shot(uow: UnitOfWork, script_id: str) -> dict[str, list[Line]]:
    """The lines of a script in order, by shot, read anew even where they are known."""
    query = select(Line).join(Shot, col(Shot.id) == col(Line.shot_id)).where(col(Shot.script_id) == script_id)
    query = query.execution_options(populate_existing=True)
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


def lines_by_id(uow: UnitOfWork, line_ids: Sequence[str]) -> dict[str, Line]:
    query = select(Line).where(col(Line.id).in_(line_ids)).execution_options(populate_existing=True)
    return {line.id: line for line in uow.session.scalars(query)}


def list_lines(uow: UnitOfWork, line_ids: list[str]) -> Sequence[Line]:
    return uow.session.scalars(select(Line).where(col(Line.id).in_(line_ids))).all()


def get_panel(uow: UnitOfWork, panel_id: str) -> tuple[Panel, Shot]:
    """Raises: NotFound."""
    query = select(Panel, Shot).join(Shot, col(Shot.id) == col(Panel.shot_id)).where(col(Panel.id) == panel_id)
    found = uow.session.execute(query).one_or_none()
    if found is None:
        raise NotFound("There is no such panel.")
    return found[0], found[1]


def has_panel(uow: UnitOfWork, panel_id: str) -> bool:
    return uow.session.scalars(select(col(Panel.id)).where(col(Panel.id) == panel_id)).first() is not None


def list_wanting(uow: UnitOfWork, script_id: str, scenes: Sequence[int] = ()) -> Sequence[str]:
    """Ids of the panels of a script, or of some of its scenes, in order: without a picture, or with a stale one a machine drew."""
    shown = (col(PanelVersion.panel_id) == col(Panel.id)) & (col(PanelVersion.number) == col(Panel.current))
    old = col(Panel.stale) & col(PanelVersion.origin).in_(MACHINE_MADE)
    query = (
        select(col(Panel.id))
        .join(Shot, col(Shot.id) == col(Panel.shot_id))
        .join(PanelVersion, shown, isouter=True)
        .where(
            col(Shot.script_id) == script_id, col(Panel.position).is_not(None), or_(col(Panel.current).is_(None), old)
        )
        .order_by(col(Shot.position), col(Panel.position))
    )
    if scenes:
        query = query.where(col(Shot.scene_position).in_(scenes))
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


def shown_pictures(uow: UnitOfWork, script_id: str) -> dict[str, list[tuple[int, str | None]]]:
    """(share, what the cut shows: the picture without camera arrows where there is one) of every panel in order, by shot."""
    shown = (col(PanelVersion.panel_id) == col(Panel.id)) & (col(PanelVersion.number) == col(Panel.current))
    plate = func.coalesce(col(PanelVersion.plate_sha256), col(PanelVersion.sha256))
    query = (
        select(col(Panel.shot_id), col(Panel.share), plate)
        .join(Shot, col(Shot.id) == col(Panel.shot_id))
        .join(PanelVersion, shown, isouter=True)
        .where(col(Shot.script_id) == script_id, col(Panel.position).is_not(None))
        .order_by(col(Panel.position))
    )
    found: dict[str, list[tuple[int, str | None]]] = defaultdict(list)
    for shot_id, share, picture in uow.session.execute(query):
        found[shot_id].append((share, picture))
    return found


def has_shots(uow: UnitOfWork, script_ids: Sequence[str]) -> bool:
    """Whether any of these scripts is broken down."""
    return (
        uow.session.scalars(select(col(Shot.id)).where(col(Shot.script_id).in_(script_ids)).limit(1)).first()
        is not None
    )


def shots_of_scenes(uow: UnitOfWork, scene_ids: Sequence[str]) -> Sequence[Shot]:
    query = select(Shot).where(col(Shot.scene_id).in_(scene_ids)).execution_options(populate_existing=True)
    return uow.session.scalars(query.order_by(col(Shot.script_id), col(Shot.position))).all()


def lines_of_shots(uow: UnitOfWork, shot_ids: Sequence[str]) -> dict[str, list[Line]]:
    """The lines of some shots, by shot."""
    query = select(Line).where(col(Line.shot_id).in_(shot_ids)).execution_options(populate_existing=True)
    found: dict[str, list[Line]] = defaultdict(list)
    for line in uow.session.scalars(query.order_by(col(Line.position))):
        found[line.shot_id].append(line)
    return found


def panels_of_shots(uow: UnitOfWork, shot_ids: Sequence[str]) -> dict[str, tuple[str, bool, bool]]:
    """(panel, whether it has a picture, whether a person had a hand in that) of some shots, by shot.

    A person did when there are several drawings to choose from, or one no machine made.
    """
    by_person = case((col(PanelVersion.origin).not_in(("generated", "stand-in")), 1), else_=0)
    columns: list[Any] = [
        col(Panel.shot_id),
        func.min(col(Panel.id)),
        func.count(col(Panel.current)),
        func.count(col(PanelVersion.id)),
        func.sum(by_person),
    ]
    query = (
        select(*columns)
        .join(PanelVersion, col(PanelVersion.panel_id) == col(Panel.id), isouter=True)
        .where(col(Panel.shot_id).in_(shot_ids), col(Panel.position) == 0)
        .group_by(col(Panel.shot_id))
    )
    rows: list[list[Any]] = [list(row) for row in uow.session.execute(query)]
    return {
        shot: (panel, bool(drawn), versions > 1 or bool(versions and by)) for shot, panel, drawn, versions, by in rows
    }


def places_of_scenes(uow: UnitOfWork, script_ids: Sequence[str]) -> list[tuple[str, str, int, int, int]]:
    """(script, scene, scene position, first shot's position, shots) of every scene with shots, in order."""
    keys: list[Any] = [col(Shot.script_id), col(Shot.scene_id), col(Shot.scene_position)]
    columns: list[Any] = [*keys, func.min(col(Shot.position)), func.count()]
    query = (
        select(*columns)
        .where(col(Shot.script_id).in_(script_ids))
        .group_by(col(Shot.script_id), col(Shot.scene_id), col(Shot.scene_position))
    )
    rows = [tuple[str, str, int, int, int](row) for row in uow.session.execute(query)]
    return sorted(rows, key=lambda row: (row[0], row[3]))


def specs_of_people(uow: UnitOfWork, script_id: str, names: Sequence[str], *, before: int) -> Sequence[dict[str, Any]]:
    """The spec of the first panel each of these people is the subject of, in scenes before a position."""
    first = (
        select(col(Shot.subject), func.min(col(Shot.position)).label("place"))
        .where(col(Shot.script_id) == script_id, col(Shot.subject).in_(names), col(Shot.scene_position) < before)
        .group_by(col(Shot.subject))
        .subquery()
    )
    query = (
        select(col(Panel.spec))
        .join(Shot, col(Shot.id) == col(Panel.shot_id))
        .join(first, first.c.place == col(Shot.position))
        .where(col(Shot.script_id) == script_id, col(Panel.position) == 0)
        .order_by(col(Shot.position))
    )
    return uow.session.scalars(query).all()


def delete_shots(uow: UnitOfWork, shot_ids: Sequence[str]) -> None:
    """Delete shots with their lines, panels and drawings."""
    panels = select(col(Panel.id)).where(col(Panel.shot_id).in_(shot_ids))
    for table, mine in (
        (PanelVersion, col(PanelVersion.panel_id).in_(panels)),
        (Panel, col(Panel.shot_id).in_(shot_ids)),
        (Line, col(Line.shot_id).in_(shot_ids)),
        (Shot, col(Shot.id).in_(shot_ids)),
    ):
        uow.session.execute(delete(table).where(mine), execution_options={"synchronize_session": False})


def delete_lines(uow: UnitOfWork, line_ids: Sequence[str]) -> None:
    uow.session.execute(
        delete(Line).where(col(Line.id).in_(line_ids)), execution_options={"synchronize_session": False}
    )


def counts_by_scene(uow: UnitOfWork, scene_ids: Sequence[str]) -> dict[str, SceneCounts]:
    """How many shots, drawn panels and voiced lines each scene has."""
    mine = col(Shot.scene_id).in_(scene_ids)
    drawn = (
        select(col(Shot.scene_id), func.count(func.distinct(col(Shot.id))), func.count(col(Panel.current)))
        .join(Panel, (col(Panel.shot_id) == col(Shot.id)) & (col(Panel.position) == 0), isouter=True)
        .where(mine)
        .group_by(col(Shot.scene_id))
    )
    voiced = (
        select(col(Shot.scene_id), func.count(col(Line.voice_sha256)))
        .join(Line, col(Line.shot_id) == col(Shot.id))
        .where(mine)
        .group_by(col(Shot.scene_id))
    )
    spoken = {scene: int(count) for scene, count in uow.session.execute(voiced)}
    return {
        scene: SceneCounts(int(shots), int(pictures), spoken.get(scene, 0))
        for scene, shots, pictures in uow.session.execute(drawn)
    }


def drawn_versions(uow: UnitOfWork, panel_id: str) -> Sequence[PanelVersion]:
    """The versions of a panel that were drawn by hand, the newest 200 of them in order."""
    query = select(PanelVersion).where(col(PanelVersion.panel_id) == panel_id, col(PanelVersion.origin) == "drawn")
    found = uow.session.scalars(query.order_by(col(PanelVersion.number).desc()).limit(200)).all()
    return found[::-1]
