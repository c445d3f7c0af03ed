"""Chords on a mode: which one in which bar, and voicings that move as little as possible. Pure; MIDI note numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from studio.engine.sound.music.moods import Recipe

BEATS = 4
"""Beats in a bar."""

_LOW, _HIGH = 52, 76
_CENTRE = 63
_FORM = "ABACAB"


def degrees(recipe: Recipe, bars: int) -> list[int]:
    """The chord of every bar: phrases of four in the form A B A C A B, the cadence last."""
    parts = {"A": recipe.phrase, "B": recipe.answer, "C": recipe.bridge}
    out = [parts[_FORM[bar // 4 % len(_FORM)]][bar % 4] for bar in range(bars)]
    closing = recipe.cadence[-min(2, bars) :]
    out[len(out) - len(closing) :] = closing
    if bars >= 3:
        out[0] = recipe.phrase[0]
    return out


def pitch(recipe: Recipe, tonic: int, degree: int) -> int:
    """The note `degree` steps up the mode from `tonic`; any whole number."""
    octave, step = divmod(degree, 7)
    return tonic + 12 * octave + recipe.mode[step]


def triad(recipe: Recipe, tonic: int, degree: int) -> tuple[int, int, int]:
    """Pitch classes of the chord on `degree`: root, third, fifth.

    A diminished fifth is raised: no mood here wants its sting in a pad. A minor chord on the fifth degree of a minor mode stays.
    """
    root, third, fifth = (pitch(recipe, tonic, degree + k) for k in (0, 2, 4))
    if fifth - root == 6:
        fifth = root + 7
    return root % 12, third % 12, fifth % 12


def voicings(chords: Sequence[tuple[int, int, int]]) -> list[tuple[int, ...]]:
    """Four notes for every chord, each voicing as near to the one before as can be, open rather than crowded."""
    out: list[tuple[int, ...]] = []
    before: tuple[int, ...] | None = None
    for chord in chords:
        best = min(_candidates(chord), key=lambda notes: _cost(notes, before, chord[0]))
        out.append(best)
        before = best
    return out


def _candidates(chord: tuple[int, int, int]) -> list[tuple[int, ...]]:
    inside = [n for n in range(_LOW, _HIGH + 1) if n % 12 in chord]
    wanted = set(chord)
    return [
        notes
        for notes in combinations(inside, 4)
        if {n % 12 for n in notes} == wanted and notes[-1] - notes[0] <= 19 and notes[1] - notes[0] >= 3
    ]


def _cost(notes: tuple[int, ...], before: tuple[int, ...] | None, root: int) -> float:
    doubled_root = sum(n % 12 == root for n in notes) == 2
    centre = abs(sum(notes) / 4 - _CENTRE)
    cost = 0.6 * centre + (0.0 if doubled_root else 1.5)
    if before is None:
        return cost
    moves = [b - a for a, b in zip(before, notes, strict=True)]
    parallel = 2.0 if all(m > 0 for m in moves) or all(m < 0 for m in moves) else 0.0
    return cost + sum(abs(m) for m in moves) + parallel
