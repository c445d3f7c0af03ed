import math

import numpy as np
import pytest

from studio.engine.artist.people.draw import crown_of, embraced, eye_point
from studio.engine.artist.people.look import person
from studio.engine.artist.people.pose import Actor, held_thing
from studio.engine.artist.people.poses.holding import HOLDS
from studio.engine.artist.people.poses.working import TALKING
from studio.engine.artist.people.skeleton import FOREARM, SHANK, THIGH, UPPER_ARM, leg_scale, posed
from studio.engine.artist.spec import Expression, Look, Pose

PEOPLE = {
    "man": person("JACK", Look(feminine=False)),
    "woman": person("MARA", Look(feminine=True)),
    "child": person("TIM", Look(age="child")),
    "old": person("RUTH", Look(age="old")),
}


def length(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.linalg.norm(a - b))


LIFTED = (Pose.RUN, Pose.KNEEL, Pose.KICK, Pose.FALL, Pose.JUMP, Pose.CLIMB, Pose.SNEAK)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("pose", [pose for pose in Pose if pose is not Pose.JUMP])
def test_the_lowest_sole_stands_on_the_floor(who: str, pose: Pose) -> None:
    skeleton = posed(Actor(PEOPLE[who], 1.0, 2.0, 40.0, pose, floor=0.3))
    assert float(skeleton.sole[:, :, 1].min()) == pytest.approx(0.3, abs=0.004)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("pose", [pose for pose in Pose if pose not in LIFTED])
def test_both_feet_touch_the_floor_unless_one_is_lifted(who: str, pose: Pose) -> None:
    lowest = posed(Actor(PEOPLE[who], 0.0, 0.0, 0.0, pose)).sole[:, :, 1].min(axis=1)
    assert lowest == pytest.approx([0.0, 0.0], abs=0.004)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_kneeling_knee_is_on_the_floor(who: str) -> None:
    skeleton = posed(Actor(PEOPLE[who], 0.0, 0.0, 0.0, Pose.KNEEL))
    assert 0.0 < float(skeleton.knees[:, 1].min()) / skeleton.stature < 0.06


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("pose", Pose)
def test_bones_keep_their_length(who: str, pose: Pose) -> None:
    skeleton = posed(Actor(PEOPLE[who], 0.0, 0.0, 130.0, pose))
    stature, legs = skeleton.stature, leg_scale(skeleton.person)
    for i in (0, 1):
        assert length(skeleton.shoulders[i], skeleton.elbows[i]) == pytest.approx(UPPER_ARM * stature)
        assert length(skeleton.elbows[i], skeleton.wrists[i]) == pytest.approx(FOREARM * stature)
        assert length(skeleton.hips[i], skeleton.knees[i]) == pytest.approx(THIGH * legs * stature)
        assert length(skeleton.knees[i], skeleton.ankles[i]) == pytest.approx(SHANK * legs * stature)


@pytest.mark.parametrize("pose", Pose)
def test_no_joint_is_under_the_floor(pose: Pose) -> None:
    skeleton = posed(Actor(PEOPLE["man"], 0.0, 0.0, 0.0, pose))
    joints = [skeleton.knees, skeleton.elbows, skeleton.wrists, skeleton.hips, skeleton.neck[None], skeleton.chin[None]]
    assert min(float(one[:, 1].min()) for one in joints) > -0.01


def test_who_lies_looks_up_along_the_floor() -> None:
    skeleton = posed(Actor(PEOPLE["man"], 0.0, 0.0, 0.0, Pose.LIE))
    assert float(skeleton.head.forward[1]) > 0.95
    assert float(np.ptp([skeleton.chin[1], skeleton.pelvis[1]])) < 0.1
    assert length(skeleton.chin, skeleton.ankles[0]) > 0.7 * skeleton.stature


@pytest.mark.parametrize("pose", [Pose.TALK, Pose.PHONE, Pose.DRINK, Pose.REACH, Pose.STAND])
def test_what_one_does_standing_one_can_do_in_a_seat(pose: Pose) -> None:
    up, down = (posed(Actor(PEOPLE["man"], 0.0, 0.0, 0.0, pose, seat=0.46, seated=seated)) for seated in (False, True))
    assert float(down.pelvis[1]) < float(up.pelvis[1]) - 0.2
    assert float(down.knees[0][2]) > 0.3
    high = float(up.wrists[0][1] - up.pelvis[1])
    if high > 0.1:
        assert float(down.wrists[0][1] - down.pelvis[1]) == pytest.approx(high, abs=0.08)


def test_a_hand_reaches_a_point_in_reach_within_a_centimetre() -> None:
    rng = np.random.default_rng(5)
    reached = 0
    for _ in range(60):
        actor = Actor(PEOPLE["man"], 0.0, 0.0, 0.0)
        shoulder = posed(actor).shoulders[0]
        way = rng.normal(size=3) * [1.0, 0.8, 0.5] + [0.4, 0.0, 1.0]
        goal = shoulder + way / np.linalg.norm(way) * rng.uniform(0.28, 0.50)
        skeleton = posed(Actor(PEOPLE["man"], 0.0, 0.0, 0.0, reach=(tuple(goal), None)))
        assert length(skeleton.palm(0), goal) < 0.01
        reached += 1
    assert reached == 60


