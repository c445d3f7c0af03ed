"""What other rooms see of media."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from studio.engine.looks.facts import MediaFacts
from studio.engine.time import Rate

THUMBNAIL_WIDTH = 640
"""Pixels."""
PAPER_WIDTH = 1920
"""The width of the form of a picture that is printed large: 200 dots per inch across a sheet."""

MOST_PIECE_BYTES = 8 << 20
"""A piece of an upload has at most so many bytes."""

THUMBNAIL = "thumbnail"
"""The form every drawn panel has, and whatever else has a picture: WebP, `THUMBNAIL_WIDTH` pixels wide."""
PAPER = "paper"
"""The form a panel is printed from: JPEG, at most `PAPER_WIDTH` pixels wide."""
FILMSTRIP = "filmstrip"
"""JPEG: pictures of equal parts of a film side by side, `STRIP_HEIGHT` pixels high; `about` says `count` and `width` of each."""
WAVEFORM = "waveform"
"""Two signed bytes (lowest, highest) for every 1/`WAVE_RATE` of a second of sound, from the media's frame 0 on."""

BEATS = "beats"
"""Where the beats of music fall: a JSON list of milliseconds from the media's frame 0 on, none where no beat is steady."""

LOUDNESS = "loudness"
"""How loud every 100 ms of sound is, from the media's frame 0 on: K-weighted mean squares, channels summed, as float32."""

LEVELS = "levels"
"""The waveform as a drawing of 64 x 16 for lists: SVG."""

STRIP_HEIGHT = 52
WAVE_RATE = 50

Kind = Literal["video", "image", "audio", "lut"]
State = Literal["preparing", "ready", "failed"]


def proxy(rate: Rate) -> str:
    """The form that stands in for a film at a rate: MP4 without sound, one frame for every frame of the rate."""
    return f"proxy-{rate.num}-{rate.den}"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the store, not yet in any project: its hash, size in bytes and type."""

    sha256: str
    size: int
    kind: str
    mime: str
    name: str


@dataclass(frozen=True, slots=True)
class MediaView:
    """A file of a project."""

    id: str
    sha256: str
    kind: str
    mime: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class UploadView:
    """A file on its way in: `offset` bytes of `size` have arrived. `state` is open, handed, done or refused.

    `run_id` is the job that reads it; `sha256` is the media it became, "" before that; `problem` why it was refused.
    """

    id: str
    project_id: str
    name: str
    size: int
    offset: int
    state: str
    run_id: str
    sha256: str
    problem: str


@dataclass(frozen=True, slots=True)
class PieceView:
    """Some bytes of an upload and the key they lie under."""

    start: int
    size: int
    key: str


@dataclass(frozen=True, slots=True)
class Brought:
    """An upload as the job takes it: its pieces in order, the hash it was announced with ("" if with none)."""

    upload: UploadView
    announced: str
    pieces: tuple[PieceView, ...]


@dataclass(frozen=True, slots=True)
class Arrived:
    """What an upload became: a stored file, what is known of it, and the hash of the file it was drawn anew from, if it was."""

    file: StoredFile
    facts: MediaFacts | None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class MediaCard:
    """A file of a project as its bin shows it. `frames` is how many of the project's frames it has, None for what never ends.

    `percent` says how far its preparing is; `used` in how many cuts it is; `forms` which other forms there are, and what one
    must know of each. `made` says that the studio made it: then nobody brought it in.
    """

    id: str
    sha256: str
    kind: str
    name: str
    size: int
    seconds: float
    frames: int | None
    width: int
    height: int
    rate: str
    sound: bool
    created_at: datetime
    state: State
    percent: int
    problem: str
    run_id: str
    folder: str
    used: int
    made: bool
    forms: Mapping[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])


@dataclass(frozen=True, slots=True)
class SubClipView:
    """A part of the file `sha256` under a name of its own: `frames` of the project's frames from `first` on."""

    id: str
    sha256: str
    name: str
    first: int
    frames: int


@dataclass(frozen=True, slots=True)
class MediaPage:
    """One page of a bin, how many there are on all pages, and the names of its folders."""

    items: tuple[MediaCard, ...]
    total: int
    folders: tuple[str, ...]
