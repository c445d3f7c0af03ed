"""Pictures brought in from outside as panels: photographs, drawings of other programs, scanned sheets."""

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
from studio.storyboards import repository
from studio.storyboards.models import PanelVersion
from studio.storyboards.service import board
from studio.storyboards.service.editing import show_version
from studio.storyboards.views import PanelCard

_NAMED = 200


def upload_panel(
    actor: Actor, shot_id: str, *, data: bytes, name: str, fit: Fit = "whole", scan: bool = False
) -> PanelCard:
    """Put a picture from a file on top of a shot's drawings, at the project's size; the shot as it looks now.

    The file is read in a child process, 20 s at most, and holds no transaction meanwhile; of it only its pixels are kept.
    A `scan` is set straight and cut to what is drawn on it.

    Raises:
        Invalid: it is no picture we read; the message says why and what to do.
        LimitReached: it is too large, or takes too long.
        NotFound, Forbidden: the actor may not change the project.
    """
    with reading() as uow:
        project = _project(uow, actor, shot_id)
    picture = fitted_picture(data, width=project.width, height=project.height, fit=fit, scan=scan)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "panel.png"
        path.write_bytes(picture)
        png = media.stored(storage(), path, kind="image", mime="image/png", name=name)
        media.store_thumbnail(storage(), png.sha256, picture, Path(folder))
    with unit_of_work() as uow:
        return _put_on_top(uow, actor, shot_id, png, name, {"fit": fit, "scan": scan})


def _project(uow: UnitOfWork, actor: Actor, shot_id: str) -> ProjectView:
    shot, _, _ = board.visible_shot(uow, actor, shot_id)
    return projects.editable_project(uow, actor, shot.project_id)


def _put_on_top(
    uow: UnitOfWork, actor: Actor, shot_id: str, png: StoredFile, name: str, how: dict[str, str | bool]
) -> PanelCard:
    """Keep the picture as the newest version; the very same one again is shown, not added."""
    project = _project(uow, actor, shot_id)
    shot, panel, _ = board.visible_shot(uow, actor, shot_id)
    media.add_media(uow, actor, shot.project_id, png)
    known = repository.find_version(uow, panel.id, sha256=png.sha256)
    number = known.number if known else repository.latest_number(uow, panel.id) + 1
    if known is None:
        uow.session.add(
            PanelVersion(
                panel_id=panel.id,
                number=number,
                sha256=png.sha256,
                width=project.width,
                height=project.height,
                origin="uploaded",
                provider="file",
                completeness="full",
                parameters={"name": name[:_NAMED], **how},
            )
        )
    uow.session.flush()
    return show_version(uow, actor, shot_id, number)
