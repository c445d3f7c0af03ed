"""Where everything stands on a page of panels, and which panels are on which page. Points, measured from the lower left corner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from studio.storyboards.printing.book import BoardBook, BookPanel, BookScene
from studio.storyboards.printing.layouts import Layout

MARGIN = 36.0
HEADER = 20.0
BAND = 24.0
"""Above every row is room for the band that opens a scene."""
NOTE_LINE = 16.0
_GUTTER, _TIGHT_GUTTER = 16.0, 10.0
HEAD_AIR, HEAD_GAP = 6.0, 3.0
"""Above and below the line with a panel's number."""
CAPITAL, DESCENT = 0.72, 0.3
"""How far letters reach above and below their line, in shares of their size."""
BETWEEN = 0.35
"""Lines left free between action and dialogue."""
_BESIDE_SHARE = 0.52
_NEARLY = 0.1
"""The share of a row that may be lacking for one more: its pictures are a little smaller then."""
_SMALL = 7.5


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its lower left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def top(self) -> float:
        return self.y + self.height

    @property
    def right(self) -> float:
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Type:
    """Sizes of letters in points: of the shot's number, of the words, and the distance of their lines."""

    number: float
    words: float
    leading: float


_TYPES = (
    (400.0, Type(13.0, 10.5, 13.5)),
    (200.0, Type(10.5, 8.5, 10.6)),
    (140.0, Type(9.0, 7.0, 8.8)),
    (0.0, Type(8.0, 6.5, 8.0)),
)
"""Letters by the width of the column they need, largest first."""
_MOST_WORDS = 2 / 3


@dataclass(frozen=True, slots=True)
class Grid:
    """A page of a layout: `pitch` from row to row, and the picture and the words of a panel from the cell's upper left corner."""

    layout: Layout
    rows: int
    width: float
    height: float
    column: float
    gutter: float
    pitch: float
    picture: Box
    words: Box
    type: Type

    @property
    def right(self) -> float:
        return self.width - MARGIN

    def band_top(self, row: int) -> float:
        """The upper edge of the room above a row."""
        return self.height - MARGIN - HEADER - row * self.pitch

    def picture_at(self, row: int, column: int) -> Box:
        return self._placed(self.picture, row, column)

    def words_at(self, row: int, column: int) -> Box:
        return self._placed(self.words, row, column)

    def _placed(self, box: Box, row: int, column: int) -> Box:
        x = MARGIN + column * (self.column + self.gutter)
        return Box(x + box.x, self.band_top(row) - BAND - box.y - box.height, box.width, box.height)


@dataclass(frozen=True, slots=True)
class Band:
    """The head of a scene above a row; `goes_on` when the scene began on an earlier page."""

    scene: BookScene
    row: int
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A panel in its place."""

    panel: BookPanel
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class PanelPage:
    """One page of panels."""

    bands: tuple[Band, ...]
    cells: tuple[Cell, ...]


def grid_of(layout: Layout, aspect: float) -> Grid:
    """The measures of a layout for pictures of this shape (width over height)."""
    width, height = layout.size
    gutter = _TIGHT_GUTTER if layout.sparse else _GUTTER
    column = (width - 2 * MARGIN - (layout.columns - 1) * gutter) / layout.columns
    room, rows = height - 2 * MARGIN - HEADER, layout.rows
    type = _type(column, layout, room / rows - BAND)
    if layout.sparse:
        least = BAND + column / aspect + least_words(layout, type)
        rows = max(rows, int(room / least + _NEARLY))
    pitch = room / rows
    if layout.beside:
        picture, words = _beside(column, pitch - BAND, aspect)
    else:
        picture, words = _below(column, pitch - BAND, aspect, layout, type)
    if layout.columns > 1 and not layout.beside and words.width < column:
        column, gutter = _justified(width - 2 * MARGIN, layout.columns, words.width)
        picture, words = replace(picture, x=0.0), replace(words, x=0.0)
    return Grid(layout, rows, width, height, column, gutter, pitch, picture, words, type)


def pages_of(book: BoardBook, grid: Grid) -> tuple[PanelPage, ...]:
    """The panels page by page. A scene begins a row, or a page where the layout says so; one without panels is left out."""
    return tuple(PanelPage(tuple(bands), tuple(cells)) for bands, cells in _filled(book, grid))


def _filled(book: BoardBook, grid: Grid) -> Iterator[tuple[list[Band], list[Cell]]]:
    bands: list[Band] = []
    cells: list[Cell] = []
    row = 0
    for scene in book.scenes:
        for at, panel in enumerate(scene.panels):
            column = at % grid.layout.columns
            if cells and column == 0:
                row += 1
                if row == grid.rows or (at == 0 and grid.layout.new_page):
                    yield bands, cells
                    bands, cells, row = [], [], 0
            if at == 0 or not cells:
                bands.append(Band(scene, row, goes_on=at > 0))
            cells.append(Cell(panel, row, column))
    if cells:
        yield bands, cells


def least_words(layout: Layout, type: Type) -> float:
    """The height below which the words of a panel are not readable any more."""
    lines = 2 * ("action" in layout.words) + 2 * ("dialogue" in layout.words)
    if lines == 4 and type.words <= _SMALL:
        lines = 3
    head = HEAD_AIR + type.number * CAPITAL + HEAD_GAP if {"number", "shot", "duration"} & set(layout.words) else 0.0
    text = (lines + BETWEEN) * type.leading + DESCENT * type.words if lines else DESCENT * type.number * bool(head)
    return head + text + layout.note_lines * NOTE_LINE


def _beside(column: float, height: float, aspect: float) -> tuple[Box, Box]:
    width, tall = _within(column * _BESIDE_SHARE, height, aspect)
    left = width + 14.0
    return Box(0.0, 0.0, width, tall), Box(left, 0.0, column - left, height)


def _below(column: float, height: float, aspect: float, layout: Layout, type: Type) -> tuple[Box, Box]:
    width, tall = _within(column, height - least_words(layout, type), aspect)
    left = (column - width) / 2
    words = Box(left, tall, width, height - tall) if width > 0.6 * column else Box(0.0, tall, column, height - tall)
    if layout.sparse:
        words = Box(words.x, tall, words.width, least_words(layout, type))
    return Box(left, 0.0, width, tall), words


def _within(width: float, height: float, aspect: float) -> tuple[float, float]:
    return (width, width / aspect) if width / aspect <= height else (height * aspect, height)


def _justified(whole: float, columns: int, width: float) -> tuple[float, float]:
    """The width of a column and of the space between two: narrower ones reach from margin to margin all the same."""
    return width, (whole - columns * width) / (columns - 1)


def _type(column: float, layout: Layout, room: float) -> Type:
    """The largest letters for a column so wide that leave pictures a third of the room for a row, else the smallest."""
    wide = column * (1 - _BESIDE_SHARE) if layout.beside else column
    fitting = (
        type
        for least, type in _TYPES
        if wide > least and (layout.beside or least_words(layout, type) <= room * _MOST_WORDS)
    )
    return next(fitting, _TYPES[-1][1])
