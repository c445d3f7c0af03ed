"""Proxies whose frames are exact, frames at once in any order, strips, posters and waveforms."""

import struct
import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import Cancelled, Invalid, UnsupportedMedia
from studio.engine.ffmpeg import program
from studio.engine.previews.filmstrip import filmstrip, poster
from studio.engine.previews.proxies import GOP, proxied
from studio.engine.previews.scrub import Picture, Scrubber
from studio.engine.previews.waveform import BUCKETS, read_waveform, waveform
from studio.engine.sound.source import sound_file
from studio.engine.sound.wave import write_wav
from studio.engine.time import Rate

FFMPEG = program.encoder()
FRAMES = 40


def numbered(path: Path, rate: str, *arguments: str) -> Path:
    """A film whose frame n shows n in six bars, the lowest bit on the left."""
    bars = f"color=black:s=128x96:r={rate},format=gray,geq=lum='if(mod(floor(N/pow(2,floor(X*6/W))),2),255,0)'"
    command = [str(FFMPEG), "-v", "error", "-f", "lavfi", "-i", bars, "-frames:v", str(FRAMES), *arguments, str(path)]
    subprocess.run(command, check=True, timeout=60)
    return path


def number(picture: Picture) -> int:
    """Which frame of `numbered` it is."""
    wide = picture.shape[1]
    middle = picture[picture.shape[0] // 2].mean(axis=1)
    return sum(1 << bit for bit in range(6) if middle[(2 * bit + 1) * wide // 12] > 128)


def decoded(data: bytes) -> Picture:
    import cv2

    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return picture.astype(np.uint8)


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("films")
    x264 = ["-c:v", "libx264", "-crf", "4", "-pix_fmt", "yuv420p", "-vf", "scale=out_range=tv"]
    numbered(folder / "25.mp4", "25", *x264)
    numbered(folder / "ntsc.mkv", "30000/1001", *x264)
    return folder


@pytest.fixture(scope="module")
def proxy(films: Path) -> Path:
    proxied(films / "25.mp4", Rate(25), films / "proxy.mp4", ffmpeg=FFMPEG)
    return films / "proxy.mp4"


@pytest.fixture
def film(proxy: Path) -> Iterator[Scrubber]:
    with Scrubber(proxy) as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "rate", "source"),
    [
        ("25.mp4", Rate(24_000, 1001), Fraction(25)),
        ("25.mp4", Rate(50), Fraction(25)),
        ("ntsc.mkv", Rate(30_000, 1001), Fraction(30_000, 1001)),
    ],
)
def test_every_frame_of_a_proxy_is_what_the_media_shows_at_its_time(
    films: Path, tmp_path: Path, name: str, rate: Rate, source: Fraction
) -> None:
    proxied(films / name, rate, tmp_path / "p.mp4", ffmpeg=FFMPEG)
    with Scrubber(tmp_path / "p.mp4") as film:
        shown = [number(film.picture(n)) for n in range(film.frames)]
    assert len(shown) == pytest.approx(FRAMES * rate.fps / source, abs=1)
    assert shown == [int(n * source / rate.fps) for n in range(len(shown))]


def test_any_frame_is_found_in_any_order(film: Scrubber) -> None:
    order = np.random.default_rng(3).permutation(FRAMES)
    assert film.frames == FRAMES
    assert [number(film.picture(int(n))) for n in order] == order.tolist()
    assert number(decoded(film.jpeg(17))) == 17


def test_a_proxy_can_be_jumped_into_every_fifteen_frames_and_has_no_frames_that_look_ahead(proxy: Path) -> None:
    import av

    with av.open(str(proxy)) as container:
        packets = [p for p in container.demux(container.streams.video[0]) if p.size]
    assert [i for i, p in enumerate(packets) if p.is_keyframe] == list(range(0, FRAMES, GOP))
    assert all(p.pts == p.dts for p in packets)


def test_a_frame_that_is_not_there_is_refused(film: Scrubber) -> None:
    with pytest.raises(Invalid, match="40 frames"):
        film.frame(FRAMES)


def test_a_turned_phone_film_comes_out_upright(tmp_path: Path) -> None:
    path = tmp_path / "phone.mp4"
    picture = "color=black:s=128x96:r=25:d=0.2,drawbox=x=0:y=0:w=64:h=48:color=white:t=fill"
    command = [str(FFMPEG), "-v", "error", "-f", "lavfi", "-i", picture, "-c:v", "libx264", "-pix_fmt", "yuv420p"]
    subprocess.run([*command, str(path)], check=True, timeout=60)
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 44
    data[at : at + 36] = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)
    path.write_bytes(data)
    proxied(path, Rate(25), tmp_path / "p.mp4", ffmpeg=FFMPEG)
    with Scrubber(tmp_path / "p.mp4") as film:
        shown = film.picture(0)
    assert shown.shape == (128, 96, 3)
    corners = [float(shown[y, x].mean()) > 128 for y, x in ((20, 20), (20, 76), (108, 20), (108, 76))]
    assert corners == [False, True, False, False]


