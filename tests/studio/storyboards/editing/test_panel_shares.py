"""The panels of a shot share its frames: whole ones, that add up whatever the length of the shot becomes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import Invalid
from studio.engine.artist.spec import Angle, Light, Move, PanelSpec, SetKind, ShotType, Size
from studio.storyboards.editing.endings import MOVING, ending
from studio.storyboards.editing.shares import cut, halved, lengths_of, timed

shares = st.lists(st.integers(1, 5000), min_size=1, max_size=60)


@given(shares, st.integers(1, 20_000))
def test_lengths_are_whole_frames_and_add_up_to_the_shot(rows: list[int], frames: int) -> None:
    lengths = lengths_of(rows, frames)
    assert (len(lengths), sum(lengths)) == (len(rows), frames)
    assert min(lengths) >= (frames >= len(rows))
    assert lengths_of(rows, sum(rows)) == tuple(rows)


@given(shares, st.integers(1, 20_000), st.integers(1, 20_000))
def test_a_shot_made_longer_or_shorter_keeps_the_proportions_to_a_frame_or_two(
    rows: list[int], frames: int, then: int
) -> None:
    before, after = lengths_of(rows, frames * len(rows)), lengths_of(rows, then * len(rows))
    whole = sum(rows)
    for share, was, now in zip(rows, before, after, strict=True):
        assert abs(was - share * frames * len(rows) / whole) <= len(rows) + 1
        assert abs(now - share * then * len(rows) / whole) <= len(rows) + 1


@given(st.lists(st.integers(1, 50), min_size=2, max_size=12), st.data())
def test_a_panel_that_is_timed_takes_from_the_others_and_leaves_each_a_frame(
    rows: list[int], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(rows) - 1))
    most = sum(rows) - len(rows) + 1
    wanted = data.draw(st.integers(1, most))
    lengths = timed(rows, at, wanted)
    assert (lengths[at], sum(lengths), min(lengths) >= 1) == (wanted, sum(rows), True)
    with pytest.raises(Invalid):
        timed(rows, at, most + 1)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=12), st.data())
def test_a_new_panel_shares_the_frames_of_the_one_before_it(rows: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(rows) - 1))
    if sum(rows) == len(rows):
        with pytest.raises(Invalid, match="no frame left"):
            halved(rows, at)
        return
    lengths = halved(rows, at)
    assert (len(lengths), sum(lengths), min(lengths) >= 1) == (len(rows) + 1, sum(rows), True)
    if rows[at] > 1:
        assert lengths[at] + lengths[at + 1] == rows[at]


@given(st.lists(st.integers(1, 50), min_size=1, max_size=12), st.data())
def test_a_cut_parts_the_panels_at_its_frame(rows: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(1, max(1, sum(rows) - 1)))
    if at >= sum(rows):
        return
    left, right = cut(rows, at)
    assert (sum(n for _, n in left), sum(n for _, n in right)) == (at, sum(rows) - at)
    assert [i for i, _ in left] + [i for i, _ in right if i != left[-1][0]] == list(range(len(rows)))


def test_the_end_of_a_move_is_another_picture_without_its_arrow_and_a_still_shot_is_the_same() -> None:
    spec = PanelSpec(
        Size.MS, ShotType.EMPTY, Angle.EYE, Move.STATIC, 35.0, SetKind.ROOM, True, Light.DAY, "ROOM", seed=3
    )
    assert ending(spec, Move.PUSH_IN).size is Size.MCU
    assert ending(spec, Move.PULL_OUT).size is Size.MLS
    assert ending(spec, Move.CRANE).angle is Angle.HIGH
    assert ending(spec, Move.PAN).azimuth != spec.azimuth
    assert (ending(spec, Move.STATIC), ending(spec, Move.HANDHELD)) == (spec, spec)
    assert {ending(spec, move).move for move in MOVING} == {Move.STATIC}
    assert ending(ending(spec, Move.ZOOM), Move.ZOOM).size is Size.ECU
