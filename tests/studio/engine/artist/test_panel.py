"""Whole panels: same spec same bytes, a place is constant, light shows, SVG matches, fallback agrees, nothing hostile breaks it."""

from __future__ import annotations

import math
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from studio.core.errors import Invalid
from studio.engine.artist import backends
from studio.engine.artist.arrows import TRAVEL_FILL
from studio.engine.artist.backends import pillow
from studio.engine.artist.backends.raster import painter, raster
from studio.engine.artist.panel import Drawing, drawn
from studio.engine.artist.sets.catalogue import INSIDE
from studio.engine.artist.sheet import Fill, Glow, Layer, Line, Ribbon
from studio.engine.artist.spec import (
    Angle,
    Figure,
    Light,
    Move,
    PanelSpec,
    Pose,
    SetKind,
    ShotType,
    Size,
)

JACK = Figure("JACK", -0.6, 0.0, 90.0, looks_at="MARA")
MARA = Figure("MARA", 0.6, 0.0, -90.0, looks_at="JACK")
BAR = PanelSpec(
    size=Size.WS,
    type=ShotType.TWO,
    angle=Angle.EYE,
    move=Move.STATIC,
    lens_mm=24,
    set_kind=SetKind.BAR,
    interior=True,
    light=Light.DAY,
    place="THE BLUE BAR",
    figures=(JACK, MARA),
)
EMPTY = replace(BAR, type=ShotType.EMPTY, figures=())
SMALL = (320, 180)


def _pixels(spec: PanelSpec, size: tuple[int, int] = SMALL) -> NDArray[np.uint8]:
    drawing = drawn(spec, width=size[0], height=size[1])
    return raster(drawing.ops, drawing.page, drawing.pixels)


def _decoded(data: bytes) -> NDArray[np.uint8]:
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    return np.asarray(image, np.uint8)


def _colours(drawing: Drawing) -> set[tuple[int, int, int, int]]:
    return {op.paint for op in drawing.ops if isinstance(op, Fill)}


def test_the_same_spec_gives_the_same_bytes() -> None:
    assert drawn(BAR, width=640, height=360).png() == drawn(BAR, width=640, height=360).png()


def test_another_seed_gives_another_hand_but_the_same_picture() -> None:
    first, second = _pixels(BAR), _pixels(replace(BAR, seed=9))
    assert (first != second).any()
    assert np.abs(first.astype(int) - second).mean() < 4


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1280, 536), (405, 720), (600, 600), (333, 187)])
def test_a_panel_has_the_pixels_asked_for(width: int, height: int) -> None:
    assert _decoded(drawn(BAR, width=width, height=height).png()).shape == (height, width, 3)


@pytest.mark.parametrize("kind", list(SetKind))
def test_a_place_looks_the_same_in_every_panel_and_two_places_differ(kind: SetKind) -> None:
    spec = replace(EMPTY, set_kind=kind, interior=kind in INSIDE)
    first = _pixels(replace(spec, seed=1)).astype(int)
    again = _pixels(replace(spec, seed=2))
    other = _pixels(replace(spec, place="ANOTHER PLACE"))
    assert np.abs(first - again).mean() < 3
    assert np.abs(first - other).mean() > np.abs(first - again).mean() * 2


def test_a_place_keeps_its_colours_when_the_camera_turns() -> None:
    here = _colours(drawn(EMPTY))
    there = _colours(drawn(replace(EMPTY, azimuth=20.0)))
    assert len(here & there) / len(here) > 0.6


@pytest.mark.parametrize("kind", list(SetKind))
def test_night_is_darker_than_day_in_every_set(kind: SetKind) -> None:
    interior = kind in INSIDE
    day = _pixels(replace(EMPTY, set_kind=kind, interior=interior)).mean()
    night = _pixels(replace(EMPTY, set_kind=kind, interior=interior, light=Light.NIGHT)).mean()
    assert night < day * 0.93


def test_dawn_and_dusk_each_have_their_own_light() -> None:
    street = replace(EMPTY, set_kind=SetKind.STREET, interior=False)
    means = [_pixels(replace(street, light=light)).mean((0, 1)) for light in Light]
    for index, one in enumerate(means):
        for other in means[index + 1 :]:
            assert np.abs(one - other).max() > 6


