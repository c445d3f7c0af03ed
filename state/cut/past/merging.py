"""What the board has new for the open cut: looked at first, then taken as one act that can be undone."""

from __future__ import annotations

import reflex as rx

from state.bridge import write
from state.cut.room import CutRoomState
from state.gate import handler
from studio.timelines import service as timelines
from studio.timelines.views import MergeView

_SHOWN = 60


class BoardMergeState(rx.State):
    """The sheet of the board's changes; `kept` are those the cut stays otherwise in."""

    loaded: bool = False
    taken: list[str] = []
    kept: list[str] = []
    more: int = 0

    @handler()
    async def look(self) -> None:
        self.loaded = False
        cut = (await self.get_state(CutRoomState)).cut
        self._show(await write(timelines.merge_board, cut, dry_run=True))
        self.loaded = True

    @handler()
    async def take(self) -> None:
        """Lay the board's changes on the cut."""
        room = await self.get_state(CutRoomState)
        self._show(await write(timelines.merge_board, room.cut))
        await room._tell()

    def _show(self, found: MergeView) -> None:
        self.taken = [note.sentence for note in found.taken[:_SHOWN]]
        self.kept = [note.sentence for note in found.conflicts[:_SHOWN]]
        self.more = max(0, len(found.taken) - _SHOWN) + max(0, len(found.conflicts) - _SHOWN)
