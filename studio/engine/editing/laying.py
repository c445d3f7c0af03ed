"""Laid down where an editor means it: a file with its sound, a frame that is held, a transition on the nearest cut, a new track."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from fractions import Fraction
from itertools import count, pairwise
from math import floor
from typing import Any

from studio.core.errors import Conflict, Invalid
from studio.engine.editing.edits import op
from studio.engine.editing.lanes import Names, Spot, alike, rippled, spots, track_at, with_clips
from studio.engine.editing.placing import NOTHING, opened, room_for
from studio.engine.editing.tracks import joined
from studio.engine.editing.trimming import trim
from studio.engine.timeline.checks import transition_faults
from studio.engine.timeline.curves import Curve
from studio.engine.timeline.model import Clip, Speed, Timeline, Track, TrackKind, Transition, TransitionKind
from studio.engine.timeline.reach import Available, endless, source_at

_CALLED: dict[TrackKind, str] = {"audio": "Sound", "captions": "Captions", "text": "Titles", "effect": "Effects"}
_CARRIES: dict[TrackKind, str] = {"audio": "sound", "captions": "captions"}


@op
def new_track(timeline: Timeline, kind: TrackKind) -> Timeline:
    """A track comes on top, called after what it carries."""
    return _begun(timeline, kind, Names(timeline))[0]


@op
def lay(
    timeline: Timeline,
    clip: Clip,
    kind: TrackKind,
    track: str | None = "",
    insert: bool = False,
    sound: bool = False,
    *,
    available: Available = NOTHING,
) -> Timeline:
    """A clip lies down where it starts, over what is there, or with `insert` pushing along what follows.

    It comes onto the track named where that is open and carries such a kind, else onto the lowest that is and does: a sound, and
    anything that is laid on no track (None), where nothing lies. A track there is none of comes on top. With `sound`, what is
    heard of it lies on a track for sounds, in one group with it.
    """
    if clip.frames < 1:
        raise Invalid("A clip is one frame long or more.", field="clip.frames")
    names = Names(timeline, (clip.id,))
    clip = replace(clip, id=clip.id or names.new("clip"), group=names.new("group") if sound else clip.group)
    last = clip.start + 1 if insert else clip.end
    timeline, place = _home(timeline, kind, track, names, (clip.start, last))
    coming = [Spot(place, clip)]
    if sound:
        timeline, below = _heard_on(timeline, names, (clip.start, last), insert=insert)
        coming.append(Spot(below, replace(clip, id=names.new(clip.id))))
    if insert:
        for spot in coming:
            timeline = opened(timeline, spot.track, clip.start, available, tuple(spot.clip.id for spot in coming))
        timeline = rippled(timeline, clip.start, clip.frames, None)
    else:
        timeline = room_for(timeline, coming, available)
    return with_clips(timeline, {}, coming)


@op
def freeze(timeline: Timeline, clip: str, at: int, frames: int, *, available: Available = NOTHING) -> Timeline:
    """What a clip shows at a frame of the timeline stands still there for so many frames, and pushes along what follows."""
    spot = spots(timeline, [clip], alone=True)[0]
    shown = spot.clip
    if not shown.start <= at < shown.end or frames < 1:
        raise Invalid("A frame is held where the clip lies, for one frame or more.", field="at")
    if endless(shown, available):
        raise Invalid("This stands still already. Make it longer instead.", field="clip")
    names = Names(timeline)
    still = replace(
        _held(shown, at - shown.start),
        id=names.new(shown.id),
        name=f"{shown.name}, frozen" if shown.name else "Frozen",
        start=at,
        frames=frames,
        source_in=floor(source_at(shown, at - shown.start)),
        speed=Speed(Fraction(0)),
        group="",
        link="",
        markers=(),
    )
    timeline = opened(timeline, spot.track, at, available, (still.id,))
    return with_clips(rippled(timeline, at, frames, None), {}, [Spot(spot.track, still)])


@op
def join(
    timeline: Timeline,
    kind: TransitionKind,
    at: int,
    frames: int,
    track: str = "",
    clips: tuple[str, ...] = (),
    *,
    available: Available = NOTHING,
) -> Timeline:
    """A transition comes on the cut nearest to a frame: of the track named, else of these clips, else of any open picture.

    It takes so many `frames` on each side of the cut, or as many as the clips there have. Where both show their media whole they
    give up what it needs, a third of each at most, and what follows moves up.
    """
    if frames < 1:
        raise Invalid("A transition lasts one frame or more on each side.", field="frames")
    cuts = [*_cuts(timeline, track, spots(timeline, clips, alone=True) if clips else [])]
    if not cuts:
        raise Conflict("There is no cut here: two clips have to touch.", code="no_cut")
    place, before, after = min(cuts, key=lambda cut: abs(cut[2].start - at))
    each = min(frames, before.frames, after.frames)
    asked = Transition(Names(timeline).new(kind), kind, after.start, each, each)
    made = joined(timeline, place, asked, available, shorter=True)
    if not any(transition_faults(made.tracks[place], "", available)):
        return made
    give = max(1, min(frames, before.frames // 3, after.frames // 3))
    less = trim(timeline, before.id, "out", -give, ripple=True, available=available).timeline
    less = trim(less, after.id, "in", give, ripple=True, available=available).timeline
    return joined(less, place, replace(asked, at=before.end - give, before=give, after=give), available)


def _cuts(timeline: Timeline, track: str, beside: list[Spot]) -> Iterator[tuple[int, Clip, Clip]]:
    """Where two clips touch: the place of their track, and both."""
    named, near = track_at(timeline, track) if track else None, {spot.clip.id for spot in beside}
    lanes = {spot.track for spot in beside}
    for place, each in enumerate(timeline.tracks):
        open_picture = each.kind in ("video", "image") and not each.locked
        if place == named if named is not None else place in lanes if near else open_picture:
            for before, after in pairwise(each.clips):
                chosen = named is not None or not near or before.id in near or after.id in near
                if before.end == after.start and chosen:
                    yield place, before, after


def _home(
    timeline: Timeline, kind: TrackKind, track: str | None, names: Names, over: tuple[int, int]
) -> tuple[Timeline, int]:
    """The place of the track something comes onto; where there is none, a new one."""
    fits = [place for place, each in enumerate(timeline.tracks) if not each.locked and alike(each.kind, kind)]
    named = [place for place in fits if timeline.tracks[place].id == track]
    if not named and (kind == "audio" or track is None):
        fits = [place for place in fits if not _lying(timeline.tracks[place], over)]
    found = next(iter(named or fits), None)
    return (timeline, found) if found is not None else _begun(timeline, kind, names)


def _heard_on(timeline: Timeline, names: Names, over: tuple[int, int], *, insert: bool) -> tuple[Timeline, int]:
    """The place of a track for the sound of a picture: what it lies over there is the sound of other pictures."""
    for place, track in enumerate(timeline.tracks):
        sounds = track.kind == "audio" and track.role == "sound" and not track.locked
        if sounds and (insert or all(clip.group for clip in _lying(track, over))):
            return timeline, place
    return _begun(timeline, "audio", names)


def _lying(track: Track, over: tuple[int, int]) -> list[Clip]:
    return [clip for clip in track.clips if clip.start < over[1] and clip.end > over[0]]


def _begun(timeline: Timeline, kind: TrackKind, names: Names) -> tuple[Timeline, int]:
    name, taken = _CALLED.get(kind, "Picture"), {track.name for track in timeline.tracks}
    free = next(each for n in count(1) if (each := name if n == 1 else f"{name} {n}") not in taken)
    track = Track(names.new("track"), kind, free, _CARRIES.get(kind, "picture"))
    return replace(timeline, tracks=(*timeline.tracks, track)), len(timeline.tracks)


def _held(clip: Clip, frame: int) -> Clip:
    """A clip with everything in it that moves standing where it is at one of its frames, and without fades and camera move."""
    still = {name: _standing(getattr(clip, name), frame) for name in ("transform", "colour")}
    effects = tuple(_standing(effect, frame) for effect in clip.effects)
    return replace(_standing(clip, frame), **still, effects=effects, fade_in=0, fade_out=0, motion=None)


def _standing(held: Any, frame: int) -> Any:
    if held is None:
        return None
    curves = {f.name: getattr(held, f.name) for f in fields(held) if isinstance(getattr(held, f.name), Curve)}
    return replace(held, **{name: curve.at(frame) for name, curve in curves.items()}) if curves else held
