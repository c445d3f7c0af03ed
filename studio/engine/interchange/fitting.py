"""What other programs allow and a timeline of ours does not, made to fit: fades where a transition has one clip, clips that end
where the next begins, what is nested at the rate of what it lies in. What gives way is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from math import floor
from typing import Any, TypeVar, cast

from studio.engine.interchange.formats import Loss, Read
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Clip, Curve, Marker, Speed, Timeline, Track, Transition
from studio.engine.timeline.checks import faults, marker_faults
from studio.engine.timeline.looks import Nested

T = TypeVar("T")
Losses = list[Loss]

_ROUNDS = 20
_PLACE = re.compile(r"tracks\[(\d+)\]\.(clips|captions|transitions)\[(\d+)\]")


def fitted(found: Read) -> Read:
    """A file as it was read, with a timeline that can be as far as it can be made one."""
    if not faults(found.timeline):
        return found
    told: Losses = []
    timeline = _without_faults(_timeline(found.timeline, told), told)
    return replace(found, timeline=timeline, losses=(*found.losses, *told))


def _timeline(timeline: Timeline, told: Losses) -> Timeline:
    tracks = tuple(_track(track, timeline.rate, told) for track in timeline.tracks)
    return replace(timeline, tracks=tracks, markers=_markers(timeline.markers, "The timeline", told))


def _track(track: Track, rate: Rate, told: Losses) -> Track:
    found = (_clip(clip, rate, told) for clip in sorted(track.clips, key=lambda clip: clip.start))
    clips = _one_after_another([clip for clip in found if clip is not None], told)
    starts, ends = {clip.start: n for n, clip in enumerate(clips)}, {clip.end: n for n, clip in enumerate(clips)}
    transitions: list[Transition] = []
    for each in sorted(track.transitions, key=lambda each: each.at):
        beside = [at[each.at] for at in (ends, starts) if each.at in at]
        if len(beside) == 2:
            free = transitions[-1].end if transitions else 0
            made = _shortened(each, clips[beside[0]], clips[beside[1]], free)
            if made is not None:
                transitions.append(made)
                continue
        elif beside:
            clips[beside[0]] = _faded(clips[beside[0]], each, told)
            continue
        told.append(Loss(f"Transition at frame {each.at}", "there is no cut for it, or no room"))
    return replace(track, clips=tuple(clips), transitions=tuple(transitions))


def _clip(clip: Clip, rate: Rate, told: Losses) -> Clip | None:
    name = f"Clip '{clip.name}'"
    clip = replace(clip, markers=_markers(clip.markers, name, told))
    if not isinstance(clip.made, Nested):
        return clip
    inner = _timeline(_at_rate(clip.made.timeline, rate), told)
    room = inner.frames - clip.source_in
    if clip.speed is None and room < clip.frames:
        if room < 1:
            told.append(Loss(name, "the timeline in it is over before it begins"))
            return None
        told.append(Loss(name, f"the timeline in it ends {clip.frames - room} frames earlier, and so does the clip"))
        clip = _cut(clip, room)
    return replace(clip, made=Nested(inner))


def _one_after_another(clips: Sequence[Clip], told: Losses) -> list[Clip]:
    """Clips in order of start, each of which ends where the next begins at the latest."""
    out: list[Clip] = []
    for clip, after in zip(clips, [*clips[1:], None], strict=False):
        if after is None or clip.end <= after.start:
            out.append(clip)
            continue
        told.append(Loss(f"Clip '{clip.name}'", "it ends where the next on its track begins"))
        if after.start > clip.start:
            out.append(_cut(clip, after.start - clip.start))
    return out


def _cut(clip: Clip, frames: int) -> Clip:
    return replace(
        clip,
        frames=frames,
        fade_in=min(clip.fade_in, frames),
        fade_out=min(clip.fade_out, max(0, frames - clip.fade_in)),
    )


def _faded(clip: Clip, each: Transition, told: Losses) -> Clip:
    """A transition with a clip on one side only is a fade."""
    if each.kind != "dissolve":
        told.append(Loss(f"Transition at frame {each.at}", "it has a clip on one side only and came as a fade"))
    if clip.start == each.at:
        return replace(clip, fade_in=min(each.after or each.before, clip.frames))
    return replace(clip, fade_out=min(each.before or each.after, clip.frames))


def _shortened(each: Transition, before: Clip, after: Clip, free: int) -> Transition | None:
    """A transition that is no longer than its clips and begins where another has ended; None where nothing of it is left."""
    lead = min(each.before, before.frames, each.at - free)
    made = replace(each, before=max(0, lead), after=max(0, min(each.after, after.frames)))
    return made if made.before + made.after else None


def _markers(markers: Sequence[Marker], where: str, told: Losses) -> tuple[Marker, ...]:
    kept = tuple(each for each in markers if not any(marker_faults((each,), "")))
    if len(kept) < len(markers):
        told.append(Loss(where, "markers before its first frame, or that cannot be, were not brought in"))
    return kept


def _without_faults(timeline: Timeline, told: Losses) -> Timeline:
    """The timeline without the clips, captions and transitions that still cannot be; what is wrong elsewhere stays."""
    for _ in range(_ROUNDS):
        gone: dict[tuple[str, ...], str] = {}
        for fault in faults(timeline):
            if match := _PLACE.match(fault.place):
                gone.setdefault(match.groups(), fault.sentence)
        if not gone:
            break
        timeline = _without(timeline, gone, told)
    return timeline


def _without(timeline: Timeline, gone: dict[tuple[str, ...], str], told: Losses) -> Timeline:
    def left(items: tuple[T, ...], *place: str) -> tuple[T, ...]:
        out: list[T] = []
        for number, item in enumerate(items):
            said = gone.get((*place, str(number)))
            if said is None:
                out.append(item)
                continue
            named = f" '{item.name}'" if isinstance(item, Clip) else ""
            told.append(Loss(f"{type(item).__name__}{named}", f"it was not brought in: {said.rstrip('.')}"))
        return tuple(out)

    tracks = tuple(
        replace(
            track,
            clips=left(track.clips, str(number), "clips"),
            captions=left(track.captions, str(number), "captions"),
            transitions=left(track.transitions, str(number), "transitions"),
        )
        for number, track in enumerate(timeline.tracks)
    )
    return replace(timeline, tracks=tracks)


def _at_rate(timeline: Timeline, rate: Rate) -> Timeline:
    """The timeline at another rate, each edge on the frame that is nearest."""
    if timeline.rate == rate:
        return timeline
    by = rate.fps / timeline.rate.fps

    def frame(at: int) -> int:
        return floor(at * by + Fraction(1, 2))

    def span(each: Any) -> dict[str, int]:
        return {"start": frame(each.start), "frames": max(1, frame(each.start + each.frames) - frame(each.start))}

    def clip(each: Clip) -> Clip:
        marks = tuple(replace(m, frame=frame(m.frame), frames=frame(m.frames)) for m in each.markers)
        moved = _rekeyed(replace(each, speed=None), by)
        speed = _respeeded(each.speed, by)
        fades = {"fade_in": frame(each.fade_in), "fade_out": frame(each.fade_out)}
        return replace(moved, **span(each), **fades, source_in=frame(each.source_in), markers=marks, speed=speed)

    def track(each: Track) -> Track:
        captions: tuple[Caption, ...] = tuple(replace(c, **span(c)) for c in each.captions)
        cuts = tuple(replace(t, at=frame(t.at), before=frame(t.before), after=frame(t.after)) for t in each.transitions)
        return replace(each, clips=tuple(clip(c) for c in each.clips), captions=captions, transitions=cuts)

    return replace(
        timeline,
        rate=rate,
        tracks=tuple(track(each) for each in timeline.tracks),
        markers=tuple(replace(m, frame=frame(m.frame), frames=frame(m.frames)) for m in timeline.markers),
        first_frame=frame(timeline.first_frame),
    )


def _respeeded(speed: Speed | None, by: Fraction) -> Speed | None:
    """A factor is one of times and stays; the values of a ramp are frames of the media, as its keys are of the clip."""
    if speed is None or speed.ramp is None:
        return speed
    ramp = _rekeyed(speed.ramp, by)
    return replace(speed, ramp=Curve(tuple(replace(key, value=key.value * float(by)) for key in ramp.keys)))


def _rekeyed(held: T, by: Fraction) -> T:
    """Anything with all keys of its curves moved to the frames of another rate; a timeline in it stays as it is."""
    if isinstance(held, Curve):
        keys = {floor(key.frame * by + Fraction(1, 2)): key for key in held.keys}
        return cast("T", Curve(tuple(replace(key, frame=at) for at, key in keys.items())))
    if isinstance(held, tuple):
        return cast("T", tuple(_rekeyed(each, by) for each in cast("tuple[Any, ...]", held)))
    if not is_dataclass(held) or isinstance(held, type | Timeline | Marker):
        return held
    return replace(held, **{f.name: _rekeyed(getattr(held, f.name), by) for f in fields(held)})
