"""What of the open cut is rendered to be played: begun, stopped, and told to the page as it comes."""

from __future__ import annotations

from typing import Any

import reflex as rx

from state.bridge import read, write
from state.gate import handler
from state.hub import News
from state.sparing import Sparing
from studio.core.errors import NotFound
from studio.renders import service as renders
from studio.runs.views import RunView, run_view
from studio.thread.views import ProjectHome

_KINDS = frozenset({"preview", "piece"})


class PreviewsState(Sparing, rx.State):
    """Where it is heavy and what is ready the page asks for itself; `turn` says that there is something new."""

    turn: int = 0
    making: bool = False
    percent: int = 0
    refused: str = ""
    _cut: str = ""
    _run: str = ""

    @handler()
    async def begin(self, idle: bool) -> None:
        """Have what is heavy rendered; `idle` where nobody asked for it, which waits for films that are being made."""
        if self._cut:
            self.refused = ""
            self._follow(await write(renders.start_preview, self._cut, idle=idle))

    @handler()
    async def stop(self) -> None:
        if self._cut:
            await write(renders.stop_preview, self._cut)
            self._follow(None)

    async def _open(self, _home: ProjectHome) -> None:
        """The page was opened anew: what it knew is asked for again."""
        await self._find()

    async def _look(self, cut: str, chosen: tuple[str, ...]) -> None:
        if cut != self._cut:
            self._cut, self.refused = cut, ""
            await self._find()

    async def _hear(self, news: News) -> None:
        ours = [run for run in news.runs.values() if run["kind"] in _KINDS]
        if not self._cut or not (ours or news.all):
            return
        for run in (run_view(plain) for plain in ours if plain["id"] == self._run):
            self.percent = int(run.fraction * 100)
            if run.ended:
                self.refused = _said(run.result or {})
        if news.all or any(run_view(plain).ended or plain["kind"] == "preview" for plain in ours):
            await self._find()

    async def _find(self) -> None:
        try:
            self._follow(await read(renders.find_preview, self._cut) if self._cut else None)
        except NotFound:
            self._follow(None)

    def _follow(self, run: RunView | None) -> None:
        self.making, self._run = run is not None, run.id if run else self._run
        self.percent = int(run.fraction * 100) if run else 0
        self.turn += 1


def _said(result: dict[str, Any]) -> str:
    """Why some of it could not be made."""
    return " ".join(str(each) for each in result.get("refused", []))
