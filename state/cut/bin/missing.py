"""Files the open cut lacks, and the one that is to take the place of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import reflex as rx

from state.bridge import read, write
from state.cut.bin.shelf import frames_told
from state.cut.inspector.shown import Option
from state.cut.room import CutRoomState
from state.gate import handler
from state.notices import NoticesState
from state.sparing import Sparing
from studio.engine.time import Rate
from studio.media import service as media
from studio.media.views import MediaCard
from studio.timelines import service as timelines
from studio.timelines.views import MissingFile

_MOST_FILES = 300


@dataclass(frozen=True, slots=True)
class MissingItem:
    """A file that is not there: what is cut with it, the files that may take its place (those called alike first), the one that
    is looked at, and in words how that one differs; `fits` says whether it is long enough."""

    key: str
    name: str
    told: str
    options: list[Option]
    chosen: str
    differs: str
    fits: bool


class MissingState(Sparing, rx.State):
    """What the open cut lacks."""

    items: list[MissingItem] = []
    _cut: str = ""
    _rate: str = "24/1"
    _chosen: dict[str, str] = {}

    @handler()
    async def choose(self, key: str, sha256: str) -> None:
        """Look at a file as what may take the place of a missing one."""
        self._chosen = {**self._chosen, key[:400]: sha256[:64]}
        await self._read(self._cut)

    @handler()
    async def relink(self, key: str) -> None:
        """Put the file that is looked at in the place of the missing one, in all clips of it."""
        sha256 = self._chosen.get(key, "")
        if not sha256:
            return
        made = await write(timelines.relink_media, self._cut, key, sha256)
        await (await self.get_state(CutRoomState))._tell(media=True)
        (await self.get_state(NoticesState))._tell("ok", f"{made.label}. Undo takes it back.")
        await self._read(self._cut)

    async def _read(self, cut: str) -> None:
        """What a cut lacks; "" is no cut."""
        if cut != self._cut:
            self._cut, self._chosen = cut, {}
        lacking = await read(timelines.missing_files, cut) if cut else ()
        if not lacking:
            self.items = []
            return
        card = await read(timelines.get_card, cut)
        page = await read(media.list_media, card.project_id, kinds=("video", "audio", "image"), limit=_MOST_FILES)
        self.items = [_item(each, page.items, card.rate, self._chosen.get(each.key, "")) for each in lacking]


def _item(lacking: MissingFile, there: Sequence[MediaCard], rate: Rate, chosen: str) -> MissingItem:
    alike = [card for card in there if card.sha256 in lacking.alike]
    others = [card for card in there if card.sha256 not in lacking.alike]
    named = [Option(card.sha256, f"{card.name} (called alike)") for card in alike]
    found = next((card for card in there if card.sha256 == chosen), None)
    clips = f"{lacking.clips} clip" + ("" if lacking.clips == 1 else "s")
    return MissingItem(
        key=lacking.key,
        name=lacking.name,
        told=f"{clips}, {frames_told(lacking.frames, rate)} of it are cut with",
        options=[*named, *(Option(card.sha256, card.name) for card in others)],
        chosen=chosen if found else "",
        differs=_differs(lacking, found, rate) if found else "",
        fits=found is not None and _fits(lacking, found),
    )


def _fits(lacking: MissingFile, card: MediaCard) -> bool:
    return card.frames is None or card.frames >= lacking.frames


def _differs(lacking: MissingFile, card: MediaCard, rate: Rate) -> str:
    """How a file differs from the missing one, as far as the cut knows that one."""
    said = ["called alike" if card.sha256 in lacking.alike else f"called {card.name}"]
    if card.frames is None:
        said.append("stands still")
    else:
        said.append(f"{frames_told(card.frames, rate)} long")
    if card.width:
        said.append(f"{card.width} × {card.height}")
    if card.kind == "video" and not card.sound:
        said.append("silent")
    if not _fits(lacking, card):
        said.append("too short for what is cut with: trim the clips, or choose a longer one")
    return ", ".join(said)
