"""What a file from outside is, told by its content and not by its name, and what of it is kept. Everything is read apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from studio.core.errors import Invalid, LimitReached, StudioError, UnsupportedMedia
from studio.engine.looks import cube
from studio.engine.looks.facts import MediaFacts
from studio.engine.sandbox.probing import probed_apart
from studio.media.pictures.apart import redrawn_picture
from studio.media.pictures.reading import MOST_BYTES

Stop = Callable[[], bool]

_HEAD_BYTES = 4096
_PSD = b"8BPS"
_CAPTIONS = re.compile(rb"\s*(?:WEBVTT\b|\d+\s*\n\d\d:\d\d:\d\d[,.]\d{3} --> |\[Script Info\])")
_DRAWING = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE svg|<svg)", re.IGNORECASE | re.DOTALL)
_QUICKTIME = b"ftypqt  "
_MIMES = {
    ("mov", "video"): "video/mp4",
    ("mov", "audio"): "audio/mp4",
    ("matroska", "video"): "video/x-matroska",
    ("matroska", "audio"): "audio/x-matroska",
    ("avi", "video"): "video/x-msvideo",
    ("mpegts", "video"): "video/mp2t",
    ("mpegts", "audio"): "video/mp2t",
    ("ogg", "video"): "video/ogg",
    ("ogg", "audio"): "audio/ogg",
    ("gif", "video"): "image/gif",
    ("wav", "audio"): "audio/wav",
    ("mp3", "audio"): "audio/mpeg",
    ("flac", "audio"): "audio/flac",
    ("aac", "audio"): "audio/aac",
    ("aiff", "audio"): "audio/aiff",
}
"""By the first word of FFmpeg's name for the container, and what is in it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is kept of a file: the file itself, or the picture drawn anew (`redrawn`); `facts` is what was read of it."""

    path: Path
    kind: str
    mime: str
    name: str
    facts: MediaFacts | None
    redrawn: bool = False


def told(path: Path, name: str, folder: Path, *, stop: Stop) -> Told:
    """What the file is that a person calls `name`; a still is drawn anew in `folder`.

    Raises:
        Invalid, LimitReached, UnsupportedMedia: it is no film, sound, picture or table of colours, or it is damaged.
        Cancelled: `stop()` said so. SandboxRefused: this machine cannot keep it apart.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    _refuse_by_head(head, name)
    if head.startswith(_PSD):
        return _still(path, name, folder, stop)
    try:
        facts = probed_apart(path, name=name, stop=stop)
    except UnsupportedMedia:
        table = b"" if b"\0" in head else _start(path)
        if b"LUT_3D_SIZE" not in table:
            raise
        cube.read(table, name)
        return Told(path, "lut", "text/plain", name, None)
    if facts.kind == "still" or (facts.kind == "animated" and facts.frames == 1):
        return _still(path, name, folder, stop)
    kind = "audio" if facts.kind == "audio" else "video"
    return Told(path, kind, _mime(facts.container, kind, head), name, facts)


def _refuse_by_head(head: bytes, name: str) -> None:
    """Say of what is clearly something else what it is. Raises: Invalid."""
    if _CAPTIONS.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise Invalid(f"{name} is a file of captions: it belongs to the captions of a cut, not to its media.")
    if _DRAWING.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise Invalid(f"{name} is an SVG drawing. Export it as PNG and bring that in: an SVG may carry programs.")


def _start(path: Path) -> bytes:
    """As much of a file as a table of colours may have, and a byte more."""
    with path.open("rb") as file:
        return file.read(cube.MOST_BYTES + 1)


def _still(path: Path, name: str, folder: Path, stop: Stop) -> Told:
    if path.stat().st_size > MOST_BYTES:
        raise LimitReached(f"{name} is larger than {MOST_BYTES >> 20} MB, the most for a picture. Save it smaller.")
    try:
        png = redrawn_picture(path.read_bytes())
    except StudioError as error:
        error.message = f"{name}: {error.message}"
        raise
    drawn = folder / "still.png"
    drawn.write_bytes(png)
    return Told(drawn, "image", "image/png", name, probed_apart(drawn, name=name, stop=stop), redrawn=True)


def _mime(container: str, kind: str, head: bytes) -> str:
    if container.startswith("mov") and _QUICKTIME in head[:16]:
        return "video/quicktime" if kind == "video" else "audio/mp4"
    if container.startswith("matroska") and b"webm" in head[:64]:
        return f"{kind}/webm"
    return _MIMES.get((container.split(",")[0], kind), "application/octet-stream")
