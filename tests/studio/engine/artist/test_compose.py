"""Composition: look room, over the shoulder, everyone in the frame, nobody hidden behind another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.engine.artist.camera import WIDTH
from studio.engine.artist.cast.casting import in_own_car
from studio.engine.artist.compose import Composition, composed
from studio.engine.artist.people.draw import crown_of
from studio.engine.artist.people.skeleton import posed
from studio.engine.artist.spec import Angle, Figure, Light, Look, Move, PanelSpec, Pose, SetKind, ShotType, Size
from studio.engine.artist.stagecraft import actor_of

A = Figure("A", -0.6, 0.0, 90.0, looks_at="B")
B = Figure("B", 0.6, 0.0, -90.0, looks_at="A")
SPEC = PanelSpec(
    Size.MCU,
    ShotType.SINGLE,
    Angle.EYE,
    Move.STATIC,
    50.0,
    SetKind.ROOM,
    True,
    Light.DAY,
    "ROOM",
    (A, B),
    subject="A",
)


def _x(composition: Composition, name: str) -> float:
    one = next(placed for placed in composition.cast if placed.figure.name == name)
    return float(composition.camera.projected([[one.x, 1.5, one.z]])[0][0, 0]) / WIDTH


def test_who_looks_right_stands_left_and_the_other_way_round() -> None:
    assert _x(composed(SPEC, 720), "A") < 0.45
    assert _x(composed(replace(SPEC, subject="B"), 720), "B") > 0.55


def test_an_extreme_close_up_is_centred() -> None:
    assert _x(composed(replace(SPEC, size=Size.ECU), 720), "A") == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("height", [536.0, 720.0, 1280.0, 2275.0])
@pytest.mark.parametrize("kind", [ShotType.TWO, ShotType.GROUP])
def test_two_and_group_shots_keep_everyone_in_the_frame(kind: ShotType, height: float) -> None:
    figures = (A, B, Figure("C", 1.9, 0.6, 200.0), Figure("D", -2.0, 0.4, 160.0))
    composition = composed(replace(SPEC, type=kind, figures=figures, subject=None, size=Size.MS, lens_mm=35), height)
    for one in figures:
        assert 0.05 < _x(composition, one.name) < 0.95


@pytest.mark.parametrize("size", [Size.FS, Size.WS, Size.MS])
def test_nobody_of_a_group_loses_head_or_feet_by_standing_nearer(size: Size) -> None:
    figures = (Figure("A", -0.5, -1.2, 90.0), Figure("B", 0.8, 0.8, 270.0))
    spec = replace(SPEC, type=ShotType.GROUP, figures=figures, subject=None, size=size, lens_mm=24)
    composition = composed(spec, 720)
    for one in composition.cast:
        top, foot = composition.camera.projected([[one.x, one.top, one.z], [one.x, 0.0, one.z]])[0][:, 1]
        assert top > 0
        assert size is Size.MS or foot < 720


@pytest.mark.parametrize(("subject", "front", "azimuth"), [("B", "A", -40.0), ("A", "B", 40.0)])
def test_over_the_shoulder_puts_the_two_on_opposite_sides_with_the_foreground_nearer(
    subject: str, front: str, azimuth: float
) -> None:
    composition = composed(replace(SPEC, type=ShotType.OTS, subject=subject, foreground=front, azimuth=azimuth), 720)
    near = next(one for one in composition.cast if one.foreground)
    assert near.figure.name == front
    assert (_x(composition, subject) - 0.5) * (_x(composition, front) - 0.5) < 0
    depths = {one.figure.name: composition.camera.seen([one.x, 1, one.z])[0, 2] for one in composition.cast}
    assert depths[front] < depths[subject]
    assert 0.05 < _x(composition, front) < 0.95


def test_the_foreground_keeps_the_side_it_stands_on() -> None:
    left = composed(replace(SPEC, type=ShotType.OTS, subject="B", foreground="A", azimuth=-40), 720)
    right = composed(replace(SPEC, type=ShotType.OTS, subject="A", foreground="B", azimuth=40), 720)
    assert _x(left, "A") < 0.5 < _x(right, "B")


def test_the_camera_steps_aside_when_one_hides_another() -> None:
    row = (Figure("A", 0.0, 0.0, 180.0), Figure("B", 0.02, 1.6, 180.0))
    composition = composed(replace(SPEC, type=ShotType.TWO, figures=row, subject=None, size=Size.FS, lens_mm=35), 720)
    assert abs(_x(composition, "A") - _x(composition, "B")) > 0.05


def test_two_people_on_one_spot_are_moved_apart_unless_they_embrace() -> None:
    same = (Figure("A", 0.0, 0.0, 90.0), Figure("B", 0.0, 0.0, 270.0))
    apart = composed(replace(SPEC, type=ShotType.TWO, figures=same, subject=None), 720)
    assert abs(apart.cast[0].x - apart.cast[1].x) > 0.3
    hugging = tuple(replace(one, pose=Pose.EMBRACE) for one in same)
    close = composed(replace(SPEC, type=ShotType.TWO, figures=hugging, subject=None), 720)
    assert close.cast[0].x == close.cast[1].x


def test_nobody_stands_between_the_lens_and_the_subject() -> None:
    blocker = Figure("C", -0.6, -1.0, 0.0)
    composition = composed(replace(SPEC, figures=(A, B, blocker)), 720)
    assert "C" not in [one.figure.name for one in composition.cast]


def test_a_point_of_view_shows_what_the_viewer_sees_and_not_the_viewer() -> None:
    composition = composed(replace(SPEC, type=ShotType.POV, subject="B", foreground="A"), 720)
    assert [one.figure.name for one in composition.cast] == ["B"]
    assert composition.camera.position[0] < 0.6


def test_an_empty_shot_has_nobody_in_it() -> None:
    assert composed(replace(SPEC, type=ShotType.EMPTY), 720).cast == ()


def test_a_hat_is_framed_with_its_head() -> None:
    bare = composed(SPEC, 720)
    hatted = replace(A, look=replace(A.look, hat=True))
    plain = replace(A, look=replace(A.look, hat=False))
    with_hat = composed(replace(SPEC, figures=(hatted, B)), 720)
    without = composed(replace(SPEC, figures=(plain, B)), 720)
    assert with_hat.focus[0].standing > without.focus[0].standing
    for composition in (bare, with_hat, without):
        one = composition.focus[0]
        top = composition.camera.projected([[one.x, one.standing, one.z]])[0][0, 1]
        assert top / 720 == pytest.approx(0.08, abs=0.01)


def test_someone_seated_is_framed_lower_than_standing() -> None:
    seated = composed(replace(SPEC, figures=(replace(A, pose=Pose.SIT), B)), 720)
    assert seated.camera.position[1] < composed(SPEC, 720).camera.position[1] - 0.2


DRIVER = Figure("A", 0.0, 0.0, 140.0, pose=Pose.DRIVE)
ROAD = replace(SPEC, set_kind=SetKind.STREET, interior=False, size=Size.FS, lens_mm=28.0, figures=(DRIVER,))


@pytest.mark.parametrize("facing", [90.0, 140.0, 220.0, 270.0])
def test_who_drives_out_of_doors_is_shown_with_all_of_the_car(facing: float) -> None:
    composition = composed(replace(ROAD, figures=(replace(DRIVER, facing=facing),)), 720)
    assert composition.cast[0].in_car
    depth = composition.camera.seen([[0.0, 0.7, 0.0]])[0, 2]
    assert 4.2 * composition.camera.scale / depth < 1.15 * WIDTH


def test_a_passenger_sits_beside_the_driver_and_close_shots_are_through_the_windscreen() -> None:
    pair = (DRIVER, replace(B, pose=Pose.SIT))
    both = composed(replace(ROAD, type=ShotType.TWO, subject=None, figures=pair), 720).cast
    assert both[0].figure.facing == both[1].figure.facing
    assert 0.6 < abs(complex(both[0].x - both[1].x, both[0].z - both[1].z)) < 0.9
    close = composed(replace(ROAD, size=Size.MCU, lens_mm=50.0), 720)
    assert not close.cast[0].in_car
    assert in_own_car(replace(ROAD, size=Size.MCU)).set_kind is SetKind.CAR
    assert in_own_car(ROAD) is ROAD


@pytest.mark.parametrize("size", [Size.FS, Size.WS])
def test_a_worm_looks_up_from_the_floor_and_a_low_angle_from_the_knee(size: Size) -> None:
    low, worm = (
        composed(replace(SPEC, size=size, angle=angle, lens_mm=24.0), 720) for angle in (Angle.LOW, Angle.WORM)
    )
    assert worm.camera.position[1] < 0.2 < 0.45 < low.camera.position[1] < 0.8
    assert worm.camera.pitch > low.camera.pitch + 0.05


@pytest.mark.parametrize("size", [Size.MCU, Size.CU])
def test_a_child_has_its_whole_face_in_a_close_shot(size: Size) -> None:
    child = replace(A, look=Look(age="child", stature=1.2, hat=False))
    for seed in range(0, 400, 40):
        composition = composed(replace(SPEC, size=size, figures=(child, B), seed=seed), 720)
        bones = posed(actor_of(composition.focus[0], composition))
        chin, crown = composition.camera.projected([bones.chin, crown_of(bones)])[0][:, 1]
        assert crown > 0
        assert chin < 700


def test_who_leaps_keeps_the_head_in_the_frame() -> None:
    composition = composed(replace(SPEC, size=Size.MS, figures=(replace(A, pose=Pose.JUMP), B)), 720)
    one = composition.focus[0]
    assert composition.camera.projected([[one.x, one.top, one.z]])[0][0, 1] > 0
    assert one.top > one.standing


@pytest.mark.parametrize("pose", [Pose.PUSH, Pose.FIGHT, Pose.WALK])
def test_a_close_up_has_no_arms_before_the_face(pose: Pose) -> None:
    close = composed(replace(SPEC, size=Size.CU, figures=(replace(A, pose=pose), B)), 720)
    assert close.focus[0].figure.pose is Pose.STAND
    assert composed(replace(SPEC, size=Size.MS, figures=(replace(A, pose=pose), B)), 720).focus[0].figure.pose is pose


@pytest.mark.parametrize("stature", [1.50, 1.62, 1.75, 1.9])
def test_over_a_shoulder_there_is_a_shoulder(stature: float) -> None:
    tall, short = replace(A, look=Look(stature=1.85, hat=False)), replace(B, look=Look(stature=stature, hat=False))
    spec = replace(SPEC, type=ShotType.OTS, figures=(tall, short), subject="A", foreground="B", azimuth=40.0)
    composition = composed(spec, 720)
    near = next(one for one in composition.cast if one.foreground)
    shoulder = composition.camera.projected([[near.x, near.top - 0.19 * stature, near.z]])[0][0, 1]
    assert shoulder < 0.98 * 720
