"""The page on which a person's keys are changed: what is shown, one key pressed anew, whole tables."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import reflex as rx

from state.bridge import read, write
from state.gate import handler
from state.keys.table import ACTS, BY_ID, ROOM_NAMES, Act, KeysState
from state.live import LiveState
from state.notices import NoticesState
from state.session import SessionState
from studio.accounts import service as accounts
from studio.accounts.keys.presets import PRESETS
from studio.accounts.views import KeyTable
from studio.core.errors import Conflict, Invalid

RoomName = Literal["cut", "draw", "board", "shell"]


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One act: `held` are its keys, `own` when the person changed them."""

    id: str
    words: str
    held: list[str]
    own: bool
    fixed: bool


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Acts that belong together."""

    id: str
    room: str
    title: str
    rows: list[KeyRow]


@dataclass(frozen=True, slots=True)
class Clash:
    """What is said beside an act whose key could not be set; `takes` when it can be taken from another."""

    act: str = ""
    key: str = ""
    also: bool = False
    text: str = ""
    takes: bool = False


@dataclass(frozen=True, slots=True)
class PresetItem:
    """A table one can begin from."""

    name: str
    title: str
    told: str


class KeyPageState(rx.State):
    """The keys page of one tab."""

    loaded: bool = False
    room: str = "cut"
    words: str = ""
    pressed: str = ""
    groups: list[KeyGroup] = []
    preset: str = "inkreel"
    changed: int = 0
    clash: Clash = Clash()
    presets: list[PresetItem] = [PresetItem(p.name, p.title, p.told) for p in PRESETS.values()]
    _table: KeyTable | None = None

    @handler()
    async def load(self) -> None:
        await (await self.get_state(SessionState))._fill()
        await (await self.get_state(LiveState))._follow([], "")
        self.words, self.pressed, self.clash = "", "", Clash()
        await self._take(await read(accounts.get_keys))
        self.loaded = True

    @handler()
    async def show(self, room: RoomName) -> None:
        self.room, self.words, self.pressed = room, "", ""
        self._fill()

    @handler()
    async def search(self, words: str) -> None:
        """Find acts by what they do."""
        self.words, self.pressed = words[:60], ""
        self._fill()

    @handler()
    async def search_key(self, form: dict[str, str]) -> None:
        """Find what a pressed key does."""
        self.pressed, self.words = form.get("key", "")[:40], ""
        self._fill()

    @handler()
    async def press(self, form: dict[str, str]) -> None:
        """The key that was pressed for an act, instead of those it has."""
        await self._set(form.get("act", ""), form.get("key", ""))

    @handler()
    async def add(self, form: dict[str, str]) -> None:
        """One more key for an act."""
        await self._set(form.get("act", ""), form.get("key", ""), also=True)

    @handler()
    async def take(self) -> None:
        """Take the key from the act that has it."""
        clash = self.clash
        if clash.takes:
            await self._set(clash.act, clash.key, also=clash.also, take=True)

    @handler()
    async def leave(self) -> None:
        self.clash = Clash()

    @handler()
    async def clear(self, act: str) -> None:
        """No key for an act."""
        await self._set(act, "")

    @handler()
    async def put_back(self, act: str) -> None:
        """One act as it is in the table, or all of them (`act` "")."""
        self.clash = Clash()
        await self._take(await write(accounts.reset_keys, act), act)
        if not act:
            (await self.get_state(NoticesState))._tell(
                "ok", f"All keys are as “{PRESETS[self.preset].title}” has them."
            )

    @handler()
    async def use(self, preset: str) -> None:
        self.clash = Clash()
        await self._take(await write(accounts.use_preset, preset))

    async def _set(self, act: str, key: str, *, also: bool = False, take: bool = False) -> None:
        self.clash = Clash()
        try:
            table = await write(accounts.set_key, act, key, also=also, take=take)
        except (Conflict, Invalid) as e:
            self.clash = Clash(act, key, also, e.message, isinstance(e, Conflict))
            return
        await self._take(table, act)

    async def _take(self, table: KeyTable, act: str = "") -> None:
        """Show a table, with what there is to know about the key just set."""
        self._table, self.preset, self.changed = table, table.preset, len(table.own)
        if table.told:
            self.clash = Clash(act, text=table.told)
        (await self.get_state(KeysState))._take(table)
        self._fill()

    def _fill(self) -> None:
        acts = [act for act in ACTS if self._shown(act)]
        self.groups = [
            KeyGroup(f"{room}-{group}", ROOM_NAMES[room], group, [self._row(act) for act in rows])
            for (room, group), rows in groupby(acts, key=lambda act: (act.room, act.group))
        ]

    def _shown(self, act: Act) -> bool:
        if self.pressed:
            return self.pressed in self._keys(act) or f"G {self.pressed}" in self._keys(act)
        if self.words.strip():
            said = f"{act.words} {act.group} {act.also}".lower()
            return all(word in said for word in self.words.lower().split())
        return act.room == self.room

    def _keys(self, act: Act) -> list[str]:
        return list(self._table.keys.get(act.id, ())) if self._table else []

    def _row(self, act: Act) -> KeyRow:
        own = self._table is not None and act.id in self._table.own
        return KeyRow(act.id, act.words, self._keys(act), own, BY_ID[act.id].fixed)
