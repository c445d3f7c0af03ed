"""The captions of the open cut as a list: their words and times, what is hard to read, and files of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import reflex as rx

from state.cut.document import cut_of, document_of
from state.cut.inspector.shown import Option
from state.cut.room import CutRoomState
from state.gate import handler
from state.renders.cut import frames_of, timecode
from state.sparing import Sparing
from studio.core.errors import LimitReached, StudioError
from studio.engine.editing import Edit
from studio.engine.time import Rate
from studio.engine.timeline import Timeline, Track
from studio.engine.timeline.looks import CAPTION_LOOKS
from studio.thread.views import ProjectHome
from studio.timelines import captioning

Edge = Literal["begins", "ends"]
_PAGE = 60
_LARGEST = 900_000


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
    turns: int = 0
    cut: str = ""
    _looked: tuple[str, int, str, int, str, bool, int] = ("", 0, "", 0, "", False, 0)

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

    @handler()
    async def wear(self, look: str) -> None:
        """How the captions of this track look in the picture."""
        edit = Edit("set_track", {"track": self.track, "fields": {"look": look}})
        await self._make(lambda cut, track: [edit], "look of the captions")

    @handler()
    async def retell(self, start: int, text: str) -> None:
        await self._make(lambda cut, track: captioning.retold(track, start, text[:2000]), "caption")

    @handler()
    async def retime(self, start: int, edge: Edge, value: str) -> None:
        await self._make(
            lambda cut, track: captioning.retimed(track, start, **{edge: frames_of(value, cut.rate)}),
            "time of a caption",
        )

    @handler()
    async def split(self, start: int, letter: int, text: str) -> None:
        """Cut a caption in two at the caret, with the words that stand there now."""
        await self._make(lambda cut, track: captioning.parted(track, start, text[:2000], letter), "split a caption")

    @handler()
    async def merge(self, start: int) -> None:
        """Join a caption with the next."""
        await self._make(
            lambda cut, track: [Edit("merge_captions", {"track": track.id, "start": start})], "join two captions"
        )

    @handler()
    async def remove(self, start: int) -> None:
        await self._make(
            lambda cut, track: [Edit("remove_caption", {"track": track.id, "start": start})], "delete a caption"
        )

    @handler()
    async def add(self) -> None:
        """A caption at the playhead."""
        room = await self.get_state(CutRoomState)
        await self._make(lambda cut, track: captioning.added(cut, track.id, room.rest), "new caption")

    @handler()
    async def bring(self, name: str, text: str) -> None:
        """The captions of a file in the place of those here."""
        if not text or len(text) > _LARGEST:
            raise LimitReached("This file is empty or larger than a file of captions. Choose an SRT, VTT or ASS file.")
        data = text.encode("utf-8", "replace")
        await self._make(lambda cut, track: captioning.brought(cut, track.id, name[-200:], data), "captions of a file")

    async def _open(self, home: ProjectHome) -> None:
        self.words, self.first, self.only_hard = "", 0, False

    async def _look(self, cut: str, chosen: tuple[str, ...]) -> None:
        """Read the page of captions on view."""
        self.cut = cut
        found = await cut_of(cut) if cut else None
        looked = (cut, found.revision if found else 0, self.track, self.first, self.words, self.only_hard, self.turns)
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

    async def _make(self, edits: Callable[[Timeline, Track], Sequence[Edit]], label: str) -> None:
        """Make edits of the track on view as one act; where they cannot be, the list is printed anew."""
        room = await self.get_state(CutRoomState)
        try:
            cut = await document_of(self.cut)
            tracks = captioning.caption_tracks(cut)
            track = captioning.caption_track(cut, self.track) if tracks else captioning.new_track(cut)
            if made := edits(cut, track):
                await room._make(made, label)
        except StudioError:
            self.turns += 1
            raise


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
