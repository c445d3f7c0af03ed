"""The page where a file is looked over: what was understood, each paragraph with its type, and keeping it."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from state.bridge import read, run, write
from state.gate import handler
from state.live import LiveState, clock
from state.notices import NoticesState, proven_sentence
from state.projects.format import FormatState
from state.session import SessionState
from studio.core.errors import NotFound
from studio.scripts import service as scripts
from studio.scripts.elements import Kind
from studio.scripts.views import ImportView, ParagraphView
from studio.thread import service as thread

TAGS = scripts.TAGS
ON_A_PAGE = 100
_FORMATS = {
    "fountain": "Fountain",
    "fdx": "Final Draft",
    "pdf": "PDF",
    "docx": "Word",
    "fadein": "Fade In",
    "text": "Plain text",
}
NAMES = {
    Kind.SCENE_HEADING: "Scene heading",
    Kind.ACTION: "Action",
    Kind.CHARACTER: "Character",
    Kind.PARENTHETICAL: "Parenthetical",
    Kind.DIALOGUE: "Dialogue",
    Kind.LYRICS: "Lyrics",
    Kind.TRANSITION: "Transition",
    Kind.CENTERED: "Centred",
    Kind.SECTION: "Act or section",
    Kind.SYNOPSIS: "Synopsis",
    Kind.NOTE: "Note",
    Kind.BONEYARD: "Left out",
    Kind.PAGE_BREAK: "Page break",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in the list."""

    index: int
    kind: str
    text: str
    number: str
    place: str
    guessed: bool


@dataclass(frozen=True, slots=True)
class Lost:
    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """The file as a whole; `pages` are in eighths as people write them ("2 4/8")."""

    name: str = ""
    format: str = ""
    title: str = ""
    paragraphs: int = 0
    guessed: int = 0
    scenes: int = 0
    cues: int = 0
    people: int = 0
    places: int = 0
    pages: str = ""
    time: str = ""
    project_id: str = ""
    has_script: bool = False


class ImportState(rx.State):
    """A file being looked over."""

    loaded: bool = False
    missing: bool = False
    found: Found = Found()
    losses: list[Lost] = []
    warnings: list[str] = []
    lines: list[Line] = []
    page: int = 1
    pages: int = 1
    only_guessed: bool = False
    problem: str = ""
    into: str = ""
    _import: str = ""

    @handler()
    async def load(self) -> None:
        """Fill the page."""
        await (await self.get_state(SessionState))._fill()
        await (await self.get_state(LiveState))._follow([], "")
        self._import = str(getattr(self, "import_id", "") or "")
        query = self.router.url.query_parameters
        self.problem, self.into = proven_sentence(query), query.get("project", "")
        self.page, self.only_guessed, self.missing = 1, False, False
        try:
            view = await read(scripts.get_import, self._import)
            card = await read(thread.get_card, view.project_id) if view.project_id else None
            self.found = Found(has_script=card is not None and card.stages[0].state != "none")
            self._tell(view)
            await self._look()
        except NotFound:
            self.missing = True
        self.loaded = True

    @rx.var
    def merge_page(self) -> str:
        """Where the file meets the script its project has."""
        return f"/import/{self._import}/merge"

    @handler()
    async def turn(self, by: int) -> None:
        """The next page of paragraphs, or the one before."""
        self.page = max(1, min(self.pages, self.page + by))
        await self._look()

    @handler()
    async def show_guessed(self) -> None:
        """Only the paragraphs whose type is a guess, or all again."""
        self.only_guessed, self.page = not self.only_guessed, 1
        await self._look()

    @handler()
    async def retag(self, index: int, kind: str) -> None:
        """Give a paragraph another type."""
        chosen = next((k for k in TAGS if k.value == kind), None)
        if chosen is None:
            return
        self._tell(await write(scripts.retag, self._import, {index: chosen}))
        await self._look()

    @handler()
    async def keep(self, form: dict[str, str]) -> rx.event.EventSpec | None:
        """Make it a script of a project."""
        title = " ".join(form.get("title", "").split())[:200]
        film = (await self.get_state(FormatState))._film()
        started = await run(thread.finish_import, self._import, title=title or None, film=film)
        return rx.redirect(f"/p/{started.project_id}/board")

    @handler()
    async def forget(self) -> rx.event.EventSpec | None:
        """Put the file aside."""
        await write(scripts.discard_import, self._import)
        (await self.get_state(NoticesState))._tell("ok", "Nothing was imported.")
        return rx.redirect(f"/p/{self.found.project_id}/script" if self.found.project_id else "/projects")

    def _tell(self, view: ImportView) -> None:
        eighths = f"{view.eighths // 8} {view.eighths % 8}/8" if view.eighths % 8 else str(view.eighths // 8)
        self.found = Found(
            name=view.name,
            format=_FORMATS.get(view.format, view.format),
            title=view.title,
            paragraphs=view.paragraphs,
            guessed=view.guessed,
            scenes=view.scenes,
            cues=view.cues,
            people=len(view.characters),
            places=len(view.locations),
            pages=eighths.removeprefix("0 "),
            time=clock(view.seconds),
            project_id=view.project_id or "",
            has_script=self.found.has_script,
        )
        self.losses = [Lost(each.what, each.count) for each in view.losses]
        self.warnings = list(view.warnings)

    async def _look(self) -> None:
        page, guessed = self.page, self.only_guessed
        rows, total = await read(scripts.list_paragraphs, self._import, page=page, limit=ON_A_PAGE, guessed=guessed)
        self.pages = max(1, -(-total // ON_A_PAGE))
        self.lines = [_line(row) for row in rows]


def _line(row: ParagraphView) -> Line:
    return Line(row.index, row.kind.value, row.text, row.number, row.place, row.guessed)
