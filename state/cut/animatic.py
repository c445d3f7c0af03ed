"""What the board of the open cut lacks to be heard: voices and music, recorded when somebody asks, and taken into the cut."""

from __future__ import annotations

import reflex as rx

from state.bridge import read, write
from state.gate import handler
from state.hub import News
from state.live import percent_of, stage_of
from state.sparing import Sparing
from studio.core.errors import NotFound
from studio.providers import registry as providers
from studio.renders import service as renders
from studio.runs import service as runs
from studio.runs.views import RunView, run_view
from studio.thread.views import ProjectHome

_KIND = "animatic"
_MADE_BY = frozenset({_KIND, "film"})
_CHANGED = frozenset({"board", "voice", "script"})


class AnimaticState(Sparing, rx.State):
    """Nothing of a cut whose board has all, or that has no board."""

    lacks: str = ""
    cost: str = ""
    run: str = ""  # what is being recorded
    stage: str = ""
    percent: int = 0
    problem: str = ""
    _cut: str = ""

    @handler()
    async def record(self) -> None:
        """Have the voices and the music recorded; they come into the cut when they are there."""
        if self._cut:
            self.problem = ""
            self._follow(await write(renders.submit_animatic, self._cut))

    @handler()
    async def stop(self) -> None:
        if self.run:
            await write(runs.cancel_run, self.run)
            await self._find()

    async def _open(self, home: ProjectHome) -> None:
        await self._find()

    async def _look(self, cut: str, chosen: tuple[str, ...]) -> None:
        if cut != self._cut:
            self._cut, self.problem = cut, ""
            await self._find()

    async def _hear(self, news: News) -> None:
        ours = [run_view(plain) for plain in news.runs.values() if plain["kind"] in _MADE_BY]
        for view in (each for each in ours if each.id == self.run):
            self._follow(view)
        if news.all or _CHANGED & news.changed or any(view.ended for view in ours):
            await self._find()

    async def _find(self) -> None:
        """Look what is lacking now."""
        try:
            found = await read(renders.get_animatic, self._cut) if self._cut else None
        except NotFound:
            found = None
        self.lacks = _told(found.lines, music=found.music) if found else ""
        self.cost = f"Spoken by {providers.voice_provider().name} on this machine, at no cost" if self.lacks else ""
        self._follow(found.run if found else None)

    def _follow(self, view: RunView | None) -> None:
        """How far it is; why it could not be."""
        if view is not None and view.ended:
            failed = view.state.value == "failed"
            self.problem = (view.error_message or "It could not be recorded.") if failed else ""
            view = None
        self.run = view.id if view else ""
        self.stage = stage_of(view) if view else ""
        self.percent = percent_of(view) if view else 0


def _told(lines: int, *, music: bool) -> str:
    """What is lacking, in a sentence."""
    if lines:
        said = (
            "1 line of the board is not spoken yet" if lines == 1 else f"{lines} lines of the board are not spoken yet"
        )
        return f"{said}." if music else f"{said}, and there is no music."
    return "" if music else "There is no music under the board yet."
