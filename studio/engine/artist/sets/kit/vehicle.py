"""A car seen from outside: a side profile swept across its width, windows and wheels on the side towards the camera.

A parked one is drawn whole; one that is driven is open behind its driver, then closed before them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

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
_ROOF = ((-0.60, 1.37, -HALF), (-0.60, 1.37, HALF), (0.40, 1.40, HALF), (0.40, 1.40, -HALF))


@dataclass(frozen=True, slots=True, eq=False)
class Coach:
    """A car's body as the camera has it: where its points are, and the near side of its lower half and its cabin on the page."""

    at: Placing
    forward: Array
    base: Array
    near: float
    lower: Array
    cabin: Array


def car(scene: Scene, x: float, z: float, yaw: float, colour: Colour) -> None:
    """A car standing at (x, z), its bonnet towards `yaw` radians (0 = +z, positive to +x)."""
    coach = _coach(scene, x, z, yaw)
    if coach is None:
        return
    sheet, at, near = scene.sheet, coach.at, coach.near
    shell = hull_chain(coach.cabin).union(hull_chain(coach.lower)).union(polygon(coach.lower[1]))
    sheet.fill(shell, times(colour, 1.1))
    sheet.fill(coach.lower[1], colour)
    sheet.fill(coach.cabin[1], colour)
    glass = _glass(scene)
    for outline in _WINDOWS:
        sheet.face3([at(a, y, near * 0.88) for a, y in outline], glass, 1.1, overshoot=0)
    _screens(scene, at, coach.forward, coach.base, glass)
    _door(scene, coach, colour)
    sheet.outline(shell, 2.0)
    _wheels(scene, at, near)
    _lamps(scene, at, coach.forward, coach.base)


def car_behind(scene: Scene, x: float, z: float, yaw: float, colour: Colour) -> None:
    """What of a driven car is behind its driver: the cabin, seen through its glass."""
    coach = _coach(scene, x, z, yaw)
    if coach is None:
        return
    under = [coach.at(a, 0.01, s) for a, s in ((-2.0, -0.8), (2.0, -0.8), (2.0, 0.8), (-2.0, 0.8))]
    scene.sheet.face3(under, (40, 38, 52), line=False, alpha=150)
    cabin = hull_chain(coach.cabin).union(hull_chain(coach.lower))
    scene.sheet.fill(cabin, times(_glass(scene), 0.82))
    for seat in (-0.38, 0.38):
        back = [coach.at(a, y, s) for a, y, s in ((-0.30, 0.6, seat - 0.22), (-0.34, 1.2, seat - 0.16))]
        back += [coach.at(a, y, s) for a, y, s in ((-0.34, 1.2, seat + 0.16), (-0.30, 0.6, seat + 0.22))]
        scene.sheet.face3(back, (96, 90, 88), 1.0, overshoot=0)


def car_before(scene: Scene, x: float, z: float, yaw: float, colour: Colour) -> None:
    """What of a driven car is before its driver: bonnet, door, roof and pillars, wheels and lamps."""
    coach = _coach(scene, x, z, yaw)
    if coach is None:
        return
    sheet, at, near = scene.sheet, coach.at, coach.near
    body = hull_chain(coach.lower).union(polygon(coach.lower[1]))
    windows = [polygon(sheet.camera.projected([at(a, y, near * 0.86) for a, y in one])[0]) for one in _WINDOWS]
    frame = polygon(coach.cabin[1])
    for window in windows:
        frame = frame.difference(window)
    roof = polygon(sheet.camera.projected([at(a, y, s * 0.86) for a, y, s in _ROOF])[0])
    shell = body.union(frame).union(roof)
    sheet.fill(hull_chain(coach.cabin).difference(shell), (232, 240, 244), 38)
    sheet.fill(shell, times(colour, 1.1))
    sheet.fill(frame, colour)
    sheet.fill(coach.lower[1], colour)
    _door(scene, coach, colour)
    sheet.outline(shell, 2.0)
    sheet.outline(hull_chain(coach.cabin), 1.6)
    _wheels(scene, at, near)
    _lamps(scene, at, coach.forward, coach.base)


def _coach(scene: Scene, x: float, z: float, yaw: float) -> Coach | None:
    """The body of a car; None when the camera stands in it."""
    camera = scene.sheet.camera
    forward = np.array([math.sin(yaw), 0.0, math.cos(yaw)])
    across = np.array([math.cos(yaw), 0.0, -math.sin(yaw)])
    base = np.array([x, 0.0, z])

    def at(along: float, height: float, side: float) -> Array:
        return base + forward * along + across * side + np.array([0.0, height, 0.0])

    corners = np.array([at(a, y, s) for a, y in (*_LOWER, *_CABIN) for s in (-HALF, HALF)])
    if float(camera.seen(corners)[:, 2].min()) < 0.4:
        return None
    near = HALF if float((camera.position - base) @ across) > 0 else -HALF

    def body(outline: Array, inset: float) -> Array:
        return np.array([camera.projected([at(a, y, s * inset) for a, y in outline])[0] for s in (-near, near)])

    lower, cabin = body(smoothed(_LOWER, 1), 1.0), body(smoothed(_CABIN, 1, closed=False), 0.86)
    return Coach(at, forward, base, near, lower, cabin)


def _glass(scene: Scene) -> Colour:
    return (92, 104, 120) if scene.dark else (196, 210, 214)


def _door(scene: Scene, coach: Coach, colour: Colour) -> None:
    at, near = coach.at, coach.near
    sill = [at(a, y, near) for a, y in ((-2.1, 0.32), (2.1, 0.32), (2.12, 0.5), (-2.12, 0.5))]
    scene.sheet.face3(sill, times(colour, 0.72), line=False)
    edge = scene.sheet.camera.projected([at(-0.02, 0.95, near), at(-0.02, 0.4, near)])[0]
    scene.sheet.ink(edge, 1.0, alpha=150)


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
