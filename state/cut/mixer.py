"""The mixer of the open cut: a strip for every audio track; each change is kept at once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx

from state.cut.document import cut_of, document_of
from state.cut.inspector.shown import Option
from state.cut.room import CutRoomState
from state.gate import handler
from state.sparing import Sparing
from studio.core.errors import Invalid, NotFound, StudioError
from studio.engine.editing import Edit
from studio.engine.sound.desk.strip import COMPRESSORS, EQUALISERS
from studio.engine.timeline import Track
from studio.thread.views import ProjectHome

Number = Literal[
    "gain_db",
    "pan",
    "eq_low_db",
    "eq_mid_db",
    "eq_high_db",
    "duck_db",
    "duck_threshold_db",
    "duck_attack_ms",
    "duck_hold_ms",
    "duck_release_ms",
]
Name = Literal["equaliser", "compressor", "ducked_by", "role"]
Switch = Literal["muted", "solo"]
_ROLES = {"voice": "Voice", "music": "Music", "sound": "Sound"}
_TOLD = {
    "gain_db": "loudness",
    "pan": "pan",
    **dict.fromkeys(("duck_db", "duck_threshold_db", "duck_attack_ms", "duck_hold_ms", "duck_release_ms"), "ducking"),
    **dict.fromkeys(("equaliser", "eq_low_db", "eq_mid_db", "eq_high_db"), "equaliser"),
    "compressor": "compressor",
    "ducked_by": "ducking",
    "role": "role",
    "muted": "mute",
    "solo": "solo",
}


@dataclass(frozen=True, slots=True)
class Strip:
    """An audio track in the mixer: gains in dB, times in ms, pan in per cent; `clips` says how many are on it.

    `itself` says that it is music which is balanced by itself; `press` names the meter of its compressor.
    """

    id: str
    name: str
    role: str
    gain_db: float
    pan: float
    duck_db: float
    duck_threshold_db: float
    duck_attack_ms: float
    duck_hold_ms: float
    duck_release_ms: float
    ducked_by: str
    equaliser: str
    eq_low_db: float
    eq_mid_db: float
    eq_high_db: float
    compressor: str
    muted: bool
    solo: bool
    silent: bool  # another one is solo
    clips: str
    itself: bool
    press: str


def _presets(names: Any) -> list[Option]:
    return [Option(name, name.capitalize()) for name in names]


class MixerState(Sparing, rx.State):
    """The strips of the mixer."""

    strips: list[Strip] = []
    equalisers: list[Option] = _presets(EQUALISERS)
    compressors: list[Option] = _presets(COMPRESSORS)
    roles: list[Option] = [Option(code, words) for code, words in _ROLES.items()]
    turns: int = 0
    _cut: str = ""
    _looked: tuple[str, int] = ("", 0)

    @handler()
    async def turn(self, track: str, what: Number, value: float) -> None:
        """Set a number of a track: dB, ms, or per cent of pan."""
        if not math.isfinite(value):
            raise Invalid("Type a number.", field=what)
        await self._set(track, what, round(value / 100 if what == "pan" else value, 3))

    @handler()
    async def choose(self, track: str, what: Name, name: str) -> None:
        """Set equaliser, compressor, role, or what a track makes room for; "" is none."""
        known = {"equaliser": EQUALISERS, "compressor": COMPRESSORS, "ducked_by": _ROLES, "role": _ROLES}[what]
        if name not in known and (name or what == "role"):
            raise Invalid("There is no such choice.", field=what)
        await self._set(track, what, name)

    @handler()
    async def switch(self, track: str, what: Switch) -> None:
        """Mute a track or let it sound; hear it alone or with the others."""
        await self._set(track, what, not getattr(await self._track(track), what))

    async def _open(self, home: ProjectHome) -> None:
        self.turns = 0

    async def _look(self, cut: str, chosen: tuple[str, ...]) -> None:
        self._cut = cut
        found = await cut_of(cut) if cut else None
        looked = (cut, found.revision if found else 0)
        if looked == self._looked:
            return
        self._looked = looked
        audio = [track for track in found.timeline.tracks if track.kind == "audio"] if found else []
        alone = any(track.solo for track in audio)
        self.strips = [_strip(track, alone) for track in audio]

    async def _track(self, track_id: str) -> Track:
        cut = await document_of(self._cut)
        found = next((track for track in cut.tracks if track.id == track_id and track.kind == "audio"), None)
        if found is None:
            raise NotFound("There is no such track in this cut.")
        return found

    async def _set(self, track_id: str, what: str, value: Any) -> None:
        track = await self._track(track_id)
        if getattr(track, what) == value:
            return
        edit = Edit("set_track", {"track": track_id, "fields": {what: value}})
        try:
            await (await self.get_state(CutRoomState))._make([edit], f"{_TOLD[what]} of {track.name}")
        except StudioError:
            self.turns += 1
            raise


def _strip(track: Track, alone: bool) -> Strip:
    return Strip(
        id=track.id,
        name=track.name,
        role=track.role,
        gain_db=track.gain_db,
        pan=track.pan * 100,
        duck_db=track.duck_db,
        duck_threshold_db=track.duck_threshold_db,
        duck_attack_ms=track.duck_attack_ms,
        duck_hold_ms=track.duck_hold_ms,
        duck_release_ms=track.duck_release_ms,
        ducked_by=track.ducked_by,
        equaliser=track.equaliser,
        eq_low_db=track.eq_low_db,
        eq_mid_db=track.eq_mid_db,
        eq_high_db=track.eq_high_db,
        compressor=track.compressor,
        muted=track.muted,
        solo=track.solo,
        silent=alone and not track.solo,
        clips=f"{len(track.clips)} clip" + ("" if len(track.clips) == 1 else "s"),
        itself=track.role == "music" and not track.ducked_by,
        press=f"press-{track.id}" if track.compressor else "",
    )
