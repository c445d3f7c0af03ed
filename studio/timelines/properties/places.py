"""Places in a clip, such as "transform.x", "effects[0].radius" or "made.box.2": what is there, and something else put there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from studio.engine.timeline import Clip
from studio.engine.timeline.looks import Colour, Crop, Transform

_BEGUN: dict[str, Any] = {"transform": Transform(), "crop": Crop(), "colour": Colour()}
_PARTS = re.compile(r"[a-z_]+|\d+")


def at_place(clip: Clip, path: str) -> Any:
    """What is at a place; a look the clip has none of is as by default. None where there is no such place."""
    held: Any = clip
    for number, part in enumerate(_PARTS.findall(path)):
        held = _in(held, part)
        if held is None and number == 0:
            held = _BEGUN.get(part)
    return held


def _in(held: Any, part: str) -> Any:
    if isinstance(held, tuple):
        inside: tuple[Any, ...] = held
        return inside[int(part)] if int(part) < len(inside) else None
    return getattr(held, part, None)


def root_of(path: str) -> str:
    """The field of the clip a place is in."""
    return _PARTS.findall(path)[0]


def with_place(clip: Clip, path: str, value: Any) -> Clip:
    """The clip with a value at a place; a look that is again as by default is none."""
    first, *rest = _PARTS.findall(path)
    held = getattr(clip, first)
    new = _put(_BEGUN.get(first) if held is None else held, rest, value)
    return replace(clip, **{first: None if first in _BEGUN and new == _BEGUN[first] else new})


def _put(held: Any, parts: list[str], value: Any) -> Any:
    if not parts:
        return value
    part, *rest = parts
    if isinstance(held, tuple):
        place = int(part)
        return (*held[:place], _put(held[place], rest, value), *held[place + 1 :])
    return replace(held, **{part: _put(getattr(held, part), rest, value)})
