"""How the film is wanted beside its kind: its captions, how it lies in another shape, its range, one file or several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import reflex as rx

from state.bridge import read
from state.cut.checks import checks_of
from state.gate import handler
from state.live import clock
from state.renders.cut import frames_of
from studio.core.errors import Invalid
from studio.engine.presets import CAPTIONS, PRESETS, Order
from studio.engine.time import Rate
from studio.timelines import service as timelines
from studio.timelines.views import TimelineCard

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Before:
    """One thing that is wrong before the film is made, and how often; `link` leads to its first place in the cut."""

    told: str
    grave: bool
    time: str
    link: str
    times: int


@dataclass(frozen=True, slots=True)
class CutChoice:
    """A cut by hand that a film can be made of."""

    id: str
    name: str


class AskingState(rx.State):
    """One tab's wishes for the next film; times as they were typed, empty for the film's own ends.

    `lacking` are films that were refused because files of them are missing: their rest can be made.
    """

    title: str = "1080p film"
    pictured: bool = True
    worded: bool = True
    shaped: bool = False
    captions: str = "track"
    fill: bool = False
    first: str = ""
    last: str = ""
    split: bool = False
    lacking: list[str] = []
    cuts: list[CutChoice] = []
    cut: str = ""  # the cut by hand the film is made of; "" is the board's own
    found: list[Before] = []
    picture: str = ""  # a frame of the cut by hand
    _rate: str = "24/1"
    _cards: tuple[TimelineCard, ...] = ()

    @handler()
    async def caption(self, how: str) -> None:
        if how in CAPTIONS:
            self.captions = how

    @handler()
    async def lay(self, filling: bool) -> None:
        self.fill = filling

    @handler()
    async def begin(self, at: str) -> None:
        self.first = self._time(at)

    @handler()
    async def end(self, at: str) -> None:
        self.last = self._time(at)

    @handler()
    async def part(self, by_scene: bool) -> None:
        self.split = by_scene

    async def _open(self, project_id: str, rate: Rate, asked: Mapping[str, str], *, board: bool) -> None:
        """Which cuts there are; the address may name one, and where its film begins and ends. No board: it is the last."""
        self._rate = str(rate)
        self._cards = tuple(await read(timelines.list_timelines, project_id))
        self.cuts = [CutChoice(card.id, card.name) for card in self._cards if not card.live]
        self._take(asked.get("cut", "") or (self.cuts[0].id if self.cuts and not board else ""))
        if self.cut:
            self.first, self.last = self._time(asked.get("from", "")), self._time(asked.get("to", ""))
        await self._look_before(project_id)

    def _take(self, cut: str) -> None:
        """Make the film of this cut; "" is the board's own."""
        self.cut = cut if any(each.id == cut for each in self.cuts) else ""

    async def _look_before(self, project_id: str) -> None:
        """What is wrong with the cut the film would be made of, and what it looks like."""
        card = next((each for each in self._cards if (each.live if not self.cut else each.id == self.cut)), None)
        self.picture, self.found = "", []
        if card is None:
            return
        room = f"/p/{project_id}/board?" if card.live else f"/p/{project_id}/cut?cut={card.id}&"
        wrong = checks_of(await read(timelines.check_timeline, card.id))
        self.found = [
            Before(
                each.told,
                each.grave,
                clock(float(card.rate.seconds(each.frame))),
                f"{room}at={each.frame}",
                each.times,
            )
            for each in wrong[:_SHOWN]
        ]
        if card.frames and not card.live:
            at = f"frame={card.frames // 3}&width=320&r={card.revision}"
            self.picture = f"/api/v1/timelines/{card.id}/frame?{at}"

    def _length(self) -> tuple[int, float] | None:
        """Frames and seconds of the cut that is chosen; None for the board's own."""
        card = next((each for each in self._cards if each.id == self.cut), None)
        return (card.frames, float(card.rate.seconds(card.frames))) if card else None

    def _time(self, text: str) -> str:
        """A time as it was typed, if it is one. Raises: Invalid."""
        if text.strip():
            self._frames(text)
        return text.strip()[:12]

    def _frames(self, text: str) -> int:
        rate = next((card.rate for card in self._cards if card.id == self.cut), Rate.parse(self._rate))
        frames = 0 if text.strip("0:. ") == "" else frames_of(text, rate)
        if not frames and text.strip("0:. "):
            raise Invalid("Type a time such as 4:07 (seconds and frames) or 4.5.", field="frames")
        return frames

    def _choose(self, name: str) -> None:
        """Follow the kind that was chosen: what it does not have is not asked."""
        kind = PRESETS[name]
        self.title, self.pictured, self.shaped = kind.title, kind.has_picture, kind.shape is not None
        self.worded = kind.makes == "film"

    def _order(self, name: str) -> Order:
        """The order as it stands. Raises: Invalid."""
        kind = PRESETS[name]
        captions = CAPTIONS[CAPTIONS.index(self.captions)] if self.captions in CAPTIONS else "track"
        return Order(
            name,
            captions if kind.has_picture else "none",
            "cover" if self.fill and kind.shape else "contain",
            self._frames(self.first) if self.first else 0,
            (self._frames(self.last) or None) if self.last else None,
            self.split,
        )
