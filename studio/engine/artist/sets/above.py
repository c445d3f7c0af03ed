"""A place seen from straight above, as a floor plan shows it: the same set the panels stand in, without people and weather."""

from __future__ import annotations

import math

import numpy as np

from studio.engine.artist.camera import SENSOR_WIDTH_MM, WIDTH, Camera
from studio.engine.artist.light import grade
from studio.engine.artist.panel import Drawing
from studio.engine.artist.sets.catalogue import built
from studio.engine.artist.sets.kit.stage import Scene
from studio.engine.artist.sheet import Sheet
from studio.engine.artist.spec import Light, PanelSpec
from studio.engine.artist.strokes import inked

_HIGH = 160.0
"""Metres: from so high walls stand on edge, as on a plan."""
_FADE = 0.45


def floor_drawn(spec: PanelSpec, reach: float, pixels: int) -> Drawing:
    """The place of a panel from above, by day: a square of `reach` metres to each side of its middle, z pointing up."""
    focal = SENSOR_WIDTH_MM * _HIGH / (2 * reach)
    camera = Camera(np.array([0.0, _HIGH, 0.0]), 0.0, -math.pi / 2 + 1e-6, focal, WIDTH)
    light = grade(Light.DAY, spec.interior)
    sheet = Sheet(camera, light=light.shadow, gain=light.gain, fade=_FADE)
    for piece in built(spec.set_kind, Scene(sheet, spec.place, spec.set_kind.value, Light.DAY, spec.interior)):
        piece.draw()
    return Drawing(inked(sheet), (WIDTH, WIDTH), (pixels, pixels), camera)
