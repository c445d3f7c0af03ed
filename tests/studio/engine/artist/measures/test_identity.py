"""One person stays the same over forty panels; two people, another coat or another hair are told apart."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from studio.engine.artist.measures.identity import BOUND, Likeness, distance, likeness, palette_distance
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

LENSES = {Size.FS: 28.0, Size.MS: 40.0, Size.MCU: 50.0, Size.CU: 75.0, Size.WS: 24.0}
POSES = (Pose.STAND, Pose.TALK, Pose.WALK, Pose.SIT, Pose.PHONE)
ANGLES = (Angle.EYE, Angle.EYE, Angle.LOW, Angle.HIGH)
KINDS = (SetKind.ROOM, SetKind.STREET, SetKind.BAR)
MARA = Look(feminine=True, top="#4a6a8e", hair="#c4c2c0", garment="coat")
BEN = Look(feminine=False, top="#b23c32", hair="#5c3e2c")
HATTED = Look(age="old", feminine=False, hat=True, top="#5f8257")


def panel(name: str, look: Look, k: int) -> PanelSpec:
    """The k-th of many panels: size, light, place, pose, face, angle and turn all change."""
    size = tuple(LENSES)[k % 5]
    kind = KINDS[k % 3]
    figure = Figure(
        name, 0.0, 0.0, 130.0 + (k * 13) % 100, POSES[(k // 2) % 5], tuple(Expression)[k % len(Expression)], look=look
    )
    return PanelSpec(
        size=size,
        type=ShotType.SINGLE,
        angle=ANGLES[k % 4],
        move=Move.STATIC,
        lens_mm=LENSES[size],
        set_kind=kind,
        interior=kind is not SetKind.STREET,
        light=tuple(Light)[(k // 5) % 4],
        place="A PLACE",
        figures=(figure,),
        subject=name,
        seed=k,
    )


def seen(name: str, look: Look, k: int) -> Likeness:
    found = likeness(panel(name, look, k), name)
    assert found is not None
    return found


@pytest.mark.parametrize(("name", "look"), [("MARA", MARA), ("OLD JOE", HATTED)])
def test_a_person_stays_the_same_over_forty_panels(name: str, look: Look) -> None:
    drawn = [seen(name, look, k) for k in range(40)]
    apart = [distance(one, other) for one, other in combinations(drawn, 2)]
    assert max(apart) < BOUND
    assert float(np.mean(apart)) < BOUND / 2


def test_two_people_are_farther_apart_than_one_person_ever_is() -> None:
    people = {"MARA": MARA, "BEN": BEN, "OLD JOE": HATTED}
    for k in range(0, 40, 4):
        drawn = [seen(name, look, k) for name, look in people.items()]
        assert min(distance(one, other) for one, other in combinations(drawn, 2)) > BOUND


@pytest.mark.parametrize("change", [{"top": "#d0a648"}, {"hair": "#d8b26a"}, {"skin": "#805842"}])
def test_one_wrong_colour_is_another_person(change: dict[str, str]) -> None:
    wrong = replace(MARA, **change)
    assert distance(seen("MARA", MARA, 1), seen("MARA", wrong, 1)) > BOUND


def test_the_colour_of_the_light_is_not_the_persons() -> None:
    day = panel("BEN", BEN, 0)
    shown = [likeness(replace(day, light=light), "BEN") for light in Light]
    first = shown[0]
    assert first is not None
    assert all(one is not None and palette_distance(first, one) < 2 for one in shown)


def test_who_is_not_in_the_picture_has_no_likeness() -> None:
    assert likeness(panel("BEN", BEN, 0), "MARA") is None
