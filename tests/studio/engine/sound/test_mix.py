"""The mix of a film: places, lengths, loudness, ducking, cancel."""

import itertools
import subprocess
import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import Cancelled, EncoderFailed, UnsupportedMedia
from studio.engine.ffmpeg import program
from studio.engine.sound.desk.tracks import bus
from studio.engine.sound.loudness import loudness, true_peak
from studio.engine.sound.mix import encoded_aac, mixed
from studio.engine.sound.wave import Samples, opened, write_wav
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track

FILM = Rate(24_000, 1001)


def speech(seconds: float, seed: int = 0) -> Samples:
    """Syllables of filtered noise at about -20 LUFS, one channel."""
    count = round(seconds * 48_000)
    noise = np.convolve(np.random.default_rng(seed).standard_normal(count), np.hanning(24), "same")
    syllables = np.clip(np.sin(2 * np.pi * 4 * np.arange(count) / 48_000), 0, 1)
    return (noise * syllables * 0.1)[:, None].astype(np.float32)


def chord(seconds: float) -> Samples:
    """A held chord at about -23 LUFS, two channels."""
    time = np.arange(round(seconds * 48_000)) / 48_000
    wave = sum(np.sin(2 * np.pi * f * time) for f in (220, 277, 330, 440)) * 0.03
    return np.stack((wave, wave * 0.9), axis=1).astype(np.float32)


def film(
    frames: int, voice: list[Clip], music: list[Clip], effects: list[Clip] | None = None, rate: Rate = FILM
) -> Timeline:
    tracks = (
        Track("v", "video", "Picture", "picture", (Clip("p", "p", "picture", 0, frames),)),
        Track("a", "audio", "Voice", "voice", tuple(voice)),
        Track("m", "audio", "Music", "music", tuple(music)),
        Track("e", "audio", "Effects", "effects", tuple(effects or [])),
    )
    return Timeline("film", rate, 1280, 720, tracks)


def library(folder: Path, **sounds: Samples) -> Callable[[str], Path]:
    for name, sound in sounds.items():
        write_wav(folder / f"{name}.wav", sound)
    return lambda name: folder / f"{name}.wav"


def heard(path: Path) -> Samples:
    file = opened(path)
    return file.read(0, file.samples)


@pytest.fixture
def talk(tmp_path: Path) -> tuple[Timeline, Callable[[str], Path]]:
    """20 s: two lines of 4 s over music."""
    media = library(tmp_path, line=speech(4), song=chord(21))
    voice = [Clip("1", "A", "line", 48, 96), Clip("2", "B", "line", 300, 96)]
    return film(480, voice, [Clip("m", "song", "song", 0, 480, fade_in=12, fade_out=12)]), media


@pytest.mark.parametrize("target", [-14.0, -16.0, -23.0])
def test_the_mix_has_the_target_loudness_and_exact_length(
    talk: tuple[Timeline, Callable[[str], Path]], tmp_path: Path, target: float
) -> None:
    out = tmp_path / "mix.wav"
    report = mixed(*talk, out, target_lufs=target)
    sound = heard(out)
    assert len(sound) == report.samples == FILM.samples(480)
    assert loudness(sound) == pytest.approx(target, abs=0.5)
    assert loudness(sound) == pytest.approx(report.integrated_lufs, abs=0.05)
    assert true_peak(sound) <= -1.0
    assert np.abs(sound).max() < 0.9999


def test_voices_stand_out_over_the_music(talk: tuple[Timeline, Callable[[str], Path]], tmp_path: Path) -> None:
    mixed(*talk, tmp_path / "mix.wav", target_lufs=-16)
    sound = heard(tmp_path / "mix.wav")
    second = 48_000
    speaking, between = sound[3 * second : 5 * second], sound[9 * second : 11 * second]
    assert 5 <= loudness(speaking) - loudness(between) <= 16


def test_music_ducks_8_db_where_a_voice_is_heard_and_comes_back(tmp_path: Path) -> None:
    """A voice too low for any ear whose two sides cancel out shows the music alone; its clip is silent at both ends."""
    hush = np.zeros((8 * 48_000, 2), np.float32)
    hush[140_000:244_000] = np.sin(np.linspace(0, np.pi, 104_000))[:, None] * (0.1, -0.1)
    media = library(tmp_path, hush=hush, song=chord(12))
    rate = Rate(25)
    timeline = film(300, [Clip("1", "A", "hush", 50, 200)], [Clip("m", "song", "song", 0, 300)], rate=rate)
    mixed(timeline, media, tmp_path / "mix.wav", target_lufs=-30)
    level = np.sqrt(np.square(heard(tmp_path / "mix.wav").sum(axis=1)).reshape(-1, 4800).mean(axis=1))
    db = 20 * np.log10(level / level[20])
    assert db[52:68] == pytest.approx(-8, abs=0.3)
    assert db[10:46] == pytest.approx(0, abs=0.3)
    assert db[81:110] == pytest.approx(0, abs=0.3)
    assert np.abs(np.diff(db[5:115])).max() < 5


