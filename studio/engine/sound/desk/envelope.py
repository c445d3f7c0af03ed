"""Values of a clip that change over its samples: the keyframes of its curves as straight lines between points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.engine.time import SAMPLE_RATE, Rate
from studio.engine.timeline.curves import Animated, Curve

STEP_SAMPLES = 144
"""A value that jumps does so within 3 ms, against the click."""


@dataclass(frozen=True, slots=True)
class Line:
    """`values` at samples `at` from the clip's start, straight between them, standing still before and after."""

    at: NDArray[np.float64]
    values: NDArray[np.float64]

    def over(self, first: int, last: int) -> NDArray[np.float64]:
        """The values at samples `first` up to `last`."""
        return np.interp(np.arange(first, last), self.at, self.values)

    def seen(self, first: int, last: int) -> list[float]:
        """What of the line there is between two samples, told from the first: the same numbers, the same values."""
        inside = (self.at > first) & (self.at < last)
        ends = np.interp((first, last), self.at, self.values)
        return [round(float(x), 6) for x in (*ends, *(self.at[inside] - first), *self.values[inside])]


def line(value: Animated, rate: Rate) -> float | Line:
    """A value of a clip as numbers for its samples; what stands still is one number.

    Linear keys are exact; a Bézier way is followed from frame to frame, a held value jumps within 3 ms before its next key.
    """
    if not isinstance(value, Curve):
        return value
    if len({key.value for key in value.keys}) == 1:
        return value.keys[0].value
    frame = float(SAMPLE_RATE / rate.fps)
    at: list[float] = []
    values: list[float] = []
    for i, key in enumerate(value.keys):
        at.append(key.frame * frame)
        values.append(key.value)
        after = value.keys[i + 1] if i + 1 < len(value.keys) else None
        if after is None or key.way == "linear":
            continue
        if key.way == "hold":
            at.append(max(at[-1], after.frame * frame - STEP_SAMPLES))
            values.append(key.value)
            continue
        between = range(key.frame + 1, after.frame)
        at.extend(each * frame for each in between)
        values.extend(value.at(each) for each in between)
    return Line(np.array(at, np.float64), np.array(values, np.float64))
