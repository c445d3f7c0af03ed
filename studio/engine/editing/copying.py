"""Copy and paste: a range of the timeline as a timeline of its own, and laid down elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from studio.core.errors import Invalid
from studio.engine.editing.edits import op
from studio.engine.editing.lanes import Names, Spot, Tracks, alike, rippled, spots, track_at, with_clips, without
from studio.engine.editing.patch import moved
from studio.engine.editing.placing import NOTHING, opened, room_for
from studio.engine.timeline.model import Timeline, Track
from studio.engine.timeline.reach import Available


def excerpt(
    timeline: Timeline, start: int, end: int, tracks: Tracks | None = None, *, available: Available = NOTHING
) -> Timeline:
    """What the tracks (all, or those named) hold between two frames, as a timeline that begins at 0.

    Raises:
        Invalid: the range ends before it begins.
        NotFound: there is no such track.
    """
    if not 0 <= start < end:
        raise Invalid("A range ends after it begins.", field="end")
    for each in tracks or ():
        track_at(timeline, each)
    names = Names(timeline)
    chosen = (track for track in timeline.tracks if tracks is None or track.id in tracks)
    markers = (m for m in timeline.markers if start <= m.frame < end)
    return replace(
        timeline,
        tracks=tuple(_between(track, start, end, names, available) for track in chosen),
        markers=tuple(moved(m, -start) for m in markers),
    )


def _between(track: Track, start: int, end: int, names: Names, available: Available) -> Track:
    last = max((clip.end for clip in track.clips), default=0)
    kept = replace(track, clips=without(track, min(0, start), start, names, available) if start else track.clips)
    clips = without(kept, end, max(last, end) + 1, names, available)
    return replace(
        track,
        clips=tuple(moved(clip, -start) for clip in clips),
        captions=tuple(moved(c, -start) for c in track.captions if start <= c.start and c.end <= end),
        transitions=tuple(moved(t, -start) for t in track.transitions if start <= t.start and t.end <= end),
    )


@op
def paste(
    timeline: Timeline, piece: Timeline, at: int, ripple: bool = False, *, available: Available = NOTHING
) -> Timeline:
    """What was copied lies down at a frame, on the tracks it came from: over what is there, or pushing along what follows.

    What came from a track that is gone or locked comes onto another that carries such a kind, else onto a new one.
    """
    return _pasted(timeline, piece.tracks, at, ripple=ripple, available=available)


@op
def duplicate(
    timeline: Timeline, clips: tuple[str, ...], alone: bool = False, *, available: Available = NOTHING
) -> Timeline:
    """Clips come once more with their groups, behind the last of them, and push along what follows."""
    going = spots(timeline, clips, alone=alone)
    first, end = min(spot.clip.start for spot in going), max(spot.clip.end for spot in going)
    tracks = [
        replace(
            track,
            clips=tuple(moved(spot.clip, -first) for spot in going if spot.track == place),
            captions=(),
            transitions=(),
        )
        for place, track in enumerate(timeline.tracks)
    ]
    return _pasted(timeline, tracks, end, ripple=True, available=available)


def _pasted(timeline: Timeline, tracks: Iterable[Track], at: int, *, ripple: bool, available: Available) -> Timeline:
    held = [track for track in tracks if track.clips or track.captions]
    length = max((c.end for t in held for c in (*t.clips, *t.captions)), default=0)
    if not length:
        raise Invalid("There is nothing to paste.", field="piece")
    timeline, homes = _homes(timeline, held)
    coming = _named_anew(timeline, held, at)
    spots = [Spot(place, clip) for place, track in zip(homes, coming, strict=True) for clip in track.clips]
    if ripple:
        for place in {spot.track for spot in spots}:
            timeline = opened(timeline, place, at, available)
        timeline = rippled(timeline, at, length, None)
    else:
        timeline = room_for(timeline, spots, available)
    timeline = with_clips(timeline, {}, spots)
    tracks = list(timeline.tracks)
    for place, new in zip(homes, coming, strict=True):
        old = tracks[place]
        kept = [c for c in old.captions if all(c.end <= n.start or c.start >= n.end for n in new.captions)]
        captions = tuple(sorted([*kept, *new.captions], key=lambda caption: caption.start))
        tracks[place] = replace(old, captions=captions)
    return replace(timeline, tracks=tuple(tracks))


def _homes(timeline: Timeline, held: Sequence[Track]) -> tuple[Timeline, list[int]]:
    """The place each track of a piece comes onto: its own, else another of its kind that is open, else a new one."""
    places = {track.id: place for place, track in enumerate(timeline.tracks) if not track.locked}
    own = {places[track.id] for track in held if track.id in places}
    free = [place for place in places.values() if place not in own]
    tracks, names, homes = list(timeline.tracks), Names(timeline), list[int]()
    for track in held:
        if (home := places.get(track.id)) is None:
            home = next((place for place in free if alike(tracks[place].kind, track.kind)), len(tracks))
            if home in free:
                free.remove(home)
            else:
                tracks.append(
                    replace(track, id=names.new(track.id), clips=(), captions=(), transitions=(), locked=False)
                )
        homes.append(home)
    return replace(timeline, tracks=tuple(tracks)), homes


def _named_anew(timeline: Timeline, held: Sequence[Track], at: int) -> list[Track]:
    """Tracks of a piece as they are to lie, everything on them called by new names."""
    names, groups = Names(timeline), dict[str, str]()
    out: list[Track] = []
    for track in held:
        clips = [replace(moved(clip, at), id=names.new(clip.id)) for clip in track.clips]
        for place, clip in enumerate(clips):
            if clip.group:
                if clip.group not in groups:
                    groups[clip.group] = names.new(clip.group)
                clips[place] = replace(clip, group=groups[clip.group])
        captions = tuple(moved(caption, at) for caption in track.captions)
        out.append(replace(track, clips=tuple(clips), captions=captions, transitions=()))
    return out
