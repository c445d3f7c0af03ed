"""Panels drawn by hand: where one is drawn, what that means for its shot, and the versions made of it."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.media import service as media
from studio.media.views import StoredFile
from studio.projects import service as projects
from studio.storyboards import reading, repository
from studio.storyboards.models import PanelVersion
from studio.storyboards.service.board import visible_shot
from studio.storyboards.service.editing import show_version
from studio.storyboards.views import PanelPlace

_BY_HAND = "hand"


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
    return PanelPlace(panel.id, shot.id, shot.project_id, shot.number, project.width, project.height, sha256)


def keep_shot(uow: UnitOfWork, actor: Actor, shot_id: str) -> None:
    """Somebody has begun to draw: the shot stays on the board whatever becomes of its words.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    shot, _, _ = visible_shot(uow, actor, shot_id)
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

    The very same picture again is shown, not added.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    panel, shot = repository.get_panel(uow, panel_id)
    project = projects.editable_project(uow, actor, shot.project_id)
    for file in filter(None, (png, svg, plate)):
        media.add_media(uow, actor, shot.project_id, file)
    known = repository.find_version(uow, panel_id, sha256=png.sha256)
    number = known.number if known else repository.latest_number(uow, panel_id) + 1
    if known is None:
        uow.session.add(
            PanelVersion(
                panel_id=panel.id,
                number=number,
                sha256=png.sha256,
                plate_sha256=plate.sha256 if plate else None,
                svg_sha256=svg.sha256,
                width=project.width,
                height=project.height,
                origin="drawn",
                provider=_BY_HAND,
                completeness="full",
                parameters={"strokes": seq},
            )
        )
    uow.session.flush()
    if reading.find_shot(uow, shot.id):
        show_version(uow, actor, shot.id, number)
    else:  # it was taken off the board while this was made, and may come back
        panel.current = number
        uow.session.add(panel)
    return number


def list_drawn_versions(uow: UnitOfWork, actor: Actor, panel_id: str) -> tuple[tuple[int, int], ...]:
    """(version, number of the last op in it) of every version of a panel that was drawn by hand, in order. Raises: NotFound."""
    get_panel_place(uow, actor, panel_id)
    return tuple((v.number, int(v.parameters.get("strokes", 0))) for v in repository.drawn_versions(uow, panel_id))
