"""16-bit PCM WAV files, read by the block and written in one go or as a stream; no processing here."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from studio.core.errors import LimitReached, UnsupportedMedia
from studio.engine.time import SAMPLE_RATE

Samples = NDArray[np.float32]
"""Sound as (samples, channels), full scale is -1..1."""

_PCM = 1
_EXTENSIBLE = 0xFFFE
_FULL_SCALE = 32768.0
_HEADER_BYTES = 44
_LARGEST_BYTES = 0xFFFF_FFFF - _HEADER_BYTES
_CHUNKS_AT_MOST = 1000


@dataclass(frozen=True, slots=True)
class WavFile:
    """A 16-bit PCM WAV file: `samples` per channel at `rate` a second, the sound begins at byte `offset`."""

    path: Path
    channels: int
    rate: int
    samples: int
    offset: int

    def read(self, start: int, count: int) -> Samples:
        """`count` samples from `start` as (count, channels); silence before the beginning and after the end.

        Raises:
            UnsupportedMedia: when the file has gone or became shorter.
        """
        out = np.zeros((count, self.channels), np.float32)
        first = max(0, start)
        last = min(self.samples, start + count)
        if first >= last:
            return out
        frame = 2 * self.channels
        try:
            with self.path.open("rb") as file:
                file.seek(self.offset + first * frame)
                data = file.read((last - first) * frame)
        except OSError as e:
            raise UnsupportedMedia(f"The sound file {self.path.name} can no longer be read. Add it again.") from e
        if len(data) != (last - first) * frame:
            raise UnsupportedMedia(f"The sound file {self.path.name} became shorter while it was read. Add it again.")
        pcm = np.frombuffer(data, "<i2").reshape(-1, self.channels)
        np.multiply(pcm, np.float32(1 / _FULL_SCALE), out=out[first - start : last - start])
        return out


def opened(path: Path, *, rate: int | None = SAMPLE_RATE) -> WavFile:
    """Look into a WAV file of 16-bit PCM, mono or stereo, at `rate` samples a second (None: any).

    Sizes that the header promises but the file does not hold are cut to what is there, as streaming writers leave them.

    Raises:
        UnsupportedMedia: when it is anything else.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            fmt, offset, length = _chunks(file, size, path.name)
    except OSError as e:
        raise UnsupportedMedia(f"The sound file {path.name} cannot be read. Add it again.") from e
    code, channels, found_rate, _, _, bits = struct.unpack("<HHIIHH", fmt[:16])
    if code == _EXTENSIBLE and len(fmt) >= 26:
        code = struct.unpack("<H", fmt[24:26])[0]
    if code != _PCM or bits != 16 or channels not in (1, 2) or found_rate == 0:
        raise UnsupportedMedia(
            f"{path.name} is not a 16-bit PCM WAV file with one or two channels. Convert it and add it again."
        )
    if rate is not None and found_rate != rate:
        raise UnsupportedMedia(
            f"{path.name} has {found_rate} samples a second, not {rate}. Convert it and add it again."
        )
    return WavFile(path, channels, found_rate, length // (2 * channels), offset)


def _chunks(file: BinaryIO, size: int, name: str) -> tuple[bytes, int, int]:
    """The format chunk, and where the sound lies: offset and length in bytes."""
    head = file.read(12)
    if len(head) < 12 or head[:4] != b"RIFF" or head[8:] != b"WAVE":
        raise UnsupportedMedia(f"{name} is not a WAV file. Convert it to 16-bit PCM WAV and add it again.")
    fmt = b""
    for _ in range(_CHUNKS_AT_MOST):
        head = file.read(8)
        if len(head) < 8:
            break
        kind, length = head[:4], int.from_bytes(head[4:], "little")
        at = file.tell()
        if kind == b"fmt ":
            fmt = file.read(min(length, 64))
        if kind == b"data" and len(fmt) >= 16:
            return fmt, at, min(length, size - at)
        file.seek(at + length + length % 2)
    raise UnsupportedMedia(f"{name} holds no sound. Convert it to 16-bit PCM WAV and add it again.")


class WavWriter:
    """Writes a WAV file block by block under a temporary name; use as a context manager, which keeps it only if all went well."""

    def __init__(self, path: Path, *, channels: int, rate: int = SAMPLE_RATE) -> None:
        self._path = path
        self._part = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._channels = channels
        self._rate = rate
        self._bytes = 0

    def __enter__(self) -> Self:
        self._file = self._part.open("wb")
        self._file.write(bytes(_HEADER_BYTES))
        return self

    def write(self, sound: Samples) -> None:
        """Append (samples, channels); what is over full scale is clipped.

        Raises:
            LimitReached: when the file would be longer than WAV can hold (4 GB, six hours in stereo).
        """
        data = pcm16(sound)
        if self._bytes + len(data) > _LARGEST_BYTES:
            raise LimitReached("This film is over six hours long, more than a sound file can hold. Split it in two.")
        self._file.write(data)
        self._bytes += len(data)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                self._file.seek(0)
                self._file.write(_header(self._bytes, self._channels, self._rate))
            self._file.close()
            if kind is None:
                self._part.replace(self._path)
        finally:
            self._file.close()
            self._part.unlink(missing_ok=True)


def write_wav(path: Path, sound: Samples, *, rate: int = SAMPLE_RATE) -> None:
    """Write (samples, channels) as a 16-bit WAV file; the file appears whole or not at all."""
    with WavWriter(path, channels=sound.shape[1], rate=rate) as out:
        out.write(sound)


def pcm16(sound: Samples) -> bytes:
    """Little-endian 16-bit PCM, channels interleaved, clipped at full scale."""
    scaled = np.rint(sound * np.float32(_FULL_SCALE))
    return np.clip(scaled, -32768, 32767).astype("<i2").tobytes()


def _header(data_bytes: int, channels: int, rate: int) -> bytes:
    frame = 2 * channels
    fmt = struct.pack("<IHHIIHH", 16, _PCM, channels, rate, rate * frame, frame, 16)
    return (
        b"RIFF"
        + struct.pack("<I", data_bytes + _HEADER_BYTES - 8)
        + b"WAVEfmt "
        + fmt
        + b"data"
        + struct.pack("<I", data_bytes)
    )
