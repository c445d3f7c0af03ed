"""What every format speaks: its name and suffix, a file it names, what was read and written, and what could not be carried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Literal, get_args
from urllib.parse import quote, unquote, urlsplit

from studio.core.errors import Invalid
from studio.engine.timeline import Timeline

Format = Literal["otio", "edl", "fcp7", "fcpxml", "srt", "vtt", "ass"]
FORMATS: tuple[Format, ...] = get_args(Format)
TITLES: Mapping[Format, str] = {
    "otio": "OpenTimelineIO",
    "edl": "EDL",
    "fcp7": "FCP 7 XML",
    "fcpxml": "FCPXML",
    "srt": "SubRip",
    "vtt": "WebVTT",
    "ass": "SubStation Alpha",
}
SUFFIXES: Mapping[Format, str] = {
    "otio": ".otio",
    "edl": ".edl",
    "fcp7": ".xml",
    "fcpxml": ".fcpxml",
    "srt": ".srt",
    "vtt": ".vtt",
    "ass": ".ass",
}
MIMES: Mapping[Format, str] = {
    "otio": "application/json",
    "edl": "text/plain",
    "fcp7": "application/xml",
    "fcpxml": "application/xml",
    "srt": "application/x-subrip",
    "vtt": "text/vtt",
    "ass": "text/x-ssa",
}


COLOURS: Mapping[str, str] = {
    "yellow": "#f7b801",
    "orange": "#ff6b35",
    "red": "#d7263d",
    "purple": "#b56bd6",
    "blue": "#3e7cb1",
    "cyan": "#2bb3a3",
    "green": "#3fa34d",
    "white": "#c9c5bb",
    "pink": "#e88bb0",
    "magenta": "#c2409b",
    "black": "#26262a",
}
"""What other programs call the colours of markers, and how they look here."""


def colour_named(name: str) -> str:
    """How a marker of a colour of that name looks here; "" where nobody calls one so."""
    return COLOURS.get(name.strip().lower(), "")


def name_of(colour: str, names: Sequence[str]) -> str:
    """Which of these names of colours comes nearest to one, #rrggbb."""
    wanted = bytes.fromhex(colour[1:7])
    apart = {
        name: sum((a - b) ** 2 for a, b in zip(wanted, bytes.fromhex(COLOURS[name][1:]), strict=True)) for name in names
    }
    return min(apart, key=lambda name: apart[name])


def format_of(name: str) -> Format:
    """The format a file's name says. Raises: Invalid."""
    suffix = PurePosixPath(name.lower()).suffix
    for form, its in SUFFIXES.items():
        if suffix == its:
            return form
    raise Invalid(f"{name!r} is no format of a timeline we know. Choose one of {', '.join(SUFFIXES.values())}.")


@dataclass(frozen=True, slots=True)
class Media:
    """A file a timeline uses, under the `key` its clips have as `media`.

    `start` is the timecode of its first frame and `frames` its length (0 where unknown), both in frames of the timeline.
    Width and height are pixels. A `still` is one picture; `picture` and `sound` say what is in it.
    """

    key: str
    name: str = ""
    path: str = ""
    reel: str = ""
    start: int = 0
    frames: int = 0
    sha256: str = ""
    width: int = 0
    height: int = 0
    still: bool = False
    picture: bool = True
    sound: bool = True

    @property
    def url(self) -> str:
        """Where it lies, as file:// where the path is a whole one."""
        where = self.path or self.name
        if "://" in where:
            return where
        return ("file://" if where.startswith("/") else "") + quote(where)


@dataclass(frozen=True, slots=True)
class Loss:
    """What could not be carried: `where` ("Clip 'Opening'") and `what` ("rotation is not in EDL")."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}."


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read: the timeline, the files it names, and what of it was not brought in."""

    format: Format
    timeline: Timeline
    media: tuple[Media, ...] = ()
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A file to be, and what of the timeline is not in it."""

    data: bytes
    losses: tuple[Loss, ...] = ()


UNLINKED = "unlinked:"
"""How the key of a file begins that a timeline names and we do not have; its path or name follows."""


@dataclass(slots=True)
class Shelf:
    """The files met while a timeline is read, each once."""

    found: dict[str, Media] = field(default_factory=dict[str, Media])

    def keep(self, media: Media) -> str:
        """The key of a file, which a given one has already; the same name for another file gets a number."""
        wanted = media.key or UNLINKED + (media.path or media.name or media.reel or "unnamed")
        key, number = wanted, 1
        while key in self.found and not _same(self.found[key], media):
            number += 1
            key = f"{wanted} ({number})"
        if key not in self.found:
            self.found[key] = replace(media, key=key)
        return key


def known(media: Mapping[str, Media], key: str) -> Media:
    """A file by its key; of one nobody told about, what its key says."""
    if key in media:
        return media[key]
    path = key.removeprefix(UNLINKED)
    return Media(key, PurePosixPath(path).name or path, path if "/" in path else "", sha256="" if path != key else key)


def path_of(url: str) -> str:
    """The path in a file:// URL or plain path; other addresses stay as they are."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return unquote(parts.path) if parts.netloc in ("", "localhost") else unquote(f"//{parts.netloc}{parts.path}")
    return url if parts.scheme and len(parts.scheme) > 1 else unquote(url)


def _same(one: Media, other: Media) -> bool:
    return (one.path, one.name, one.reel) == (other.path, other.name, other.reel)
