"""The solids held things are made of: boxes with toned sides, and round things of rings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from shapely.geometry.base import BaseGeometry

from studio.engine.artist.geometry import hull_chain
from studio.engine.artist.people.parts import Colour, Kind, Part
from studio.engine.artist.people.sweep import Array, circle_of, hull_of, on_page

if TYPE_CHECKING:
    from studio.engine.artist.sheet import Sheet

Axes = tuple[Array, Array, Array]


def _page_box(
    sheet: Sheet, centre: Array, axes: Axes, half: Sequence[float]
) -> tuple[BaseGeometry, list[BaseGeometry]]:
    """The outline of a box with half sizes in metres along unit axes, and its faces towards the camera."""
    signs = np.array([[i, j, k] for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)], float)
    corners = centre + (signs * np.asarray(half)) @ np.array(axes)
    page = on_page(sheet, corners)
    faces: list[BaseGeometry] = []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            if float((sheet.camera.position - centre - axes[axis] * sign * half[axis]) @ axes[axis]) * sign > 0:
                ring = page[signs[:, axis] == sign]
                faces.append(hull_of(ring))
    return hull_of(page), faces


def box_part(
    sheet: Sheet,
    centre: Array,
    axes: Axes,
    half: Sequence[float],
    colour: Colour,
    depth: float,
    tones: Sequence[float] = (),
) -> Part:
    """A box as a part, its sides in different tones."""
    outline, faces = _page_box(sheet, centre, axes, half)

    def detail(_: BaseGeometry) -> None:
        for face, tone in zip(faces, tones or (0.92, 1.0, 0.8), strict=False):
            sheet.fill(face, sheet.shade(colour, tone) if tone != 1.0 else colour)
            sheet.outline(face, 0.9, alpha=190, shadow=False)

    return Part(depth, outline, colour, Kind.PROP, shade=0.0, weight=0.7, detail=detail)


def round_part(
    sheet: Sheet, at: Array, rows: Sequence[tuple[float, float]], colour: Colour, depth: float, liquid: Colour | None
) -> Part:
    """A cup, glass or bottle: rings of (height, radius) metres round an upright axis."""
    turn = circle_of(22)
    rings = [
        on_page(sheet, at + np.stack([np.cos(turn) * radius, np.full(22, height), np.sin(turn) * radius], 1))
        for height, radius in rows
    ]
    part = Part(depth, hull_chain(np.array(rings)), colour, Kind.PROP, shade=0.3, weight=0.8)
    if liquid is not None and float(sheet.camera.position[1] - at[1]) > 0:
        rim = rings[-1]
        colour_in = liquid

        def finish() -> None:
            sheet.fill(rim, colour_in)
            sheet.ink(rim, 1.1, closed=True)

        part.finish = finish
    return part
