"""A joined film is exact, and a film that is not is caught."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from studio.core.errors import Cancelled, EncoderFailed, Invalid
from studio.engine.ffmpeg import program
from studio.engine.presets import Preset
from studio.engine.probe import probed
from studio.engine.render.join import checked, concat_list, join_arguments, joined, metadata
from studio.engine.render.segments import segment_arguments
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Marker

pytestmark = pytest.mark.programs

FFMPEG = program.encoder()
TINY = Preset("tiny", height=90, x264_preset="ultrafast")
LENGTHS = (31, 40, 5, 77)
RATES = [Rate(24), Rate(25), Rate(30000, 1001)]

Segments = list[tuple[Path, int]]


def segment(path: Path, frames: int, rate: Rate) -> Path:
    arguments = segment_arguments(FFMPEG, 160, 90, rate, TINY, threads=1, out=path)
    raw = b"".join(bytes([16 + (i * 7) % 200]) * (160 * 90) + bytes([128]) * (160 * 45) for i in range(frames))
    subprocess.run([arguments[0], "-v", "error", *arguments[1:]], input=raw, check=True)
    return path


def tone(path: Path, seconds: float) -> Path:
    sine = ["-f", "lavfi", "-i", f"sine=r=48000:d={seconds:.6f}", "-ac", "2", "-c:a", "aac", str(path)]
    subprocess.run([str(FFMPEG), "-v", "error", "-y", *sine], check=True)
    return path


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Rate], tuple[Segments, Path]]:
    made: dict[Rate, tuple[Segments, Path]] = {}

    def get(rate: Rate) -> tuple[Segments, Path]:
        if rate not in made:
            folder = tmp_path_factory.mktemp("it's a folder")
            segments = [(segment(folder / f"{i}.mp4", n, rate), n) for i, n in enumerate(LENGTHS)]
            made[rate] = segments, tone(folder / "a.m4a", float(rate.seconds(sum(LENGTHS))))
        return made[rate]

    return get


Parts = Callable[[Rate], tuple[Segments, Path]]


@pytest.mark.parametrize("rate", RATES, ids=str)
def test_a_joined_film_is_exact(tmp_path: Path, parts: Parts, rate: Rate) -> None:
    segments, sound = parts(rate)
    out = tmp_path / "film.mp4"
    markers = [Marker(40, "INT. BAR; NIGHT = #2"), Marker(0, "Title"), Marker(900, "beyond")]
    joined(segments, sound, [Caption(5, 40, "Hello")], markers, rate, out, ffmpeg=FFMPEG, title="It's a film")
    checked(out, sum(LENGTHS), rate)
    found = probed(out)
    assert (found.frames, found.rate, found.even) == (153, rate, True)
    assert abs(found.audio_seconds - found.video_seconds) < rate.seconds(1)
    assert [name for _, name in found.chapters] == ["Title", "INT. BAR; NIGHT = #2"]
    assert found.chapters[1][0] == pytest.approx(float(rate.seconds(40)), abs=1e-3)
    assert [p.name for p in tmp_path.iterdir()] == ["film.mp4"]


def test_a_hundred_segments_at_an_odd_rate_leave_no_hole(tmp_path: Path, parts: Parts) -> None:
    rate = Rate(30000, 1001)
    segments, _ = parts(rate)
    many = [segments[i % 4] for i in range(100)]
    frames = sum(n for _, n in many)
    joined(many, None, [], [], rate, tmp_path / "film.mp4", ffmpeg=FFMPEG, title="Film")
    found = probed(tmp_path / "film.mp4")
    assert (found.frames, found.even) == (frames, True)
    assert found.video_seconds == pytest.approx(float(rate.seconds(frames)), abs=1e-4)


def test_captions_are_a_track_in_their_language_that_is_off_at_first(tmp_path: Path, parts: Parts) -> None:
    segments, sound = parts(Rate(24))
    out = tmp_path / "film.mp4"
    captions = [Caption(12, 30, "Hello\nthere", "ANN"), Caption(100, 500, "To the end")]
    joined(segments, sound, captions, [], Rate(24), out, ffmpeg=FFMPEG, title="Film", language="fra")
    with av.open(str(out)) as film:
        (track,) = film.streams.subtitles
        assert track.codec_context.name == "mov_text"
        assert track.language == "fra"
        assert not track.disposition & (av.stream.Disposition.default | av.stream.Disposition.forced)
        texts = [
            (float(p.pts * p.time_base), float(p.duration * p.time_base), bytes(p)[2:])
            for p in film.demux(track)
            if p.size > 2
        ]
    assert [(round(a * 24, 1), text) for a, _, text in texts] == [(12.0, b"Hello\nthere"), (100.0, b"To the end")]
    assert texts[1][0] + texts[1][1] <= 153 / 24 + 1e-3


def test_a_film_without_sound_captions_or_chapters_is_a_film(tmp_path: Path, parts: Parts) -> None:
    segments, _ = parts(Rate(25))
    joined(segments, None, [], [], Rate(25), tmp_path / "film.mp4", ffmpeg=FFMPEG, title="")
    checked(tmp_path / "film.mp4", 153, Rate(25))
    found = probed(tmp_path / "film.mp4")
    assert (found.audio_codec, found.subtitle_tracks, found.chapters) == ("", 0, ())


def test_the_index_comes_before_the_pictures(tmp_path: Path, parts: Parts) -> None:
    segments, sound = parts(Rate(24))
    joined(segments, sound, [], [], Rate(24), tmp_path / "film.mp4", ffmpeg=FFMPEG, title="Film")
    data = (tmp_path / "film.mp4").read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


def test_a_stopped_or_failed_join_leaves_what_was_there(tmp_path: Path, parts: Parts) -> None:
    segments, sound = parts(Rate(24))
    out = tmp_path / "film.mp4"
    out.write_bytes(b"before")
    missing = [*segments, (tmp_path / "gone.mp4", 10)]
    with pytest.raises(EncoderFailed):
        joined(missing, tmp_path / "gone.m4a", [], [], Rate(24), out, ffmpeg=FFMPEG, title="Film")
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 30\n")
    slow.chmod(0o755)
    with pytest.raises(Cancelled):
        joined(segments, sound, [], [], Rate(24), out, ffmpeg=slow, title="Film", stop=lambda: True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["film.mp4", "slow"]
    assert out.read_bytes() == b"before"


def test_nothing_to_join_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        joined([], None, [], [], Rate(24), tmp_path / "a.mp4", ffmpeg=FFMPEG, title="x")


def test_a_missing_frame_is_caught(parts: Parts) -> None:
    path, frames = parts(Rate(24))[0][1]
    with pytest.raises(EncoderFailed, match="40 frames instead of 41"):
        checked(path, frames + 1, Rate(24))


def test_a_hole_in_time_is_caught(tmp_path: Path, parts: Parts) -> None:
    segments, _ = parts(Rate(24))
    holed = [(segments[0][0], 31), (segments[1][0], 41), (segments[2][0], 5)]
    joined(holed, None, [], [], Rate(24), tmp_path / "a.mp4", ffmpeg=FFMPEG, title="x")
    with pytest.raises(EncoderFailed, match="evenly spaced"):
        checked(tmp_path / "a.mp4", 76, Rate(24))


def test_sound_of_another_length_is_caught(tmp_path: Path, parts: Parts) -> None:
    segments, _ = parts(Rate(24))
    short = tone(tmp_path / "short.m4a", 153 / 24 - 0.2)
    joined(segments, short, [], [], Rate(24), tmp_path / "a.mp4", ffmpeg=FFMPEG, title="x")
    with pytest.raises(EncoderFailed, match="apart"):
        checked(tmp_path / "a.mp4", 153, Rate(24))


def test_a_frame_that_does_not_decode_is_caught(tmp_path: Path, parts: Parts) -> None:
    path, frames = parts(Rate(24))[0][3]
    data = bytearray(path.read_bytes())
    middle = data.index(b"mdat") + 900
    data[middle : middle + 300] = bytes(range(150)) * 2
    (tmp_path / "a.mp4").write_bytes(data)
    with pytest.raises(EncoderFailed, match=r"decode|read back"):
        checked(tmp_path / "a.mp4", frames, Rate(24))


def test_a_check_can_be_stopped(parts: Parts) -> None:
    path, frames = parts(Rate(24))[0][3]
    with pytest.raises(Cancelled):
        checked(path, frames, Rate(24), stop=lambda: True)


def test_the_arguments_of_a_join() -> None:
    arguments = join_arguments(
        Path("ffmpeg"),
        Path("list"),
        Path("notes"),
        Path("a.m4a"),
        Path("c.srt"),
        rate=Rate(24),
        language="eng",
        out=Path("film.mp4"),
    )
    assert " ".join(arguments) == (
        "ffmpeg -f concat -safe 0 -i list -f ffmetadata -i notes -i a.m4a -f srt -i c.srt "
        "-map 0:v:0 -map_metadata 1 -map_chapters 1 -c:v copy -map 2:a:0 -c:a copy -metadata:s:a:0 language=eng "
        "-map 3:s:0 -c:s mov_text -metadata:s:s:0 language=eng -disposition:s:0 0 "
        "-video_track_timescale 12288 -movflags +faststart -fflags +bitexact -f mp4 film.mp4"
    )


def test_the_list_keeps_every_segment_on_its_tick_and_quotes_its_name() -> None:
    text = concat_list([(Path("/a/it's.mp4"), 1), (Path("/b.mp4"), 1), (Path("/b.mp4"), 1)], Rate(30000, 1001))
    undecoded = "option codec_whitelist none\n"
    assert text == (
        f"ffconcat version 1.0\nfile '/a/it'\\''s.mp4'\n{undecoded}duration 0.033367\n"
        f"file '/b.mp4'\n{undecoded}duration 0.033366\nfile '/b.mp4'\n{undecoded}duration 0.033367\n"
    )


def test_chapters_cover_the_film_and_hostile_names_stay_names() -> None:
    hostile = "[CHAPTER]\nSTART=0\x00\\;#="
    text = metadata("Film", [Marker(50, hostile), Marker(50, "again"), Marker(20, "é" * 300)], 100, Rate(24))
    lines = text.splitlines()
    assert lines[:2] == [";FFMETADATA1", "title=Film"]
    assert [x for x in lines if x.startswith(("START", "END"))] == [
        "START=0",
        "END=20",
        "START=20",
        "END=50",
        "START=50",
        "END=100",
    ]
    assert lines.count("[CHAPTER]") == 3
    assert lines[-1] == "title=[CHAPTER] START\\=0 \\\\\\;\\#\\="
    assert "title=" + "é" * 125 in lines
