"""People who only make a place full: a loose figure in four flats with one outline, as a storyboard has its crowds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from studio.engine.artist.people.pose import Actor
from studio.engine.artist.people.skeleton import Skeleton, posed
from studio.engine.artist.people.sweep import Array, tube

if TYPE_CHECKING:
    from studio.engine.artist.sheet import Sheet

_LEG = (0.062, 0.046, 0.034, 0.030)
_ARM = (0.044, 0.035, 0.026)
_TRUNK = (0.094, 0.088, 0.098, 0.060)


def draw_extra(sheet: Sheet, actor: Actor) -> None:
    """Draw one of a crowd: legs, clothes, head and hair as flats, no face."""
    bones = posed(actor)
    who = actor.person
    height = bones.head_height
    middle, up, back = bones.chin + bones.head.up * height * 0.48, bones.head.up, bones.head.forward
    legs = _limbs(
        sheet, bones, [(bones.hips[i], bones.knees[i], bones.ankles[i], bones.sole[i][1]) for i in (0, 1)], _LEG
    )
    arms = [(bones.shoulders[i], bones.elbows[i], bones.wrists[i]) for i in (0, 1)]
    spine = tuple(bones.spine([height])[0][0] for height in (0.0, 0.12, 0.25, 0.315))
    body = shapely.union_all([_limbs(sheet, bones, arms, _ARM), _limbs(sheet, bones, [spine], _TRUNK)])
    head = tube(sheet, [bones.neck, bones.chin + up * height * 0.3, middle], np.array([0.3, 0.30, 0.40]) * height, 10)
    hair = tube(
        sheet,
        [middle - back * height * 0.16, middle + up * height * 0.18 - back * height * 0.04],
        [height * 0.36] * 2,
        10,
    )
    whole = shapely.union_all([legs, body, head, hair])
    if whole.is_empty:
        return
    hands = shapely.union_all([tube(sheet, [bones.palm(i)], [0.022 * bones.stature], 8) for i in (0, 1)])
    for shape, colour in ((hands, who.skin), (legs, who.bottom), (body, who.top), (head, who.skin), (hair, who.hair)):
        if not shape.is_empty:
            sheet.fill(shape, colour)
    sheet.outline(whole, sheet.line_weight(float(sheet.camera.seen(bones.pelvis)[0, 2]), 1.5))


def _limbs(sheet: Sheet, bones: Skeleton, chains: Sequence[Sequence[Array]], radii: Sequence[float]) -> BaseGeometry:
    size = bones.stature * bones.person.build
    return shapely.union_all([tube(sheet, np.array(chain), np.array(radii) * size, 6) for chain in chains])
