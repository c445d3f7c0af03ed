"""Sound in chunks: on time, seamless, and encoded again only where it changed."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import Cancelled, EncoderFailed, Invalid
from studio.engine.ffmpeg import program
from studio.engine.sound.chunks import (
    CHUNK,
    PACKET,
    Aim,
    Plan,
    encode_chunk,
    joined_aac,
    packets_of,
    planned,
    sound_track,
)
from studio.engine.sound.loudness import loudness, true_peak
from studio.engine.sound.mix import aac
from studio.engine.sound.wave import Samples, write_wav
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track

RATE = Rate(25)
FFMPEG = program.encoder()


def film(*voice: Clip, music: tuple[Clip, ...] = (), frames: int = 700) -> Timeline:
    picture = Track("p", "video", "Picture", "picture", (Clip("p", "p", "picture", 0, frames),))
    tracks = (picture, Track("a", "audio", "Voice", "voice", voice), Track("m", "audio", "Music", "music", music))
    return Timeline("film", RATE, 1280, 720, tracks)


LINES = tuple(Clip(str(i), "line", "line", 30 + 100 * i, 60, source_in=i) for i in range(7))


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sounds")
    time = np.arange(28 * 48_000) / 48_000
    song = sum(np.sin(2 * np.pi * f * time) for f in (220, 277, 330, 440)) * 0.03
    write_wav(folder / "song.wav", np.stack((song, song * 0.9), axis=1).astype(np.float32))
    noise = np.convolve(np.random.default_rng(2).standard_normal(4 * 48_000), np.hanning(24), "same")
    write_wav(folder / "line.wav", (noise * 0.05)[:, None].astype(np.float32))
    return folder


@pytest.fixture(scope="module")
def whole(sounds: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Samples, Samples, Samples]:
    """A film of 28 s: its plan, its mix, the mix decoded from chunks and from one pass."""
    folder = tmp_path_factory.mktemp("film")
    timeline = film(*LINES, music=(Clip("m", "song", "song", 0, 700),))
    plan = sound_track(timeline, media(sounds), folder / "a.m4a", folder, Aim(-16.0), ffmpeg=FFMPEG)
    mix = plan.finished(0, plan.samples)
    in_one_pass(mix, folder / "b.m4a")
    return plan, mix, decoded(folder / "a.m4a"), decoded(folder / "b.m4a")


def media(folder: Path) -> Callable[[str], Path]:
    return lambda name: folder / f"{name}.wav"


def in_one_pass(sound: Samples, out: Path) -> None:
    command = [
        str(FFMPEG),
        "-v",
        "error",
        "-f",
        "f32le",
        "-ar",
        "48000",
        "-ac",
        "2",
        "-i",
        "pipe:0",
        *aac(160_000),
        str(out),
    ]
    subprocess.run(command, input=sound.tobytes(), check=True, timeout=60)


def decoded(path: Path) -> Samples:
    command = [str(FFMPEG), "-v", "error", "-i", str(path), "-f", "f32le", "-"]
    return np.frombuffer(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout, "<f4").reshape(
        -1, 2
    )


def keys(timeline: Timeline, sounds: Path, folder: Path) -> list[str]:
    plan = planned(timeline, media(sounds), folder, Aim(), ffmpeg=FFMPEG)
    return [chunk.key for chunk in plan.chunks]


def test_the_whole_has_its_loudness_its_ceiling_and_its_length(whole: tuple[Plan, Samples, Samples, Samples]) -> None:
    plan, mix, chunked, single = whole
    assert plan.samples == 28 * 48_000
    assert 0 <= len(chunked) - len(single) < PACKET, "some ffmpegs end one pass within its last packet"
    assert 0 <= len(chunked) - plan.samples < PACKET
    assert loudness(mix) == pytest.approx(plan.lufs, abs=0.05)
    assert plan.lufs == pytest.approx(-16, abs=0.3)
    assert true_peak(mix) <= -1.0


def test_chunks_decode_to_what_one_pass_does_and_nothing_is_heard_at_a_join(
    whole: tuple[Plan, Samples, Samples, Samples],
) -> None:
    plan, mix, chunked, single = whole
    assert len(plan.chunks) == 3
    assert np.array_equal(chunked[: CHUNK // 2], single[: CHUNK // 2])
    apart, alone = (np.abs(x[: len(mix)] - mix).max(axis=1) for x in (chunked, single))
    assert np.square(apart).mean() < np.square(alone).mean() * 1.05, "as near the mix as one pass"
    assert apart.max() < alone.max() * 1.2
    for chunk in plan.chunks[1:]:
        join = slice(chunk.start - 2 * PACKET, chunk.start + 2 * PACKET)
        assert apart[join].max() <= alone[join].max() * 1.2 + 3e-4


def test_a_short_film_in_one_chunk_decodes_to_what_one_pass_gives(sounds: Path, tmp_path: Path) -> None:
    timeline = film(Clip("1", "line", "line", 2, 60), frames=77)
    plan = sound_track(timeline, media(sounds), tmp_path / "a.m4a", tmp_path, Aim(), ffmpeg=FFMPEG)
    in_one_pass(plan.finished(0, plan.samples), tmp_path / "b.m4a")
    chunked, single = decoded(tmp_path / "a.m4a"), decoded(tmp_path / "b.m4a")
    assert 0 <= len(chunked) - len(single) < PACKET
    assert np.array_equal(chunked[: len(single)], single)


def test_an_edit_touches_only_the_chunks_it_is_heard_in(sounds: Path, tmp_path: Path) -> None:
    before = keys(film(*LINES), sounds, tmp_path)
    assert len(set(before)) == 3
    shorter = (*LINES[:1], replace(LINES[1], frames=57), *LINES[2:])
    after = keys(film(*shorter), sounds, tmp_path)
    assert [a == b for a, b in zip(before, after, strict=True)] == [False, True, True]
    last = (*LINES[:-1], replace(LINES[-1], pan=0.5))
    assert [a == b for a, b in zip(before, keys(film(*last), sounds, tmp_path), strict=True)] == [True, False, False]


def test_names_ids_and_the_colour_of_things_touch_nothing(sounds: Path, tmp_path: Path) -> None:
    before = keys(film(*LINES), sounds, tmp_path)
    files = sorted(each.name for each in tmp_path.iterdir())
    renamed = tuple(replace(clip, id=f"x{clip.id}", name="other", group="g", link="shot:1") for clip in LINES)
    assert keys(replace(film(*renamed), name="another"), sounds, tmp_path) == before
    assert sorted(each.name for each in tmp_path.iterdir()) == files


def test_a_second_export_encodes_only_what_changed(sounds: Path, tmp_path: Path) -> None:
    sound_track(film(*LINES), media(sounds), tmp_path / "a.m4a", tmp_path, Aim(), ffmpeg=FFMPEG)
    made = {each.name for each in tmp_path.glob("*.aac")}
    quieter = (replace(LINES[0], gain_db=-1.0), *LINES[1:])
    sound_track(film(*quieter), media(sounds), tmp_path / "b.m4a", tmp_path, Aim(), ffmpeg=FFMPEG)
    assert len({each.name for each in tmp_path.glob("*.aac")} - made) == 1


def test_a_film_without_sound_is_silence_of_its_length(tmp_path: Path) -> None:
    plan = sound_track(film(frames=50), media(tmp_path), tmp_path / "a.m4a", tmp_path, Aim(), ffmpeg=FFMPEG)
    out = decoded(tmp_path / "a.m4a")
    assert plan.lufs == -70
    assert len(out) >= 96_000
    assert np.abs(out).max() < 1e-4


def test_an_empty_timeline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="empty"):
        planned(film(frames=0), media(tmp_path), tmp_path, Aim(), ffmpeg=FFMPEG)


def test_a_cancel_leaves_no_half_chunk(sounds: Path, tmp_path: Path) -> None:
    plan = planned(film(*LINES), media(sounds), tmp_path, Aim(), ffmpeg=FFMPEG)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        encode_chunk(plan, plan.chunks[0], tmp_path / "x.aac", ffmpeg=FFMPEG, stop=lambda: True)
    with pytest.raises(EncoderFailed):
        joined_aac([before[0]], tmp_path / "x.m4a", ffmpeg=FFMPEG)
    assert sorted(tmp_path.iterdir()) == before


def test_what_is_no_adts_is_not_taken_apart() -> None:
    with pytest.raises(EncoderFailed, match="taken apart"):
        packets_of(b"RIFF" + bytes(100))
