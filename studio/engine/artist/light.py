"""The tint and the light's direction for a time of day. No drawing."""

from __future__ import annotations

from dataclasses import dataclass

from studio.engine.artist.sheet import Colour
from studio.engine.artist.spec import Light


@dataclass(frozen=True, slots=True)
class Grade:
    """`gain` multiplies the colours of the page; `shadow` (x, y) is where shadows fall; `sun` (x, y, z) is how light travels."""

    gain: Colour
    shadow: tuple[float, float]
    sun: tuple[float, float, float]


_OUTSIDE = {
    Light.DAY: Grade((1.0, 1.0, 1.0), (0.75, 0.66), (0.7, -1.0, 0.3)),
    Light.DAWN: Grade((1.0, 0.91, 0.84), (0.85, 0.52), (0.9, -0.55, -0.3)),
    Light.DUSK: Grade((0.86, 0.75, 0.76), (-0.85, 0.52), (-0.9, -0.5, -0.3)),
    Light.NIGHT: Grade((0.63, 0.66, 0.83), (-0.75, 0.66), (-0.6, -1.0, -0.3)),
}

_INSIDE = {
    Light.DAY: Grade((1.0, 1.0, 1.0), (0.75, 0.66), (0.5, -1.0, -0.25)),
    Light.DAWN: Grade((1.0, 0.94, 0.88), (0.75, 0.66), (0.6, -0.8, -0.4)),
    Light.DUSK: Grade((0.93, 0.83, 0.79), (-0.75, 0.66), (-0.6, -0.8, -0.4)),
    Light.NIGHT: Grade((0.80, 0.77, 0.85), (-0.75, 0.66), (-0.4, -1.0, -0.25)),
}


def grade(light: Light, interior: bool) -> Grade:
    """How a time of day looks, inside or out of doors."""
    return (_INSIDE if interior else _OUTSIDE)[light]
