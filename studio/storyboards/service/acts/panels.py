"""The panels of a shot: one more, a copy, one away, another order, another length. Each act can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from studio.accounts.views import Actor
from studio.core import ids
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, LimitReached, NotFound
from studio.engine.artist.spec import Move, PanelSpec
from studio.storyboards import repository
from studio.storyboards.documents import spec_document, spec_from
from studio.storyboards.editing.endings import ending
from studio.storyboards.editing.shares import halved, lengths_of, timed
from studio.storyboards.models import Panel, PanelVersion, Shot
from studio.storyboards.numbering import panel_number
from studio.storyboards.service.acts.acting import Acting
from studio.storyboards.service.board import NO_PANEL, visible_shot
from studio.storyboards.shots import ShotPlan
from studio.storyboards.views import BoardEdit

MOST_PANELS = 60
"""Of one shot."""


def add_panel(
    uow: UnitOfWork,
    actor: Actor,
    shot_id: str,
    *,
    before_id: str | None = None,
    after_id: str | None = None,
    copy: bool = False,
) -> BoardEdit:
    """One more panel of a shot, before or after this one of its or at the end; the two share the frames of the one.

    After it, where the camera moves, it shows the end of the move, else the same once more, and is drawn if that is. A `copy`
    has the picture of that instead.

    Raises:
        Invalid: there is no frame left for it.
        LimitReached: the shot has 60 panels.
        NotFound, Forbidden, Conflict: there is no such shot or panel, or the actor may not change the project.
    """
    act = Acting(uow, actor, visible_shot(uow, actor, shot_id)[0].script_id)
    shot, row = act.chosen([shot_id])[0], repository.panel_rows(uow, [shot_id])[shot_id]
    near = before_id or after_id
    at = _index(row, near) if near else len(row) - 1
    to = at if before_id else at + 1
    lengths = halved(lengths_of([panel.share for panel in row], shot.frames), at)
    spec = spec_from(row[at].spec)
    framed = spec if copy or before_id else ending(spec, Move(shot.move))
    made = new_panels(act, shot, [framed], len(row) + 1)[0]
    if copy:
        copy_drawings(uow, row[at : at + 1], [made], repository.shown_versions(uow, [row[at].id]))
    drawn = not copy and row[at].current is not None
    line_up(act, shot, [*row[:to], made, *row[to:]], lengths)
    what = f"{'copy to' if copy else 'add'} panel {panel_number(shot.number, to, len(row) + 1)}"
    return act.finish("panel", what, [shot_id], draw=[made] if drawn else [], panel_id=made.id)


def delete_panel(uow: UnitOfWork, actor: Actor, panel_id: str) -> BoardEdit:
    """Take a panel off its shot; the one before it is shown for its frames. With its drawings it waits for an undo.

    Raises:
        Conflict: it is the only one.
        NotFound, Forbidden, Conflict: there is no such panel, or the actor may not change the project.
    """
    act, shot, row, at = _of_panel(uow, actor, panel_id)
    if len(row) == 1:
        raise Conflict(f"A shot keeps one panel. Delete the shot {shot.number} instead.")
    lengths = list(lengths_of([panel.share for panel in row], shot.frames))
    freed = lengths.pop(at)
    near = max(at - 1, 0)
    lengths[near] += freed
    label = f"delete panel {panel_number(shot.number, at, len(row))}"
    rest = [panel for panel in row if panel.id != panel_id]
    line_up(act, shot, rest, lengths, away=[row[at]])
    return act.finish("panel", label, [shot.id], panel_id=rest[near].id)


def change_panel(
    uow: UnitOfWork, actor: Actor, panel_id: str, *, frames: int | None = None, position: int | None = None
) -> BoardEdit:
    """Give a panel another length, which the panels beside it give or take, or another place in its shot (from 0 on), to
    which it takes its length along.

    Raises:
        Invalid: it leaves no frame for the others.
        NotFound, Forbidden, Conflict: there is no such panel, or the actor may not change the project.
    """
    act, shot, row, at = _of_panel(uow, actor, panel_id)
    lengths = lengths_of([panel.share for panel in row], shot.frames)
    label = f"panel {panel_number(shot.number, at, len(row))}"
    if frames is not None:
        lengths = timed(lengths, at, frames)
        label = f"length of {label}"
    pairs = list(zip(row, lengths, strict=True))
    if position is not None:
        pairs.insert(min(max(position, 0), len(row) - 1), pairs.pop(at))
        label = f"move {label}"
    line_up(act, shot, [panel for panel, _ in pairs], [length for _, length in pairs])
    return act.finish("panel", label, [shot.id], panel_id=panel_id)


def new_panels(act: Acting, shot: Shot, specs: Sequence[PanelSpec], panels: int) -> list[Panel]:
    """New panels of a shot that will have so many; they are off it until they are lined up. Raises: LimitReached."""
    if panels > MOST_PANELS:
        raise LimitReached(f"A shot has at most {MOST_PANELS} panels. Split it first.")
    made = [(ids.new_id(), spec_document(spec)) for spec in specs]
    act.uow.add_many(Panel, [{"id": new, "shot_id": shot.id, "spec": document} for new, document in made])
    found = {panel.id: panel for panel in repository.panels_by_id(act.uow, [new for new, _ in made])}
    return [found[new] for new, _ in made]


def line_up(
    act: Acting, shot: Shot, row: Sequence[Panel], lengths: Sequence[int], *, away: Sequence[Panel] = ()
) -> None:
    """Put a shot's panels into this order with these lengths, and take those `away` off it; what changes nothing is none."""
    for panel in away:
        act.set("panel", panel, position=None)
    for at, (panel, length) in enumerate(zip(row, lengths, strict=True)):
        if len(row) > 1:
            act.set("panel", panel, position=at, share=max(length, 1))
        elif panel.position != at:
            act.set("panel", panel, position=at)
    act.set("shot", shot, edited=True)


def copy_drawings(
    uow: UnitOfWork, panels: Sequence[Panel], copies: Sequence[Panel], shown: Mapping[str, PanelVersion]
) -> None:
    """Give copies of panels the drawings that are `shown` of those."""
    for panel, copy in zip(panels, copies, strict=True):
        version = shown.get(panel.id)
        if version is not None:
            fields = version.model_dump(exclude={"id", "created_at", "panel_id", "number"})
            uow.session.add(PanelVersion(**fields, panel_id=copy.id, number=1))
            copy.current, copy.stale = 1, panel.stale
            uow.session.add(copy)


def own_framing(spec: PanelSpec, plan: ShotPlan) -> dict[str, Any]:
    """What a further panel shows otherwise than its shot says: that stays when the shot changes."""
    names = ("size", "angle", "move", "lens_mm")
    return {name: getattr(spec, name) for name in names if getattr(spec, name) != getattr(plan, name)}


def _of_panel(uow: UnitOfWork, actor: Actor, panel_id: str) -> tuple[Acting, Shot, list[Panel], int]:
    """A board to change one of its panels: its shot, the row of that, and the place of the panel in it."""
    _, shot = repository.get_panel(uow, panel_id)
    act = Acting(uow, actor, visible_shot(uow, actor, shot.id, panel_id)[0].script_id)
    row = repository.panel_rows(uow, [shot.id])[shot.id]
    return act, act.chosen([shot.id])[0], row, _index(row, panel_id)


def _index(row: Sequence[Panel], panel_id: str) -> int:
    found = next((at for at, panel in enumerate(row) if panel.id == panel_id), None)
    if found is None:
        raise NotFound(NO_PANEL)
    return found
