"""The inspector's other part: the facts of the whole cut."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from state.sparing import Sparing
from studio.engine.interchange.timecode import drops, timecode
from studio.engine.timeline import Timeline
from studio.timelines.wishes.joins import TRANSITIONS
from studio.timelines.wishes.typed import timecode as clock_of

SIZES = {
    "1920x1080": "16:9 · 1920 × 1080",
    "3840x2160": "16:9 · 3840 × 2160",
    "1280x720": "16:9 · 1280 × 720",
    "1080x1920": "9:16 · 1080 × 1920",
    "1080x1350": "4:5 · 1080 × 1350",
    "1080x1080": "1:1 · 1080 × 1080",
    "1920x804": "2.39:1 · 1920 × 804",
    "2048x858": "2.39:1 · 2048 × 858",
}

JOINS = {"": "Hard cut", **TRANSITIONS}


@dataclass(frozen=True, slots=True)
class Whole:
    """The cut itself. `drop` is "" where its rate has no drop-frame, else on or off."""

    size: str = ""
    odd_size: str = ""
    rate: str = ""
    lasts: str = ""
    begins: str = ""
    background: str = ""
    drop: str = ""
    tracks: str = ""
    clips: str = ""


class JoinState(Sparing, rx.State):
    """The whole cut; the inspector looks for it."""

    whole: Whole = Whole()

    async def _show(self, cut: Timeline | None) -> None:
        """What is said of a cut."""
        if cut is None:
            self.whole = Whole()
            return
        size = f"{cut.width}x{cut.height}"
        self.whole = Whole(
            size=size,
            odd_size="" if size in SIZES else f"{cut.width} × {cut.height}",
            rate=f"{cut.rate.said} fps",
            lasts=clock_of(cut.frames, cut.rate),
            begins=timecode(cut.first_frame, cut.rate, drop=cut.drop_frame),
            background=cut.background,
            drop=("on" if cut.drop_frame else "off") if drops(cut.rate) else "",
            tracks=str(len(cut.tracks)),
            clips=f"{sum(len(track.clips) for track in cut.tracks):,}",
        )
