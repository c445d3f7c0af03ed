"""Filters whose options change from frame to frame: ffmpeg's own expressions are few, so each frame's numbers are sent to it.

A setting is what every filter is told for one frame: {"lutrgb@a": {"r": "val*2", ...}, ...}, the same filters in each.
Pictures are numbered from 0, one a second, whatever the film's rate: which frame each of them is, the settings know.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Setting = dict[str, dict[str, str]]


def filters(settings: Sequence[Setting]) -> list[str]:
    """The filters with the first picture's options, and before them what sends the others."""
    told = [f"{name}={':'.join(f'{k}={v}' for k, v in options.items())}" for name, options in settings[0].items()]
    sent = [line for n in range(1, len(settings)) if (line := _line(n, settings))]
    return [f"sendcmd=c='{';'.join(sent)}'", *told] if sent else told


def number(value: float) -> str:
    """A number as filters read it: seven digits after the point, none that say nothing."""
    text = f"{value:.7f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def _line(picture: int, settings: Sequence[Setting]) -> str:
    """The orders for one picture, given half a second before it; what stays as it was is not said again."""
    changed = [
        f"{name} {option} {value}"
        for name, options in settings[picture].items()
        for option, value in options.items()
        if settings[picture - 1][name][option] != value
    ]
    return f"{number(float(picture - Fraction(1, 2)))} {','.join(changed)}" if changed else ""
