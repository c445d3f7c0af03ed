"""A machine that speaks is a machine, a mere voice is nobody, and people are left as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.engine.artist.cast.casting import as_shot, is_thing
from studio.engine.artist.compose import composed
from studio.engine.artist.spec import Angle, Figure, Light, Move, PanelSpec, SetKind, ShotType, Size

MIKE, PRINTER, VOICE = (
    Figure("MIKE", -0.6, 0.0, 90.0),
    Figure("PRINTER", 0.6, 0.0, 270.0),
    Figure("RADIO VOICE", 0.6, 0.0, 0.0),
)
SPEC = PanelSpec(
    size=Size.MCU,
    type=ShotType.OTS,
    angle=Angle.EYE,
    move=Move.STATIC,
    lens_mm=50,
    set_kind=SetKind.OFFICE,
    interior=True,
    light=Light.DAY,
    place="OFFICE",
    figures=(MIKE, PRINTER),
    subject="PRINTER",
    foreground="MIKE",
)


@pytest.mark.parametrize(
    ("name", "thing"),
    [("PRINTER", True), ("MESSAGE MACHINE", True), ("RADIO VOICE", True), ("MIKE", False), ("MACHINE GUNNER", False)],
)
def test_a_name_tells_a_thing_from_a_person(name: str, thing: bool) -> None:
    assert is_thing(name) is thing


@pytest.mark.parametrize("size", [Size.MS, Size.MCU, Size.CU])
def test_a_close_shot_of_a_machine_is_an_insert_of_it(size: Size) -> None:
    shown = as_shot(replace(SPEC, size=size))
    assert (shown.size, shown.insert, [one.name for one in shown.figures]) == (Size.INSERT, "printer", ["MIKE"])


def test_nobody_is_seen_over_the_shoulder_of_a_machine() -> None:
    shown = as_shot(replace(SPEC, subject="MIKE", foreground="PRINTER"))
    assert (shown.type, shown.subject, shown.foreground) == (ShotType.SINGLE, "MIKE", None)
    assert [one.figure.name for one in composed(shown, 720.0).cast] == ["MIKE"]


def test_in_a_wide_shot_the_machine_stands_where_its_figure_stood_and_a_voice_nowhere() -> None:
    wide = replace(SPEC, size=Size.WS, type=ShotType.TWO, subject=None, foreground=None)
    assert [one.thing for one in composed(wide, 720.0).cast] == [False, True]
    assert [one.figure.name for one in composed(replace(wide, figures=(MIKE, VOICE)), 720.0).cast] == ["MIKE"]


def test_people_are_left_as_they_are() -> None:
    spec = replace(SPEC, figures=(MIKE, replace(PRINTER, name="ANN")), subject="ANN")
    assert as_shot(spec) is spec
