"""How loud a cut and a clip are: the numbers of the meter, with faders, gains and fades and nothing of mastering."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.engine.sound.hearing import clip_loudness, mix_loudness
from studio.engine.sound.loudness import loudness, true_peak
from studio.engine.sound.wave import write_wav
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track
from studio.engine.timeline.curves import Curve, Key

SECOND = 48_000


@pytest.fixture
def place(tmp_path: Path) -> Path:
    tone = (0.2 * np.sin(2 * np.pi * 997 * np.arange(6 * SECOND) / SECOND)).astype(np.float32)
    write_wav(tmp_path / "tone.wav", np.repeat(tone[:, None], 2, axis=1))
    write_wav(tmp_path / "hush.wav", np.zeros((SECOND, 1), np.float32))
    return tmp_path


def film(*clips: Clip, **track: float) -> Timeline:
    picture = Track("p", "video", "P", "picture", (Clip("p", "p", "picture", 0, 150),))
    heard = replace(Track("a", "audio", "A", "sound", clips), **track)
    return Timeline("film", Rate(25), 1280, 720, (picture, heard))


TONE = Clip("1", "tone", "tone", 0, 150)


def test_a_cut_is_as_loud_as_its_faders_say_before_it_is_mastered(place: Path) -> None:
    flat = mix_loudness(film(TONE), lambda name: place / f"{name}.wav", place)
    tone = np.repeat((0.2 * np.sin(2 * np.pi * 997 * np.arange(6 * SECOND) / SECOND))[:, None], 2, axis=1)
    assert flat.lufs == pytest.approx(loudness(tone.astype(np.float32)), abs=0.05)
    assert flat.peak_dbtp == pytest.approx(true_peak(tone.astype(np.float32)), abs=0.05)
    lower = mix_loudness(film(TONE, gain_db=-9.0), lambda name: place / f"{name}.wav", place)
    assert lower.lufs == pytest.approx(flat.lufs - 9, abs=0.05)
    assert mix_loudness(film(), lambda name: place / f"{name}.wav", place).lufs == -70


def test_a_clip_is_heard_with_its_own_gain_and_nothing_of_its_track(place: Path) -> None:
    def of(clip: Clip, **track: float) -> float:
        return clip_loudness(clip, film(clip, **track), lambda name: place / f"{name}.wav", place)

    flat = of(TONE)
    assert of(replace(TONE, start=40, gain_db=-6.0), gain_db=-20.0) == pytest.approx(flat - 6, abs=0.05)
    assert of(replace(TONE, gain_db=Curve((Key(0, -3.0), Key(149, -3.0))))) == pytest.approx(flat - 3, abs=0.05)
    assert of(Clip("2", "hush", "hush", 0, 25)) == -70
