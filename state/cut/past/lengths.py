"""Lengths the open cut and its board do not share: told in the sheet of the board and beside the chosen clip, and given to it."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from state.bridge import read, write
from state.cut.document import cut_of
from state.cut.room import CutRoomState
from state.gate import handler
from state.hub import News
from state.notices import NoticesState
from state.sparing import Sparing
from studio.thread.views import ProjectHome
from studio.timelines import service as timelines
from studio.timelines.views import LengthsGiven, ShotLength
from studio.timelines.wishes.typed import timecode

_SHOWN = 60
_SHOT = "shot:"


@dataclass(frozen=True, slots=True)
class Length:
    """A shot and how long it is on the board and in the cut, in seconds and frames."""

    shot: str = ""
    number: str = ""
    on_board: str = ""
    in_cut: str = ""


class BoardLengthsState(Sparing, rx.State):
    """Shots that differ, and the one that is chosen if it does."""

    total: int = 0
    shown: list[Length] = []
    here: Length = Length()

    _cut: str = ""
    _looked: tuple[str, int] = ("", 0)
    _found: tuple[ShotLength, ...] = ()

    @handler()
    async def give(self, shot: str) -> None:
        """Give the board the length of a shot; "" gives it all that differ."""
        found = await write(timelines.give_lengths, self._cut, [shot] if shot else None)
        notices = await self.get_state(NoticesState)
        if found.given:
            script = (await read(timelines.get_card, self._cut)).script_id
            notices._tell("ok", _told(found), undo="Undo", act="undo_board", args=[script, found.seq])
        elif found.kept:
            notices._tell("warning", found.kept[0].problem)
        await self._look_anew()

    async def _open(self, home: ProjectHome) -> None:
        self._looked = ("", 0)

    async def _look(self, cut: str, chosen: tuple[str, ...]) -> None:
        if not cut:
            self._cut, self._found, self.total, self.shown, self.here = "", (), 0, [], Length()
            return
        open_cut = await cut_of(cut)
        if self._looked != (cut, open_cut.revision):
            self._found = await read(timelines.list_lengths, cut)
            self._cut, self._looked = cut, (cut, open_cut.revision)
            self.total, self.shown = len(self._found), [_length(each) for each in self._found[:_SHOWN]]
        clips = (c for track in open_cut.timeline.tracks for c in track.clips if c.id in chosen)
        shots = {clip.link.removeprefix(_SHOT) for clip in clips}
        mine = [each for each in self._found if each.shot_id in shots] if len(shots) == 1 else []
        self.here = _length(mine[0]) if mine else Length()

    async def _look_anew(self) -> None:
        self._looked = ("", 0)
        await self._look(self._cut, (await self.get_state(CutRoomState))._chosen)

    async def _hear(self, news: News) -> None:
        if self._cut and (news.all or {"board", "voice"} & news.changed):
            await self._look_anew()


def _length(found: ShotLength) -> Length:
    return Length(found.shot_id, found.number, timecode(found.on_board, found.rate), timecode(found.in_cut, found.rate))


def _told(found: LengthsGiven) -> str:
    """What came of it."""
    count = len(found.given)
    if count == 1:
        one = _length(found.given[0])
        told = f"{one.number} is {one.in_cut} on the board, too."
    else:
        told = f"{count} shots are as long on the board, too."
    return f"{told} {found.kept[0].problem}" if found.kept else told
