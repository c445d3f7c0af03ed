"""A rendered segment has exactly its frames, each the one that was asked for; a stopped one leaves nothing."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from studio.core.errors import Cancelled, EncoderFailed, Invalid, UnsupportedMedia
from studio.engine.artist.spec import Move
from studio.engine.ffmpeg import program
from studio.engine.motion import motion_of, window_at
from studio.engine.presets import Preset, preset
from studio.engine.presets.encoding import h264_level, timescale
from studio.engine.probe import probed
from studio.engine.render.film import gain_at
from studio.engine.render.footage import Store
from studio.engine.render.layers import Span
from studio.engine.render.reels.pictures import pixels
from studio.engine.render.segments import render_segment, segment_arguments
from studio.engine.render.stills import Frame, show, still
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Motion, Timeline, Track, Window

pytestmark = pytest.mark.programs

FFMPEG = program.encoder()
TINY = Preset("tiny", height=90, crf=12, x264_preset="superfast")
PUSH = Motion(Window(), Window(0.5, 0.5, 0.7))


def picture(path: Path, seed: int) -> Path:
    random = np.random.default_rng(seed)
    small = Image.fromarray(random.integers(0, 256, (6, 10, 3), np.uint8))
    small.resize((320, 180), Image.Resampling.BICUBIC).save(path)
    return path


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("pictures")
    for name in "abc":
        picture(folder / f"{name}.png", ord(name))
    return lambda media: folder / f"{media}.png"


FILM_RATE = Rate(24)


def film(*clips: Clip, rate: Rate = FILM_RATE) -> Timeline:
    return Timeline("Film", rate, 1920, 1080, (Track("v", "video", "V", "picture", clips),))


THREE = (
    Clip("1", "1A", "a", 0, 40, motion=PUSH, fade_in=8),
    Clip("2", "1B", "b", 40, 20),
    Clip("3", "2A", "c", 65, 35, motion=motion_of(Move.HANDHELD), fade_out=10),
)


def decoded(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [f.to_ndarray(format="yuv420p")[: f.height] for f in container.decode(video=0)]


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    return float(10 * np.log10(255**2 / max(((a.astype(float) - b.astype(float)) ** 2).mean(), 1e-9)))


def expected(timeline: Timeline, frame: int, media: Callable[[str], Path]) -> np.ndarray:
    """Luma of one frame, worked out on its own."""
    out = Frame(160, 90)
    clip = next((c for t in timeline.tracks for c in t.clips if c.start <= frame < c.end), None)
    if clip is None:
        return np.full((90, 160), 16, np.uint8)
    at = frame - clip.start
    still_widths = (clip.motion.start.width, clip.motion.end.width) if clip.motion else (1.0, 1.0)
    given = pixels(media(clip.media), "x", ours=True)
    image = still(given, width=160, height=90, tightest=min(still_widths), widest=max(still_widths))
    show(image, window_at(clip.motion, at, clip.frames, fps=float(timeline.rate.fps)), out)
    rise = min(1, at / clip.fade_in) if clip.fade_in else 1
    fall = min(1, (clip.frames - 1 - at) / clip.fade_out) if clip.fade_out else 1
    return 16 + (out.y.astype(float) - 16) * min(rise, fall)


@pytest.mark.parametrize("rate", [Rate(24), Rate(25), Rate(30000, 1001)], ids=str)
def test_every_frame_is_the_one_that_was_asked_for(tmp_path: Path, pictures: Callable[[str], Path], rate: Rate) -> None:
    timeline = film(*THREE, rate=rate)
    found: list[np.ndarray] = []
    for span in (Span(0, 50), Span(50, 50)):
        out = tmp_path / f"{span.start}.mp4"
        render_segment(timeline, span, TINY, Store(pictures), out, ffmpeg=FFMPEG)
        assert probed(out).frames == 50
        assert probed(out).rate == rate
        found += decoded(out)
    assert len(found) == 100
    for frame in (0, 1, 7, 20, 39, 40, 59, 60, 64, 65, 80, 95, 99):
        assert psnr(found[frame], expected(timeline, frame, pictures)) > 36, frame


def test_a_segment_carries_the_tags_of_its_colours(tmp_path: Path, pictures: Callable[[str], Path]) -> None:
    out = tmp_path / "a.mp4"
    render_segment(film(*THREE), Span(0, 30), TINY, Store(pictures), out, ffmpeg=FFMPEG)
    with av.open(str(out)) as container:
        codec = container.streams.video[0].codec_context
        assert (codec.color_range, codec.colorspace, codec.color_primaries, codec.color_trc) == (1, 1, 1, 1)
        assert (codec.profile, codec.pix_fmt, codec.sample_aspect_ratio) == ("High", "yuv420p", 1)


def test_all_segments_begin_a_decoder_alike(tmp_path: Path, pictures: Callable[[str], Path]) -> None:
    headers: set[bytes] = set()
    for span, threads in ((Span(0, 30), 1), (Span(40, 20), 2), (Span(60, 5), 1)):
        out = tmp_path / f"{span.start}.mp4"
        render_segment(film(*THREE), span, TINY, Store(pictures), out, ffmpeg=FFMPEG, threads=threads)
        with av.open(str(out)) as container:
            headers.add(bytes(container.streams.video[0].codec_context.extradata or b""))
    assert len(headers) == 1


def test_the_same_segment_is_the_same_bytes(tmp_path: Path, pictures: Callable[[str], Path]) -> None:
    digests: set[str] = set()
    for name in ("a", "b"):
        out = tmp_path / f"{name}.mp4"
        render_segment(film(*THREE), Span(30, 40), TINY, Store(pictures), out, ffmpeg=FFMPEG)
        digests.add(hashlib.sha256(out.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_progress_counts_every_frame(tmp_path: Path, pictures: Callable[[str], Path]) -> None:
    heard: list[int] = []
    render_segment(
        film(*THREE), Span(35, 40), TINY, Store(pictures), tmp_path / "a.mp4", ffmpeg=FFMPEG, on_frame=heard.append
    )
    assert heard == list(range(1, 41))


def test_a_stop_midway_ends_ffmpeg_and_leaves_no_file(tmp_path: Path, pictures: Callable[[str], Path]) -> None:
    reached: list[int] = []
    long = film(Clip("1", "1A", "a", 0, 50_000, motion=motion_of(Move.HANDHELD)))
    began = 0.0

    def stop() -> bool:
        nonlocal began
        began = began or time.monotonic() * (len(reached) > 5)
        return began > 0

    with pytest.raises(Cancelled):
        render_segment(
            long,
            Span(0, 50_000),
            TINY,
            Store(pictures),
            tmp_path / "a.mp4",
            ffmpeg=FFMPEG,
            on_frame=reached.append,
            stop=stop,
        )
    assert time.monotonic() - began < 3
    assert reached[-1] < 50_000
    assert list(tmp_path.iterdir()) == []
    assert not [p for p in Path("/proc").glob("[0-9]*/cmdline") if str(tmp_path).encode() in _read(p)]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_a_failed_segment_leaves_what_was_there(tmp_path: Path, pictures: Callable[[str], Path]) -> None:
    out = tmp_path / "a.mp4"
    out.write_bytes(b"before")
    with pytest.raises(EncoderFailed):
        render_segment(
            film(*THREE), Span(0, 30), replace(TINY, x264_preset="nosuch"), Store(pictures), out, ffmpeg=FFMPEG
        )
    assert [p.name for p in tmp_path.iterdir()] == ["a.mp4"]
    assert out.read_bytes() == b"before"


def test_a_damaged_picture_is_named_by_its_clip(tmp_path: Path) -> None:
    (tmp_path / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    with pytest.raises(UnsupportedMedia, match="“1B”"):
        render_segment(
            film(Clip("2", "1B", "bad", 0, 40)),
            Span(0, 40),
            TINY,
            Store(lambda _: tmp_path / "bad.png"),
            tmp_path / "a.mp4",
            ffmpeg=FFMPEG,
        )
    assert [p.name for p in tmp_path.iterdir()] == ["bad.png"]


@pytest.mark.parametrize("span", [Span(90, 11), Span(-1, 5), Span(0, 0)])
def test_a_span_outside_the_film_is_refused(tmp_path: Path, pictures: Callable[[str], Path], span: Span) -> None:
    with pytest.raises(Invalid):
        render_segment(film(*THREE), span, TINY, Store(pictures), tmp_path / "a.mp4", ffmpeg=FFMPEG)


def test_fades_go_from_black_and_to_black() -> None:
    clip = Clip("1", "1", "a", 0, 10, fade_in=4, fade_out=2)
    assert [gain_at(clip, f) for f in range(10)] == [0, 0.25, 0.5, 0.75, 1, 1, 1, 1, 0.5, 0]


def test_the_arguments_of_a_segment() -> None:
    arguments = segment_arguments(
        Path("/usr/bin/ffmpeg"), 1280, 720, Rate(30000, 1001), preset("720p"), threads=1, out=Path("/tmp/a.part")
    )
    assert " ".join(arguments) == (
        "/usr/bin/ffmpeg -f rawvideo -pixel_format yuv420p -video_size 1280x720 -framerate 30000/1001 -i pipe:0 "
        "-map 0:v:0 -vf setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,setsar=1 "
        "-c:v libx264 -preset veryfast -crf 20 -pix_fmt yuv420p -profile:v high -level:v 3.1 -g 60 -flags +cgop "
        "-threads 1 -color_range tv -color_primaries bt709 -color_trc bt709 -colorspace bt709 "
        "-chroma_sample_location left -video_track_timescale 30000 -fflags +bitexact -f mp4 /tmp/a.part"
    )


@pytest.mark.parametrize("rate", [Rate(24), Rate(25), Rate(30000, 1001), Rate(24000, 1001), Rate(60), Rate(1, 3)])
def test_a_frame_is_a_whole_number_of_ticks(rate: Rate) -> None:
    assert (timescale(rate) * rate.seconds(1)).denominator == 1
    assert timescale(rate) >= 10_000


@pytest.mark.parametrize(
    ("width", "height", "rate", "level"),
    [
        (1280, 720, 24, "3.1"),
        (1280, 720, 60, "3.2"),
        (1920, 1080, 30, "4.0"),
        (1920, 1080, 60, "4.2"),
        (3840, 2160, 30, "5.1"),
    ],
)
def test_levels_are_the_lowest_that_hold_the_picture(width: int, height: int, rate: int, level: str) -> None:
    assert h264_level(width, height, Rate(rate)) == level
