"""What can be done to a cut, and what came of it: edits as data, and the difference of two cuts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.engine.timeline import Clip, Timeline
from studio.engine.timeline.curves import at
from studio.storyboards.editing.order import moved_between
from studio.storyboards.views import Edge
from studio.timelines.views import Became, ClipChange, Place


@dataclass(frozen=True, slots=True)
class Trim:
    """A shot gets a length in whole frames, taken or given at its head or its tail (None: all its pauses share); the rest of
    the film follows."""

    clip: str
    frames: int
    edge: Edge | None = None


@dataclass(frozen=True, slots=True)
class FollowVoice:
    """A shot is as long as what is said in it, now and when it is voiced anew."""

    clip: str


@dataclass(frozen=True, slots=True)
class Move:
    """Shots go, in their order, before another one or behind it, also into another scene."""

    clips: tuple[str, ...]
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Delete:
    """Shots are taken out; the rest closes up."""

    clips: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """A shot is cut in two, `at` frames after its start; without that before the line nearest to its middle, or there."""

    clip: str
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Gain:
    """A voice or a piece of music gets louder or softer, in decibels."""

    clip: str
    db: float


Edit = Trim | FollowVoice | Move | Delete | Split | Gain


def difference(before: Timeline, after: Timeline) -> tuple[ClipChange, ...]:
    """The clips that came, went, changed their length, place among the others, or sound; those only pushed along are left out."""
    was, now = _clips(before), _clips(after)
    moved = moved_between(_shown(before, now), _shown(after, was))
    changes = [_change(clip, None, "went") for key, clip in was.items() if key not in now]
    for key, clip in now.items():
        old = was.get(key)
        if old is None:
            changes.append(_change(None, clip, "came"))
        elif old.frames != clip.frames:
            changes.append(_change(old, clip, "length"))
        elif key in moved:
            changes.append(_change(old, clip, "moved"))
        elif old.gain_db != clip.gain_db:
            changes.append(_change(old, clip, "sound"))
    return tuple(changes)


def _clips(timeline: Timeline) -> dict[str, Clip]:
    return {clip.id: clip for track in timeline.tracks for clip in track.clips}


def _shown(timeline: Timeline, there: dict[str, Clip]) -> Sequence[str]:
    return [clip.id for clip in timeline.clips("picture") if clip.id in there]


def _change(before: Clip | None, after: Clip | None, became: Became) -> ClipChange:
    clip = after or before
    assert clip is not None
    return ClipChange(clip.id, clip.name, became, _place(before), _place(after))


def _place(clip: Clip | None) -> Place | None:
    return Place(clip.start, clip.frames, at(clip.gain_db, 0)) if clip else None
