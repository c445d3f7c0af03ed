"""What can be done on a panel, as the journal keeps it: strict records, whole numbers only, and their stored form.

Lengths are in 1/10000 of the panel's longer side, from its upper left corner; pressure is 0..1000; opacity is in per cent. An op
is called by its name: the client (a page's random id), a dot, and its number among that client's ops, from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator, model_validator

from studio.core.errors import Invalid

SCHEMA = "inkreel.strokes"
VERSION = 2
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: lambda document: document}
"""From version n to n + 1; a batch of any registered version opens. 2 knows more ops and says nothing else of those of 1."""

CLIENT = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
FULL_PRESSURE = 1000
_FARTHEST = (-10_000, 20_000)  # a pen may leave the panel and come back
_MOST_POINTS = 5_000
MOST_CORNERS = 12_000
"""Of all the rings of a fill together."""
_WORDS = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"

Tool = Literal["light", "brush", "tone", "pencil", "pen", "note", "eraser"]
Form = Literal["line", "rect", "ellipse", "arrow"]
Blend = Literal["normal", "multiply", "screen"]
Across = Annotated[int, Field(ge=_FARTHEST[0], le=_FARTHEST[1])]
Size = Annotated[int, Field(ge=1, le=2_000)]
Percent = Annotated[int, Field(ge=0, le=100)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
LayerId = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
LayerName = Annotated[str, Field(min_length=1, max_length=60, pattern=_WORDS)]
Name = Annotated[str, Field(pattern=CLIENT[:-1] + r"\.[1-9][0-9]{0,8}$")]
Part = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
Names = Annotated[list[Name], Field(min_length=1, max_length=2_000)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Op(BaseModel):
    """One act of a hand."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Stroke(Op):
    """A line of the pen; `points` are x, y, pressure of the first point, then differences. The eraser takes away what it covers.

    With an `axis` it is there once more, mirrored at the upright line x = axis.
    """

    op: Literal["stroke"]
    layer: LayerId
    tool: Tool
    colour: Colour
    size: Size
    opacity: Percent
    points: Annotated[list[int], Field(min_length=3, max_length=3 * _MOST_POINTS)]
    axis: Across | None = None

    @field_validator("points")
    @classmethod
    def _is_on_the_table(cls, points: list[int]) -> list[int]:
        pressed = all(0 <= at <= FULL_PRESSURE for at in accumulate(points[2::3]))
        if len(points) % 3 or not pressed or not _near(points, 3):
            raise ValueError("points are x, y, pressure, then differences, and stay near the panel")
        return points


class Shape(Op):
    """A line, rectangle, ellipse or arrow from one corner of its box (x, y, x, y) to the other; `axis` as of a stroke."""

    op: Literal["shape"]
    layer: LayerId
    form: Form
    colour: Colour
    size: Size
    opacity: Percent
    box: Annotated[list[Across], Field(min_length=4, max_length=4)]
    axis: Across | None = None


class Text(Op):
    """Words whose first line begins at (x, y); `size` is the height of a line."""

    op: Literal["text"]
    layer: LayerId
    colour: Colour
    size: Size
    opacity: Percent
    x: Across
    y: Across
    text: Annotated[str, Field(min_length=1, max_length=500, pattern=_WORDS)]


class Fill(Op):
    """The area inside an odd number of `rings`, each x, y of a corner, then differences; `under` what its layer shows so far."""

    op: Literal["fill"]
    layer: LayerId
    colour: Colour
    opacity: Percent
    under: bool
    rings: Annotated[list[list[int]], Field(min_length=1, max_length=1_000)]

    @field_validator("rings")
    @classmethod
    def _are_on_the_table(cls, rings: list[list[int]]) -> list[list[int]]:
        closed = all(len(ring) >= 6 and len(ring) % 2 == 0 and _near(ring, 2) for ring in rings)
        if not closed or sum(map(len, rings)) > 2 * MOST_CORNERS:
            raise ValueError("rings are x, y, then differences, have three corners or more, and stay near the panel")
        return rings


class AddLayer(Op):
    """A new layer on top of the others."""

    op: Literal["add_layer"]
    layer: LayerId
    name: LayerName


class SetLayer(Op):
    """What is said here of a layer changes; `place` counts from the lowest, 0."""

    op: Literal["set_layer"]
    layer: LayerId
    name: LayerName | None = None
    opacity: Percent | None = None
    hidden: bool | None = None
    locked: bool | None = None
    blend: Blend | None = None
    place: Annotated[int, Field(ge=0, le=100)] | None = None


class Clear(Op):
    """Everything on a layer is wiped."""

    op: Literal["clear"]
    layer: LayerId


class Transform(Op):
    """Marks moved, turned or scaled: x' = (a x + c y) / 10000 + e, y' = (b x + d y) / 10000 + f for the matrix a, b, c, d, e, f."""

    op: Literal["transform"]
    marks: Names
    matrix: Annotated[list[Part], Field(min_length=6, max_length=6)]

    @model_validator(mode="after")
    def _keeps_an_area(self) -> Transform:
        a, b, c, d, _, _ = self.matrix
        if a * d == b * c:
            raise ValueError("a matrix must not make everything flat")
        return self


class Delete(Op):
    """Marks are taken away."""

    op: Literal["delete"]
    marks: Names


class Reference(Op):
    """Another picture of the project lies under the drawing."""

    op: Literal["reference"]
    sha256: Hash


class Undo(Op):
    """An op does not count any more."""

    op: Literal["undo"]
    of: Name


class Redo(Op):
    """An undone op counts again."""

    op: Literal["redo"]
    of: Name


class Restore(Op):
    """The drawing is again what it was after op number `to` of the journal (0: empty)."""

    op: Literal["restore"]
    to: Annotated[int, Field(ge=0, le=10_000_000)]


Mark = Stroke | Shape | Text | Fill
AnyOp = Annotated[
    Mark | AddLayer | SetLayer | Clear | Transform | Delete | Reference | Undo | Redo | Restore,
    Field(discriminator="op"),
]
_ops: TypeAdapter[list[AnyOp]] = TypeAdapter(list[AnyOp])


def _near(values: list[int], step: int) -> bool:
    """Whether all places told by differences, the first two of each `step` values, are near the panel."""
    low, high = _FARTHEST
    return all(low <= at <= high for axis in (0, 1) for at in accumulate(values[axis::step]))


def ops_from(plain: object) -> list[AnyOp]:
    """Ops from plain JSON values. Raises: Invalid."""
    try:
        return _ops.validate_python(plain)
    except ValidationError as e:
        where = ".".join(str(part) for part in e.errors()[0]["loc"])
        raise Invalid("A stroke could not be read, so nothing was kept of it. Load the page again.", field=where) from e


def to_document(ops: Sequence[Op]) -> dict[str, Any]:
    """The stored form of a batch."""
    return {"schema": SCHEMA, "version": VERSION, "ops": [op.model_dump(exclude_none=True) for op in ops]}


def from_document(document: dict[str, Any]) -> list[AnyOp]:
    """A stored batch of any version. Raises: Invalid."""
    version = int(document.get("version", 0))
    if document.get("schema") != SCHEMA or version > VERSION:
        raise Invalid("These strokes were drawn with a newer Inkreel. Bring it up to date to see them.")
    while version < VERSION:
        document = UPGRADES[version](document)
        version += 1
    return ops_from(document["ops"])
