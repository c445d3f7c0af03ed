"""Drawing panels: ask for it, brief the worker, keep what it drew."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.media import service as media
from studio.media.views import StoredFile
from studio.projects import service as projects
from studio.providers.port import Picture
from studio.runs import service as runs
from studio.scripts import service as scripts
from studio.storyboards import repository
from studio.storyboards.documents import spec_from
from studio.storyboards.models import PanelVersion
from studio.storyboards.views import PanelBrief

PANEL_WEIGHT = 0.5  # CPU seconds


def request_panels(uow: UnitOfWork, actor: Actor, script_id: str, *, parent_id: str | None = None) -> int:
    """Ask for every panel of a script that has not been drawn yet, one run each; how many were asked for.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    script = scripts.get_script(uow, actor, script_id)
    waiting = [(panel, shot) for panel, shot in repository.list_panels(uow, script_id) if panel.current is None]
    for panel, _shot in waiting:
        key = f"{parent_id}:panel:{panel.id}" if parent_id else None
        config = {"panel_id": panel.id}
        runs.submit_run(
            uow, actor, script.project_id, "panel", config, parent_id=parent_id, idem_key=key, weight=PANEL_WEIGHT
        )
    return len(waiting)


def panel_brief(uow: UnitOfWork, actor: Actor, panel_id: str) -> PanelBrief:
    """What to draw, at the project's size. Raises: NotFound, Forbidden, Invalid."""
    panel, shot = repository.get_panel(uow, panel_id)
    project = projects.editable_project(uow, actor, shot.project_id)
    return PanelBrief(panel.id, shot.project_id, shot.number, spec_from(panel.spec), project.width, project.height)


def add_panel_version(
    uow: UnitOfWork,
    actor: Actor,
    panel_id: str,
    picture: Picture,
    png: StoredFile,
    svg: StoredFile,
    plate: StoredFile | None = None,
) -> int:
    """Put a drawing on top of a panel's versions; its number. `plate` is what the cut shows, if not the panel itself.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    panel, shot = repository.get_panel(uow, panel_id)
    for file in filter(None, (png, svg, plate)):
        media.add_media(uow, actor, shot.project_id, file)
    number = (panel.current or 0) + 1
    uow.session.add(
        PanelVersion(
            panel_id=panel.id,
            number=number,
            sha256=png.sha256,
            plate_sha256=plate.sha256 if plate else None,
            svg_sha256=svg.sha256,
            width=picture.width,
            height=picture.height,
            origin="stand-in" if picture.completeness == "stand-in" else "generated",
            provider=picture.provider,
            completeness=picture.completeness,
            parameters=panel.spec,
        )
    )
    panel.current = number
    uow.session.add(panel)
    return number
