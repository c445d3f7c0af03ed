"""Filters whose options change from frame to frame: ffmpeg's own expressions are few, so each frame's numbers are sent to it.

A setting is what every filter is told for one frame: {"lutrgb@a": {"r": "val*2", ...}, ...}, the same filters in each.
The text grows with the frames: give the graph to ffmpeg in a file (`-filter_complex_script`), not as an argument.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from studio.engine.time import Rate

Setting = dict[str, dict[str, str]]


def filters(settings: Sequence[Setting], rate: Rate) -> list[str]:
    """The filters with the first frame's options, and before them what sends the others; pictures are numbered from 0."""
    told = [f"{name}={':'.join(f'{k}={v}' for k, v in options.items())}" for name, options in settings[0].items()]
    sent = [line for n in range(1, len(settings)) if (line := _line(n, settings, rate))]
    return [f"sendcmd=c='{';'.join(sent)}'", *told] if sent else told


def number(value: float) -> str:
    """A number as filters read it: seven digits after the point, none that say nothing."""
    text = f"{value:.7f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def _line(frame: int, settings: Sequence[Setting], rate: Rate) -> str:
    """The orders for one frame, given half a frame before it; what stays as it was is not said again."""
    changed = [
        f"{name} {option} {value}"
        for name, options in settings[frame].items()
        for option, value in options.items()
        if settings[frame - 1][name][option] != value
    ]
    at = (frame - Fraction(1, 2)) / rate.fps
    return f"{number(float(at))} {','.join(changed)}" if changed else ""
