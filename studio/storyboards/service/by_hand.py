"""Panels by people: where one is drawn, the versions made of drawing on it, and pictures brought in from outside."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.storage import storage
from studio.media import service as media
from studio.media.pictures.apart import Fit, fitted_picture
from studio.media.views import StoredFile
from studio.projects import service as projects
from studio.projects.views import ProjectView
from studio.storyboards import reading as board_reading
from studio.storyboards import repository
from studio.storyboards.models import Panel, PanelVersion, Shot
from studio.storyboards.service import board
from studio.storyboards.service.acts.editing import show_version
from studio.storyboards.service.panels import number_of
from studio.storyboards.views import PanelCard, PanelPlace

_NAMED = 200


def get_panel_place(uow: UnitOfWork, actor: Actor, panel_id: str, *, to_change: bool = False) -> PanelPlace:
    """Where a panel is, how large its picture is and which is shown.

    Raises:
        NotFound: there is none the actor may see.
        Forbidden: it is `to_change` and the actor may not.
    """
    panel, shot = repository.get_panel(uow, panel_id)
    find = projects.editable_project if to_change else projects.get_project
    project = find(uow, actor, shot.project_id)
    shown = repository.find_version(uow, panel.id, number=panel.current) if panel.current is not None else None
    sha256 = shown.sha256 if shown else None
    number = number_of(uow, panel, shot)
    return PanelPlace(panel.id, shot.id, shot.project_id, number, project.width, project.height, sha256)


def keep_shot(uow: UnitOfWork, actor: Actor, shot_id: str) -> None:
    """Somebody has begun to draw: the shot stays on the board whatever becomes of its words.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    shot, _, _ = board.visible_shot(uow, actor, shot_id)
    projects.editable_project(uow, actor, shot.project_id)
    shot.edited = True
    uow.session.add(shot)


def add_drawn_version(
    uow: UnitOfWork,
    actor: Actor,
    panel_id: str,
    png: StoredFile,
    svg: StoredFile,
    plate: StoredFile | None,
    *,
    seq: int,
) -> int:
    """Put a picture of what was drawn, up to op number `seq`, on top of a panel's versions; its number.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    panel, shot = repository.get_panel(uow, panel_id)
    project = projects.editable_project(uow, actor, shot.project_id)
    version = PanelVersion(
        panel_id=panel.id,
        number=0,
        sha256=png.sha256,
        svg_sha256=svg.sha256,
        plate_sha256=plate.sha256 if plate else None,
        width=project.width,
        height=project.height,
        origin="drawn",
        provider="hand",
        completeness="full",
        parameters={"strokes": seq},
    )
    return _put_on_top(uow, actor, shot, panel, version, [png, svg, *([plate] if plate else [])])


def list_drawn_versions(uow: UnitOfWork, actor: Actor, panel_id: str) -> tuple[tuple[int, int], ...]:
    """(version, number of the last op in it) of every version of a panel that was drawn by hand, in order. Raises: NotFound."""
    get_panel_place(uow, actor, panel_id)
    return tuple((v.number, int(v.parameters.get("strokes", 0))) for v in repository.drawn_versions(uow, panel_id))


def upload_panel(
    actor: Actor,
    shot_id: str,
    *,
    data: bytes,
    name: str,
    fit: Fit = "whole",
    scan: bool = False,
    panel_id: str | None = None,
) -> PanelCard:
    """Put a picture from a file on top of the drawings of a shot's first panel, or of this one of its, at the project's
    size; the shot as it looks now.

    The file is read in a child process, 20 s at most, and holds no transaction meanwhile; of it only its pixels are kept.
    A `scan` is set straight and cut to what is drawn on it.

    Raises:
        Invalid: it is no picture we read; the message says why and what to do.
        LimitReached: it is too large, or takes too long.
        NotFound, Forbidden: the actor may not change the project.
    """
    with reading() as uow:
        project, _, _ = _editable(uow, actor, shot_id, panel_id)
    picture = fitted_picture(data, width=project.width, height=project.height, fit=fit, scan=scan)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "panel.png"
        path.write_bytes(picture)
        png = media.stored(storage(), path, kind="image", mime="image/png", name=name)
        media.store_thumbnail(storage(), png.sha256, picture, Path(folder))
    with unit_of_work() as uow:
        project, shot, panel = _editable(uow, actor, shot_id, panel_id)
        version = PanelVersion(
            panel_id=panel.id,
            number=0,
            sha256=png.sha256,
            width=project.width,
            height=project.height,
            origin="uploaded",
            provider="file",
            completeness="full",
            parameters={"name": name[:_NAMED], "fit": fit, "scan": scan},
        )
        _put_on_top(uow, actor, shot, panel, version, [png])
        return board.get_card(uow, actor, shot_id)


def _editable(uow: UnitOfWork, actor: Actor, shot_id: str, panel_id: str | None) -> tuple[ProjectView, Shot, Panel]:
    shot, panel, _ = board.visible_shot(uow, actor, shot_id, panel_id)
    return projects.editable_project(uow, actor, shot.project_id), shot, panel


def _put_on_top(
    uow: UnitOfWork, actor: Actor, shot: Shot, panel: Panel, version: PanelVersion, files: list[StoredFile]
) -> int:
    """Number a picture as the panel's newest and show it; the very same one again is shown, not added. Its number."""
    for file in files:
        media.add_media(uow, actor, shot.project_id, file)
    known = repository.find_version(uow, panel.id, sha256=version.sha256)
    number = known.number if known else repository.latest_number(uow, panel.id) + 1
    if known is None:
        version.number = number
        uow.session.add(version)
    uow.session.flush()
    if board_reading.find_shot(uow, shot.id, panel.id):
        show_version(uow, actor, shot.id, number, panel_id=panel.id)
    else:  # it was taken off the board while this was made, and may come back
        panel.current = number
        uow.session.add(panel)
    return number
