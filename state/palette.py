"""What the command palette found: acts of the room one is in, rooms, and what is in the projects."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from state.bridge import read
from state.gate import handler
from state.keys.table import Act, KeysState, of_room
from state.project import ProjectState
from studio.thread import service as thread
from studio.thread.views import SearchHit

_SHOWN = 12
_ACTS_SHOWN = 6
_ROOMS = ("home", "script", "breakdown", "board", "cut", "renders", "settings")
_WITH_ACTS = ("cut",)


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the list."""

    id: str
    kind: str
    title: str
    detail: str
    href: str


@dataclass(frozen=True, slots=True)
class ActHit:
    """An act of the room: the browser does it by its `by` and `name`; `key` is the first it has."""

    id: str
    name: str
    by: str
    words: str
    group: str
    key: str


class PaletteState(rx.State):
    """The hits for the words typed last."""

    hits: list[Hit] = []
    acts: list[ActHit] = []
    asked: bool = False

    @handler()
    async def find(self, text: str, room: str = "") -> None:
        text = text.strip()[:120]
        self.asked = bool(text)
        found = await read(thread.search, text, limit=_SHOWN) if text else ()
        keys = (await self.get_state(KeysState)).keys
        acts = _matching(text, of_room(room)) if text and room in _WITH_ACTS else []
        self.acts = [_act(act, keys.get(act.id, [])) for act in acts[:_ACTS_SHOWN]]
        rooms = await self._rooms(text, room) if text else []
        self.hits = [*rooms, *(_hit(h) for h in found)]

    async def _rooms(self, text: str, here: str) -> list[Hit]:
        """Other rooms of the open project that are called that."""
        project = await self.get_state(ProjectState)
        if not project.open_id:
            return []
        going = {act.name.removeprefix("go-"): act for act in of_room("shell") if act.lead}
        return [
            Hit(f"room-{room}", "room", going[room].words, project.name, _address(project.open_id, room))
            for room in _ROOMS
            if room != here and _matching(text, (going[room],))
        ]


def _matching(text: str, acts: tuple[Act, ...]) -> list[Act]:
    """Acts in which every word that was typed begins one, the nearest first: their words begin so, have it, or are meant by it."""
    typed = text.lower().split()

    def begins(said: str) -> bool:
        words = said.lower().split()
        return all(any(word.startswith(each) for word in words) for each in typed)

    def far(act: Act) -> int:
        return 0 if act.words.lower().startswith(text.lower()) else 1 if begins(act.words) else 2

    found = [act for act in acts if begins(f"{act.words} {act.name.replace('-', ' ')} {act.also}")]
    return sorted(found, key=far)


def _act(act: Act, keys: list[str]) -> ActHit:
    return ActHit(act.id, act.name, act.by, act.words, act.group, keys[0] if keys else "")


def _address(project_id: str, room: str) -> str:
    return f"/p/{project_id}" + ("" if room == "home" else f"/{room}")


def _hit(found: SearchHit) -> Hit:
    page = {"scene": f"/board?scene={found.number}", "shot": f"/board?shot={found.id}", "character": "/script"}.get(
        found.kind, ""
    )
    title = f"{found.number}  {found.title}" if found.number else found.title
    return Hit(f"{found.kind}-{found.id}", found.kind, title, found.detail, f"/p/{found.project_id}{page}")
