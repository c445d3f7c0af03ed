"""Values that may change over a clip: keyframes with linear, hold and Bézier ways between them. Pure numbers."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

Way = Literal["linear", "hold", "bezier"]

_HALVINGS = 30


@dataclass(frozen=True, slots=True)
class Key:
    """A value at a frame of the clip (0 is its first), and the way to the next key.

    `handles` are a Bézier way's two control points, x1, y1, x2, y2, in the unit square between this key and the next, as
    CSS `cubic-bezier` has them; x stays within 0..1, so that time runs forward.
    """

    frame: int
    value: float
    way: Way = "linear"
    handles: tuple[float, float, float, float] = (0.42, 0.0, 0.58, 1.0)


@dataclass(frozen=True, slots=True)
class Curve:
    """A value by keyframes in order of their frames; before the first and after the last it stands still."""

    keys: tuple[Key, ...]

    def at(self, frame: float) -> float:
        """The value at a frame of the clip, which may lie between whole frames."""
        place = bisect_right(self.keys, frame, key=lambda key: key.frame)
        if place == 0:
            return self.keys[0].value
        before = self.keys[place - 1]
        if place == len(self.keys) or before.way == "hold":
            return before.value
        after = self.keys[place]
        share = (frame - before.frame) / (after.frame - before.frame)
        if before.way == "bezier":
            share = eased(share, before.handles)
        return before.value + (after.value - before.value) * share


Animated = float | Curve
"""A value that stands still, or a curve."""


def at(value: Animated, frame: float) -> float:
    """What an animated value is at a frame of its clip."""
    return value.at(frame) if isinstance(value, Curve) else value


def moves(value: Animated) -> bool:
    """Whether a value differs from one frame to another."""
    return isinstance(value, Curve) and len({key.value for key in value.keys}) > 1


def greatest(value: Animated) -> float:
    """The highest value there is on the way."""
    return max(key.value for key in value.keys) if isinstance(value, Curve) else value


def shifted(value: Animated, by: int) -> Animated:
    """The same values `by` frames later."""
    if not isinstance(value, Curve) or by == 0:
        return value
    return Curve(tuple(Key(key.frame + by, key.value, key.way, key.handles) for key in value.keys))


def eased(share: float, handles: tuple[float, float, float, float]) -> float:
    """How far a value has come when `share` (0..1) of the time between two keys has passed.

    Source: CSS Easing Functions Level 1, cubic Bézier easing.
    """
    x1, y1, x2, y2 = handles
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _bezier(middle, x1, x2) < share:
            low = middle
        else:
            high = middle
    return _bezier((low + high) / 2, y1, y2)


def _bezier(t: float, first: float, second: float) -> float:
    return 3 * (1 - t) ** 2 * t * first + 3 * (1 - t) * t**2 * second + t**3
