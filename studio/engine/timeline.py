"""The timeline document: tracks of clips in whole frames, with a schema name and version. Pure data and JSON, no edits here.

A document is self-contained but for media, which it names by SHA-256. Words follow OpenTimelineIO.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from studio.core.errors import Invalid
from studio.engine.time import Rate

SCHEMA = "inkreel.timeline"
VERSION = 1

TrackKind = Literal["video", "audio", "captions"]


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a picture the frame shows: centre x, y and width, each a share (0..1) of the picture's width or height.

    Width 1 with centre .5, .5 is the whole picture; the window keeps the picture's aspect ratio.
    """

    x: float = 0.5
    y: float = 0.5
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Motion:
    """A camera move over a still: from one window to another, eased in and out, with optional hand-held sway.

    `sway` is the largest drift as a share of the width (0 = none). The move is a function of the clip's own frames.
    """

    start: Window = field(default_factory=Window)
    end: Window = field(default_factory=Window)
    sway: float = 0.0


@dataclass(frozen=True, slots=True)
class Clip:
    """One piece of media on a track: `start` and `frames` on the timeline, `source_in` frames into the media.

    Video tracks hold stills (this version); `fade_in` and `fade_out` are frames of fade from and to black (video) or silence
    (audio). `gain_db` applies to audio. `link` is what the clip stands for, e.g. "shot:<id>".
    """

    id: str
    name: str
    media: str
    start: int
    frames: int
    source_in: int = 0
    motion: Motion | None = None
    gain_db: float = 0.0
    fade_in: int = 0
    fade_out: int = 0
    link: str = ""

    @property
    def end(self) -> int:
        """The first frame after the clip."""
        return self.start + self.frames


@dataclass(frozen=True, slots=True)
class Caption:
    """Words on screen from `start` for `frames`; `speaker` is kept for SDH and the transcript."""

    start: int
    frames: int
    text: str
    speaker: str = ""

    @property
    def end(self) -> int:
        return self.start + self.frames


@dataclass(frozen=True, slots=True)
class Marker:
    """A named frame: scene starts become chapters."""

    frame: int
    name: str


@dataclass(frozen=True, slots=True)
class Track:
    """One lane. `role` tells the mixer what it carries: picture, voice, music."""

    id: str
    kind: TrackKind
    name: str
    role: str
    clips: tuple[Clip, ...] = ()
    captions: tuple[Caption, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole film. Width and height are the design size in pixels; a preset scales it."""

    name: str
    rate: Rate
    width: int
    height: int
    tracks: tuple[Track, ...]
    markers: tuple[Marker, ...] = ()

    @property
    def frames(self) -> int:
        """Length: the end of the last video clip."""
        return max((c.end for t in self.tracks if t.kind == "video" for c in t.clips if c.end > 0), default=0)

    def clips(self, role: str) -> Iterator[Clip]:
        """Every clip of the tracks with this role, in order of tracks."""
        return (c for t in self.tracks if t.role == role for c in t.clips)

    def captions(self) -> tuple[Caption, ...]:
        """All captions in order of time."""
        return tuple(sorted((c for t in self.tracks for c in t.captions), key=lambda c: (c.start, c.end)))


def to_document(timeline: Timeline) -> dict[str, Any]:
    """The JSON form, with schema name and version."""

    def plain(clip: Clip) -> dict[str, Any]:
        out = {k: getattr(clip, k) for k in _CLIP_FIELDS}
        if clip.motion is not None:
            out["motion"] = {
                "start": _window_list(clip.motion.start),
                "end": _window_list(clip.motion.end),
                "sway": clip.motion.sway,
            }
        return out

    return {
        "schema": SCHEMA,
        "version": VERSION,
        "name": timeline.name,
        "rate": str(timeline.rate),
        "width": timeline.width,
        "height": timeline.height,
        "tracks": [
            {
                "id": t.id,
                "kind": t.kind,
                "name": t.name,
                "role": t.role,
                "clips": [plain(c) for c in t.clips],
                "captions": [
                    {"start": c.start, "frames": c.frames, "text": c.text, "speaker": c.speaker} for c in t.captions
                ],
            }
            for t in timeline.tracks
        ],
        "markers": [{"frame": m.frame, "name": m.name} for m in timeline.markers],
    }


_CLIP_FIELDS = ("id", "name", "media", "start", "frames", "source_in", "gain_db", "fade_in", "fade_out", "link")

UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From version n to n + 1; a document of any registered version opens."""


def from_document(document: dict[str, Any]) -> Timeline:
    """Read a stored document, upgrading older versions.

    Raises:
        Invalid: when it is not a timeline, or was written by a newer Inkreel.
    """
    if document.get("schema") != SCHEMA:
        raise Invalid("This is not an Inkreel timeline.")
    version = int(document.get("version", 0))
    if version > VERSION:
        raise Invalid("This timeline was made by a newer Inkreel. Update Inkreel to open it.")
    while version < VERSION:
        if version not in UPGRADES:
            raise Invalid("This timeline's version is unknown.")
        document = UPGRADES[version](document)
        version += 1
    try:
        return Timeline(
            name=document["name"],
            rate=Rate.parse(document["rate"]),
            width=document["width"],
            height=document["height"],
            tracks=tuple(
                Track(
                    id=t["id"],
                    kind=t["kind"],
                    name=t["name"],
                    role=t["role"],
                    clips=tuple(_clip(c) for c in t["clips"]),
                    captions=tuple(Caption(**c) for c in t["captions"]),
                )
                for t in document["tracks"]
            ),
            markers=tuple(Marker(**m) for m in document["markers"]),
        )
    except (KeyError, TypeError, ValueError) as e:
        raise Invalid("This timeline is damaged: a field is missing or has the wrong type.") from e


def _window_list(w: Window) -> list[float]:
    return [w.x, w.y, w.width]


def _clip(c: dict[str, Any]) -> Clip:
    motion = c.get("motion")
    return Clip(
        **{k: c[k] for k in _CLIP_FIELDS},
        motion=Motion(Window(*motion["start"]), Window(*motion["end"]), motion["sway"]) if motion else None,
    )
