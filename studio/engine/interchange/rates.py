"""Frame rates as other formats say them: a decimal number, or a whole one with an NTSC flag."""

from __future__ import annotations

from fractions import Fraction
from math import isfinite

from studio.core.errors import Invalid
from studio.engine.time import Rate

_NEAR = Fraction(1, 500)


def rate_near(fps: float | Fraction) -> Rate:
    """The exact rate a decimal means: 23.98 and 23.976 are 24000/1001.

    Raises: Invalid.
    """
    if not isfinite(fps) or not 0.5 <= fps <= 1_000_000:
        raise Invalid(f"{float(fps):g} frames a second is no rate of a timeline.")
    exact = Fraction(fps)
    whole = round(exact)
    if exact == whole:
        return Rate(whole)
    drop = Fraction(round(exact * 1001 / 1000) * 1000, 1001)
    if abs(exact - drop) < max(_NEAR, drop * Fraction(2, 10_000)):
        return Rate(drop.numerator, drop.denominator)
    near = exact.limit_denominator(1001)
    return Rate(near.numerator, near.denominator)


def ntsc(rate: Rate) -> bool:
    """Whether it is a whole rate slowed by 1000/1001."""
    return rate.fps.denominator == 1001
