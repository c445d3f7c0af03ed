"""A project's own page: the thread from script to film with its counts, what to do next, and what happened."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

import reflex as rx

from state.bridge import read, write
from state.gate import handler
from state.home.thread import Next, Node, nodes_of, step_of
from state.hub import News
from state.live import Job, LiveState
from state.notices import NoticesState
from state.project import ProjectState
from state.session import initials
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.links import media_link
from studio.engine.time import Rate
from studio.projects import service as projects
from studio.renders import service as renders
from studio.runs import service as runs
from studio.storyboards import service as storyboards
from studio.storyboards.views import Origin
from studio.thread import service as thread
from studio.thread.views import ProjectHome
from studio.timelines import service as timelines

FILM_PRESET = "1080p"
_EVERY_S = 0.25
_LATELY = 5
_FRESH = 4

Making = Literal["", "board", "film"]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A panel drawn lately."""

    number: str
    picture: str
    href: str


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that somebody had made here."""

    id: str
    initials: str
    text: str
    when: str
    tint: str


class HomeState(rx.State):
    """What the home of the open project shows."""

    loaded: bool = False
    tags: list[str] = []
    nodes: list[Node] = []
    step: Next = Next()
    fresh: list[Fresh] = []
    lately: list[Happening] = []
    made_by: str = ""
    moving: bool = False
    _shown: str = ""
    _script_id: str = ""
    _read_at: float = 0.0
    _music: tuple[str, int, int] = ("", 0, 0)

    @handler()
    async def load(self) -> None:
        project = await self.get_state(ProjectState)
        if str(getattr(self, "project_id", "")) != self._shown:
            self.loaded, self.nodes, self.fresh, self.lately = False, [], [], []
        home = await project._enter("Thread", HomeState)
        if home is None:
            self.loaded = True
            return
        await self._show(home)

    @handler()
    async def draw(self) -> None:
        """Draw every panel that is missing."""
        await write(storyboards.submit_board, self._script_id)
        await self._look()

    @handler()
    async def make_film(self) -> None:
        """Voices, music, cut and render in one go."""
        await write(renders.submit_film, self._script_id, FILM_PRESET)
        await self._look()

    @handler()
    async def bring_back(self) -> None:
        view = await write(projects.bring_back, self._shown)
        await (await self.get_state(ProjectState))._read(self._shown)
        (await self.get_state(NoticesState))._tell("ok", f"{view.name} is back among your projects.")
        await self._look()

    async def _hear(self, news: News) -> None:
        project = await self.get_state(ProjectState)
        if not self._shown or project.open_id != self._shown:
            return
        due = bool(news.runs or news.changed) and time.monotonic() - self._read_at > _EVERY_S
        if news.settled or due:
            await self._look()

    async def _look(self) -> None:
        await self._show(await read(thread.get_home, self._shown))

    async def _show(self, home: ProjectHome) -> None:
        self._shown, self._script_id, self._read_at = (
            home.card.id,
            home.script.id if home.script else "",
            time.monotonic(),
        )
        project, live = await self.get_state(ProjectState), await self.get_state(LiveState)
        making, self._music = await read(_under_way, home, self._music)
        self.moving = making != ""
        self.tags = _tags(home)
        self.nodes = nodes_of(home, making, music=self._music[2])
        self.step = step_of(home, making, may_edit=project.may_edit)
        self.made_by = provenance(home.made_by)
        fresh = [
            Fresh(
                p.number, media_link(home.card.id, p.sha256, "thumbnail"), f"/p/{home.card.id}/board?shot={p.shot_id}"
            )
            for p in home.recent[:_FRESH]
        ]
        if fresh != self.fresh:
            self.fresh = fresh
        self.lately = _lately(live.jobs)
        self.loaded = True


def _under_way(
    uow: UnitOfWork, actor: Actor, home: ProjectHome, known: tuple[str, int, int]
) -> tuple[Making, tuple[str, int, int]]:
    """What is being made now, and the pieces of music in the newest cut (read again only when there is another cut)."""
    asked = runs.list_asked(uow, actor, home.card.id, ("board", "boards", "film", "render"), limit=5)[0]
    kinds = {r.run.kind for r in asked if not r.run.ended}
    making: Making = "film" if kinds & {"film", "render"} else "board" if kinds else ""
    cut = timelines.latest(uow, actor, home.card.id)
    if cut is None:
        return making, ("", 0, 0)
    if known[:2] == (cut.id, cut.revision):
        return making, known
    tracks = timelines.get_timeline(uow, actor, cut.id).timeline.tracks
    return making, (cut.id, cut.revision, sum(len(t.clips) for t in tracks if t.role == "music"))


def _tags(home: ProjectHome) -> list[str]:
    card = home.card
    told = [_length(card.length_s)] if card.frames else []
    return [*told, f"{Rate.parse(card.rate).said} fps", card.aspect]


def _length(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def _lately(jobs: list[Job]) -> list[Happening]:
    done = [j for j in jobs if j.state in ("done", "failed")][:_LATELY]
    people = sorted({j.by for j in jobs})
    return [
        Happening(
            j.id, initials(j.by), did(j.label, failed=j.state == "failed"), j.when, f"a{people.index(j.by) % 4 + 1}"
        )
        for j in done
    ]


def did(label: str, *, failed: bool = False) -> str:
    """What a job is called, as something that was done: "Draw 32 panels" -> "Drew 32 panels"."""
    verb, _, rest = label.partition(" ")
    if failed:
        return f"Could not {verb.lower()} {rest}".strip()
    past = {"Draw": "Drew", "Redraw": "Redrew", "Make": "Made", "Render": "Rendered"}
    return f"{past.get(verb, verb)} {rest}".strip()


def provenance(origin: Origin | None) -> str:
    """Who made the pictures and voices, in a sentence."""
    if origin is None:
        return ""
    makers = {"panel artist": "the built-in artist", "espeak-ng": "the built-in voices"}
    parts = [
        f"pictures by {makers.get(origin.image, origin.image)}" if origin.image else "",
        f"voices by {makers.get(origin.voice, origin.voice)}" if origin.voice else "",
    ]
    told = " and ".join(p for p in parts if p)
    stand_in = " They stand in until somebody draws or records others." if origin.completeness == "stand-in" else ""
    return f"{told[:1].upper()}{told[1:]}.{stand_in}" if told else ""
