"""From a drawing as the journal tells it to a sheet the engine paints."""

from __future__ import annotations

import numpy as np

from studio.drawing.ops import Fill, Shape, Text
from studio.drawing.replay import NOTES, REFERENCE, Layer, Picture, Placed
from studio.engine.ink.geometry import DENSITY, Run, mirrored, moved, shape_runs, stroke_run
from studio.engine.ink.sheet import Film, Ink, Sheet, Words


def sheet_of(picture: Picture, *, notes: bool = True) -> Sheet:
    """What is seen of a drawing, without the notes on it if they are not wanted."""
    under = next((_strength(layer) for layer in picture.layers if layer.id == REFERENCE), 1.0)
    seen = [layer for layer in picture.layers if notes or layer.id != NOTES]
    films = (Film(tuple(_mark(p) for p in layer.marks), _strength(layer), layer.blend) for layer in seen)
    return Sheet(tuple(films), under)


def has_notes(picture: Picture) -> bool:
    """Whether anything is seen on the layer of notes."""
    return any(layer.id == NOTES and layer.marks and _strength(layer) for layer in picture.layers)


def _strength(layer: Layer) -> float:
    return 0.0 if layer.hidden else layer.opacity / 100


def _mark(placed: Placed) -> Ink | Words:
    mark, matrix = placed.mark, placed.matrix
    colour = (int(mark.colour[1:3], 16), int(mark.colour[3:5], 16), int(mark.colour[5:7], 16))
    if isinstance(mark, Text):
        return Words(mark.text, mark.x, mark.y, mark.size, matrix, colour, mark.opacity / 100)
    if isinstance(mark, Fill):
        rings = tuple(moved(_ring(ring), matrix) for ring in mark.rings)
        return Ink(rings, colour, mark.opacity / 100, filled=True, under=mark.under)
    if isinstance(mark, Shape):
        runs, density = shape_runs(mark.form, mark.box, mark.size), 1.0
    else:
        runs, density = (stroke_run(mark.points, mark.size, mark.tool),), DENSITY.get(mark.tool, 1.0)
    if mark.axis is not None:
        runs = (*runs, *(mirrored(run, mark.axis) for run in runs))
    erases = not isinstance(mark, Shape) and mark.tool == "eraser"
    return Ink(tuple(moved(run, matrix) for run in runs), colour, mark.opacity / 100 * density, erases=erases)


def _ring(ring: list[int]) -> Run:
    corners = np.cumsum(np.asarray(ring, np.float64).reshape(-1, 2), axis=0)
    return Run(np.column_stack((corners, np.zeros(len(corners)))))
