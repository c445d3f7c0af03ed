"""What the chosen clips have in common: their groups of properties, and the value of each at the playhead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from studio.engine.timeline import PICTURE, Clip, Timeline, Track
from studio.engine.timeline.curves import Curve, Way, at
from studio.engine.timeline.looks import Shape, Solid, Text
from studio.timelines.properties import table
from studio.timelines.properties.places import at_place
from studio.timelines.properties.table import Group, Property

Keyed = Literal["", "some", "here"]
"""Whether keys change a value: no, somewhere, or one on the very frame."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A chosen clip and its track."""

    clip: Clip
    track: Track


@dataclass(frozen=True, slots=True)
class Value:
    """A property as the chosen clips have it at the playhead, told in the property's unit; None where they differ."""

    of: Property
    value: float | str | bool | None
    keyed: Keyed = ""
    way: Way = "linear"


def spots_of(timeline: Timeline, clips: Sequence[str]) -> tuple[Spot, ...]:
    """The chosen clips that are there, in the order in which they were chosen."""
    wanted = set(clips)
    there = {c.id: Spot(c, track) for track in timeline.tracks for c in track.clips if c.id in wanted}
    return tuple(there[each] for each in dict.fromkeys(clips) if each in there)


def chosen_of(timeline: Timeline, clips: Sequence[str]) -> tuple[Spot, ...]:
    """The clips that are meant by those chosen: a picture stands for the sound it is grouped with (`heard_of` finds it)."""
    spots = spots_of(timeline, clips)
    seen = {spot.clip.group for spot in spots if spot.track.kind in PICTURE} - {""}
    return tuple(spot for spot in spots if spot.track.kind != "audio" or spot.clip.group not in seen)


def heard_of(timeline: Timeline, spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """The clips whose sound is meant: those chosen on audio tracks, else those there that are grouped with the chosen ones."""
    heard = tuple(spot for spot in spots if spot.track.kind == "audio")
    groups = {spot.clip.group for spot in spots} - {""}
    if heard or not groups:
        return heard
    audio = (track for track in timeline.tracks if track.kind == "audio")
    return tuple(Spot(clip, track) for track in audio for clip in track.clips if clip.group in groups)


def groups_of(timeline: Timeline, spots: Sequence[Spot]) -> tuple[Group, ...]:
    """The groups of properties that all chosen clips have, those of effects by number."""
    if not spots:
        return ()
    seen = all(spot.track.kind in PICTURE for spot in spots)
    shown = all(spot.track.kind != "effect" for spot in spots)
    made = {type(spot.clip.made) for spot in spots}
    out: list[Group] = []
    if made == {Text}:
        out += [table.TEXT, table.BOX]
    elif made == {Shape}:
        out += [table.SHAPE, table.BOX]
    elif made == {Solid}:
        out.append(table.SOLID)
    if seen and shown:
        out.append(table.TRANSFORM)
    elif seen:
        out.append(Group("transform", "Strength", (table.PROPERTIES["opacity"],)))
    if heard_of(timeline, spots):
        out.append(table.SOUND)
    if seen:
        out += [_colour(spots), *_effects(spots)]
        out += [table.CROP] if shown and made == {type(None)} else []
        out.append(table.FADES)
    return tuple(out)


def _colour(spots: Sequence[Spot]) -> Group:
    """How much of a LUT is mixed in is asked where all have one."""
    laid = all(spot.clip.colour is not None and spot.clip.colour.lut for spot in spots)
    return Group("colour", "Colour", (*table.COLOUR.properties, table.LUT_MIX)) if laid else table.COLOUR


def _effects(spots: Sequence[Spot]) -> list[Group]:
    """The effects all have alike, from the first on."""
    codes = [[table.code_of(effect) for effect in spot.clip.effects] for spot in spots]
    alike = 0
    while all(alike < len(each) for each in codes) and len({each[alike] for each in codes}) == 1:
        alike += 1
    return [table.effect_group(effect, number) for number, effect in enumerate(spots[0].clip.effects[:alike])]


def value_of(timeline: Timeline, spots: Sequence[Spot], each: Property, frame: int) -> Value:
    """A property as these clips have it at a frame of the timeline."""
    held = [(spot.clip, at_place(spot.clip, path)) for spot in spots for path in each.paths]
    told = {_told(timeline, each, value, _within(clip, frame)) for clip, value in held}
    curves = [(clip, value) for clip, value in held if isinstance(value, Curve)]
    keyed: Keyed = ""
    way: Way = "linear"
    if curves:
        on = [key for clip, curve in curves for key in curve.keys if clip.start + key.frame == frame]
        keyed, way = ("here", on[0].way) if on else ("some", way)
    return Value(each, told.pop() if len(told) == 1 else None, keyed, way)


def keys_of(spots: Sequence[Spot]) -> tuple[int, ...]:
    """The frames of the timeline on which there is a key of anything these clips have, in order."""
    found: set[int] = set()
    for spot in spots:
        for path in _moving(spot.clip):
            value = at_place(spot.clip, path)
            if isinstance(value, Curve):
                found |= {spot.clip.start + key.frame for key in value.keys}
    return tuple(sorted(found))


def _moving(clip: Clip) -> list[str]:
    own = [path for each in table.PROPERTIES.values() if each.moves for path in each.paths]
    groups = (table.effect_group(effect, number) for number, effect in enumerate(clip.effects))
    return own + [path for group in groups for each in group.properties if each.moves for path in each.paths]


def factor_of(timeline: Timeline, each: Property) -> float:
    """What is shown for 1 of what is kept."""
    return {"one": 1.0, "hundred": 100.0, "across": float(timeline.width), "down": float(timeline.height)}[each.per]


def _within(clip: Clip, frame: int) -> int:
    return max(0, min(frame - clip.start, clip.frames - 1))


def _told(timeline: Timeline, each: Property, value: Any, frame: int) -> float | str | bool | None:
    if each.kind == "number":
        return None if value is None else round(at(value, frame) * factor_of(timeline, each), 4)
    if each.kind == "choice":
        return str(value)
    return value
