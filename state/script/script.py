"""The script as pages: the scenes on view, who and where they are, and the panels beside their lines."""

from __future__ import annotations

import time
from urllib.parse import quote

import reflex as rx

from state.board import panels, window
from state.board.panels import SceneItem, Turn
from state.bridge import read
from state.gate import handler
from state.hub import News
from state.project import ProjectState
from state.script.printed import Cover, Person, Place, Sheet, covers_of, person, place, sheets_of
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.scripts import service as scripts
from studio.scripts.views import PersonView, PlaceView, ScenePage, ScriptCard
from studio.storyboards import service as storyboards
from studio.storyboards.views import BoardScene, PanelCard

_LOOK_S = 0.5  # panels that arrive closer together are read together
_LISTED = 40  # scenes in the list at a time
_CHUNK = 24  # eighths of a page that come at once while scrolling
_HELD = 96  # eighths of a page on view at most
_SCENES = 20  # scenes on view at most


class ScriptState(rx.State):
    """The script of one tab."""

    loaded: bool = False
    missing: bool = False
    title: str = ""
    facts: str = ""
    length: str = ""
    export: str = ""
    scenes: list[SceneItem] = []
    list_turn: Turn = Turn()
    chosen: SceneItem = SceneItem()
    jumped: int = 0  # the scene the pages were opened at; they begin at their top then
    sheets: list[Sheet] = []
    turn: Turn = Turn()
    people: list[Person] = []
    places: list[Place] = []
    covers: list[Cover] = []

    _project_id: str = ""
    _script_id: str = ""
    _board: tuple[BoardScene, ...] = ()
    _first: int = 0
    _end: int = 0
    _listed: int = 0
    _looked: float = 0.0

    @handler()
    async def load(self) -> None:
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
            await self._look_round()
            asked = self.router.url.query_parameters.get("scene", "")
            index = next((i for i, s in enumerate(self._board) if s.number == asked), None)
            if index is not None or fresh:
                await self._open(index or 0)
            else:
                await self._look()
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
        taken = 0
        while self._first > 0 and taken < _CHUNK:
            self._first -= 1
            taken += self._board[self._first].eighths
        while self._too_much():
            self._end -= 1
        self.jumped = self._board[self._first].position
        await self._look()

    @handler()
    async def list_scenes(self, by: int) -> None:
        if 0 <= self._listed + by * _LISTED < len(self._board):
            self._listed += by * _LISTED
            self._print_scenes()

    async def _hear(self, news: News) -> None:
        if (await self.get_state(ProjectState)).open_id != self._project_id or not self._script_id:
            return
        ended = [plain for plain in news.runs.values() if plain["state"] == "completed"]
        drawn = any(plain["kind"] == "panel" for plain in ended) or bool(news.changed & {"panel", "board"})
        finished = any(plain["parent_id"] is None for plain in ended)
        if news.all or finished or (drawn and time.monotonic() - self._looked >= _LOOK_S):
            await self._look()

    async def _open(self, index: int) -> None:
        """Begin the pages at a scene, and choose it."""
        self._first = index
        self._end = self._grown(index)
        self._listed = index // _LISTED * _LISTED
        self.jumped = self._board[index].position if self._board else 0
        if self._board:
            self.chosen = panels.scene_item(self._project_id, self._board[index])
        await self._look()

    async def _look_round(self) -> None:
        """Read who and where: once a visit, they do not change while panels are drawn."""
        self._board = await read(storyboards.list_scenes_on_board, self._script_id)
        people, places = await read(_cast, self._project_id)
        self.people = [person(i, p) for i, p in enumerate(people)]
        self.places = [place(p) for p in places]

    async def _look(self) -> None:
        """Read the scenes on view with their panels, and print what changed."""
        self._looked = time.monotonic()
        chosen = self.chosen.position
        self._board, pages, cards, covering = await read(_seen, self._script_id, self._first, self._end, chosen)
        self._print_scenes()
        for scene in self._board:
            if scene.position == chosen:
                self.chosen = panels.scene_item(self._project_id, scene)
        before = sum(scene.eighths for scene in self._board[: self._first])
        sheets = sheets_of(self._project_id, pages, cards, before)
        if sheets != self.sheets:
            self.sheets = sheets
        covers = covers_of(self._project_id, covering)
        if covers != self.covers:
            self.covers = covers
        more = self._end < len(self._board)
        self.turn = Turn(
            "Earlier scenes" if self._first else "",
            f"Later scenes, from {self._board[self._end].number}" if more else "",
        )

    def _print_title(self, script: ScriptCard) -> None:
        self.title = script.title or script.name
        by = f"{script.author} · " if script.author else ""
        self.facts = f"{by}{panels.counted(script.scenes, 'scene')}"
        self.length = f"{panels.pages(script.eighths)} pages · {panels.clock(script.seconds)}"
        self.export = f"/api/v1/scripts/{script.id}/export?name={quote(script.name, safe='')}"

    def _print_scenes(self) -> None:
        items = [panels.scene_item(self._project_id, s) for s in self._board[self._listed : self._listed + _LISTED]]
        if items != self.scenes:
            self.scenes = items
        more = self._listed + _LISTED < len(self._board)
        self.list_turn = Turn("Earlier scenes" if self._listed else "", "Later scenes" if more else "")

    def _grown(self, end: int) -> int:
        taken = 0
        while end < len(self._board) and taken < _CHUNK:
            taken += self._board[end].eighths
            end += 1
        return end

    def _too_much(self) -> bool:
        held = self._board[self._first : self._end]
        return len(held) > _SCENES or (len(held) > 1 and sum(scene.eighths for scene in held) > _HELD)


def _cast(uow: UnitOfWork, actor: Actor, project_id: str) -> tuple[tuple[PersonView, ...], tuple[PlaceView, ...]]:
    return scripts.list_people(uow, actor, project_id), scripts.list_places(uow, actor, project_id)


def _seen(
    uow: UnitOfWork, actor: Actor, script_id: str, first: int, end: int, chosen: int
) -> tuple[tuple[BoardScene, ...], tuple[ScenePage, ...], tuple[PanelCard, ...], tuple[PanelCard, ...]]:
    """The scenes of a board, those on view as they are printed, their panels, and those of the chosen scene."""
    board = storyboards.list_scenes_on_board(uow, actor, script_id)
    starts = window.starts_of([scene.shots for scene in board])
    end = min(end, len(board))
    if first >= end:
        return board, (), (), ()
    pages = scripts.read_scenes(uow, actor, script_id, board[first].position, min(end - first, _SCENES))
    cards = panels.cards_between(uow, actor, script_id, starts[first], starts[end])
    covering = tuple(card for card in cards if card.scene == chosen)
    if not covering and chosen >= 0:
        covering = storyboards.list_cards(uow, actor, script_id, scene=chosen, limit=60).items
    return board, pages, cards, covering
