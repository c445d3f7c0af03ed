"""The drawing room of one panel: what is drawn over, its neighbours and versions; the strokes are the page's own affair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import reflex as rx

from state.board.panels import detail_of, person, spec
from state.bridge import read, write
from state.gate import handler
from state.hub import News
from state.project import ProjectState
from state.session import SessionState
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.core.links import media_link
from studio.drawing import service as drawing
from studio.drawing.views import DrawingView
from studio.storyboards import service as storyboards
from studio.storyboards.views import BoardEdit, PanelView, ShotDetail

_BESIDE = 4  # panels shown on either side
_REFERENCES = 6
Side = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn on: its size in pixels, the address of the picture under it ("": none), up to which op there is a version.

    `references` are pictures to draw over by their content, the one under it first; `pictures` is their address for "SHA".
    """

    id: str = ""
    shot: str = ""
    width: int = 1920
    height: int = 1080
    reference: str = ""
    inked: int = 0
    references: tuple[str, ...] = ()
    pictures: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A panel of the strip below; `on` is the one drawn on, `hit` is the act of the keys that leads to it."""

    id: str
    number: str
    picture: str
    on: bool
    hit: str
    href: str


@dataclass(frozen=True, slots=True)
class Post:
    """A version of the panel and the last stroke in it."""

    number: int
    seq: int


@dataclass(frozen=True, slots=True)
class _Seen:
    shot: ShotDetail
    drawing: DrawingView
    scene: tuple[PanelView, ...]

    @property
    def number(self) -> str:
        """Of the panel."""
        return next((each.number for each in self.scene if each.id == self.drawing.panel_id), self.shot.card.number)


class DrawState(rx.State):
    """The drawing room of one tab."""

    loaded: bool = False
    missing: bool = False
    shot_number: str = ""
    facts: str = ""
    words: str = ""
    board: str = ""
    sheet: Sheet = Sheet()
    strip: list[Beside] = []
    neighbours: list[str] = []  # full pictures of the panels before and after, "" where there is none
    versions: list[Post] = []
    last: int = 0  # the newest op of the journal, as far as this page was told
    me: str = ""
    _project_id: str = ""
    _shot_id: str = ""

    @handler()
    async def load(self) -> None:
        self.reset()
        project = await self.get_state(ProjectState)
        project_id, shot_id = str(getattr(self, "project_id", "")), str(getattr(self, "shot_id", ""))
        panel_id = self.router.url.query_parameters.get("panel", "")
        try:
            seen = await read(_look, project_id, shot_id, panel_id)
        except NotFound:
            seen = None
        number = f", panel {seen.number}" if seen else ""
        panel = seen.drawing.panel_id if seen else ""
        if await project._enter(f"the drawing room{number}", DrawState, panel=panel) is None:
            return
        self.missing, self.loaded = seen is None, True
        self.me = (await self.get_state(SessionState)).user_id
        self._project_id, self._shot_id = project_id, shot_id
        if seen:
            self._show(seen)

    @handler()
    async def done(self) -> rx.event.EventSpec | None:
        """Ask for the picture of what was drawn, and go back to the board."""
        if not self.sheet.id:
            return None
        await write(drawing.submit_picture, self.sheet.id)
        return rx.redirect(self.board)

    @handler()
    async def add(self, side: Side) -> rx.event.EventSpec | None:
        """A new panel of this shot before or after this one, to draw on at once."""
        if not self.sheet.id:
            return None
        if side == "before":
            return self._onto(await write(storyboards.add_panel, self._shot_id, before_id=self.sheet.id))
        return self._onto(await write(storyboards.add_panel, self._shot_id, after_id=self.sheet.id))

    @handler()
    async def duplicate(self) -> rx.event.EventSpec | None:
        """This panel once more, with its picture, to draw on at once."""
        if not self.sheet.id:
            return None
        return self._onto(await write(storyboards.add_panel, self._shot_id, after_id=self.sheet.id, copy=True))

    @handler()
    async def add_shot(self) -> rx.event.EventSpec | None:
        """A new shot after this one, to draw on at once."""
        return self._onto(await write(_insert, self._shot_id)) if self.sheet.id else None

    def _onto(self, made: BoardEdit) -> rx.event.EventSpec:
        panel = f"?panel={made.panel_id}" if made.panel_id else ""
        return rx.redirect(f"/p/{self._project_id}/draw/{made.shots[0].shot_id}{panel}")

    async def _hear(self, news: News) -> None:
        if (await self.get_state(ProjectState)).open_id != self._project_id or not self.sheet.id:
            return
        self.last = max(self.last, news.strokes)
        if news.all or news.changed & {"panel", "board"}:
            self._show(await read(_look, self._project_id, self._shot_id, self.sheet.id))

    def _show(self, seen: _Seen) -> None:
        card, place = seen.shot.card, seen.drawing
        self.shot_number, self.facts = seen.number, f"{spec(card)} mm"
        self.words = f"{person(card.speaker)}: {card.dialogue}" if card.speaker and card.dialogue else card.description
        panel = f"&panel={place.panel_id}" if len(seen.shot.panels) > 1 else ""
        self.board = f"/p/{place.project_id}/board?shot={place.shot_id}{panel}"
        reference = media_link(place.project_id, place.base_sha256) if place.base_sha256 else ""
        others = [v.sha256 for v in seen.shot.versions if v.origin != "drawn"]
        references = tuple(dict.fromkeys([place.base_sha256, *others] if place.base_sha256 else others))[:_REFERENCES]
        pictures = media_link(place.project_id, "SHA")
        sheet = Sheet(
            place.panel_id, place.shot_id, place.width, place.height, reference, place.inked_seq, references, pictures
        )
        if sheet != self.sheet:
            self.sheet = sheet
        self.versions = [Post(v.number, v.seq) for v in place.versions]
        self.last = max(self.last, place.last_seq)
        self._line_up(place.project_id, seen.scene)

    def _line_up(self, project_id: str, scene: tuple[PanelView, ...]) -> None:
        at = next((i for i, panel in enumerate(scene) if panel.id == self.sheet.id), 0)
        first = max(0, min(at - _BESIDE, len(scene) - 2 * _BESIDE - 1))
        self.strip = [
            Beside(
                panel.id,
                panel.number,
                media_link(project_id, panel.sha256, "thumbnail") if panel.sha256 else "",
                panel.id == self.sheet.id,
                {at - 1: "draw.panel-before", at + 1: "draw.panel-after"}.get(i, ""),
                f"/p/{project_id}/draw/{panel.shot_id}?panel={panel.id}",
            )
            for i, panel in enumerate(scene[first : first + 2 * _BESIDE + 1], start=first)
        ]
        beside = [scene[i] if 0 <= i < len(scene) else None for i in (at - 1, at + 1)]
        self.neighbours = [media_link(project_id, c.sha256) if c and c.sha256 else "" for c in beside]


def _insert(uow: UnitOfWork, actor: Actor, shot_id: str) -> BoardEdit:
    """Raises: NotFound, Forbidden."""
    script_id = storyboards.get_shot(uow, actor, shot_id).script_id
    scene_id = storyboards.scene_of(uow, actor, shot_id)
    return storyboards.insert_shot(uow, actor, script_id, scene_id, after_id=shot_id)


def _look(uow: UnitOfWork, actor: Actor, project_id: str, shot_id: str, panel_id: str) -> _Seen:
    """A shot of a project with the drawing of this one of its panels, or of its first, and its scene. Raises: NotFound."""
    shot = detail_of(uow, actor, shot_id, panel_id)
    if shot.project_id != project_id:
        raise NotFound("There is no such shot in this project.")
    scene = storyboards.list_scene_panels(uow, actor, shot.script_id, shot.card.scene)
    return _Seen(shot, drawing.get_drawing(uow, actor, shot.card.panel_id), scene)
