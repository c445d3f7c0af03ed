"""The mixer of the open cut: a strip for every audio track."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx

from state.cut.document import cut_of
from state.cut.inspector.shown import Option
from state.sparing import Sparing
from studio.engine.sound.desk.strip import COMPRESSORS, EQUALISERS
from studio.engine.timeline import Track
from studio.thread.views import ProjectHome

_ROLES = {"voice": "Voice", "music": "Music", "sound": "Sound"}


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
    _looked: tuple[str, int] = ("", 0)

    async def _open(self, home: ProjectHome) -> None:
        """Nothing is read before a cut is looked at."""

    async def _look(self, cut: str, chosen: tuple[str, ...]) -> None:
        found = await cut_of(cut) if cut else None
        looked = (cut, found.revision if found else 0)
        if looked == self._looked:
            return
        self._looked = looked
        audio = [track for track in found.timeline.tracks if track.kind == "audio"] if found else []
        alone = any(track.solo for track in audio)
        self.strips = [_strip(track, alone) for track in audio]


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
