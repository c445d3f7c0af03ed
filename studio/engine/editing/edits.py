"""Edits: what each came to and how it is taken back, the one list of them, their JSON, and several made as one.

An edit is a pure function of a timeline. It is written once, with `@op`; its name and arguments are its stored form.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, wraps
from itertools import pairwise
from typing import Any, Concatenate, ParamSpec, cast, get_type_hints

from studio.core.errors import Conflict, Invalid
from studio.engine.editing.patch import Patch, Run, difference, patched
from studio.engine.timeline.checks import (
    checked,
    clip_faults,
    heading_faults,
    media_faults,
    track_faults,
    transition_faults,
)
from studio.engine.timeline.look_checks import Fault
from studio.engine.timeline.looks import Nested
from studio.engine.timeline.model import Clip, Timeline, Track, Transition
from studio.engine.timeline.plain import Damaged, reader, writer
from studio.engine.timeline.reach import Available

P = ParamSpec("P")
Raw = Callable[..., Timeline]

MOST_EDITS = 1_000

_OPS: dict[str, Raw] = {}


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit by the name of its function and its arguments; called with a timeline it is made."""

    op: str
    fields: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def __call__(self, timeline: Timeline, available: Available | None = None) -> Edited:
        return apply(timeline, self, available)


@dataclass(frozen=True, slots=True)
class Edited:
    """The timeline afterwards, and the edit that brings back the one before, exactly."""

    timeline: Timeline
    inverse: Edit


def op(make: Callable[Concatenate[Timeline, P], Timeline]) -> Callable[Concatenate[Timeline, P], Edited]:
    """Makes an edit of a function from timeline to timeline: it is on the list, sound, and can be taken back."""
    _OPS[make.__name__] = make

    @wraps(make)
    def edit(timeline: Timeline, *args: P.args, **kwargs: P.kwargs) -> Edited:
        known = cast("Available", kwargs.get("available") or {})
        return _finished(timeline, make(timeline, *args, **kwargs), known)

    edit.__annotations__ = {**make.__annotations__, "return": "Edited"}
    return edit


def ops() -> tuple[str, ...]:
    """The names of all edits there are."""
    return tuple(sorted((*_OPS, "patch", "batch")))


def apply(timeline: Timeline, edit: Edit, available: Available | None = None) -> Edited:
    """Make an edit; `available` says how many frames each media has, so that none is asked for more.

    Raises:
        NotFound: there is no such clip, track or mark.
        Conflict: there is no room, or a track is locked.
        Invalid: the edit cannot be, or media is not long enough.
    """
    known = available or {}
    return _finished(timeline, _made(timeline, edit, known), known, back=edit.op == "patch")


def batch(timeline: Timeline, edits: Sequence[Edit], available: Available | None = None) -> Edited:
    """Make several edits as one, all or none, taken back as one. Raises: as `apply`; the field names which."""
    return apply(timeline, Edit("batch", {"edits": tuple(edits)}), available)


def _made(timeline: Timeline, edit: Edit, available: Available) -> Timeline:
    if edit.op == "patch":
        return patched(timeline, edit.fields["patch"])
    if edit.op == "batch":
        return _batched(timeline, edit.fields["edits"], available)
    make = _OPS.get(edit.op)
    if make is None:
        raise Invalid(f"There is no edit called {edit.op}.", field="op")
    more = {"available": available} if "available" in _fields(edit.op)[1] else {}
    return make(timeline, **edit.fields, **more)


def _batched(timeline: Timeline, edits: Sequence[Edit], available: Available) -> Timeline:
    if len(edits) > MOST_EDITS:
        raise Invalid(f"At most {MOST_EDITS:,} edits are made at once. Send fewer.", field="edits")
    for number, edit in enumerate(edits):
        try:
            timeline = apply(timeline, edit, available).timeline
        except Invalid as e:
            raise Invalid(e.message, field=f"edits[{number}].{e.field or 'op'}", code=e.code) from e
    return timeline


