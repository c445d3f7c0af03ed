"""Which frames of its media a clip asks for, and whether they are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from studio.engine.timeline.looks import Nested
from studio.engine.timeline.model import Clip

Available = Mapping[str, int | None]
"""Frames (of the timeline's rate) each media has, by its name; None is a still, which never ends. What is left out is not known."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The first and the last frame of the media that are asked for, and how many there are."""

    first: int
    last: int
    frames: int

    @property
    def beyond(self) -> bool:
        """Whether more is asked for than is there."""
        return self.first < 0 or self.last >= self.frames

    def sentence(self, name: str, what: str = "for this") -> str:
        """What is missing."""
        early = -self.first if self.first < 0 else 0
        late = max(0, self.last - self.frames + 1)
        short = f"{early} before it begins" if early else f"{late} after it ends"
        return f"{name or 'This clip'} has not enough media {what}: {short} are missing. Use less of it."


def endless(clip: Clip, available: Available) -> bool:
    """Whether a clip can be as long as one likes: what is drawn or still, and what has no media yet."""
    if isinstance(clip.made, Nested):
        return False
    return not clip.media or clip.motion is not None or (clip.media in available and available[clip.media] is None)


def source_at(clip: Clip, frame: int) -> Fraction:
    """The place in its media, in frames, a frame of the clip shows."""
    if clip.speed is None:
        return Fraction(clip.source_in + frame)
    if clip.speed.ramp is not None:
        return clip.source_in + Fraction(clip.speed.ramp.at(frame)).limit_denominator(1_000_000)
    return clip.source_in + clip.speed.factor * frame


def reach(clip: Clip, available: Available, *, before: int = 0, after: int = 0) -> Reach | None:
    """What a clip asks of its media, with frames more at its ends; None where that has no end, or none that is known."""
    nested = clip.made.timeline if isinstance(clip.made, Nested) else None
    if endless(clip, available) or (nested is None and clip.media not in available):
        return None
    places = [source_at(clip, frame) for frame in (-before, clip.frames - 1 + after)]
    if clip.speed is not None and clip.speed.ramp is not None:
        places += [source_at(clip, key.frame) for key in clip.speed.ramp.keys if 0 <= key.frame < clip.frames]
    has = nested.frames if nested else available[clip.media] or 0
    return Reach(floor(min(places)), floor(max(places)), has)
