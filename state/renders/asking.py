"""How the film is wanted beside its kind: its captions, how it lies in another shape, its range, one file or several."""

from __future__ import annotations

import reflex as rx

from state.gate import handler
from state.renders.cut import frames_of
from studio.core.errors import Invalid
from studio.engine.presets import CAPTIONS, PRESETS, Order
from studio.engine.time import Rate


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
    _rate: str = "24/1"

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

    def _time(self, text: str) -> str:
        """A time as it was typed, if it is one. Raises: Invalid."""
        if text.strip():
            self._frames(text)
        return text.strip()[:12]

    def _frames(self, text: str) -> int:
        frames = 0 if text.strip("0:. ") == "" else frames_of(text, Rate.parse(self._rate))
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
