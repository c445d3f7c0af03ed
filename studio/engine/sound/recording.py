"""Sound that somebody brought in, decoded in the sandbox where it is heard: an hour of which five seconds are used costs a piece.

A piece is eight seconds on a grid from sample 0, made by a decoder of its own, so it is the same whatever was decoded before
(and the same samples as in the whole, but for noise that a decoder makes up itself, AAC's PNS).
Files whose place in time is not told to the sample (and short ones) are decoded whole, as source.py does. Both are kept.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np

from studio.core.errors import UnsupportedMedia
from studio.engine.sound.measures import written
from studio.engine.sound.source import HEAD, MAGIC, PIECE, PIECE_HEAD, Sound, decode, ready, sound_file
from studio.engine.sound.wave import Samples, opened
from studio.engine.time import SAMPLE_RATE

_AHEAD = 8


class _Unsteady(Exception):
    pass


@dataclass(slots=True)
class Recording:
    """As `Sound`; `path` is its file, `key` names the content, `name` is what the person calls it."""

    path: Path
    key: str
    folder: Path
    name: str = ""
    stop: Callable[[], bool] = lambda: False
    _wanted: set[int] = field(default_factory=set[int])
    _known: tuple[int, int, bool] | None = None
    _whole: Sound | None = None

    @property
    def channels(self) -> int:
        return self._facts()[0]

    @property
    def samples(self) -> int:
        return self._facts()[1]

    def want(self, first: int, last: int) -> None:
        """Samples `first` to `last` will be read: what is decoded together costs less."""
        self._wanted.update(range(max(0, first) // PIECE, max(0, last - 1) // PIECE + 1))

    def read(self, start: int, count: int) -> Samples:
        """As `Sound.read`.

        Raises:
            UnsupportedMedia, LimitReached, SandboxRefused, Cancelled: as `ready`.
        """
        channels, samples, pieced = self._facts()
        if not pieced:
            return self._file().read(start, count)
        out = np.zeros((count, channels), np.float32)
        first, last = max(0, start), min(samples, start + count)
        for piece in range(first // PIECE, -(-last // PIECE)):
            begin, end = max(first, piece * PIECE), min(last, (piece + 1) * PIECE)
            if begin < end:
                out[begin - start : end - start] = self._heard(piece, begin - piece * PIECE, end - begin)
        return out

    def _facts(self) -> tuple[int, int, bool]:
        """Channels, samples, and whether it is kept in pieces."""
        if self._known is None:
            kept = self.folder / f"{self.key}.facts.npy"
            if not kept.is_file():
                self._decode(self._wanted)
            numbers = np.load(kept, allow_pickle=False)
            self._known = int(numbers[0]), int(numbers[1]), bool(numbers[2])
        return self._known

    def _file(self) -> Sound:
        if self._whole is None:
            self._whole = sound_file(ready(self.path, self.key, self.folder, name=self.name, stop=self.stop))
        return self._whole

    def _heard(self, piece: int, start: int, count: int) -> Samples:
        """Some samples of a piece, which is decoded now unless it is there, and with it those that will be wanted after it."""
        path = self.folder / f"{self.key}.{piece}.pcm"
        if not path.is_file():
            all_after = range(piece, -(-self._facts()[1] // PIECE))
            after = sorted(self._wanted.intersection(all_after)) if piece in self._wanted else all_after
            missing = [each for each in after if not (self.folder / f"{self.key}.{each}.pcm").is_file()]
            self._decode(missing[:_AHEAD])
        if not self._facts()[2]:
            return self._file().read(piece * PIECE + start, count)
        return sound_file(path).read(start, count)

    def _decode(self, pieces: Iterable[int]) -> None:
        """Decode some pieces, or the whole where it must be, and note what is known from it."""
        taker = _Taker(self.folder, self.key)
        try:
            steady = decode(self.path, sorted(pieces), taker, name=self.name or self.path.name, stop=self.stop)
            if not steady:
                raise _Unsteady
            channels, samples, pieced = taker.done()
        except _Unsteady:
            whole = self._file()
            channels, samples, pieced = whole.channels, whole.samples, False
        finally:
            taker.close()
        written(self.folder / f"{self.key}.facts.npy", np.array([channels, samples, pieced], np.float64))
        self._known = channels, samples, pieced


def recorded(path: Path, key: str, folder: Path, *, name: str = "", stop: Callable[[], bool] = lambda: False) -> Sound:
    """The sound of a file, decoded into `folder` where and when it is heard; a 16-bit WAV of 48 kHz is read as it lies.

    `key` names the content (its SHA-256), `name` is what the person calls it. Nothing is decoded yet.
    """
    if (kept := folder / f"{key}.pcm").is_file():
        return sound_file(kept)
    try:
        return opened(path)
    except UnsupportedMedia:
        return Recording(path, key, folder, name, stop)


class _Taker:
    """Takes what the child says as it comes: pieces into files of their own, each of which appears whole or not at all."""

    def __init__(self, folder: Path, key: str) -> None:
        self._folder, self._key = folder, key
        self._waiting = bytearray()
        self._head: tuple[bytes, int] | None = None
        self._samples = -1
        self._piece, self._left = -1, 0
        self._part = folder / f".{key}.{os.getpid()}.{secrets.token_hex(4)}.part"
        self._out: BinaryIO | None = None

    def __call__(self, data: bytes) -> None:
        self._waiting += data
        while self._step():
            pass

    def done(self) -> tuple[int, int, bool]:
        """All was said: channels, samples, and whether they came in pieces."""
        if self._head is None:
            raise _Unsteady
        magic, channels = self._head
        if magic == MAGIC:
            self._keep(f"{self._key}.pcm")
            return channels, sound_file(self._folder / f"{self._key}.pcm").samples, False
        if self._samples < 0:
            raise _Unsteady
        return channels, self._samples, True

    def close(self) -> None:
        if self._out is not None:
            self._out.close()
        self._part.unlink(missing_ok=True)

    def _step(self) -> bool:
        """One thing more of what waits; False when more must come first."""
        if self._head is None:
            if len(self._waiting) < HEAD.size:
                return False
            magic, channels, _ = HEAD.unpack(self._taken(HEAD.size))
            self._head = magic, channels
            if magic == MAGIC:
                self._begin()
        elif self._out is not None:
            if not self._waiting:
                return False
            size = len(self._waiting) if self._head[0] == MAGIC else min(self._left, len(self._waiting))
            self._out.write(self._taken(size))
            self._left -= size
            if not self._left:
                self._keep(f"{self._key}.{self._piece}.pcm")
        else:
            if len(self._waiting) < PIECE_HEAD.size:
                return False
            self._piece, count = PIECE_HEAD.unpack(self._taken(PIECE_HEAD.size))
            if self._piece < 0:
                self._samples = count
            elif count:
                self._left = count * self._head[1] * 4
                self._begin()
        return True

    def _taken(self, size: int) -> bytes:
        out = bytes(self._waiting[:size])
        del self._waiting[:size]
        return out

    def _begin(self) -> None:
        assert self._head is not None
        self._out = self._part.open("wb")
        self._out.write(HEAD.pack(MAGIC, self._head[1], SAMPLE_RATE))

    def _keep(self, name: str) -> None:
        assert self._out is not None
        self._out.close()
        self._out = None
        self._part.replace(self._folder / name)
