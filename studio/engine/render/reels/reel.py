"""The pictures of footage, decoded apart: what a segment needs of any files is asked for at once and comes in order."""

from __future__ import annotations

import json
import queue
import re
import threading
import time
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Self

import numpy as np

from studio.core import log
from studio.core.errors import Cancelled, EncoderFailed, StudioError, UnsupportedMedia
from studio.engine.ffmpeg.process import STALL_S, Stop
from studio.engine.render.picture import Picture
from studio.engine.sandbox.run import CameToGrief, Ears, Limits, TookTooLong, Work, run

_LONGEST_S = 3600
_MEMORY_BYTES = 4 << 30
_CHUNKS = 256
"""How far decoding may run ahead: 16 MB."""

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
    """A picture of a source: the one whose time lies from `low` up to `high`."""

    source: int
    low: Fraction
    high: Fraction


class Reel:
    """Gives the wanted pictures, of each source in order; use as a context manager, which ends the decoding."""

    def __init__(self, sources: Sequence[Source], wanted: Sequence[Wanted], *, stop: Stop) -> None:
        self._sources, self._stop = sources, stop
        self._coming = deque(one.source for one in wanted)
        self._ready: defaultdict[int, deque[Picture]] = defaultdict(deque)
        self._chunks: queue.Queue[bytes | Exception | None] = queue.Queue(_CHUNKS)
        self._left = memoryview(b"")
        self._closed = threading.Event()
        self._order = json.dumps(
            {
                "sources": [
                    {"step": str(s.step), "before": s.before, "filters": s.filters, "decoder": s.decoder}
                    for s in sources
                ],
                "wanted": [(w.source, str(w.low), str(w.high)) for w in wanted],
            }
        )
        self._thread = threading.Thread(target=self._decode, name="reel", daemon=True)

    def __enter__(self) -> Self:
        if self._coming:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        if self._thread.ident is not None:
            while self._thread.is_alive():
                _drained(self._chunks)
                self._thread.join(0.05)

    def next(self, source: int) -> Picture:
        """The next wanted picture of a source.

        Raises:
            UnsupportedMedia: naming the clip whose file does not decode.
            EncoderFailed: nothing came for half a minute.
            Cancelled: `stop()` said so.
            SandboxRefused: this machine cannot keep the files apart.
        """
        while not self._ready[source]:
            one = self._coming.popleft()
            self._ready[one].append(self._read(self._sources[one]))
        return self._ready[source].popleft()

    def _read(self, source: Source) -> Picture:
        data = bytearray(source.bytes)
        filled, view = 0, memoryview(data)
        while filled < source.bytes:
            if not self._left:
                self._left = memoryview(self._chunk(source))
            taken = min(len(self._left), source.bytes - filled)
            view[filled : filled + taken] = self._left[:taken]
            filled += taken
            self._left = self._left[taken:]
        return Picture.of_bytes(np.frombuffer(data, np.uint8), source.width, source.height, alpha=source.alpha)

    def _chunk(self, source: Source) -> bytes:
        until = time.monotonic() + STALL_S
        while True:
            if self._stop():
                raise Cancelled("It was stopped before it was finished.")
            try:
                said = self._chunks.get(timeout=0.1)
            except queue.Empty:
                if time.monotonic() > until:
                    raise EncoderFailed(
                        f"The media of the clip “{source.clip}” gave no picture for {STALL_S:.0f} seconds. Try again."
                    ) from None
                continue
            if isinstance(said, bytes):
                return said
            raise self._failure(said, source)

    def _failure(self, error: Exception | None, source: Source) -> StudioError:
        if isinstance(error, StudioError):
            return error
        _log.warning("footage did not decode", said=str(error))
        if named := re.search(r"source (\d+):", str(error)):
            source = self._sources[int(named[1])]
        return UnsupportedMedia(
            f"The media of the clip “{source.clip}” is damaged and cannot be read to its end. Replace it and render again."
        )

    def _decode(self) -> None:
        """On a thread of its own: run the decoder and pass on what it says."""
        work = Work(
            "module",
            "studio.engine.render.reels.decoding",
            files=tuple(source.path for source in self._sources),
            reads=tuple({path for source in self._sources for path in source.reads}),
        )
        limits = Limits(
            _LONGEST_S,
            cpu_s=_LONGEST_S,
            memory_bytes=_MEMORY_BYTES,
            out_bytes=1 << 50,
            open_files=len(self._sources) + 64,
        )
        ears = Ears(stop=self._closed.is_set, on_output=self._pass_on)
        try:
            run(work, self._order.encode(), limits=limits, ours=True, ears=ears)
            end = None
        except (StudioError, CameToGrief, TookTooLong, OSError) as error:
            end = error
        self._pass_on(end)

    def _pass_on(self, said: bytes | Exception | None) -> None:
        while not self._closed.is_set():
            try:
                self._chunks.put(said, timeout=0.1)
            except queue.Full:
                continue
            return


def _drained(chunks: queue.Queue[bytes | Exception | None]) -> None:
    while not chunks.empty():
        chunks.get_nowait()