@pytest.mark.parametrize("weather", ["rain", "snow", "fog"])
def test_weather_shows_outside_and_not_inside(weather: str) -> None:
    street = replace(EMPTY, set_kind=SetKind.STREET, interior=False)
    assert np.abs(_pixels(street).astype(int) - _pixels(replace(street, weather=weather))).mean() > 2
    assert (_pixels(EMPTY) == _pixels(replace(EMPTY, weather=weather))).all()


@pytest.mark.parametrize("move", [move for move in Move if move is not Move.STATIC])
def test_every_camera_move_leaves_a_blue_mark(move: Move) -> None:
    def blue(spec: PanelSpec) -> int:
        pixels = _pixels(spec, (640, 360)).astype(int)
        return int(((pixels[:, :, 0] - pixels[:, :, 2]) > 60).sum())

    assert blue(replace(EMPTY, move=move)) > blue(EMPTY) + 30


def test_a_travelling_figure_has_an_arrow_on_the_floor() -> None:
    still = replace(BAR, type=ShotType.SINGLE, subject="JACK", size=Size.FS, figures=(replace(JACK, looks_at=None),))
    going = replace(still, figures=(replace(JACK, looks_at=None, travels=90.0),))
    red = (*TRAVEL_FILL, 205)
    assert red in _colours(drawn(going))
    assert red not in _colours(drawn(still))


def test_svg_is_xml_and_holds_as_many_shapes_as_the_display_list() -> None:
    drawing = drawn(replace(BAR, light=Light.NIGHT))
    root = ElementTree.fromstring(drawing.svg())
    tags = [element.tag.split("}")[1] for element in root.iter()]
    assert tags.count("path") == sum(isinstance(op, (Fill, Ribbon, Line)) for op in drawing.ops)
    assert tags.count("circle") == sum(isinstance(op, Glow) for op in drawing.ops) > 0
    assert tags.count("path") + tags.count("circle") == sum(not isinstance(op, Layer) for op in drawing.ops)


def test_the_fallback_back_end_draws_a_similar_picture() -> None:
    drawing = drawn(BAR, width=640, height=360)
    best = raster(drawing.ops, drawing.page, drawing.pixels)
    fallback = raster(drawing.ops, drawing.page, drawing.pixels, pillow.painted)
    assert np.abs(best.astype(int) - fallback).mean() < 5


KNOWN = ["phone", "letter", "key", "watch", "clock", "gun", "photo", "ring"]
MORE = ["book", "cup", "whisky glass", "laptop", "ticket", "door handle", "map", "box"]
OTHERS = ["knife", "money", "pills", "camera", "play button", "dinner", "hand", "fist", "screen door"]
UNKNOWN = ["golden amulet", "", "ü" * 300, "a\nb\tc <&>"]


def test_without_skia_the_fallback_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(EMPTY, width=64, height=36).png()
    monkeypatch.setitem(sys.modules, "skia", None)
    monkeypatch.delitem(sys.modules, "studio.engine.artist.backends.skia", raising=False)
    monkeypatch.delattr(backends, "skia", raising=False)
    painter.cache_clear()
    try:
        assert painter() is pillow.painted
        assert drawn(EMPTY, width=64, height=36).png().startswith(b"\x89PNG")
    finally:
        painter.cache_clear()


@pytest.mark.parametrize("thing", [*KNOWN, *MORE, *OTHERS, *UNKNOWN])
def test_an_insert_fills_the_picture_with_its_thing(thing: str) -> None:
    spec = replace(BAR, size=Size.INSERT, insert=thing, lens_mm=85)
    drawing = drawn(spec, width=320, height=180)
    ElementTree.fromstring(drawing.svg())
    left, right = 1280.0, 0.0
    for op in drawing.ops[1:]:
        if isinstance(op, Ribbon):
            xs = np.concatenate(op.rings)[:, 0]
            if xs.min() > 0.1 * 1280 and xs.max() < 0.97 * 1280:
                left, right = min(left, float(xs.min())), max(right, float(xs.max()))
    assert right - left > 0.3 * 1280


