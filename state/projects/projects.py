"""The projects page: which projects are shown, in what order, and what begins a new one."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from typing import Any

import reflex as rx

from state.bridge import read, run, write
from state.gate import handler
from state.hub import News
from state.live import Job, LiveState, ago, clock
from state.notices import NoticesState, proven_sentence
from state.projects.format import FormatState
from state.session import SessionState, initials
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import StudioError
from studio.core.links import media_link
from studio.projects import service as projects
from studio.projects.views import Order, Scope
from studio.thread import service as thread
from studio.thread.views import ProjectCard

_ON_A_PAGE = 12
_FACES = 4
_LONGEST_PASTE = 250_000
_SAME_PASTE_S = 30.0
_EVERY_S = 0.5
_TINTS = ("d-or", "d-nt", "d-ye", "d-wh")
_GROUNDS = ("g-bl", "g-or", "g-ye", "g-in")


@dataclass(frozen=True, slots=True)
class Face:
    """A member's square."""

    initials: str
    name: str
    tint: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One stage of the thread: `state` none, part or done."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Card:
    """A project as its card shows it; `tint` is the flat colour its poster is printed on."""

    id: str
    name: str
    letters: str
    href: str
    poster: str
    tint: str
    lasts: str
    aspect: str
    dots: list[Dot]
    told: str
    faces: list[Face]
    more: int
    changed: str
    may_rename: bool
    may_put_away: bool
    away: bool


@dataclass(frozen=True, slots=True)
class Busy:
    """Work under way in a project: what is done, and its share in percent."""

    told: str
    percent: int


