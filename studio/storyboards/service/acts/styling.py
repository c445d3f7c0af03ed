"""The style a whole board is drawn in."""

from __future__ import annotations

from dataclasses import replace

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.engine.artist.spec import Style
from studio.scripts import service as scripts
from studio.storyboards import reading, repository
from studio.storyboards.documents import spec_from
from studio.storyboards.service.acts.acting import Acting
from studio.storyboards.views import BoardEdit


def board_style(uow: UnitOfWork, actor: Actor, script_id: str) -> Style:
    """The style a board is drawn in: that of its first panel. Raises: NotFound."""
    scripts.project_of(uow, actor, script_id)
    return reading.style_of(uow, script_id)


def change_style(uow: UnitOfWork, actor: Actor, script_id: str, style: Style) -> BoardEdit:
    """Have a whole board drawn in another style, as one job; drawings by hand and pictures brought in stay as they are.

    Raises:
        NotFound, Forbidden, Conflict: the actor may not change the project.
    """
    act = Acting(uow, actor, script_id)
    for row in repository.panel_rows(uow, list(act.shots)).values():
        for panel in row:
            act.respecify(panel, replace(spec_from(panel.spec), style=style))
    return act.finish("style", f"style {style.value}", list(act.shots), as_board=True)
