"""What holds for every journal, whatever was drawn, undone and gone back to."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.drawing.ops import Redo, Restore, Undo, from_document, to_document
from studio.drawing.replay import Entry, Stroke, state_at
from tests.factories.strokes import CLIENT, journal, journals, stroke

LAWS = settings(max_examples=25, deadline=None)


def after(entries: list[Entry], *ops: object) -> list[Entry]:
    """The journal with more ops at its end."""
    made = list(entries)
    for op in ops:
        number = len(made) + 1
        made.append(Entry(number, f"{CLIENT}.{number}", "somebody", number, op))
    return made


@LAWS
@given(journals(), st.data())
def test_no_moment_is_changed_by_what_comes_after_it(entries: list[Entry], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries)))
    assert state_at(entries, at) == state_at(entries[:at], at)


@LAWS
@given(journals(), st.data())
def test_what_is_undone_and_done_again_is_as_it_was(entries: list[Entry], data: st.DataObject) -> None:
    of = data.draw(st.integers(1, len(entries)))
    name = entries[of - 1].name
    undone = after(entries, Undo(op="undo", of=name))
    again = after(undone, Redo(op="redo", of=name))
    if state_at(undone, len(undone)) != state_at(entries, len(entries)):
        assert state_at(again, len(again)) == state_at(entries, len(entries))


@LAWS
@given(journals(), st.data())
def test_going_back_to_a_moment_shows_that_very_moment(entries: list[Entry], data: st.DataObject) -> None:
    to = data.draw(st.integers(0, len(entries)))
    back = after(entries, Restore(op="restore", to=to))
    assert state_at(back, len(back)) == state_at(entries, to)
    assert state_at(after(back, Restore(op="restore", to=len(entries))), len(back) + 1) == state_at(
        entries, len(entries)
    )


@LAWS
@given(journals())
def test_a_journal_reads_back_from_its_stored_form(entries: list[Entry]) -> None:
    ops = [entry.op for entry in entries]
    assert from_document(to_document(ops)) == ops


@LAWS
@given(journals())
def test_every_mark_that_counts_stands_once_and_on_its_layer(entries: list[Entry]) -> None:
    picture = state_at(entries, len(entries))
    names = [mark.name for layer in picture.layers for mark in layer.marks]
    assert len(names) == len(set(names))
    assert all(mark.mark.layer == layer.id for layer in picture.layers for mark in layer.marks)


def marks(entries: list[Entry], seq: int | None = None) -> list[tuple[str, int]]:
    """(layer, where it begins) of every stroke."""
    picture = state_at(entries, len(entries) if seq is None else seq)
    return [(la.id, m.mark.points[0]) for la in picture.layers for m in la.marks if isinstance(m.mark, Stroke)]


def test_each_stroke_can_be_undone_by_itself_and_a_wiped_layer_comes_back() -> None:
    one, two = stroke(100), stroke(200, layer="tone")
    entries = journal([one, two, {"op": "clear", "layer": "ink"}, {"op": "undo", "of": f"{CLIENT}.3"}])
    assert marks(entries, 3) == [("tone", 200)]
    assert marks(entries) == [("tone", 200), ("ink", 100)]
    assert marks(after(entries, Undo(op="undo", of=f"{CLIENT}.2"))) == [("ink", 100)]


def test_an_undo_before_a_restore_counts_again_as_it_did_then() -> None:
    entries = journal([stroke(100), stroke(200), {"op": "undo", "of": f"{CLIENT}.1"}, {"op": "restore", "to": 2}])
    assert marks(entries) == [("ink", 100), ("ink", 200)]
    assert marks(after(entries, Undo(op="undo", of=f"{CLIENT}.2"))) == [("ink", 100)]


def test_a_layer_that_lost_its_beginning_keeps_what_was_drawn_on_it() -> None:
    made = {"op": "add_layer", "layer": "layer-9", "name": "Rain"}
    entries = journal([made, stroke(100, layer="layer-9"), {"op": "undo", "of": f"{CLIENT}.1"}])
    assert [layer.name for layer in state_at(entries, 2).layers][-1] == "Rain"
    assert marks(entries) == [("layer-9", 100)]


def test_what_is_deleted_is_gone_until_that_is_undone() -> None:
    gone = [stroke(100), stroke(200), {"op": "delete", "marks": [f"{CLIENT}.1"]}]
    assert marks(journal(gone)) == [("ink", 200)]
    assert marks(journal([*gone, {"op": "undo", "of": f"{CLIENT}.3"}])) == [("ink", 100), ("ink", 200)]


def test_a_lock_a_blend_and_the_picture_below_are_kept_like_strokes() -> None:
    said = [
        {"op": "set_layer", "layer": "ink", "locked": True},
        {"op": "set_layer", "layer": "ink", "blend": "multiply"},
        {"op": "reference", "sha256": "a" * 64},
        {"op": "set_layer", "layer": "ink", "locked": False},
    ]
    seen = [state_at(journal(said), at) for at in range(5)]
    ink = [next(layer for layer in picture.layers if layer.id == "ink") for picture in seen]
    assert [layer.locked for layer in ink] == [False, True, True, True, False]
    assert [layer.blend for layer in ink] == ["normal", "normal", "multiply", "multiply", "multiply"]
    assert [picture.under for picture in seen] == [None, None, None, "a" * 64, "a" * 64]


def test_moves_of_a_selection_add_up() -> None:
    move = {"op": "transform", "marks": [f"{CLIENT}.1"], "matrix": [10_000, 0, 0, 10_000, 300, 0]}
    turn = {"op": "transform", "marks": [f"{CLIENT}.1"], "matrix": [0, 10_000, -10_000, 0, 0, 0]}
    layer = next(la for la in state_at(journal([stroke(0, 0), move, turn]), 3).layers if la.id == "ink")
    assert layer.marks[0].matrix == (0.0, 1.0, -1.0, 0.0, 0.0, 300.0)
    assert replace(layer.marks[0], matrix=(1, 0, 0, 1, 0, 0)).name == f"{CLIENT}.1"
