"""Drawn worksheets brought in on the board: those being read, and what came of every page of the last ones;
and what is told when the drawings of boards have been brought in."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from state.board.panels import counted
from state.bridge import read
from state.gate import handler
from state.hub import News
from state.live import ago, percent_of, stage_of, standing
from state.notices import NoticesState
from studio.runs.views import RunView, run_view
from studio.storyboards import service as storyboards
from studio.storyboards.views import ScanView

_LISTED = 4
_MOST_PAGES = 30
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A page of what was brought in: which, and what came of it."""

    page: str
    told: str


@dataclass(frozen=True, slots=True)
class Brought:
    """Sheets brought in at once; `state` is that of their job."""

    id: str
    label: str
    told: str
    state: str
    percent: int
    problem: str
    pages: list[SheetLine]
    kept: int
    unread: int


class ScanState(rx.State):
    """The sheets brought in, as one tab shows them."""

    scans: list[Brought] = []
    script_id: str = ""

    @handler()
    async def show(self) -> None:
        await self._look()

    async def _open(self, script_id: str) -> None:
        """The board whose sheets these are."""
        self.script_id = script_id
        self.scans = []

    async def _hear(self, news: News) -> None:
        views = [run_view(plain) for plain in news.runs.values() if plain["kind"] == "scan"]
        for run in (run_view(plain) for plain in news.runs.values() if plain["kind"] == "boards"):
            if run.state in ("completed", "failed") and run.ended:
                (await self.get_state(NoticesState))._tell(*_brought_in(run))
        if not views and not news.all:
            return
        await self._look()
        mine = {scan.id: scan for scan in self.scans}
        for view in views:
            if view.ended and view.id in mine:
                (await self.get_state(NoticesState))._tell(*_ended(mine[view.id]))

    async def _look(self) -> None:
        if self.script_id:
            found = await read(storyboards.list_scans, self.script_id, limit=_LISTED)
            self.scans = [_brought(view) for view in found.items]


def _brought_in(run: RunView) -> tuple[str, str]:
    """The kind and words of a notice about the drawings of boards that have come, or not."""
    if run.result is None:
        return "error", run.error_message or "The drawings could not be brought in."
    problems = run.result["problems"]
    told = f"{counted(run.result['kept'], 'drawing')} brought in."
    if not problems:
        return "ok", told
    boards = ", ".join(str(problem["board"]) for problem in problems[:_MOST_NAMED])
    more = ", ..." if len(problems) > _MOST_NAMED else ""
    return "warning", f"{told} Without one: board {boards}{more}. {problems[0]['told']}"


def _ended(scan: Brought) -> tuple[str, str]:
    """The kind and words of a notice about sheets that have been read, or could not be."""
    if scan.state != "done":
        return "error", scan.problem or "The sheets were not read: the job was stopped."
    if not scan.unread:
        return "ok", f"{counted(scan.kept, 'drawing')} taken from paper."
    pages = f"{counted(scan.unread, 'page')} could not be used: Print, Bring in drawn sheets says why."
    return "warning", f"{counted(scan.kept, 'drawing')} taken from paper. {pages}"


def _brought(view: ScanView) -> Brought:
    run = view.run
    several = len(view.names) > 1
    pages = [
        SheetLine(f"{sheet.file}, page {sheet.page}" if several or len(view.sheets) > 1 else sheet.file, sheet.told)
        for sheet in view.sheets[:_MOST_PAGES]
    ]
    taken = f"{counted(view.kept, 'drawing')} taken from paper"
    return Brought(
        id=run.id,
        label=f"{len(view.names)} files" if several else view.names[0],
        told=f"{taken} · {ago(view.created_at)}" if standing(run) == "done" else stage_of(run),
        state=standing(run),
        percent=percent_of(run),
        problem=(run.error_message or "They could not be read.") if standing(run) == "failed" else "",
        pages=pages,
        kept=view.kept,
        unread=sum(not sheet.frames for sheet in view.sheets),
    )
