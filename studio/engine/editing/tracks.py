"""Tracks, transitions, markers, groups and the timeline as a whole: added, taken away, moved and set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from studio.core.errors import Conflict, Invalid
from studio.engine.editing.edits import op
from studio.engine.editing.lanes import Names, no_such, spots, track_at, with_clips
from studio.engine.editing.placing import NOTHING
from studio.engine.timeline.checks import transition_faults
from studio.engine.timeline.model import Clip, Marker, Timeline, Track, Transition
from studio.engine.timeline.plain import PartOf
from studio.engine.timeline.reach import Available

TrackFields = Annotated[Mapping[str, Any], PartOf(Track, without=("id", "kind", "clips", "captions", "transitions"))]
TransitionFields = Annotated[Mapping[str, Any], PartOf(Transition, without=("id", "at"))]
MarkerFields = Annotated[Mapping[str, Any], PartOf(Marker)]
TimelineFields = Annotated[Mapping[str, Any], PartOf(Timeline, without=("rate", "tracks", "markers"))]


@op
def set_timeline(timeline: Timeline, fields: TimelineFields) -> Timeline:
    """Name, size, background and timecode are set; the rate never is, for every time is told in it."""
    return replace(timeline, **fields)


@op
def add_track(timeline: Timeline, track: Track, at: int | None = None, *, available: Available = NOTHING) -> Timeline:
    """A track comes at a place (0 is the lowest), or on top."""
    place = len(timeline.tracks) if at is None else _place(at, len(timeline.tracks))
    return replace(timeline, tracks=(*timeline.tracks[:place], track, *timeline.tracks[place:]))


@op
def remove_track(timeline: Timeline, track: str) -> Timeline:
    """A track goes with all that is on it."""
    place = track_at(timeline, track)
    return replace(timeline, tracks=(*timeline.tracks[:place], *timeline.tracks[place + 1 :]))


@op
def move_track(timeline: Timeline, track: str, to: int) -> Timeline:
    """A track goes to another place among the tracks."""
    place = track_at(timeline, track)
    others = [*timeline.tracks[:place], *timeline.tracks[place + 1 :]]
    others.insert(_place(to, len(others)), timeline.tracks[place])
    return replace(timeline, tracks=tuple(others))


@op
def set_track(timeline: Timeline, track: str, fields: TrackFields) -> Timeline:
    """Fields of a track are set: name, role, locked, muted, loudness and so on."""
    place = track_at(timeline, track)
    return _with_track(timeline, place, replace(timeline.tracks[place], **fields))


@op
def add_transition(
    timeline: Timeline, track: str, transition: Transition, *, available: Available = NOTHING
) -> Timeline:
    """A transition comes onto a cut; one that is there gives way. Where a clip has no more media on one side of the cut, as many
    of its frames lie on the other side."""
    return joined(timeline, track_at(timeline, track), transition, available)


@op
def set_transition(
    timeline: Timeline, transition: str, fields: TransitionFields, *, available: Available = NOTHING
) -> Timeline:
    """Kind, lengths or colour of a transition are set."""
    place, found = _transition(timeline, transition)
    others = [each for each in timeline.tracks[place].transitions if each is not found]
    return _with_transitions(timeline, place, [*others, replace(found, **fields)])


@op
def remove_transition(timeline: Timeline, transition: str) -> Timeline:
    """A transition becomes a hard cut."""
    place, found = _transition(timeline, transition)
    return _with_transitions(timeline, place, [t for t in timeline.tracks[place].transitions if t is not found])


@op
def add_marker(timeline: Timeline, marker: Marker) -> Timeline:
    """A marker comes."""
    return _with_markers(timeline, [*timeline.markers, marker])


@op
def set_marker(timeline: Timeline, marker: int, fields: MarkerFields) -> Timeline:
    """The marker of this number among the timeline's moves, is named anew or gets another length or colour."""
    markers = _markers(timeline, marker)
    return _with_markers(timeline, [*markers[:marker], replace(markers[marker], **fields), *markers[marker + 1 :]])


@op
def remove_marker(timeline: Timeline, marker: int) -> Timeline:
    """The marker of this number goes."""
    markers = _markers(timeline, marker)
    return _with_markers(timeline, [*markers[:marker], *markers[marker + 1 :]])


@op
def group(timeline: Timeline, clips: tuple[str, ...]) -> Timeline:
    """Clips, and those they are grouped with, become one group: they move, are trimmed and split together."""
    together = spots(timeline, clips)
    if len(together) < 2:
        raise Invalid("A group is made of two clips or more.", field="clips")
    name = Names(timeline).new("group")
    return with_clips(timeline, {spot.clip.id: replace(spot.clip, group=name) for spot in together})


@op
def ungroup(timeline: Timeline, clips: tuple[str, ...]) -> Timeline:
    """The groups of these clips come apart."""
    changed: dict[str, Clip | None] = {s.clip.id: replace(s.clip, group="") for s in spots(timeline, clips)}
    return with_clips(timeline, changed)


def _place(at: int, last: int) -> int:
    if not 0 <= at <= last:
        raise Invalid(f"Tracks are counted from 0, here up to {last}.", field="at")
    return at


def _with_track(timeline: Timeline, place: int, track: Track) -> Timeline:
    return replace(timeline, tracks=(*timeline.tracks[:place], track, *timeline.tracks[place + 1 :]))


def _transition(timeline: Timeline, transition: str) -> tuple[int, Transition]:
    for place, track in enumerate(timeline.tracks):
        for each in track.transitions:
            if each.id == transition:
                return place, each
    raise no_such("transition")


def joined(
    timeline: Timeline, place: int, asked: Transition, available: Available, *, shorter: bool = False
) -> Timeline:
    """A transition on a cut of a track, in place of one that is there: where both clips have media for it, and with `shorter` a
    half, a quarter and so on of it where they have no more."""
    track = timeline.tracks[place]
    others = [each for each in track.transitions if each.at != asked.at]
    wanted = [asked]
    while shorter and wanted[-1].before + wanted[-1].after > 1:
        less = wanted[-1]
        wanted.append(replace(less, before=less.before // 2, after=max(1, less.after // 2)))
    found = (_with_media(track, each, available) for each in wanted)
    return _with_transitions(timeline, place, [*others, next((each for each in found if each is not None), asked)])


def _with_media(track: Track, asked: Transition, available: Available) -> Transition | None:
    """It as it was asked for or, as near to that as may be, where both clips have media for it; None where there is nowhere."""
    shifts = sorted(range(-asked.after, asked.before + 1), key=abs)
    moved = (replace(asked, before=asked.before - shift, after=asked.after + shift) for shift in shifts)
    alone = (each for each in moved if not any(transition_faults(replace(track, transitions=(each,)), "", available)))
    return next(alone, None)


def _with_transitions(timeline: Timeline, place: int, transitions: list[Transition]) -> Timeline:
    track = timeline.tracks[place]
    cuts = {clip.end for clip in track.clips} & {clip.start for clip in track.clips}
    if any(each.at not in cuts for each in transitions):
        raise Conflict("A transition lies on a cut between two clips that touch. Close the gap first.", code="no_cut")
    ordered = tuple(sorted(transitions, key=lambda each: each.at))
    return _with_track(timeline, place, replace(track, transitions=ordered))


def _markers(timeline: Timeline, number: int) -> tuple[Marker, ...]:
    if not 0 <= number < len(timeline.markers):
        raise no_such("marker")
    return timeline.markers


def _with_markers(timeline: Timeline, markers: list[Marker]) -> Timeline:
    return replace(timeline, markers=tuple(sorted(markers, key=lambda marker: marker.frame)))
