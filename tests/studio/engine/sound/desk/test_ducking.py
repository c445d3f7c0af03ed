"""Ducking hears: where a voice is told to be, how the gain follows it, and what of a film's sound a change of it concerns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.engine.sound.desk.ducking import (
    BY_ITSELF,
    CELL,
    Sense,
    ducked_under,
    heard_spans,
    levels_in,
    levels_of,
)
from studio.engine.sound.desk.mixer import desk, duckings
from studio.engine.sound.desk.tracks import Files
from studio.engine.sound.measures import Measures
from studio.engine.sound.mix import mixed
from studio.engine.sound.source import Sound, sound_file
from studio.engine.sound.wave import Samples, opened, write_wav
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track
from studio.engine.timeline.curves import Curve, Key
from studio.engine.timeline.model import Speed
from studio.media.forming import drawn_levels

RATE = Rate(25)
SECOND = 48_000
PLAIN = Sense(-36, 250, 300, 600)


def said(*spans: tuple[float, float], seconds: float = 12, level: int = 60) -> Callable[..., NDArray[np.uint8]]:
    """Levels of a voice that speaks from second to second."""
    cells = np.zeros(round(seconds * 50), np.uint8)
    for begin, end in spans:
        cells[round(begin * 50) : round(end * 50)] = level

    def levels(media: str, first: int, last: int) -> NDArray[np.uint8]:
        return np.pad(cells, (0, max(0, last - len(cells))))[first:last]

    return levels


def spoken(clip: Clip, levels: Callable[..., NDArray[np.uint8] | None], **track: float) -> list[tuple[float, float]]:
    """Seconds of the film in which a clip is heard over -36 dB."""
    voice = replace(Track("v", "audio", "Voice", "voice", (clip,)), **track)
    return [(a / SECOND, b / SECOND) for a, b in heard_spans([voice], RATE, levels, -36)]


def test_a_clip_is_heard_where_its_media_speaks_and_not_in_its_pauses() -> None:
    clip = Clip("1", "a", "x", 50, 250)
    assert spoken(clip, said((1, 2), (7, 8.5))) == [(3, 4), (9, 10.5)]
    assert spoken(replace(clip, source_in=25, frames=100), said((1, 2), (7, 8.5))) == [(2, 3)]
    assert spoken(replace(clip, enabled=False), said((1, 2))) == []


def test_gains_and_fades_count_in_what_is_heard() -> None:
    clip, soft = Clip("1", "a", "x", 0, 250), said((1, 9), level=4)
    assert spoken(clip, soft) == [(1, 9)]
    assert spoken(replace(clip, gain_db=-12.0), soft) == []
    assert spoken(clip, soft, gain_db=-12) == []
    assert spoken(replace(clip, gain_db=-12.0), soft, gain_db=12) == [(1, 9)]
    pulled = Curve((Key(0, 0.0), Key(124, 0.0, "hold"), Key(125, -40.0)))
    assert spoken(replace(clip, gain_db=pulled), soft) == [(1, pytest.approx(5, abs=0.05))]
    assert spoken(replace(clip, fade_in=200), soft)[0][0] > 3


def test_a_clip_at_another_speed_is_heard_where_it_plays_them() -> None:
    clip = Clip("1", "a", "x", 0, 100, speed=Speed(Fraction(2)))
    assert spoken(clip, said((2, 4), (9, 10))) == [(1, 2)]
    back = replace(clip, source_in=249, speed=Speed(Fraction(-1)))
    assert spoken(back, said((8, 9))) == [pytest.approx((1, 2), abs=1e-4)]


@pytest.mark.parametrize(
    "speed",
    [None, Speed(Fraction(0)), Speed(ramp=Curve((Key(0, 0.0), Key(99, 50.0))))],
    ids=["unknown", "still", "ramp"],
)
def test_what_cannot_be_told_counts_as_heard_throughout(speed: Speed | None) -> None:
    assert spoken(Clip("1", "a", "x", 25, 100, speed=speed), lambda *_: None) == [(1, 5)]


def test_the_gain_is_down_when_a_voice_begins_and_up_in_a_long_pause() -> None:
    duck = ducked_under([(4 * SECOND, 6 * SECOND), (11 * SECOND, 12 * SECOND)], PLAIN)
    at = np.array([3.7, 4, 5, 6, 6.25, 7, 9, 10.7, 11, 12, 13]) * SECOND
    db = 20 * np.log10(duck.curve(at, 12))
    assert db == pytest.approx([0, -12, -12, -12, -12, 0, 0, 0, -12, -12, 0], abs=0.01)


def test_between_two_sentences_the_gain_comes_up_only_as_far_as_there_is_time_for() -> None:
    def highest(pause: float) -> float:
        duck = ducked_under([(0, SECOND), (round((1 + pause) * SECOND), 4 * SECOND)], PLAIN)
        between = np.linspace(SECOND, (1 + pause) * SECOND, 200)
        return float((20 * np.log10(duck.curve(between, 12))).max())

    assert highest(0.29) == pytest.approx(-12, abs=0.01)
    assert -12 < highest(0.6) < -6 < highest(0.9) < highest(1.2) == pytest.approx(0, abs=0.01)


def test_its_points_are_the_curve_near_enough_to_hear_no_difference() -> None:
    duck = ducked_under([(4 * SECOND, 6 * SECOND), (7 * SECOND, 8 * SECOND)], PLAIN)
    at, db = zip(*duck.points(12), strict=True)
    everywhere = np.arange(3 * SECOND, 10 * SECOND, 480, dtype=np.float64)
    exact = 20 * np.log10(duck.curve(everywhere, 12))
    assert np.interp(everywhere, at, db) == pytest.approx(exact, abs=0.3)
    assert ducked_under([]).points(12) == []


def noise(seconds: float) -> Samples:
    sound = np.random.default_rng(3).standard_normal((round(seconds * SECOND), 2)).astype(np.float32)
    return sound * (0.4 * np.abs(np.sin(np.arange(len(sound)) / 30_000)))[:, None].astype(np.float32)


def test_levels_heard_are_the_very_ones_of_the_waveform_that_is_kept(tmp_path: Path) -> None:
    write_wav(tmp_path / "x.wav", noise(19.13))
    sound = opened(tmp_path / "x.wav")
    kept = drawn_levels(sound, stop=lambda: False)
    files = Files(lambda _: tmp_path / "x.wav", tmp_path, known=Measures(tmp_path))
    for first, last in ((0, 960), (3, 4), (390, 410), (700, 1100)):
        assert np.array_equal(levels_of(sound, first, last), levels_in(kept, first, last))
        assert np.array_equal(files.levels("x", first, last), levels_in(kept, first, last))


def film(*tracks: Track, frames: int) -> Timeline:
    picture = Track("p", "video", "Picture", "picture", (Clip("p", "p", "picture", 0, frames),))
    return Timeline("film", RATE, 1280, 720, (picture, *tracks))


def talk(tmp_path: Path, **settings: object) -> Timeline:
    """Music under one clip of interview, which speaks, is silent for five seconds, and speaks."""
    voice = np.zeros((11 * SECOND, 2), np.float32)
    for begin in (1, 8):  # the two sides cancel out, so that the music can be measured under it
        voice[begin * SECOND : (begin + 2) * SECOND] = 0.2, -0.2
    write_wav(tmp_path / "interview.wav", voice)
    tone = 0.1 * np.sin(2 * np.pi * 500 * np.arange(11 * SECOND) / SECOND)
    write_wav(tmp_path / "song.wav", np.repeat(tone[:, None], 2, axis=1).astype(np.float32))
    music = Track("m", "audio", "Music", "music", (Clip("m", "m", "song", 0, 275),), ducked_by="voice")
    speech = Track("v", "audio", "Voice", "voice", (Clip("v", "v", "interview", 0, 275),))
    return film(speech, replace(music, **settings), frames=275)


def test_music_is_12_db_down_under_speech_and_up_in_the_silence_within_the_clip(tmp_path: Path) -> None:
    timeline = talk(tmp_path)
    mixed(timeline, lambda name: tmp_path / f"{name}.wav", tmp_path / "mix.wav", target_lufs=-23)
    music = opened(tmp_path / "mix.wav").read(0, 11 * SECOND).sum(axis=1).reshape(-1, 4800)
    db = 20 * np.log10(np.sqrt(np.square(music).mean(axis=1)))
    up = db[55]
    assert db[[12, 20, 28, 82, 90, 98]] - up == pytest.approx(-12, abs=0.1)
    assert db[[2, 4, 42, 50, 60, 70]] - up == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize(
    ("setting", "value", "concerned"),
    [("duck_db", 6.0, [1]), ("duck_release_ms", 900.0, [1]), ("duck_threshold_db", -6.0, [1])],
)
def test_only_the_pieces_a_setting_is_heard_in_are_made_again(
    tmp_path: Path, setting: str, value: float, concerned: list[int]
) -> None:
    timeline = talk(tmp_path)
    windows = [(9 * SECOND // 2, 7 * SECOND), (7 * SECOND, 11 * SECOND), (0, SECOND // 2)]

    def keys(each: Timeline) -> list[object]:
        mixer = desk(each, Files(lambda name: tmp_path / f"{name}.wav", tmp_path))
        return [[lane.seen(*window) for lane in (*mixer.voice, *mixer.others)] for window in windows]

    tracks = (*timeline.tracks[:2], replace(timeline.tracks[2], **{setting: value}))
    before, after = keys(timeline), keys(replace(timeline, tracks=tracks))
    assert [i for i, (a, b) in enumerate(zip(before, after, strict=True)) if a != b] == (
        concerned if setting != "duck_db" else [0, 1, 2]
    )


def test_what_was_listened_to_once_is_not_read_again(tmp_path: Path) -> None:
    timeline = talk(tmp_path)
    read: list[str] = []

    class Ear:
        def __init__(self, name: str) -> None:
            self.name, self.sound = name, sound_file(tmp_path / f"{name}.wav")
            self.channels, self.samples = self.sound.channels, self.sound.samples

        def read(self, start: int, count: int) -> Samples:
            read.append(self.name)
            return self.sound.read(start, count)

    def ear(name: str) -> Sound:
        return Ear(name)

    for _ in range(2):
        desk(timeline, Files(ear, tmp_path, known=Measures(tmp_path)))
    assert read == ["interview", "interview"], "each of its two pieces once, and the music not at all"


def test_music_without_a_word_is_ducked_by_itself_and_silenced_voices_duck_nothing(tmp_path: Path) -> None:
    timeline = talk(tmp_path, ducked_by="")
    files = Files(lambda name: tmp_path / f"{name}.wav", tmp_path)
    found = duckings(timeline, files.levels)
    assert list(found) == [""]
    expected = ducked_under([(SECOND, 3 * SECOND), (8 * SECOND, 10 * SECOND)], BY_ITSELF)
    assert found[""].at == pytest.approx(expected.at, abs=CELL)
    assert np.array_equal(found[""].share, expected.share)
    muted = replace(timeline, tracks=tuple(replace(t, muted=t.role == "voice") for t in timeline.tracks))
    assert not duckings(muted, files.levels)[""].share.any()
