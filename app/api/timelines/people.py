"""Who is at work in a cut now, and cuts begun from how one was."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from app.api.deps import Signed
from app.api.http.answers import Answer, Id, Several, Words, problems, several
from app.api.timelines.history import RestoreInput
from app.api.timelines.shapes import Cut, cut
from jobs.presence import together
from studio.core.db import reading, unit_of_work
from studio.timelines import service as timelines

router = APIRouter(prefix="/timelines/{timeline_id}", tags=["timelines"])


class AtWork(BaseModel):
    """Somebody with the cut open: the frame of their playhead, the clips they chose, and those they hold just now."""

    user_id: str
    name: str
    frame: int
    clips: tuple[str, ...]
    held: tuple[str, ...]


class BranchInput(RestoreInput):
    """The revision a new cut begins from, and its name."""

    name: Words


@router.get("/people", responses=problems())
def list_people_in_cut(timeline_id: Id, session: Signed) -> Several[AtWork]:
    """Who is at work in a cut now; nobody while that cannot be known."""
    with reading() as uow:
        timelines.get_card(uow, session.actor, timeline_id)
    return several(
        AtWork(user_id=p.user_id, name=p.name, frame=p.frame, clips=p.clips, held=p.held)
        for p in together.places_now(timeline_id)
    )


@router.post("/branch", status_code=201, responses=problems(409, writes=True))
def branch_timeline(timeline_id: Id, body: BranchInput, session: Signed) -> Answer[Cut]:
    """A cut of its own, begun from how a cut by hand was at a revision."""
    with unit_of_work() as uow:
        return Answer(
            data=cut(timelines.branch_timeline(uow, session.actor, timeline_id, body.revision, name=body.name))
        )
