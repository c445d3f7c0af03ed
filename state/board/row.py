"""The row of the chosen shot's panels: choosing one, one more, a copy, away, along the row, and how long it is shown."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from state.board.board import BoardState
from state.board.editing import BoardEditState
from state.bridge import read, write
from state.gate import handler
from studio.core.errors import Invalid, StudioError
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.storyboards.views import BoardEdit


class PanelRowState(rx.State):
    """What is done to the panels of the chosen shot; which one is looked at the board knows."""

    turns: int = 0  # counts refused lengths: fields are printed anew as they are

    @handler()
    async def choose(self, panel_id: str) -> None:
        board = await self.get_state(BoardState)
        await board._choose(board.shot.id, panel_id)

    @handler()
    async def add(self) -> None:
        """One more behind the chosen one: the end of the move, or the same once more."""
        shot = (await self.get_state(BoardState)).shot
        await self._done(await write(storyboards.add_panel, shot.id, after_id=shot.panel))

    @handler()
    async def copy_panel(self) -> None:
        """One more behind the chosen one, with its picture."""
        shot = (await self.get_state(BoardState)).shot
        await self._done(await write(storyboards.add_panel, shot.id, after_id=shot.panel, copy=True))

    @handler()
    async def delete(self) -> None:
        await self._done(await write(storyboards.delete_panel, (await self.get_state(BoardState)).shot.panel))

    @handler()
    async def shift(self, by: Literal[-1, 1]) -> None:
        """The chosen panel one place earlier or later."""
        shot = (await self.get_state(BoardState)).shot
        at = next((part.at for part in shot.panels if part.on), 0)
        await self._done(await write(storyboards.change_panel, shot.panel, position=max(at + by, 0)))

    @handler()
    async def drop(self, form: dict[str, Any]) -> None:
        """A panel was dragged to the place of another one."""
        board = await self.get_state(BoardState)
        near = next((each for each in board.shot.panels if each.id == form.get("near")), None)
        if near is not None and form.get("panel") != near.id:
            await self._done(await write(storyboards.change_panel, str(form.get("panel", "")), position=near.at))

    @handler()
    async def time(self, panel_id: str, typed: str) -> None:
        """Show a panel for so many seconds."""
        board = await self.get_state(BoardState)
        part = next((each for each in board.shot.panels if each.id == panel_id), None)
        if part is None or typed.strip() == part.seconds:
            return
        try:
            await self._done(await write(storyboards.change_panel, panel_id, frames=await self._frames(board, typed)))
        except StudioError:
            self.turns += 1
            raise

    async def _frames(self, board: BoardState, typed: str) -> int:
        try:
            seconds = float(typed.strip().removesuffix("s").replace(",", "."))
        except ValueError as e:
            raise Invalid("Type a number of seconds, such as 1.5.", field="frames") from e
        rate = (await read(scripts.project_of, board._script_id)).rate
        return rate.frames(seconds) if 0 < seconds < 10_000 else 0

    async def _done(self, edit: BoardEdit) -> None:
        """Show the board as it is now, with the panel the act was about."""
        board, editing = await self.get_state(BoardState), await self.get_state(BoardEditState)
        await editing._done(edit)
        await board._choose(board.shot.id, edit.panel_id or "")
