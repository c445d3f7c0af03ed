"""The board: scenes, the panels on view, and the shot that is chosen. Panels arrive while the page is open."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Literal

import reflex as rx

from state.board import panels, window
from state.board.continuity import ContinuityState
from state.board.looking import (
    Group,
    Head,
    Who,
    being_drawn,
    calls_for_a_look,
    groups_of,
    has,
    head_of,
    lets,
    look,
    who_of,
)
from state.board.panels import SceneItem, Shot, Turn
from state.board.printing import PrintState
from state.board.scanning import ScanState
from state.board.stage.floor import StageState
from state.board.undoable import UndoState
from state.bridge import read, write
from state.gate import handler
from state.hub import News
from state.notices import NoticesState
from state.project import ProjectState
from studio.core.errors import NotFound
from studio.renders import service as renders
from studio.storyboards import service as storyboards
from studio.storyboards.views import BoardScene, PanelCard

Show = Literal["all", "todo", "drawn", "stale"]

_LOOK_S = 0.25  # panels that arrive closer together are read together
_LISTED = 40  # scenes in the list at a time
_FILM = "1080p"


class BoardState(rx.State):
    """The board of one tab."""

    loaded: bool = False
    missing: str = ""  # what there is not yet: script or shots
    told: str = ""
    scenes: list[SceneItem] = []
    list_turn: Turn = Turn()
    head: Head = Head()
    groups: list[Group] = []
    show: str = "all"
    who: Who = Who()
    turn: Turn = Turn()
    shot: Shot = Shot()
    sheet: bool = False  # on a phone the chosen shot covers the page
    making: str = ""  # what is at work: board, boards (brought in) or film
    drawn: int = 0
    total: int = 0

    _project_id: str = ""
    _script_id: str = ""
    _board: tuple[BoardScene, ...] = ()
    _cards: tuple[PanelCard, ...] = ()
    _first: int = 0
    _listed: int = 0
    _looked: float = 0.0
    _at_work: dict[str, str] = {}

    @handler()
    async def load(self) -> None:
        project = await self.get_state(ProjectState)
        home = await project._enter("board", BoardState, ContinuityState, PrintState, ScanState)
        if home is None:
            return
        script_id = home.script.id if home.script else ""
        if (home.card.id, script_id) != (self._project_id, self._script_id):
            self.reset()
            self._project_id, self._script_id = home.card.id, script_id
        await (await self.get_state(PrintState))._open(script_id)
        emptied = not home.shots and await (await self.get_state(UndoState))._has_undo(script_id)
        self.missing = "script" if home.script is None else "" if home.shots or emptied else "shots"
        if not self.missing:
            asked = self.router.url.query_parameters
            await self._open(asked.get("scene", ""), asked.get("shot", ""), asked.get("panel", ""))
            (await self.get_state(NoticesState))._tell_problem(asked)
        await (await self.get_state(ContinuityState))._open(home.card.id, "" if self.missing else script_id)
        self.loaded = True

    @handler()
    async def select(self, shot_id: str) -> None:
        await self._choose(shot_id)
        self.sheet = True

    @handler()
    async def close(self) -> None:
        self.sheet = False

    @handler()
    async def show_only(self, show: Show) -> None:
        self.show = show
        await self._filtered()

    @handler()
    async def show_who(self, name: str) -> None:
        self.who = replace(self.who, chosen=name if name in self.who.people else "")
        await self._filtered()

    @handler()
    async def later(self) -> None:
        first = self._next_first(window.end_of(self._first, self._counts()))
        if first is not None:
            await self._move(first)

    @handler()
    async def earlier(self) -> None:
        await self._move(window.before(self._first, self._counts()))

    @handler()
    async def list_scenes(self, by: int) -> None:
        if 0 <= self._listed + by * _LISTED < len(self._board):
            self._listed += by * _LISTED
            self._print_scenes()

    @handler()
    async def draw(self) -> None:
        await write(storyboards.submit_board, self._script_id)
        await self._look()

    @handler()
    async def film(self) -> rx.event.EventSpec:
        await write(renders.submit_film, self._script_id, _FILM)
        return rx.redirect(f"/p/{self._project_id}/renders")

    @handler()
    async def redraw(self) -> None:
        run = await write(storyboards.redraw_panel, self.shot.id, panel_id=self.shot.panel)
        if not run.ended:
            self._at_work[run.id] = self.shot.panel
            self._print()
            await self._choose(self.shot.id)

    @handler()
    async def show_version(self, number: int) -> None:
        shot = self.shot
        before = next((v.number for v in shot.versions if v.on), number)
        if number == before:
            return
        await write(storyboards.show_version, shot.id, number, shot.panel)
        await self._look()
        await self._choose(shot.id)
        notices = await self.get_state(NoticesState)
        text = f"{shot.panel_number} shows version {number}."
        notices._tell("ok", text, undo="Undo", act="show_version", args=[shot.id, before, shot.panel])

    async def _hear(self, news: News) -> None:
        if (await self.get_state(ProjectState)).open_id != self._project_id or not self._script_id:
            return
        self._at_work = await being_drawn(self._at_work, news)
        self._print()
        due = time.monotonic() - self._looked >= _LOOK_S
        if calls_for_a_look(news, making=self.making != "", due=due):
            await self._look()
        if self.shot.id and (self.shot.state == "busy") != (self.shot.panel in self._at_work.values()):
            await self._choose(self.shot.id)

    async def _open(self, scene: str, shot_id: str, panel_id: str) -> None:
        """Show the scene, shot or panel an address asks for; without one what was shown last, at first the first scene."""
        position = None
        if shot_id:
            try:
                detail = await read(storyboards.get_shot, shot_id)
                position = detail.card.scene if detail.script_id == self._script_id else None
            except NotFound:
                (await self.get_state(NoticesState))._tell("info", "That shot is not on this board any more.")
        await self._look()
        if position is None:
            position = next((s.position for s in self._board if s.number == scene), None)
        if position is not None or not self._cards:
            place = self._place_of(position or 0)
            await self._move(place)
            while shot_id and position is not None and not self._on_view(shot_id) and self._cards[-1].scene == position:
                await self._move(window.end_of(self._first, self._counts()))
        if not self._cards:
            self.shot = Shot()
            return
        fitting = [each for each in (shot_id, self.shot.id) if self._on_view(each)]
        wanted = fitting[0] if fitting else self._cards[0].shot_id
        await self._choose(wanted, panel_id if wanted == shot_id else "")
        self.sheet = bool(shot_id) and wanted == shot_id

    async def _choose(self, shot_id: str, panel_id: str = "") -> None:
        """Fill in the chosen shot, on view when it lies beside what is; with this panel, or the one looked at already."""
        if not self._on_view(shot_id) and self._cards:
            beyond = shot_id == self.shot.next_id
            await self._move(
                window.end_of(self._first, self._counts()) if beyond else window.before(self._first, self._counts())
            )
        detail = await read(panels.detail_of, shot_id, panel_id or (self.shot.panel if shot_id == self.shot.id else ""))
        if detail.script_id != self._script_id:
            raise NotFound("There is no such shot on this board.")
        place = next((i for i, c in enumerate(self._cards) if c.shot_id == shot_id), 0)
        scene = detail.card.scene
        around = next(s for s in self._board if s.position == scene)
        count = f"{self._first + place - self._place_of(scene) + 1} of {around.shots}"
        busy = detail.card.panel_id in self._at_work.values()
        self.shot = panels.shot(detail, busy=busy, place=around.set_name, count=count, people=self.who.people)
        await (await self.get_state(StageState))._look(shot_id)

    async def _filtered(self) -> None:
        self._print()
        if not self.groups and (first := self._next_first(0)) is not None:
            await self._move(first)

    async def _move(self, first: int) -> None:
        self._first = first
        await self._look(moved=True)

    async def _look(self, *, moved: bool = False) -> None:
        """Read the board's scenes and the panels on view, and print what changed; `moved` says that others are on view."""
        self._looked = time.monotonic()
        shown = {c.shot_id: c for c in self._cards}
        seen = await read(look, self._script_id, self._project_id, self._first)
        if not seen.cards and self._first:  # what was on view is off the board
            await self._move(0)
            return
        self._board, self._cards, self.making = seen.scenes, seen.cards, seen.making
        if not seen.making:
            self._at_work = {}
        self.drawn, self.total = sum(s.drawn for s in seen.scenes), sum(s.shots for s in seen.scenes)
        self.who = who_of(seen.scenes, self.who.chosen)
        self.told = f"{panels.counted(self.total, 'panel')} · {panels.film_time(seen.scenes)}"
        self._print_head()
        self._print_scenes()
        self._print()
        await (await self.get_state(UndoState))._look(self._script_id)
        anew = next((c for c in self._cards if c.shot_id == self.shot.id), None)
        if anew is not None and (shown.get(anew.shot_id, anew) != anew or anew.panels > 1):
            await self._choose(anew.shot_id)
        elif anew is None and not moved and self.shot.id in shown:  # it has gone: what stands in its place
            near = self._cards[: list(shown).index(self.shot.id) + 1]
            if near:
                await self._choose(near[-1].shot_id)
            else:
                self.shot, self.sheet = Shot(), False

    def _print(self) -> None:
        """The panels on view, by scene, as the filter lets them through."""
        through = [c for c in self._cards if lets(c, self.show, self.who.chosen)]
        groups = groups_of(self._project_id, self._board, through, frozenset(self._at_work.values()))
        end = window.end_of(self._first, self._counts())
        turn = Turn("Earlier panels" if self._first else "", "More panels" if self._next_first(end) is not None else "")
        if groups != self.groups:
            self.groups = groups
        self.turn = turn

    def _print_scenes(self) -> None:
        items = [panels.scene_item(self._project_id, s) for s in self._board[self._listed : self._listed + _LISTED]]
        if items != self.scenes:
            self.scenes = items
        more = self._listed + _LISTED < len(self._board)
        self.list_turn = Turn("Earlier scenes" if self._listed else "", "Later scenes" if more else "")

    def _print_head(self) -> None:
        """The scene the panels on view begin with; the list of scenes turns to it."""
        if not self._board:
            return
        index = window.scene_at(self._first, self._counts())
        scene = self._board[index]
        if scene.position != self.head.position:
            self._listed = index // _LISTED * _LISTED
        self.head = head_of(scene)

    def _counts(self) -> list[int]:
        return [scene.shots for scene in self._board]

    def _place_of(self, position: int) -> int:
        return sum(scene.shots for scene in self._board if scene.position < position)

    def _on_view(self, shot_id: str) -> bool:
        return any(card.shot_id == shot_id for card in self._cards)

    def _next_first(self, first: int) -> int | None:
        """Where to go on from a panel: the first scene from there on that has what the filter lets through."""
        return window.next_of(first, self._counts(), [has(scene, self.show, self.who.chosen) for scene in self._board])
