"""Effects as ffmpeg filters on the film's pictures (yuv420p or yuva420p, BT.709). Each looks at its own frame alone.

A frame function (`functions.py`) is no filter: the planner renders its clip, runs it over the frames, and goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import acos

from studio.engine.looks import over_time
from studio.engine.looks.colour import LUMA
from studio.engine.looks.over_time import number
from studio.engine.timeline.curves import Animated, at, moves
from studio.engine.timeline.looks import (
    Blur,
    ChromaKey,
    Effect,
    Flip,
    FrameFunction,
    Grain,
    Greyscale,
    Pixelate,
    Sharpen,
    Vignette,
)

REACH = 0
"""Frames before and after its own that an effect looks at: none does."""

BEFORE = 1 << 16
"""Added to a clip's frames where grain and functions count them, for in a transition they may lie before its first."""

_GRAIN_SIDE = 64
_GRAIN_SEED = 2003
_GRAIN_STRENGTH = 60
_LEAST_SIGMA, _MOST_SIGMA = 0.1, 1024.0
"""Below the least nothing is seen, and the filter divides by nearly nothing."""


def effect_filters(
    effect: Effect,
    size: tuple[int, int],
    *,
    frames: Sequence[int] = (0,),
    alpha: bool = False,
    name: str = "e",
) -> list[str]:
    """The filters for pictures of `size`, one a second; `frames` says which frame of the clip each of them is.

    They are a list to be joined by commas; `name` tells the effects of one graph apart.

    Raises:
        ValueError: for a frame function, which is none.
    """
    _, height = size
    match effect:
        case Blur():
            return _blur(effect.radius, height, frames=frames, name=name)
        case Sharpen():
            return [f"unsharp=5:5:{number(min(max(effect.amount, 0), 5))}:5:5:0"]
        case Vignette():
            # ffmpeg makes the signal smaller by the fourth power of the cosine of an angle, which is the whole one in the corners.
            corner = 1 - min(max(effect.amount, 0.0), 1.0)
            return [f"vignette=angle={number(acos(corner**0.25))}:dither=0"]
        case Grain():
            return _grain(effect.amount, size, frames=frames, alpha=alpha, name=name)
        case Pixelate():
            block = max(2, round(effect.size * height / 2) * 2)
            return [f"pixelize=w={min(block, 1024)}:h={min(block, 1024)}:mode=avg"]
        case Flip():
            return ["hflip"] if effect.across else ["vflip", "copy"]  # vflip alone only tells the rows backwards
        case Greyscale():
            return ["lutyuv=u=128:v=128"]
        case ChromaKey():
            key = f"chromakey=0x{_yuv(effect.colour)}:{number(max(effect.similarity, 0.00001))}:{number(effect.blend)}:yuv=1"
            return ["format=yuva420p", key]
        case FrameFunction():
            raise ValueError(f"{effect.name} is a frame function, no filter")


def makes_alpha(effect: Effect) -> bool:
    """Whether pictures that were whole have clear parts afterwards."""
    return isinstance(effect, ChromaKey)


def _blur(radius: Animated, height: int, *, frames: Sequence[int], name: str) -> list[str]:
    """A Gaussian whose deviation is the radius."""
    shown = frames if moves(radius) else frames[:1]
    sigmas = [min(max(at(radius, frame) * height, _LEAST_SIGMA), _MOST_SIGMA) for frame in shown]
    if max(sigmas) == _LEAST_SIGMA:
        return []
    told = [{f"gblur@{name}": {"sigma": number(sigma), "sigmaV": number(sigma), "steps": "2"}} for sigma in sigmas]
    return over_time.filters(told)


def _grain(amount: float, size: tuple[int, int], *, frames: Sequence[int], alpha: bool, name: str) -> list[str]:
    """One plate of noise, larger than the frame, laid on at another place for every frame of the clip.

    The places follow from the frame's number by two multiplications in whole numbers, so any segment has the same.
    """
    if amount <= 0:
        return []
    width, height = size
    places = [
        {f"crop@{name}": {"w": f"{width}", "h": f"{height}", "x": _place(n, 37), "y": _place(n, 53)}} for n in frames
    ]
    plate = [
        f"color=c=gray:s={width + _GRAIN_SIDE}x{height + _GRAIN_SIDE}:r=1",
        f"format={'yuva420p' if alpha else 'yuv420p'}",
        "trim=end_frame=1",
        "lutyuv=y=128:u=128:v=128",
        f"noise=c0s={max(1, round(min(amount, 1) * _GRAIN_STRENGTH))}:c0_seed={_GRAIN_SEED}",
        "loop=loop=-1:size=1",
        "settb=1",
        "setpts=N",
        *over_time.filters(places),
    ]
    clear = ":c3_mode=normal" if alpha else ""
    return [f"null[{name}a];{','.join(plate)}[{name}b];[{name}a][{name}b]blend=all_mode=grainmerge{clear}:shortest=1"]


def _place(frame: int, step: int) -> str:
    """An even number of pixels below the plate's margin."""
    n, places = frame + BEFORE, _GRAIN_SIDE // 2
    return str(2 * ((n * step + n // places * 11) % places))


def _yuv(colour: str) -> str:
    """A colour as BT.709 has it, 16..235, in hexadecimal digits."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    luma = LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue
    parts = 16 + 219 * luma, 128 + 224 * (blue - luma) / 1.8556, 128 + 224 * (red - luma) / 1.5748
    return "".join(f"{round(part):02x}" for part in parts)
