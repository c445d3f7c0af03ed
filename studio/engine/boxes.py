"""The one thing ffmpeg cannot be told about an MP4: that its only subtitle track is off at first. Boxes are changed in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import unpack
from typing import BinaryIO

_ENABLED = 1
_HEADER = 8
_SUBTITLE_HANDLERS = (b"sbtl", b"text", b"subt")


@dataclass(frozen=True, slots=True)
class Box:
    """A box's four-letter kind and where its content begins and ends, in bytes."""

    kind: bytes
    start: int
    end: int


def switch_off_subtitles(film: Path) -> int:
    """Clear the `enabled` flag of every subtitle track, so that a player offers it without showing it; how many there were.

    Source: ISO/IEC 14496-12, 8.3.2 (track header box, flags).
    """
    changed = 0
    with film.open("r+b") as file:
        for moov in _within(file, 0, film.stat().st_size, b"moov"):
            for track in _within(file, moov.start, moov.end, b"trak"):
                if _handler(file, track) not in _SUBTITLE_HANDLERS:
                    continue
                for header in _within(file, track.start, track.end, b"tkhd"):
                    file.seek(header.start + 3)
                    flags = file.read(1)[0]
                    file.seek(header.start + 3)
                    file.write(bytes([flags & ~_ENABLED]))
                    changed += 1
    return changed


def _handler(file: BinaryIO, track: Box) -> bytes:
    for media in _within(file, track.start, track.end, b"mdia"):
        for handler in _within(file, media.start, media.end, b"hdlr"):
            file.seek(handler.start + 8)
            return file.read(4)
    return b""


def _within(file: BinaryIO, start: int, end: int, kind: bytes) -> Iterator[Box]:
    """The boxes of one kind among those laid end to end between two positions."""
    while start + _HEADER <= end:
        file.seek(start)
        size, name = unpack(">I4s", file.read(_HEADER))
        content = start + _HEADER
        if size == 1:
            (size,) = unpack(">Q", file.read(8))
            content += 8
        stop = end if size == 0 else start + size
        if stop < content or stop > end:
            return
        if name == kind:
            yield Box(name, content, stop)
        start = stop
