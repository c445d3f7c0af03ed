"""A parked car seen from outside: a side profile swept across its width, windows and wheels on the side towards the camera."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from studio.engine.artist.geometry import hull_chain, polygon, smoothed
from studio.engine.artist.sets.kit.stage import Scene, lamp_glow, times
from studio.engine.artist.sheet import Colour

Array = NDArray[np.float64]
Placing = Callable[[float, float, float], Array]

# Along the car (bonnet positive) and height in metres.
_LOWER = (
    (-2.1, 0.32),
    (-2.14, 0.62),
    (-2.05, 0.88),
    (-1.2, 0.95),
    (1.05, 0.96),
    (1.95, 0.86),
    (2.14, 0.66),
    (2.12, 0.32),
)
_CABIN = ((-1.25, 0.93), (-0.72, 1.38), (0.5, 1.42), (1.14, 0.95))
_WINDOWS = (
    ((-1.0, 0.97), (-0.62, 1.30), (-0.08, 1.34), (-0.08, 0.97)),
    ((0.06, 0.97), (0.06, 1.34), (0.46, 1.34), (0.94, 0.98)),
)
HALF = 0.84


def car(scene: Scene, x: float, z: float, yaw: float, colour: Colour) -> None:
    """A car standing at (x, z), its bonnet towards `yaw` radians (0 = +z, positive to +x)."""
    sheet = scene.sheet
    forward = np.array([math.sin(yaw), 0.0, math.cos(yaw)])
    across = np.array([math.cos(yaw), 0.0, -math.sin(yaw)])
    base = np.array([x, 0.0, z])

    def at(along: float, height: float, side: float) -> Array:
        return base + forward * along + across * side + np.array([0.0, height, 0.0])

    corners = np.array([at(a, y, s) for a, y in (*_LOWER, *_CABIN) for s in (-HALF, HALF)])
    if float(sheet.camera.seen(corners)[:, 2].min()) < 0.4:
        return
    near = HALF if float((sheet.camera.position - base) @ across) > 0 else -HALF

    def body(outline: Array, inset: float) -> Array:
        return np.array([sheet.camera.projected([at(a, y, s * inset) for a, y in outline])[0] for s in (-near, near)])

    lower = body(smoothed(_LOWER, 1), 1.0)
    cabin = body(smoothed(_CABIN, 1, closed=False), 0.86)
    shell = hull_chain(cabin).union(hull_chain(lower)).union(polygon(lower[1]))
    sheet.fill(shell, times(colour, 1.1))
    sheet.fill(lower[1], colour)
    sheet.fill(cabin[1], colour)
    glass: Colour = (92, 104, 120) if scene.dark else (196, 210, 214)
    for outline in _WINDOWS:
        sheet.face3([at(a, y, near * 0.88) for a, y in outline], glass, 1.1, overshoot=0)
    _screens(scene, at, forward, base, glass)
    sill = [at(a, y, near) for a, y in ((-2.1, 0.32), (2.1, 0.32), (2.12, 0.5), (-2.12, 0.5))]
    sheet.face3(sill, times(colour, 0.72), line=False)
    sheet.outline(shell, 2.0)
    sheet.ink(sheet.camera.projected([at(-0.02, 0.95, near), at(-0.02, 0.4, near)])[0], 1.0, alpha=150)
    _wheels(scene, at, near)
    _lamps(scene, at, forward, base)


def _screens(scene: Scene, at: Placing, forward: Array, base: Array, glass: Colour) -> None:
    towards = float((scene.sheet.camera.position - base) @ forward)
    for way, (top, top_y), (foot, foot_y) in ((1, (0.56, 1.37), (1.12, 0.98)), (-1, (-0.76, 1.35), (-1.2, 0.97))):
        if towards * way > 1.2:
            pane = [at(top, top_y, -0.6), at(top, top_y, 0.6), at(foot, foot_y, 0.7), at(foot, foot_y, -0.7)]
            scene.sheet.face3(pane, glass, 1.1, overshoot=0)


def _wheels(scene: Scene, at: Placing, near: float) -> None:
    turn = np.linspace(0, 2 * math.pi, 22, endpoint=False)
    for middle in (-1.32, 1.32):
        for radius, colour in ((0.34, (44, 42, 46)), (0.19, (176, 174, 170))):
            ring = [at(middle + radius * math.cos(a), 0.34 + radius * math.sin(a), near * 1.01) for a in turn]
            page = scene.sheet.camera.projected(ring)[0]
            scene.sheet.fill(page, colour)
            scene.sheet.ink(page, 1.3, closed=True)


def _lamps(scene: Scene, at: Placing, forward: Array, base: Array) -> None:
    way = 1 if float((scene.sheet.camera.position - base) @ forward) > 1.0 else -1
    if abs(float((scene.sheet.camera.position - base) @ forward)) < 1.0:
        return
    colour: Colour = (250, 236, 190) if way > 0 else (190, 60, 52)
    for side in (-0.6, 0.6):
        ball = scene.sheet.ball(at(way * 2.12, 0.68, side), 0.1, 14)
        scene.sheet.fill(ball, colour, raw=scene.dark)
        scene.sheet.ink(ball, 1.1, closed=True)
        if scene.dark and way > 0:
            lamp_glow(scene.sheet, at(2.2, 0.68, side), 0.8, 110, (255, 236, 190))
