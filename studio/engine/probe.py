"""What a media file is, read with PyAV: its streams, exact frame count and chapters. Files are only read.

Our own files are read in this process (`probed`); what people bring in is read by `sandbox/probing.py`, which runs this
module in the sandbox: the file comes open, its name on standard input, and the answer goes out as JSON.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from studio.core.errors import Cancelled, UnsupportedMedia
from studio.engine.time import Rate

if TYPE_CHECKING:
    from av.container import InputContainer

# Only containers that hold their own media: playlists and scripts can name other files and addresses.
_FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,ogg,wav,mp3,flac,aac,aiff,gif,"
    "png_pipe,jpeg_pipe,webp_pipe,bmp_pipe,tiff_pipe"
)
_STOP_EVERY = 64
_FIRST_FILE = 3

MOST_STREAMS = 64
_OPTIONS = {"protocol_whitelist": "file", "format_whitelist": _FORMATS, "max_streams": str(MOST_STREAMS)}
MOST_SIDE = 16_384
"""Pixels a side of a picture may have: what the largest cameras give, twice over."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Probe:
    """A file's streams.

    `frames` are counted packet by packet and `even` says whether they all follow at one distance. Seconds are where the
    last frame or sample of a stream ends; `seconds` is the latest of them. What a file does not have is 0, None or "".
    """

    seconds: float
    frames: int
    rate: Rate | None
    even: bool
    width: int
    height: int
    video_codec: str
    video_seconds: float
    audio_codec: str
    channels: int
    sample_rate: int
    audio_seconds: float
    subtitle_tracks: int
    chapters: tuple[tuple[float, str], ...]
    container: str = ""
    bit_rate: int = 0
    size_bytes: int = 0
    pixel_format: str = ""
    colours: tuple[int, int, int, int] = (0, 0, 0, 0)
    """Range (1 limited, 2 full), primaries, transfer and matrix by the numbers of ITU-T H.273; 1, 1, 1 is BT.709."""

    @property
    def webm(self) -> bool:
        return "matroska" in self.container


def probed(path: Path) -> Probe:
    """Read a file's streams and count its frames. Chapters are (start in seconds, title).

    Raises:
        UnsupportedMedia: when it is missing, damaged, or not a film, sound or picture.
    """
    return read_media(str(path), path.name, probe_of)


def decoded_frames(path: Path, *, stop: Callable[[], bool] | None = None) -> int:
    """How many frames come out when every one is decoded, counting none that a decoder had to make up.

    Raises:
        UnsupportedMedia: when a packet does not decode.
        Cancelled: when `stop()` says so.
    """

    def count(container: InputContainer) -> int:
        stream = container.streams.video[0]
        stream.codec_context.options = {"err_detect": "explode", "skip_loop_filter": "all"}
        good = 0
        for i, frame in enumerate(container.decode(stream)):
            good += not frame.is_corrupt
            if stop is not None and i % _STOP_EVERY == 0 and stop():
                raise Cancelled("It was stopped before it was finished.")
        return good

    return read_media(str(path), path.name, count)


def read_media(file: str | BinaryIO, name: str, reader: Callable[[InputContainer], T]) -> T:
    """What a reader makes of a file opened with PyAV, whose errors become one.

    Raises:
        UnsupportedMedia: it is missing, damaged, out of proportion, or not a film, sound or picture.
    """
    import av
    from av.error import FFmpegError

    try:
        with av.open(file, "r", options=dict(_OPTIONS)) as container:
            _measured(container, name)
            return reader(container)
    except MemoryError as e:  # ffmpeg says so, too, of streams beyond the most
        raise UnsupportedMedia(
            f"{name} has more than {MOST_STREAMS} streams, or needs more memory than a film should. Save it anew, with less in it."
        ) from e
    except (FFmpegError, OSError, ValueError, IndexError, OverflowError, ZeroDivisionError) as e:
        raise UnsupportedMedia(
            f"{name} cannot be read: it is damaged, or not a film, sound or picture that Inkreel knows."
        ) from e


