"""Camera moves stay on the picture, ease, and are the same every time."""

from __future__ import annotations

import itertools
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.artist.spec import Move
from studio.engine.motion import MOVES, is_still, motion_of, window_at
from studio.engine.timeline import Motion, Window

windows = st.builds(Window, *(st.floats(-2, 3) | st.floats() for _ in range(3)))
motions = st.builds(Motion, windows, windows, st.floats(-1, 1))


def inside(window: Window) -> bool:
    half, least = window.width / 2, 1e-9
    return (
        0 < window.width <= 1
        and -least <= window.x - half <= window.x + half <= 1 + least
        and -least <= window.y - half <= window.y + half <= 1 + least
    )


@given(motions, st.integers(-5, 600), st.integers(0, 500), st.sampled_from([23.976, 25.0, 60.0]))
def test_a_window_is_always_inside_the_picture(motion: Motion, frame: int, frames: int, fps: float) -> None:
    assert inside(window_at(motion, frame, frames, fps=fps))


@pytest.mark.parametrize("move", list(Move))
@pytest.mark.parametrize("seed", [0, 1])
def test_every_move_fits_the_picture_without_being_cut_short(move: Move, seed: int) -> None:
    motion = motion_of(move, seed=seed)
    for end in (motion.start, motion.end):
        margin = end.width / 2 + motion.sway
        assert motion.sway == 0 or margin <= min(end.x, 1 - end.x) + 1e-9
        assert inside(end)


def test_a_move_begins_and_ends_at_its_windows() -> None:
    motion = MOVES[Move.PUSH_IN]
    assert window_at(motion, 0, 48) == motion.start
    assert window_at(motion, 47, 48) == motion.end


def test_a_move_eases_in_and_out() -> None:
    widths = [window_at(MOVES[Move.PUSH_IN], f, 101).width for f in range(101)]
    steps = [a - b for a, b in itertools.pairwise(widths)]
    assert all(step >= 0 for step in steps)
    assert steps[50] > 5 * max(steps[0], steps[-1])


def test_a_static_shot_breathes_by_a_hundredth_and_a_half() -> None:
    motion = MOVES[Move.STATIC]
    assert window_at(motion, 0, 100).width - window_at(motion, 99, 100).width == pytest.approx(0.015)


def test_a_pan_with_an_odd_seed_goes_the_other_way() -> None:
    there, back = motion_of(Move.PAN, seed=2), motion_of(Move.PAN, seed=3)
    assert there.end.x - there.start.x == pytest.approx(-(back.end.x - back.start.x))
    assert there.end.x != back.end.x


def test_sway_stays_within_its_share_moves_slowly_and_repeats() -> None:
    motion = Motion(Window(width=0.8), Window(width=0.8), sway=0.02)
    path = [window_at(motion, f, 240) for f in range(240)]
    assert max(abs(w.x - 0.5) for w in path) <= 0.02
    assert max(w.x for w in path) - min(w.x for w in path) > 0.01
    assert max(abs(a.x - b.x) for a, b in itertools.pairwise(path)) < 0.005
    assert path == [window_at(motion, f, 240) for f in range(240)]


def test_sway_takes_the_same_time_at_any_rate() -> None:
    motion = Motion(Window(width=0.8), Window(width=0.8), sway=0.02)
    assert window_at(motion, 24, 999, fps=24) == window_at(motion, 60, 999, fps=60)


def test_a_clip_of_one_frame_shows_the_first_window() -> None:
    assert window_at(MOVES[Move.ZOOM], 0, 1) == MOVES[Move.ZOOM].start


@pytest.mark.parametrize("bad", [nan, inf, -inf])
def test_numbers_that_are_none_show_the_whole_picture(bad: float) -> None:
    assert window_at(Motion(Window(bad, 0.5, 0.5), Window(bad, 0.5, 0.5)), 3, 9) == Window()


def test_only_a_move_that_moves_is_not_still() -> None:
    assert is_still(None)
    assert is_still(Motion(Window(width=0.5), Window(width=0.5)))
    assert not is_still(Motion(Window(width=0.5), Window(width=0.5), sway=0.01))
    assert not is_still(MOVES[Move.STATIC])
