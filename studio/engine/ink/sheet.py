"""What is painted: a sheet of layers, each with its marks in order. Lengths as in `geometry`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from studio.engine.ink.geometry import Matrix, Run

Paint = tuple[int, int, int]
Blend = Literal["normal", "multiply", "screen"]


@dataclass(frozen=True, slots=True)
class Ink:
    """Runs of one colour (red, green, blue) at one `strength` 0..1; `erases` takes away what lies below in its layer.

    When `filled` the runs are rings, and the area inside an odd number of them is meant; `under` lies below what is there.
    """

    runs: tuple[Run, ...]
    colour: Paint
    strength: float
    erases: bool = False
    filled: bool = False
    under: bool = False


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
    """A layer, seen at `strength` 0..1, its colours put together with those under it as `blend` says."""

    marks: tuple[Ink | Words, ...]
    strength: float
    blend: Blend = "normal"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing: its layers, lowest first, and how strongly the picture under them shows."""

    films: tuple[Film, ...]
    under: float
