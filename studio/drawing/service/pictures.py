"""Pictures of a drawing: ask for one, brief who makes it, keep it as a version of the panel."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.drawing import repository
from studio.drawing.replay import state_at
from studio.drawing.service.reading import entries_between
from studio.drawing.views import InkBrief
from studio.media.views import StoredFile
from studio.runs import service as runs
from studio.runs.views import RunView
from studio.storyboards import service as storyboards

INK_WEIGHT = 1.0  # CPU seconds


def submit_picture(uow: UnitOfWork, actor: Actor, panel_id: str) -> RunView | None:
    """Ask for a version of the panel made of its drawing as it is now; None when the newest one shows it already.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    panel = storyboards.get_panel_place(uow, actor, panel_id, to_change=True)
    drawing = repository.find_drawing(uow, panel_id, lock=True)
    if drawing is None or drawing.inked_seq >= drawing.last_seq:
        return None
    config = {"panel_id": panel_id, "seq": drawing.last_seq, "number": panel.number}
    if live := runs.find_live(uow, panel.project_id, "ink", config):
        return live
    return runs.submit_run(uow, actor, panel.project_id, "ink", config, weight=INK_WEIGHT)


def ink_brief(uow: UnitOfWork, actor: Actor, panel_id: str, seq: int) -> InkBrief:
    """What to make a picture of: the drawing after op number `seq`. Raises: NotFound, Forbidden."""
    panel = storyboards.get_panel_place(uow, actor, panel_id, to_change=True)
    drawing = repository.find_drawing(uow, panel_id)
    picture = state_at(entries_between(uow, panel_id, 0, seq), seq)
    base = picture.under or (drawing.base_sha256 if drawing else panel.sha256)
    return InkBrief(panel_id, panel.project_id, panel.number, panel.width, panel.height, seq, picture, base)


def keep_picture(
    uow: UnitOfWork, actor: Actor, brief: InkBrief, png: StoredFile, svg: StoredFile, plate: StoredFile | None
) -> int:
    """Put the picture made of a drawing on top of its panel's versions, if there is none of a later moment; its number.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    drawing = repository.find_drawing(uow, brief.panel_id, lock=True)
    if drawing is not None and brief.seq < drawing.inked_seq:  # two workers were at it, and this one came second
        return storyboards.list_drawn_versions(uow, actor, brief.panel_id)[-1][0]
    if drawing is not None:
        drawing.inked_seq = brief.seq
        uow.session.add(drawing)
    return storyboards.add_drawn_version(uow, actor, brief.panel_id, png, svg, plate, seq=brief.seq)
