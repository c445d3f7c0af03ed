"""The moods music can have and the recipe of each: mode, tempo, harmony, instruments, rhythm. Composing lives in composer.py."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal


class Mood(Enum):
    TENSE = "tense"
    SAD = "sad"
    HOPEFUL = "hopeful"
    ACTION = "action"
    WONDER = "wonder"
    COMIC = "comic"
    CALM = "calm"


class Instrument(Enum):
    """General MIDI programs, counted from 0. Source: General MIDI 1 sound set."""

    PIANO = 0
    CELESTA = 8
    MUSIC_BOX = 10
    VIBRAPHONE = 11
    NYLON_GUITAR = 24
    ACOUSTIC_BASS = 32
    SYNTH_BASS = 38
    VIOLA = 41
    CELLO = 42
    CONTRABASS = 43
    TREMOLO_STRINGS = 44
    PIZZICATO = 45
    HARP = 46
    STRINGS = 48
    SLOW_STRINGS = 49
    CHOIR = 52
    TUBA = 58
    HORN = 60
    BRASS = 61
    OBOE = 68
    BASSOON = 70
    CLARINET = 71
    FLUTE = 73
    WARM_PAD = 89


BassStyle = Literal["held", "walking", "pulse", "stride"]
DrumStyle = Literal["none", "heartbeat", "drive", "light"]
ArpStyle = Literal["none", "wave", "rise", "offbeat", "ostinato"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a mood is composed. Degrees count from 0 on the mode; `phrase` and `bridge` are four chords, `cadence` the last two."""

    mode: tuple[int, ...]
    bpm: float
    phrase: tuple[int, ...]
    answer: tuple[int, ...]
    bridge: tuple[int, ...]
    cadence: tuple[int, int]
    pad: Instrument
    bass: Instrument
    lead: Instrument
    arp: Instrument
    colour: Instrument
    velocity: int
    bass_style: BassStyle
    arp_style: ArpStyle
    drums: DrumStyle
    rhythms: tuple[tuple[float, ...], ...]
    """Motif rhythms in beats, two bars each; a negative length is a rest."""
    legato: float
    """Share of a lead note's length that sounds."""
    register: int
    """The MIDI note the tune lies around."""


_MAJOR = (0, 2, 4, 5, 7, 9, 11)
_MINOR = (0, 2, 3, 5, 7, 8, 10)
_DORIAN = (0, 2, 3, 5, 7, 9, 10)
_PHRYGIAN = (0, 1, 3, 5, 7, 8, 10)
_LYDIAN = (0, 2, 4, 6, 7, 9, 11)

RECIPES: dict[Mood, Recipe] = {
    Mood.TENSE: Recipe(
        mode=_PHRYGIAN, bpm=92, phrase=(0, 0, 1, 0), answer=(0, 5, 1, 0), bridge=(3, 1, 6, 1), cadence=(1, 0),
        pad=Instrument.TREMOLO_STRINGS, bass=Instrument.CONTRABASS, lead=Instrument.OBOE, arp=Instrument.PIZZICATO,
        colour=Instrument.HORN, velocity=66, bass_style="pulse", arp_style="ostinato", drums="heartbeat",
        rhythms=((-2, 1.5, 0.5, 3, -1), (-1, 1, 2, 1.5, 0.5, 2), (3, 1, -1, 1, 2)), legato=0.92, register=72,
    ),
    Mood.SAD: Recipe(
        mode=_MINOR, bpm=66, phrase=(0, 5, 2, 6), answer=(0, 3, 5, 4), bridge=(5, 2, 3, 4), cadence=(3, 0),
        pad=Instrument.SLOW_STRINGS, bass=Instrument.CONTRABASS, lead=Instrument.CELLO, arp=Instrument.PIANO,
        colour=Instrument.VIOLA, velocity=60, bass_style="held", arp_style="wave", drums="none",
        rhythms=((3, 1, 2, 2), (-1, 1, 1, 1, 3, 1), (2, 1, 1, 4)), legato=0.98, register=63,
    ),
    Mood.HOPEFUL: Recipe(
        mode=_MAJOR, bpm=84, phrase=(0, 4, 5, 3), answer=(0, 2, 3, 4), bridge=(5, 3, 0, 4), cadence=(4, 0),
        pad=Instrument.STRINGS, bass=Instrument.CELLO, lead=Instrument.FLUTE, arp=Instrument.HARP,
        colour=Instrument.HORN, velocity=66, bass_style="walking", arp_style="rise", drums="none",
        rhythms=((1.5, 0.5, 2, 1, 1, 2), (2, 1, 1, 3, 1), (-1, 1, 1, 1, 2, 2)), legato=0.95, register=75,
    ),
    Mood.ACTION: Recipe(
        mode=_DORIAN, bpm=138, phrase=(0, 0, 6, 3), answer=(0, 2, 3, 6), bridge=(5, 6, 0, 6), cadence=(6, 0),
        pad=Instrument.STRINGS, bass=Instrument.SYNTH_BASS, lead=Instrument.BRASS, arp=Instrument.PIZZICATO,
        colour=Instrument.HORN, velocity=84, bass_style="pulse", arp_style="ostinato", drums="drive",
        rhythms=((1.5, 1.5, 1, 3, -1), (1, 0.5, 0.5, 2, 1, 1, 2), (-1, 1, 1, 1, 1.5, 1.5, 1)), legato=0.85, register=69,
    ),
    Mood.WONDER: Recipe(
        mode=_LYDIAN, bpm=76, phrase=(0, 1, 0, 4), answer=(5, 1, 2, 4), bridge=(3, 1, 5, 1), cadence=(1, 0),
        pad=Instrument.WARM_PAD, bass=Instrument.CONTRABASS, lead=Instrument.CELESTA, arp=Instrument.HARP,
        colour=Instrument.CHOIR, velocity=62, bass_style="held", arp_style="rise", drums="none",
        rhythms=((1, 1, 2, 1, 1, 2), (-1, 0.5, 0.5, 2, 3, 1), (2, 2, 1, 1, 2)), legato=1.0, register=78,
    ),
    Mood.COMIC: Recipe(
        mode=_MAJOR, bpm=120, phrase=(0, 3, 4, 0), answer=(0, 5, 1, 4), bridge=(3, 0, 1, 4), cadence=(4, 0),
        pad=Instrument.NYLON_GUITAR, bass=Instrument.TUBA, lead=Instrument.CLARINET, arp=Instrument.PIZZICATO,
        colour=Instrument.BASSOON, velocity=70, bass_style="stride", arp_style="offbeat", drums="light",
        rhythms=((0.5, 0.5, 1, 1, -1, 0.5, 0.5, 1, 1, -1), (1, 0.5, 0.5, 1, 1, 1, 1, 2), (-0.5, 0.5, 1, 1, 1, 2, 1, -1)),
        legato=0.6, register=70,
    ),
    Mood.CALM: Recipe(
        mode=_MAJOR, bpm=70, phrase=(0, 3, 0, 4), answer=(5, 3, 1, 4), bridge=(3, 2, 1, 4), cadence=(3, 0),
        pad=Instrument.WARM_PAD, bass=Instrument.CONTRABASS, lead=Instrument.FLUTE, arp=Instrument.PIANO,
        colour=Instrument.SLOW_STRINGS, velocity=56, bass_style="held", arp_style="wave", drums="none",
        rhythms=((3, 1, 3, -1), (-2, 2, 2, 2), (2, 1, 1, 3, -1)), legato=1.0, register=74,
    ),
}  # fmt: skip
