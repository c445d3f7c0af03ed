"""Played cues: exact length, loudness, no clicks, with and without fluidsynth."""

from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import Cancelled
from studio.engine.sound.loudness import loudness
from studio.engine.sound.music.composer import composed
from studio.engine.sound.music.moods import Mood
from studio.engine.sound.music.player import available, played
from studio.engine.sound.music.synth import Synth
from studio.engine.sound.wave import Samples, opened

pytestmark = pytest.mark.programs

PROGRAM, FONT = available()


def heard(path: Path) -> Samples:
    file = opened(path)
    return file.read(0, file.samples)


@pytest.mark.parametrize("seconds", [0.31, 2.5, 12.345678])
@pytest.mark.parametrize("who", ["fluidsynth", "numpy"])
def test_a_cue_has_exactly_the_samples_asked_for_at_minus_23_lufs(tmp_path: Path, seconds: float, who: str) -> None:
    if who == "fluidsynth" and PROGRAM is None:
        pytest.skip("fluidsynth is not here")
    tools = (PROGRAM, FONT) if who == "fluidsynth" else (None, None)
    out = tmp_path / "cue.wav"
    assert played(composed(Mood.HOPEFUL, seconds, 1), out, fluidsynth=tools[0], soundfont=tools[1]) == who
    sound = heard(out)
    assert sound.shape == (round(seconds * 48_000), 2)
    assert loudness(sound) == pytest.approx(-23, abs=0.5)
    assert np.abs(sound[-1]).max() < 0.002
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("tools", [(PROGRAM, FONT), (None, None)], ids=["fluidsynth", "numpy"])
def test_the_same_score_gives_the_same_bytes(tmp_path: Path, tools: tuple[Path | None, Path | None]) -> None:
    score = composed(Mood.COMIC, 6, 4)
    for name in ("a.wav", "b.wav"):
        played(score, tmp_path / name, fluidsynth=tools[0], soundfont=tools[1])
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


@pytest.mark.parametrize("broken", ["/bin/false", "/bin/true", "/nowhere/fluidsynth"])
def test_a_broken_fluidsynth_is_replaced_by_the_built_in_synth(tmp_path: Path, broken: str) -> None:
    font = tmp_path / "font.sf2"
    font.touch()
    out = tmp_path / "cue.wav"
    assert played(composed(Mood.CALM, 1.5, 1), out, fluidsynth=Path(broken), soundfont=font) == "numpy"
    assert len(heard(out)) == 72_000


def test_the_built_in_synth_plays_without_a_click() -> None:
    sound = Synth(composed(Mood.SAD, 8, 2)).block(0, 8 * 48_000)
    assert np.abs(sound).max() > 0.02
    assert np.abs(np.diff(sound, axis=0)).max() < 0.2 * np.abs(sound).max()


def test_blocks_of_the_built_in_synth_join_without_a_seam() -> None:
    synth = Synth(composed(Mood.TENSE, 6, 2))
    whole = synth.block(0, 200_000)
    halves = np.concatenate((synth.block(0, 77_777), synth.block(77_777, 200_000 - 77_777)))
    assert np.abs(whole - halves).max() < 1e-4


def test_stopping_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        played(composed(Mood.CALM, 3, 1), tmp_path / "cue.wav", stop=lambda: True)
    assert list(tmp_path.iterdir()) == []
