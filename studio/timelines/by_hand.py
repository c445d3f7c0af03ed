"""What people set in a cut that is not of the board: how loud, how faded, tracks and markers of their own. Pure.

It is kept apart from the document, so that it stays when the board is edited, and is back when a shot comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from studio.engine.timeline import Clip, Marker, Timeline, Track, from_document, to_document

Settings = Mapping[str, Mapping[str, float]]
"""Fields of `Clip` by the clip's id: gain_db, fade_in, fade_out."""

_FRAMES = ("fade_in", "fade_out")


@dataclass(frozen=True, slots=True)
class ByHand:
    """Settings of clips of the board, and tracks and markers beside them."""

    clips: Settings = field(default_factory=dict[str, dict[str, float]])
    tracks: tuple[Track, ...] = ()
    markers: tuple[Marker, ...] = ()


def hand_document(hand: ByHand, of: Timeline) -> dict[str, Any]:
    """The stored form; tracks and markers are a timeline of their own at the rate and size of the cut."""
    beside = replace(of, tracks=hand.tracks, markers=hand.markers)
    return {"clips": {i: dict(values) for i, values in hand.clips.items()}, "beside": to_document(beside)}


def hand_from(document: Mapping[str, Any]) -> ByHand:
    """From the stored form; nothing stored is nothing set. Raises: Invalid."""
    if not document:
        return ByHand()
    beside = from_document(document["beside"])
    return ByHand(document["clips"], beside.tracks, beside.markers)


def with_setting(hand: ByHand, clip_id: str, **values: float) -> ByHand:
    """With these fields of a clip set as well."""
    return replace(hand, clips={**hand.clips, clip_id: {**hand.clips.get(clip_id, {}), **values}})


def applied(hand: ByHand, timeline: Timeline) -> Timeline:
    """The timeline with all of it in place; fades are never longer than their clip."""
    tracks = tuple(
        replace(track, clips=tuple(_set(clip, hand.clips.get(clip.id)) for clip in track.clips))
        for track in timeline.tracks
    )
    markers = sorted((*timeline.markers, *hand.markers), key=lambda marker: marker.frame)
    return replace(timeline, tracks=(*tracks, *hand.tracks), markers=tuple(markers))


def _set(clip: Clip, values: Mapping[str, float] | None) -> Clip:
    if not values:
        return clip
    fitting = {name: min(int(value), clip.frames) if name in _FRAMES else value for name, value in values.items()}
    return replace(clip, **fitting)
