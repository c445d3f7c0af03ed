"""The history of the board: who did what and when, one's own acts undone, a scene put back to a moment."""

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

_PAGE = 30
_ACTS = {"undo": "Undid: ", "redo": "Did again: "}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history; `mine` can be undone, `at` is its moment as a scene is put back to it."""

    seq: int
    at: str
    initials: str
    by: str
    told: str
    when: str
    mine: bool


class BoardHistoryState(rx.State):
    """The sheet with the history of the board."""

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
        asked: dict[str, Any] = {"entity_id": board._script_id, "limit": _PAGE}
        found: list[EntryView] = []
        for page in range(1, min(self._pages, 20) + 1):
            seen = await read(audit.list_entries, board._project_id, page=page, **asked)
            found += seen.items
            self.more = seen.total > len(found)
        mine = await read(storyboards.undoable_entries, board._script_id)
        me = actor().user_id
        self.entries = [_entry(e, me=e.actor_id == me, undoable=e.seq in mine) for e in found]
        self.loaded = True


def _entry(e: EntryView, *, me: bool, undoable: bool) -> Entry:
    told = _ACTS.get(e.action, "") + e.label
    when = f"{ago(e.at)}, {e.at.astimezone():%H:%M}"
    by = "You" if me else e.by
    return Entry(e.seq, e.at.isoformat(), initials(e.by), by, told[:1].upper() + told[1:], when, undoable)
