"""Sound decoded by the piece: only where it is heard, the same samples as the whole gives, the whole where it must be."""

import subprocess
from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import Cancelled, UnsupportedMedia
from studio.engine.ffmpeg import program
from studio.engine.sound.recording import Recording, recorded
from studio.engine.sound.source import PIECE, ready, sound_file
from studio.engine.sound.wave import WavFile, write_wav

SECOND = 48_000
SAME = ["-aac_pns", "0"]
"""Noise that a decoder makes up (PNS) depends on all it made up before; without it decoders agree to the bit."""

NOISE = ["-f", "lavfi", "-i", "anoisesrc=r=48000:c=pink:a=0.3:seed=3:d=26"]


def made(path: Path, *arguments: str) -> Path:
    subprocess.run([str(program.encoder()), "-v", "error", *arguments, str(path)], check=True, timeout=60)
    return path


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(("name", "codec"), [("a.m4a", "aac"), ("a.wav", "pcm_s24le")])
def test_only_the_pieces_that_are_heard_are_decoded_and_they_are_what_the_whole_gives(
    tmp_path: Path, name: str, codec: str
) -> None:
    path, pieces, whole = (
        made(tmp_path / name, *NOISE, *(SAME if codec == "aac" else []), "-c:a", codec),
        tmp_path / "pieces",
        tmp_path / "whole",
    )
    pieces.mkdir()
    whole.mkdir()
    sound = recorded(path, "k", pieces)
    assert isinstance(sound, Recording)
    sound.want(9 * SECOND, 10 * SECOND)
    heard = sound.read(9 * SECOND, SECOND)
    assert kept(pieces) == ["k.1.pcm", "k.facts.npy"]
    exact = sound_file(ready(path, "k", whole))
    assert (sound.samples, sound.channels) == (exact.samples, exact.channels)
    assert np.array_equal(heard, exact.read(9 * SECOND, SECOND))
    assert np.array_equal(sound.read(-100, sound.samples + 200), exact.read(-100, sound.samples + 200))
    path.unlink()
    again = recorded(path, "k", pieces)
    assert np.array_equal(again.read(PIECE - 500, 1000), exact.read(PIECE - 500, 1000)), "nothing is decoded twice"


def test_a_file_whose_time_stamps_jump_is_decoded_whole(tmp_path: Path) -> None:
    first = made(tmp_path / "a.mkv", *NOISE, "-c:a", "aac")
    path, folder = made(tmp_path / "b.m4a", "-i", str(first), "-c", "copy"), tmp_path / "kept"
    folder.mkdir()
    sound = recorded(path, "k", folder)
    heard = sound.read(9 * SECOND, SECOND)
    assert kept(folder) == ["k.facts.npy", "k.pcm"]
    assert np.array_equal(heard, sound_file(folder / "k.pcm").read(9 * SECOND, SECOND))


def test_short_files_are_decoded_whole_and_a_wav_of_16_bits_not_at_all(tmp_path: Path) -> None:
    path = made(tmp_path / "a.flac", "-f", "lavfi", "-i", "sine=duration=0.2:r=48000")
    assert recorded(path, "k", tmp_path).read(0, 9600).any()
    assert kept(tmp_path) == ["a.flac", "k.facts.npy", "k.pcm"]
    write_wav(tmp_path / "b.wav", np.zeros((480, 1), np.float32))
    assert isinstance(recorded(tmp_path / "b.wav", "b", tmp_path), WavFile)


def test_what_cannot_be_read_is_refused_by_name_and_a_stop_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "blob"
    path.write_bytes(b"#EXTM3U\n/etc/passwd\n" * 50)
    with pytest.raises(UnsupportedMedia, match=r"song\.mp3"):
        _ = recorded(path, "k", tmp_path, name="song.mp3").samples
    with pytest.raises(Cancelled):
        recorded(path, "k", tmp_path, stop=lambda: True).read(0, 10)
    assert kept(tmp_path) == ["blob"]
