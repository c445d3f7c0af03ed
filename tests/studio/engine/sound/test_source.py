"""Any media's sound on time to the sample, folded down, kept once, and refused in words."""

import subprocess
from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import Cancelled, UnsupportedMedia
from studio.engine.ffmpeg import program
from studio.engine.sound.decoding import folded
from studio.engine.sound.source import PcmFile, Sound, ready, sound_file
from studio.engine.sound.wave import WavFile, write_wav

CLICK = 24_000
CLICKS = f"aevalsrc='0.9*(eq(n,{CLICK})+eq(n,71999))':s=48000:d=2:c=stereo"


def made(path: Path, *arguments: str, sound: str = CLICKS) -> Path:
    """A file of two clicks, or of another sound."""
    command = [str(program.encoder()), "-v", "error", "-f", "lavfi", "-i", sound, *arguments, str(path)]
    subprocess.run(command, check=True, timeout=60)
    return path


def read(path: Path, folder: Path) -> Sound:
    return sound_file(ready(path, path.name, folder))


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("click.m4a", ["-c:a", "aac", "-b:a", "160k"]),
        ("click.mp3", ["-c:a", "libmp3lame", "-b:a", "192k"]),
        ("click.opus", ["-c:a", "libopus", "-b:a", "160k"]),
        ("click.flac", []),
        ("click.24.wav", ["-c:a", "pcm_s24le"]),
        ("click.44.mp3", ["-c:a", "libmp3lame", "-ar", "44100"]),
    ],
)
def test_a_click_is_heard_at_its_sample_whatever_it_was_packed_in(
    tmp_path: Path, name: str, arguments: list[str]
) -> None:
    sound = read(made(tmp_path / name, *arguments), tmp_path)
    heard = np.abs(sound.read(0, 96_000)[:, 0])
    assert sorted(np.argsort(-heard)[:2]) == [CLICK, 71_999]
    assert sound.channels == 2
    assert sound.samples >= 96_000


def test_the_first_sample_of_a_film_belongs_to_its_first_picture(tmp_path: Path) -> None:
    """A transport stream begins at 1.4 s, and its sound before its picture."""
    film = tmp_path / "film.ts"
    picture = ["-f", "lavfi", "-i", "color=s=64x64:r=25:d=2", "-map", "1:v", "-map", "0:a", "-c:v", "libx264"]
    made(film, *picture, "-c:a", "aac", sound=CLICKS.replace("stereo", "mono"))
    sound = read(film, tmp_path)
    assert sound.channels == 1
    assert int(np.argmax(np.abs(sound.read(0, 48_000)[:, 0]))) == CLICK


def test_sound_from_before_the_picture_is_cut_off_to_the_sample(tmp_path: Path) -> None:
    picture = made(tmp_path / "p.mp4", sound="color=s=64x64:r=25:d=2")
    sound, film = made(tmp_path / "s.m4a", "-c:a", "aac"), tmp_path / "film.mp4"
    late = ["-itsoffset", "0.6", "-i", str(picture), "-i", str(sound), "-map", "1:v", "-map", "2:a", "-c", "copy"]
    made(film, *late)
    heard = np.abs(read(film, tmp_path).read(0, 72_000)[:, 0])
    assert int(np.argmax(heard)) == 71_999 - 28_800


def test_a_wav_of_16_bits_is_read_as_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "voice.wav"
    write_wav(path, np.full((480, 1), 0.25, np.float32))
    assert ready(path, "voice", tmp_path) == path
    assert isinstance(sound_file(path), WavFile)
    assert [each.name for each in tmp_path.iterdir()] == ["voice.wav"]


def test_it_is_decoded_once_and_silence_lies_around_it(tmp_path: Path) -> None:
    path = made(tmp_path / "tone.flac", "-ar", "48000", sound="sine=frequency=440:duration=0.1")
    kept = ready(path, "tone", tmp_path)
    path.unlink()
    assert ready(path, "tone", tmp_path) == kept
    sound = sound_file(kept)
    assert isinstance(sound, PcmFile)
    around = sound.read(-10, sound.samples + 20)
    assert not around[:10].any()
    assert not around[-10:].any()
    assert around[10:-10].any()


def test_six_channels_become_two_as_the_broadcasters_fold_them() -> None:
    names = ["FL", "FR", "FC", "LFE", "SL", "SR"]
    for i, (left, right) in enumerate([(1, 0), (0, 1), (0.7071, 0.7071), (0, 0), (0.7071, 0), (0, 0.7071)]):
        planes = np.zeros((6, 4), np.float32)
        planes[i] = 1
        assert folded(planes, names)[0] == pytest.approx((left, right), abs=1e-4)


def test_a_film_without_sound_gives_none(tmp_path: Path) -> None:
    film = tmp_path / "mute.mp4"
    made(film, "-an", "-c:v", "libx264", sound="color=s=64x64:r=25:d=0.2")
    assert read(film, tmp_path).samples == 0


def test_what_is_no_sound_is_refused_by_the_name_a_person_knows(tmp_path: Path) -> None:
    path = tmp_path / "blob"
    path.write_bytes(b"#EXTM3U\n/etc/passwd\n" * 50)
    with pytest.raises(UnsupportedMedia, match=r"song\.mp3"):
        ready(path, "blob", tmp_path, name="song.mp3")
    assert [each.name for each in tmp_path.iterdir()] == ["blob"]


def test_a_stopped_decode_leaves_nothing(tmp_path: Path) -> None:
    path = made(tmp_path / "tone.flac", sound="sine=duration=0.1:r=44100")
    with pytest.raises(Cancelled):
        ready(path, "tone", tmp_path, stop=lambda: True)
    assert [each.name for each in tmp_path.iterdir()] == ["tone.flac"]
