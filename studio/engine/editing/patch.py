"""What differs between two timelines, small and exact: the inverse of every edit. What only moved along is said in one number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast

from studio.core.errors import Conflict
from studio.engine.timeline.model import Caption, Clip, Marker, Timeline, Track, Transition
from studio.engine.timeline.plain import record_of

Item = TypeVar("Item", Clip, Caption, Transition, Marker)

WHEN = {Clip: "start", Caption: "start", Transition: "at", Marker: "frame"}
"""The field that says where each stands."""


@dataclass(frozen=True, slots=True)
class Run(Generic[Item]):
    """From place `at`, the items named in `gone` give way to those `put`; all behind them stand `shift` frames later."""

    at: int
    gone: tuple[str, ...] = ()
    put: tuple[Item, ...] = ()
    shift: int = 0


@dataclass(frozen=True, slots=True)
class TrackChange:
    """What becomes of one track; `heading` is the track without what stands on it."""

    id: str
    heading: Track | None = None
    clips: Run[Clip] | None = None
    captions: Run[Caption] | None = None
    transitions: Run[Transition] | None = None


@dataclass(frozen=True, slots=True)
class Patch:
    """All of it; `order` names the tracks there are afterwards, and `made` are those among them there were not before."""

    tracks: tuple[TrackChange, ...] = ()
    order: tuple[str, ...] | None = None
    made: tuple[Track, ...] = ()
    markers: Run[Marker] | None = None
    heading: Timeline | None = None


def difference(before: Timeline, after: Timeline) -> Patch:
    """What makes `after` of `before`."""
    was = {track.id: track for track in before.tracks}
    order = tuple(track.id for track in after.tracks)
    changes = (_track_change(was[t.id], t) for t in after.tracks if t.id in was and was[t.id] is not t)
    heading = replace(after, tracks=(), markers=())
    return Patch(
        tracks=tuple(change for change in changes if change is not None),
        order=None if order == tuple(was) else order,
        made=tuple(track for track in after.tracks if track.id not in was),
        markers=_run(before.markers, after.markers),
        heading=None if heading == replace(before, tracks=(), markers=()) else heading,
    )


def patched(timeline: Timeline, patch: Patch) -> Timeline:
    """The timeline with a patch laid on it.

    Raises:
        Conflict: it is not the timeline the patch was made for.
    """
    tracks = {track.id: track for track in timeline.tracks}
    for change in patch.tracks:
        if change.id not in tracks:
            raise _changed()
        tracks[change.id] = _track_patched(tracks[change.id], change)
    tracks.update({track.id: track for track in patch.made})
    order = tuple(tracks) if patch.order is None else patch.order
    if not tracks.keys() >= set(order):
        raise _changed()
    return replace(
        patch.heading or timeline,
        tracks=tuple(tracks[each] for each in order),
        markers=_laid(timeline.markers, patch.markers),
    )


def moved(item: Item, by: int) -> Item:
    """The same `by` frames later. Ripples move thousands: so not by way of `replace`, which takes three times as long."""
    if by == 0:
        return item
    record, place = _at(type(item))
    values = record.values(item)
    return cast("Item", record.made((*values[:place], values[place] + by, *values[place + 1 :])))


@cache
def _at(kind: type) -> tuple[Any, int]:
    names = [f.name for f in fields(kind)]
    return record_of(kind), names.index(WHEN[kind])


@cache
def rest_of(kind: type) -> Callable[[Any], Any]:
    """What takes out of a thing all it says but where it stands."""
    return attrgetter(*(f.name for f in fields(kind) if f.name != WHEN[kind]))


def name_of(item: Clip | Caption | Transition | Marker) -> str:
    """What an item is called in a run."""
    match item:
        case Clip() | Transition():
            return item.id
        case Caption():
            return str(item.start)
        case Marker():
            return f"{item.frame} {item.name}"


def _track_change(before: Track, after: Track) -> TrackChange | None:
    heading = heading_of(after)
    change = TrackChange(
        after.id,
        None if heading == heading_of(before) else heading,
        _run(before.clips, after.clips),
        _run(before.captions, after.captions),
        _run(before.transitions, after.transitions),
    )
    return None if change == TrackChange(after.id) else change


def heading_of(track: Track) -> Track:
    """A track without what stands on it."""
    return replace(track, clips=(), captions=(), transitions=())


def _track_patched(track: Track, change: TrackChange) -> Track:
    return replace(
        change.heading or track,
        clips=_laid(track.clips, change.clips),
        captions=_laid(track.captions, change.captions),
        transitions=_laid(track.transitions, change.transitions),
    )


def _run(before: tuple[Item, ...], after: tuple[Item, ...]) -> Run[Item] | None:
    """The one run that makes `after` of `before`: what is the same in front and, but for one number, behind is left out."""
    if before is after:
        return None
    most = min(len(before), len(after))
    head = 0
    while head < most and (before[head] is after[head] or before[head] == after[head]):
        head += 1
    if head == len(before) == len(after):
        return None
    shift, tail = _tail(before, after, most - head)
    gone = tuple(name_of(each) for each in before[head : len(before) - tail])
    return Run(head, gone, after[head : len(after) - tail], shift if tail else 0)


def _tail(before: Sequence[Item], after: Sequence[Item], most: int) -> tuple[int, int]:
    """How much later what is behind stands, and how many that is true of."""
    if most == 0:
        return 0, 0
    when, rest = attrgetter(WHEN[type(before[-1])]), rest_of(type(before[-1]))
    shift: int = when(after[-1]) - when(before[-1])
    tail = 0
    for was, now in zip(reversed(before[-most:]), reversed(after[-most:]), strict=True):
        if (was is now and shift == 0) or (when(now) - when(was) == shift and rest(was) == rest(now)):
            tail += 1
        else:
            break
    return shift, tail


def _laid(items: tuple[Item, ...], run: Run[Item] | None) -> tuple[Item, ...]:
    if run is None:
        return items
    behind = run.at + len(run.gone)
    if tuple(name_of(each) for each in items[run.at : behind]) != run.gone or run.at > len(items):
        raise _changed()
    return (*items[: run.at], *run.put, *(moved(each, run.shift) for each in items[behind:]))


def _changed() -> Conflict:
    return Conflict("The timeline has changed since this was done, and it cannot be taken back alone.", code="changed")
