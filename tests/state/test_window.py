"""Which part of a long board a page holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from state.board.window import MOST, WANTED, before, end_of, next_of, scene_at, starts_of

counts = st.lists(st.integers(0, 90), min_size=1, max_size=40).filter(lambda c: sum(c) > 0)


def test_a_short_board_is_held_whole() -> None:
    assert end_of(0, [9, 15, 8]) == 32
    assert end_of(9, [9, 15, 8]) == 32


def test_a_window_ends_with_a_scene_when_one_ends_near() -> None:
    assert end_of(0, [10, 10, 10, 10, 10]) == 30


def test_a_window_inside_a_scene_of_many_panels_ends_in_it() -> None:
    assert end_of(0, [100]) == WANTED
    assert end_of(WANTED, [100]) == 2 * WANTED


@given(counts)
def test_windows_one_after_the_other_hold_every_panel_once(scenes: list[int]) -> None:
    first, held = 0, 0
    while first < sum(scenes):
        end = end_of(first, scenes)
        assert first < end <= min(first + MOST, sum(scenes))
        held += end - first
        first = end
    assert held == sum(scenes)


@given(counts, st.data())
def test_going_back_always_arrives_at_the_beginning(scenes: list[int], data: st.DataObject) -> None:
    first = data.draw(st.integers(1, sum(scenes)))
    while first:
        earlier = before(first, scenes)
        assert 0 <= earlier < first <= earlier + MOST
        first = earlier


def test_a_panel_is_found_in_its_scene_past_scenes_without_any() -> None:
    scenes = [3, 0, 4]
    assert starts_of(scenes) == [0, 3, 3, 7]
    assert [scene_at(place, scenes) for place in (0, 2, 3, 6)] == [0, 0, 2, 2]


def test_going_on_with_a_filter_skips_scenes_that_have_nothing_for_it() -> None:
    scenes = [3, 5, 4]
    assert next_of(0, scenes, [False, False, True]) == 8
    assert next_of(4, scenes, [True, True, True]) == 4
    assert next_of(8, scenes, [True, True, False]) is None
    assert next_of(12, scenes, [True, True, True]) is None
