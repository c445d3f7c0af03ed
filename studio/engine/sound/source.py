"""Any media's sound as 48 kHz samples that can be read anywhere at once: decoded in the sandbox once and kept.

A 16-bit WAV of 48 kHz is read as it lies. Everything else becomes a file of float32 samples, mono or stereo, under the key of
its content. Sample 0 belongs to the first frame of the media's picture, or is its first sample when it has no picture.
"""

from __future__ import annotations

import json
import os
import secrets
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

import numpy as np

from studio.core import log
from studio.core.errors import LimitReached, UnsupportedMedia
from studio.engine.sandbox.run import CameToGrief, Ears, Limits, TookTooLong, Work, run
from studio.engine.sound.wave import Samples, opened
from studio.engine.time import SAMPLE_RATE

MAGIC = b"INKPCM1\0"
HEAD = struct.Struct("<8sII")
"""The head of a file of samples: what it is, channels, rate. float32 follows, channels interleaved."""

PIECE = 8 * SAMPLE_RATE
"""Samples of a piece; pieces lie on a grid from sample 0."""

PIECES = b"INKPCS1\0"
"""Says in place of MAGIC that pieces follow: each has a head, then its samples."""

PIECE_HEAD = struct.Struct("<qq")
"""Number and samples of a piece; number -1 comes last and tells how many samples the whole has."""

UNSTEADY = '"unsteady"'
"""What the child ends with when time jumps within a piece: then only the whole tells where a sample belongs."""

MOST_S = 12 * 3600
"""The longest sound that is taken, in seconds."""

_MODULE = "studio.engine.sound.decoding"
_WAIT_S = 60.0
_BYTES_A_SECOND = 250_000
_MEMORY_BYTES = 1 << 30
_MOST_OUT_BYTES = MOST_S * SAMPLE_RATE * 8 + HEAD.size
_log = log.logger("engine.sound")


class Sound(Protocol):
    """Sound of one or two channels at 48 kHz."""

    @property
    def channels(self) -> int: ...

    @property
    def samples(self) -> int: ...

    def read(self, start: int, count: int) -> Samples:
        """`count` samples from `start` as (count, channels); silence before the beginning and after the end."""
        ...


@dataclass(frozen=True, slots=True)
class PcmFile:
    """A file of float32 samples. It is read, not mapped: the page cache serves both, and a file cut short is an error, no crash."""

    path: Path
    channels: int
    samples: int

    def read(self, start: int, count: int) -> Samples:
        """As `Sound.read`.

        Raises:
            UnsupportedMedia: when the file has gone or became shorter.
        """
        out = np.zeros((count, self.channels), np.float32)
        first, last = max(0, start), min(self.samples, start + count)
        if first >= last:
            return out
        width = 4 * self.channels
        try:
            with self.path.open("rb") as file:
                file.seek(HEAD.size + first * width)
                data = file.read((last - first) * width)
            out[first - start : last - start] = np.frombuffer(data, "<f4").reshape(-1, self.channels)
        except (OSError, ValueError) as e:
            raise UnsupportedMedia(f"The sound file {self.path.name} can no longer be read. Render again.") from e
        return out


def sound_file(path: Path) -> Sound:
    """Open what `ready` gave.

    Raises:
        UnsupportedMedia: it is neither samples of ours nor a 16-bit WAV of 48 kHz.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD.size)
            size = os.fstat(file.fileno()).st_size
    except OSError as e:
        raise UnsupportedMedia(f"The sound file {path.name} cannot be read. Add it again.") from e
    if not head.startswith(MAGIC) or len(head) < HEAD.size:
        return opened(path)
    _, channels, rate = HEAD.unpack(head)
    if channels not in (1, 2) or rate != SAMPLE_RATE:
        raise UnsupportedMedia(f"The sound file {path.name} is damaged. Delete it and render again.")
    return PcmFile(path, channels, (size - HEAD.size) // (4 * channels))


def ready(path: Path, key: str, folder: Path, *, name: str = "", stop: Callable[[], bool] = lambda: False) -> Path:
    """A file `sound_file` opens, with the sound of `path`: itself, or `folder/key.pcm`, decoded now unless it is there.

    `key` names the content (its SHA-256), `name` is what the person calls it. Media without sound give no samples.

    Raises:
        UnsupportedMedia: it cannot be read; LimitReached: it is longer than 12 hours.
        Cancelled: `stop()` said so; SandboxRefused: this machine cannot keep it apart. Nothing is left in the folder.
    """
    kept = folder / f"{key}.pcm"
    if kept.is_file():
        return kept
    try:
        opened(path)
    except UnsupportedMedia:
        part = folder / f".{key}.{os.getpid()}.{secrets.token_hex(4)}.part"
        try:
            with part.open("wb") as file:
                decode(path, None, lambda data: _put(file, data), name=name or path.name, stop=stop)
            part.replace(kept)
        finally:
            part.unlink(missing_ok=True)
        return kept
    return path


def write_pcm(path: Path, pieces: Iterable[Samples], channels: int) -> None:
    """Write (samples, channels) piece by piece as a file `sound_file` opens; it appears whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.part")
    try:
        with part.open("wb") as file:
            file.write(HEAD.pack(MAGIC, channels, SAMPLE_RATE))
            for piece in pieces:
                file.write(piece.astype("<f4").tobytes())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def decode(
    path: Path, pieces: Sequence[int] | None, take: Callable[[bytes], None], *, name: str, stop: Callable[[], bool]
) -> bool:
    """Hand what the child of decoding.py says to `take`: the whole, or if it can be some pieces. False: it is unsteady.

    Raises:
        UnsupportedMedia, LimitReached, Cancelled, SandboxRefused: as `ready`.
    """
    try:
        seconds = _WAIT_S + path.stat().st_size / _BYTES_A_SECOND
        limits = Limits(seconds, cpu_s=int(seconds), memory_bytes=_MEMORY_BYTES, out_bytes=_MOST_OUT_BYTES)
        work = Work("module", _MODULE, files=(path,))
        asked = json.dumps({"name": name, "pieces": pieces}).encode()
        run(work, asked, limits=limits, ours=True, ears=Ears(stop=stop, on_output=take))
    except TookTooLong as error:
        raise UnsupportedMedia(f"Reading {name} took too long and was stopped. Save it anew and add it.") from error
    except (CameToGrief, OSError) as error:
        if pieces is not None and UNSTEADY in str(error):
            return False
        _log.warning("the sound of a file could not be read apart", said=str(error))
        raise _told(str(error), name) from error
    return True


def _put(file: BinaryIO, data: bytes) -> None:
    file.write(data)


def _told(said: str, name: str) -> UnsupportedMedia | LimitReached:
    """The error of the child, which it says in JSON as it ends."""
    try:
        told = json.loads(said[said.index("{") :])
        kind = LimitReached if told["error"] == LimitReached.code else UnsupportedMedia
        return kind(str(told["message"]))
    except (ValueError, KeyError, TypeError):
        return UnsupportedMedia(f"The sound of {name} cannot be read: it is damaged.")
