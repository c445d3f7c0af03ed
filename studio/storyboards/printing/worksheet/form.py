"""Where everything stands on a worksheet: frames, words, corner marks, code. Points, measured from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass

from studio.core.errors import Invalid
from studio.storyboards.printing.layouts import MOST_COLUMNS, MOST_ROWS, SIZES, Paper

MARK = 36.0
"""The side of a corner mark."""
EDGE = 26.0
"""What printers leave white, and a little more."""
CELL, CODE_ROWS = 4.0, 9
LINE = 0.8
"""How thick a frame is printed."""
MOST_FRAMES = MOST_COLUMNS * MOST_ROWS
_AIR, _GUTTER, _TIGHT = 10.0, 18.0, 10.0
_LEAST_WORDS = 30.0
_BESIDE_SHARE = 0.55
_MANY = 3
_FINEST = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Form:
    """A page of `columns` x `rows` frames, each as wide as it is high times `aspect` (kept to a thousandth).

    Raises:
        Invalid: there is no such page.
    """

    columns: int = 2
    rows: int = 3
    aspect: float = 16 / 9
    paper: Paper = "letter"
    landscape: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.columns <= MOST_COLUMNS:
            raise Invalid(f"A worksheet has 1 to {MOST_COLUMNS} columns of frames.", field="columns")
        if not 1 <= self.rows <= MOST_ROWS:
            raise Invalid(f"A worksheet has 1 to {MOST_ROWS} rows of frames.", field="rows")
        if self.paper not in SIZES:
            raise Invalid("The paper is letter or a4.", field="paper")
        object.__setattr__(self, "aspect", round(self.aspect * _FINEST) / _FINEST)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page."""
        width, height = SIZES[self.paper]
        return (height, width) if self.landscape else (width, height)

    @property
    def count(self) -> int:
        """How many frames a page has."""
        return self.columns * self.rows

    @property
    def marks(self) -> tuple[Place, ...]:
        """The corner marks: upper left, upper right, lower right, lower left."""
        width, height = self.size
        left, top, right, foot = EDGE, EDGE, width - EDGE - MARK, height - EDGE - MARK
        return tuple(Place(x, y, MARK, MARK) for x, y in ((left, top), (right, top), (right, foot), (left, foot)))

    @property
    def head(self) -> Place:
        """Between the upper marks: what page this is."""
        width, _ = self.size
        return Place(EDGE + MARK + _AIR, EDGE, width - 2 * (EDGE + MARK + _AIR), MARK)

    @property
    def code(self) -> Place:
        """Between the lower marks: the cells of the code."""
        width, height = self.size
        across = self.code_columns * CELL
        return Place((width - across) / 2, height - EDGE - MARK, across, CODE_ROWS * CELL)

    @property
    def code_columns(self) -> int:
        return int(self.head.width // CELL)

    def frame(self, at: int) -> Place:
        """A frame, row by row from 0."""
        row, column = divmod(at, self.columns)
        across, down, gutter = self._pitch
        width, height = self._frame
        inset = 0.0 if self._beside else (across - gutter - width) / 2
        top = EDGE + MARK + _AIR
        return Place(EDGE + column * across + inset, top + row * down, width, height)

    def words(self, at: int) -> Place:
        """The room for words below a frame, or beside it where frames stand in one column."""
        frame = self.frame(at)
        across, down, gutter = self._pitch
        if self._beside:
            taken = frame.width + _AIR
            return Place(frame.x + taken, frame.y, across - gutter - taken, frame.height)
        return Place(frame.x, frame.y + frame.height, frame.width, down - _TIGHT - frame.height)

    @property
    def _beside(self) -> bool:
        return self.columns == 1

    @property
    def _pitch(self) -> tuple[float, float, float]:
        """From frame to frame across and down, and the room left free between columns."""
        width, height = self.size
        gutter = _TIGHT if self.columns > _MANY else _GUTTER
        room = height - 2 * (EDGE + MARK + _AIR)
        return (width - 2 * EDGE + gutter) / self.columns, room / self.rows, gutter

    @property
    def _frame(self) -> tuple[float, float]:
        across, down, gutter = self._pitch
        width, height = across - gutter, down - _TIGHT
        width, height = (width * _BESIDE_SHARE, height) if self._beside else (width, height - _LEAST_WORDS)
        return (width, width / self.aspect) if width / self.aspect <= height else (height * self.aspect, height)
