"""The captions of the open cut as a list: their words and times, what is hard to read, and files of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import reflex as rx

from state.cut.document import cut_of
from state.cut.inspector.shown import Option
from state.gate import handler
from state.sparing import Sparing
from studio.engine.time import Rate
from studio.engine.timeline.looks import CAPTION_LOOKS
from studio.thread.views import ProjectHome
from studio.timelines import captioning
from studio.timelines.wishes.typed import timecode

_PAGE = 60


@dataclass(frozen=True, slots=True)
class CaptionRow:
    """A caption in the list; `faults` says what is hard to read, "" is nothing."""

    start: int
    end: int
    begins: str
    ends: str
    speaker: str
    text: str
    speed: str
    faults: str
    last: bool


class CaptionsState(Sparing, rx.State):
    """One page of the captions of one track."""

    tracks: list[Option] = []
    track: str = ""
    rows: list[CaptionRow] = []
    total: int = 0
    first: int = 0
    hard: int = 0  # how many are hard to read
    only_hard: bool = False
    look: str = ""  # how they look in the picture
    looks: list[Option] = [Option(name, look.words) for name, look in CAPTION_LOOKS.items()]
    words: str = ""
    cut: str = ""
    _looked: tuple[str, int, str, int, str, bool] = ("", 0, "", 0, "", False)

    @handler()
    async def open_track(self, track: str) -> None:
        self.track, self.first = track, 0
        await self._look(self.cut, ())

    @handler()
    async def turn(self, by: Literal[-1, 1]) -> None:
        self.first = max(0, self.first + by * _PAGE)
        await self._look(self.cut, ())

    @handler()
    async def find(self, words: str) -> None:
        self.words, self.first = words[:100].strip(), 0
        await self._look(self.cut, ())

    @handler()
    async def filter(self) -> None:
        """Only those that are hard to read, or all."""
        self.only_hard, self.first = not self.only_hard, 0
        await self._look(self.cut, ())

    async def _open(self, home: ProjectHome) -> None:
        self.words, self.first, self.only_hard = "", 0, False

    async def _look(self, cut: str, chosen: tuple[str, ...]) -> None:
        """Read the page of captions on view."""
        self.cut = cut
        found = await cut_of(cut) if cut else None
        looked = (cut, found.revision if found else 0, self.track, self.first, self.words, self.only_hard)
        if looked == self._looked:
            return
        timeline = found.timeline if found else None
        tracks = captioning.caption_tracks(timeline) if timeline else ()
        shown = next((track for track in tracks if track.id == self.track), tracks[0] if tracks else None)
        self.tracks = [Option(track.id, track.name) for track in tracks]
        self.track, self.look = (shown.id, shown.look) if shown else ("", "")
        if timeline is None or shown is None:
            self.rows, self.total, self.hard = [], 0, 0
            return
        every = captioning.readable(shown.captions, timeline.rate)
        words = self.words.casefold()
        meant = [
            each for each in every if words in each.caption.text.casefold() and (each.faults or not self.only_hard)
        ]
        self.total, self.hard = len(meant), sum(bool(each.faults) for each in every)
        self.first = min(self.first, max(0, (len(meant) - 1) // _PAGE * _PAGE))
        end = every[-1].caption.start if every else 0
        self.rows = [_row(each, timeline.rate, end) for each in meant[self.first : self.first + _PAGE]]
        self._looked = (*looked[:2], self.track, self.first, *looked[4:])


def _row(each: captioning.Readable, rate: Rate, last: int) -> CaptionRow:
    caption = each.caption
    return CaptionRow(
        start=caption.start,
        end=caption.end,
        begins=timecode(caption.start, rate),
        ends=timecode(caption.end, rate),
        speaker=caption.speaker,
        text=caption.text,
        speed=f"{each.cps:.0f}",
        faults="; ".join(each.faults),
        last=caption.start == last,
    )
