"""The inspector's other two parts: transitions on the cuts at what is chosen, and the facts of the whole cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx

from state.cut.document import document_of
from state.cut.inspector.shown import TRANSITIONS
from state.cut.room import CutRoomState
from state.gate import handler
from state.renders.cut import timecode as clock_of
from state.sparing import Sparing
from studio.core.errors import Invalid, NotFound, StudioError
from studio.core.ids import new_id
from studio.engine.editing import Edit
from studio.engine.interchange.timecode import drops, frames_of, timecode
from studio.engine.timeline import Timeline, Track, Transition

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
Of = Literal["frames", "colour"]
Fact = Literal["size", "background", "begins", "drop"]


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
    """Transitions and the whole cut; the inspector looks for it."""

    whole: Whole = Whole()
    turns: int = 0
    _cut: str = ""

    @handler()
    async def join(self, track: str, at: int, kind: str) -> None:
        """Lay a transition of a second on a cut (shorter where its clips are), change the one there, or make it hard again."""
        cut = await document_of(self._cut)
        there = _track(cut, track)
        old = next((each for each in there.transitions if each.at == at), None)
        if kind == "" and old is not None:
            await self._make([Edit("remove_transition", {"transition": old.id})], "hard cut")
        elif kind not in TRANSITIONS:
            raise Invalid("There is no such transition.", field="kind")
        elif old is not None:
            edit = Edit("set_transition", {"transition": old.id, "fields": {"kind": kind}})
            await self._make([edit], TRANSITIONS[kind].lower())
        else:
            new = _transition(there, at, kind, max(2, round(cut.rate.fps)))
            edit = Edit("add_transition", {"track": track, "transition": new})
            await self._make([edit], TRANSITIONS[kind].lower())

    @handler()
    async def change(self, transition: str, what: Of, value: str) -> None:
        """Change the length in frames or the colour of a transition."""
        cut = await document_of(self._cut)
        old = next((each for track in cut.tracks for each in track.transitions if each.id == transition), None)
        if old is None:
            raise NotFound("There is no such transition in this cut.")
        fields: dict[str, Any] = {"colour": value}
        if what == "frames":
            frames = self._number(value)
            fields = {"before": frames // 2, "after": frames - frames // 2}
            if frames == old.before + old.after:
                return
        await self._make([Edit("set_transition", {"transition": transition, "fields": fields})], "transition")

    @handler()
    async def fact(self, what: Fact, value: str) -> None:
        """Set size, background or timecode of the whole cut."""
        cut = await document_of(self._cut)
        fields: dict[str, Any] = {"background": value}
        if what == "size":
            width, _, height = value.partition("x")
            fields = {"width": self._number(width), "height": self._number(height)}
        elif what == "drop":
            fields = {"drop_frame": value == "on"}
        elif what == "begins":
            try:
                fields = {"first_frame": frames_of(value, cut.rate, drop=cut.drop_frame)}
            except StudioError:
                self.turns += 1
                raise
        if all(getattr(cut, name) == each for name, each in fields.items()):
            return
        await self._make([Edit("set_timeline", {"fields": fields})], f"{what} of the cut")

    async def _show(self, cut_id: str, cut: Timeline | None) -> None:
        """What is said of a cut."""
        self._cut = cut_id
        if cut is None:
            self.whole = Whole()
            return
        size = f"{cut.width}x{cut.height}"
        self.whole = Whole(
            size=size,
            odd_size="" if size in SIZES else f"{cut.width} × {cut.height}",
            rate=f"{float(cut.rate.fps):g} fps",
            lasts=clock_of(cut.frames, cut.rate),
            begins=timecode(cut.first_frame, cut.rate, drop=cut.drop_frame),
            background=cut.background,
            drop=("on" if cut.drop_frame else "off") if drops(cut.rate) else "",
            tracks=str(len(cut.tracks)),
            clips=f"{sum(len(track.clips) for track in cut.tracks):,}",
        )

    def _number(self, value: str) -> int:
        """A number of frames or pixels as people type it. Raises: Invalid."""
        digits = value.strip().removesuffix("f").strip()
        if not digits.isdecimal() or len(digits) > 6 or int(digits) < 1:
            self.turns += 1
            raise Invalid("Type a whole number.", field="value")
        return int(digits)

    async def _make(self, edits: list[Edit], label: str) -> None:
        try:
            await (await self.get_state(CutRoomState))._make(edits, label)
        except StudioError:
            self.turns += 1
            raise


def _track(cut: Timeline, track_id: str) -> Track:
    found = next((track for track in cut.tracks if track.id == track_id), None)
    if found is None:
        raise NotFound("There is no such track in this cut.")
    return found


def _transition(track: Track, at: int, kind: Any, frames: int) -> Transition:
    """A transition with both halves alike, none longer than its clip."""
    before = next((clip.frames for clip in track.clips if clip.end == at), 0)
    after = next((clip.frames for clip in track.clips if clip.start == at), 0)
    half = max(1, min(frames // 2, before, after))
    return Transition(new_id(), kind, at, half, half)
