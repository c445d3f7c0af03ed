"""Strokes to test with: what a hand would send, and anything it could send."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from studio.accounts.views import Actor
from studio.core.db import unit_of_work
from studio.drawing import service as drawing
from studio.drawing.ops import ops_from
from studio.drawing.replay import Entry
from studio.drawing.views import Acknowledged

CLIENT = "00000000-0000-4000-8000-000000000001"
OTHER = "00000000-0000-4000-8000-000000000002"


def stroke(x: int = 1000, y: int = 1000, *, layer: str = "ink", tool: str = "pen", long: int = 2000) -> dict[str, Any]:
    """A straight stroke to the right, pressed harder and harder."""
    points = [x, y, 300, *([long // 4, 0, 100] * 4)]
    return {
        "op": "stroke",
        "layer": layer,
        "tool": tool,
        "colour": "#000000",
        "size": 60,
        "opacity": 100,
        "points": points,
    }


def fill(*rings: list[int], layer: str = "colour", colour: str = "#d7263d", under: bool = True) -> dict[str, Any]:
    """The area inside these rings, each a corner and then differences."""
    return {"op": "fill", "layer": layer, "colour": colour, "opacity": 100, "under": under, "rings": list(rings)}


def send(
    actor: Actor, panel_id: str, ops: list[dict[str, Any]], *, first: int = 1, client: str = CLIENT
) -> Acknowledged:
    with unit_of_work() as uow:
        return drawing.append(uow, actor, panel_id, client, first, ops_from(ops))


def journal(ops: list[dict[str, Any]]) -> list[Entry]:
    """These ops as a journal of one client."""
    return [Entry(i, f"{CLIENT}.{i}", "somebody", i, op) for i, op in enumerate(ops_from(ops), start=1)]


_layers = st.sampled_from(["reference", "colour", "tone", "ink", "notes", "layer-1", "layer-2"])
_sizes = st.integers(1, 2000)
_near = st.integers(-5000, 15000)
_colours = st.sampled_from(["#000000", "#d7263d", "#3e7cb1"])
_shared = {"layer": _layers, "colour": _colours, "size": _sizes, "opacity": st.integers(0, 100)}


@st.composite
def _points(draw: st.DrawFn) -> list[int]:
    places = draw(st.lists(st.tuples(_near, _near, st.integers(0, 1000)), min_size=1, max_size=6))
    flat = list(places[0])
    for before, after in pairwise(places):
        flat += [b - a for a, b in zip(before, after, strict=True)]
    return flat


def any_ops(seq: int) -> st.SearchStrategy[dict[str, Any]]:
    """Any op that may come as number `seq` of a journal."""
    names = st.integers(1, max(1, seq - 1)).map(lambda n: f"{CLIENT}.{n}")
    tools = st.sampled_from(["light", "brush", "tone", "pencil", "pen", "note", "eraser"])
    choices = [
        st.fixed_dictionaries(
            {"op": st.just("stroke"), "tool": tools, "points": _points(), **_shared}, optional={"axis": _near}
        ),
        st.fixed_dictionaries(
            {
                "op": st.just("shape"),
                "form": st.sampled_from(["line", "rect", "ellipse", "arrow"]),
                "box": st.lists(_near, min_size=4, max_size=4),
                **_shared,
            }
        ),
        st.fixed_dictionaries(
            {
                "op": st.just("fill"),
                "under": st.booleans(),
                "rings": st.lists(st.lists(st.integers(-400, 400), min_size=6, max_size=6), min_size=1, max_size=3),
                "layer": _layers,
                "colour": _colours,
                "opacity": st.integers(0, 100),
            }
        ),
        st.fixed_dictionaries({"op": st.just("delete"), "marks": st.lists(names, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"op": st.just("reference"), "sha256": st.sampled_from(["0" * 64, "1" * 64])}),
        st.fixed_dictionaries({"op": st.just("text"), "x": _near, "y": _near, "text": st.just("hold"), **_shared}),
        st.fixed_dictionaries({"op": st.just("add_layer"), "layer": _layers, "name": st.just("New")}),
        st.fixed_dictionaries(
            {"op": st.just("set_layer"), "layer": _layers},
            optional={
                "opacity": st.integers(0, 100),
                "hidden": st.booleans(),
                "locked": st.booleans(),
                "blend": st.sampled_from(["normal", "multiply", "screen"]),
                "place": st.integers(0, 7),
            },
        ),
        st.fixed_dictionaries({"op": st.just("clear"), "layer": _layers}),
        st.fixed_dictionaries(
            {
                "op": st.just("transform"),
                "marks": st.lists(names, min_size=1, max_size=3),
                "matrix": st.just([0, 10_000, -10_000, 0, 50, -70]),
            }
        ),
        st.fixed_dictionaries({"op": st.sampled_from(["undo", "redo"]), "of": names}),
        st.fixed_dictionaries({"op": st.just("restore"), "to": st.integers(0, seq - 1)}),
    ]
    return st.one_of(choices)


@st.composite
def journals(draw: st.DrawFn) -> list[Entry]:
    """Any journal of a panel, from its first op."""
    return journal([draw(any_ops(seq)) for seq in range(1, draw(st.integers(1, 16)) + 1)])
