"""Captions on a track, each called by the frame it begins at: added, set, split, merged, taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from studio.core.errors import Conflict, Invalid
from studio.engine.editing.edits import op
from studio.engine.editing.lanes import no_such, track_at
from studio.engine.timeline.model import Caption, Timeline
from studio.engine.timeline.plain import PartOf

CaptionFields = Annotated[Mapping[str, Any], PartOf(Caption)]


@op
def add_caption(timeline: Timeline, track: str, caption: Caption) -> Timeline:
    """A caption comes where no other is."""
    place = track_at(timeline, track)
    return _with(timeline, place, [*timeline.tracks[place].captions, caption])


@op
def set_caption(timeline: Timeline, track: str, start: int, fields: CaptionFields) -> Timeline:
    """Words, speaker or times of a caption are set."""
    place, number = _found(timeline, track, start)
    captions = list(timeline.tracks[place].captions)
    captions[number] = replace(captions[number], **fields)
    return _with(timeline, place, captions)


@op
def remove_caption(timeline: Timeline, track: str, start: int) -> Timeline:
    """A caption goes."""
    place, number = _found(timeline, track, start)
    captions = list(timeline.tracks[place].captions)
    return _with(timeline, place, captions[:number] + captions[number + 1 :])


@op
def split_caption(timeline: Timeline, track: str, start: int, letter: int, at: int | None = None) -> Timeline:
    """A caption becomes two: its first letters, then the rest from frame `at` on, or by how many letters each has."""
    place, number = _found(timeline, track, start)
    captions = list(timeline.tracks[place].captions)
    old = captions[number]
    first, second = old.text[:letter].rstrip(), old.text[letter:].lstrip()
    if letter < 1 or not first or not second:
        raise Invalid("Each half of a caption needs words.", field="letter")
    cut = old.start + max(1, round(old.frames * letter / len(old.text))) if at is None else at
    if at is None:
        cut = min(cut, old.end - 1)
    if not old.start < cut < old.end:
        raise Invalid("A caption is cut between its first and its last frame.", field="at")
    halves = [
        replace(old, frames=cut - old.start, text=first),
        replace(old, start=cut, frames=old.end - cut, text=second),
    ]
    return _with(timeline, place, captions[:number] + halves + captions[number + 1 :])


@op
def merge_captions(timeline: Timeline, track: str, start: int) -> Timeline:
    """A caption takes in the one after it, and the time between them."""
    place, number = _found(timeline, track, start)
    captions = list(timeline.tracks[place].captions)
    if number + 1 >= len(captions):
        raise Conflict("There is no caption after this one.", code="no_such_caption")
    one, two = captions[number], captions[number + 1]
    if one.speaker != two.speaker:
        raise Conflict(
            f"{one.speaker or 'Nobody'} says the one and {two.speaker or 'nobody'} the other.", code="two_speakers"
        )
    merged = replace(one, frames=two.end - one.start, text=f"{one.text}\n{two.text}")
    return _with(timeline, place, [*captions[:number], merged, *captions[number + 2 :]])


def _found(timeline: Timeline, track: str, start: int) -> tuple[int, int]:
    place = track_at(timeline, track)
    for number, caption in enumerate(timeline.tracks[place].captions):
        if caption.start == start:
            return place, number
    raise no_such("caption")


def _with(timeline: Timeline, place: int, captions: list[Caption]) -> Timeline:
    ordered = tuple(sorted(captions, key=lambda caption: caption.start))
    tracks = list(timeline.tracks)
    tracks[place] = replace(tracks[place], captions=ordered)
    return replace(timeline, tracks=tuple(tracks))