def _measured(container: InputContainer, name: str) -> None:
    """Refuse what is out of all proportion before anything of it is decoded."""
    for video in container.streams.video[:1]:
        if not video.width or not video.height:  # its first picture would not decode
            raise UnsupportedMedia(f"{name} has a picture that is damaged, or larger than {MOST_SIDE} pixels a side.")
        if max(video.width, video.height) > MOST_SIDE:
            raise UnsupportedMedia(
                f"{name} is {video.width} x {video.height} pixels; {MOST_SIDE} a side is the most. Save it smaller."
            )


def probe_of(container: InputContainer) -> Probe:
    """An open file's streams, its packets counted. Raises: ValueError, when there is neither picture nor sound."""
    video = container.streams.video[0] if container.streams.video else None
    audio = container.streams.audio[0] if container.streams.audio else None
    if video is None and audio is None:
        raise ValueError("neither picture nor sound")
    stamps: list[int] = []
    ends: dict[int, float] = {}
    for packet in container.demux([s for s in (video, audio) if s is not None]):
        # A packet without a size closes the stream; a discarded one is decoded but never shown.
        if not packet.size or packet.is_discard or packet.pts is None:
            continue
        index = packet.stream.index
        ends[index] = max(ends.get(index, 0.0), float((packet.pts + (packet.duration or 0)) * packet.time_base))
        if video is not None and index == video.index:
            stamps.append(packet.pts)
    stamps.sort()
    if not all(map(math.isfinite, ends.values())):
        raise ValueError("no length")
    video_seconds = ends.get(video.index, 0.0) if video is not None else 0.0
    audio_seconds = ends.get(audio.index, 0.0) if audio is not None else 0.0
    return Probe(
        seconds=max(video_seconds, audio_seconds),
        frames=len(stamps),
        rate=_rate(video),
        even=_even(stamps, in_milliseconds="matroska" in container.format.name),
        width=video.width if video is not None else 0,
        height=video.height if video is not None else 0,
        video_codec=video.codec_context.codec.canonical_name if video is not None else "",
        video_seconds=video_seconds,
        audio_codec=audio.codec_context.codec.canonical_name if audio is not None else "",
        channels=audio.channels if audio is not None else 0,
        sample_rate=audio.rate if audio is not None else 0,
        audio_seconds=audio_seconds,
        subtitle_tracks=len(container.streams.subtitles),
        chapters=tuple(_chapter(c) for c in container.chapters()),
        container=container.format.name,
        bit_rate=int(container.bit_rate or 0),
        size_bytes=max(int(container.size or 0), 0),
        pixel_format=(video.codec_context.pix_fmt or "") if video is not None else "",
        colours=_colours(video),
    )


def _even(stamps: list[int], *, in_milliseconds: bool) -> bool:
    """Whether frames follow at one distance; where time is kept in whole milliseconds, as nearly as those allow."""
    steps = {b - a for a, b in pairwise(stamps)}
    return len(steps) <= 1 or (in_milliseconds and max(steps) - min(steps) <= 1)


def _colours(video: Any) -> tuple[int, int, int, int]:
    if video is None:
        return 0, 0, 0, 0
    codec = video.codec_context
    found = codec.color_range, codec.color_primaries, codec.color_trc, codec.colorspace
    return int(found[0] or 0), int(found[1] or 0), int(found[2] or 0), int(found[3] or 0)


def _rate(video: Any) -> Rate | None:
    found = video.average_rate if video is not None else None
    return Rate(found.numerator, found.denominator) if found else None


def _chapter(chapter: Any) -> tuple[float, str]:
    return float(chapter["start"] * chapter["time_base"]), str(chapter["metadata"].get("title", ""))


def _main() -> None:
    """In the sandbox: what the open file is, or why it cannot be read."""
    name = sys.stdin.buffer.read().decode()
    try:
        with open(_FIRST_FILE, "rb") as file:
            answer = asdict(read_media(file, name, probe_of))
    except UnsupportedMedia as error:
        answer = {"error": error.message}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    _main()
