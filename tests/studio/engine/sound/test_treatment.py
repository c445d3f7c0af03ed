"""What is done to a dry voice."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.sound.loudness import loudness, true_peak
from studio.engine.sound.treatment import at_level, resampled, softened, trimmed


def tone(hertz: float, rate: int, count: int) -> np.ndarray:
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(count) / rate)).astype(np.float32)


def test_resampling_keeps_a_tone_and_its_length() -> None:
    out = resampled(tone(440, 22_050, 22_050), 22_050, 48_000)
    assert len(out) == 48_000
    middle = slice(4000, 44_000)
    assert np.abs(out[middle] - tone(440, 48_000, 48_000)[middle]).max() < 0.01


@given(st.integers(0, 5000), st.sampled_from([16_000, 22_050, 24_900]))
def test_resampling_any_length_keeps_the_seconds(count: int, rate: int) -> None:
    out = resampled(np.ones(count, np.float32), rate, 48_000)
    assert abs(len(out) / 48_000 - count / rate) < 1 / 48_000


def test_silence_around_a_sound_is_cut_and_the_sound_kept() -> None:
    sound = np.concatenate((np.zeros(9000, np.float32), tone(300, 48_000, 24_000), np.zeros(9000, np.float32)))
    assert 24_000 <= len(trimmed(sound, 48_000)) <= 24_000 + 4000


def test_silence_alone_trims_to_nothing() -> None:
    assert not len(trimmed(np.zeros(5000, np.float32), 48_000))
    assert not len(trimmed(np.zeros(0, np.float32), 48_000))


def test_softening_takes_glare_away_and_keeps_speech() -> None:
    def level(hertz: float) -> float:
        return float(np.sqrt(np.square(softened(tone(hertz, 48_000, 48_000))[4800:40_000]).mean()))

    assert level(8000) < 0.65 * level(800)
    assert level(30) < 0.3 * level(800)


def test_softening_keeps_length_and_ends_in_silence() -> None:
    out = softened(tone(300, 48_000, 10_001))
    assert len(out) == 10_001
    assert abs(out[-1]) < 1e-4


@pytest.mark.parametrize("seconds", [0.15, 0.5, 3.0])
def test_levelling_reaches_the_loudness_under_the_ceiling(seconds: float) -> None:
    count = round(seconds * 48_000)
    spiky = np.random.default_rng(3).laplace(size=(count, 1)).astype(np.float32) * 0.02
    out = at_level(spiky, -20, ceiling_db=-3)
    assert loudness(out) == pytest.approx(-20, abs=0.5)
    assert true_peak(out) <= -2.9


def test_levelled_silence_stays_silence() -> None:
    assert not at_level(np.zeros((4800, 1), np.float32), -20, ceiling_db=-3).any()
