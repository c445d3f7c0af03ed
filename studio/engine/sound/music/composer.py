"""Composes a cue of an exact length in a mood from a seed: form, harmony, tune, accompaniment. Playing it lives in player.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from studio.core.errors import Invalid
from studio.engine.sound.music import accompaniment
from studio.engine.sound.music.accompaniment import Bar
from studio.engine.sound.music.harmony import BEATS, degrees, triad, voicings
from studio.engine.sound.music.melody import midi_pitch, tune
from studio.engine.sound.music.moods import RECIPES, Mood, Recipe
from studio.engine.sound.music.score import DRUM_CHANNEL, TICKS, Note, Part, Score

LONGEST_S = 3600.0
"""A cue is at most this long."""

_NUDGE = 0.06
_TONICS = (48, 50, 51, 53, 55, 57)


@dataclass(frozen=True, slots=True)
class Grid:
    """`bars` of four beats, the last one `last_beats` long (it may be held or cut), at `bpm`."""

    bars: int
    last_beats: float
    bpm: float

    @property
    def beats(self) -> float:
        return (self.bars - 1) * BEATS + self.last_beats


def composed(mood: Mood, seconds: float, seed: int, hits: Sequence[float] = ()) -> Score:
    """A cue in `mood` of exactly `seconds`, always the same for the same seed.

    `hits` are seconds at which something happens on the picture: the tempo is chosen within 6 % so that bars begin near
    them, and the nearest bar is accented.

    Raises:
        Invalid: the length is not over 0 and at most an hour.
    """
    if not 0 < seconds <= LONGEST_S:
        raise Invalid(f"A cue lasts between 0 and {LONGEST_S:.0f} seconds, not {seconds}.", field="seconds")
    recipe = RECIPES[mood]
    chance = Random(f"{mood.value}:{seed}")
    layout = grid(seconds, recipe.bpm, hits)
    tonic = chance.choice(_TONICS)
    chords = degrees(recipe, layout.bars)
    voiced = voicings([triad(recipe, tonic, d) for d in chords])
    ticks = round(layout.beats * TICKS)
    accents = {round(hit / seconds * layout.beats / BEATS) for hit in hits if 0 < hit < seconds}
    bars = [
        Bar(
            index=i,
            start=i * BEATS * TICKS,
            end=ticks if i == layout.bars - 1 else (i + 1) * BEATS * TICKS,
            root=triad(recipe, tonic, chord)[0],
            notes=notes,
            force=_arc(i, layout.bars),
            last=i == layout.bars - 1,
            accent=i in accents,
        )
        for i, (chord, notes) in enumerate(zip(chords, voiced, strict=True))
    ]
    beat_us = max(1, round(seconds * 1e6 / layout.beats))
    parts = tuple(_within(p, ticks) for p in _parts(recipe, bars, chords, tonic, chance) if p.notes)
    return Score(mood, seconds, ticks, beat_us, layout.bars, parts)


def grid(seconds: float, bpm: float, hits: Sequence[float] = ()) -> Grid:
    """Bars and tempo for a length: within 6 % of `bpm`, whole bars if that fits, bar lines near the hits.

    When no whole number of beats fits (a very short cue) the tempo stays and the last bar is cut where the picture ends.
    """
    exact = seconds * bpm / 60
    around = range(max(2, int(exact * (1 - _NUDGE))), int(exact * (1 + _NUDGE)) + 2)
    fitting = [n for n in around if abs(n / exact - 1) <= _NUDGE]
    if not fitting:
        return _barred(exact, bpm)

    def misfit(beats: int) -> tuple[float, float, float]:
        bar_s = BEATS * seconds / beats
        late = sum(abs(h / bar_s - round(h / bar_s)) * bar_s for h in hits if 0 < h < seconds)
        return round(late, 2), float(beats % BEATS != 0), abs(beats / exact - 1)

    best = min(fitting, key=misfit)
    return _barred(float(best), best * 60 / seconds)


def _barred(beats: float, bpm: float) -> Grid:
    """Full bars, and the rest held on to the last one if it is at most half a bar."""
    bars = max(1, int(beats // BEATS))
    rest = beats - bars * BEATS
    if rest > BEATS / 2:
        return Grid(bars + 1, rest, bpm)
    return Grid(bars, BEATS + rest, bpm)


def _arc(bar: int, bars: int) -> float:
    """Loudness of a bar, 0-1: it grows to seven tenths of the cue, eases off, and the last bar is soft."""
    if bar == bars - 1 and bars > 1:
        return 0.6
    place = bar / max(1, bars - 1)
    if place <= 0.7:
        return 0.72 + 0.28 * place / 0.7
    return 1.0 - 0.15 * (place - 0.7) / 0.3


def _parts(recipe: Recipe, bars: list[Bar], chords: list[int], tonic: int, chance: Random) -> list[Part]:
    """The orchestra; instruments enter one after another when the cue is long enough."""
    long, middle = len(bars) >= 12, len(bars) >= 7
    tune_from = 4 if long else 2 if middle else 0
    rhythm_from = 4 if long and recipe.drums != "light" else 0
    driven = recipe.drums != "none" or recipe.arp_style == "wave"
    arp_from = 0 if driven or not middle else 2
    colour_from = len(bars) // 2 if middle else len(bars)
    swells = accompaniment.swells(bars)
    pad = accompaniment.pad(recipe, bars)
    return [
        Part("pad", 0, recipe.pad, pad, 84, 58, 90, swells),
        Part("bass", 1, recipe.bass, accompaniment.bass(recipe, bars, chance), 96, 64, 40),
        Part("lead", 2, recipe.lead, _lead(recipe, bars, chords, tonic, chance, tune_from), 100, 72, 80),
        Part("arp", 3, recipe.arp, accompaniment.arpeggio(recipe, bars, arp_from, chance), 78, 44, 70),
        Part("colour", 4, recipe.colour, accompaniment.colour(bars, colour_from), 66, 84, 100, swells),
        Part("drums", DRUM_CHANNEL, None, accompaniment.drums(recipe, bars, rhythm_from, chance), 84, 64, 50),
    ]


def _within(part: Part, ticks: int) -> Part:
    """The part with no note beyond the end."""
    notes = tuple(replace(n, length=min(n.length, ticks - n.start)) for n in part.notes if n.start < ticks)
    return replace(part, notes=notes)


def _lead(
    recipe: Recipe, bars: list[Bar], chords: list[int], tonic: int, chance: Random, first_bar: int
) -> tuple[Note, ...]:
    end = bars[-1].end
    out: list[Note] = []
    for tone in tune(recipe, chords, tonic, chance, first_bar=first_bar):
        start = round(tone.start * TICKS)
        stop = min(end, round((tone.start + tone.length * recipe.legato) * TICKS))
        bar = bars[min(len(bars) - 1, start // (BEATS * TICKS))]
        if bar.last:
            stop = end
        if stop > start:
            strong = 8 if tone.start % 2 == 0 else 0
            velocity = round((recipe.velocity + 12) * bar.force) + strong + chance.randrange(-3, 4)
            out.append(Note(start, stop - start, midi_pitch(recipe, tonic, tone), max(1, min(127, velocity))))
    return tuple(out)
