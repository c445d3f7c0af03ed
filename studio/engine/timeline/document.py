"""The JSON form of a timeline, with a schema name and version: written, read, and upgraded from older versions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from studio.core.errors import Invalid
from studio.engine.time import Rate
from studio.engine.timeline.model import Caption, Clip, Marker, Motion, Timeline, Track, Window

SCHEMA = "inkreel.timeline"
VERSION = 1


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
