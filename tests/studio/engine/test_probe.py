"""What a file is, and that anything else is refused in a sentence."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.core.errors import UnsupportedMedia
from studio.engine.ffmpeg import program
from studio.engine.probe import decoded_frames, probed
from studio.engine.time import Rate

pytestmark = pytest.mark.programs

FFMPEG = str(program.encoder())


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("probe") / "film.mp4"
    inputs = ["-f", "lavfi", "-i", "testsrc=size=64x36:rate=25:duration=2", "-f", "lavfi", "-i", "sine=r=44100:d=2"]
    subprocess.run(
        [FFMPEG, "-v", "error", *inputs, "-c:v", "libx264", "-c:a", "aac", "-ac", "1", str(path)], check=True
    )
    return path


def test_a_film_is_described(film: Path) -> None:
    found = probed(film)
    assert (found.frames, found.rate, found.width, found.height) == (50, Rate(25), 64, 36)
    assert (found.video_codec, found.audio_codec, found.channels, found.sample_rate) == ("h264", "aac", 1, 44100)
    assert found.video_seconds == pytest.approx(2.0)
    assert found.seconds == pytest.approx(2.0, abs=0.03)
    assert decoded_frames(film) == 50


def test_sound_alone_is_described(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    subprocess.run([FFMPEG, "-v", "error", "-f", "lavfi", "-i", "sine=r=48000:d=1.5", str(path)], check=True)
    found = probed(path)
    assert (found.frames, found.rate, found.video_codec, found.audio_codec) == (0, None, "", "pcm_s16le")
    assert found.seconds == pytest.approx(1.5)


def test_a_picture_is_one_frame(tmp_path: Path) -> None:
    Image.new("RGB", (40, 30)).save(tmp_path / "a.png")
    found = probed(tmp_path / "a.png")
    assert (found.frames, found.width, found.height) == (1, 40, 30)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"\x00" * 5000, b"\x00\x00\x00\x20ftypisom"], ids=["empty", "text", "zeros", "cut"]
)
def test_what_is_no_media_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "film.mp4").write_bytes(data)
    with pytest.raises(UnsupportedMedia, match=r"film\.mp4"):
        probed(tmp_path / "film.mp4")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedMedia):
        probed(tmp_path / "none.mp4")


def test_a_playlist_cannot_reach_other_files(tmp_path: Path, film: Path) -> None:
    lists = {
        "a.m3u8": f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{film}\n#EXT-X-ENDLIST\n",
        "a.ffconcat": f"ffconcat version 1.0\nfile '{film}'\n",
    }
    for name, text in lists.items():
        (tmp_path / name).write_text(text)
        with pytest.raises(UnsupportedMedia):
            probed(tmp_path / name)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1, max_size=20))
def test_broken_bytes_are_described_or_refused(film: Path, changes: list[tuple[int, int]]) -> None:
    data = bytearray(film.read_bytes())
    for at, value in changes:
        data[at % len(data)] = value
    broken = film.with_name("broken.mp4")
    broken.write_bytes(data)
    for read in (probed, decoded_frames):
        try:
            read(broken)
        except UnsupportedMedia as e:
            assert "broken.mp4" in e.message
