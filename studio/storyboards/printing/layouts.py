"""How a board is laid out on paper, and the twelve layouts a production uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from studio.core.errors import Invalid

Paper = Literal["letter", "a4"]
Word = Literal["number", "shot", "duration", "action", "dialogue"]
LayoutName = Literal[
    "standard",
    "single",
    "pair",
    "compact",
    "contact",
    "index",
    "script",
    "director",
    "camera",
    "dialogue",
    "agency",
    "pitch",
]

SIZES: dict[Paper, tuple[float, float]] = {"letter": (612.0, 792.0), "a4": (595.28, 841.89)}
"""Width and height of the papers in points, upright."""
MOST_COLUMNS, MOST_ROWS, MOST_NOTE_LINES = 6, 4, 12
_MOST_BESIDE = 2
_MOST_NOTE_LINES_TURNED = 2


def _check_between(value: int, least: int, most: int, told: str, field: str) -> None:
    if not least <= value <= most:
        raise Invalid(told.format(least, most), field=field)


@dataclass(frozen=True, slots=True)
class Layout:
    """A page of panels.

    `columns` (1 to 6) and `rows` (1 to 4, in a sparse one as many as there is room for) of panels; `words` are what is printed
    with a picture, `note_lines` (0 to 12) how many ruled lines follow. The words stand below the picture or, in at most two
    columns, `beside` it. With `new_page` every scene begins a page.

    Raises:
        Invalid: it cannot be printed; the sentence says why.
    """

    name: str
    says: str
    columns: int
    rows: int
    words: tuple[Word, ...]
    landscape: bool = True
    paper: Paper = "letter"
    note_lines: int = 0
    beside: bool = False
    new_page: bool = False

    def __post_init__(self) -> None:
        if self.paper not in SIZES:
            raise Invalid("The paper is letter or a4.", field="paper")
        _check_between(self.columns, 1, MOST_COLUMNS, "A page has {} to {} columns of panels.", "columns")
        _check_between(self.rows, 1, MOST_ROWS, "A page has {} to {} rows of panels.", "rows")
        _check_between(self.note_lines, 0, MOST_NOTE_LINES, "A panel has {} to {} lines for notes.", "note_lines")
        if self.beside and self.columns > _MOST_BESIDE:
            raise Invalid("With the words beside the picture a page has 1 or 2 columns of panels.", field="columns")
        unknown = [word for word in self.words if word not in get_args(Word)]
        if unknown:
            raise Invalid(
                f"{unknown[0]} cannot be printed with a panel. Choose from {', '.join(get_args(Word))}.", field="words"
            )

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page in points."""
        width, height = SIZES[self.paper]
        return (height, width) if self.landscape else (width, height)

    @property
    def sparse(self) -> bool:
        """Below its pictures stands one line or none."""
        return not (self.beside or self.note_lines or {"action", "dialogue"} & set(self.words))

    @property
    def turns(self) -> bool:
        """Whether it can be printed upright as well as broad."""
        return not self.beside and self.note_lines <= _MOST_NOTE_LINES_TURNED

    def turned(self) -> Layout:
        """The layout on the other side of the paper, as many panels across as there were down. Raises: Invalid."""
        if not self.turns:
            way = "broad" if self.landscape else "upright"
            raise Invalid(f"The layout {self.name} is printed {way} only.", field="landscape")
        return replace(self, landscape=not self.landscape, columns=self.rows, rows=min(MOST_ROWS, self.columns))


_ALL: tuple[Word, ...] = ("number", "shot", "duration", "action", "dialogue")

LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        Layout("standard", "six panels a page with all their words", 3, 2, _ALL),
        Layout("single", "one big panel a page with its words and lines for notes", 1, 1, _ALL, note_lines=2),
        Layout("pair", "two panels a page with lines for notes", 2, 1, _ALL, note_lines=9),
        Layout("compact", "twelve panels a page with their words", 4, 3, _ALL),
        Layout("contact", "as many pictures as a page holds, with their numbers", 6, 4, ("number",)),
        Layout("index", "small panels with number and length", 5, 4, ("number", "duration")),
        Layout("script", "the words of the script beside each picture", 1, 4, _ALL, landscape=False, beside=True),
        Layout(
            "director",
            "three panels a page with ruled lines beside them, every scene on pages of its own",
            1,
            3,
            ("number", "shot", "duration", "action"),
            landscape=False,
            note_lines=8,
            beside=True,
            new_page=True,
        ),
        Layout(
            "camera",
            "eight panels a page with size, angle, move and lens",
            2,
            4,
            ("number", "shot", "duration"),
            landscape=False,
        ),
        Layout(
            "dialogue", "six panels a page with what is said", 2, 3, ("number", "duration", "dialogue"), landscape=False
        ),
        Layout("agency", "three panels a page with long text and notes", 3, 1, _ALL, note_lines=12, new_page=True),
        Layout("pitch", "one panel a page with what happens, to be shown", 1, 1, ("action", "dialogue")),
    )
}
"""The built-in layouts by name, the usual one first."""


def layout_named(
    name: str, *, columns: int | None = None, paper: Paper | None = None, landscape: bool | None = None
) -> Layout:
    """A built-in layout, with another number of columns, on another paper or turned if wanted. Raises: Invalid."""
    found = LAYOUTS.get(name.strip().lower())
    if found is None:
        raise Invalid(f"There is no layout {name}. Choose from {listed(LAYOUTS)}.", field="layout")
    if landscape not in (None, found.landscape):
        found = found.turned()
    return replace(found, columns=found.columns if columns is None else columns, paper=paper or found.paper)


def listed(names: Iterable[str]) -> str:
    """Names as a sentence lists them."""
    return ", ".join(names)
