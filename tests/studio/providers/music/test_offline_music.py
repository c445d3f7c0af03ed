"""The offline composer as a provider."""

from pathlib import Path

import pytest

from studio.core.errors import Invalid
from studio.engine.sound.music import player
from studio.engine.sound.wave import opened
from studio.providers.music.offline import OfflineMusic
from studio.providers.port import Cue, MusicProvider

MUSIC: MusicProvider = OfflineMusic()


def test_a_cue_is_a_file_of_exactly_its_length(tmp_path: Path) -> None:
    music = MUSIC.compose(Cue("wonder", 7.0403, 3), tmp_path)
    file = opened(music.wav)
    assert (file.samples, file.channels) == (round(7.0403 * 48_000), 2)
    assert music.seconds == file.samples / 48_000


def test_it_says_who_played_and_how_complete_that_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if player.available()[0]:
        full = MUSIC.compose(Cue("calm", 2.0, 1), tmp_path)
        assert (full.provider, full.completeness) == ("composer+fluidsynth", "full")
    monkeypatch.setenv("PATH", str(tmp_path))
    less = MUSIC.compose(Cue("calm", 2.0, 1), tmp_path)
    assert (less.provider, less.completeness) == ("composer+numpy", "degraded")


@pytest.mark.parametrize("cue", [Cue("gloomy", 5, 1), Cue("", 5, 1), Cue("sad", 0, 1), Cue("sad", 1e12, 1)])
def test_an_impossible_cue_is_refused_with_a_sentence(tmp_path: Path, cue: Cue) -> None:
    with pytest.raises(Invalid, match=r"\.$"):
        MUSIC.compose(cue, tmp_path)
    assert list(tmp_path.iterdir()) == []
