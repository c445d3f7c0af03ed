"""Editing the board: fields of the chosen shot, shots that are marked, and what is done to them; every act is kept at once."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from state.board.board import BoardState
from state.board.undoable import UndoState
from state.bridge import read, write
from state.gate import handler
from state.notices import NoticesState
from studio.core.errors import Invalid, StudioError
from studio.engine.artist.spec import Angle, Light, Move, ShotType, Size, Style
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.storyboards.views import BoardEdit, ShotFields

Name = Literal["size", "type", "angle", "move", "light", "lens", "seconds", "description"]
Side = Literal["before", "after"]
Hand = Literal["marker", "pencil", "ink", "blueprint"]
_KINDS: dict[str, Any] = {"size": Size, "type": ShotType, "angle": Angle, "move": Move, "light": Light}
_MARKED = 200


class BoardEditState(rx.State):
    """What of the board is marked, and which shot's menu is open."""

    marked: list[str] = []
    menu: str = ""
    turns: int = 0  # counts refused changes: fields are printed anew as they are

    @handler()
    async def change(self, name: Name, value: str) -> None:
        board = await self.get_state(BoardState)
        if value == getattr(board.shot.fields, name, board.shot.size):
            return
        try:
            fields = await self._fields(board, name, value)
            await self._done(await write(storyboards.change_shot, board.shot.id, fields))
        except StudioError:
            self.turns += 1
            raise

    @handler()
    async def follow_voice(self) -> None:
        """Let the shot be as long as what is said in it, now and when it is voiced anew."""
        board = await self.get_state(BoardState)
        await self._done(await write(storyboards.change_shot, board.shot.id, ShotFields(timed=False)))

    @handler()
    async def cast(self, name: str) -> None:
        """Put somebody into the shot, or take them out."""
        board = await self.get_state(BoardState)
        there = [person.name for person in board.shot.fields.there]
        cast = [each for each in there if each != name] if name in there else [*there, name]
        await self._done(await write(storyboards.change_shot, board.shot.id, ShotFields(cast=tuple(cast))))

    @handler()
    async def press(self, shot_id: str, shift: bool, ctrl: bool) -> None:
        """A panel was clicked: chosen, marked besides (Ctrl), or marked up to there (Shift), besides what was (both)."""
        board = await self.get_state(BoardState)
        self.menu = ""
        shown = [card.id for group in board.groups for card in group.cards]
        begun = next((each for each in (*reversed(self.marked if ctrl else []), board.shot.id) if each in shown), "")
        if shift and begun and shot_id in shown:
            first, last = sorted((shown.index(begun), shown.index(shot_id)))
            reached = shown[first : last + 1]
            self.marked = [*(m for m in self.marked if ctrl and m not in reached), *reached][:_MARKED]
        elif ctrl:
            marked = self.marked or [board.shot.id] * (board.shot.id in shown)
            self.marked = [m for m in marked if m != shot_id] if shot_id in marked else [*marked, shot_id][:_MARKED]
        else:
            self.marked = []
            await board._choose(shot_id)
            board.sheet = True

    @handler()
    async def unmark(self) -> None:
        self.marked, self.menu = [], ""

    @handler()
    async def open_menu(self, shot_id: str) -> None:
        self.menu = "" if self.menu == shot_id else shot_id

    @handler()
    async def insert(self, shot_id: str, side: Side) -> None:
        board = await self.get_state(BoardState)
        scene_id = await self._scene_of(board, shot_id)
        near = {"before_id": shot_id} if side == "before" else {"after_id": shot_id}
        await self._done(await write(storyboards.insert_shot, board._script_id, scene_id, **near), choose=True)

    @handler()
    async def add(self) -> None:
        """A new shot at the end of the scene on view."""
        board = await self.get_state(BoardState)
        edit = await write(storyboards.insert_shot, board._script_id, board.head.scene_id)
        await self._done(edit, choose=True)

    @handler()
    async def split(self, shot_id: str) -> None:
        await self._done(await write(storyboards.split_shot, shot_id), choose=True)

    @handler()
    async def duplicate(self, shot_id: str) -> None:
        board = await self.get_state(BoardState)
        ids = self._meant(shot_id) if shot_id else self.marked or [board.shot.id]
        await self._done(await write(storyboards.duplicate_shots, board._script_id, ids), choose=True)

    @handler()
    async def delete(self, shot_id: str) -> None:
        board = await self.get_state(BoardState)
        ids = self._meant(shot_id) if shot_id else self.marked or [board.shot.id]
        await self._done(await write(storyboards.delete_shots, board._script_id, ids), offer=True)

    @handler()
    async def merge(self) -> None:
        board = await self.get_state(BoardState)
        await self._done(await write(storyboards.merge_shots, board._script_id, self.marked), choose=True)

    @handler()
    async def move_to(self, position: str) -> None:
        """Put what is marked at the end of a scene."""
        board = await self.get_state(BoardState)
        scene = next((s.id for s in board._board if str(s.position) == position), "")
        await self._done(await write(storyboards.move_shots, board._script_id, self.marked, scene))

    @handler()
    async def drop(self, form: dict[str, Any]) -> None:
        """A panel (and all that is marked with it) was dragged before or after another one."""
        board = await self.get_state(BoardState)
        near, dragged = str(form.get("near", "")), str(form.get("shot", ""))
        ids = self._meant(dragged)
        if near in ids:
            return
        scene_id = await self._scene_of(board, near)
        place = {"before_id": near} if form.get("side") == "before" else {"after_id": near}
        await self._done(await write(storyboards.move_shots, board._script_id, ids, scene_id, **place))

    @handler()
    async def redraw(self) -> None:
        board = await self.get_state(BoardState)
        await write(storyboards.redraw_panels, board._script_id, self.marked[:_MARKED])
        self.marked = []
        await board._look()

    @handler()
    async def lock(self) -> None:
        board = await self.get_state(BoardState)
        head = board.head
        await self._done(await write(storyboards.lock_numbers, board._script_id, head.scene_id, locked=not head.locked))

    @handler()
    async def restyle(self, style: Hand) -> None:
        board = await self.get_state(BoardState)
        await self._done(await write(storyboards.change_style, board._script_id, Style(style)))

    @handler()
    async def undo(self) -> None:
        board = await self.get_state(BoardState)
        await self._done(await write(storyboards.undo, board._script_id), choose=True, said="Undone")

    @handler()
    async def redo(self) -> None:
        board = await self.get_state(BoardState)
        await self._done(await write(storyboards.redo, board._script_id), choose=True, said="Done again")

    def _meant(self, shot_id: str) -> list[str]:
        """What is marked, if this shot is; else this shot."""
        return self.marked if shot_id in self.marked else [shot_id]

    async def _fields(self, board: BoardState, name: Name, value: str) -> ShotFields:
        if name in _KINDS:
            try:
                return ShotFields(**{name: _KINDS[name](value)})
            except ValueError as e:
                raise Invalid("There is no such choice.", field=name) from e
        if name == "description":
            return ShotFields(description=value)
        try:
            number = float(value.strip().removesuffix("mm").removesuffix("s").replace(",", "."))
        except ValueError as e:
            raise Invalid("Type a number, such as 35 or 2.5.", field=name) from e
        if name == "lens":
            return ShotFields(lens_mm=number)
        project = await read(scripts.project_of, board._script_id)
        return ShotFields(frames=project.rate.frames(number) if 0 < number < 10_000 else 0)

    async def _scene_of(self, board: BoardState, shot_id: str) -> str:
        card = await read(storyboards.get_card, shot_id)
        return next((s.id for s in board._board if s.position == card.scene), "")

    async def _done(self, edit: BoardEdit, *, choose: bool = False, offer: bool = False, said: str = "Saved") -> None:
        """Show the board as it is now; `choose` the first shot the act was about, `offer` to undo it in a notice."""
        self.marked, self.menu = [], ""
        board, undoing = await self.get_state(BoardState), await self.get_state(UndoState)
        await board._look()
        undoing.saved = f"{said}: {edit.label}" if edit.seq is not None else undoing.saved
        if choose and edit.shots and board._on_view(edit.shots[0].shot_id):
            await board._choose(edit.shots[0].shot_id)
        elif any(card.shot_id == board.shot.id for card in edit.shots):
            await board._choose(board.shot.id)
        if offer and edit.seq is not None:
            notices = await self.get_state(NoticesState)
            text = f"{edit.label.removeprefix('delete ')} taken off the board."
            notices._tell("ok", text, undo="Undo", act="undo_board", args=[board._script_id, edit.seq])