def _finished(before: Timeline, after: Timeline, available: Available, *, back: bool = False) -> Edited:
    """Transitions follow their cuts, what came of it is looked at, and the way back is written down."""
    if not back:
        after = _followed(before, after)
    patch = difference(after, before)
    if not back:
        _unlocked(before, patch, after)
    _sound(before, after, patch, {} if back else available)
    return Edited(after, Edit("patch", {"patch": patch}))


def _followed(before: Timeline, after: Timeline) -> Timeline:
    was = {track.id: track for track in before.tracks}
    tracks = tuple(
        replace(track, transitions=_on_cuts(was[track.id], track))
        if track.transitions
        and track.id in was
        and track.transitions is was[track.id].transitions
        and track.clips is not was[track.id].clips
        else track
        for track in after.tracks
    )
    return (
        replace(after, tracks=tracks) if any(a is not b for a, b in zip(tracks, after.tracks, strict=True)) else after
    )


def _on_cuts(was: Track, now: Track) -> tuple[Transition, ...]:
    """The transitions of a track where their cuts are now; where two clips no longer touch there is none any more.

    What was cut off the end of a clip has a new id, and takes its place in front of the next.
    """
    cuts = {after.start: (before.id, after.id) for before, after in pairwise(was.clips) if before.end == after.start}
    pairs = {after.id: (before, after) for before, after in pairwise(now.clips) if before.end == after.start}
    known = {clip.id for clip in was.clips}
    kept: list[Transition] = []
    for each in was.transitions:
        first, second = cuts.get(each.at, ("", ""))
        if second not in pairs:
            continue
        before, after = pairs[second]
        if before.id == first or (before.id not in known and before.id.split("~")[0] == first.split("~")[0]):
            kept.append(each if each.at == after.start else replace(each, at=after.start))
    return tuple(sorted(kept, key=lambda each: each.at))


def _unlocked(before: Timeline, back: Patch, after: Timeline) -> None:
    """Raises: Conflict where something on a locked track has changed."""
    there = {track.id for track in after.tracks}
    touched = {change.id for change in back.tracks if change.clips or change.captions or change.transitions}
    for track in before.tracks:
        if track.locked and (track.id in touched or track.id not in there):
            raise Conflict(f"The track {track.name} is locked. Unlock it to change what is on it.", code="locked")


def _sound(before: Timeline, after: Timeline, back: Patch, available: Available) -> None:
    """Looks at what an edit has changed. Raises: Conflict where there is no room, Invalid for anything else that cannot be."""
    if back.heading is not None or back.markers is not None:
        _first(heading_faults(after))
    changes = {change.id: change for change in back.tracks}
    was = {track.id for track in before.tracks}
    named = back.order is not None or len(after.tracks) != len(before.tracks)
    for place, track in enumerate(after.tracks):
        change = changes.get(track.id)
        if change is None and track.id in was:
            continue
        every: Run[Clip] = Run(0, tuple(clip.id for clip in track.clips))
        run = every if change is None else change.clips
        _track_sound(after, place, run, available)
        named = named or run is not None or (change is not None and change.transitions is not None)
    if named:
        _all_named_once(after)


def _track_sound(after: Timeline, place: int, new: Run[Clip] | None, available: Available) -> None:
    """Looks at a track that has changed, and the clips of it that are `gone` on the way back: the new ones."""
    track, at = after.tracks[place], f"tracks[{place}]"
    if track.clips and track.clips[0].start < 0:
        raise Invalid("A clip cannot begin before the timeline does.", field=f"{at}.clips[0].start", code="no_room")
    _room(track)
    first = new.at if new else 0
    for number, clip in enumerate(track.clips[first : first + len(new.gone)] if new else (), start=first):
        here = f"{at}.clips[{number}]"
        _first(media_faults(clip, here, available), code="not_enough_media")
        _first(clip_faults(clip, track, here))
        if isinstance(clip.made, Nested):
            checked(replace(after, tracks=(replace(track, clips=(clip,), transitions=()),)), available)
    if track.transitions:
        _first(transition_faults(track, at, available), code="transition")
    _first(track_faults(replace(track, transitions=(), clips=track.clips[:1]), at))


def _first(faults: Iterable[Fault], *, code: str | None = None) -> None:
    for fault in faults:
        raise Invalid(fault.sentence, field=fault.place, code=code)