def test_rare_speech_does_not_have_to_shout(tmp_path: Path) -> None:
    media = library(tmp_path, line=speech(1), song=chord(30))
    timeline = film(700, [Clip("1", "A", "line", 300, 24)], [Clip("m", "song", "song", 0, 700)])
    mixed(timeline, media, tmp_path / "mix.wav", target_lufs=-16)
    at = FILM.samples(300)
    assert loudness(heard(tmp_path / "mix.wav")[at : at + 48_000]) < -16 + 4.5


@given(
    start=st.integers(0, 200),
    frames=st.integers(1, 100),
    source=st.integers(0, 30),
    rate=st.sampled_from([Rate(24), FILM, Rate(25), Rate(30_000, 1001), Rate(60)]),
)
def test_every_clip_sounds_at_its_exact_samples(
    tmp_path_factory: pytest.TempPathFactory, start: int, frames: int, source: int, rate: Rate
) -> None:
    path = tmp_path_factory.getbasetemp() / "ramp.wav"
    if not path.exists():
        write_wav(path, np.repeat(np.linspace(0.1, 0.9, 480_000, dtype=np.float32)[:, None], 2, axis=1))
    lane = bus(film(400, [Clip("1", "A", "x", start, frames, source)], [], rate=rate), "voice", lambda _: path)
    first, last = rate.samples(start), rate.samples(start + frames)
    got = lane.block(0, rate.samples(400))
    assert not got[:first].any()
    assert not got[last:].any()
    middle = (first + last) // 2
    file = opened(path).read(rate.samples(source) + middle - first, 1)
    assert got[middle] == pytest.approx(file[0], abs=1e-6)


def test_blocks_of_a_bus_are_parts_of_the_whole(tmp_path: Path) -> None:
    media = library(tmp_path, line=speech(3))
    clips = [Clip(str(i), "A", "line", s, 60, fade_in=3, fade_out=9) for i, s in enumerate((0, 30, 55, 100))]
    lane = bus(film(200, clips, []), "voice", media)
    whole = lane.block(-500, 300_000)
    cuts = [-500, 1, 70_000, 70_001, 200_000, 299_500]
    pieces = [lane.block(a, b - a) for a, b in itertools.pairwise(cuts)]
    assert np.array_equal(np.concatenate(pieces), whole)


def test_a_cut_through_running_sound_is_heard_as_nothing(tmp_path: Path) -> None:
    media = library(tmp_path, song=chord(5))
    whole = bus(film(100, [], [Clip("1", "m", "song", 0, 100)]), "music", media)
    cut = bus(film(100, [], [Clip("1", "m", "song", 0, 40), Clip("2", "m", "song", 40, 60, 40)]), "music", media)
    assert np.abs(whole.block(0, 190_000) - cut.block(0, 190_000)).max() < 1e-6


def test_a_clip_longer_than_its_file_is_silent_after_it(tmp_path: Path) -> None:
    media = library(tmp_path, line=speech(1))
    lane = bus(film(100, [Clip("1", "A", "line", 0, 100)], []), "voice", media)
    assert not lane.block(48_000, 50_000).any()


def test_gain_is_in_decibels_and_a_muted_clip_is_not_even_opened(tmp_path: Path) -> None:
    media = library(tmp_path, song=chord(4))
    loud = bus(film(50, [], [Clip("1", "m", "song", 0, 50)]), "music", media).block(1000, 9000)
    soft = bus(film(50, [], [Clip("1", "m", "song", 0, 50, gain_db=-6.0206)]), "music", media).block(1000, 9000)
    assert soft == pytest.approx(loud / 2, abs=1e-5)
    assert bus(film(50, [], [Clip("1", "m", "missing", 0, 50, gain_db=-120)]), "music", media).clips == ()


