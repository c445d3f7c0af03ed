"""What cannot be in the look of a clip: numbers outside their range, colours that are none, keys out of order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

from studio.engine.timeline.curves import Animated, Curve
from studio.engine.timeline.looks import (
    Blur,
    ChromaKey,
    Colour,
    Crop,
    FrameFunction,
    Grain,
    Pixelate,
    Shape,
    Sharpen,
    Solid,
    Text,
    TextStyle,
    Transform,
    Vignette,
)
from studio.engine.timeline.model import Clip, Motion, Window

MOST_LETTERS = 10_000
FASTEST = 100
"""Source frames a frame."""

_SHARE = (0.0, 1.0)
_FAR = (-10.0, 10.0)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?")

_RANGES: dict[type, dict[str, tuple[float, float]]] = {
    Transform: {
        "x": _FAR,
        "y": _FAR,
        "scale_x": (0.0, 100.0),
        "scale_y": (0.0, 100.0),
        "rotation": (-36_000.0, 36_000.0),
    },
    Crop: {"left": _SHARE, "top": _SHARE, "right": _SHARE, "bottom": _SHARE},
    Colour: {
        "exposure": _FAR,
        "contrast": (0.0, 4.0),
        "saturation": (0.0, 4.0),
        "temperature": (-1.0, 1.0),
        "tint": (-1.0, 1.0),
        "gamma": (0.1, 10.0),
        "lut_mix": _SHARE,
    },
    Blur: {"radius": _SHARE},
    Sharpen: {"amount": (0.0, 5.0)},
    Vignette: {"amount": _SHARE},
    Grain: {"amount": _SHARE},
    Pixelate: {"size": _SHARE},
    ChromaKey: {"similarity": _SHARE, "blend": _SHARE},
    FrameFunction: {"amount": _SHARE},
    Shape: {"line": _SHARE, "radius": _SHARE},
    TextStyle: {
        "size": (0.001, 2.0),
        "weight": (1, 1000),
        "leading": (0.1, 10.0),
        "tracking": (-1.0, 5.0),
        "outline": _SHARE,
        "shadow": (0.0, 2.0),
        "padding": (0.0, 5.0),
    },
    Motion: {"sway": _SHARE},
    Window: {"x": _SHARE, "y": _SHARE, "width": (0.001, 1.0)},
    Clip: {"opacity": _SHARE, "pan": (-1.0, 1.0), "gain_db": (-120.0, 40.0)},
}

_COLOURS: dict[type, tuple[str, ...]] = {
    ChromaKey: ("colour",),
    Shape: ("fill", "stroke"),
    Solid: ("colour",),
    TextStyle: ("colour", "outline_colour", "shadow_colour", "background"),
}
_MAY_BE_NONE = {"stroke", "fill", "background"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be, at a place like "tracks[1].clips[3].start"."""

    place: str
    sentence: str


def look_faults(clip: Clip, place: str) -> Iterator[Fault]:
    """What is wrong with how a clip looks and sounds; what is as by default is not looked at."""
    if clip.opacity != 1.0 or clip.pan != 0.0 or clip.gain_db != 0.0:
        yield from range_faults(clip, place)
    if clip.motion is not None:
        yield from range_faults(clip.motion, f"{place}.motion")
        yield from range_faults(clip.motion.start, f"{place}.motion.start")
        yield from range_faults(clip.motion.end, f"{place}.motion.end")
    for name in ("transform", "crop", "colour"):
        held = getattr(clip, name)
        if held is not None:
            yield from range_faults(held, f"{place}.{name}")
    if clip.crop is not None and max(clip.crop.left + clip.crop.right, clip.crop.top + clip.crop.bottom) >= 1:
        yield Fault(f"{place}.crop", "The crop leaves nothing of the picture.")
    for number, effect in enumerate(clip.effects):
        yield from range_faults(effect, f"{place}.effects[{number}]")
        if isinstance(effect, FrameFunction) and not effect.name:
            yield Fault(f"{place}.effects[{number}].name", "An effect needs a name.")
    if clip.speed is not None:
        if abs(clip.speed.factor) > FASTEST:
            yield Fault(f"{place}.speed.factor", f"A clip runs at most {FASTEST} times as fast.")
        if clip.speed.ramp is not None:
            yield from curve_faults(clip.speed.ramp, f"{place}.speed.ramp")
    if isinstance(clip.made, Text | Shape):
        yield from _box_faults(clip.made, f"{place}.made")
    if isinstance(clip.made, Text | Shape | Solid):
        yield from range_faults(clip.made, f"{place}.made")


def _box_faults(made: Text | Shape, place: str) -> Iterator[Fault]:
    low, high = _FAR
    if not all(low <= each <= high for each in made.box) or min(made.box[2:]) <= 0:
        yield Fault(f"{place}.box", "The box has no size, or lies far outside the frame.")
    if isinstance(made, Text):
        yield from range_faults(made.style, f"{place}.style")
        if len(made.text) > MOST_LETTERS:
            yield Fault(f"{place}.text", f"A text has at most {MOST_LETTERS:,} letters.")


def range_faults(held: Any, place: str) -> Iterator[Fault]:
    """Numbers outside their range, keys out of order and colours that are none."""
    for name, (low, high) in _RANGES.get(type(held), {}).items():
        value: Animated = getattr(held, name)
        if isinstance(value, Curve):
            yield from curve_faults(value, f"{place}.{name}")
            values = [key.value for key in value.keys]
        else:
            values = [value]
        if not all(low <= each <= high for each in values):
            yield Fault(f"{place}.{name}", f"{_said(name)} is {low:g} to {high:g}.")
    for name in _COLOURS.get(type(held), ()):
        yield from colour_faults(getattr(held, name), f"{place}.{name}", may_be_none=name in _MAY_BE_NONE)


def colour_faults(colour: str, place: str, *, may_be_none: bool = False) -> Iterator[Fault]:
    """Whether words are a colour."""
    if not (_COLOUR.fullmatch(colour) or (may_be_none and not colour)):
        yield Fault(place, "A colour is written #rrggbb or #rrggbbaa.")


def curve_faults(curve: Curve, place: str) -> Iterator[Fault]:
    """Keys that are not in order of time, or would run back in it."""
    if not curve.keys:
        yield Fault(place, "There are no keys in this.")
    for number, key in enumerate(curve.keys):
        here = f"{place}[{number}]"
        if number and key.frame <= curve.keys[number - 1].frame:
            yield Fault(f"{here}.frame", "Keys follow one another, one at a frame.")
        x1, y1, x2, y2 = key.handles
        if not (0 <= x1 <= 1 and 0 <= x2 <= 1):
            yield Fault(f"{here}.handles", "A handle stays between its two keys: x is 0 to 1.")
        if not all(map(isfinite, (key.value, y1, y2))):
            yield Fault(f"{here}.value", "A key has a number.")


def _said(name: str) -> str:
    return name.replace("_", " ").capitalize()
