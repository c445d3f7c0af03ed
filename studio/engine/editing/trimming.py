"""Where clips begin and end, and what they show: trim, roll, slip, slide, split and retime."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Literal

from studio.core.errors import Conflict, Invalid
from studio.engine.editing.edits import op
from studio.engine.editing.lanes import Spot, Tracks, covered, headed, rippled, spots, tailed, with_clips
from studio.engine.editing.patch import moved
from studio.engine.editing.placing import NOTHING, cut_at
from studio.engine.timeline.model import Clip, Speed, Timeline
from studio.engine.timeline.reach import Available, endless

Edge = Literal["in", "out"]


@op
def trim(
    timeline: Timeline,
    clip: str,
    edge: Edge,
    by: int,
    ripple: bool = False,
    across: Tracks | None = None,
    alone: bool = False,
    *,
    available: Available = NOTHING,
) -> Timeline:
    """The in or out point of a clip and its group moves `by` frames later; with `ripple` what follows keeps touching it."""
    cut = spots(timeline, [clip], alone=alone)
    end = cut[0].clip.end
    changed: dict[str, Clip | None] = {}
    for spot in cut:
        new = tailed(spot.clip, by) if edge == "out" else headed(spot.clip, by, available)
        _something_left(new)
        changed[new.id] = moved(new, -by) if ripple and edge == "in" else new
    timeline = with_clips(timeline, changed)
    return rippled(timeline, end, by if edge == "out" else -by, across, besides=changed) if ripple else timeline


@op
def roll(timeline: Timeline, clip: str, by: int, alone: bool = False, *, available: Available = NOTHING) -> Timeline:
    """The cut behind a clip moves `by` frames later: it gets longer and the next one shorter. Cuts of its group at the same
    frame go along."""
    rolled = spots(timeline, [clip], alone=alone)
    changed: dict[str, Clip | None] = {}
    for number, spot in enumerate(rolled):
        following = _touching(timeline, spot, spot.clip.end, "start")
        if number and (following is None or spot.clip.end != rolled[0].clip.end):
            continue
        if following is None:
            raise Conflict("No clip touches this one here, so there is no cut to roll.", code="no_cut")
        changed |= {spot.clip.id: tailed(spot.clip, by), following.id: headed(following, by, available)}
    for each in changed.values():
        _something_left(each)
    return with_clips(timeline, changed)


@op
def slip(timeline: Timeline, clip: str, by: int, alone: bool = False, *, available: Available = NOTHING) -> Timeline:
    """A clip and its group show what comes `by` frames later in their media; nothing moves on the tracks."""
    slipped = [spot for spot in spots(timeline, [clip], alone=alone) if not endless(spot.clip, available)]
    if not slipped:
        raise Invalid("This stands still or is drawn, so there is nothing to slip.", field="clip")
    return with_clips(timeline, {s.clip.id: replace(s.clip, source_in=s.clip.source_in + by) for s in slipped})


@op
def slide(timeline: Timeline, clip: str, by: int, alone: bool = False, *, available: Available = NOTHING) -> Timeline:
    """A clip and its group move `by` frames later; the clips that touch them get longer and shorter for it."""
    slid = spots(timeline, [clip], alone=alone)
    changed: dict[str, Clip | None] = {}
    for spot in slid:
        before = _touching(timeline, spot, spot.clip.start, "end")
        after = _touching(timeline, spot, spot.clip.end, "start")
        if before is not None:
            changed[before.id] = tailed(before, by)
        if after is not None:
            changed[after.id] = headed(after, by, available)
    if any(spot.clip.id in changed for spot in slid):
        raise Conflict("Clips of this group touch one another, and cannot slide together.", code="no_room")
    for each in changed.values():
        _something_left(each)
    return with_clips(timeline, changed | {spot.clip.id: moved(spot.clip, by) for spot in slid})


@op
def split(timeline: Timeline, clip: str, at: int, alone: bool = False, *, available: Available = NOTHING) -> Timeline:
    """A clip, and those of its group that lie there, are cut before a frame of the timeline."""
    cut = spots(timeline, [clip], alone=alone)
    if not cut[0].clip.start < at < cut[0].clip.end:
        raise Invalid("A clip is cut between its first and its last frame.", field="at")
    return cut_at(timeline, cut, at, available)


@op
def retime(
    timeline: Timeline,
    clip: str,
    factor: Fraction,
    ripple: bool = True,
    across: Tracks | None = None,
    alone: bool = False,
    keep_pitch: bool = True,
    *,
    available: Available = NOTHING,
) -> Timeline:
    """A clip and its group run `factor` times as fast (backwards below 0, frozen at 0) through what they show now."""
    timed = spots(timeline, [clip], alone=alone)
    if abs(factor) > 100:
        raise Invalid("A clip runs at most 100 times as fast.", field="factor")
    changed: dict[str, Clip | None] = {s.clip.id: _timed(s.clip, factor, keep_pitch, available) for s in timed}
    old, new = timed[0].clip, changed[timed[0].clip.id]
    assert new is not None
    timeline = with_clips(timeline, changed)
    return rippled(timeline, old.end, new.end - old.end, across, besides=changed) if ripple else timeline


def _timed(clip: Clip, factor: Fraction, keep_pitch: bool, available: Available) -> Clip:
    speed = Speed(factor, None, keep_pitch)
    if factor == 0:
        return replace(clip, speed=speed)
    length = covered(clip) or Fraction(clip.frames)
    frames = max(1, round(length / abs(factor)))
    was_back = clip.speed is not None and clip.speed.ramp is None and clip.speed.factor < 0
    source = clip.source_in
    if not endless(clip, available) and was_back != (factor < 0):
        last = max(0, int(length) - 1)
        source = source + last if factor < 0 else max(0, source - last)
    new = tailed(clip, frames - clip.frames)
    return replace(new, source_in=source, speed=None if factor == 1 and keep_pitch else speed)


def _touching(timeline: Timeline, spot: Spot, frame: int, side: Literal["start", "end"]) -> Clip | None:
    """The other clip of the track that begins or ends at a frame."""
    clips = timeline.tracks[spot.track].clips
    return next((c for c in clips if getattr(c, side) == frame and c.id != spot.clip.id), None)


def _something_left(clip: Clip | None) -> None:
    if clip is not None and clip.frames < 1:
        raise Invalid(
            f"Nothing would be left of {clip.name or 'this clip'}. Delete it instead.", field="by", code="nothing_left"
        )
