"""What a clip looks and sounds like: its fields and its keyframes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Annotated, Any

from studio.core.errors import Invalid, NotFound
from studio.engine.editing.edits import op
from studio.engine.editing.lanes import spots, with_clips
from studio.engine.editing.placing import NOTHING
from studio.engine.timeline.curves import Animated, Curve, Key
from studio.engine.timeline.looks import Colour, Transform
from studio.engine.timeline.model import Clip, Speed, Timeline
from studio.engine.timeline.plain import PartOf
from studio.engine.timeline.reach import Available

ClipFields = Annotated[Mapping[str, Any], PartOf(Clip, without=("id", "start", "frames", "group"))]

_STILL = {"gain_db", "opacity", "pan"}
_WHOLE: dict[str, type] = {"transform": Transform, "colour": Colour, "speed": Speed}
_EFFECT = re.compile(r"effects\[([0-9]{1,3})\]\.([a-z_]+)")


@op
def set_clip(timeline: Timeline, clip: str, fields: ClipFields, *, available: Available = NOTHING) -> Timeline:
    """Fields of a clip are set: its name, media, look, loudness, speed and so on."""
    spot = spots(timeline, [clip], alone=True)[0]
    return with_clips(timeline, {clip: replace(spot.clip, **fields)})


@op
def look_like(timeline: Timeline, clips: tuple[str, ...], like: Clip, *, available: Available = NOTHING) -> Timeline:
    """Clips look, or on tracks of sound sound, as another does; what they show and how long stays theirs."""
    named = spots(timeline, clips, alone=True)
    taken = {True: ("gain_db", "pan"), False: ("transform", "crop", "opacity", "blend", "colour", "effects")}
    changed: dict[str, Clip | None] = {
        spot.clip.id: replace(
            spot.clip, **{name: getattr(like, name) for name in taken[timeline.tracks[spot.track].kind == "audio"]}
        )
        for spot in named
    }
    return with_clips(timeline, changed)


@op
def add_key(timeline: Timeline, clip: str, of: str, key: Key) -> Timeline:
    """A value of a clip ("opacity", "transform.x", "effects[0].radius", "speed.ramp") has this key; one at its frame gives way."""

    def keys_after(keys: list[Key]) -> list[Key]:
        return [*(each for each in keys if each.frame != key.frame), key]

    return _with_keys(timeline, clip, of, keys_after)


@op
def move_key(timeline: Timeline, clip: str, of: str, frame: int, to: int) -> Timeline:
    """The key at a frame of the clip moves to another one where there is none."""

    def keys_after(keys: list[Key]) -> list[Key]:
        key = _key_at(keys, frame)
        if to != frame and any(each.frame == to for each in keys):
            raise Invalid("There is a key at that frame already.", field="to")
        return [*(k for k in keys if k is not key), replace(key, frame=to)]

    return _with_keys(timeline, clip, of, keys_after)


@op
def remove_key(timeline: Timeline, clip: str, of: str, frame: int) -> Timeline:
    """The key at a frame of the clip goes; when it was the last, the value stands still at what it said."""

    def keys_after(keys: list[Key]) -> list[Key]:
        gone = _key_at(keys, frame)
        return [each for each in keys if each is not gone]

    return _with_keys(timeline, clip, of, keys_after)


def _key_at(keys: list[Key], frame: int) -> Key:
    found = next((key for key in keys if key.frame == frame), None)
    if found is None:
        raise NotFound("There is no key at that frame.", code="no_such_key")
    return found


def _with_keys(timeline: Timeline, clip_id: str, of: str, after: Callable[[list[Key]], list[Key]]) -> Timeline:
    clip = spots(timeline, [clip_id], alone=True)[0].clip
    value = _value(clip, of)
    old = list(value.keys) if isinstance(value, Curve) else []
    keys = sorted(after(old), key=lambda key: key.frame)
    new: Animated | None = Curve(tuple(keys)) if keys else (None if of == "speed.ramp" else old[0].value)
    return with_clips(timeline, {clip_id: _set(clip, of, new)})


def _value(clip: Clip, of: str) -> Animated | None:
    """What may move, by its place. Raises: Invalid."""
    holder, name = _holder(clip, of)
    moving = {f.name for f in fields(holder) if "Animated" in str(f.type) or "Curve" in str(f.type)}
    if name not in moving:
        raise Invalid(f"{of} does not change over time.", field="of")
    return getattr(holder, name)


def _holder(clip: Clip, of: str) -> tuple[Any, str]:
    """What a value is a field of, and the field's name; a look that is as by default is begun."""
    if of in _STILL:
        return clip, of
    if found := _EFFECT.fullmatch(of):
        number = int(found[1])
        if number >= len(clip.effects):
            raise Invalid("The clip has no such effect.", field="of")
        return clip.effects[number], found[2]
    whole, _, name = of.partition(".")
    if whole not in _WHOLE:
        raise Invalid(f"{of or 'Nothing'} is nothing that changes over time.", field="of")
    return getattr(clip, whole) or _WHOLE[whole](), name


def _set(clip: Clip, of: str, value: Animated | None) -> Clip:
    holder, name = _holder(clip, of)
    if holder is clip:
        return replace(clip, **{name: value})
    changed = replace(holder, **{name: value})
    if found := _EFFECT.fullmatch(of):
        effects = list(clip.effects)
        effects[int(found[1])] = changed
        return replace(clip, effects=tuple(effects))
    return replace(clip, **{of.partition(".")[0]: changed})
