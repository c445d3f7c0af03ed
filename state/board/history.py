"""The history of the project, on the board: who did what and when, one's own acts undone, a scene put back to a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from state.board.board import BoardState
from state.board.editing import BoardEditState
from state.bridge import read, write
from state.gate import actor, handler
from state.live import ago
from state.session import initials
from studio.audit import service as audit
from studio.audit.views import EntryView
from studio.core.errors import NotFound
from studio.storyboards import service as storyboards
from studio.thread import service as thread

_PAGE = 30
_ACTS = {"undo": "Undid: ", "redo": "Did again: "}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history; `mine` can be undone, `at` is its moment as a scene is put back to it; `shots` says that the act
    was one on shots."""

    seq: int
    at: str
    initials: str
    by: str
    told: str
    when: str
    mine: bool
    shots: bool


class BoardHistoryState(rx.State):
    """The sheet with the history of the project: its board, its script, its name and people."""

    entries: list[Entry] = []
    more: bool = False
    loaded: bool = False
    _pages: int = 1

    @handler()
    async def show(self) -> None:
        self._pages = 1
        await self._look()

    @handler()
    async def older(self) -> None:
        self._pages += 1
        await self._look()

    @handler()
    async def undo(self, seq: int) -> None:
        board, editing = await self.get_state(BoardState), await self.get_state(BoardEditState)
        record = next((entry for entry in self.entries if entry.seq == seq), None)
        if record is not None and not record.shots:
            await write(thread.undo_entry, board._project_id, seq)
            await board._look()
        else:
            await editing._done(await write(storyboards.undo, board._script_id, seq=seq), choose=True, said="Undone")
        await self._look()

    @handler()
    async def rewind(self, seq: int) -> None:
        """Put the scene on view back to how it was just after an act."""
        board, editing = await self.get_state(BoardState), await self.get_state(BoardEditState)
        at = next((entry.at for entry in self.entries if entry.seq == seq), "")
        if not at:
            raise NotFound("That is not in the history any more. Open it again.")
        await editing._done(
            await write(storyboards.rewind_scene, board._script_id, board.head.scene_id, datetime.fromisoformat(at))
        )
        await self._look()

    async def _look(self) -> None:
        board = await self.get_state(BoardState)
        asked: dict[str, Any] = {"limit": _PAGE}
        found: list[EntryView] = []
        for page in range(1, min(self._pages, 20) + 1):
            seen = await read(audit.list_entries, board._project_id, page=page, **asked)
            found += seen.items
            self.more = seen.total > len(found)
        mine = await read(thread.undoable_entries, board._project_id)
        me = actor().user_id
        self.entries = [
            _entry(e, me=e.actor_id == me, undoable=e.seq in mine)
            for before, e in zip([None, *found], found, strict=False)
            if before is None or not _goes_on(before, e)
        ]
        self.loaded = True


def _goes_on(later: EntryView, e: EntryView) -> bool:
    """Whether an entry is of the same writing as the later one above it: a scene is kept every few seconds while it is written."""
    return e.action == "words" == later.action and (e.actor_id, e.label) == (later.actor_id, later.label)


def _entry(e: EntryView, *, me: bool, undoable: bool) -> Entry:
    told = _ACTS.get(e.action, "") + e.label
    when = f"{ago(e.at)}, {e.at.astimezone():%H:%M}"
    by = "You" if me else e.by
    words = told[:1].upper() + told[1:]
    return Entry(e.seq, e.at.isoformat(), initials(e.by), by, words, when, undoable, e.entity == "board")
