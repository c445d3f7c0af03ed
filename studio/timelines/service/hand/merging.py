"""A cut by hand and its board: how far it is behind, and what is new on the board laid on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict
from studio.core.rising import longest_rising
from studio.engine.editing.merging import Note, merged
from studio.engine.timeline import from_document
from studio.projects import service as projects
from studio.timelines import repository
from studio.timelines.models import TimelineRow
from studio.timelines.service.hand.acting import Acting
from studio.timelines.views import MergeNote, MergeView

_OF_OTHERS = frozenset({"start", "name", "fade_in", "fade_out"})
"""What a clip has by the others around it: its place, its number, being the first or the last."""


def merge_board(uow: UnitOfWork, actor: Actor, timeline_id: str, *, dry_run: bool = False) -> MergeView:
    """Lay what changed on the board since the cut was begun, or last merged, on a cut by hand: one act, which can be undone.

    With `dry_run` only to see what would come. Nothing that was done by hand is lost.

    Raises:
        Conflict: it was not begun from a board (code "no_board"), or is not cut by hand.
        NotFound, Forbidden: the actor may not change the project.
    """
    act = Acting(uow, actor, timeline_id, trial=dry_run)
    live = _board_of(uow, act.row)
    if live is None or act.row.base is None:
        raise Conflict("This cut was not begun from a board, so nothing of one can come.", code="no_board")
    base, theirs = from_document(act.row.base["document"]), from_document(live.document)
    found = merged(base, theirs, act.timeline, act.available(theirs))
    act.merged_with({"revision": live.revision, "document": live.document})
    edit = {"op": "merge", "board": live.revision}
    done = act.keep(found.timeline, kind="merge", label="take what is new on the board", edit=edit)
    return MergeView(done, tuple(map(_note, found.taken)), tuple(map(_note, found.conflicts)))


def behind_board(uow: UnitOfWork, actor: Actor, timeline_id: str) -> int:
    """How many shots are different on the board from when a cut by hand was begun or last merged. Raises: NotFound."""
    row = repository.get_head(uow, timeline_id)
    projects.get_project(uow, actor, row.project_id)
    if row.status != repository.EDIT or row.script_id is None:
        return 0
    merged_at = repository.base_revision(uow, timeline_id)
    if merged_at is None or repository.live_revision(uow, row.script_id) in (None, merged_at):
        return 0
    live = _board_of(uow, row)
    return _different(_shots(row.base["document"]), _shots(live.document)) if live and row.base else 0


def _board_of(uow: UnitOfWork, row: TimelineRow) -> TimelineRow | None:
    return repository.find_live(uow, row.script_id) if row.script_id else None


def _shots(document: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """What a document shows and lets hear of each shot, in order; not where it stands and what others make of it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for track in document["tracks"]:
        for clip in track.get("clips", ()):
            if link := clip.get("link"):
                found.setdefault(link, []).append({name: held for name, held in clip.items() if name not in _OF_OTHERS})
    return found


def _different(was: Mapping[str, Any], now: Mapping[str, Any]) -> int:
    stayed = [link for link in now if link in was]
    place = {link: n for n, link in enumerate(was)}
    steady = longest_rising(stayed, [place[link] for link in stayed])
    return len(was.keys() | now.keys()) - sum(1 for link in steady if was[link] == now[link])


def _note(note: Note) -> MergeNote:
    return MergeNote(note.clip, note.name, note.became, note.sentence)
