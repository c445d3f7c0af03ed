"""Who fills a place that is said to be full: where they stand and walk, always the same people in one place. No drawing."""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from studio.engine.artist.compose import Composition
from studio.engine.artist.people.extras import draw_extra
from studio.engine.artist.people.look import person
from studio.engine.artist.people.pose import Actor
from studio.engine.artist.sets.kit.stage import Piece, Scene
from studio.engine.artist.spec import Look, Pose

OUTSIDE, INSIDE = 11, 7
PLATFORM = 1.7
"""How far from the middle the edge of a station's platform is, in metres."""
_AISLES = {"street": (1.9, 5.0), "train": (0.0, 0.6), "corridor": (0.2, 1.0)}
"""How far left and right of the middle people go, in metres, where that is not everywhere."""
_DOING = (Pose.WALK, Pose.STAND, Pose.WALK, Pose.TALK, Pose.STAND, Pose.WALK, Pose.THINK, Pose.PHONE)


def crowd(scene: Scene, composition: Composition, who: str) -> list[Piece]:
    """The extras of a place as pieces that stand among its furniture: `who` is "people" or "children"; "" is nobody."""
    if not who:
        return []
    rng = scene.rng("crowd")
    near, far = (1.5, 2.7) if scene.interior else (2.0, 13.0)
    if not composition.cast:
        near = -0.5 if scene.interior else 0.0
    if scene.kind == "station":
        near, far = -2.5, PLATFORM
    low, high = _AISLES.get(scene.kind, (0.2, 2.9 if scene.interior else 7.0))
    pieces: list[Piece] = []
    for place in range(INSIDE if scene.interior else OUTSIDE):
        side = 1 if rng.random() < 0.5 else -1
        x, z = side * rng.uniform(low, high), rng.uniform(near, far)
        turn, stance = rng.uniform(0, 360), int(rng.integers(len(_DOING)))
        name = f"{scene.place} {place}"
        pose = Pose.RUN if who == "children" and stance % 3 == 0 else _DOING[stance]
        look = Look(age="child" if who == "children" and place % 4 else "adult")
        facing = turn if pose is not Pose.WALK else (90.0 if side < 0 else 270.0) + 40 * math.sin(turn)
        actor = Actor(person(name, look), float(x), float(z), float(facing), pose)
        if _clear(composition, actor):
            pieces.append(Piece(float(x), float(z), 0.33, True, partial(draw_extra, scene.sheet, actor)))
    return pieces


def _clear(composition: Composition, actor: Actor) -> bool:
    """Whether an extra is on the page and no head grows out of another: nobody stands straight behind the people of a shot."""
    camera = composition.camera
    page, depth = camera.projected([[actor.x, 1.4, actor.z], *([one.x, 1.4, one.z] for one in composition.cast)])
    behind = float(depth[1:].min()) if len(depth) > 1 else 0.6
    if depth[0] < behind or not -0.05 < page[0, 0] / camera.width < 1.05:
        return False
    apart = np.abs(page[1:, 0] - page[0, 0])
    return bool(np.all(apart > 0.30 * camera.scale / np.maximum(depth[1:], 0.4)))
