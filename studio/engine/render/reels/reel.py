"""The pictures of footage, decoded apart: what a segment needs of any files is asked for at once and comes in order.

They come through a pipe: into this process as pictures (`Reel`), or straight into an encoder (`poured`).
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import select
import termios
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Self

import numpy as np

from studio.core import log
from studio.core.errors import Cancelled, EncoderFailed, StudioError, UnsupportedMedia
from studio.engine.ffmpeg import process
from studio.engine.ffmpeg.process import STALL_S, Stop
from studio.engine.render.picture import Picture
from studio.engine.render.stills import Plane
from studio.engine.sandbox.run import CameToGrief, Ears, Limits, TookTooLong, Work, run

_LONGEST_S = 3600
_MEMORY_BYTES = 4 << 30
_WAIT_MS = 100
_PATIENCE_S = 5.0
"""Seconds beyond a stall of the decoder after which its encoder is taken for hung."""

_log = log.logger("engine.render")


@dataclass(frozen=True, slots=True)
class Source:
    """A file, and what becomes of its pictures: filters before one is chosen, filters after, their size then.

    `reads` are files the filters read."""

    path: Path
    clip: str
    width: int
    height: int
    alpha: bool
    step: Fraction
    before: tuple[str, ...]
    filters: tuple[str, ...]
    decoder: str = ""
    reads: tuple[Path, ...] = ()

    @property
    def bytes(self) -> int:
        luma = self.width * self.height
        return luma * 3 // 2 + (luma if self.alpha else 0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture of a source: the one whose time lies from `low` up to `high`, as many times."""

    source: int
    low: Fraction
    high: Fraction
    times: int = 1


