"""The framing solve: body landmarks land on the frame lines, for every size, lens and stature."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from studio.engine.artist.camera import FRAMINGS, WIDTH, Camera, framed, framing
from studio.engine.artist.spec import Angle, Size

HEIGHT = 720.0
JOINTS = {"ankle": 0.04, "knee": 0.28, "waist": 0.60, "neck": 0.86}
BODY_SIZES = [size for size in Size if size is not Size.INSERT]


def _camera(size: Size, lens: float, stature: float = 1.75, angle: Angle = Angle.EYE, **more: float) -> Camera:
    row = framing(size, angle)
    return framed(
        (0.4, 1.0),
        row.low * stature,
        row.high * stature,
        size=size,
        angle=angle,
        focal_mm=lens,
        azimuth=more.get("azimuth", 0.3),
        height=more.get("height", HEIGHT),
        headroom=row.headroom,
        shift=more.get("shift", 0.0),
    )


def _landmarks(camera: Camera, size: Size, stature: float, angle: Angle = Angle.EYE) -> tuple[float, float]:
    row = framing(size, angle)
    points, _ = camera.projected([[0.4, row.high * stature, 1.0], [0.4, row.low * stature, 1.0]])
    return float(points[0, 1]), float(points[1, 1])


@pytest.mark.parametrize("lens", [18.0, 50.0, 100.0])
@pytest.mark.parametrize("size", BODY_SIZES)
def test_landmarks_land_on_the_frame_lines(size: Size, lens: float) -> None:
    top, bottom = _landmarks(_camera(size, lens), size, 1.75)
    assert top / HEIGHT == pytest.approx(FRAMINGS[size].headroom, abs=0.01)
    assert bottom / HEIGHT == pytest.approx(1.0, abs=0.01)


@given(
    size=st.sampled_from(BODY_SIZES),
    lens=st.floats(12, 200),
    stature=st.floats(1.0, 2.1),
    azimuth=st.floats(-3, 3),
    shift=st.floats(-0.2, 0.2),
    height=st.sampled_from([536.0, 720.0, 1280.0, 2275.0]),
)
def test_landmarks_hold_for_any_lens_stature_azimuth_and_page(
    size: Size, lens: float, stature: float, azimuth: float, shift: float, height: float
) -> None:
    row = FRAMINGS[size]
    nearness = (row.high - row.low) * stature * lens / 24.89 * WIDTH / height
    assume(nearness > 0.4)  # nearer than that the lens would touch the face
    camera = _camera(size, lens, stature, azimuth=azimuth, shift=shift, height=height)
    top, bottom = _landmarks(camera, size, stature)
    assert top / height == pytest.approx(FRAMINGS[size].headroom, abs=0.01)
    assert bottom / height == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("size", BODY_SIZES)
def test_no_size_cuts_a_body_at_a_joint(size: Size) -> None:
    low = FRAMINGS[size].low
    for joint, share in JOINTS.items():
        assert abs(low - share) > 0.004, f"{size} cuts at the {joint}"


def test_a_wide_shot_shows_a_figure_half_the_frame_high_and_an_extreme_one_a_sixth() -> None:
    for size, share in ((Size.WS, 0.5), (Size.EWS, 1 / 6)):
        points, _ = _camera(size, 24).projected([[0.4, 1.75, 1.0], [0.4, 0.0, 1.0]])
        assert (points[1, 1] - points[0, 1]) / HEIGHT == pytest.approx(share, abs=0.06)


@pytest.mark.parametrize("angle", [Angle.HIGH, Angle.LOW])
def test_high_and_low_angles_tilt_fifteen_to_thirty_degrees(angle: Angle) -> None:
    for size in (Size.MS, Size.MCU, Size.CU):
        pitch = math.degrees(_camera(size, 50, angle=angle).pitch)
        assert 15 <= abs(pitch) <= 30
        assert (pitch < 0) is (angle is Angle.HIGH)


def test_a_low_camera_never_sinks_under_the_floor() -> None:
    for size in BODY_SIZES:
        for angle in (Angle.LOW, Angle.WORM):
            assert _camera(size, 24, angle=angle).position[1] >= 0.1


def test_overhead_looks_almost_straight_down() -> None:
    assert math.degrees(_camera(Size.WS, 24, angle=Angle.OVERHEAD).pitch) < -65


def test_dutch_tilts_the_horizon_and_keeps_the_subject() -> None:
    camera = _camera(Size.MS, 40, angle=Angle.DUTCH)
    left, right = camera.projected([[-3, 1, 4], [3, 1, 4]])[0]
    assert abs(math.degrees(math.atan2(right[1] - left[1], right[0] - left[0]))) > 8


def test_a_longer_lens_stands_farther_away_and_flattens_depth() -> None:
    def ratio(lens: float) -> float:
        camera = _camera(Size.MS, lens, azimuth=0.0)
        _, depth = camera.projected([[0.4, 1.4, 1.0], [0.4, 1.4, 3.0]])
        return float(depth[1] / depth[0])

    assert ratio(24) > ratio(50) > ratio(100)


def test_azimuth_turns_to_the_cameras_right_and_shift_moves_the_subject_right() -> None:
    assert _camera(Size.MS, 40, azimuth=0.5).position[0] > 0.4
    moved = _camera(Size.MS, 40, shift=0.1).projected([[0.4, 1.5, 1.0]])[0]
    assert moved[0, 0] == pytest.approx(WIDTH * 0.6, abs=WIDTH * 0.02)


def test_projection_puts_the_aim_at_the_middle() -> None:
    camera = Camera(np.array([0.0, 1.5, -4.0]), focal_mm=35)
    points, depth = camera.projected([[0.0, 1.5, 0.0]])
    assert points[0] == pytest.approx([WIDTH / 2, 360.0])
    assert depth[0] == pytest.approx(4.0)
