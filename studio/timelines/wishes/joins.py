"""What is asked of the cuts between clips, of the whole cut and of templates: transitions, size, timecode, templates filled."""

from __future__ import annotations

from typing import Any

from studio.core.errors import Invalid, NotFound
from studio.engine.editing import Edit
from studio.engine.interchange.timecode import frames_of
from studio.engine.timeline import Timeline, Track
from studio.timelines.wishes.listing import Seen, Wished, wish

TRANSITIONS = {
    "dissolve": "Dissolve",
    "dip": "Dip to a colour",
    "wipe_left": "Wipe left",
    "wipe_right": "Wipe right",
    "wipe_up": "Wipe up",
    "wipe_down": "Wipe down",
    "push_left": "Push left",
    "push_right": "Push right",
    "push_up": "Push up",
    "push_down": "Push down",
    "slide_left": "Slide left",
    "slide_right": "Slide right",
    "slide_up": "Slide up",
    "slide_down": "Slide down",
}


@wish
def choose_transition(seen: Seen, track: str, at: int, kind: str) -> Wished:
    """Lay a transition of a second on a cut (shorter where its clips are), change the one there, or make it hard again ("")."""
    there = _track(seen.timeline, track)
    old = next((each for each in there.transitions if each.at == at), None)
    if kind == "" and old is not None:
        return [Edit("remove_transition", {"transition": old.id})], "hard cut"
    if kind not in TRANSITIONS:
        raise Invalid("There is no such transition.", field="kind")
    label = TRANSITIONS[kind].lower()
    if old is not None:
        return [Edit("set_transition", {"transition": old.id, "fields": {"kind": kind}})], label
    half = max(1, round(seen.timeline.rate.fps / 2))
    return [Edit("join", {"kind": kind, "at": at, "frames": half, "track": track})], label


@wish
def time_transition(seen: Seen, transition: str, frames: int) -> Wished:
    """The length of a transition in frames."""
    every = (each for track in seen.timeline.tracks for each in track.transitions)
    old = next((each for each in every if each.id == transition), None)
    if old is None:
        raise NotFound("There is no such transition in this cut.")
    if frames < 1:
        raise Invalid("A transition has a frame at least.", field="frames")
    fields = {"before": frames // 2, "after": frames - frames // 2}
    edit = Edit("set_transition", {"transition": transition, "fields": fields})
    return [] if frames == old.before + old.after else [edit], "transition"


@wish
def set_size(seen: Seen, size: str) -> Wished:
    """The size of the cut in pixels: "1920x1080"."""
    width, _, height = size.partition("x")
    return _facts(seen.timeline, "size", {"width": _number(width), "height": _number(height)})


@wish
def begin_at(seen: Seen, timecode: str) -> Wished:
    """The timecode of the first frame, as it is typed."""
    cut = seen.timeline
    return _facts(cut, "begins", {"first_frame": frames_of(timecode, cut.rate, drop=cut.drop_frame)})


@wish
def use_template(seen: Seen, template: str, values: dict[str, Any], at: int) -> Wished:
    """A template filled with values, laid over the cut from a frame on."""
    return seen.laid(template, values, at)


@wish
def change_use(seen: Seen, use: str, values: dict[str, Any]) -> Wished:
    """A template filled anew where it lies. What was changed on its clips by hand is lost."""
    return seen.refilled(use, values)


def _facts(cut: Timeline, what: str, fields: dict[str, Any]) -> Wished:
    same = all(getattr(cut, name) == each for name, each in fields.items())
    return [] if same else [Edit("set_timeline", {"fields": fields})], f"{what} of the cut"


def _number(value: str) -> int:
    """A number of pixels as it is told. Raises: Invalid."""
    digits = value.strip()
    if not digits.isdecimal() or len(digits) > 6 or int(digits) < 1:
        raise Invalid("Type a whole number.", field="value")
    return int(digits)


def _track(cut: Timeline, track_id: str) -> Track:
    found = next((track for track in cut.tracks if track.id == track_id), None)
    if found is None:
        raise NotFound("There is no such track in this cut.")
    return found
