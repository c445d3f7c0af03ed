"""What a layout looks like, as two paths for a picture as small as a thumb: made from the layout's own measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from studio.storyboards.printing.grid import NOTE_LINE, Box, Grid, grid_of
from studio.storyboards.printing.layouts import Layout

_LINE = 3.2
"""How thick a line of words is drawn, in points of the page."""
_SHARES = (0.94, 0.86, 0.7)
_NOTE = 1.4


@dataclass(frozen=True, slots=True)
class Sketch:
    """A page in points; `pictures` and `words` are SVG path data, measured from the upper left corner."""

    width: float
    height: float
    pictures: str
    words: str


def sketch_of(layout: Layout, aspect: float = 16 / 9) -> Sketch:
    """The first page of panels of a layout, full."""
    grid = grid_of(layout, aspect)
    places = [(row, column) for row in range(grid.rows) for column in range(layout.columns)]
    return Sketch(
        grid.width,
        grid.height,
        _path(grid, (grid.picture_at(*place) for place in places)),
        _path(grid, (line for place in places for line in _lines(grid, grid.words_at(*place)))),
    )


def _lines(grid: Grid, box: Box) -> Iterator[Box]:
    """The words of a panel as strokes, the head first, then the lines for notes."""
    words, leading = set(grid.layout.words), grid.type.leading * 1.25
    y = box.top - (0.0 if grid.layout.beside else leading * 0.8)
    if words & {"number", "shot", "duration"}:
        y -= _LINE * 1.6
        yield Box(box.x, y, box.width * (0.8 if "shot" in words else 0.3), _LINE * 1.6)
    notes = box.y + grid.layout.note_lines * NOTE_LINE
    lowest = box.y if grid.layout.beside else notes
    said = 2 * ("action" in words) + 2 * ("dialogue" in words)
    for at in range(said):
        y -= leading
        if y > lowest:
            yield Box(box.x, y, box.width * _SHARES[at % len(_SHARES)], _LINE)
    for at in range(grid.layout.note_lines):
        line = box.y + at * NOTE_LINE
        if line < y - NOTE_LINE / 2:
            yield Box(box.x, line, box.width, _NOTE)


def _path(grid: Grid, boxes: Iterator[Box]) -> str:
    return "".join(
        f"M{box.x:.1f} {grid.height - box.top:.1f}h{box.width:.1f}v{box.height:.1f}h{-box.width:.1f}z" for box in boxes
    )
