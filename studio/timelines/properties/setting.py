"""The edits that set properties of the chosen clips: values, keyframes, effects, speed, and back to how they were. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from studio.core.errors import Invalid
from studio.engine.editing import Edit
from studio.engine.timeline import Clip, Curve, Key, Speed, Timeline
from studio.engine.timeline.curves import Way, at
from studio.engine.timeline.looks import Effect
from studio.timelines.properties import table
from studio.timelines.properties.places import at_place, root_of, with_place
from studio.timelines.properties.reading import Spot, factor_of, keys_of, value_of
from studio.timelines.properties.table import Group, Property

EASED = (0.42, 0.0, 0.58, 1.0)
_SLOWEST, _FASTEST = 1, 10_000


def set_value(timeline: Timeline, spots: Sequence[Spot], name: str, value: Any, frame: int) -> tuple[Edit, ...]:
    """Set a property of clips, told in its unit; one that keys change gets a key at the frame. Raises: Invalid."""
    edits: list[Edit] = []
    for spot in spots:
        each = _property(name, spot)
        new = _kept(timeline, each, value)
        still = spot.clip
        for path in each.paths:
            old = at_place(spot.clip, path)
            if isinstance(old, Curve):
                edits.append(_key(spot.clip, path, old, _inside(spot.clip, frame), float(new)))
            else:
                still = with_place(still, path, _as_clear(old, new) if each.kind == "colour" else new)
        edits += _set(spot.clip, still, each)
    return tuple(edits)


def turn_key(timeline: Timeline, spots: Sequence[Spot], name: str, frame: int) -> tuple[Edit, ...]:
    """Put keys on the frame that say what is there, or take them away where there are some. Raises: Invalid."""
    each = _property(name, spots[0]) if spots else None
    if each is None or not each.moves:
        raise Invalid("This stays the same over the whole clip.", field="name")
    there = [spot for spot in spots if spot.clip.start <= frame < spot.clip.end]
    if not there:
        raise Invalid("Put the playhead on the clip first: a key stands on a frame of it.", field="frame")
    gone = value_of(timeline, there, each, frame).keyed == "here"
    edits: list[Edit] = []
    for spot in there:
        at_clip = frame - spot.clip.start
        for path in each.paths:
            held = at_place(spot.clip, path)
            on = isinstance(held, Curve) and any(key.frame == at_clip for key in held.keys)
            if gone and on:
                edits.append(Edit("remove_key", {"clip": spot.clip.id, "of": path, "frame": at_clip}))
            elif not gone:
                edits.append(_key(spot.clip, path, held, at_clip, at(held, at_clip)))
    return tuple(edits)


def set_way(timeline: Timeline, spots: Sequence[Spot], name: str, way: Way, frame: int) -> tuple[Edit, ...]:
    """How a value goes on from its key on the frame. Raises: Invalid."""
    edits: list[Edit] = []
    for spot in spots:
        for path in _property(name, spot).paths:
            held = at_place(spot.clip, path)
            on = [k for k in held.keys if k.frame == frame - spot.clip.start] if isinstance(held, Curve) else []
            edits += [_edit(spot.clip, path, replace(key, way=way, handles=EASED)) for key in on]
    if not edits:
        raise Invalid("There is no key on this frame.", field="frame")
    return tuple(edits)


def near_key(spots: Sequence[Spot], frame: int, *, after: bool) -> int | None:
    """The next frame with a key, or the one before; None where there is none."""
    keys = keys_of(spots)
    return (
        min((k for k in keys if k > frame), default=None)
        if after
        else max((k for k in keys if k < frame), default=None)
    )


def reset(spots: Sequence[Spot], group: Group) -> tuple[Edit, ...]:
    """A group of properties as in a clip that was just put there; keys go."""
    bare = Clip("", "", "", 0, 1)
    edits: list[Edit] = []
    for spot in spots:
        clip = spot.clip
        for each in group.properties:
            for path in each.paths:
                clip = with_place(clip, path, _unset(spot.clip, bare, path))
        roots = {root_of(path) for each in group.properties for path in each.paths}
        edits += _changed(spot.clip, clip, roots)
    return tuple(edits)


def set_lut(spots: Sequence[Spot], sha256: str) -> tuple[Edit, ...]:
    """The LUT laid on the colours of clips; "" is none."""
    return tuple(
        edit for spot in spots for edit in _changed(spot.clip, with_place(spot.clip, "colour.lut", sha256), {"colour"})
    )


def add_effect(spots: Sequence[Spot], code: str) -> tuple[Edit, ...]:
    """An effect comes last. Raises: Invalid."""
    effect = table.new_effect(code)
    if effect is None:
        raise Invalid("There is no such effect.", field="effect")
    return _effects(spots, lambda effects: (*effects, effect))


def remove_effect(spots: Sequence[Spot], number: int) -> tuple[Edit, ...]:
    """The effect of a number goes. Raises: Invalid."""
    return _effects(spots, lambda effects: (*effects[:number], *effects[number + 1 :]), number)


def move_effect(spots: Sequence[Spot], number: int, by: int) -> tuple[Edit, ...]:
    """The effect of a number is laid on earlier or later. Raises: Invalid."""

    def moved(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
        others = [*effects[:number], *effects[number + 1 :]]
        others.insert(max(0, min(number + by, len(others))), effects[number])
        return tuple(others)

    return _effects(spots, moved, number)


def set_speed(
    spots: Sequence[Spot], percent: float | None = None, *, back: bool | None = None, keep_pitch: bool | None = None
) -> tuple[Edit, ...]:
    """How fast clips run, in per cent (0 stands still), which way, and whether voices keep their pitch; what follows moves along.

    Raises:
        Invalid: slower than 1 or faster than 10,000 per cent.
    """
    if percent is not None and percent != 0 and not _SLOWEST <= abs(percent) <= _FASTEST:
        raise Invalid(
            f"A clip runs at {_SLOWEST} to {_FASTEST:,} % of its speed, or 0 % to stand still.", field="speed"
        )
    edits: list[Edit] = []
    for spot in spots:
        old = spot.clip.speed or Speed()
        factor = abs(old.factor) if percent is None else abs(Fraction(percent).limit_denominator(10_000) / 100)
        backwards = old.factor < 0 if back is None else back
        if factor == 0 and back is not None:
            factor = Fraction(1)
        pitch = old.keep_pitch if keep_pitch is None else keep_pitch
        new = -factor if backwards else factor
        if old.ramp is not None or new != old.factor or pitch != old.keep_pitch:
            edits.append(Edit("retime", {"clip": spot.clip.id, "factor": new, "keep_pitch": pitch}))
    return tuple(edits)


def _property(name: str, spot: Spot) -> Property:
    each = table.property_of(name, spot.clip.effects)
    if each is None or at_place(spot.clip, each.paths[0]) is None:
        raise Invalid(f"{spot.clip.name or 'This clip'} has nothing of that to set.", field="name")
    return each


def _kept(timeline: Timeline, each: Property, value: Any) -> Any:
    """A value as the clip keeps it. Raises: Invalid."""
    if each.kind == "number":
        if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
            raise Invalid("Type a number.", field=each.name)
        factor = factor_of(timeline, each)
        scale = factor if each.per in ("across", "down") else 1.0
        held = max(each.least * scale, min(float(value), each.most * scale)) if each.whole else float(value)
        return round(held) if each.whole else round(held / factor, 6)
    if each.kind == "flag":
        return bool(value)
    if each.kind == "choice" and value not in dict(each.options):
        raise Invalid("There is no such choice.", field=each.name)
    return int(value) if each.name == "made.style.weight" else str(value)


def _as_clear(old: str, new: str) -> str:
    """A colour told without saying how clear it is, as clear as the one before."""
    return new + old[7:] if len(new) == 7 and len(old) == 9 else new


def _set(before: Clip, after: Clip, each: Property) -> list[Edit]:
    if each.whole:
        after = replace(after, fade_in=min(after.fade_in, after.frames), fade_out=min(after.fade_out, after.frames))
    return _changed(before, after, {root_of(path) for path in each.paths})


def _changed(before: Clip, after: Clip, roots: Iterable[str]) -> list[Edit]:
    fields = {root: getattr(after, root) for root in sorted(roots) if getattr(after, root) != getattr(before, root)}
    return [Edit("set_clip", {"clip": before.id, "fields": fields})] if fields else []


def _key(clip: Clip, path: str, held: Any, frame: int, value: float) -> Edit:
    """A key of a value; it goes on the way the one at its frame did, else the one before it."""
    keys: tuple[Key, ...] = held.keys if isinstance(held, Curve) else ()
    before = next((key for key in reversed(keys) if key.frame <= frame), None)
    key = replace(before, frame=frame, value=value) if before else Key(frame, value)
    return _edit(clip, path, key)


def _edit(clip: Clip, path: str, key: Key) -> Edit:
    return Edit("add_key", {"clip": clip.id, "of": path, "key": key})


def _inside(clip: Clip, frame: int) -> int:
    return max(0, min(frame - clip.start, clip.frames - 1))


def _unset(clip: Clip, bare: Clip, path: str) -> Any:
    """What a place says by default: in text and shapes that of their kind, their words aside."""
    if path == "made.text":
        return at_place(clip, path)
    if not path.startswith(("made.", "effects[")):
        return at_place(bare, path)
    root = root_of(path)
    if root == "made" and clip.made is not None:
        kind: Any = type(clip.made)
        fresh = kind("") if path.startswith("made.") and hasattr(clip.made, "text") else kind()
        return at_place(replace(bare, made=fresh), path)
    effects = tuple(table.new_effect(table.code_of(effect)) or effect for effect in clip.effects)
    return at_place(replace(bare, effects=effects), path)


def _effects(
    spots: Sequence[Spot], change: Callable[[tuple[Effect, ...]], tuple[Effect, ...]], number: int = -1
) -> tuple[Edit, ...]:
    if any(number >= len(spot.clip.effects) for spot in spots):
        raise Invalid("The clip has no such effect.", field="effect")
    return tuple(
        edit
        for spot in spots
        for edit in _changed(spot.clip, replace(spot.clip, effects=change(spot.clip.effects)), {"effects"})
    )
