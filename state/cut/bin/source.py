"""A file of the bin looked at before it is cut with: its in and out, the parts of it that have names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import reflex as rx

from state.bridge import read, write
from state.cut.bin.files import BinState
from state.cut.bin.shelf import carried, file_item, frames_told
from state.gate import handler
from state.notices import NoticesState
from state.sparing import Sparing
from studio.core.links import media_link
from studio.engine.time import Rate
from studio.media import service as media
from studio.media.views import MediaCard, proxy


@dataclass(frozen=True, slots=True)
class Source:
    """What is looked at: `frames` of the project's, 0 of what stands still; `first` to `last` (which is not in it any more) is
    meant to be cut with, and `carried` says so to the timeline. `film` and `sound` are "" where there is none."""

    project: str = ""
    sha256: str = ""
    name: str = ""
    kind: str = ""
    told: str = ""
    film: str = ""
    sound: str = ""
    picture: str = ""
    levels: str = ""
    fps: float = 24.0
    frames: int = 0
    first: int = 0
    last: int = 0
    range_told: str = ""
    left: str = "0%"
    right: str = "0%"
    carried: str = ""


class SourceState(Sparing, rx.State):
    """The source view: one file at a time."""

    shown: Source = Source()
    _rate: str = "24/1"

    @handler()
    async def open(self, sha256: str, part: str = "") -> None:
        """Show a file, or the part of it that was kept under a name."""
        await self._open(sha256)
        kept = (
            next((p for p in await read(media.list_sub_clips, self.shown.project) if p.id == part), None)
            if part
            else None
        )
        if kept is not None:
            self._show(replace(self.shown, name=kept.name, first=kept.first, last=kept.first + kept.frames))

    @handler()
    async def open_at(self, sha256: str, first: int, frames: int) -> None:
        """Show a file with in and out where a clip has them that shows so many frames of it."""
        await self._open(sha256)
        if 0 <= first < self.shown.frames and frames > 0:
            self._show(replace(self.shown, first=first, last=min(first + frames, self.shown.frames)))

    async def _open(self, sha256: str) -> None:
        shelf = await self.get_state(BinState)
        card = await read(media.get_card, shelf.project, sha256)
        self._rate = shelf._rate
        self._show(_source(shelf.project, card, Rate.parse(shelf._rate)))

    @handler()
    async def close(self) -> None:
        self.shown = Source()

    @handler()
    async def mark(self, which: Literal["in", "out"], frame: int) -> None:
        """Set in or out at a frame, which is in it; where they would cross the other one goes back to the end of the file."""
        it = self.shown
        at = max(0, min(frame, it.frames - 1))
        if which == "in":
            self._show(replace(it, first=at, last=it.last if it.last > at else it.frames))
        else:
            self._show(replace(it, last=at + 1, first=it.first if it.first <= at else 0))

    @handler()
    async def clear(self) -> None:
        """The whole file again."""
        self._show(replace(self.shown, first=0, last=self.shown.frames))

    @handler()
    async def keep(self) -> None:
        """Keep what lies between in and out beside its file, under a name."""
        it = self.shown
        if not it.sha256:
            return
        kept = await write(media.keep_sub_clip, it.project, it.sha256, it.first, it.last - it.first)
        (await self.get_state(NoticesState))._tell("ok", f"Kept as {kept.name}, under its file in the bin.")
        await self._looked()

    @handler()
    async def rename(self, part: str, name: str) -> None:
        """Call a part of a file something else."""
        if name.strip():
            await write(media.rename_sub_clip, part, name)
            await self._looked()

    @handler()
    async def remove(self, part: str) -> None:
        """Forget a part of a file; a notice can take it back."""
        was = await write(media.delete_sub_clip, part)
        args = [(await self.get_state(BinState)).project, was.sha256, was.first, was.frames, was.name]
        notices = await self.get_state(NoticesState)
        notices._tell("ok", f"{was.name} is out of the bin.", undo="Undo", act="keep_sub_clip", args=args)
        await self._looked()

    def _show(self, it: Source) -> None:
        if not it.frames:
            self.shown = it
            return
        rate, length = Rate.parse(self._rate), it.last - it.first
        self.shown = replace(
            it,
            range_told=f"{frames_told(it.first, rate)} to {frames_told(it.last, rate)} · {frames_told(length, rate)}",
            left=f"{100 * it.first / it.frames:.3f}%",
            right=f"{100 - 100 * it.last / it.frames:.3f}%",
            carried=carried(it.sha256, it.kind, it.name, length, sound=bool(it.sound), first=it.first),
        )

    async def _looked(self) -> None:
        await (await self.get_state(BinState))._look_at_files()


def _source(project_id: str, card: MediaCard, rate: Rate) -> Source:
    item = file_item(project_id, card, rate)
    moves = card.kind == "video"
    small = "proxy" if moves and proxy(rate) in card.forms else "full"
    return Source(
        project=project_id,
        sha256=card.sha256,
        name=card.name,
        kind=card.kind,
        told=item.told,
        film=media_link(project_id, card.sha256, small) if moves else "",
        sound=media_link(project_id, card.sha256) if card.sound else "",
        picture=media_link(project_id, card.sha256) if card.kind == "image" else "",
        levels=item.levels,
        fps=float(rate.fps),
        frames=card.frames or 0,
        last=card.frames or 0,
        carried=item.carried,
    )
