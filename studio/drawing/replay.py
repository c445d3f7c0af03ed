"""From the journal to the drawing at any of its moments. Pure; `components/wrapped/draw_ink.jsx` replays by the same rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studio.drawing.ops import (
    AddLayer,
    AnyOp,
    Blend,
    Clear,
    Delete,
    Fill,
    Mark,
    Redo,
    Reference,
    Restore,
    SetLayer,
    Shape,
    Stroke,
    Text,
    Transform,
    Undo,
)

Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
REFERENCE = "reference"
NOTES = "notes"
FIRST_LAYERS = ((REFERENCE, "Reference"), ("colour", "Colour"), ("tone", "Tone"), ("ink", "Ink"), (NOTES, "Notes"))
"""What every drawing begins with, lowest first; the reference holds the picture drawn over."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An op in the journal of a panel: its number there from 1, its name, who did it, when (ms since 1970)."""

    seq: int
    name: str
    by: str
    at: int
    op: AnyOp


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark on a layer, and where it was moved since: `matrix` as in `Transform`, a..d as plain shares."""

    name: str
    mark: Mark
    matrix: Matrix = UNMOVED


@dataclass(frozen=True, slots=True)
class Layer:
    """A sheet of the drawing; `marks` in the order they were made."""

    id: str
    name: str
    opacity: int = 100
    hidden: bool = False
    locked: bool = False
    blend: Blend = "normal"
    marks: tuple[Placed, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole drawing at one moment, lowest layer first; `under` is the picture chosen to lie under it, None the first one."""

    layers: tuple[Layer, ...]
    under: str | None = None


def state_at(entries: Sequence[Entry], seq: int) -> Picture:
    """The drawing after op number `seq`; `entries` are the journal from its beginning, one for each number."""
    sheets = _Sheets()
    for entry in standing(entries, seq):
        sheets.do(entry)
    layers = (replace(layer, marks=tuple(sheets.marks[id_])) for id_, layer in sheets.layers.items())
    return Picture(tuple(layers), sheets.under)


def standing(entries: Sequence[Entry], seq: int) -> list[Entry]:
    """The entries that count after op number `seq`: without undone ones, and without what was left by going back."""
    kept: dict[str, Entry] = {}
    undone: set[str] = set()
    for first, last in _spans(entries, seq):
        for entry in entries[first:last]:
            if isinstance(entry.op, Undo):
                undone.add(entry.op.of)
            elif isinstance(entry.op, Redo):
                undone.discard(entry.op.of)
            else:
                kept[entry.name] = entry
    return [entry for name, entry in kept.items() if name not in undone]


def _spans(entries: Sequence[Entry], seq: int) -> list[tuple[int, int]]:
    """The stretches of the journal that lead to a moment: from the end back over each restore to where it went."""
    restores = [index for index, entry in enumerate(entries[:seq]) if isinstance(entry.op, Restore)]
    found: list[tuple[int, int]] = []
    end = min(seq, len(entries))
    while restores:
        last = restores.pop()
        if last < end:
            op = entries[last].op
            assert isinstance(op, Restore)
            found.append((last + 1, end))
            end = min(op.to, last)
    return [(0, end), *reversed(found)]


class _Sheets:
    """A drawing while it is made again, op by op."""

    def __init__(self) -> None:
        self.layers = {id_: Layer(id_, name, locked=id_ == REFERENCE) for id_, name in FIRST_LAYERS}
        self.marks: dict[str, list[Placed]] = {id_: [] for id_ in self.layers}
        self.under: str | None = None

    def do(self, entry: Entry) -> None:
        op = entry.op
        if isinstance(op, Stroke | Shape | Text | Fill):
            self._layer(op.layer, op.layer.capitalize())
            self.marks[op.layer].append(Placed(entry.name, op))
        elif isinstance(op, AddLayer):
            self.layers[op.layer] = replace(self._layer(op.layer, op.name), name=op.name)
        elif isinstance(op, SetLayer) and op.layer in self.layers:
            self._set(op)
        elif isinstance(op, Clear) and op.layer in self.layers:
            self.marks[op.layer] = []
        elif isinstance(op, Transform):
            names = frozenset(op.marks)
            for marks in self.marks.values():
                marks[:] = [replace(p, matrix=_then(p.matrix, op.matrix)) if p.name in names else p for p in marks]
        elif isinstance(op, Delete):
            names = frozenset(op.marks)
            for marks in self.marks.values():
                marks[:] = [p for p in marks if p.name not in names]
        elif isinstance(op, Reference):
            self.under = op.sha256

    def _layer(self, id_: str, name: str) -> Layer:
        """The layer with this id; on top of the others if it is new."""
        self.marks.setdefault(id_, [])
        return self.layers.setdefault(id_, Layer(id_, name))

    def _set(self, op: SetLayer) -> None:
        said = {key: value for key, value in op.model_dump(exclude_none=True).items() if key in _SAID}
        self.layers[op.layer] = replace(self.layers[op.layer], **said)
        if op.place is not None:
            order = [id_ for id_ in self.layers if id_ != op.layer]
            order.insert(op.place, op.layer)
            self.layers = {id_: self.layers[id_] for id_ in order}


_SAID = frozenset(("name", "opacity", "hidden", "locked", "blend"))


def _then(first: Matrix, then: Sequence[int]) -> Matrix:
    """One matrix for two, one after the other."""
    a, b, c, d = (part / 10_000 for part in then[:4])
    e, f = then[4:]
    p, q, r, s, t, u = first
    return (
        a * p + c * q,
        b * p + d * q,
        a * r + c * s,
        b * r + d * s,
        a * t + c * u + e,
        b * t + d * u + f,
    )
