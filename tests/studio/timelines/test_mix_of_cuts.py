"""How a cut sounds for its player, and how loud it is: what its film will be, from the files there are."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, NotFound
from studio.core.storage import storage
from studio.engine.sound.desk.mixer import balanced, desk, duckings
from studio.engine.sound.desk.tracks import Files
from studio.engine.sound.wave import write_wav
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Curve, Key, Speed, Timeline, Track
from studio.media import service as media
from studio.renders import service as renders
from studio.timelines import service as timelines
from studio.timelines.views import MixView
from tests.factories.laid import add_cut
from tests.factories.studio import Place, make_place, make_stranger

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("database")]
SECOND = 48_000


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def voice(place: Place, tmp_path: Path) -> str:
    """Two sentences in ten seconds: the second to the fourth, and the eighth."""
    sound = np.zeros((10 * SECOND, 1), np.float32)
    for begin, end in ((2, 5), (8, 9)):
        sound[begin * SECOND : end * SECOND] = 0.3 * np.sin(np.arange((end - begin) * SECOND) / 20)[:, None]
    write_wav(tmp_path / "voice.wav", sound)
    return _kept(place, tmp_path / "voice.wav")


def _kept(place: Place, path: Path) -> str:
    file = media.stored(storage(), path, kind="audio", mime="audio/wav", name=path.name)
    with unit_of_work() as uow:
        media.add_media(uow, place.actor, place.project_id, file)
    return file.sha256


def cut_of(place: Place, *tracks: Track) -> str:
    picture = Track("v", "video", "V1", "picture", (Clip("p", "p", "", 0, 240),))
    timeline = Timeline("Talk", Rate(24), 1920, 1080, (picture, *tracks))
    with unit_of_work() as uow:
        return add_cut(uow, place.project_id, timeline)


def talk(place: Place, voice: str, **settings: object) -> str:
    said = Track("a", "audio", "Voice", "voice", (Clip("i", "interview", voice, 0, 240),))
    music = Track("m", "audio", "Music", "music", (Clip("s", "song", voice, 0, 240),), ducked_by="voice")
    return cut_of(place, said, replace(music, **settings))


def mix(place: Place, cut: str) -> MixView:
    with reading() as uow:
        heard = timelines.voiced(uow, place.actor, cut)
    return timelines.mix_of(heard, storage())


def test_a_player_is_told_the_very_gain_its_film_has(place: Place, voice: str, tmp_path: Path) -> None:
    cut = talk(place, voice, duck_db=9.0)
    found = mix(place, cut)
    frames, db = zip(*found.tracks["m"].duck, strict=True)
    level = np.interp([0, 40, 60, 110, 150, 170, 200, 239], frames, db)
    assert level == pytest.approx([0, 0, -9, -9, 0, 0, -9, 0], abs=0.1)
    with reading() as uow:
        timeline = timelines.get_timeline(uow, place.actor, cut).timeline
    film = duckings(timeline, Files(lambda _: tmp_path / "voice.wav", tmp_path).levels)["m"]
    at = np.arange(0, 10 * SECOND, 960, dtype=np.float64)
    assert np.interp(at / 2000, frames, db) == pytest.approx(20 * np.log10(film.curve(at, 9)), abs=0.3)
    assert (found.revision, found.tracks["a"].duck) == (1, ())


def test_music_that_names_nothing_is_told_its_gain_too(place: Place, voice: str) -> None:
    assert min(db for _, db in mix(place, talk(place, voice, ducked_by="")).tracks["m"].duck) == -8


@pytest.fixture
def song(place: Place, tmp_path: Path) -> str:
    """Twelve seconds of stereo, louder in their second half."""
    at = np.arange(12 * SECOND)
    swell = np.where(at < 6 * SECOND, 0.1, 0.5)[:, None]
    sound = swell * np.stack((np.sin(at / 9), np.sin(at / 31)), axis=1)
    write_wav(tmp_path / "song.wav", sound.astype(np.float32))
    return _kept(place, tmp_path / "song.wav")


@pytest.mark.parametrize(
    ("said", "music", "rest"),
    [
        ({}, {}, {}),
        ({"gain_db": -9.0}, {"fade_in": 48, "fade_out": 72}, {}),
        ({"start": 7, "frames": 200, "source_in": 31}, {"start": 100, "frames": 140, "source_in": 60}, {}),
        ({"speed": Speed(Fraction(2)), "frames": 120}, {}, {}),
        ({"speed": Speed(Fraction(2), keep_pitch=False), "frames": 120}, {}, {}),
        ({"speed": Speed(Fraction(-1)), "source_in": 239}, {}, {}),
        ({}, {"gain_db": Curve((Key(0, -20.0), Key(239, 0.0)))}, {}),
        ({"frames": 61}, {}, {"gain_db": 6.0}),
    ],
)
def test_a_player_is_told_how_the_film_balances_its_music(
    place: Place,
    voice: str,
    song: str,
    tmp_path: Path,
    said: dict[str, Any],
    music: dict[str, Any],
    rest: dict[str, Any],
) -> None:
    cut = cut_of(
        place,
        Track("a", "audio", "Voice", "voice", (replace(Clip("i", "interview", voice, 0, 240), **said),)),
        Track("m", "audio", "Music", "music", (replace(Clip("s", "song", song, 0, 240), **music),)),
        Track("n", "audio", "Noise", "sound", (Clip("n", "noise", song, 20, 40),), **{"gain_db": -12.0, **rest}),
    )
    told = mix(place, cut).tracks
    with reading() as uow:
        timeline = timelines.get_timeline(uow, place.actor, cut).timeline
    files = {voice: tmp_path / "voice.wav", song: tmp_path / "song.wav"}
    film = desk(timeline, Files(files.__getitem__, tmp_path))
    levels = balanced(film, timeline.rate.samples(timeline.frames), -14.0)
    assert abs(levels.music_db) > 0.5
    assert told["m"].gain_db == pytest.approx(levels.music_db, abs=0.3)
    assert min(db for _, db in told["m"].duck) == pytest.approx(-levels.duck_db, abs=0.05)
    assert (told["a"].gain_db, told["n"].gain_db) == (0, 0)


def test_music_is_as_recorded_where_the_film_is_not_known(place: Place, voice: str, song: str) -> None:
    music = Track("m", "audio", "Music", "music", (Clip("s", "song", song, 0, 240),))
    gone = Track("a", "audio", "Voice", "voice", (Clip("i", "gone", "f" * 64, 48, 96),))
    ducked = replace(music, ducked_by="voice")
    said = replace(gone, clips=(Clip("i", "interview", voice, 0, 240),))
    for tracks in ((music,), (gone, music), (said, ducked)):
        assert mix(place, cut_of(place, *tracks)).tracks["m"].gain_db == 0


def test_a_file_nobody_has_listened_to_counts_as_heard_throughout(place: Place, voice: str) -> None:
    said = Track("a", "audio", "Voice", "voice", (Clip("i", "gone", "f" * 64, 48, 96),))
    music = Track("m", "audio", "Music", "music", (Clip("s", "song", voice, 0, 240),), ducked_by="voice")
    frames, db = zip(*mix(place, cut_of(place, said, music)).tracks["m"].duck, strict=True)
    assert np.interp([20, 50, 100, 143, 180], frames, db) == pytest.approx([0, -12, -12, -12, 0])


def test_tone_and_compressor_are_told_as_they_are(place: Place, voice: str) -> None:
    told = mix(place, talk(place, voice, equaliser="warm", eq_mid_db=-4.0, compressor="gentle")).tracks["m"]
    assert [(band.kind, band.hertz, band.db) for band in told.tone] == [
        ("low_shelf", 200, 3),
        ("high_shelf", 6000, -3),
        ("bell", 1000, -4),
    ]
    assert told.compressor is not None
    assert (told.compressor.threshold_db, told.compressor.ratio) == (-22, 2)


def test_how_a_cut_sounds_is_told_to_nobody_else(place: Place, voice: str) -> None:
    cut = talk(place, voice)
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    with reading() as uow, pytest.raises(NotFound):
        timelines.voiced(uow, stranger, cut)
    with pytest.raises(NotFound):
        renders.hear_cut(stranger, cut)


def test_a_cut_and_its_clips_are_heard_as_loud_as_they_are(place: Place, voice: str) -> None:
    said = Track("a", "audio", "Voice", "voice", (Clip("i", "interview", voice, 0, 240, gain_db=-6.0),))
    cut = cut_of(place, said)
    ((clip, lufs),) = renders.hear_clips(place.actor, cut, ["i"])
    assert clip.id == "i"
    assert renders.hear_cut(place.actor, cut).lufs == pytest.approx(lufs, abs=0.1)
    ((_, louder),) = renders.hear_clips(
        place.actor, cut_of(place, replace(said, clips=(replace(clip, gain_db=0.0),))), ["i"]
    )
    assert louder == pytest.approx(lufs + 6, abs=0.05)


def test_silence_and_what_is_not_there_are_told_in_words(place: Place, voice: str) -> None:
    with pytest.raises(Conflict, match="Nothing is heard"):
        renders.hear_cut(place.actor, cut_of(place))
    hushed = Track("a", "audio", "V", "voice", (Clip("i", "first second", voice, 0, 24),))
    with pytest.raises(Conflict, match="first second"):
        renders.hear_clips(place.actor, cut_of(place, hushed), ["i"])
    with pytest.raises(NotFound):
        renders.hear_clips(place.actor, cut_of(place, hushed), ["other"])