class ProjectsState(rx.State):
    """The cards of one page and what a form told."""

    loaded: bool = False
    cards: list[Card] = []
    busy: dict[str, Busy] = {}
    counts: dict[str, int] = {}
    scope: Scope = "all"
    order: Order = "changed"
    page: int = 1
    pages: int = 1
    span: str = ""
    problem: str = ""
    title: str = ""
    paste_problem: str = ""
    _read_at: float = 0.0
    _pasted: tuple[str, str, float] = ("", "", 0.0)

    @handler()
    async def load(self) -> None:
        """Show the projects; a form that failed comes back with its sentence in the address."""
        await (await self.get_state(SessionState))._fill()
        query = self.router.url.query_parameters
        self.problem = proven_sentence(query)
        self.title = query.get("title", "")[:200]
        self.paste_problem = ""
        await self._show()

    @handler()
    async def choose(self, scope: Scope) -> None:
        self.scope, self.page = scope, 1
        await self._show()

    @handler()
    async def sort(self, order: Order) -> None:
        self.order, self.page = order, 1
        await self._show()

    @handler()
    async def turn(self, page: int) -> None:
        self.page = max(1, page)
        await self._show()

    @handler()
    async def rename(self, form: dict[str, Any]) -> None:
        project_id = str(form.get("project_id", ""))
        old = next((c.name for c in self.cards if c.id == project_id), "")
        view = await write(projects.rename_project, project_id, str(form.get("name", "")))
        if view.name != old:
            told = f"Renamed to {view.name}."
            (await self._notices())._tell("ok", told, undo="Undo", act="rename_project", args=[project_id, old])
        await self._show()

    @handler()
    async def put_away(self, project_id: str) -> None:
        view = await write(projects.put_away, project_id)
        told = f"{view.name} is put away. Nothing of it is lost."
        (await self._notices())._tell("ok", told, undo="Undo", act="bring_back", args=[project_id])
        await self._show()

    @handler()
    async def bring_back(self, project_id: str) -> None:
        view = await write(projects.bring_back, project_id)
        (await self._notices())._tell("ok", f"{view.name} is back among your projects.")
        await self._show()

    @handler()
    async def paste(self, form: dict[str, Any]) -> rx.event.EventSpec | None:
        """A project from pasted words. What is wrong is said beside them; they stay where they are."""
        text, title = str(form.get("text", "")), " ".join(str(form.get("title", "")).split())[:200]
        self.paste_problem = self._unfit(text)
        if self.paste_problem:
            return None
        film = (await self.get_state(FormatState))._film()
        mark = hashlib.sha256(f"{film}\n{title}\n{text}".encode()).hexdigest()
        known, project_id, at = self._pasted
        if mark != known or time.monotonic() - at > _SAME_PASTE_S:
            try:
                started = await run(
                    thread.start_project,
                    data=text.encode(),
                    name="Pasted script.fountain",
                    title=title or None,
                    film=film,
                )
            except StudioError as e:
                self.paste_problem = e.message
                return None
            project_id = started.project_id
            self._pasted = (mark, project_id, time.monotonic())
        return rx.redirect(f"/p/{project_id}/board")

    @handler()
    async def cut_footage(self) -> rx.event.EventSpec:
        """A project for whoever comes with films and pictures instead of a script: its cut is open and empty."""
        film = (await self.get_state(FormatState))._film()
        return rx.redirect(f"/p/{await write(thread.start_cut, film=film)}/cut")

    def _unfit(self, text: str) -> str:
        if not text.strip():
            return "Paste the script into the box first."
        if len(text) > _LONGEST_PASTE:
            return "That is longer than fits in here. Save it as a text file and import the file."
        return ""

    async def _hear(self, news: News) -> None:
        """Work in the shown projects: the shares at once, the cards when something about them changed."""
        live = await self.get_state(LiveState)
        self._sum_up(live.jobs)
        if news.settled or (news.changed and time.monotonic() - self._read_at > _EVERY_S):
            await self._show()

    async def _show(self) -> None:
        """Read what the page shows, and follow just these projects."""
        cards, total, self.counts = await read(_page, self.scope, self.order, self.page)
        if not cards and self.page > 1:
            self.page = max(1, -(-total // _ON_A_PAGE))
            cards, total, self.counts = await read(_page, self.scope, self.order, self.page)
        self._read_at = time.monotonic()
        before = [c.id for c in self.cards]
        me = (await self.get_state(SessionState)).is_admin
        shown = [_card(c, i, admin=me) for i, c in enumerate(cards)]
        if shown != self.cards:
            self.cards = shown
        first = (self.page - 1) * _ON_A_PAGE
        self.pages = max(1, -(-total // _ON_A_PAGE))
        self.span = f"{first + 1} to {first + len(cards)} of {total}" if cards else ""
        live = await self.get_state(LiveState)
        if not self.loaded or before != [c.id for c in cards]:
            await live._follow([c.id for c in cards], "", ProjectsState)
        self.loaded = True
        self._sum_up(live.jobs)

    def _sum_up(self, jobs: list[Job]) -> None:
        """The job of each project that the card tells of: what runs before what waits."""
        busy: dict[str, Busy] = {}
        for job in sorted(jobs, key=lambda j: j.state != "running"):
            if job.state in ("running", "waiting"):
                busy.setdefault(job.project_id, Busy(_doing(job), job.percent))
        if busy != self.busy:
            self.busy = busy

    async def _notices(self) -> NoticesState:
        return await self.get_state(NoticesState)


def _page(
    uow: UnitOfWork, actor: Actor, scope: Scope, order: Order, page: int
) -> tuple[tuple[ProjectCard, ...], int, dict[str, int]]:
    cards, total = thread.list_cards(uow, actor, scope=scope, order=order, page=page, limit=_ON_A_PAGE)
    return cards, total, projects.count_projects(uow, actor)


def _card(card: ProjectCard, index: int, *, admin: bool) -> Card:
    owner = card.role == "owner" or admin
    when = ago(card.changed_at)
    told = {"done": "done", "part": "under way", "none": "not started"}
    return Card(
        id=card.id,
        name=card.name,
        letters=initials(card.name),
        href=f"/p/{card.id}",
        poster=media_link(card.id, card.poster_sha256, "thumbnail") if card.poster_sha256 else "",
        tint=(_TINTS if card.poster_sha256 else _GROUNDS)[index % 4],
        lasts=clock(card.length_s) if card.frames else "",
        aspect=card.aspect,
        dots=[Dot(s.name, s.state) for s in card.stages],
        told=", ".join(f"{s.name.title()} {told[s.state]}" for s in card.stages),
        faces=[
            Face(initials(m.display_name), m.display_name, f"a{i + 1}") for i, m in enumerate(card.members[:_FACES])
        ],
        more=max(0, card.member_count - _FACES),
        changed=f"{when[:1].upper()}{when[1:]} by {card.changed_by}" if card.changed_by else when,
        may_rename=(owner or card.role == "editor") and not card.away,
        may_put_away=owner,
        away=card.away,
    )


def _doing(job: Job) -> str:
    """A job in a few words: "Drawing, 40 %", "Making the film, 0:20 left"."""
    if job.state == "waiting":
        return "Waiting its turn"
    verb = {"Draw": "Drawing", "Redraw": "Drawing", "Make": "Making the film", "Render": "Rendering"}
    word = verb.get(job.label.split(" ", 1)[0], job.label)
    if job.left == "0:00":
        return f"{word}, nearly done"
    return f"{word}, {job.left} left" if job.left else f"{word}, {job.percent} %"
