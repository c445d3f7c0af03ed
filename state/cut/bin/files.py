"""The bin of the Cut room: shots of the board, files that were brought in, sounds; found, named, sorted, taken out."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any, Literal

import reflex as rx

from state.bridge import read, write
from state.cut.bin.missing import MissingState
from state.cut.bin.shelf import BegunItem, FileItem, ShotItem, begun_item, file_item, shot_item, shots_with
from state.gate import handler
from state.hub import News
from state.notices import NoticesState
from state.sparing import Sparing
from studio.core.errors import Conflict
from studio.engine.time import Rate
from studio.media import service as media
from studio.thread.views import ProjectHome
from studio.timelines import service as timelines

Only = Literal["", "used", "unused"]
Tab = Literal["panels", "media", "sound", "templates"]
_STEP = 60
_MOST = 600
_MOST_WORDS = 200
_EVERY_S = 1.0
_USED_FOR_S = 10.0
_BOARD = frozenset({"board", "panel", "script", "content"})


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of each, with the words one looks for."""

    panels: int = 0
    media: int = 0
    sound: int = 0


class BinState(Sparing, rx.State):
    """What the bin shows: of each tab the first so many, more when asked."""

    tab: Tab = "panels"
    words: str = ""
    folder: str = ""
    folders: list[str] = []
    only: Only = ""
    counts: Counts = Counts()
    shots: list[ShotItem] = []
    files: list[FileItem] = []
    sounds: list[FileItem] = []
    begun: list[BegunItem] = []
    chosen: FileItem = FileItem()
    asks: str = ""  # why what is chosen should not be taken out without a second thought
    project: str = ""

    _script_id: str = ""
    _cut: str = ""
    _rate: str = "24/1"
    _limits: dict[str, int] = {}
    _used: dict[str, int] = {}
    _used_at: float = 0.0
    _read_at: float = 0.0
    _stale: bool = False

    @handler()
    async def show(self, tab: Tab) -> None:
        self.tab = tab

    @handler()
    async def find(self, words: str) -> None:
        """Only what has these words."""
        self.words, self._limits = words.strip()[:_MOST_WORDS], {}
        await self._look_at_all()

    @handler()
    async def open_folder(self, name: str) -> None:
        """Only what is in this folder; "" is everything."""
        self.folder, self._limits = name[:_MOST_WORDS], {}
        await self._look_at_files()

    @handler()
    async def filter(self, only: Only) -> None:
        """Only what cuts use, or what none does."""
        self.only, self._limits = only, {}
        await self._look_at_files()

    @handler()
    async def file_into(self, form: dict[str, Any]) -> None:
        """A file was dropped on a folder; the one named "+" is a new one."""
        folder = str(form.get("folder", ""))
        if folder == "+":
            folder = next(f"Folder {n}" for n in range(1, _MOST) if f"Folder {n}" not in self.folders)
        await write(media.move_media, self.project, str(form.get("sha256", "")), folder)
        await self._look_at_files()

    @handler()
    async def rename_folder(self, name: str) -> None:
        """Call the open folder something else; without a name it is taken apart."""
        if self.folder and name.strip() != self.folder:
            await write(media.rename_folder, self.project, self.folder, name)
            self.folder = " ".join(name.split())
            await self._look_at_files()

    @handler()
    async def more(self) -> None:
        """More of the tab that is shown."""
        self._limits = {**self._limits, self.tab: min(self._limits.get(self.tab, _STEP) + _STEP, _MOST)}
        await self._look_at_all()

    @handler()
    async def look(self) -> None:
        """Something came in from this page."""
        await self._look_at_files()

    @handler()
    async def choose(self, sha256: str) -> None:
        """What the card of a file's acts is about."""
        self.asks = ""
        self.chosen = next((item for item in (*self.files, *self.sounds) if item.sha256 == sha256), FileItem())

    @handler()
    async def rename(self, name: str) -> None:
        if self.chosen.sha256 and name.strip() and name.strip() != self.chosen.name:
            await write(media.rename_media, self.project, self.chosen.sha256, name)
            await self._look_at_files()

    @handler()
    async def move(self, folder: str) -> None:
        """Put what is chosen into a folder of the bin."""
        if self.chosen.sha256 and folder.strip() != self.chosen.folder:
            await write(media.move_media, self.project, self.chosen.sha256, folder)
            await self._look_at_files()

    @handler()
    async def remove(self, sure: bool) -> None:
        """Take what is chosen out of the bin; while cuts use it one is asked first."""
        if not self.chosen.sha256:
            return
        used = await read(timelines.media_in_use, self.project)
        names, item = used.get(self.chosen.sha256, ()), self.chosen
        try:
            await write(media.remove_media, self.project, item.sha256, used_in=names, sure=sure)
        except Conflict as asked:
            if asked.code != "media_used":
                raise
            self.asks = asked.message
            return
        self.asks, self.chosen = "", FileItem()
        notices = await self.get_state(NoticesState)
        told = f"{item.name} is out of the bin."
        notices._tell("ok", told, undo="Undo", act="bring_back_media", args=[self.project, item.sha256])
        await self._look_at_files()

    @handler()
    async def prepare(self) -> None:
        """Have the forms of what is chosen made that are not there."""
        if self.chosen.sha256:
            await write(media.prepare, self.project, self.chosen.sha256)
            await self._look_at_files()

    async def _open(self, home: ProjectHome) -> None:
        """Show the bin of a project: its board is that of its script."""
        script_id = home.script.id if home.script and home.shots else ""
        if (home.card.id, script_id) != (self.project, self._script_id):
            self.reset()
            self.project, self._script_id, self._rate = home.card.id, script_id, home.card.rate
            self.tab = "panels" if script_id else "media"
        await self._look_at_all()

    async def _look(self, cut: str, chosen: tuple[str, ...]) -> None:
        """Of the open cut the bin knows what it lacks; what is chosen in it is nothing to the bin."""
        if cut != self._cut:
            self._cut = cut
            await (await self.get_state(MissingState))._read(cut)

    async def _hear(self, news: News) -> None:
        """Look again when files or shots have changed: at most once a second, and once more when it has grown quiet."""
        if not self.project:
            return
        if "cut" in news.changed or news.all:
            self._used_at = 0.0
        self._follow(news)
        if news.all or (news.changed & ({"media"} | _BOARD)):
            self._stale = True
        if self._stale and (news.settled or time.monotonic() - self._read_at > _EVERY_S):
            await self._look_at_all()

    def _follow(self, news: News) -> None:
        """How far the jobs are that prepare what is shown."""
        told = {run["id"]: int(run["fraction"] * 100) for run in news.runs.values() if run["kind"] == "media"}
        if any(item.run_id in told and item.state == "preparing" for item in (*self.files, *self.sounds)):
            self.files = [_so_far(item, told) for item in self.files]
            self.sounds = [_so_far(item, told) for item in self.sounds]

    async def _look_at_all(self) -> None:
        if not self.project:
            return
        self._read_at, self._stale = time.monotonic(), False
        if self._script_id:
            limit = self._limits.get("panels", _STEP)
            cards, total = await read(shots_with, self._script_id, self.words, limit)
            self.shots = [shot_item(self.project, card) for card in cards]
            self.counts = replace(self.counts, panels=total)
        await self._look_at_files()
        missing = await self.get_state(MissingState)
        if missing.items:
            await missing._read(self._cut)

    async def _look_at_files(self) -> None:
        if not self.project:
            return
        used = await self._in_use()
        seen = await read(
            media.list_media,
            self.project,
            search=self.words,
            used=used,
            kinds=("video", "image", "lut"),
            folder=self.folder or None,
            only=self.only,
            limit=self._limits.get("media", _STEP),
        )
        heard = await read(
            media.list_media,
            self.project,
            search=self.words,
            used=used,
            kinds=("audio",),
            also=tuple(used),
            only=self.only,
            limit=self._limits.get("sound", _STEP),
        )
        rate, parts = Rate.parse(self._rate), await read(media.list_sub_clips, self.project)
        self.files = [file_item(self.project, card, rate, parts) for card in seen.items]
        self.sounds = [file_item(self.project, card, rate, parts) for card in heard.items]
        self.begun = [begun_item(each) for each in await read(media.list_uploads, self.project) if each.state == "open"]
        self.folders = list(seen.folders)
        self.counts = replace(self.counts, media=seen.total, sound=heard.total)
        if self.chosen.sha256:
            mine = self.chosen.sha256
            self.chosen = next((i for i in (*self.files, *self.sounds) if i.sha256 == mine), FileItem())

    async def _in_use(self) -> dict[str, int]:
        """In how many cuts each media is; read anew after an edit of a cut, at most every ten seconds."""
        if not self._used_at or time.monotonic() - self._used_at > _USED_FOR_S:
            found = await read(timelines.media_in_use, self.project)
            self._used = {sha256: len(names) for sha256, names in found.items()}
            self._used_at = time.monotonic()
        return self._used


def _so_far(item: FileItem, told: dict[str, int]) -> FileItem:
    return replace(item, percent=told[item.run_id]) if item.run_id in told else item
