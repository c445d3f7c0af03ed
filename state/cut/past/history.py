"""The history of a cut: who did what and when, how it was at any revision, versions kept under a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from state.bridge import read, write
from state.cut.room import CutRoomState
from state.gate import actor, handler
from state.hub import News
from state.live import ago
from state.notices import NoticesState
from state.session import initials
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.thread.views import ProjectHome
from studio.timelines import service as timelines
from studio.timelines.views import Act, VersionView

_PAGE = 30
_MOST_PAGES = 20
_ACTS = {"undo": "Undid: ", "redo": "Did again: "}


@dataclass(frozen=True, slots=True)
class Line:
    """An act: `revision` is what it led to, `hour` is said above the first of an hour. `mine` is one's own and holds, `off` is
    undone."""

    revision: int
    hour: str
    initials: str
    by: str
    told: str
    when: str
    mine: bool
    off: bool


@dataclass(frozen=True, slots=True)
class Version:
    """The cut as it was, kept under a name."""

    id: str
    revision: int
    name: str
    told: str


class CutHistoryState(rx.State):
    """The sheet with the history of the open cut. `at` is the revision on view, 0 is now."""

    lines: list[Line] = []
    versions: list[Version] = []
    more: bool = False
    loaded: bool = False
    latest: int = 1
    at: int = 0
    told: str = ""
    _cut: str = ""
    _pages: int = 1

    @handler()
    async def show(self) -> None:
        self._pages = 1
        await self._list()

    @handler()
    async def older(self) -> None:
        self._pages = min(self._pages + 1, _MOST_PAGES)
        await self._list()

    @handler()
    async def see(self, revision: int) -> None:
        """The page shows the cut as it was at a revision; 0 is now."""
        self.at, self.told = 0, ""
        if revision > 0 and self._cut:
            acts = (await read(timelines.list_edits, self._cut, before=revision + 1, limit=1)).items
            if revision > self.latest or (acts and acts[0].revision > revision):
                raise NotFound("This cut has no such revision.")
            self.at = revision
            self.told = _at(acts[0]) if acts else "As it was begun"

    @handler()
    async def put_back(self) -> None:
        """Make what is on view the cut; the notice says how to take that back."""
        at, self.at, self.told = self.at, 0, ""
        await write(timelines.restore_timeline, self._cut, at)
        await (await self.get_state(CutRoomState))._tell()
        await self._list()
        notices = await self.get_state(NoticesState)
        notices._tell("ok", "The cut is as it was then. Ctrl Z takes that back.")

    @handler()
    async def undo(self, revision: int) -> None:
        """Take back an act of one's own, whatever was done since; refused with what stands in the way."""
        await write(timelines.undo, self._cut, revision=revision)
        await (await self.get_state(CutRoomState))._tell()
        await self._list()

    @handler()
    async def keep(self, form: dict[str, Any]) -> None:
        """Keep the cut as it is now under a name."""
        await write(timelines.save_version, self._cut, str(form.get("name", "")))
        await self._list()

    @handler()
    async def open_copy(self, revision: int) -> None:
        """A cut of its own of how this one was at a revision, and open it."""
        room = await self.get_state(CutRoomState)
        card = await read(timelines.get_card, self._cut)
        kept = next((v.name for v in self.versions if v.revision == revision), f"revision {revision}")
        name = f"{card.name[:60]}, {kept[:35]}"
        made = await write(timelines.branch_timeline, self._cut, revision, name=name)
        await room._list(made.id)

    async def _open(self, _home: ProjectHome) -> None:
        """Nothing is read before the sheet is shown."""

    async def _look(self, cut: str, _chosen: tuple[str, ...]) -> None:
        if cut == self._cut:
            return
        shown = self.loaded and cut != ""
        self.reset()
        self._cut = cut
        if shown:
            await self._list()

    async def _hear(self, news: News) -> None:
        if self.loaded and self._cut and (news.all or "cut" in news.changed):
            try:
                await self._list()
            except NotFound:
                self.reset()

    async def _list(self) -> None:
        if not self._cut:
            return
        acts, self.latest, self.more, versions = await read(_listed, self._cut, self._pages)
        self.lines = _lines(acts, actor().user_id)
        self.versions = [_version(each, actor().user_id) for each in versions]
        self.loaded = True


def _listed(
    uow: UnitOfWork, who: Actor, timeline_id: str, pages: int
) -> tuple[list[Act], int, bool, tuple[VersionView, ...]]:
    """Acts newest first, the newest revision, whether there are older ones, and the versions."""
    acts: list[Act] = []
    while len(acts) < pages * _PAGE:
        before = acts[-1].revision if acts else None
        found = timelines.list_edits(uow, who, timeline_id, before=before, limit=min(100, pages * _PAGE - len(acts)))
        acts += found.items
        if not found.items:
            break
    latest = timelines.get_card(uow, who, timeline_id).revision
    return acts, latest, bool(acts) and acts[-1].revision > 2, timelines.list_versions(uow, who, timeline_id)


def _lines(newest_first: Sequence[Act], me: str) -> list[Line]:
    off = set[int]()
    for act in reversed(newest_first):
        if act.of is not None and act.kind in _ACTS:
            (off.add if act.kind == "undo" else off.discard)(act.of)
    lines: list[Line] = []
    said = ""
    for act in newest_first:
        hour = _hour(act.at)
        told = _ACTS.get(act.kind, "") + act.label
        by = "You" if act.by == me else act.by_name
        line = Line(
            act.revision,
            hour if hour != said else "",
            initials(act.by_name),
            by,
            told[:1].upper() + told[1:],
            f"{act.at.astimezone():%H:%M}",
            act.by == me and act.kind not in _ACTS and act.revision not in off,
            act.revision in off,
        )
        said = hour
        lines.append(line)
    return lines


def _hour(at: datetime) -> str:
    """The hour somebody acted in, as it is said above its acts."""
    here, today = at.astimezone(), datetime.now().astimezone().date()
    days = (today - here.date()).days
    day = "Today" if days == 0 else "Yesterday" if days == 1 else f"{here:%-d %b %Y}"
    return f"{day}, {here:%H}:00"


def _at(act: Act) -> str:
    told = _ACTS.get(act.kind, "") + act.label
    return f"{told[:1].upper()}{told[1:]}, {act.by_name}, {ago(act.at)}"


def _version(version: VersionView, me: str) -> Version:
    by = "you" if version.by == me else version.by_name
    return Version(version.id, version.revision, version.name, f"by {by}, {ago(version.at)}")
