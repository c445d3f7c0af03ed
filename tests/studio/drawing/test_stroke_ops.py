"""What is not a stroke is refused whole."""

from __future__ import annotations

from typing import Any

import pytest

from studio.core.errors import Invalid
from studio.drawing.ops import SCHEMA, from_document, ops_from
from tests.factories.strokes import CLIENT, fill, stroke


@pytest.mark.parametrize(
    "change",
    [
        {"points": []},
        {"points": [1, 2]},
        {"points": [1, 2, 3, 4]},
        {"points": [0, 0, 1001]},
        {"points": [0, 0, 500, 0, 0, -501]},
        {"points": [20_001, 0, 0]},
        {"points": [19_000, 0, 0, 1_001, 0, 0]},
        {"points": [0, 0, 0] * 5_001},
        {"points": [0.5, 0, 0]},
        {"points": [float("nan"), 0, 0]},
        {"points": [float("inf"), 0, 0]},
        {"points": [True, 0, 0]},
        {"points": ["1", 0, 0]},
        {"points": [10**30, 0, 0]},
        {"tool": "flamethrower"},
        {"layer": "Ink!"},
        {"layer": ""},
        {"colour": "red"},
        {"colour": "#00000g"},
        {"size": 0},
        {"size": 2_001},
        {"opacity": 101},
        {"op": "scribble"},
        {"more": 1},
    ],
    ids=str,
)
def test_a_stroke_that_no_pen_makes_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        ops_from([stroke(), stroke() | change])


@pytest.mark.parametrize(
    "op",
    [
        {"op": "transform", "marks": [f"{CLIENT}.1"], "matrix": [0, 0, 0, 0, 1, 1]},
        {"op": "transform", "marks": ["1"], "matrix": [1, 0, 0, 1, 0, 0]},
        {"op": "transform", "marks": [], "matrix": [1, 0, 0, 1, 0, 0]},
        {"op": "undo", "of": f"{CLIENT}.0"},
        {"op": "restore", "to": -1},
        {"op": "delete", "marks": []},
        {"op": "delete", "marks": ["all"]},
        {"op": "reference", "sha256": "../../etc/passwd"},
        {"op": "set_layer", "layer": "ink", "blend": "burn"},
        stroke() | {"axis": 30_000},
        fill(),
        fill([0, 0, 10, 0]),
        fill([0, 0, 10, 0, 10]),
        fill([0, 0, 30_000, 0, 0, 10]),
        fill([0, 0] * 12_001),
        fill([0, 0, 10.5, 0, 0, 10]),
        {"op": "text", "layer": "ink", "colour": "#000000", "size": 9, "opacity": 9, "x": 0, "y": 0, "text": "a\0b"},
        {"op": "add_layer", "layer": "ink", "name": ""},
        "stroke",
        None,
    ],
    ids=str,
)
def test_other_acts_are_checked_too(op: Any) -> None:
    with pytest.raises(Invalid):
        ops_from([op])


def test_strokes_kept_by_the_first_inkreel_open() -> None:
    assert from_document({"schema": SCHEMA, "version": 1, "ops": [stroke()]}) == ops_from([stroke()])


def test_strokes_of_a_newer_studio_are_not_guessed_at() -> None:
    with pytest.raises(Invalid, match="newer Inkreel"):
        from_document({"schema": SCHEMA, "version": 3, "ops": []})
    with pytest.raises(Invalid):
        from_document({"schema": "other", "version": 1, "ops": []})