def test_a_point_out_of_reach_stretches_the_arm_towards_it() -> None:
    skeleton = posed(Actor(PEOPLE["woman"], 0.0, 0.0, 0.0, reach=((0.0, 1.4, 5.0), None)))
    arm = length(skeleton.shoulders[0], skeleton.wrists[0])
    assert arm == pytest.approx((UPPER_ARM + FOREARM) * skeleton.stature, rel=0.01)
    assert skeleton.wrists[0][2] > skeleton.shoulders[0][2] + 0.4


def test_a_pointing_arm_aims_at_what_is_looked_at() -> None:
    goal = np.array([2.0, 1.6, 2.5])
    skeleton = posed(Actor(PEOPLE["man"], 0.0, 0.0, 0.0, Pose.POINT, gaze_at=tuple(goal)))
    arm = skeleton.wrists[0] - skeleton.shoulders[0]
    wanted = goal - skeleton.shoulders[0]
    cos = float(arm @ wanted) / float(np.linalg.norm(arm) * np.linalg.norm(wanted))
    assert math.degrees(math.acos(cos)) < 6


def test_the_head_turns_to_the_gaze_but_not_beyond_what_a_neck_can() -> None:
    aside = posed(Actor(PEOPLE["man"], 0.0, 0.0, 0.0, gaze_at=(3.0, 1.6, 1.0)))
    behind = posed(Actor(PEOPLE["man"], 0.0, 0.0, 0.0, gaze_at=(0.4, 1.6, -3.0)))
    assert float(aside.head.forward[0]) > 0.7
    turned = math.degrees(math.acos(float(behind.head.forward @ behind.chest_forward)))
    assert turned < 80


def test_a_facing_of_zero_looks_along_z_and_ninety_along_x() -> None:
    away, right = posed(Actor(PEOPLE["man"], 0, 0, 0)), posed(Actor(PEOPLE["man"], 0, 0, 90))
    assert away.forward == pytest.approx([0, 0, 1])
    assert right.forward == pytest.approx([1, 0, 0], abs=1e-9)
    assert away.left == pytest.approx([-1, 0, 0])


def test_a_mirrored_actor_swaps_hands() -> None:
    plain = posed(Actor(PEOPLE["man"], 0, 0, 0, Pose.HOLD, prop="cup"))
    mirrored = posed(Actor(PEOPLE["man"], 0, 0, 0, Pose.HOLD, prop="cup", mirrored=True))
    assert mirrored.wrists[1] == pytest.approx(plain.wrists[0] * [-1, 1, 1])


def test_a_standing_adult_is_as_tall_as_the_stature_says() -> None:
    for key in ("man", "woman", "child"):
        who = PEOPLE[key]
        top = crown_of(posed(Actor(who, 0, 0, 0)))
        assert float(top[1]) == pytest.approx(who.stature, abs=0.045 * who.stature)
        assert float(eye_point(Actor(who, 0, 0, 0))[1]) < float(top[1])


def test_a_sitter_sits_on_the_seat() -> None:
    low, high = (posed(Actor(PEOPLE["man"], 0, 0, 0, Pose.SIT, seat=seat)) for seat in (0.45, 0.75))
    assert float(high.pelvis[1] - low.pelvis[1]) == pytest.approx(0.30)


def test_those_who_embrace_stand_chest_to_chest_with_hands_on_the_others_back() -> None:
    pair = [Actor(PEOPLE["man"], -0.5, 0, 90, Pose.EMBRACE), Actor(PEOPLE["woman"], 0.5, 0.2, 270, Pose.EMBRACE)]
    first, second = embraced(pair)
    assert 0.2 < math.hypot(first.x - second.x, first.z - second.z) < 0.4
    bodies = posed(first), posed(second)
    for one, other in (bodies, bodies[::-1]):
        for hand in (0, 1):
            behind = float((one.palm(hand) - other.pelvis) @ one.forward)
            assert behind > -0.02
    assert embraced([first, second]) == [first, second]


def test_every_held_word_has_an_arm_and_unknown_things_are_held_too() -> None:
    assert held_thing(None) is None
    assert held_thing("Revolver") == "gun"
    assert held_thing("a strange machine") in HOLDS


def test_what_they_feel_moves_the_hands_of_those_who_speak() -> None:
    def hands(face: Expression) -> np.ndarray:
        skeleton = posed(Actor(PEOPLE["woman"], 0.0, 0.0, 0.0, Pose.TALK, face))
        return skeleton.wrists

    moved = [float(np.abs(hands(face) - hands(Expression.NEUTRAL)).max()) for face in TALKING]
    assert min(moved) > 0.08
