"""Orders brought towards each other, and numbers: laws for any of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.storyboards.editing.order import brought, moved_between, put
from studio.storyboards.numbering import renumbered

ids = st.lists(st.sampled_from("abcdefghij"), unique=True)


@given(was=ids, wanted=ids)
def test_where_nothing_came_between_what_is_wanted_is_had(was: list[str], wanted: list[str]) -> None:
    assert brought(was, was, wanted) == wanted


@given(was=ids, wanted=ids, others=ids)
def test_what_came_between_stays_and_nothing_is_there_twice(
    was: list[str], wanted: list[str], others: list[str]
) -> None:
    current = [*was, *(each.upper() for each in others)]
    found = brought(current, was, wanted)
    assert sorted(found) == sorted([*wanted, *(each.upper() for each in others)])
    kept = [each for each in found if each not in moved_between(was, wanted)]
    assert kept == [each for each in current if each in kept]


@given(order=ids.filter(bool), data=st.data())
def test_what_is_put_stands_before_its_anchor_in_its_own_order(order: list[str], data: st.DataObject) -> None:
    moved = data.draw(st.lists(st.sampled_from(order), unique=True, min_size=1))
    left = [each for each in order if each not in moved]
    anchor = data.draw(st.sampled_from([None, *left]))
    found = put(order, moved, anchor)
    at = found.index(anchor) if anchor else len(found)
    assert found[at - len(moved) : at] == moved
    assert [each for each in found if each not in moved] == left


@given(st.lists(st.sampled_from([None, "7A", "7B", "7C", "7B1", "7AA", "7Z"]), max_size=8))
def test_locked_numbers_stay_and_all_are_different(locked: list[str | None]) -> None:
    found = renumbered("7", locked)
    assert len(set(found)) == len(found)
    for number, own in zip(found, locked, strict=True):
        if own and locked.count(own) == 1:
            assert number == own


def test_letters_skip_i_and_o_and_new_ones_come_after_the_last() -> None:
    assert renumbered("12", [None] * 15)[7:10] == ["12H", "12J", "12K"]
    assert renumbered("12", ["12A", None, "12C", None]) == ["12A", "12A1", "12C", "12D"]
