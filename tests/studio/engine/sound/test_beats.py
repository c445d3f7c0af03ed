"""Beats of music are where they are played; speech and noise have none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import Cancelled
from studio.engine.sound.beats import beats
from studio.engine.sound.music.composer import composed
from studio.engine.sound.music.moods import Mood
from studio.engine.sound.music.player import played
from studio.engine.sound.wave import Samples, opened
from studio.engine.time import SAMPLE_RATE


class Kept:
    """A sound in memory."""

    channels = 1

    def __init__(self, heard: np.ndarray) -> None:
        self._heard = heard.astype(np.float32)[:, None]
        self.samples = len(heard)

    def read(self, start: int, count: int) -> Samples:
        out = np.zeros((count, 1), np.float32)
        begin, end = max(start, 0), min(start + count, self.samples)
        if end > begin:
            out[begin - start : end - start] = self._heard[begin:end]
        return out


def drummed(bpm: float, seconds: float, *, begins: float, noise: float = 0.0) -> tuple[Kept, list[float]]:
    """A drum struck at a tempo, over noise; and the milliseconds at which it is."""
    chance = np.random.default_rng(1)
    heard = chance.normal(0, noise, int(seconds * SAMPLE_RATE))
    fall = np.exp(-np.arange(9600) / 1200)
    struck = fall * (0.5 * np.sin(np.arange(9600) * 2 * np.pi * 120 / SAMPLE_RATE) + 0.2 * chance.normal(0, 1, 9600))
    times = np.arange(begins, seconds - 0.3, 60 / bpm)
    for at in (times * SAMPLE_RATE).astype(int):
        heard[at : at + len(struck)] += struck
    return Kept(heard), list(times * 1000)


@pytest.mark.parametrize("bpm", [60, 72, 100, 128, 140])
@pytest.mark.parametrize("noise", [0.0, 0.05])
def test_a_drum_is_heard_where_it_is_struck(bpm: int, noise: float) -> None:
    sound, struck = drummed(bpm, 32, begins=0.4, noise=noise)
    found = np.array(beats(sound))
    inner = struck[2:-2]
    counted = found[(found > inner[0] - 100) & (found < inner[-1] + 100)]
    assert len(counted) == len(inner)
    assert np.abs(counted - inner).max() <= 15


@pytest.mark.parametrize("mood", [Mood.ACTION, Mood.WONDER, Mood.CALM])
def test_our_own_music_is_counted_as_it_was_composed(mood: Mood, tmp_path: Path) -> None:
    score = composed(mood, 30, 3)
    played(score, tmp_path / "cue.wav")
    found, beat = np.array(beats(opened(tmp_path / "cue.wav"))), score.beat_us / 1000
    assert abs(np.median(np.diff(found)) - beat) < 0.04 * beat
    off = np.abs((found + beat / 2) % beat - beat / 2)
    assert np.median(off) < 40


def test_what_has_no_beat_has_none() -> None:
    chance = np.random.default_rng(5)
    spoken = np.zeros(20 * SAMPLE_RATE)
    at = 0
    while at < len(spoken) - SAMPLE_RATE:  # syllables of uneven length, pauses between words
        long = int(chance.uniform(0.06, 0.35) * SAMPLE_RATE)
        spoken[at : at + long] = np.sin(np.arange(long) * 0.02) * np.hanning(long)
        at += long + int(chance.exponential(0.12) * SAMPLE_RATE)
    assert beats(Kept(spoken)) == ()
    assert beats(Kept(chance.normal(0, 0.1, 20 * SAMPLE_RATE))) == ()
    assert beats(Kept(np.zeros(20 * SAMPLE_RATE))) == ()
    assert beats(Kept(np.zeros(0))) == ()
    assert beats(drummed(120, 5, begins=0.2)[0]) == ()  # too short to say


def test_it_stops_when_it_is_told_to() -> None:
    with pytest.raises(Cancelled):
        beats(drummed(120, 30, begins=0.2)[0], stop=lambda: True)
