"""What is painted: a sheet of layers, each with its marks in order. Lengths as in `geometry`."""

from __future__ import annotations

from dataclasses import dataclass

from studio.engine.ink.geometry import Matrix, Run

Paint = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Ink:
    """Runs of one colour (red, green, blue) at one `strength` 0..1; `erases` takes away what lies below in its layer."""

    runs: tuple[Run, ...]
    colour: Paint
    strength: float
    erases: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text; the first begins at (x, y), a line is `size` high; `matrix` moves them."""

    text: str
    x: float
    y: float
    size: float
    matrix: Matrix
    colour: Paint
    strength: float


@dataclass(frozen=True, slots=True)
class Film:
    """A layer, seen at `strength` 0..1."""

    marks: tuple[Ink | Words, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing: its layers, lowest first, and how strongly the picture under them shows."""

    films: tuple[Film, ...]
    under: float
