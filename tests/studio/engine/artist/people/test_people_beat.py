"""From beat to beat one person stands and looks a little different, and is still the same person in the same picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engine.artist.compose import composed
from studio.engine.artist.measures.identity import BOUND, distance, likeness
from studio.engine.artist.people.look import person
from studio.engine.artist.people.pose import Actor
from studio.engine.artist.people.poses.beat import STILL, beat_of
from studio.engine.artist.people.skeleton import FOREARM, UPPER_ARM, posed
from studio.engine.artist.spec import (
    Angle,
    Expression,
    Figure,
    Light,
    Look,
    Move,
    PanelSpec,
    Pose,
    SetKind,
    ShotType,
    Size,
)

ANN = Figure("ANN", 0.0, 0.0, 222.0, look=Look(feminine=True, hat=False))
CLOSE = PanelSpec(
    Size.CU,
    ShotType.SINGLE,
    Angle.EYE,
    Move.STATIC,
    75.0,
    SetKind.ROOM,
    True,
    Light.DAY,
    "ROOM",
    (ANN,),
    subject="ANN",
)
SEEDS = st.integers(0, 10**9)


@given(SEEDS, st.sampled_from(["ANN", "BEN"]))
def test_a_beat_is_the_same_every_time_and_none_for_seed_nought(seed: int, name: str) -> None:
    assert beat_of(seed, name) == beat_of(seed, name)
    assert beat_of(0, name) == STILL


def test_repeated_close_ups_differ_in_turn_crop_and_background() -> None:
    cameras = [composed(replace(CLOSE, seed=seed), 720.0).camera for seed in range(1, 25)]
    assert np.ptp([camera.yaw for camera in cameras]) > np.radians(5)
    assert np.ptp([np.linalg.norm(camera.position[[0, 2]]) for camera in cameras]) > 0.08
    heads = [posed(_actor(beat_seed, Pose.STAND)).head.forward for beat_seed in range(1, 25)]
    assert np.ptp([head[0] for head in heads]) > 0.15


def _actor(seed: int, pose: Pose, mood: Expression = Expression.NEUTRAL) -> Actor:
    return Actor(person("ANN", ANN.look), 0.0, 0.0, 222.0, pose, mood, beat=beat_of(seed, "ANN"))


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.sampled_from(list(Expression)))
def test_everybody_at_rest_keeps_feet_on_the_floor_and_arms_whole(seed: int, mood: Expression) -> None:
    bones = posed(_actor(seed, Pose.STAND, mood))
    assert float(bones.sole[:, :, 1].min()) == pytest.approx(0.0, abs=0.004)
    upper = np.linalg.norm(bones.elbows - bones.shoulders, axis=1) / bones.stature
    lower = np.linalg.norm(bones.wrists - bones.elbows, axis=1) / bones.stature
    assert upper == pytest.approx([UPPER_ARM] * 2, abs=0.004)
    assert lower == pytest.approx([FOREARM] * 2, abs=0.004)


def test_people_at_rest_do_not_all_hang_their_arms() -> None:
    hands = {tuple(posed(_actor(seed, Pose.STAND)).wrists.round(2).ravel()) for seed in range(1, 30)}
    assert len(hands) >= 5


@settings(max_examples=12, deadline=None)
@given(SEEDS, st.sampled_from([Size.MS, Size.MCU, Size.CU]))
def test_a_beat_keeps_the_side_of_the_frame_the_size_and_the_likeness(seed: int, size: Size) -> None:
    spec = replace(CLOSE, size=size, lens_mm=50.0, seed=seed)
    still = replace(spec, seed=0)
    sides = []
    for each in (spec, still):
        composition = composed(each, 720.0)
        one = composition.focus[0]
        top, waist = composition.camera.projected([[one.x, one.standing, one.z], [one.x, 0.60 * one.standing, one.z]])[
            0
        ]
        assert 0 < top[1] < 0.14 * 720
        assert size is Size.MS or waist[1] > 720
        sides.append(top[0] - 640)
    assert sides[0] * sides[1] > 0
    one, other = likeness(spec, "ANN"), likeness(still, "ANN")
    assert one is not None
    assert other is not None
    assert distance(one, other) <= BOUND
