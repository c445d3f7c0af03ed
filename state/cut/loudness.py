"""How loud the open cut is, when asked; clips brought to a loudness."""

from __future__ import annotations

from dataclasses import replace

import reflex as rx

from state.bridge import read, run
from state.cut.room import CutRoomState
from state.gate import handler
from state.sparing import Sparing
from studio.engine.editing import Edit
from studio.engine.timeline import Clip
from studio.engine.timeline.curves import Animated, Curve
from studio.renders import service as renders
from studio.thread.views import ProjectHome
from studio.timelines import service as timelines

TARGET_LUFS = -16.0
"""What a clip is brought to. Source: AES TD1008, speech for streaming."""

_LOUDEST_DB = 40.0


class LoudnessState(Sparing, rx.State):
    """Loudness as it was when it was last asked for; `stale` once the cut has changed since."""

    lufs: str = ""
    peak: str = ""
    stale: bool = False
    _at: tuple[str, int] = ("", 0)

    @handler()
    async def measure(self) -> None:
        """Listen to the whole cut as its faders have it."""
        cut = (await self.get_state(CutRoomState)).cut
        card = await read(timelines.get_card, cut)
        found = await run(renders.hear_cut, cut)
        self.lufs, self.peak = f"{found.lufs:.1f}".replace("-", "−"), f"{found.peak_dbtp:.1f}".replace("-", "−")
        self._at, self.stale = (cut, card.revision), False

    @handler()
    async def normalise(self) -> None:
        """Bring every chosen clip to the same loudness by its gain."""
        room = await self.get_state(CutRoomState)
        found = await run(renders.hear_clips, room.cut, room._chosen)
        edits = [
            Edit("set_clip", {"clip": clip.id, "fields": {"gain_db": _louder(clip.gain_db, TARGET_LUFS - lufs)}})
            for clip, lufs in found
        ]
        await room._make(edits, f"loudness of {_named([clip for clip, _ in found])}")

    async def _open(self, home: ProjectHome) -> None:
        self.lufs, self.peak, self.stale, self._at = "", "", False, ("", 0)

    async def _look(self, cut: str, chosen: tuple[str, ...]) -> None:
        if not self.lufs:
            return
        if cut != self._at[0]:
            self.lufs, self.peak, self.stale = "", "", False
        else:
            self.stale = (await read(timelines.get_card, cut)).revision != self._at[1]


def _louder(gain: Animated, by: float) -> Animated:
    """A gain so many dB higher, with its keys."""
    if isinstance(gain, Curve):
        return Curve(tuple(replace(key, value=_bounded(key.value + by)) for key in gain.keys))
    return _bounded(gain + by)


def _bounded(db: float) -> float:
    return round(min(_LOUDEST_DB, max(-_LOUDEST_DB * 3, db)), 1)


def _named(clips: list[Clip]) -> str:
    return clips[0].name if len(clips) == 1 else f"{len(clips)} clips"
