"""Clips on their tracks: finding them, cutting them, putting others in their place, and moving along what follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from math import floor
from typing import Any, cast

from studio.core.errors import Invalid, NotFound
from studio.engine.editing.patch import moved
from studio.engine.motion import part_of
from studio.engine.timeline.curves import Curve, Key, shifted
from studio.engine.timeline.model import Clip, Speed, Timeline, Track, TrackKind
from studio.engine.timeline.reach import Available, endless, source_at

Tracks = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A clip and the place of its track."""

    track: int
    clip: Clip


class Names:
    """Ids for what is made of something: the same edit of the same timeline always makes the same ones."""

    def __init__(self, timeline: Timeline, taken: Iterable[str] = ()) -> None:
        clips = [clip for track in timeline.tracks for clip in track.clips]
        self._taken = {*taken, *(track.id for track in timeline.tracks), *(clip.id for clip in clips)}
        self._taken |= {clip.group for clip in clips} | {t.id for track in timeline.tracks for t in track.transitions}

    def new(self, base: str) -> str:
        """An id no one has, after the one it comes from."""
        root, number = base.split("~")[0], 2
        while f"{root}~{number}" in self._taken:
            number += 1
        self._taken.add(f"{root}~{number}")
        return f"{root}~{number}"


def alike(one: TrackKind, other: TrackKind) -> bool:
    """Whether what lies on a track of one kind may lie on one of the other."""
    return one == other or {one, other} == {"video", "image"}


def track_at(timeline: Timeline, track_id: str) -> int:
    """The place of a track. Raises: NotFound."""
    for place, track in enumerate(timeline.tracks):
        if track.id == track_id:
            return place
    raise no_such("track")


def spots(timeline: Timeline, clips: Iterable[str], *, alone: bool = False) -> list[Spot]:
    """Clips in the order they are named, then those of their groups. Raises: NotFound, Invalid."""
    named = tuple(dict.fromkeys(clips))
    if not named:
        raise Invalid("Choose a clip first.", field="clips")
    wanted = set(named)
    there = {c.id: Spot(n, c) for n, track in enumerate(timeline.tracks) for c in track.clips if c.id in wanted}
    if len(there) < len(named):
        raise no_such("clip")
    groups = {there[each].clip.group for each in named} - {""}
    found = [there[each] for each in named]
    if groups and not alone:
        found += [
            Spot(n, c)
            for n, track in enumerate(timeline.tracks)
            for c in track.clips
            if c.group in groups and c.id not in wanted
        ]
    return found


def no_such(what: str) -> NotFound:
    """It is not there."""
    return NotFound(f"There is no such {what} in this timeline.", code=f"no_such_{what}")


def with_clips(timeline: Timeline, changed: Mapping[str, Clip | None], more: Iterable[Spot] = ()) -> Timeline:
    """Clips replaced by their id (None takes them out), and more put on tracks; all stay in order of time."""
    added: dict[int, list[Clip]] = {}
    for spot in more:
        added.setdefault(spot.track, []).append(spot.clip)
    tracks = list(timeline.tracks)
    for place, track in enumerate(tracks):
        if place in added or any(clip.id in changed for clip in track.clips):
            kept = (changed.get(clip.id, clip) for clip in track.clips)
            tracks[place] = _with(track, [*(clip for clip in kept if clip is not None), *added.get(place, [])])
    return replace(timeline, tracks=tuple(tracks))


def _with(track: Track, clips: list[Clip]) -> Track:
    return replace(track, clips=tuple(sorted(clips, key=lambda clip: clip.start)))


def rippled(timeline: Timeline, at: int, by: int, across: Tracks | None, *, besides: Iterable[str] = ()) -> Timeline:
    """All that begins at a frame or later moves by so many: on the tracks named, or, with the markers, on every one not locked.

    Where no track is named, music that plays on over the frame ends where the next piece now begins.
    """
    if by == 0:
        return timeline
    stay = set(besides)
    going = {track.id for track in timeline.tracks if not track.locked} if across is None else set(across)
    for each in across or ():
        track_at(timeline, each)
    tracks = tuple(
        replace(
            track,
            clips=_making_room(
                track, tuple(moved(c, by) if c.start >= at and c.id not in stay else c for c in track.clips), across
            ),
            captions=tuple(moved(c, by) if c.start >= at else c for c in track.captions),
        )
        if track.id in going
        else track
        for track in timeline.tracks
    )
    markers = timeline.markers
    if across is None:
        markers = tuple(moved(m, by) if m.frame >= at else m for m in markers)
    return replace(timeline, tracks=tracks, markers=markers)


