"""The animatic of a cut's board: every panel, voice and piece of music there, before any film is made of it."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict
from studio.projects import service as projects
from studio.renders.service.making import animatic_weight
from studio.renders.views import AnimaticView
from studio.runs import service as runs
from studio.runs.views import RunView
from studio.storyboards import service as storyboards
from studio.timelines import service as timelines

_KIND = "animatic"


def get_animatic(uow: UnitOfWork, actor: Actor, timeline_id: str) -> AnimaticView:
    """What the board of a cut still lacks to be heard, and the run that makes it. Nothing of a cut without a board.

    Raises: NotFound.
    """
    card = timelines.get_card(uow, actor, timeline_id)
    counts = storyboards.counts_by_script(uow, [card.script_id]).get(card.script_id) if card.script_id else None
    if card.script_id is None or counts is None:
        return AnimaticView(0, music=True, run=None)
    board = timelines.find_cut(uow, actor, card.script_id)
    music = board is not None and any(board.timeline.clips("music"))
    return AnimaticView(counts.lines - counts.voiced, music, _live(uow, card.project_id, timeline_id))


def submit_animatic(uow: UnitOfWork, actor: Actor, timeline_id: str) -> RunView:
    """Ask for all panels, voices and music the board of a cut lacks; a cut by hand takes them in, as one act of the actor.

    While that is being made, the run there is.

    Raises:
        Conflict: the cut has no board (code "no_board"), the board has no shots or lacks nothing, or a film of it is being made.
        NotFound, Forbidden: the actor may not change the project.
    """
    card = timelines.get_card(uow, actor, timeline_id)
    project = projects.editable_project(uow, actor, card.project_id)
    if card.script_id is None:
        raise Conflict("This cut was not begun from a board, so there are no lines to speak.", code="no_board")
    found = get_animatic(uow, actor, timeline_id)
    if found.run:
        return found.run
    if not found.lines and found.music:
        raise Conflict("Every line is spoken and the music is there. Take what is new on the board.", code="complete")
    if any(runs.find_live(uow, project.id, kind, {"script_id": card.script_id}) for kind in ("film", _KIND)):
        raise Conflict("Voices and music of this board are being made. Take them in when they are there.")
    frames, weight = animatic_weight(uow, actor, card.script_id, project)
    config = {"script_id": card.script_id, "timeline_id": timeline_id, "frames": frames}
    return runs.submit_run(uow, actor, project.id, _KIND, config, weight=weight)


def _live(uow: UnitOfWork, project_id: str, timeline_id: str) -> RunView | None:
    return runs.find_live(uow, project_id, _KIND, {"timeline_id": timeline_id})
