"""Clips come, go and move: insert, overwrite, lift, ripple delete, the same of a range, and moves across tracks."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from studio.core.errors import Invalid
from studio.engine.editing.edits import op
from studio.engine.editing.lanes import (
    Names,
    Spot,
    Tracks,
    alike,
    parted,
    rippled,
    spots,
    track_at,
    with_clips,
    without,
)
from studio.engine.editing.patch import moved
from studio.engine.timeline.model import Clip, Timeline
from studio.engine.timeline.reach import Available

NOTHING: Available = {}


@op
def insert(
    timeline: Timeline,
    track: str,
    at: int,
    clips: tuple[Clip, ...],
    across: Tracks | None = None,
    *,
    available: Available = NOTHING,
) -> Timeline:
    """Clips come in at a frame and push along what follows; a clip lying across that frame is cut, with its group."""
    place = track_at(timeline, track)
    coming, length = _laid_at(clips, at)
    across = across if across is None else tuple(dict.fromkeys((track, *across)))
    timeline = opened(timeline, place, at, available, taken=tuple(clip.id for clip in coming))
    timeline = rippled(timeline, at, length, across)
    return with_clips(timeline, {}, [Spot(place, clip) for clip in coming])


@op
def overwrite(
    timeline: Timeline, track: str, at: int, clips: tuple[Clip, ...], *, available: Available = NOTHING
) -> Timeline:
    """Clips lie down over what is there; nothing else moves."""
    place = track_at(timeline, track)
    coming, _ = _laid_at(clips, at)
    timeline = room_for(timeline, [Spot(place, clip) for clip in coming], available)
    return with_clips(timeline, {}, [Spot(place, clip) for clip in coming])


@op
def lift(timeline: Timeline, clips: tuple[str, ...], alone: bool = False) -> Timeline:
    """Clips are taken out with their groups and leave a gap."""
    return with_clips(timeline, {spot.clip.id: None for spot in spots(timeline, clips, alone=alone)})


@op
def ripple_delete(
    timeline: Timeline, clips: tuple[str, ...], across: Tracks | None = None, alone: bool = False
) -> Timeline:
    """Clips are taken out with their groups, and what follows each of those named closes up."""
    gone = spots(timeline, clips, alone=alone)
    named = sorted((spot.clip.start, spot.clip.end) for spot in gone[: len(set(clips))])
    timeline = with_clips(timeline, {spot.clip.id: None for spot in gone})
    for start, end in reversed(_merged(named)):
        timeline = rippled(timeline, end, start - end, across)
    return timeline


@op
def lift_range(
    timeline: Timeline, start: int, end: int, tracks: Tracks | None = None, *, available: Available = NOTHING
) -> Timeline:
    """A range of the tracks (all that are not locked) is emptied; clips that reach into it are cut."""
    return _range_cleared(timeline, start, end, tracks, available)


@op
def extract(
    timeline: Timeline, start: int, end: int, tracks: Tracks | None = None, *, available: Available = NOTHING
) -> Timeline:
    """A range of the tracks (all that are not locked) is cut out, and what follows closes up."""
    timeline = _range_cleared(timeline, start, end, tracks, available)
    return rippled(timeline, end, start - end, tracks)


@op
def close_gap(timeline: Timeline, track: str, at: int, across: Tracks | None = None) -> Timeline:
    """Where nothing lies on a track at a frame, all that follows comes earlier until it touches what is in front of it."""
    clips = timeline.tracks[track_at(timeline, track)].clips
    start = max((clip.end for clip in clips if clip.start <= at), default=0)
    after = next((clip for clip in clips if clip.start > at), None)
    if start > at or after is None:
        raise Invalid("There is no gap here that could close.", field="at", code="no_gap")
    return rippled(timeline, after.start, start - after.start, across)


@op
def move(
    timeline: Timeline,
    clips: tuple[str, ...],
    by: int,
    track: str = "",
    over: bool = False,
    alone: bool = False,
    tracks: int = 0,
    *,
    available: Available = NOTHING,
) -> Timeline:
    """Clips move by so many frames with their groups, those named to another track; `over` clears what lies there.

    With `tracks` all that lie on tracks like that of the first one named go as many of those up, or down below 0: as far as all
    of them can.
    """
    going = spots(timeline, clips, alone=alone)
    named = len(set(clips))
    place = track_at(timeline, track) if track else None
    lanes = _higher(timeline, going, tracks)
    there = [
        Spot(lanes.get(spot.track, spot.track) if place is None or number >= named else place, moved(spot.clip, by))
        for number, spot in enumerate(going)
    ]
    timeline = with_clips(timeline, {spot.clip.id: None for spot in going})
    if over:
        timeline = room_for(timeline, there, available)
    return with_clips(timeline, {}, there)


def _higher(timeline: Timeline, going: list[Spot], by: int) -> dict[int, int]:
    """The tracks clips come to that all go so many up, by those they lie on, as far as there are tracks."""
    kind = timeline.tracks[going[0].track].kind
    like = [place for place, track in enumerate(timeline.tracks) if alike(track.kind, kind)]
    held = [like.index(spot.track) for spot in going if spot.track in like]
    by = max(-min(held), min(len(like) - 1 - max(held), by))
    return {like[place]: like[place + by] for place in held}


def opened(timeline: Timeline, place: int, at: int, available: Available, taken: Tracks = ()) -> Timeline:
    """The timeline with the clip of a track that lies across a frame cut there, with its group."""
    over = next((clip for clip in timeline.tracks[place].clips if clip.start < at < clip.end), None)
    return timeline if over is None else cut_at(timeline, spots(timeline, [over.id]), at, available, taken)


def cut_at(timeline: Timeline, cut: list[Spot], at: int, available: Available, taken: Tracks = ()) -> Timeline:
    """Those of the clips that lie across a frame are cut there; the second halves of a group are a group of their own."""
    names, groups = Names(timeline, taken), dict[str, str]()
    changed: dict[str, Clip | None] = {}
    more: list[Spot] = []
    for spot in cut:
        if spot.clip.start < at < spot.clip.end:
            left, right = parted(spot.clip, at, names, available)
            if right.group:
                group = groups.setdefault(right.group, "") or names.new(right.group)
                groups[right.group] = group
                right = replace(right, group=group)
            changed[spot.clip.id] = left
            more.append(Spot(spot.track, right))
    return with_clips(timeline, changed, more)


def _laid_at(clips: tuple[Clip, ...], at: int) -> tuple[list[Clip], int]:
    """Clips with the first of them at a frame, and how long they are together. Raises: Invalid."""
    if not clips:
        raise Invalid("There is nothing to put there.", field="clips")
    first = min(clip.start for clip in clips)
    return [moved(clip, at - first) for clip in clips], max(clip.end for clip in clips) - first


def room_for(timeline: Timeline, coming: list[Spot], available: Available) -> Timeline:
    """The timeline with room for clips that come."""
    names = Names(timeline, taken=(spot.clip.id for spot in coming))
    tracks = list(timeline.tracks)
    for spot in coming:
        track = tracks[spot.track]
        kept = without(track, spot.clip.start, spot.clip.end, names, available)
        tracks[spot.track] = replace(track, clips=kept)
    return replace(timeline, tracks=tuple(tracks))


def _range_cleared(timeline: Timeline, start: int, end: int, tracks: Tracks | None, available: Available) -> Timeline:
    if not 0 <= start < end:
        raise Invalid("A range ends after it begins.", field="end")
    chosen = {track.id for track in timeline.tracks if not track.locked} if tracks is None else set(tracks)
    for each in tracks or ():
        track_at(timeline, each)
    names = Names(timeline)
    return replace(
        timeline,
        tracks=tuple(
            replace(
                track,
                clips=without(track, start, end, names, available),
                captions=tuple(c for c in track.captions if c.end <= start or c.start >= end),
            )
            if track.id in chosen
            else track
            for track in timeline.tracks
        ),
    )


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order of time, those that touch as one."""
    out = ranges[:1]
    for _, (start, end) in pairwise(ranges):
        if start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
