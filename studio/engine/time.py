"""Whole frames at rational rates: the only notion of time that is stored. Seconds appear at the edges."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

SAMPLE_RATE = 48_000
"""Samples per second of all sound inside the studio."""


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """Frames per second as a ratio, e.g. Rate(24, 1) or Rate(30000, 1001)."""

    num: int
    den: int = 1

    def __post_init__(self) -> None:
        if self.num <= 0 or self.den <= 0:
            raise ValueError(f"a frame rate is positive, not {self.num}/{self.den}")

    @classmethod
    def parse(cls, text: str) -> Rate:
        """Read '24/1', '24' or '30000/1001'."""
        num, _, den = text.partition("/")
        return cls(int(num), int(den or 1))

    def __str__(self) -> str:
        return f"{self.num}/{self.den}"

    @property
    def fps(self) -> Fraction:
        return Fraction(self.num, self.den)

    @property
    def said(self) -> str:
        """Frames a second as people write them: "24", "29.97", "59.94"."""
        return f"{round(float(self.fps), 3):g}"

    def frames(self, seconds: float | Fraction) -> int:
        """Seconds to the nearest whole frame (halves go up)."""
        exact = Fraction(seconds).limit_denominator(1_000_000) if isinstance(seconds, float) else Fraction(seconds)
        return floor(exact * self.fps + Fraction(1, 2))

    def seconds(self, frames: int) -> Fraction:
        """Frames to exact seconds."""
        return Fraction(frames * self.den, self.num)

    def samples(self, frames: int, sample_rate: int = SAMPLE_RATE) -> int:
        """The first sample of frame `frames`; differences of it are exact lengths."""
        return frames * sample_rate * self.den // self.num


def whole_frames(seconds: list[float], rate: Rate) -> list[int]:
    """Lengths in frames whose running sum is never more than half a frame from the exact one; each is at least 1."""
    out: list[int] = []
    exact = Fraction(0)
    used = 0
    for length in seconds:
        exact += Fraction(length).limit_denominator(1_000_000)
        frames = max(1, rate.frames(exact) - used)
        out.append(frames)
        used += frames
    return out
