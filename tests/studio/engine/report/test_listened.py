"""Sound listened to in blocks is heard as if it had been listened to whole, and an edit costs only what it touched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import Cancelled
from studio.engine.ffmpeg import program
from studio.engine.probe import read_media
from studio.engine.report.heard import Heard, heard
from studio.engine.report.listened import listened, read_heard, write_heard
from studio.engine.sound.chunks import Aim, sound_track
from studio.engine.sound.measures import Measures
from studio.engine.sound.wave import write_wav
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track

pytestmark = pytest.mark.programs

FFMPEG, RATE = program.encoder(), Rate(25)
SECONDS = 71


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Music that swells, and words in noise."""
    made = tmp_path_factory.mktemp("listened")
    time = np.arange(SECONDS * 48_000) / 48_000
    song = np.sin(2 * np.pi * 220 * time) * 0.05 * (1.2 + np.sin(time))
    write_wav(made / "song.wav", np.stack((song, song * 0.9), axis=1).astype(np.float32))
    noise = np.random.default_rng(2).standard_normal(4 * 48_000) * 0.05
    write_wav(made / "line.wav", noise[:, None].astype(np.float32))
    return made


def film(*said: int) -> Timeline:
    words = tuple(Clip(f"w{at}", "line", "line", at, 60) for at in said)
    frames = SECONDS * 25
    tracks = (
        Track("p", "video", "Picture", "picture", (Clip("p", "p", "", 0, frames),)),
        Track("a", "audio", "Voice", "voice", words),
        Track("m", "audio", "Music", "music", (Clip("m", "song", "song", 0, frames),)),
    )
    return Timeline("film", RATE, 640, 360, tracks)


def sounding(timeline: Timeline, folder: Path, name: str = "film") -> Path:
    out = folder / f"{name}.m4a"
    sound_track(timeline, lambda media: folder / f"{media}.wav", out, folder, Aim(-16.0), ffmpeg=FFMPEG)
    return out


def as_a_whole(sound: Path) -> Heard:
    found = read_media(str(sound), sound.name, lambda container: heard(container, stop=lambda: False))
    assert found is not None
    return found


def test_blocks_tell_what_the_whole_tells(folder: Path, tmp_path: Path) -> None:
    sound = sounding(film(100, 400, 1500), folder)
    one, other = as_a_whole(sound), listened(sound, Measures(tmp_path))
    assert other.peaks == one.peaks
    assert other.integrated_lufs == pytest.approx(one.integrated_lufs, abs=1e-4)
    assert other.peak_dbtp == pytest.approx(one.peak_dbtp, abs=1e-4)


def test_after_an_edit_only_its_blocks_are_heard_again(folder: Path, tmp_path: Path) -> None:
    listened(sounding(film(100, 400, 1500), folder), Measures(tmp_path))
    before = set(tmp_path.iterdir())
    edited = sounding(film(100, 400, 1490), folder, "edited")
    found = listened(edited, Measures(tmp_path))
    made = set(tmp_path.iterdir()) - before
    assert len(before) == 6
    assert 1 <= len(made) <= 2
    assert found == replace(as_a_whole(edited), integrated_lufs=found.integrated_lufs, peak_dbtp=found.peak_dbtp)


def test_what_was_heard_is_believed_of_its_own_sound_only(folder: Path, tmp_path: Path) -> None:
    sound, notes = sounding(film(100), folder), tmp_path / "film.heard"
    found = listened(sound, Measures(tmp_path))
    write_heard(found, sound, notes)
    assert read_heard(notes, sound) == found
    assert read_heard(notes, sounding(film(), folder, "other")) is None
    notes.write_bytes(notes.read_bytes()[:-20])
    assert read_heard(notes, sound) is None
    assert read_heard(tmp_path / "nothing.heard", sound) is None


def test_listening_stops_when_it_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        listened(sounding(film(100), folder), Measures(tmp_path), stop=lambda: True)
