"""From a drawing as the journal tells it to a sheet the engine paints."""

from __future__ import annotations

from studio.drawing.ops import Shape, Stroke, Text
from studio.drawing.replay import NOTES, REFERENCE, Layer, Picture, Placed
from studio.engine.ink.geometry import DENSITY, moved, shape_runs, stroke_run
from studio.engine.ink.sheet import Film, Ink, Sheet, Words


def sheet_of(picture: Picture, *, notes: bool = True) -> Sheet:
    """What is seen of a drawing, without the notes on it if they are not wanted."""
    under = next((_strength(layer) for layer in picture.layers if layer.id == REFERENCE), 1.0)
    seen = [layer for layer in picture.layers if notes or layer.id != NOTES]
    return Sheet(tuple(Film(tuple(_mark(p) for p in layer.marks), _strength(layer)) for layer in seen), under)


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
    if isinstance(mark, Shape):
        runs = shape_runs(mark.form, mark.box, mark.size)
        return Ink(tuple(moved(run, matrix) for run in runs), colour, mark.opacity / 100)
    return _ink(mark, placed, colour)


def _ink(stroke: Stroke, placed: Placed, colour: tuple[int, int, int]) -> Ink:
    run = moved(stroke_run(stroke.points, stroke.size, stroke.tool), placed.matrix)
    strength = stroke.opacity / 100 * DENSITY.get(stroke.tool, 1.0)
    return Ink((run,), colour, strength, erases=stroke.tool == "eraser")