class Decoder:
    """The decoder at work on a thread of its own, its pictures coming out of `pipe`; a context manager, which ends it."""

    def __init__(self, sources: Sequence[Source], wanted: Sequence[Wanted]) -> None:
        self._sources = sources
        self.pipe, self._mouth = os.pipe()
        process.widen(self.pipe)
        self._closed = threading.Event()
        self._error: Exception | None = None
        self._said = b""
        self._order = json.dumps(
            {
                "sources": [
                    {"step": str(s.step), "before": s.before, "filters": s.filters, "decoder": s.decoder}
                    for s in sources
                ],
                "wanted": [(w.source, str(w.low), str(w.high), w.times) for w in wanted],
            }
        )
        self._thread = threading.Thread(target=self._decode, name="reel", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        self._thread.join()
        os.close(self.pipe)

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    @property
    def failed(self) -> bool:
        """Whether it gave up; true before its pipe ends."""
        return self._error is not None

    def check(self) -> None:
        """Wait for the end, all pictures taken. Raises: what `failure` gives, where it failed."""
        self._thread.join()
        if self._error is not None:
            raise self.failure(self.at())

    def at(self) -> Source:
        """The source it began with last."""
        begun = re.findall(rb"at (\d+)\n", self._said)
        return self._sources[int(begun[-1]) if begun else 0]

    def stalled(self, source: Source) -> EncoderFailed:
        return EncoderFailed(
            f"The media of the clip “{source.clip}” gave no picture for {STALL_S:.0f} seconds. Try again."
        )

    def failure(self, source: Source) -> StudioError:
        """Why there are no more pictures, the source being the one that was waited for."""
        self._thread.join()
        error = self._error
        if isinstance(error, StudioError):
            return error
        _log.warning("footage did not decode", said=str(error))
        if named := re.search(r"source (\d+):", str(error)):
            source = self._sources[int(named[1])]
        if isinstance(error, OSError):
            source = next((each for each in self._sources if str(each.path) == str(error.filename)), source)
        return UnsupportedMedia(
            f"The media of the clip “{source.clip}” is damaged and cannot be read to its end. Replace it and render again."
        )

    def _decode(self) -> None:
        """On a thread of its own: run the decoder; when it has ended, so has the pipe."""
        work = Work(
            "module",
            "studio.engine.render.reels.decoding",
            files=tuple(source.path for source in self._sources),
            reads=tuple({path for source in self._sources for path in source.reads}),
            output=self._mouth,
        )
        limits = Limits(_LONGEST_S, cpu_s=_LONGEST_S, memory_bytes=_MEMORY_BYTES, open_files=len(self._sources) + 64)
        try:
            run(work, self._order.encode(), limits=limits, ours=True, ears=Ears(self._closed.is_set, on_log=self._hear))
        except (StudioError, CameToGrief, TookTooLong, OSError) as error:
            self._error = error
        finally:
            os.close(self._mouth)

    def _hear(self, said: bytes) -> None:
        self._said += said


class Reel:
    """Gives the wanted pictures, of each source in order; use as a context manager, which ends the decoding.

    A picture is good until the next of its source is asked for.
    """

    def __init__(self, sources: Sequence[Source], wanted: Sequence[Wanted], *, stop: Stop) -> None:
        self._sources, self._stop = sources, stop
        self._coming = deque(one.source for one in wanted)
        self._ready: defaultdict[int, deque[Plane]] = defaultdict(deque)
        self._given: dict[int, Plane] = {}
        self._free: defaultdict[int, list[Plane]] = defaultdict(list)
        self._decoder = Decoder(sources, wanted) if wanted else None

    def __enter__(self) -> Self:
        if self._decoder is not None:
            self._decoder.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        if self._decoder is not None:
            self._decoder.__exit__()

    def next(self, source: int) -> Picture:
        """The next wanted picture of a source.

        Raises:
            UnsupportedMedia: naming the clip whose file does not decode.
            EncoderFailed: nothing came for half a minute.
            Cancelled: `stop()` said so.
            SandboxRefused: this machine cannot keep the files apart.
        """
        if (before := self._given.pop(source, None)) is not None:
            self._free[before.size].append(before)
        while not self._ready[source]:
            one = self._coming.popleft()
            self._ready[one].append(self._read(self._sources[one]))
        data, like = self._ready[source].popleft(), self._sources[source]
        self._given[source] = data
        return Picture.of_bytes(data, like.width, like.height, alpha=like.alpha)

    def _read(self, source: Source) -> Plane:
        assert self._decoder is not None
        free, decoder = self._free[source.bytes], self._decoder
        data = free.pop() if free else np.empty(source.bytes, np.uint8)
        left, waiting = data.data, select.poll()
        waiting.register(decoder.pipe, select.POLLIN)
        until = time.monotonic() + STALL_S
        while left:
            if self._stop():
                raise Cancelled("It was stopped before it was finished.")
            if not waiting.poll(_WAIT_MS):
                if time.monotonic() > until:
                    raise decoder.stalled(source)
                continue
            taken = os.readv(decoder.pipe, [left])
            if not taken:
                raise decoder.failure(source)
            left, until = left[taken:], time.monotonic() + STALL_S
        return data


def poured(
    sources: Sequence[Source],
    wanted: Sequence[Wanted],
    arguments: Sequence[str],
    *,
    doing: str,
    stop: Stop,
    on_frame: Callable[[int], None] | None,
) -> int:
    """Run an ffmpeg whose standard input the wanted pictures are, none of which comes through this process; its frames.

    Raises: as `Reel.next`, and as `process.run`.
    """
    with Decoder(sources, wanted) as decoder:
        fed = time.monotonic()

        def looked() -> bool:
            nonlocal fed
            waits = decoder.running and not _held(decoder.pipe)
            fed = fed if waits else time.monotonic()
            if time.monotonic() - fed > STALL_S:
                raise decoder.stalled(decoder.at())
            return stop()

        patience = STALL_S + _PATIENCE_S
        try:
            frames = process.run(
                arguments, doing=doing, stop=looked, on_frame=on_frame, stall_s=patience, source=decoder.pipe
            )
        except EncoderFailed:
            if decoder.failed:
                decoder.check()
            raise
        decoder.check()
        return frames


def _held(pipe: int) -> bool:
    """Whether there are bytes in a pipe that nobody has taken yet."""
    return fcntl.ioctl(pipe, termios.FIONREAD, b"\0\0\0\0") != b"\0\0\0\0"
