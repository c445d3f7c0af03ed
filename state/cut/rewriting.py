"""A sentence of the open cut said otherwise: written in its place, voiced by a run, laid into the cut when that has ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx

from state.bridge import read, write
from state.cut.room import CutRoomState
from state.cut.transcript import TranscriptState
from state.gate import handler
from state.hub import News
from state.live import percent_of, stage_of
from state.notices import NoticesState
from state.sparing import Sparing
from studio.core.errors import NotFound
from studio.providers import registry as providers
from studio.runs import service as runs
from studio.runs.views import RunView, run_view
from studio.thread import saying
from studio.thread.views import ProjectHome
from studio.timelines import service as timelines
from studio.timelines.spoken.sentences import same_still

_KIND = "take"
_LISTED = 20
_DIGITS = 12
_SCRIPT = frozenset({"script", "board"})


@dataclass(frozen=True, slots=True)
class Voicing:
    """A sentence on its way: the words that are voiced, how far that is (per cent), or why it could not be."""

    run: str
    clip: str
    was: str
    text: str
    stage: str
    percent: int
    problem: str = ""


class RewritingState(Sparing, rx.State):
    """Which sentence is written on, and those being voiced, by the key each has in the transcript."""

    open: str = ""
    voice: str = ""  # who will speak, and what it costs
    going: dict[str, Voicing] = {}

    _project_id: str = ""
    _cut: str = ""
    _runs: dict[str, Voicing] = {}

    @handler()
    async def write_on(self, key: str) -> None:
        """Open a sentence to write on; "" closes it."""
        self.voice = f"Spoken by {providers.voice_provider().name} on this machine, at no cost"
        self.open = key

    @handler()
    async def rewrite(self, form: dict[str, Any]) -> None:
        """Let a sentence be said as it was written; the form names its `clip` and the frame its words `start` at."""
        clip, start, text = (str(form.get(name, "")) for name in ("clip", "start", "text"))
        place = int(start) if start.isdecimal() and len(start) < _DIGITS else -1
        view = await write(timelines.rewrite_sentence, self._cut, clip, place, text)
        self.open = ""
        await self._follow(view)
        await self._place()

    @handler()
    async def stop(self, run: str) -> None:
        """Stop voicing a sentence, or forget that it could not be."""
        found = self._runs.pop(run, None)
        if found is not None and not found.problem:
            await write(runs.cancel_run, run)
        await self._place()

    @handler()
    async def write_in_script(self, clip: str, start: int) -> None:
        """Let the script say what was said anew."""
        edit = await write(saying.say_in_script, self._cut, clip, start)
        (await self.get_state(NoticesState))._tell("ok", f"Scene {edit.text.scene.number} of the script says it, too.")
        await (await self.get_state(TranscriptState))._look_anew()

    async def _open(self, home: ProjectHome) -> None:
        self._project_id = home.card.id
        self.open, self._runs = "", {}
        records, _ = await read(runs.list_asked, home.card.id, (_KIND,), limit=_LISTED)
        for record in records:
            if not record.run.ended:
                await self._follow(record.run)
        await self._place()

    async def _look(self, cut: str, chosen: tuple[str, ...]) -> None:
        if cut != self._cut:
            self._cut, self.open = cut, ""
        await self._place()

    async def _hear(self, news: News) -> None:
        views = [run_view(plain) for plain in news.runs.values() if plain["kind"] == _KIND]
        for view in views:
            await self._follow(view)
        if views:
            await self._place()
        if self._cut and _SCRIPT & news.changed:
            await (await self.get_state(TranscriptState))._look_anew()

    async def _follow(self, view: RunView) -> None:
        """Know how far a run is; one that has ended well is seen in the cut."""
        known = self._runs.get(view.id)
        if view.ended and view.state.value != "failed":
            self._runs.pop(view.id, None)
            return
        if known is None:
            config = (await read(runs.get_record, view.id)).config
            if config["timeline_id"] != (self._cut or (await self.get_state(CutRoomState)).cut):
                return
            known = Voicing(view.id, config["clip"], config["was"], config["text"], "", 0)
        problem = (view.error_message or "It could not be voiced.") if view.ended else ""
        self._runs[view.id] = Voicing(
            view.id, known.clip, known.was, known.text, stage_of(view), percent_of(view), problem
        )

    async def _place(self) -> None:
        """Which sentence of the cut each run is for, wherever that is by now."""
        if not self._runs or not self._cut:
            self.going = {}
            return
        try:
            sentences = await read(timelines.list_sentences, self._cut)
        except NotFound:
            self.going = {}
            return
        found: dict[str, Voicing] = {}
        for voicing in self._runs.values():
            at = same_still(sentences, voicing.clip, voicing.was)
            if at is not None:
                found[f"{at.clip}@{at.start}"] = voicing
        self.going = found
