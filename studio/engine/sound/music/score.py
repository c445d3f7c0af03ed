"""A score as data: parts of notes in exact ticks at one tempo. Nothing is composed or played here."""

from __future__ import annotations

from dataclasses import dataclass

from studio.engine.sound.music.moods import Instrument, Mood

TICKS = 480
"""Ticks in a beat."""

DRUM_CHANNEL = 9


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """From tick `start` for `length` ticks; `pitch` is a MIDI number (a drum on the drum channel), `velocity` 1-127."""

    start: int
    length: int
    pitch: int
    velocity: int

    @property
    def end(self) -> int:
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Part:
    """One instrument's notes in order of time. `volume`, `pan` (64 is the centre) and `reverb` are 0-127."""

    name: str
    channel: int
    instrument: Instrument | None
    notes: tuple[Note, ...]
    volume: int
    pan: int
    reverb: int
    swells: tuple[tuple[int, int], ...] = ()
    """Expression (0-127) from a tick on."""


@dataclass(frozen=True, slots=True)
class Score:
    """A composed cue: `ticks` long, which at `beat_us` microseconds a beat is `seconds`."""

    mood: Mood
    seconds: float
    ticks: int
    beat_us: int
    bars: int
    parts: tuple[Part, ...]

    @property
    def bpm(self) -> float:
        return 60e6 / self.beat_us

    def at(self, tick: int) -> float:
        """Seconds from the start at which a tick is heard."""
        return tick * self.beat_us / (TICKS * 1e6)
