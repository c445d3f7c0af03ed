"""Decodes the footage of a segment, in the sandbox: which pictures of which files comes in, raw planes go out in that order.

Run as a module by `reel.py`: the files come open, from descriptor 3 on; standard input says in JSON what is wanted.
"""

from __future__ import annotations

import json
import os
import sys
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import suppress
from fractions import Fraction
from typing import Any, BinaryIO

import av
from av.codec.context import CodecContext
from av.error import FFmpegError
from av.video.frame import VideoFrame

from studio.engine.probe import OPTIONS
from studio.engine.render.reels.filters import Chain, planes

_FIRST_FILE = 3
_BACKWARDS = 24
"""Pictures decoded and held at once where a clip runs backwards."""

_FAR = 4
"""Seconds ahead from which finding the next picture that decodes alone is cheaper than decoding all before it."""

_INDEXED = ("mp4", "matroska")
"""Containers that know where their keyframes are: there the first picture is found that way at once."""

_WHOLE = 8
"""Pictures before the wanted one that are all decoded, so that the nearest stands where one is missing."""


class Source:
    """One file, from which the pictures of one clip are taken in the order they are asked for."""

    def __init__(self, file: BinaryIO, said: dict[str, Any]) -> None:
        self._file = file
        self._container = av.open(file, "r", options=dict(OPTIONS))
        self._stream = self._container.streams.video[0]
        self._stream.codec_context.thread_count = 1
        self._codec = CodecContext.create(said["decoder"], "r") if said["decoder"] else None
        if self._codec is not None:
            self._codec.extradata = self._stream.codec_context.extradata
        self._step = Fraction(said["step"])
        self._lead = Fraction(-1)
        indexed = any(name in self._container.format.name for name in _INDEXED)
        self._near = self._step if indexed else Fraction(_FAR)
        self._even = Chain(said["before"], Fraction(self._stream.time_base or 1)) if said["before"] else None
        self._look = Chain(said["filters"])
        self._given = -1
        self._kept: deque[tuple[Fraction, VideoFrame]] = deque(maxlen=2)
        self._frames: Iterator[tuple[Fraction, VideoFrame]] = self._decoded()

    def close(self) -> None:
        self._container.close()
        self._file.close()

    def picture(self, low: Fraction, high: Fraction) -> VideoFrame:
        """The picture whose time lies from `low` up to `high`, or the last before."""
        self._given += 1
        return self._look.through(self._found(low, high), self._given)

    def _found(self, low: Fraction, high: Fraction) -> VideoFrame:
        for time, frame in self._kept:
            if low <= time < high:
                return frame
        now = self._kept[-1][0] if self._kept else None
        if now is not None and low <= now:
            if self._kept[0][0] < low:  # the picture is missing
                return self._before(high)
            self._kept = deque(maxlen=_BACKWARDS)
            self._seek(low - _BACKWARDS * self._step, low)
        elif low > (self._near if now is None else now + _FAR):
            self._seek(low, low)
        for time, frame in self._frames:
            self._kept.append((time, frame))
            if time >= low:
                break
        if not self._kept:
            raise ValueError("no picture")
        return self._before(high)

    def _before(self, high: Fraction) -> VideoFrame:
        return next((f for t, f in reversed(self._kept) if t < high), self._kept[0][1])

    def _seek(self, to: Fraction, wanted: Fraction) -> None:
        """Stand before the picture at `to`, by way of one that decodes alone."""
        base = self._stream.time_base or Fraction(1)
        self._lead = to - _WHOLE * self._step if self._sparing else self._lead
        for back in (Fraction(0), Fraction(10), None):
            self._kept.clear()
            start = Fraction(self._stream.start_time or 0) * base
            at = start if back is None else max(to - back, start)
            with suppress(FFmpegError):  # a file without an index is read on from where it stands
                self._container.seek(int(at / base), stream=self._stream, backward=True)
            if self._codec is not None:
                self._codec.flush_buffers()
            self._frames = self._decoded()
            first = next(self._frames, None)
            if first is not None and (first[0] <= max(to, start) or first[0] <= wanted or back is None):
                self._frames = _chained(first, self._frames)
                return

    def _decoded(self) -> Generator[tuple[Fraction, VideoFrame]]:
        for out in self._raw() if self._even is None else self._evened(self._even):
            stamp = out.pts if out.pts is not None else out.dts
            if stamp is not None and out.time_base:
                yield stamp * Fraction(out.time_base), out

    def _evened(self, chain: Chain) -> Iterator[VideoFrame]:
        """Through filters that may hold a frame back until they have seen the next."""
        chain.forget()
        for frame in self._raw():
            yield from chain.passed(frame)
        yield from chain.rest()

    @property
    def _sparing(self) -> bool:
        """Whether pictures no other depends on can be left out on the way to the wanted one, and nothing looks at them."""
        return self._codec is None and self._even is None and self._stream.codec_context.name == "h264"

    def _raw(self) -> Generator[VideoFrame]:
        base, decoder = self._stream.time_base or Fraction(1), self._stream.codec_context
        for packet in self._container.demux(self._stream):
            early = packet.pts is not None and packet.pts * base < self._lead
            if early != (decoder.skip_frame == "NONREF"):
                decoder.skip_frame = "NONREF" if early else "DEFAULT"
            with suppress(FFmpegError):  # what does not decode is left out; the picture before it stands
                for frame in self._codec.decode(packet) if self._codec is not None else packet.decode():
                    if isinstance(frame, VideoFrame):
                        if frame.time_base is None:
                            frame.time_base = packet.time_base
                        yield frame


def _chained(
    first: tuple[Fraction, VideoFrame], rest: Iterator[tuple[Fraction, VideoFrame]]
) -> Iterator[tuple[Fraction, VideoFrame]]:
    yield first
    yield from rest


def _main() -> None:
    """In the sandbox: every wanted picture, one after another; a failure ends it, saying of which source it is."""
    order = json.loads(sys.stdin.buffer.read())
    sources: dict[int, Source] = {}
    last = {one: i for i, (one, *_) in enumerate(order["wanted"])}
    one = 0
    try:
        for i, (one, low, high, times) in enumerate(order["wanted"]):
            if one not in sources:
                sys.stderr.write(f"at {one}\n")
                sys.stderr.flush()
                sources[one] = Source(os.fdopen(_FIRST_FILE + one, "rb"), order["sources"][one])
            picture = sources[one].picture(Fraction(low), Fraction(high))
            for _ in range(times):
                for each in planes(picture):
                    sys.stdout.buffer.write(each)
            if last[one] == i:
                sources.pop(one).close()
        sys.stdout.buffer.flush()
    except (FFmpegError, ValueError, LookupError, MemoryError) as error:
        raise SystemExit(f"source {one}: {error!r}") from error


if __name__ == "__main__":
    _main()
