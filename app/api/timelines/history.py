"""Looking back on a cut by hand: its journal, how it was, versions under a name, what is different between two, and its board."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from app.api.deps import Signed
from app.api.http.answers import UUID, Answer, Id, Several, Words, problems, several
from app.api.timelines.shapes import Cut, cut
from studio.core.db import reading, unit_of_work
from studio.core.storage import storage
from studio.timelines import service as timelines
from studio.timelines.views import ActPage, ClipChange, ClipMedia, ShotLength, TimelineEdit, VersionView

router = APIRouter(prefix="/timelines/{timeline_id}", tags=["timelines"])
_LAST = 2_000_000_000
ShotId = Annotated[str, Field(pattern=UUID)]
At = Annotated[int, Query(ge=1, le=_LAST)]


class VersionInput(BaseModel):
    name: Words


class RestoreInput(BaseModel):
    """The revision the cut goes back to."""

    revision: Annotated[int, Field(ge=1, le=_LAST)]


class CutThen(Cut):
    """A cut as it was; `media` by SHA-256."""

    media: dict[str, ClipMedia]


class Behind(BaseModel):
    """How many shots are different on the board."""

    shots: int


class LengthsInput(BaseModel):
    """The shots whose lengths the board is to take; without them all that differ."""

    shots: Annotated[tuple[ShotId, ...], Field(min_length=1, max_length=200)] | None = None


class LengthOut(BaseModel):
    """A shot that is not as long in the cut as on its board: frames at the project's rate; `problem` says why it stays so."""

    shot_id: str
    number: str
    on_board: int
    in_cut: int
    problem: str

    @classmethod
    def of(cls, found: ShotLength) -> LengthOut:
        return cls(
            shot_id=found.shot_id,
            number=found.number,
            on_board=found.on_board,
            in_cut=found.in_cut,
            problem=found.problem,
        )


class LengthsOut(BaseModel):
    """The shots whose length the board took, and those it kept; `seq` is the act in the board's history."""

    given: tuple[LengthOut, ...]
    kept: tuple[LengthOut, ...]
    seq: int | None
    label: str


@router.get("/lengths", responses=problems())
def list_lengths(timeline_id: Id, session: Signed) -> Several[LengthOut]:
    """The shots of a cut by hand that are longer or shorter on its board."""
    with reading() as uow:
        return several(LengthOut.of(each) for each in timelines.list_lengths(uow, session.actor, timeline_id))


@router.post("/lengths", responses=problems(writes=True))
def give_lengths(timeline_id: Id, body: LengthsInput, session: Signed) -> Answer[LengthsOut]:
    """Give the board the lengths its shots have in a cut by hand: one act of the board, undone there."""
    with unit_of_work() as uow:
        found = timelines.give_lengths(uow, session.actor, timeline_id, body.shots)
    given, kept = (tuple(map(LengthOut.of, each)) for each in (found.given, found.kept))
    return Answer(data=LengthsOut(given=given, kept=kept, seq=found.seq, label=found.label))


@router.get("/history", responses=problems())
def list_cut_history(
    timeline_id: Id, session: Signed, before: At | None = None, limit: Annotated[int, Query(ge=1, le=100)] = 30
) -> Answer[ActPage]:
    """Who did what to a cut by hand, newest first; from before a revision on."""
    with reading() as uow:
        return Answer(data=timelines.list_edits(uow, session.actor, timeline_id, before=before, limit=limit))


@router.get("/versions", responses=problems())
def list_cut_versions(timeline_id: Id, session: Signed) -> Several[VersionView]:
    """The versions of a cut that were given a name, newest first."""
    with reading() as uow:
        return several(timelines.list_versions(uow, session.actor, timeline_id))


@router.post("/versions", status_code=201, responses=problems(writes=True))
def save_cut_version(timeline_id: Id, body: VersionInput, session: Signed) -> Answer[VersionView]:
    """Keep a cut by hand as it is now under a name."""
    with unit_of_work() as uow:
        return Answer(data=timelines.save_version(uow, session.actor, timeline_id, body.name))


@router.post("/restore", responses=problems(writes=True))
def restore_timeline(timeline_id: Id, body: RestoreInput, session: Signed) -> Answer[TimelineEdit]:
    """Put a cut by hand back to how it was at a revision: an act, which can be undone."""
    with unit_of_work() as uow:
        return Answer(data=timelines.restore_timeline(uow, session.actor, timeline_id, body.revision))


@router.get("/at/{revision}", responses=problems(409))
def get_timeline_at(
    timeline_id: Id, revision: Annotated[int, Path(ge=1, le=_LAST)], session: Signed
) -> Answer[CutThen]:
    """A cut by hand as it was at a revision, with what is known of the media that was in it."""
    with reading() as uow:
        then = cut(timelines.timeline_at(uow, session.actor, timeline_id, revision))
        known = timelines.media_of(uow, session.actor, timeline_id, revision=revision)
    return Answer(data=CutThen(**dict(then), media=timelines.with_renditions(known, storage())))


@router.get("/compare", responses=problems(409))
def compare_revisions(timeline_id: Id, session: Signed, first: At, second: At) -> Several[ClipChange]:
    """What became of each clip between two revisions of a cut by hand."""
    with reading() as uow:
        return several(timelines.compare(uow, session.actor, timeline_id, first, second))


@router.get("/behind", responses=problems())
def cut_behind_board(timeline_id: Id, session: Signed) -> Answer[Behind]:
    """How many shots are different on the board from when a cut by hand was begun, or last merged with it."""
    with reading() as uow:
        return Answer(data=Behind(shots=timelines.behind_board(uow, session.actor, timeline_id)))
