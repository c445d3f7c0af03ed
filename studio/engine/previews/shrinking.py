"""In the sandbox: the picture of the open file as a small H.264 film on standard output, one frame for every frame of a rate.

Frame n shows what the file shows n frames after its first picture: the last picture that has begun by then. Turned and
stretched pictures come out upright, with square pixels.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Any

from studio.core.errors import LimitReached, StudioError, UnsupportedMedia
from studio.engine.probe import MOST_SIDE, OPTIONS

if TYPE_CHECKING:
    from av import VideoFrame
    from av.container import InputContainer

BEFOREHAND = ("av",)
"""What is imported late here, for the sandbox's warm parent (`sandbox/zygote.py`)."""

MOST_FRAMES = 12 * 3600 * 60
_FIRST_FILE = 3
_TOLD_EVERY = 100
_SETTINGS = {
    "preset": "veryfast", "tune": "fastdecode", "crf": "23", "g": "15", "keyint_min": "15", "sc_threshold": "0", "bf": "0",
    "x264-params": "scenecut=0",
}  # fmt: skip
_TURNS = {90: ("transpose=cclock",), 180: ("hflip", "vflip"), 270: ("transpose=clock",)}


@dataclass(frozen=True, slots=True)
class _Pipe:
    """Standard output as PyAV wants it: it can only be written to."""

    def write(self, data: bytes) -> int:
        return sys.stdout.buffer.write(data)


def timed(frames: Iterable[VideoFrame], rate: Fraction) -> Iterator[VideoFrame]:
    """The frame on screen at every whole frame of `rate`; what lasts longer comes again, what is too short never.

    Raises:
        LimitReached: there are more than twelve hours of them.
    """
    zero: Fraction | None = None
    shown: VideoFrame | None = None
    given, end = 0, Fraction(0)
    for frame in frames:
        base = Fraction(frame.time_base or 0)
        if frame.pts is None:
            continue
        begins = frame.pts * base
        zero = begins if zero is None else zero
        due = _before(begins - zero - base / 2, rate)
        end = begins - zero + (frame.duration * base if frame.duration else 1 / rate) - base / 2
        if due > MOST_FRAMES:
            raise LimitReached("This film is longer than 12 hours. Split it and bring in the parts.")
        while shown is not None and given < due:
            yield shown
            given += 1
        shown = frame
    while shown is not None and given < max(_before(end, rate), 1):
        yield shown
        given += 1


def _before(seconds: Fraction, rate: Fraction) -> int:
    """How many frames begin before a time."""
    return -int(-seconds * rate // 1)


def _shrink(container: InputContainer, rate: Fraction, side: int, most: int) -> None:
    import av

    videos = [v for v in container.streams.video if v.width]
    if not videos:
        raise UnsupportedMedia("There is no picture in this file.")
    source = videos[0]
    if max(source.width, source.height) > MOST_SIDE:
        raise UnsupportedMedia(f"The picture is larger than {MOST_SIDE} pixels a side. Save it smaller.")
    source.thread_type = "AUTO"
    moving = "frag_keyframe+empty_moov+default_base_moof"
    with av.open(_Pipe(), "w", format="mp4", options={"movflags": moving}) as out:
        stream: Any = None
        chain: _Chain | None = None
        for n, frame in enumerate(islice(timed(_frames(container, source), rate), most or None)):
            if n % _TOLD_EVERY == 0:
                sys.stderr.write(f"frame {n}\n")
                sys.stderr.flush()
            if chain is None:
                chain = _Chain(source, *_size(frame, source, side))
                stream = _small_stream(out, rate, chain.width, chain.height)
            small = chain.shown(frame)
            small.pts, small.time_base, small.pict_type = n, 1 / rate, 0
            out.mux(stream.encode(small))
        if stream is None:
            raise UnsupportedMedia("No picture of this file can be read.")
        out.mux(stream.encode(None))


def _small_stream(out: Any, rate: Fraction, width: int, height: int) -> Any:
    stream = out.add_stream("libx264", rate=rate, options=dict(_SETTINGS))
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    words = stream.codec_context
    words.time_base = 1 / rate
    words.color_range = words.colorspace = words.color_primaries = words.color_trc = 1  # limited range, BT.709
    return stream


def _frames(container: InputContainer, source: Any) -> Iterator[VideoFrame]:
    """What decodes; a packet that does not leaves the picture before it standing."""
    from av.error import FFmpegError

    for packet in container.demux(source):
        found: list[Any] = []
        with suppress(FFmpegError):
            found = list(packet.decode())
        yield from found


def _size(frame: VideoFrame, source: Any, side: int) -> tuple[int, int]:
    """Width and height whose shorter side is at most `side`, both even, the picture upright."""
    stretch = source.sample_aspect_ratio or Fraction(1)
    width, height = Fraction(frame.width) * stretch, Fraction(frame.height)
    if _turn(frame) in (90, 270):
        width, height = height, width
    scale = min(Fraction(1), Fraction(side) / min(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _turn(frame: VideoFrame) -> int:
    return round(frame.rotation / 90) * 90 % 360


class _Chain:
    """Makes frames of a stream small and upright; a frame that comes again is not made again."""

    def __init__(self, source: Any, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._source = source
        self._like: tuple[int, int, str] | None = None
        self._graph: Any = None
        self._before: VideoFrame | None = None
        self._small: Any = None

    def shown(self, frame: VideoFrame) -> Any:
        """The small picture of a frame."""
        if frame is not self._before:
            like = (frame.width, frame.height, frame.format.name)
            if like != self._like:
                self._graph, self._like = self._built(frame), like
            self._graph.push(frame)
            self._small, self._before = self._graph.pull(), frame
        return self._small

    def _built(self, frame: VideoFrame) -> Any:
        from av.filter import Graph

        graph = Graph()
        base = frame.time_base or self._source.time_base
        last: Any = graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=base)
        scale = f"scale={self.width}:{self.height}:out_color_matrix=bt709:out_range=tv:flags=bicubic"
        for word in (*_TURNS.get(_turn(frame), ()), scale, "format=yuv420p", "setsar=1", "buffersink"):
            name, _, value = word.partition("=")
            step: Any = graph.add(name, value or None)
            last.link_to(step)
            last = step
        graph.configure()
        return graph


def _main() -> None:
    """The small film, or an end that says in JSON why there is none."""
    import av
    from av.error import FFmpegError

    order = json.loads(sys.stdin.buffer.read())
    name = str(order["name"])
    try:
        with open(_FIRST_FILE, "rb") as file, av.open(file, "r", options=dict(OPTIONS)) as container:
            _shrink(container, Fraction(order["rate"]), int(order["side"]), int(order["most"]))
    except StudioError as error:
        sys.exit(json.dumps({"error": error.code, "message": error.message}))
    except (FFmpegError, OSError, ValueError, IndexError, OverflowError, ZeroDivisionError, MemoryError):
        message = f"The picture of {name} cannot be read: it is damaged, or no film that Inkreel knows."
        sys.exit(json.dumps({"error": UnsupportedMedia.code, "message": message}))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main()