def _room(track: Track) -> None:
    """Raises: Conflict where two things on a track would lie over one another."""
    end, last = 0, None
    for clip in track.clips:
        if clip.start < end and last is not None:
            raise _no_room(track, last.name or last.id, clip.name or clip.id)
        end, last = clip.end, clip
    for before, after in pairwise(track.captions):
        if after.start < before.end:
            raise _no_room(track, before.text, after.text)


def _no_room(track: Track, first: str, second: str) -> Conflict:
    what = f"{first} and {second}" if first != second else f"two of {first}"
    return Conflict(f"There is no room on {track.name}: {what} would lie over one another.", code="no_room")


def _all_named_once(timeline: Timeline) -> None:
    ids = [track.id for track in timeline.tracks]
    ids += [clip.id for track in timeline.tracks for clip in track.clips]
    ids += [each.id for track in timeline.tracks for each in track.transitions]
    if len(set(ids)) < len(ids) or "" in ids:
        raise Conflict(
            "Something of this id is in the timeline already. Give each thing an id of its own.", code="id_taken"
        )


@cache
def _fields(name: str) -> tuple[dict[str, Any], frozenset[str], frozenset[str]]:
    """The types of an edit's arguments, the names of all of them, and those it cannot do without."""
    if name in _SPECIAL:
        return _SPECIAL[name], frozenset(_SPECIAL[name]), frozenset(_SPECIAL[name])
    make = _OPS[name]
    arguments = list(inspect.signature(make).parameters.values())[1:]
    hints = get_type_hints(make, include_extras=True)
    types = {each.name: hints[each.name] for each in arguments if each.name != "available"}
    needed = frozenset(each.name for each in arguments if each.default is inspect.Parameter.empty)
    return types, frozenset(each.name for each in arguments), needed


_SPECIAL: dict[str, dict[str, Any]] = {"patch": {"patch": Patch}, "batch": {"edits": tuple[Edit, ...]}}


def to_json(edit: Edit) -> dict[str, Any]:
    """An edit as it is stored and sent."""
    if edit.op == "batch":
        return {"op": "batch", "edits": [to_json(each) for each in edit.fields["edits"]]}
    types = _fields(edit.op)[0]
    makers = {name: writer(types[name]) for name in edit.fields}
    told = {n: v if v is None or (make := makers[n]) is None else make(v) for n, v in edit.fields.items()}
    return {"op": edit.op, **told}


def from_json(data: Any) -> Edit:
    """An edit from its stored form. Raises: Invalid, with the place of what is wrong in `field`."""
    try:
        return _read(data)
    except Damaged as e:
        raise Invalid(f"This is no edit: {e.place or 'it'} {e.what}.", field=e.place or None) from e
    except RecursionError as e:
        raise Invalid("This is no edit: it is nested too deep.") from e


def _read(data: Any) -> Edit:
    if type(data) is not dict:
        raise Damaged("is not an object")
    given = {**cast("dict[str, Any]", data)}
    name = given.pop("op", None)
    if type(name) is not str or (name not in _OPS and name not in _SPECIAL):
        raise Damaged("is no edit there is", "op")
    if name == "batch":
        given = {"edits": given.get("edits")}
        return Edit("batch", {"edits": _edits(given["edits"])})
    types, _, needed = _fields(name)
    if not needed <= given.keys():
        raise Damaged("is missing", min(needed - given.keys()))
    fields: dict[str, Any] = {}
    for each, raw in given.items():
        if each not in types:
            raise Damaged("is not known here", each)
        try:
            fields[each] = reader(types[each])(raw)
        except Damaged as e:
            e.places.append(each)
            raise
    return Edit(name, fields)


def _edits(data: Any) -> tuple[Edit, ...]:
    if type(data) is not list or not 0 < len(cast("list[Any]", data)) <= MOST_EDITS:
        raise Damaged(f"is not a list of 1 to {MOST_EDITS:,} edits", "edits")
    out: list[Edit] = []
    for raw in cast("list[Any]", data):
        try:
            out.append(_read(raw))
        except Damaged as e:
            e.places += [len(out), "edits"]
            raise
    return tuple(out)
