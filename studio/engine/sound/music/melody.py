"""A seeded motif and its development into a tune over given chords. Pure; times in beats, notes as MIDI numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from studio.engine.sound.music.harmony import BEATS, pitch
from studio.engine.sound.music.moods import Recipe

_BELOW, _ABOVE = 12, 20
_DOWN, _UP = -3, 7


@dataclass(frozen=True, slots=True)
class Tone:
    """One note of the tune: `start` and `length` in beats, `degree` on the mode (any octave)."""

    start: float
    length: float
    degree: int


def tune(recipe: Recipe, chords: Sequence[int], tonic: int, chance: Random, *, first_bar: int) -> list[Tone]:
    """A tune over the chord degrees (one a bar) from `first_bar` on: statement, answer, inversion, rests, and an ending at home."""
    rhythm = chance.choice(recipe.rhythms)
    other = chance.choice(recipe.rhythms)
    shape = _contour(chance, sum(1 for r in rhythm if r > 0))
    home = _home(recipe, tonic)
    out: list[Tone] = []
    bars = len(chords)
    for bar in range(first_bar, bars - 2, 2):
        place = (bar - first_bar) // 2
        if place % 4 == 3 and bars > 12:
            continue  # the tune breathes: harmony alone for two bars
        first, second = (other, rhythm) if place // 4 % 2 else (rhythm, other)
        steps, beats = _developed(shape, first, second, place, chance)
        out += _laid(beats, steps, bar, chords, home)
    closing = (bars - 2) * BEATS
    kept = [Tone(t.start, min(t.length, closing - t.start), t.degree) for t in out if t.start < closing]
    return _singable(kept + _ending(chords, first_bar, home))


def midi_pitch(recipe: Recipe, tonic: int, tone: Tone) -> int:
    """The tone's MIDI number, folded by octaves into the lead's range."""
    note = pitch(recipe, tonic, tone.degree)
    while note > recipe.register + _ABOVE:
        note -= 12
    while note < recipe.register - _BELOW:
        note += 12
    return note


def _home(recipe: Recipe, tonic: int) -> int:
    """The degree of the tonic nearest to the middle of the lead's range."""
    return min(range(-14, 22, 7), key=lambda d: abs(pitch(recipe, tonic, d) - recipe.register))


def _contour(chance: Random, count: int) -> list[int]:
    """Steps from the tonic: mostly by step, one leap, turned back after the leap."""
    leap_at = chance.randrange(1, max(2, count - 1))
    rising = chance.random() < 0.65
    out = [chance.choice((0, 2, 4))]
    for i in range(1, count):
        size = chance.choice((3, 4, 5)) if i == leap_at else chance.choice((1, 1, 1, 2))
        if not _DOWN <= out[-1] + (size if rising else -size) <= _UP:
            rising = not rising
        out.append(out[-1] + (size if rising else -size))
        if i == leap_at or chance.random() < 0.35 or abs(out[-1]) > 5:
            rising = out[-1] < 2
    return out


def _developed(
    shape: list[int], rhythm: tuple[float, ...], other: tuple[float, ...], place: int, chance: Random
) -> tuple[list[int], tuple[float, ...]]:
    """The motif's form at this place: as it was, answered a step away, turned upside down, or with a new rhythm."""
    match place % 4:
        case 0:
            return shape, rhythm
        case 1:
            shift = chance.choice((-1, 1, 2))
            return [s + shift for s in shape[:-1]] + [shape[-1] + chance.choice((-2, 1))], rhythm
        case 2:
            return [shape[0] + 4 - (s - shape[0]) for s in shape], other
        case _:
            return shape[::-1], other


def _laid(beats: tuple[float, ...], steps: list[int], bar: int, chords: Sequence[int], home: int) -> list[Tone]:
    """The motif set over two bars; notes on strong beats and long notes are moved to the nearest chord tone."""
    out: list[Tone] = []
    at = 0.0
    index = 0
    for length in beats:
        if length > 0:
            chord = chords[min(len(chords) - 1, bar + int(at) // BEATS)]
            degree = home + _mirrored(steps[index % len(steps)])
            if at % 2 == 0 or length >= 1.5:
                degree = _nearest_chord_tone(degree, chord)
            out.append(Tone(bar * BEATS + at, length, degree))
            index += 1
        at += abs(length)
    return out


def _singable(tones: list[Tone]) -> list[Tone]:
    """The tones with every leap of more than an octave brought back by one."""
    out: list[Tone] = []
    for tone in tones:
        leap = tone.degree - out[-1].degree if out else 0
        octaves = -1 if leap > 7 else 1 if leap < -7 else 0
        out.append(Tone(tone.start, tone.length, tone.degree + 7 * octaves))
    return out


def _mirrored(step: int) -> int:
    """A step kept within an octave and a half by turning it back at the edge, so that no leap appears."""
    if step > _UP:
        return max(_DOWN, 2 * _UP - step)
    if step < _DOWN:
        return min(_UP, 2 * _DOWN - step)
    return step


def _nearest_chord_tone(degree: int, chord: int) -> int:
    near = (degree, degree - 1, degree + 1, degree - 2, degree + 2)
    return next(d for d in near if (d - chord) % 7 in (0, 2, 4))


def _ending(chords: Sequence[int], first_bar: int, home: int) -> list[Tone]:
    """Down by step to the tonic, which is held through the last bar."""
    bars = len(chords)
    if bars - 2 < first_bar:
        return []
    at = (bars - 2) * BEATS
    third = _nearest_chord_tone(home + 2, chords[-2])
    second = _nearest_chord_tone(home + 1, chords[-2])
    return [Tone(at, 2, third), Tone(at + 2, 2, second), Tone(at + BEATS, BEATS, home)]
