"""What a file of the bin is, line by line, and where it is used: for the sheet of the one that is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

import reflex as rx

from state.bridge import read
from state.cut.bin.files import BinState
from state.cut.bin.shelf import frames_told
from state.cut.room import CutRoomState
from state.gate import handler
from state.live import ago
from state.sparing import Sparing
from studio.engine.looks.facts import MediaFacts
from studio.media import service as media
from studio.media.views import MediaCard
from studio.timelines import service as timelines
from studio.timelines.views import MediaUse

_SHOWN = 20
_LAYOUTS = {1: "mono", 2: "stereo", 6: "5.1", 8: "7.1"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what it is called and what it is."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class UseItem:
    """A clip that uses the file. `here` says that it is in the open cut, at `frame`; else `link` leads to its own."""

    id: str
    told: str
    at: str
    here: bool
    frame: int
    link: str


class AboutState(Sparing, rx.State):
    """The sheet of one file."""

    facts: list[Fact] = []
    uses: list[UseItem] = []
    more: int = 0

    @handler()
    async def look(self, sha256: str) -> None:
        """Read what is known of a file."""
        shelf = await self.get_state(BinState)
        card = await read(media.get_card, shelf.project, sha256)
        found = await read(media.get_facts, shelf.project, sha256)
        self.facts = list(_facts(card, found, card.created_at))
        used = await read(timelines.uses_of, shelf.project, sha256)
        cut = (await self.get_state(CutRoomState)).cut
        places = {(use.timeline_id, use.start, use.clip): use for use in used}  # a picture and its own sound are one
        self.uses = [_use(shelf.project, each, cut) for each in list(places.values())[:_SHOWN]]
        self.more = max(0, len(places) - _SHOWN)


def _facts(card: MediaCard, facts: MediaFacts | None, brought: datetime) -> Iterator[Fact]:
    yield Fact("Brought in" if not card.made else "Made", ago(brought))
    yield Fact("On disk", f"{card.size / 1e6:,.1f} MB")
    if facts is None:
        return
    ends, kinds = PurePosixPath(card.name).suffix.removeprefix(".").lower(), facts.container.split(",")
    yield Fact("File", (ends if ends in kinds else kinds[0]).upper())
    if facts.width:
        turned = f", turned {facts.turned}°" if facts.turned else ""
        yield Fact("Picture", f"{facts.width} × {facts.height}{turned}")
    if facts.video_codec:
        profile = f" {facts.video_profile}" if facts.video_profile else ""
        yield Fact("Codec", f"{facts.video_codec}{profile}, {facts.pix_fmt}")
    if own := facts.rate or facts.average:
        uneven = ", uneven" if facts.variable else ""
        yield Fact("Rate", f"{own.said} fps, {facts.frames:,} frames{uneven}")
    if colour := "/".join(part for part in (facts.colours.primaries, facts.colours.transfer) if part):
        yield Fact("Colour", colour)
    if facts.bit_rate:
        yield Fact("Data", f"{facts.bit_rate / 1e6:.1f} Mb/s")
    for sound in facts.sounds:
        layout = sound.layout or _LAYOUTS.get(sound.channels, f"{sound.channels} channels")
        yield Fact("Sound", f"{sound.codec}, {sound.rate / 1000:g} kHz, {layout}")
    if facts.kind == "video" and not facts.sounds:
        yield Fact("Sound", "none")


def _use(project_id: str, use: MediaUse, cut: str) -> UseItem:
    here, link = use.timeline_id == cut, f"/p/{project_id}/cut?cut={use.timeline_id}"
    told = f"{use.cut}: {use.clip}" if use.clip else use.cut
    return UseItem(
        use.clip_id, told, frames_told(use.start, use.rate), here, use.start, _board(project_id) if use.live else link
    )


def _board(project_id: str) -> str:
    """A cut that follows its board is looked at there."""
    return f"/p/{project_id}/board"
