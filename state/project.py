"""The project this tab has open: what every room's bars show, and the way into a room."""

from __future__ import annotations

import time
from dataclasses import dataclass

import reflex as rx

from state.bridge import read
from state.hub import News
from state.live import LiveState, clock
from state.session import SessionState
from state.sparing import Sparing
from studio.core.errors import NotFound
from studio.core.links import media_link
from studio.engine.time import Rate
from studio.thread import service as thread
from studio.thread.views import ProjectCard, ProjectHome


@dataclass(frozen=True, slots=True)
class Pip:
    """One stage in the bar: `state` none, part or done."""

    name: str
    href: str
    state: str
    told: str


class ProjectState(Sparing, rx.State):
    """The open project, for the bars of every room."""

    open_id: str = ""
    name: str = ""
    role: str = ""
    may_edit: bool = False
    may_manage: bool = False
    away: bool = False
    poster: str = ""
    length: str = ""
    aspect: str = ""
    rate: str = ""
    pips: list[Pip] = []
    found: bool = True
    _read_at: float = 0.0

    async def _enter(self, room: str, *also: type[rx.State], panel: str = "") -> ProjectHome | None:
        """Open the project the address names in a room and follow it; None when there is none for this person."""
        await (await self.get_state(SessionState))._fill()
        project_id = str(getattr(self, "project_id", "") or "")
        home = await self._read(project_id)
        if home is not None:
            await (await self.get_state(LiveState))._follow([project_id], room, ProjectState, *also, panel=panel)
        return home

    async def _read(self, project_id: str) -> ProjectHome | None:
        try:
            home = await read(thread.get_home, project_id)
        except NotFound:
            self._lose()
            return None
        await self._show(home.card)
        return home

    def _lose(self) -> None:
        self.found, self.open_id, self.name = False, "", ""

    async def _show(self, card: ProjectCard) -> None:
        self._read_at = time.monotonic()
        self.found, self.open_id, self.name, self.role, self.away = True, card.id, card.name, card.role, card.away
        self.may_manage = card.role == "owner" or (await self.get_state(SessionState)).is_admin
        self.may_edit = (card.role in ("owner", "editor") or self.may_manage) and not card.away
        self.poster = media_link(card.id, card.poster_sha256, "thumbnail") if card.poster_sha256 else ""
        self.length, self.aspect, self.rate = clock(card.length_s), card.aspect, Rate.parse(card.rate).said
        self.pips = [
            Pip(s.name.title(), _room(card.id, s.name), s.state, f"{s.count} of {s.total} {s.unit}")
            for s in card.stages
        ]

    async def _hear(self, news: News) -> None:
        """Read the bars again when something has changed in them; while panels arrive, once a second is enough."""
        due = bool(news.runs or news.changed) and time.monotonic() - self._read_at > 1.0
        if self.open_id and (news.settled or due):
            try:
                await self._show(await read(thread.get_card, self.open_id))
            except NotFound:
                self._lose()


def _room(project_id: str, stage: str) -> str:
    page = {"script": "script", "board": "board"}.get(stage, "renders")
    return f"/p/{project_id}/{page}"
