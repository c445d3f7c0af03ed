"""Something dark and near at one edge of a wide picture, that gives it depth: a door jamb, leaves, a post, grass. No set."""

from __future__ import annotations

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
    """A near trunk at the edge and its foliage along the top."""
    sheet = scene.sheet
    width, height = sheet.camera.width, sheet.camera.height
    rng = scene.rng("near leaves")
    edge = 0.0 if side < 0 else width
    rise = np.linspace(-40, height + 40, 9)
    bark = edge - side * (58 + rng.uniform(-9, 9, 9) + 26 * (rise / height) ** 4)
    trunk = np.vstack([np.stack([bark, rise], 1), [[edge + side * 60, height + 40], [edge + side * 60, -40]]])
    shapes = [polygon(smoothed(trunk, 2))]
    for share in np.linspace(-0.02, 0.34, 17):
        low = height * 0.19 * (1 - share * 2.4) + rng.uniform(-14, 14)
        at = [edge - side * share * width, max(low, 4.0) - 34]
        shapes.append(shapely.Point(at).buffer(float(rng.uniform(38, 58)), quad_segs=4))
    shapes.append(polygon(rectangle(*_strip(edge, edge - side * width * 0.30, height * 0.06))))
    mass = rounded(shapely.union_all(shapes), 4)
    sheet.fill(mass, tone)
    sheet.outline(mass, 2.0)


def _strip(one: float, other: float, bottom: float) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a strip along the top of the page."""
    return min(one, other), -40.0, max(one, other), bottom


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
