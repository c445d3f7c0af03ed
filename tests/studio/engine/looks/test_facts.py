"""What is told of a file is so, and survives being told in JSON."""

from __future__ import annotations

import io
import json
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from studio.core.errors import UnsupportedMedia
from studio.engine.looks.facts import MediaFacts, Sound, packed, unpacked
from studio.engine.probe import probed
from studio.engine.time import Rate
from tests.support.numbered import FFMPEG, numbered

RATES = st.builds(Rate, st.sampled_from([24000, 30000, 60000]), st.just(1001)) | st.builds(Rate, st.integers(10, 120))


def made(path: Path, *arguments: str) -> Path:
    subprocess.run([FFMPEG, "-v", "error", *arguments, str(path)], check=True)
    return path


@pytest.mark.programs
def test_every_sound_and_its_start_is_told_and_json_keeps_it(tmp_path: Path) -> None:
    inputs = ["-f", "lavfi", "-i", "testsrc=s=64x36:r=30000/1001:d=2", "-f", "lavfi", "-i", "sine=d=2"]
    late = [
        "-itsoffset",
        "0.5",
        "-f",
        "lavfi",
        "-i",
        "anoisesrc=d=1:r=48000,pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0",
    ]
    path = made(
        tmp_path / "a.mkv",
        *inputs,
        *late,
        "-map",
        "0",
        "-map",
        "1",
        "-map",
        "2",
        "-c:v",
        "libx264",
        "-g",
        "20",
        "-c:a",
        "flac",
    )
    facts = probed(path)
    assert (facts.kind, facts.rate, facts.frames, facts.variable) == ("video", Rate(30000, 1001), 60, False)
    assert (facts.keyframes, facts.gop) == ((0, 20, 40), 20)
    assert [(sound.channels, sound.rate) for sound in facts.sounds] == [(1, 44100), (6, 48000)]
    assert [float(sound.start) for sound in facts.sounds] == pytest.approx([0, 0.5], abs=0.003)
    assert float(facts.seconds) == pytest.approx(2, abs=0.01)
    assert unpacked(json.loads(json.dumps(packed(facts)))) == facts


@pytest.mark.programs
def test_uneven_pictures_have_their_times_told(tmp_path: Path) -> None:
    path = numbered(tmp_path / "a.mp4", "25", 12, "-c:v", "libx264", times="(N+floor(N/4)*2)/25/TB")
    facts = probed(path)
    assert (facts.variable, facts.rate, facts.frames) == (True, None, 12)
    assert [round(stamp * 25) for stamp in facts.stamps] == [0, 1, 2, 3, 6, 7, 8, 9, 12, 13, 14, 15]
    assert [facts.shown(Fraction(n, 25)) for n in range(8)] == [0, 1, 2, 3, 3, 3, 4, 5]
    assert unpacked(json.loads(json.dumps(packed(facts)))) == facts


@pytest.mark.programs
@pytest.mark.programs
@pytest.mark.parametrize("rate", ["60000/1001", "60", "30000/1001", "30", "24000/1001", "24"])
def test_the_rate_of_a_webm_of_a_few_pictures_is_known(rate: str, tmp_path: Path) -> None:
    """It tells times in whole milliseconds, and its rate as the rounded length of a picture."""
    source = ["-f", "lavfi", "-i", f"color=s=64x48:r={rate}:d=2", "-frames:v", "9"]
    found = probed(made(tmp_path / "short.webm", *source, "-c:v", "libvpx", "-deadline", "realtime"))
    assert (found.frames, found.rate, found.variable) == (9, Rate.parse(rate), False)


def test_a_songs_cover_is_no_film(tmp_path: Path) -> None:
    Image.new("RGB", (32, 32)).save(tmp_path / "cover.png")
    sound = ["-f", "lavfi", "-i", "sine=d=0.5", "-i", str(tmp_path / "cover.png")]
    path = made(tmp_path / "a.mp3", *sound, "-map", "0", "-map", "1", "-c:v", "copy", "-disposition:v", "attached_pic")
    facts = probed(path)
    assert (facts.kind, facts.frames, facts.width, facts.audio_codec) == ("audio", 0, 0, "mp3")


@pytest.mark.programs
def test_the_shape_of_pixels_is_told(tmp_path: Path) -> None:
    facts = probed(
        made(tmp_path / "a.mp4", "-f", "lavfi", "-i", "testsrc=s=72x48:d=0.2,setsar=16/15", "-c:v", "libx264")
    )
    assert facts.sar == Fraction(16, 15)
    assert facts.shape == Fraction(72, 48) * Fraction(16, 15)


def test_a_moving_webp_is_refused_in_a_sentence(tmp_path: Path) -> None:
    pictures = [Image.new("RGB", (16, 16), (n, n, n)) for n in (0, 90, 200)]
    pictures[0].save(tmp_path / "a.webp", save_all=True, append_images=pictures[1:], duration=100)
    with pytest.raises(UnsupportedMedia):
        probed(tmp_path / "a.webp")


def test_a_photograph_with_damaged_tags_is_still_a_photograph(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (48, 32)).save(out, "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x12")
    (tmp_path / "a.jpg").write_bytes(out.getvalue())
    assert (probed(tmp_path / "a.jpg").width, probed(tmp_path / "a.jpg").turned) == (48, 0)


@given(RATES, st.integers(1, 500), st.fractions(0, 30))
def test_the_picture_shown_is_the_one_whose_time_holds_the_moment(rate: Rate, frames: int, moment: Fraction) -> None:
    facts = MediaFacts("video", "mov", Fraction(1), frames=frames, rate=rate, average=rate)
    shown = facts.shown(moment)
    assert 0 <= shown < frames
    if moment < frames / rate.fps:
        assert shown / rate.fps <= moment < (shown + 1) / rate.fps


@given(RATES, RATES, st.integers(1, 5000))
def test_a_file_lasts_as_many_whole_frames_as_fit(its: Rate, films: Rate, frames: int) -> None:
    facts = MediaFacts("video", "mov", Fraction(1), frames=frames, rate=its, video_seconds=frames / its.fps)
    last = facts.lasting(films)
    assert last <= frames / its.fps * films.fps + Fraction(1, 1000) < last + 1


def test_a_still_lasts_as_long_as_one_likes() -> None:
    sounds = (Sound("flac", 1, 48000, "mono", Fraction(0), Fraction(1)),)
    assert MediaFacts("still", "png_pipe", Fraction(0), frames=1).lasting(Rate(25)) == 0
    assert MediaFacts("audio", "wav", Fraction(1), sounds=sounds).lasting(Rate(25)) == 25
