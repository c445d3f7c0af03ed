"""Layouts of a printed board: the twelve built-in ones and what cannot be printed."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from studio.core.errors import Invalid
from studio.storyboards.printing.layouts import LAYOUTS, Layout, LayoutName, layout_named

GOOD: dict[str, Any] = {"name": "x", "says": "x", "columns": 3, "rows": 2, "words": ("number",)}


def test_there_are_twelve_layouts_under_their_names() -> None:
    assert len(LAYOUTS) == 12
    assert all(name == layout.name and layout.says for name, layout in LAYOUTS.items())
    contact = LAYOUTS["contact"]
    assert (contact.columns, contact.rows, contact.words, contact.landscape) == (6, 4, ("number",), True)
    assert LAYOUTS["script"].beside
    assert LAYOUTS["director"].note_lines


@pytest.mark.parametrize(
    ("wrong", "told", "field"),
    [
        ({"columns": 0}, "1 to 6 columns", "columns"),
        ({"columns": 7}, "1 to 6 columns", "columns"),
        ({"rows": 0}, "1 to 4 rows", "rows"),
        ({"rows": 5}, "1 to 4 rows", "rows"),
        ({"note_lines": 13}, "0 to 12 lines", "note_lines"),
        ({"note_lines": -1}, "0 to 12 lines", "note_lines"),
        ({"paper": "foolscap"}, "letter or a4", "paper"),
        ({"words": ("number", "gossip")}, "gossip", "words"),
        ({"beside": True}, "1 or 2 columns", "columns"),
    ],
)
def test_a_layout_that_cannot_be_printed_is_refused_with_a_sentence(
    wrong: dict[str, Any], told: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        Layout(**(GOOD | wrong))
    assert told in refused.value.message
    assert refused.value.field == field


def test_a_layout_takes_another_number_of_columns_and_another_paper() -> None:
    layout = layout_named(" Standard ", columns=5, paper="a4")
    assert (layout.columns, layout.rows, layout.paper) == (5, 2, "a4")
    assert layout.size == (841.89, 595.28)
    assert layout_named("script").size == (612.0, 792.0)


def test_a_layout_is_turned_with_as_many_across_as_there_were_down() -> None:
    layout = layout_named("standard", landscape=False)
    assert (layout.columns, layout.rows, layout.size) == (2, 3, (612.0, 792.0))
    assert layout_named("standard", landscape=True) == LAYOUTS["standard"]
    assert layout_named("standard", columns=4, landscape=False).columns == 4
    assert {name for name, each in LAYOUTS.items() if not each.turns} == {"pair", "script", "director", "agency"}
    with pytest.raises(Invalid, match="printed upright only"):
        layout_named("script", landscape=True)


def test_the_layouts_have_the_names_one_may_ask_for() -> None:
    assert get_args(LayoutName) == tuple(LAYOUTS)


def test_an_unknown_layout_is_told_what_there_is() -> None:
    with pytest.raises(Invalid, match=r"There is no layout poster. Choose from standard, single"):
        layout_named("poster")


def test_columns_out_of_range_are_refused_for_a_built_in_layout() -> None:
    with pytest.raises(Invalid, match="1 to 6"):
        layout_named("compact", columns=9)
    with pytest.raises(Invalid, match="1 or 2"):
        layout_named("script", columns=3)
