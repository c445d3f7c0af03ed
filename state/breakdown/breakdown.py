"""The breakdown room of one tab: which scene's sheet is open, and what a person does with it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from state.board import panels
from state.board.panels import Turn
from state.breakdown.printed import (
    Mark,
    PersonRow,
    Sheet,
    Strip,
    Tally,
    film_of,
    people_of,
    sheet_of,
    strips_of,
    tallies_of,
)
from state.bridge import read, write
from state.gate import handler
from state.hub import News
from state.notices import UNDO, NoticesState
from state.project import ProjectState
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Invalid
from studio.scripts import service as scripts
from studio.scripts.sheet.categories import LABELS, Category
from studio.scripts.sheet.views import BreakdownSheet, CastChart

UNDO["restore_tag"] = scripts.restore_tag

_VIEWS = ("sheet", "strips", "cast")
_LISTED = 60  # scenes in the list, and strips on the board, at a time


class BreakdownState(rx.State):
    """The breakdown of one tab."""

    loaded: bool = False
    missing: bool = False
    empty: bool = False  # never broken down
    view: str = "sheet"
    title: str = ""
    facts: str = ""
    files: str = ""
    sheet: Sheet = Sheet()
    editing: str = ""
    strips: list[Strip] = []
    turn: Turn = Turn()
    tallies: list[Tally] = []
    film: list[Mark] = []
    people: list[PersonRow] = []

    _project_id: str = ""
    _script_id: str = ""
    _position: int = 0
    _first: int = 0

    @handler()
    async def load(self) -> None:
        home = await (await self.get_state(ProjectState))._enter("breakdown", BreakdownState)
        if home is None:
            return
        script_id = home.script.id if home.script else ""
        if (home.card.id, script_id) != (self._project_id, self._script_id):
            self.reset()
            self._project_id, self._script_id = home.card.id, script_id
        self.missing = home.script is None
        if home.script is not None:
            self.title = home.script.title or home.script.name
            self.files = f"/api/v1/scripts/{script_id}/breakdown."
            asked = self.router.url.query_parameters
            self.view = asked.get("view", "") if asked.get("view", "") in _VIEWS else "sheet"
            self.editing = ""
            await self._look(asked.get("scene", ""))
        self.loaded = True

    @handler()
    async def turn_strips(self, by: int) -> None:
        """Earlier or later scenes in the list and on the board."""
        self._first = max(0, self._first + by * _LISTED)
        await self._look()

    @handler()
    async def suggest(self) -> None:
        found = await write(scripts.suggest_tags, self._script_id)
        told = f"{panels.counted(found, 'new suggestion')} from the script." if found else "Nothing new in the script."
        await self._tell(told)
        await self._look()

    @handler()
    async def keep_all(self) -> None:
        await write(scripts.keep_tags, self._script_id, self._position)
        await self._look()

    @handler()
    async def add(self, form: dict[str, Any]) -> None:
        name = str(form.get("name", "")).strip()
        if name:
            await write(scripts.add_tag, self._script_id, self._position, _category(form), name)
            await self._look()

    @handler()
    async def keep(self, tag_id: str) -> None:
        await write(scripts.keep_tag, tag_id)
        await self._look()

    @handler()
    async def dismiss(self, tag_id: str) -> None:
        tag = await write(scripts.dismiss_tag, tag_id)
        notices = await self.get_state(NoticesState)
        told = f"{tag.name} is off the sheet of scene {self.sheet.number}."
        notices._tell("ok", told, undo="Undo", act="restore_tag", args=[tag_id])
        await self._look()

    @handler()
    async def bring_back(self, tag_id: str) -> None:
        await write(scripts.restore_tag, tag_id)
        await self._look()

    @handler()
    async def edit(self, tag_id: str) -> None:
        """Open a chip to be renamed or moved; "" closes it."""
        self.editing = tag_id

    @handler()
    async def change(self, form: dict[str, Any]) -> None:
        """What the open chip says now."""
        await write(_changed, self.editing, _category(form), str(form.get("name", "")))
        self.editing = ""
        await self._look()

    @handler()
    async def set_day(self, form: dict[str, Any]) -> None:
        day = str(form.get("day", "")).strip()
        if day.upper() != self.sheet.day.upper():
            await write(scripts.set_script_day, self._script_id, self._position, day)
            await self._look()

    async def _hear(self, news: News) -> None:
        here = (await self.get_state(ProjectState)).open_id == self._project_id
        if here and self._script_id and (news.all or news.changed & {"breakdown", "script"}):
            await self._look()

    async def _look(self, asked: str = "") -> None:
        """Read what the open view shows; `asked` is the number of the scene to go to."""
        chart, sheet, self.empty = await read(_seen, self._script_id, asked, self._position)
        strips = chart.strips
        pages = panels.pages(sum(strip.eighths for strip in strips))
        self.facts = f"{panels.counted(len(strips), 'scene')} · {pages} pages"
        if asked:
            self._position = sheet.strip.position
            self._first = self._position // _LISTED * _LISTED
        self._position = sheet.strip.position
        self._first = min(self._first, max(0, len(strips) - 1) // _LISTED * _LISTED)
        self._show(sheet, chart)
        more = self._first + _LISTED < len(strips)
        self.turn = Turn("Earlier scenes" if self._first else "", "Later scenes" if more else "")

    def _show(self, sheet: BreakdownSheet, chart: CastChart) -> None:
        """Print what changed, and nothing that the open view does not show."""
        printed = sheet_of(sheet, chart.strips)
        if printed != self.sheet:
            self.sheet = printed
        strips = strips_of(chart.strips, self._first, _LISTED)
        if self.view == "cast":
            strips = strips_of(chart.strips, 0, len(chart.strips))
        if strips != self.strips:
            self.strips = strips
        self.tallies = tallies_of(chart.strips) if self.view == "strips" else []
        self.film = film_of(chart.strips) if self.view == "strips" else []
        self.people = people_of(chart) if self.view == "cast" else []

    async def _tell(self, text: str) -> None:
        (await self.get_state(NoticesState))._tell("ok", text)


def _seen(
    uow: UnitOfWork, actor: Actor, script_id: str, asked: str, position: int
) -> tuple[CastChart, BreakdownSheet, bool]:
    """The strips with their people, the sheet of a scene by its number or else its position, whether there are no tags."""
    chart = scripts.cast_by_scene(uow, actor, script_id)
    found = next((strip.position for strip in chart.strips if strip.number == asked), position)
    sheet = scripts.list_sheet(uow, actor, script_id, min(found, len(chart.strips) - 1))
    return chart, sheet, scripts.count_tags(uow, actor, script_id) == 0


def _changed(uow: UnitOfWork, actor: Actor, tag_id: str, category: Category, name: str) -> None:
    """Sort an element into a category and name it, in one transaction."""
    scripts.move_tag(uow, actor, tag_id, category)
    scripts.rename_tag(uow, actor, tag_id, name)


def _category(form: dict[str, Any]) -> Category:
    try:
        return Category(str(form.get("category", "")))
    except ValueError as e:
        raise Invalid(f"Choose one of {', '.join(LABELS.values())}.", field="category") from e
