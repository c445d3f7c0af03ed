"""Something dark and near at one edge of a wide picture, that gives it depth: a door jamb, leaves, a post, grass. No set."""

from __future__ import annotations

import math

import numpy as np
import shapely

from studio.engine.artist.geometry import polygon, rectangle, rounded, smoothed
from studio.engine.artist.sets.kit.stage import Scene, mixed, sky_colours
from studio.engine.artist.sheet import Colour

LEAFY = ("forest", "field", "yard")
BARE = ("beach", "rooftop", "deck", "car", "train")
SHADE = 0.24


def near_edge(scene: Scene, side: int) -> None:
    """Draw it at the left (-1) or right (1) edge of the page; about half of all places have something there."""
    if scene.kind in BARE or scene.number("near edge", 0, 1) > 0.6:
        return
    tone = mixed((46, 44, 52), sky_colours(scene)[1], SHADE if not scene.dark else 0.06)
    with scene.sheet.faded(0.0):
        if scene.interior:
            _jamb(scene, side, tone)
        elif scene.kind in LEAFY:
            _leaves(scene, side, tone)
        else:
            _post(scene, side, tone)


def _jamb(scene: Scene, side: int, tone: Colour) -> None:
    """The edge of the doorway we look through."""
    sheet = scene.sheet
    width, height = sheet.camera.width, sheet.camera.height
    reach = width * scene.number("jamb", 0.07, 0.10)
    outer = (
        rectangle(-40, -40, reach, height + 40) if side < 0 else rectangle(width - reach, -40, width + 40, height + 40)
    )
    sheet.fill(outer, tone)
    edge = reach if side < 0 else width - reach
    trim = rectangle(min(edge, edge - side * 26), -40, max(edge, edge - side * 26), height + 40)
    sheet.fill(trim, mixed(tone, (150, 136, 118), 0.35))
    for x in (edge, edge - side * 26):
        sheet.ink([[x, -30], [x, height + 30]], 2.6, taper=0.9)


def _leaves(scene: Scene, side: int, tone: Colour) -> None:
    """A branch hanging in from an upper corner."""
    sheet = scene.sheet
    width = sheet.camera.width
    rng = scene.rng("near leaves")
    x0 = 0.0 if side < 0 else width
    stem = np.array([[x0 + side * 30, 40.0], [x0 - side * width * 0.10, 74.0], [x0 - side * width * 0.20, 128.0]])
    shapes = [shapely.LineString(stem).buffer(7)]
    for share in np.linspace(0.0, 1.0, 19):
        at = stem[0] + (stem[2] - stem[0]) * share + rng.uniform(-34, 34, 2)
        turn, long = rng.uniform(0.2, 1.4) if side < 0 else rng.uniform(1.7, 2.9), rng.uniform(70, 120)
        along = np.array([math.cos(turn), math.sin(turn)])
        across = np.array([-along[1], along[0]])
        leaf = [
            at,
            at + along * long * 0.5 + across * long * 0.24,
            at + along * long,
            at + along * long * 0.5 - across * long * 0.24,
        ]
        shapes.append(polygon(smoothed(np.array(leaf), 2)))
    mass = shapely.union_all(shapes)
    sheet.fill(mass, tone)
    sheet.outline(mass, 1.6)


def _post(scene: Scene, side: int, tone: Colour) -> None:
    """A near post with a rail running off the page."""
    sheet = scene.sheet
    width, height = sheet.camera.width, sheet.camera.height
    x = width * 0.06 if side < 0 else width * 0.94
    post = polygon(rectangle(x - 21, -40, x + 21, height + 40))
    foot = polygon(rectangle(x - 40, height * 0.80, x + 40, height + 40))
    arm = polygon(rectangle(min(x, x + side * width), height * 0.60, max(x, x + side * width), height * 0.60 + 20))
    shape = rounded(shapely.union_all([post, foot, arm]), 5)
    sheet.fill(shape, tone)
    sheet.outline(shape, 2.2)
