"""A place that is said to be full is full of the same people in every shot, and none of them gets in the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.engine.artist.cast.crowd import crowd
from studio.engine.artist.compose import composed
from studio.engine.artist.panel import drawn
from studio.engine.artist.sets.kit.stage import Scene
from studio.engine.artist.sheet import Sheet
from studio.engine.artist.spec import Angle, Figure, Light, Move, PanelSpec, SetKind, ShotType, Size
from studio.storyboards.rules.staging_words import crowd_named

PAIR = (Figure("ANN", -0.6, 0.0, 90.0, looks_at="BOB"), Figure("BOB", 0.6, 0.0, 270.0, looks_at="ANN"))
WIDE = PanelSpec(
    size=Size.WS,
    type=ShotType.TWO,
    angle=Angle.EYE,
    move=Move.STATIC,
    lens_mm=24,
    set_kind=SetKind.STREET,
    interior=False,
    light=Light.DAY,
    place="MARKET STREET",
    figures=PAIR,
    crowd="people",
)


def _extras(spec: PanelSpec) -> list[tuple[float, float]]:
    composition = composed(spec, 720.0)
    scene = Scene(Sheet(composition.camera), spec.place, spec.set_kind.value, spec.light, spec.interior)
    return [(piece.x, piece.z) for piece in crowd(scene, composition, spec.crowd)]


@pytest.mark.parametrize("kind", [SetKind.STREET, SetKind.FIELD, SetKind.BAR])
def test_a_full_place_shows_several_people_more_and_an_empty_one_none(kind: SetKind) -> None:
    spec = replace(WIDE, set_kind=kind, interior=kind is SetKind.BAR)
    assert len(_extras(spec)) >= 3
    assert _extras(replace(spec, crowd="")) == []
    assert len(drawn(spec).ops) > len(drawn(replace(spec, crowd="")).ops) + 12


def test_the_same_people_are_there_from_another_side() -> None:
    front, side = _extras(WIDE), _extras(replace(WIDE, azimuth=25.0))
    assert len(set(front) & set(side)) >= 3


@pytest.mark.parametrize("azimuth", [-25.0, 0.0, 25.0])
def test_no_head_of_a_crowd_grows_out_of_the_people_of_the_shot(azimuth: float) -> None:
    spec = replace(WIDE, azimuth=azimuth)
    composition = composed(spec, 720.0)
    for x, z in _extras(spec):
        page, depth = composition.camera.projected([[x, 1.4, z], *([one.x, 1.4, one.z] for one in composition.cast)])
        assert depth[0] >= depth[1:].min()
        assert min(abs(page[1:, 0] - page[0, 0])) > 40


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Passengers bustle around the platform.", "people"),
        ("The park is awash with children.", "children"),
        ("A crowd gathers.", "people"),
        ("Two children and their mother.", ""),
        ("Nobody. The rain.", ""),
    ],
)
def test_the_words_say_who_fills_the_place(text: str, who: str) -> None:
    assert crowd_named(text) == who
