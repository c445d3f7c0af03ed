"""What the inspector asks for: properties of the clips it shows, at the frame of the playhead; times, speed, effects, styles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from studio.core.errors import Invalid
from studio.engine.editing import Edit
from studio.engine.timeline.curves import Way
from studio.timelines.properties import setting, styles, table
from studio.timelines.properties.reading import Spot, chosen_of, groups_of, heard_of
from studio.timelines.wishes.listing import Seen, Wished, wish
from studio.timelines.wishes.typed import frames_of, timecode


@wish
def set_property(seen: Seen, clips: list[str], group: str, name: str, value: float | str | bool, frame: int) -> Wished:
    """Set a property, told in its unit; where keys change it, at the frame."""
    spots = _meant(seen, clips, group)
    each = table.property_of(name, spots[0].clip.effects)
    label = f"{each.label.lower()} of {_named(spots)}" if each else name
    return setting.set_value(seen.timeline, spots, name, value, frame), label


@wish
def turn_key(seen: Seen, clips: list[str], group: str, name: str, frame: int) -> Wished:
    """Put a key on the frame, or take the one there away."""
    spots = _meant(seen, clips, group)
    return setting.turn_key(seen.timeline, spots, name, frame), f"key of {_named(spots)}"


@wish
def bend_key(seen: Seen, clips: list[str], group: str, name: str, way: Way, frame: int) -> Wished:
    """How a value goes on from the key on the frame."""
    spots = _meant(seen, clips, group)
    return setting.set_way(seen.timeline, spots, name, way, frame), f"key of {_named(spots)}"


@wish
def reset_group(seen: Seen, clips: list[str], group: str, name: str = "") -> Wished:
    """A group of properties as it was when the clips were put there, or the one of a name."""
    spots = _meant(seen, clips, group)
    chosen = chosen_of(seen.timeline, clips)
    found = next((each for each in groups_of(seen.timeline, chosen) if each.name == group), None)
    if found is None:
        raise Invalid("These clips have nothing of that to set.", field="group")
    if name:
        found = replace(found, properties=tuple(each for each in found.properties if each.name == name))
    told = (found.properties[0].label if name and found.properties else found.title).lower()
    return setting.reset(spots, found), f"reset {told} of {_named(spots)}"


@wish
def set_time(seen: Seen, clips: list[str], which: Literal["in", "out", "length"], value: str) -> Wished:
    """Trim the one clip to a time as it is typed; a new length moves along what follows."""
    clip, rate = _meant(seen, clips, "")[0].clip, seen.timeline.rate
    was = {"in": clip.start, "out": clip.end, "length": clip.frames}[which]
    label = f"trim {clip.name or 'a clip'}"
    if value.strip() in ("", timecode(was, rate)):
        return (), label
    by = frames_of(value, rate) - was
    edge = "in" if which == "in" else "out"
    return [Edit("trim", {"clip": clip.id, "edge": edge, "by": by, "ripple": which == "length"})], label


@wish
def set_speed(
    seen: Seen, clips: list[str], percent: float | None = None, back: bool | None = None, keep_pitch: bool | None = None
) -> Wished:
    """How fast clips run, in per cent (0 stands still); which way; whether voices keep their pitch."""
    spots = _meant(seen, clips, "")
    what = "speed of" if percent is not None else "reverse" if back is not None else "pitch of"
    return setting.set_speed(spots, percent, back=back, keep_pitch=keep_pitch), f"{what} {_named(spots)}"


@wish
def add_effect(seen: Seen, clips: list[str], code: str) -> Wished:
    """An effect comes last."""
    spots = _meant(seen, clips, "")
    return setting.add_effect(spots, code), f"{dict(table.EFFECTS).get(code, '')} on {_named(spots)}"


@wish
def remove_effect(seen: Seen, clips: list[str], number: int) -> Wished:
    """The effect of a number goes."""
    spots = _meant(seen, clips, "")
    return setting.remove_effect(spots, max(0, number)), f"effect off {_named(spots)}"


@wish
def move_effect(seen: Seen, clips: list[str], number: int, by: int) -> Wished:
    """The effect of a number is laid on earlier or later."""
    spots = _meant(seen, clips, "")
    return setting.move_effect(spots, max(0, number), by), f"order of effects of {_named(spots)}"


@wish
def restyle(seen: Seen, clips: list[str], code: str) -> Wished:
    """Letters in one of the styles there are."""
    spots = _meant(seen, clips, "")
    return styles.styled(spots, code), f"style of {_named(spots)}"


@wish
def lay_lut(seen: Seen, clips: list[str], sha256: str) -> Wished:
    """Lay one of the project's LUTs on the colours; "" takes it off."""
    spots = _meant(seen, clips, "")
    if sha256 and not seen.holds(sha256):
        raise Invalid("There is no such LUT in this project.", field="lut")
    return setting.set_lut(spots, sha256), f"LUT on {_named(spots)}"


def _meant(seen: Seen, clips: Sequence[str], group: str) -> tuple[Spot, ...]:
    """The clips a group of properties is about. Raises: Invalid without any."""
    chosen = chosen_of(seen.timeline, clips)
    spots = heard_of(seen.timeline, chosen) if group == "sound" else chosen
    if not spots:
        raise Invalid("Choose a clip first.", field="clips")
    return spots


def _named(spots: Sequence[Spot]) -> str:
    return spots[0].clip.name or "a clip" if len(spots) == 1 else f"{len(spots)} clips"
