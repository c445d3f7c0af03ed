"""The script as pages: the scenes on view with their words, the navigator, and which scene one is in."""

from __future__ import annotations

import time
from collections.abc import Sequence

import reflex as rx

from state.board import panels
from state.board.panels import SceneItem, Turn
from state.bridge import read
from state.gate import handler
from state.hub import News
from state.live import LiveState
from state.project import ProjectState
from state.script.printed import Beside, Jump, NavScene, PageScene, line_with, nav_scene, page_scene
from state.script.reading import Seen, seen
from state.script.side import ScriptSideState
from studio.scripts import service as scripts
from studio.scripts.views import ScriptCard
from studio.storyboards.views import BoardScene

_LOOK_S = 0.5  # panels that arrive closer together are read together
_LISTED = 60  # scenes in the list at a time
_CHUNK = 24  # eighths of a page that come at once while scrolling
_TURNED = 10  # scenes that come at once
_HELD = 96  # eighths of a page on view at most
_SCENES = 20  # scenes on view at most
_APART = 5  # changed scenes that are sent by themselves; more are sent with all the others


class ScriptState(rx.State):
    """The script of one tab."""

    loaded: bool = False
    missing: bool = False
    title: str = ""
    facts: str = ""
    length: str = ""
    export: str = ""
    scenes: list[NavScene] = []
    list_turn: Turn = Turn()
    chosen: SceneItem = SceneItem()
    jump: Jump = Jump()
    pages: list[PageScene] = []
    fresh: list[PageScene] = []  # scenes of `pages` that have changed since
    beside: dict[str, Beside] = {}
    turn: Turn = Turn()

    _project_id: str = ""
    _script_id: str = ""
    _board: tuple[BoardScene, ...] = ()
    _ids: tuple[str, ...] = ()
    _first: int = 0
    _end: int = 0
    _listed: int = 0
    _looked: float = 0.0

    @handler()
    async def load(self) -> None:
        await self._enter()

    async def _enter(self) -> None:
        home = await (await self.get_state(ProjectState))._enter("script", ScriptState)
        if home is None:
            return
        script_id = home.script.id if home.script else ""
        fresh = (home.card.id, script_id) != (self._project_id, self._script_id)
        if fresh:
            self.reset()
            self._project_id, self._script_id = home.card.id, script_id
        self.missing = home.script is None
        if home.script is not None:
            self._print_title(home.script)
            side = await self.get_state(ScriptSideState)
            await side._look_round(self._project_id, self._script_id)
            await self._look()
            asked = self.router.url.query_parameters.get("scene", "")
            index = next((i for i, s in enumerate(self._board) if s.number == asked), None)
            if index is not None or fresh:
                await self._open(index or 0)
        self.loaded = True

    @handler()
    async def later(self) -> None:
        """More pages below; what lies far above is let go."""
        self._end = self._grown(self._end)
        while self._too_much():
            self._first += 1
        await self._look()

    @handler()
    async def earlier(self) -> None:
        """More pages above; what lies far below is let go."""
        if not self._board:
            return
        self._first = self._back(self._first)
        while self._too_much():
            self._end -= 1
        await self._look()
        self._wish(self._first)

    @handler()
    async def list_scenes(self, by: int) -> None:
        if 0 <= self._listed + by * _LISTED < len(self._board):
            self._listed += by * _LISTED
            self._print_scenes()

    @handler()
    async def stand(self, scene_id: str) -> None:
        """One writes or reads in a scene now: it is chosen, and the others see it."""
        if scene_id not in self._ids:
            return
        index = self._ids.index(scene_id)
        if self.chosen.position != index:
            await self._choose(index)
        await self._tell_where()

    @handler()
    async def go(self, scene_id: str, words: str) -> None:
        """Show some words of a scene."""
        if scene_id in self._ids:
            await self._open(self._ids.index(scene_id), words)

    @handler()
    async def go_to(self, words: str) -> None:
        """Show some words of the chosen scene."""
        if self._ids:
            await self._open(self.chosen.position, words)

    async def _hear(self, news: News) -> None:
        if (await self.get_state(ProjectState)).open_id != self._project_id or not self._script_id:
            return
        ended = [plain for plain in news.runs.values() if plain["state"] == "completed"]
        drawn = any(plain["kind"] == "panel" for plain in ended) or bool(news.changed & {"panel", "board"})
        finished = any(plain["parent_id"] is None for plain in ended)
        written = "script" in news.changed
        were = self._ids
        if news.all or finished or written or (drawn and time.monotonic() - self._looked >= _LOOK_S):
            await self._look()
        if self._ids != were:
            await (await self.get_state(ScriptSideState))._look_round(self._project_id, self._script_id)
        if written or news.all:
            await self._recount()

    async def _open(self, index: int, words: str = "") -> None:
        """Begin the pages at a scene unless it is on view, choose it, and go to its words."""
        if not self._board:
            return
        index = min(index, len(self._board) - 1)
        self._listed = index // _LISTED * _LISTED
        if not self.pages or not self._first <= index < self._end:
            self._first = self._back(index)
            self._end = self._grown(index)
        await self._choose(index)
        text = next(iter(await read(scripts.read_texts, self._script_id, index, 1)), None)
        self._wish(index, line_with(text, words) if text and words else (0, 0, 0))

    async def _choose(self, index: int) -> None:
        self.chosen = panels.scene_item(self._project_id, self._board[index])
        await self._look()
        await (await self.get_state(ScriptSideState))._listen(self._script_id, index)

    def _wish(self, index: int, place: tuple[int, int, int] = (0, 0, 0)) -> None:
        if index < len(self._ids):
            self.jump = Jump(self.jump.serial + 1, self._ids[index], *place)

    async def _look(self) -> None:
        """Read the scenes on view with their panels, and show what changed."""
        self._looked = time.monotonic()
        now = await self._read()
        if self._ids and now.ids != self._ids:  # scenes came, went or moved: what was on view stays so
            self._end = max(self._first + 1, self._end + len(now.ids) - len(self._ids))
            self._stay(now)
            now = await self._read()
        self._board, self._ids = now.board, now.ids
        self._end = min(self._end, len(self._board))
        self._print_scenes()
        if 0 <= self.chosen.position < len(self._board):
            item = panels.scene_item(self._project_id, self._board[self.chosen.position])
            if item != self.chosen:
                self.chosen = item
        self._print_pages(now)
        if now.beside != self.beside:
            self.beside = now.beside
        (await self.get_state(ScriptSideState))._cover(self._project_id, now)
        more = self._end < len(self._board)
        turn = Turn(
            "Earlier scenes" if self._first else "",
            f"Later scenes, from {self._board[self._end].number}" if more else "",
        )
        if turn != self.turn:
            self.turn = turn

    def _stay(self, now: Seen) -> None:
        """The chosen scene is the same one, wherever it is now."""
        at = self.chosen.position
        scene_id = self._ids[at] if 0 <= at < len(self._ids) else ""
        index = now.ids.index(scene_id) if scene_id in now.ids else min(at, len(now.ids) - 1)
        if index >= 0:
            self.chosen = panels.scene_item(self._project_id, now.board[index])

    async def _read(self) -> Seen:
        return await read(seen, self._project_id, self._script_id, self._first, self._end, self.chosen.position)

    def _print_pages(self, now: Seen) -> None:
        """Whole when other scenes come on view, else only those that changed."""
        pages: list[PageScene] = []
        before = sum(scene.eighths for scene in self._board[: self._first])
        for text in now.texts:
            pages.append(page_scene(text, before, first=not pages))
            before += text.scene.eighths
        shown = {page.id: page for page in self.pages}
        fresh = [page for page in pages if shown.get(page.id) != page]
        if [page.id for page in pages] != [page.id for page in self.pages] or len(fresh) > _APART:
            self.pages, self.fresh = pages, []
        elif fresh != self.fresh:
            self.fresh = fresh

    async def _recount(self) -> None:
        self._print_title(await read(scripts.get_card, self._script_id))
        await (await self.get_state(ScriptSideState))._survey(self._script_id)

    async def _tell_where(self) -> None:
        room = f"script, scene {self.chosen.number}"
        await (await self.get_state(LiveState))._follow([self._project_id], room, ProjectState, ScriptState)

    def _print_title(self, script: ScriptCard) -> None:
        self.title = script.title or script.name
        by = f"{script.author} · " if script.author else ""
        self.facts = f"{by}{panels.counted(script.scenes, 'scene')}"
        self.length = f"{panels.pages(script.eighths)} pages · {panels.clock(script.seconds)}"
        self.export = f"/api/v1/scripts/{script.id}/export"

    def _print_scenes(self) -> None:
        part: Sequence[BoardScene] = self._board[self._listed : self._listed + _LISTED]
        items = [nav_scene(panels.scene_item(self._project_id, s), self._ids[s.position]) for s in part]
        if items != self.scenes:
            self.scenes = items
        more = self._listed + _LISTED < len(self._board)
        turn = Turn("Earlier scenes" if self._listed else "", "Later scenes" if more else "")
        if turn != self.list_turn:
            self.list_turn = turn

    def _grown(self, end: int) -> int:
        taken = 0
        for scene in self._board[end : end + _TURNED]:
            if taken >= _CHUNK:
                break
            taken += scene.eighths
            end += 1
        return end

    def _back(self, first: int) -> int:
        taken = 0
        for scene in reversed(self._board[max(0, first - _TURNED) : first]):
            if taken >= _CHUNK:
                break
            taken += scene.eighths
            first -= 1
        return first

    def _too_much(self) -> bool:
        held = self._board[self._first : self._end]
        return len(held) > _SCENES or (len(held) > 1 and sum(scene.eighths for scene in held) > _HELD)
