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
    Light.DAY: Grade((1.0, 1.0, 1.0), (0.75, 0.66), (0.7, -1.0, 0.42)),
    Light.DAWN: Grade((1.0, 0.92, 0.86), (0.85, 0.52), (0.95, -0.55, 0.40)),
    Light.DUSK: Grade((0.88, 0.74, 0.70), (-0.85, 0.52), (-1.0, -0.45, 0.42)),
    Light.NIGHT: Grade((0.63, 0.66, 0.83), (-0.75, 0.66), (-0.7, -1.0, 0.40)),
}

_INSIDE = {
    Light.DAY: Grade((1.0, 1.0, 1.0), (0.75, 0.66), (0.6, -1.0, 0.30)),
    Light.DAWN: Grade((1.0, 0.94, 0.88), (0.75, 0.66), (0.7, -0.8, 0.30)),
    Light.DUSK: Grade((0.93, 0.83, 0.79), (-0.75, 0.66), (-0.7, -0.8, 0.30)),
    Light.NIGHT: Grade((0.80, 0.77, 0.85), (-0.75, 0.66), (-0.5, -1.0, 0.30)),
}


def grade(light: Light, interior: bool) -> Grade:
    """How a time of day looks, inside or out of doors."""
    return (_INSIDE if interior else _OUTSIDE)[light]
