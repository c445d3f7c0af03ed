"""The day of the story of every scene, from headings and by hand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.scripts.sheet.days import ScriptDay, Timed, script_days
from studio.scripts.sheet.strips import in_pages, strip_colour

TIMES = [
    "DAY",
    "NIGHT",
    "DAWN",
    "DUSK",
    "EVENING",
    "MORNING",
    "AFTERNOON",
    "CONTINUOUS",
    "LATER",
    "SAME",
    "",
    "NEXT DAY",
]


def days(*times: str) -> list[str]:
    return [day.label for day in script_days(Timed(f"INT. ROOM - {time}", time) for time in times)]


@pytest.mark.parametrize(
    ("times", "told"),
    [
        (["DAY", "NIGHT", "DAY"], ["D1", "N1", "D2"]),
        (["DAY", "DAY", "AFTERNOON", "DUSK", "NIGHT"], ["D1", "D1", "D1", "D1", "N1"]),
        (["NIGHT", "CONTINUOUS", "LATER", ""], ["N1", "N1", "N1", "N1"]),
        (["AFTERNOON", "MORNING"], ["D1", "D2"]),
        (["DAY", "NEXT DAY", "THE FOLLOWING MORNING"], ["D1", "D2", "D3"]),
        (["NIGHT", "DAWN", "DAY"], ["N1", "D2", "D2"]),
        (["DAY", "TWO WEEKS LATER"], ["D1", "D2"]),
        (["TAG", "NACHT", "MORGEN"], ["D1", "N1", "D2"]),
        (["", "NIGHT"], ["D1", "N1"]),
        ([], []),
    ],
)
def test_days_follow_the_times_of_the_headings(times: list[str], told: list[str]) -> None:
    assert days(*times) == told


def test_a_flashback_does_not_move_the_day() -> None:
    scenes = [Timed("INT. A - DAY", "DAY"), Timed("INT. B - NIGHT (FLASHBACK)", "NIGHT"), Timed("INT. C - DAY", "DAY")]
    assert script_days(scenes) == (ScriptDay("D1", False), ScriptDay("FB", True), ScriptDay("D1", False))


def test_a_day_by_hand_counts_on_and_a_word_by_hand_does_not() -> None:
    told = script_days([Timed("A", "DAY"), Timed("B", "DAY", "D5"), Timed("C", "NIGHT"), Timed("D", "DAY")])
    assert [day.label for day in told] == ["D1", "D5", "N5", "D6"]
    told = script_days([Timed("A", "DAY"), Timed("B", "DAY", "PROLOGUE"), Timed("C", "NIGHT")])
    assert [day.label for day in told] == ["D1", "PROLOGUE", "N1"]
    assert script_days([Timed("A", "", "N2")])[0].dark


@given(st.lists(st.sampled_from(TIMES), max_size=60))
def test_without_a_hand_days_never_go_back_and_never_skip(times: list[str]) -> None:
    numbers = [int(label[1:]) for label in days(*times)]
    assert all(later - earlier in (0, 1) for earlier, later in pairwise(numbers))
    assert numbers[:1] in ([], [1])


@given(st.lists(st.sampled_from(TIMES), min_size=1, max_size=20), st.integers(2, 99))
def test_a_day_by_hand_moves_all_that_follows_by_as_much(times: list[str], number: int) -> None:
    plain = script_days(Timed("A", time) for time in times)
    moved = script_days(
        Timed("A", time, f"{plain[0].label[0]}{number}" if i == 0 else "") for i, time in enumerate(times)
    )
    assert [int(m.label[1:]) - int(p.label[1:]) for m, p in zip(moved, plain, strict=True)] == [number - 1] * len(times)


def test_strips_have_the_colours_of_a_board() -> None:
    asked = [("INT", False), ("EXT", False), ("INT", True), ("EXT", True), ("INT_EXT", False), ("OTHER", True)]
    assert [strip_colour(place, dark=dark) for place, dark in asked] == [
        "white",
        "yellow",
        "blue",
        "green",
        "yellow",
        "grey",
    ]


@given(st.integers(1, 10_000))
def test_eighths_are_written_so_that_they_can_be_read_back(eighths: int) -> None:
    whole, part = 0, 0
    for word in in_pages(eighths).split():
        if "/" in word:
            part = int(word.removesuffix("/8"))
        else:
            whole = int(word)
    assert (whole * 8 + part, part < 8) == (eighths, True)
