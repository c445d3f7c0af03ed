"""What a media file is, read with PyAV: its streams, exact frame count and chapters. Files are only read.

Our own files are read in this process (`probed`); what people bring in is read by `sandbox/probing.py`, which runs this
module in the sandbox: the file comes open, its name on standard input, and the answer goes out as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from studio.core.errors import Cancelled, UnsupportedMedia
from studio.engine.looks.facts import MediaFacts, packed
from studio.engine.looks.reading import read

if TYPE_CHECKING:
    from av.container import InputContainer

BEFOREHAND = ("av",)
"""What is imported late here, for the sandbox's warm parent (`sandbox/zygote.py`)."""

# Only containers that hold their own media: playlists and scripts can name other files and addresses.
_FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,ogg,wav,mp3,flac,aac,aiff,gif,"
    "png_pipe,jpeg_pipe,webp_pipe,bmp_pipe,tiff_pipe"
)
_STOP_EVERY = 64
_FIRST_FILE = 3

MOST_STREAMS = 64
OPTIONS = {"protocol_whitelist": "file", "format_whitelist": _FORMATS, "max_streams": str(MOST_STREAMS)}
MOST_SIDE = 16_384
"""Pixels a side of a picture may have: what the largest cameras give, twice over."""

T = TypeVar("T")


def probed(path: Path) -> MediaFacts:
    """Read a file's streams and count its frames. Chapters are (start in seconds, title).

    Raises:
        UnsupportedMedia: when it is missing, damaged, or not a film, sound or picture.
    """
    return read_media(str(path), path.name, read)


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
        with av.open(file, "r", options=dict(OPTIONS)) as container:
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


def _main() -> None:
    """In the sandbox: what the open file is, or why it cannot be read."""
    name = sys.stdin.buffer.read().decode()
    try:
        with open(_FIRST_FILE, "rb") as file:
            answer = packed(read_media(file, name, read))
    except UnsupportedMedia as error:
        answer = {"error": error.message}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    _main()
