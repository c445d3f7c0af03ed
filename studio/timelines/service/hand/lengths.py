"""How long shots are in a cut by hand and on its board: told where they differ, and given to the board."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline
from studio.projects import service as projects
from studio.storyboards import service as storyboards
from studio.timelines import repository
from studio.timelines.models import TimelineRow
from studio.timelines.service import documents
from studio.timelines.service.hand.acting import Acting
from studio.timelines.views import LengthsGiven, ShotLength

_SHOT = "shot:"
_AT_ONCE = 200


def list_lengths(uow: UnitOfWork, actor: Actor, timeline_id: str) -> tuple[ShotLength, ...]:
    """The shots of a cut by hand that are longer or shorter on its board, in the order of the board. Raises: NotFound."""
    row = repository.get_head(uow, timeline_id)
    project = projects.get_project(uow, actor, row.project_id)
    return _different(uow, actor, row, documents.timeline_of(uow, row), project.rate)


def give_lengths(uow: UnitOfWork, actor: Actor, timeline_id: str, shots: Collection[str] | None = None) -> LengthsGiven:
    """Give shots of the board the lengths they have in a cut, or all that differ: one act of the board, undone there.

    Shots in which more is said than fits keep theirs, and why is told.

    Raises:
        Conflict: the cut was not begun from a board, or is not cut by hand, or no length is different.
        NotFound, Forbidden: the actor may not change the project.
    """
    act = Acting(uow, actor, timeline_id)
    script_id, live = act.row.script_id, repository.find_live(uow, act.row.script_id or "")
    if script_id is None or live is None:
        raise Conflict("This cut was not begun from a board, so there is none to give lengths to.", code="no_board")
    rate = projects.get_project(uow, actor, act.row.project_id).rate
    found = _different(uow, actor, act.row, act.timeline, rate)
    wanted = [each for each in found if shots is None or each.shot_id in shots][:_AT_ONCE]
    if not wanted:
        raise Conflict("These shots are as long on the board already.", code="same_lengths")
    even = repository.base_revision(uow, act.row.id) == live.revision
    lengths = {each.shot_id: each.in_cut for each in wanted}
    edit, refused = storyboards.time_shots(uow, actor, script_id, lengths)
    uow.settle()
    if even:  # what the board has of this cut is not new to it
        act.merged_with({"revision": live.revision, "document": live.document})
        act.keep(act.timeline, kind="lengths", label=edit.label, edit={"op": "lengths"})
    given = tuple(each for each in wanted if each.shot_id not in refused)
    kept = tuple(_why(each, refused[each.shot_id]) for each in wanted if each.shot_id in refused)
    return LengthsGiven(given, kept, edit.seq, edit.label)


def _different(
    uow: UnitOfWork, actor: Actor, row: TimelineRow, timeline: Timeline, rate: Rate
) -> tuple[ShotLength, ...]:
    if row.status != repository.EDIT or row.script_id is None or repository.base_revision(uow, row.id) is None:
        return ()
    lasting = _lengths(timeline)
    scale = rate.fps / timeline.rate.fps
    return tuple(
        ShotLength(shot_id, number, on_board, in_cut, rate)
        for shot_id, (number, on_board) in storyboards.shot_lengths(uow, actor, row.script_id).items()
        if shot_id in lasting and (in_cut := max(1, round(lasting[shot_id] * scale))) != on_board
    )


def _lengths(timeline: Timeline) -> dict[str, int]:
    """Frames of each shot in a cut: from where it begins for as long as its clips touch each other."""
    found: dict[str, int] = {}
    for track in timeline.tracks:
        if track.role == "picture":
            for link, frames in _runs(track.clips):
                found.setdefault(link.removeprefix(_SHOT), frames)
    return found


def _runs(clips: Collection[Clip]) -> Iterator[tuple[str, int]]:
    last: Clip | None = None
    frames = 0
    for clip in clips:
        goes_on = last is not None and clip.link == last.link and clip.start == last.end
        if last is not None and not goes_on:
            yield last.link, frames
        frames = frames + clip.frames if goes_on else clip.frames
        last = clip
    if last is not None:
        yield last.link, frames


def _why(length: ShotLength, problem: str) -> ShotLength:
    return ShotLength(length.shot_id, length.number, length.on_board, length.in_cut, length.rate, problem)
