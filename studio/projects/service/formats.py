"""The formats a film is made in: the rates and shapes on offer, and those nearest to what somebody brings along. Pure."""

from __future__ import annotations

from fractions import Fraction

from studio.core.errors import Invalid
from studio.engine.time import Rate
from studio.projects.views import FilmFormat

RATES = {
    "23.976": Rate(24_000, 1001),
    "24": Rate(24),
    "25": Rate(25),
    "29.97": Rate(30_000, 1001),
    "30": Rate(30),
    "50": Rate(50),
    "59.94": Rate(60_000, 1001),
    "60": Rate(60),
}
"""Those films are shown at, by what people call them: frames a second."""

SHAPES = {
    "16:9": (1920, 1080),
    "9:16": (1080, 1920),
    "1:1": (1080, 1080),
    "4:5": (1080, 1350),
    "4:3": (1440, 1080),
    "1.85:1": (1920, 1038),
    "2.39:1": (1920, 804),
}
"""Width and height in pixels by what film people call the shape."""

_LONG, _SHORT = 1920, 1080
_SLOWEST, _FASTEST = 20, 62
_MOST_FPS = 240


def format_named(shape: str, rate: str) -> FilmFormat:
    """One of `SHAPES` at one of `RATES`. Raises: Invalid."""
    size = SHAPES.get(shape)
    if size is None:
        raise Invalid(f"There is no shape “{shape[:20]}”. Choose one of {', '.join(SHAPES)}.", field="shape")
    frames = RATES.get(rate)
    if frames is None:
        raise Invalid(f"There is no rate “{rate[:20]}”. Choose one of {', '.join(RATES)}.", field="rate")
    return FilmFormat(frames, *size)


def nearest_rate(fps: Fraction) -> Rate:
    """The usual rate for what was shot at so many frames a second: of a multiple or a part the rate it is one of."""
    if fps <= 0:
        return FilmFormat().rate
    while fps > _FASTEST:
        fps /= 2
    while fps < _SLOWEST:
        fps *= 2
    return min(RATES.values(), key=lambda rate: abs(rate.fps - fps))


def size_of(shape: Fraction) -> tuple[int, int]:
    """Width and height in pixels of a shape (width by height): up to 1920 by 1080, or upright."""
    scale = min(_LONG / max(shape, 1), _SHORT / min(shape, 1))
    width, height = (max(16, round(side * scale / 2) * 2) for side in (shape, Fraction(1)))
    return width, height


def check(film: FilmFormat) -> None:
    """Raises: Invalid where no project can have it."""
    if not all(16 <= side <= 7680 and side % 2 == 0 for side in (film.width, film.height)):
        raise Invalid("Width and height must be even numbers of pixels from 16 to 7680.", field="size")
    if not 1 <= film.rate.fps <= _MOST_FPS:
        raise Invalid(f"A film has 1 to {_MOST_FPS} frames a second.", field="rate")
