"""16-bit PCM WAV files."""

import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import UnsupportedMedia
from studio.engine.sound.wave import WavWriter, opened, pcm16, write_wav


def ramp(samples: int, channels: int) -> np.ndarray:
    return np.linspace(-0.9, 0.9, samples * channels, dtype=np.float32).reshape(samples, channels)


@pytest.mark.parametrize("channels", [1, 2])
def test_what_is_written_is_read_back_to_the_bit(tmp_path: Path, channels: int) -> None:
    sound = ramp(1000, channels)
    write_wav(tmp_path / "a.wav", sound)
    file = opened(tmp_path / "a.wav")
    assert (file.channels, file.rate, file.samples) == (channels, 48_000, 1000)
    assert pcm16(file.read(0, 1000)) == pcm16(sound)


@given(start=st.integers(-300, 700), count=st.integers(0, 900))
def test_any_window_is_the_file_with_silence_around_it(
    tmp_path_factory: pytest.TempPathFactory, start: int, count: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "window.wav"
    if not path.exists():
        write_wav(path, ramp(400, 2))
    whole = opened(path).read(-300, 1900)
    assert np.array_equal(opened(path).read(start, count), whole[start + 300 : start + 300 + count])


def test_the_python_standard_library_reads_what_we_write(tmp_path: Path) -> None:
    import wave

    write_wav(tmp_path / "a.wav", ramp(480, 2))
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getnchannels(), file.getframerate(), file.getsampwidth(), file.getnframes()) == (2, 48_000, 2, 480)


def test_sound_over_full_scale_is_clipped_not_wrapped() -> None:
    assert np.frombuffer(pcm16(np.array([[2.0], [-2.0]], np.float32)), "<i2").tolist() == [32767, -32768]


def test_a_failed_write_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write_wav(path, ramp(10, 1))
    before = path.read_bytes()
    with pytest.raises(RuntimeError), WavWriter(path, channels=1) as out:
        out.write(ramp(99, 1))
        raise RuntimeError
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def header(*, code: int = 1, channels: int = 1, rate: int = 48_000, bits: int = 16, size: int = 0) -> bytes:
    frame = channels * bits // 8
    fmt = struct.pack("<HHIIHH", code, channels, rate, rate * frame, frame, bits)
    return b"RIFF\0\0\0\0WAVEfmt " + struct.pack("<I", 16) + fmt + b"data" + struct.pack("<I", size)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        b"ID3 not a wav at all" * 9,
        b"RIFF\0\0\0\0WAVE",
        b"RIFF\0\0\0\0WAVEdata\xff\xff\xff\xff",
        header(bits=24),
        header(code=3, bits=32),
        header(channels=6),
        header(channels=0),
        header(rate=44_100),
        header(rate=0),
    ],
)
def test_anything_but_16_bit_pcm_at_48_khz_is_refused_with_a_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad.wav").write_bytes(data)
    with pytest.raises(UnsupportedMedia, match=r"bad\.wav .*\."):
        opened(tmp_path / "bad.wav")


def test_a_size_the_file_does_not_hold_is_cut_to_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "stream.wav").write_bytes(header(size=0x7FFFF000) + b"\1\0" * 7)
    assert opened(tmp_path / "stream.wav").samples == 7


def test_unknown_chunks_before_the_sound_are_passed_over(tmp_path: Path) -> None:
    plain = header(size=4)
    odd = b"LIST" + struct.pack("<I", 3) + b"abc\0"
    (tmp_path / "a.wav").write_bytes(plain[:12] + odd + plain[12:] + b"\1\0\2\0")
    assert opened(tmp_path / "a.wav").read(0, 2).ravel().tolist() == [1 / 32768, 2 / 32768]


@given(st.binary(max_size=200))
def test_random_bytes_never_give_a_traceback(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.wav"
    path.write_bytes(b"RIFF\0\0\0\0WAVE" + data)
    with pytest.raises(UnsupportedMedia):
        opened(path)
