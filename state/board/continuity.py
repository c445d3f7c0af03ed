"""The continuity warnings of the open board: counted in its head, explained in a sheet, marked on the cards."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from state.bridge import read, write
from state.gate import handler
from state.hub import News
from state.notices import NoticesState
from state.project import ProjectState
from studio.storyboards import service as storyboards
from studio.storyboards.views import ContinuityWarning

_SHOWN = 60
_MARKS = {
    "axis": "Crosses the line from",
    "direction": "Turns round after",
    "turn": "Jump from",
    "eyeline": "Eyes miss",
    "jump": "Big jump from",
    "wardrobe": "Other clothes than",
}
_MATTERS = frozenset({"board", "continuity", "breakdown", "script"})


@dataclass(frozen=True, slots=True)
class Item:
    """A warning in the sheet: between which shots, what it is, why; `meant` is the reason why it is so, or ""."""

    id: str
    shot_id: str
    pair: str
    mark: str
    told: str
    meant: str


class ContinuityState(rx.State):
    """The warnings of one tab's board."""

    told: str = ""
    items: list[Item] = []
    meant: list[Item] = []
    marks: dict[str, str] = {}
    _project_id: str = ""
    _script_id: str = ""

    @handler()
    async def dismiss(self, form: dict[str, str]) -> None:
        warning_id = form.get("warning_id", "")
        found = await write(storyboards.dismiss_warning, self._script_id, warning_id, form.get("reason", ""))
        await self._read()
        text = f"{found.first_number} to {found.number} is meant so."
        notices = await self.get_state(NoticesState)
        notices._tell("ok", text, undo="Undo", act="recall_warning", args=[self._script_id, warning_id])

    @handler()
    async def recall(self, warning_id: str) -> None:
        await write(storyboards.recall_warning, self._script_id, warning_id)
        await self._read()

    async def _open(self, project_id: str, script_id: str) -> None:
        self._project_id, self._script_id = project_id, script_id
        await self._read()

    async def _hear(self, news: News) -> None:
        mine = (await self.get_state(ProjectState)).open_id == self._project_id
        if mine and self._script_id and (news.all or news.changed & _MATTERS):
            await self._read()

    async def _read(self) -> None:
        found = await read(storyboards.list_warnings, self._script_id) if self._script_id else ()
        live = [one for one in found if not one.dismissed]
        self.told = _told(live)
        self.items = [_item(one) for one in live[:_SHOWN]]
        self.meant = [_item(one) for one in found if one.dismissed][:_SHOWN]
        self.marks = {one.shot_id: _mark(one) for one in reversed(live)}


def _told(live: list[ContinuityWarning]) -> str:
    if len(live) == 1:
        return f"1 continuity warning, {live[0].first_number} to {live[0].number}"
    return f"{len(live):,} continuity warnings" if live else ""


def _mark(one: ContinuityWarning) -> str:
    return f"{_MARKS[one.rule]} {one.first_number}"


def _item(one: ContinuityWarning) -> Item:
    return Item(one.id, one.shot_id, f"{one.first_number} to {one.number}", _mark(one), one.told, one.reason)
