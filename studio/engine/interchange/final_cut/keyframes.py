"""What changes over a clip as formats with straight keyframes have it, and camera moves as scale and place."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

from studio.engine.timeline import Animated, Clip, Curve, Key
from studio.engine.timeline.curves import at, moves
from studio.engine.timeline.looks import Transform


def frames_of(*values: Animated) -> list[int]:
    """The frames at which any of these values has a keyframe; none where nothing moves."""
    return sorted({key.frame for value in values if isinstance(value, Curve) and moves(value) for key in value.keys})


def curve(keys: Sequence[tuple[int, float]]) -> Animated:
    """Straight ways through these values by frame; one value where they are all the same."""
    ordered = sorted(dict(keys).items())
    if len({value for _, value in ordered}) == 1:
        return ordered[0][1]
    return Curve(tuple(Key(frame, value) for frame, value in ordered))


def laid(clip: Clip) -> Transform | None:
    """Where the picture lies; a camera move is scale and place from its first frame to its last."""
    if clip.motion is None or clip.transform is not None:
        return clip.transform
    first, last = clip.motion.start, clip.motion.end
    end = max(1, clip.frames - 1)
    return Transform(
        x=curve([(0, (0.5 - first.x) / first.width), (end, (0.5 - last.x) / last.width)]),
        y=curve([(0, (0.5 - first.y) / first.width), (end, (0.5 - last.y) / last.width)]),
        scale_x=curve([(0, 1 / first.width), (end, 1 / last.width)]),
        scale_y=curve([(0, 1 / first.width), (end, 1 / last.width)]),
    )


def of_decibels(db: float) -> float:
    """Times as loud."""
    return 10 ** (db / 20)


def decibels(times: float) -> float:
    """How much louder in decibels; silence is -96."""
    return max(-96.0, 20 * log10(times)) if times > 0 else -96.0


def number(value: float) -> str:
    """A number as files have it, at six places."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def still(value: Animated) -> float:
    """A value at its first frame."""
    return at(value, 0)
