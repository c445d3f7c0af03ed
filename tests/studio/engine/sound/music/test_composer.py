"""Composed cues: length, form, harmony, and that they are music rather than a loop."""

import struct
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import Invalid
from studio.engine.sound.music.composer import composed, grid
from studio.engine.sound.music.harmony import triad, voicings
from studio.engine.sound.music.midi import midi
from studio.engine.sound.music.moods import RECIPES, Mood
from studio.engine.sound.music.score import Part, Score

MOODS = list(Mood)


def part(score: Score, name: str) -> Part:
    return next(p for p in score.parts if p.name == name)


@settings(max_examples=60, deadline=None)
@given(mood=st.sampled_from(MOODS), seconds=st.floats(0.1, 200), seed=st.integers(0, 2**32))
def test_a_cue_of_any_length_ends_exactly_on_picture(mood: Mood, seconds: float, seed: int) -> None:
    score = composed(mood, seconds, seed)
    assert score.at(score.ticks) == pytest.approx(seconds, abs=0.001 + seconds * 1e-5)
    for p in score.parts:
        assert all(n.length > 0 and n.start >= 0 and n.end <= score.ticks for n in p.notes)
        assert all(0 <= n.pitch <= 127 and 1 <= n.velocity <= 127 for n in p.notes)
        assert list(p.notes) == sorted(p.notes)


@given(mood=st.sampled_from(MOODS), seconds=st.floats(0.1, 600))
def test_the_tempo_stays_within_six_percent_of_the_moods(mood: Mood, seconds: float) -> None:
    layout = grid(seconds, RECIPES[mood].bpm)
    assert abs(layout.bpm / RECIPES[mood].bpm - 1) <= 0.0601
    assert layout.beats * 60 / layout.bpm == pytest.approx(seconds)


@pytest.mark.parametrize("mood", MOODS)
def test_long_cues_have_whole_bars(mood: Mood) -> None:
    assert grid(75.3, RECIPES[mood].bpm).last_beats == 4


def test_hits_pull_the_nearest_bar_line_to_them() -> None:
    def late(hits: tuple[float, ...]) -> float:
        layout = grid(40, 92, hits)
        bar = 4 * 60 / layout.bpm
        return abs(20.0 / bar - round(20.0 / bar)) * bar

    assert late((20.0,)) < late(())
    assert late((20.0,)) < 0.25


def test_a_hit_is_accented() -> None:
    def crashes(hits: tuple[float, ...]) -> int:
        return sum(n.pitch == 49 for n in part(composed(Mood.ACTION, 40, 1, hits), "drums").notes)

    assert crashes(()) == 0
    assert crashes((20.0,)) == 1


@pytest.mark.parametrize("mood", MOODS)
def test_the_same_seed_gives_the_same_cue_and_another_seed_another_tune(mood: Mood) -> None:
    assert midi(composed(mood, 45, 7)) == midi(composed(mood, 45, 7))
    tunes = {tuple(n.pitch for n in part(composed(mood, 45, seed), "lead").notes) for seed in range(8)}
    assert len(tunes) >= 7


@pytest.mark.parametrize("mood", MOODS)
def test_the_piece_comes_home_on_the_tonic_chord(mood: Mood) -> None:
    score = composed(mood, 60, 3)
    last_bar = max(n.start for n in part(score, "bass").notes)
    low = next(n for n in part(score, "bass").notes if n.start == last_bar)
    sounding = {n.pitch % 12 for n in part(score, "pad").notes if n.end == score.ticks}
    assert low.pitch % 12 in sounding
    assert part(score, "lead").notes[-1].pitch % 12 == low.pitch % 12


@pytest.mark.parametrize("mood", MOODS)
def test_it_is_not_a_loop_of_one_bar(mood: Mood) -> None:
    score = composed(mood, 90, 11)
    bar = score.ticks / score.bars
    lead = part(score, "lead").notes
    bars = {
        tuple((n.start % 1920, n.pitch) for n in lead if i * bar <= n.start < (i + 1) * bar) for i in range(score.bars)
    }
    assert len(bars) > score.bars / 3


@settings(max_examples=40, deadline=None)
@given(mood=st.sampled_from(MOODS), seed=st.integers(0, 2**32))
def test_the_tune_can_be_sung_no_leap_over_an_octave(mood: Mood, seed: int) -> None:
    notes = part(composed(mood, 60, seed), "lead").notes
    assert all(abs(b.pitch - a.pitch) <= 12 for a, b in pairwise(notes))


@pytest.mark.parametrize("mood", MOODS)
def test_the_last_bar_is_softer_than_the_height_of_the_arc(mood: Mood) -> None:
    score = composed(mood, 60, 5)
    notes = part(score, "bass").notes
    assert notes[-1].velocity < 0.75 * max(n.velocity for n in notes)


@pytest.mark.parametrize("mood", MOODS)
def test_voices_move_little_from_chord_to_chord(mood: Mood) -> None:
    recipe = RECIPES[mood]
    degrees = (*recipe.phrase, *recipe.answer, *recipe.bridge, *recipe.cadence)
    chords = [triad(recipe, 50, d) for d in degrees]
    voiced = voicings(chords)
    for chord, notes in zip(chords, voiced, strict=True):
        assert {n % 12 for n in notes} == set(chord)
    moves = [abs(a - b) for x, y in pairwise(voiced) for a, b in zip(x, y, strict=True)]
    assert max(moves) <= 7
    assert sum(moves) / len(moves) < 2.6


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf"), 1e9])
def test_an_impossible_length_is_refused_with_a_sentence(seconds: float) -> None:
    with pytest.raises(Invalid, match="A cue lasts"):
        composed(Mood.CALM, seconds, 1)


def variable(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    while True:
        value = value << 7 | data[at] & 127
        at += 1
        if data[at - 1] < 128:
            return value, at


def test_the_midi_file_is_one_track_whose_notes_all_end_within_it() -> None:
    score = composed(Mood.COMIC, 33.3, 2)
    data = midi(score)
    assert data[:14] == b"MThd" + struct.pack(">IHHH", 6, 0, 1, 480)
    assert struct.unpack(">I", data[18:22])[0] == len(data) - 22
    at, tick, sounding = 22, 0, 0
    while at < len(data):
        delta, at = variable(data, at)
        tick += delta
        kind = data[at]
        if kind == 0xFF:
            at += 3 + data[at + 2]
        else:
            sounding += (kind & 0xF0 == 0x90) - (kind & 0xF0 == 0x80)
            at += 2 if kind & 0xF0 == 0xC0 else 3
    assert (tick, sounding) == (score.ticks, 0)
