"""Colours adjusted as a person sets them, as ffmpeg filters. Every step is a formula on RGB signals v from 0 to 1.

In this order, each result kept within 0..1:
- exposure e, contrast c:  v' = (v * 2**(e / 2.2) - .5) * c + .5   (a stop is a doubling of light, on a curve of 2.2)
- saturation s:            v' = y + s * (v - y),  y = .2126 r + .7152 g + .0722 b
- temperature t, tint m:   r' = r * (1 + .3 t) / n,  g' = g * (1 - .3 m) / n,  b' = b * (1 - .3 t) / n, where n keeps white's y
- gamma k:                 v' = v ** (1 / k)
- a table (.cube), mixed:  v' = v + mix * (table(v) - v)
They are done in 12 bits. What changes over time is set anew before every frame, at the frame's own time.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio.engine.looks import cube, over_time
from studio.engine.looks.over_time import number
from studio.engine.timeline.curves import at, moves
from studio.engine.timeline.looks import Colour

STOP_GAMMA = 2.2
WARMTH = 0.3
LUMA = (0.2126, 0.7152, 0.0722)

_LEAST_GAMMA = 0.01
_EXACT = "flags=bicubic+accurate_rnd+full_chroma_int"

Row = tuple[float, float, float]


def colour_filters(
    colour: Colour,
    *,
    frames: Sequence[int] = (0,),
    alpha: bool = False,
    table: Path | None = None,
    name: str = "c",
) -> list[str]:
    """The filters for pictures in BT.709, one a second; `frames` says which frame of the clip each of them is.

    `table` is the file `cube.prepared` gave for the colour's `lut` and `lut_mix`; `name` tells the filters of one graph
    apart. Nothing at all comes back when nothing is to be changed.
    """
    steps = over_time.filters(_told(colour, frames, name))
    if table is not None:
        steps.append(cube.lut_filter(table))
    return [*into_rgb(alpha=alpha), *steps, *from_rgb(alpha=alpha)] if steps else []


def into_rgb(*, alpha: bool) -> list[str]:
    """From the film's pictures to RGB of 12 bits."""
    deep = "format=gbrap12" if alpha else "format=gbrp12"
    return [f"scale=in_color_matrix=bt709:in_range=tv:out_range=pc:{_EXACT}", deep]


def from_rgb(*, alpha: bool) -> list[str]:
    """From RGB back to the film's pictures."""
    plain = "format=yuva420p" if alpha else "format=yuv420p"
    tagged = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
    return [f"scale=in_range=pc:out_color_matrix=bt709:out_range=tv:{_EXACT}", plain, tagged]


def changed(colour: Colour, frame: int, rgb: Row) -> Row:
    """The formulas themselves, without the table, for one colour: what the filters are measured by."""
    gain, lift = _light(colour, frame)
    lit = [_kept(v * gain + lift) for v in rgb]
    mixed = [_kept(sum(m * v for m, v in zip(row, lit, strict=True))) for row in _matrix(colour, frame)]
    red, green, blue = (v ** (1 / _gamma(colour, frame)) for v in mixed)
    return red, green, blue


def _told(colour: Colour, frames: Sequence[int], name: str) -> list[over_time.Setting]:
    """What the three filters are told for every frame; those that never do anything are left out."""
    settings = [_setting(colour, frame, name) for frame in frames]
    nothing = _setting(Colour(), 0, name)
    idle = [step for step in nothing if all(setting[step] == nothing[step] for setting in settings)]
    if not _moving(colour):
        settings = settings[:1]
    return [{step: told for step, told in setting.items() if step not in idle} for setting in settings]


def _setting(colour: Colour, frame: int, name: str) -> over_time.Setting:
    """One frame: a straight line for each signal, a matrix, a power.

    The matrix filter takes no number above 2: then it makes everything smaller by `by`, and the last step makes up for it.
    """
    gain, lift = _light(colour, frame)
    rows = _matrix(colour, frame)
    by = max(1.0, max(abs(v) for row in rows for v in row) / 2)
    line = f"val*{number(gain)}+maxval*{number(lift)}+.5" if (gain, lift) != (1, 0) else "val"
    power = 1 / _gamma(colour, frame)
    curve = f"maxval*exp(log(val*{number(by)}/maxval)*{number(power)})+.5" if (by, power) != (1, 1) else "val"
    return {
        f"lutrgb@{name}l": dict.fromkeys("rgb", line),
        f"colorchannelmixer@{name}m": {
            f"{to}{of}": number(v / by)
            for to, row in zip("rgb", rows, strict=True)
            for of, v in zip("rgb", row, strict=True)
        },
        f"lutrgb@{name}g": dict.fromkeys("rgb", curve),
    }


def _light(colour: Colour, frame: int) -> tuple[float, float]:
    """Exposure and contrast as one line: v * gain + lift."""
    contrast = at(colour.contrast, frame)
    return 2 ** (at(colour.exposure, frame) / STOP_GAMMA) * contrast, 0.5 - 0.5 * contrast


def _matrix(colour: Colour, frame: int) -> tuple[Row, Row, Row]:
    """Saturation, then temperature and tint."""
    saturation, warm, tint = (at(v, frame) for v in (colour.saturation, colour.temperature, colour.tint))
    gains = 1 + WARMTH * warm, 1 - WARMTH * tint, 1 - WARMTH * warm
    white = sum(gain * luma for gain, luma in zip(gains, LUMA, strict=True))
    rows: list[Row] = []
    for to, gain in enumerate(gains):
        red, green, blue = (
            (luma * (1 - saturation) + saturation * (of == to)) * gain / white for of, luma in enumerate(LUMA)
        )
        rows.append((red, green, blue))
    return rows[0], rows[1], rows[2]


def _gamma(colour: Colour, frame: int) -> float:
    return max(at(colour.gamma, frame), _LEAST_GAMMA)


def _moving(colour: Colour) -> bool:
    values = colour.exposure, colour.contrast, colour.saturation, colour.temperature, colour.tint, colour.gamma
    return any(moves(value) for value in values)


def _kept(value: float) -> float:
    return min(max(value, 0.0), 1.0)
