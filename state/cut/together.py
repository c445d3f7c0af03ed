"""Together in a cut: where the others are, what they chose, and which clips somebody holds while dragging or typing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

import reflex as rx

from jobs.presence.together import Place
from state.bridge import read
from state.gate import handler, session
from state.hub import News, hub
from state.live import LiveState
from state.session import initials
from state.sparing import Sparing
from studio.core.errors import NotFound
from studio.projects import service as projects
from studio.thread.views import ProjectHome
from studio.timelines import service as timelines

Doing = Literal["moving", "typing"]
_MOST = 200
_LONGEST = 100
_SAID = {"moving": "is moving this", "typing": "is typing in this"}


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else in the cut; `held` are the clips they hold, `said` what they do with them, `beat` their last renewal."""

    id: str
    name: str
    initials: str
    tint: str
    frame: int
    clips: tuple[str, ...]
    held: tuple[str, ...]
    said: str
    beat: int


class CutTogetherState(Sparing, rx.State):
    """Nothing of it is kept: it is told to the other pages and forgotten."""

    others: list[Other] = []
    _cut: str = ""
    _frame: int = 0
    _clips: tuple[str, ...] = ()
    _held: tuple[str, ...] = ()
    _doing: str = ""
    _held_at: float = 0.0

    @handler()
    async def stand(self, frame: int, clips: list[str]) -> None:
        """Where the playhead is and what is chosen."""
        self._frame, self._clips = max(0, frame), _few(clips)
        if self._cut:
            await read(timelines.get_card, self._cut)
            await self._told()

    @handler()
    async def hold(self, clips: list[str], doing: Doing) -> None:
        """Hold clips for some seconds; those that somebody else holds are not held."""
        if not self._cut:
            return
        await read(projects.editable_project, (await read(timelines.get_card, self._cut)).project_id)
        page, wanted = self.router.session.client_token, _few(clips)
        dropped = [clip for clip in self._held if clip not in wanted]
        await hub.release(page, self._cut, dropped)
        self._held = await hub.hold(page, self._cut, wanted, session().user.id)
        self._doing, self._held_at = doing, time.time()
        await self._told()

    @handler()
    async def let_go(self) -> None:
        await self._let_go()

    async def _let_go(self) -> None:
        """Nothing is held any more; an edit lets go by itself, so that the page need not say so."""
        if self._held:
            await hub.release(self.router.session.client_token, self._cut, self._held)
            self._held, self._doing = (), ""
            await self._told()

    async def _open(self, _home: ProjectHome) -> None:
        """The room was opened: everybody in it is shown."""
        await self._told()
        await self._look_round()

    async def _look(self, cut: str, chosen: tuple[str, ...]) -> None:
        if (cut, chosen) == (self._cut, self._clips):
            return
        new = cut != self._cut
        if new:
            self._frame, self._held, self._doing, self.others = 0, (), "", []
        self._cut, self._clips = cut, chosen
        await self._told()
        if new:
            await self._look_round()

    async def _hear(self, news: News) -> None:
        if self._cut and (news.beside or news.here or news.all):
            await self._look_round()

    async def _told(self) -> None:
        """Tell the others where this page is."""
        if not self._cut:
            return
        who = session().user
        beat = round(self._held_at * 1000) if self._held else 0
        place = Place(who.id, who.display_name, self._frame, self._clips, self._held, self._doing, beat)
        await hub.stand(self.router.session.client_token, self._cut, place)

    async def _look_round(self) -> None:
        if not self._cut:
            self.others = []
            return
        try:
            await read(timelines.get_card, self._cut)
        except NotFound:
            self.others = []
            return
        tints = {guest.user_id: guest.tint for guest in (await self.get_state(LiveState)).here}
        me = session().user.id
        found = [place for place in await hub.beside(self._cut) if place.user_id != me]
        self.others = [_other(place, tints.get(place.user_id, f"a{i % 5}")) for i, place in enumerate(found)]


def _few(clips: list[str]) -> tuple[str, ...]:
    """Ids of clips as a page sends them: not too many, not too long."""
    return tuple(clip for clip in clips[:_MOST] if len(clip) <= _LONGEST)


def _other(place: Place, tint: str) -> Other:
    said = f"{place.name} {_SAID[place.doing]}" if place.doing in _SAID else ""
    return Other(
        place.user_id, place.name, initials(place.name), tint, place.frame, place.clips, place.held, said, place.beat
    )