def test_other_audio_tracks_are_heard_and_do_not_duck_the_music(tmp_path: Path) -> None:
    media = library(tmp_path, bang=speech(2))
    timeline = film(100, [], [], [Clip("1", "bang", "bang", 24, 48)])
    mixed(timeline, media, tmp_path / "mix.wav", target_lufs=-20)
    assert loudness(heard(tmp_path / "mix.wav")) == pytest.approx(-20, abs=0.5)


@pytest.mark.parametrize("frames", [0, 1, 50])
def test_a_film_without_sound_is_silence_of_the_right_length(tmp_path: Path, frames: int) -> None:
    report = mixed(film(frames, [], []), lambda _: tmp_path / "none", tmp_path / "mix.wav", target_lufs=-14)
    assert (report.integrated_lufs, report.peak_dbtp) == (-70, -120)
    sound = heard(tmp_path / "mix.wav")
    assert len(sound) == FILM.samples(frames)
    assert not sound.any()


def test_the_same_film_gives_the_same_bytes(talk: tuple[Timeline, Callable[[str], Path]], tmp_path: Path) -> None:
    for name in ("a.wav", "b.wav"):
        mixed(*talk, tmp_path / name, target_lufs=-14)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


def test_progress_never_goes_back_and_ends_at_one(talk: tuple[Timeline, Callable[[str], Path]], tmp_path: Path) -> None:
    shares: list[float] = []
    mixed(*talk, tmp_path / "mix.wav", target_lufs=-14, on_progress=shares.append)
    assert shares == sorted(shares)
    assert (min(shares) >= 0, shares[-1]) == (True, 1.0)


def test_cancel_at_any_moment_leaves_nothing_behind(
    talk: tuple[Timeline, Callable[[str], Path]], tmp_path: Path
) -> None:
    for polls in (0, 2, 6, 11):
        calls = itertools.count()
        folder = tmp_path / str(polls)
        folder.mkdir()
        with pytest.raises(Cancelled):
            mixed(*talk, folder / "mix.wav", target_lufs=-14, stop=lambda c=calls, p=polls: next(c) >= p)
        assert list(folder.iterdir()) == []


def test_a_file_that_is_not_a_wav_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "song.wav").write_bytes(b"ID3" + bytes(1000))
    timeline = film(48, [], [Clip("m", "song", "song", 0, 48)])
    with pytest.raises(UnsupportedMedia, match=r"song\.wav"):
        mixed(timeline, lambda n: tmp_path / f"{n}.wav", tmp_path / "mix.wav", target_lufs=-14)
    assert not (tmp_path / "mix.wav").exists()


def test_aac_starts_on_time_and_ends_within_a_frame(
    talk: tuple[Timeline, Callable[[str], Path]], tmp_path: Path
) -> None:
    ffmpeg = program.encoder()
    report = mixed(*talk, tmp_path / "mix.wav", target_lufs=-16)
    encoded_aac(tmp_path / "mix.wav", tmp_path / "mix.m4a", ffmpeg=ffmpeg, bitrate=160_000)
    decode = [str(ffmpeg), "-v", "error", "-i", str(tmp_path / "mix.m4a"), "-f", "s16le", "-"]
    raw = subprocess.run(decode, capture_output=True, check=True).stdout
    decoded = np.frombuffer(raw, "<i2").reshape(-1, 2)[:, 0] / 32768
    assert abs(len(decoded) - report.samples) < Fraction(48_000) / FILM.fps
    sound = heard(tmp_path / "mix.wav")[:, 0]
    part = slice(100_000, 400_000)
    match = [float(np.dot(np.roll(decoded, -k)[part], sound[part])) for k in range(-40, 41)]
    assert int(np.argmax(match)) - 40 == 0


def test_encoding_what_is_not_sound_fails_with_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "bad.wav").write_bytes(b"not sound")
    with pytest.raises(EncoderFailed):
        encoded_aac(tmp_path / "bad.wav", tmp_path / "a.m4a", ffmpeg=program.encoder())
    assert [p.name for p in tmp_path.iterdir()] == ["bad.wav"]


def test_a_cancelled_encode_leaves_no_file_and_no_process(tmp_path: Path) -> None:
    write_wav(
        tmp_path / "long.wav", np.random.default_rng(0).standard_normal((48_000 * 60, 2)).astype(np.float32) * 0.1
    )
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    with pytest.raises(Cancelled):
        encoded_aac(tmp_path / "long.wav", tmp_path / "a.m4a", ffmpeg=program.encoder(), stop=stop.is_set)
    assert [p.name for p in tmp_path.iterdir()] == ["long.wav"]
