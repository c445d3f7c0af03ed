"""Where the camera looks on a still at each frame, and which move each storyboard term stands for. No pixels here."""

from __future__ import annotations

from math import isfinite, pi, sin
from types import MappingProxyType

from studio.engine.artist.spec import Move
from studio.engine.timeline import Motion, Window

MIN_WIDTH = 0.05
"""The tightest window, a share of the picture's width."""

_SWAY_PARTS = ((0.41, 0.55, 0.0), (0.93, 0.30, 1.9), (1.87, 0.15, 4.2))
"""Hertz, share and phase of the slow sines a hand-held camera wanders by; the shares add up to 1."""

_WHOLE = Window()

MOVES = MappingProxyType(
    {
        Move.STATIC: Motion(_WHOLE, Window(width=0.985)),
        Move.PAN: Motion(Window(0.42, 0.5, 0.84), Window(0.58, 0.5, 0.84)),
        Move.TILT: Motion(Window(0.5, 0.58, 0.84), Window(0.5, 0.42, 0.84)),
        Move.PUSH_IN: Motion(_WHOLE, Window(width=0.82)),
        Move.PULL_OUT: Motion(Window(width=0.82), _WHOLE),
        Move.TRACK: Motion(Window(0.44, 0.5, 0.88), Window(0.56, 0.5, 0.85)),
        Move.FOLLOW: Motion(Window(0.47, 0.5, 0.92), Window(0.53, 0.5, 0.86), sway=0.004),
        Move.CRANE: Motion(Window(0.5, 0.59, 0.80), Window(0.5, 0.47, 0.92)),
        Move.ZOOM: Motion(_WHOLE, Window(width=0.68)),
        Move.HANDHELD: Motion(Window(width=0.95), Window(width=0.93), sway=0.012),
    }
)
"""The camera of an animatic for every storyboard move. Pictures have the frame's own aspect, so to travel is to look closer.

STATIC breathes by 1.5 %: too little to read as a move, enough that the film never looks frozen.
"""


def motion_of(move: Move, *, seed: int = 0) -> Motion:
    """The move as a Motion; odd seeds go the other way sideways, so that two pans in a row do not look like one."""
    motion = MOVES[move]
    if seed % 2 == 0:
        return motion
    return Motion(_mirrored(motion.start), _mirrored(motion.end), motion.sway)


def part_of(motion: Motion, begin: float, end: float) -> Motion:
    """The stretch of a move between two shares of its time, for one of several pictures that share it."""
    if (begin, end) == (0.0, 1.0):
        return motion
    return Motion(_between(motion, begin), _between(motion, end), motion.sway)


def _between(motion: Motion, done: float) -> Window:
    a, b = motion.start, motion.end
    return Window(a.x + (b.x - a.x) * done, a.y + (b.y - a.y) * done, a.width + (b.width - a.width) * done)


def is_still(motion: Motion | None) -> bool:
    """Whether the window is the same on every frame."""
    return motion is None or (motion.start == motion.end and motion.sway == 0)


def window_at(motion: Motion | None, frame: int, frames: int, *, fps: float = 24.0) -> Window:
    """The window of frame `frame` (0 is the first) of a clip of `frames` frames, always inside the picture.

    The move eases in and out (smoothstep). Sway depends on nothing but the frame and `fps`: the same in every render.
    """
    if motion is None:
        return _WHOLE
    done = min(max(frame / (frames - 1), 0.0), 1.0) if frames > 1 else 0.0
    eased = done * done * (3 - 2 * done)
    a, b = motion.start, motion.end
    x = a.x + (b.x - a.x) * eased
    y = a.y + (b.y - a.y) * eased
    if motion.sway:
        x += motion.sway * _wander(frame / fps, 0.0)
        y += motion.sway * _wander(frame / fps, 0.37)
    return _inside(x, y, a.width + (b.width - a.width) * eased)


def _wander(seconds: float, shift: float) -> float:
    """Slow wandering within -1..1, another path for each `shift`."""
    return sum(
        share * sin(2 * pi * hertz * (1 - 0.2 * shift) * seconds + phase + 9 * shift)
        for hertz, share, phase in _SWAY_PARTS
    )


def _inside(x: float, y: float, width: float) -> Window:
    """The nearest window that shows nothing beside the picture; the whole picture when the numbers are none."""
    if not (isfinite(x) and isfinite(y) and isfinite(width)):
        return _WHOLE
    width = min(max(width, MIN_WIDTH), 1.0)
    half = width / 2
    return Window(min(max(x, half), 1 - half), min(max(y, half), 1 - half), width)


def _mirrored(window: Window) -> Window:
    return Window(1 - window.x, window.y, window.width)
