"""What the person of this tab can undo and do again on the board, what was kept last, and the style all of it is drawn in."""

from __future__ import annotations

import reflex as rx

from state.bridge import read
from studio.storyboards import service as storyboards


class UndoState(rx.State):
    """The words on the undo and redo buttons; "" is nothing. `saved` is what was kept last in this tab."""

    undo: str = ""
    redo: str = ""
    saved: str = ""
    style: str = ""

    async def _look(self, script_id: str) -> None:
        found = await read(storyboards.undoable, script_id)
        self.undo, self.redo = found.undo, found.redo
        self.style = await read(storyboards.board_style, script_id)

    async def _has_undo(self, script_id: str) -> bool:
        """Whether something can be undone: shots that are all off the board can come back."""
        if script_id:
            await self._look(script_id)
        return bool(script_id and self.undo)