def test_two_unknown_things_are_told_apart_by_their_lettering() -> None:
    spec = replace(BAR, size=Size.INSERT, lens_mm=85)
    assert (_pixels(replace(spec, insert="golden amulet")) != _pixels(replace(spec, insert="clay idol"))).any()


FLOATS = st.one_of(st.floats(-5, 5), st.sampled_from([math.nan, math.inf, -1e300, 1e9]))
FIGURES = st.builds(
    Figure,
    name=st.sampled_from(["A", "B", "C", "", "Ж", "A" * 200]),
    x=FLOATS,
    z=FLOATS,
    facing=st.one_of(st.floats(-720, 720), st.just(math.nan)),
    pose=st.sampled_from(list(Pose)),
    looks_at=st.sampled_from([None, "A", "NOBODY"]),
    prop=st.sampled_from([None, "phone", "unicorn"]),
    travels=st.sampled_from([None, 30.0, math.inf]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(
    figures=st.lists(FIGURES, max_size=4).map(tuple),
    size=st.sampled_from(list(Size)),
    shot=st.sampled_from(list(ShotType)),
    angle=st.sampled_from(list(Angle)),
    kind=st.sampled_from(list(SetKind)),
    lens=st.sampled_from([0.0, -5.0, 8.0, 35.0, 1e9, math.nan]),
    azimuth=st.sampled_from([0.0, 40.0, -170.0, math.nan, 1e12]),
)
def test_hostile_specs_still_give_a_picture(
    figures: tuple[Figure, ...],
    size: Size,
    shot: ShotType,
    angle: Angle,
    kind: SetKind,
    lens: float,
    azimuth: float,
) -> None:
    spec = PanelSpec(
        size,
        shot,
        angle,
        Move.PAN,
        lens,
        kind,
        True,
        Light.NIGHT,
        "",
        figures,
        "WHO?",
        "A",
        azimuth,
        weather="blood rain",
        seed=-7,
    )
    assert drawn(spec, width=64, height=36).png().startswith(b"\x89PNG")


def test_twelve_figures_all_stand_in_the_frame_of_a_group() -> None:
    crowd = tuple(Figure(f"P{i}", i * 0.9 - 5, (i % 3) * 0.5, 180.0) for i in range(12))
    drawing = drawn(replace(BAR, type=ShotType.GROUP, figures=crowd))
    points, depth = drawing.camera.projected([[one.x, 1.5, one.z] for one in crowd])
    assert (depth > 0).all()
    assert points[:, 0].min() > 0
    assert points[:, 0].max() < 1280


def test_a_subject_at_the_camera_does_not_fail() -> None:
    spec = replace(BAR, type=ShotType.POV, subject="JACK", foreground="MARA", figures=(JACK, replace(MARA, x=-0.6)))
    assert drawn(spec, width=64, height=36).png()


@pytest.mark.parametrize(("width", "height"), [(0, 10), (-5, 720), (100000, 100), (1280, 20)])
def test_an_impossible_size_is_refused_in_words(width: int, height: int) -> None:
    with pytest.raises(Invalid, match="pixels"):
        drawn(BAR, width=width, height=height)


def test_a_plate_is_the_panel_without_the_arrows_of_the_camera() -> None:
    moving = replace(BAR, move=Move.PAN)
    panel, plate = drawn(moving), drawn(moving, camera_arrows=False)
    assert len(plate.ops) < len(panel.ops)
    assert drawn(BAR, camera_arrows=False).png() == drawn(BAR).png()


def test_what_the_one_in_front_holds_does_not_hide_the_one_behind() -> None:
    over = replace(
        BAR, size=Size.MCU, type=ShotType.OTS, lens_mm=50, subject=MARA.name, foreground=JACK.name, azimuth=40
    )
    holding = replace(over, figures=(replace(JACK, pose=Pose.HOLD, prop="letter"), MARA))
    empty = replace(over, figures=(replace(JACK, pose=Pose.STAND, prop=None), MARA))
    assert drawn(holding).png() == drawn(empty).png()