def test_what_has_no_picture_is_refused_by_the_name_a_person_knows_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "blob").write_bytes(b"#EXTM3U\nother.ts\n" * 9)
    with pytest.raises(UnsupportedMedia, match=r"holiday\.mp4"):
        proxied(tmp_path / "blob", Rate(25), tmp_path / "p.mp4", ffmpeg=FFMPEG, name="holiday.mp4")
    write_wav(tmp_path / "sound.wav", np.zeros((480, 1), np.float32))
    with pytest.raises(UnsupportedMedia, match="no picture"):
        proxied(tmp_path / "sound.wav", Rate(25), tmp_path / "p.mp4", ffmpeg=FFMPEG)
    with pytest.raises(Cancelled):
        proxied(tmp_path / "blob", Rate(25), tmp_path / "p.mp4", ffmpeg=FFMPEG, stop=lambda: True)
    with pytest.raises(UnsupportedMedia):
        Scrubber(tmp_path / "blob")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["blob", "sound.wav"]


def test_a_strip_shows_the_middles_of_equal_parts_of_a_clip(film: Scrubber) -> None:
    strip = decoded(filmstrip(film, 4, 48, first=8, frames=32))
    assert strip.shape == (48, 4 * 64, 3)
    assert [number(strip[:, 64 * i : 64 * i + 64]) for i in range(4)] == [12, 20, 28, 36]


def test_a_strip_of_frames_that_are_not_there_or_too_many_is_refused(film: Scrubber) -> None:
    with pytest.raises(Invalid):
        filmstrip(film, 4, 48, first=30, frames=11)
    with pytest.raises(Invalid, match="too wide"):
        filmstrip(film, 600, 48)


def test_a_poster_is_not_black(film: Scrubber) -> None:
    assert decoded(poster(film, 48)).shape == (48, 64, 3)


def test_a_waveform_holds_the_lowest_and_highest_of_every_bucket_at_every_zoom(tmp_path: Path) -> None:
    sound = np.random.default_rng(1).uniform(-0.5, 0.5, (300_001, 2)).astype(np.float32)
    sound[123_456] = (0.9, -0.8)
    write_wav(tmp_path / "a.wav", sound)
    found = read_waveform(waveform(sound_file(tmp_path / "a.wav")))
    assert found.samples == len(sound)
    for bucket, peaks in zip(BUCKETS, found.zooms, strict=True):
        assert len(peaks) == -(-len(sound) // bucket)
        for at in (0, 123_456 // bucket, len(peaks) - 1):
            part = sound[at * bucket : (at + 1) * bucket]
            assert peaks[at] / 32_767 == pytest.approx((part.min(), part.max()), abs=1e-4)


def test_a_waveform_is_drawn_for_any_stretch_at_any_width(tmp_path: Path) -> None:
    sound = np.zeros((480_000, 1), np.float32)
    sound[240_000:250_000] = 0.5
    write_wav(tmp_path / "a.wav", sound)
    found = read_waveform(waveform(sound_file(tmp_path / "a.wav")))
    drawn = found.drawn(0, 480_000, 100)
    assert {50, 51} <= set(np.flatnonzero(drawn[:, 1])) <= {49, 50, 51, 52}
    assert not found.drawn(-1000, 500, 10).any()
    near = found.drawn(239_000, 2_000, 20)
    assert near[:8].max() == 0
    assert near[-5:, 1].min() > 16_000
    with pytest.raises(Invalid):
        read_waveform(b"INKWAVE1" + bytes(30))