def _making_room(track: Track, clips: tuple[Clip, ...], across: Tracks | None) -> tuple[Clip, ...]:
    """Music that a later piece has moved into is cut off there, if something of it is left."""
    if across is not None or track.role != "music":
        return clips
    return tuple(
        tailed(clip, after.start - clip.end, cut=True)
        if after is not None and clip.start < after.start < clip.end
        else clip
        for clip, after in zip(clips, (*clips[1:], None), strict=False)
    )


def without(track: Track, start: int, end: int, names: Names, available: Available) -> tuple[Clip, ...]:
    """The clips of a track with a range cleared: what lies in it goes, what reaches into it is cut."""
    kept: list[Clip] = []
    for clip in track.clips:
        if clip.end <= start or clip.start >= end:
            kept.append(clip)
            continue
        if clip.start < start:
            kept.append(tailed(clip, start - clip.end, cut=True))
        if clip.end > end:
            rest = headed(clip, end - clip.start, available, cut=True)
            kept.append(replace(rest, id=names.new(clip.id)) if clip.start < start else rest)
    return tuple(kept)


def tailed(clip: Clip, by: int, *, cut: bool = False) -> Clip:
    """Its out point `by` frames later; where it is `cut`, the camera's move is cut too and the fade at its end is gone."""
    frames = clip.frames + by
    motion = clip.motion
    if cut and motion is not None:
        motion = part_of(motion, 0.0, max(0, frames) / clip.frames)
    return replace(
        clip,
        frames=frames,
        motion=motion,
        fade_in=max(0, min(clip.fade_in, frames)),
        fade_out=0 if cut else max(0, min(clip.fade_out, frames)),
    )


def headed(clip: Clip, by: int, available: Available, *, cut: bool = False) -> Clip:
    """Its in point `by` frames later; what is seen and heard, and every key, stays where it was in time."""
    frames = clip.frames - by
    motion = clip.motion
    if cut and motion is not None:
        motion = part_of(motion, min(by, clip.frames) / clip.frames, 1.0)
    source, speed = _source(clip, by, available)
    return replace(
        cast("Clip", _earlier(clip, by)),
        start=clip.start + by,
        frames=frames,
        source_in=source,
        speed=speed,
        motion=motion,
        fade_in=0 if cut else max(0, min(clip.fade_in, frames)),
        fade_out=max(0, min(clip.fade_out, frames)),
        transform=_earlier(clip.transform, by),
        colour=_earlier(clip.colour, by),
        effects=tuple(_earlier(effect, by) for effect in clip.effects),
        markers=tuple(moved(marker, -by) for marker in clip.markers if marker.frame >= by),
    )


def parted(clip: Clip, at: int, names: Names, available: Available) -> tuple[Clip, Clip]:
    """A clip cut in two before a frame of the timeline."""
    left, right = tailed(clip, at - clip.end, cut=True), headed(clip, at - clip.start, available, cut=True)
    inside = tuple(marker for marker in clip.markers if marker.frame < at - clip.start)
    return replace(left, markers=inside), replace(right, id=names.new(clip.id))


def _source(clip: Clip, by: int, available: Available) -> tuple[int, Speed | None]:
    """The in point and speed of what is shown from the clip's frame `by` on; at broken speeds to the nearest frame before."""
    if endless(clip, available):
        return clip.source_in, clip.speed
    place = source_at(clip, by)
    if clip.speed is None or clip.speed.ramp is None:
        return floor(place), clip.speed
    gone = floor(place) - clip.source_in
    keys = (Key(key.frame - by, key.value - gone, key.way, key.handles) for key in clip.speed.ramp.keys)
    return clip.source_in + gone, replace(clip.speed, ramp=Curve(tuple(keys)))


def _earlier(held: Any, by: int) -> Any:
    """A look with every curve in it begun `by` frames earlier."""
    if held is None or by == 0:
        return held
    curves = {f.name: getattr(held, f.name) for f in fields(held) if isinstance(getattr(held, f.name), Curve)}
    return replace(held, **{name: shifted(curve, -by) for name, curve in curves.items()}) if curves else held


def covered(clip: Clip) -> Fraction:
    """How many frames of its media a clip goes through."""
    return abs(source_at(clip, clip.frames) - clip.source_in)
