"""Every kind of place is its own; people lie on beds, sit in seats, and are seen beside those who stand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.engine.artist.backends.raster import raster
from studio.engine.artist.compose import composed
from studio.engine.artist.panel import drawn
from studio.engine.artist.sets.catalogue import INSIDE, OUTSIDE
from studio.engine.artist.sheet import Fill, Layer
from studio.engine.artist.spec import Angle, Figure, Light, Move, PanelSpec, Pose, SetKind, ShotType, Size

WIDE = PanelSpec(
    size=Size.WS,
    type=ShotType.EMPTY,
    angle=Angle.EYE,
    move=Move.STATIC,
    lens_mm=24,
    set_kind=SetKind.ROOM,
    interior=True,
    light=Light.DAY,
    place="A PLACE",
)
ANN = Figure("ANN", -0.6, 0.0, 100.0, Pose.LIE)
BOB = Figure("BOB", 0.6, 0.0, 235.0)


@cache
def seen(kind: SetKind) -> NDArray[np.int64]:
    drawing = drawn(replace(WIDE, set_kind=kind, interior=kind in INSIDE), width=160, height=90)
    return raster(drawing.ops, drawing.page, drawing.pixels).astype(int)


def test_there_is_a_set_for_every_kind_and_it_is_not_empty() -> None:
    assert INSIDE.keys() | OUTSIDE.keys() == set(SetKind)
    for kind in SetKind:
        assert len(np.unique(seen(kind).reshape(-1, 3) // 16, axis=0)) > 20, kind


def test_no_two_kinds_of_place_look_alike() -> None:
    for one, other in combinations(SetKind, 2):
        assert np.abs(seen(one) - seen(other)).mean() > 8, (one, other)


@pytest.mark.parametrize("kind", [SetKind.BEDROOM, SetKind.HOSPITAL])
def test_who_lies_in_a_room_with_beds_lies_on_one(kind: SetKind) -> None:
    spec = replace(WIDE, set_kind=kind, type=ShotType.SINGLE, figures=(ANN,), subject="ANN")
    in_bed, on_floor = (composed(replace(spec, set_kind=where), 720.0).cast[0] for where in (kind, SetKind.ROOM))
    assert on_floor.floor == 0.0
    assert in_bed.floor > 0.5
    assert in_bed.top - in_bed.floor == pytest.approx(on_floor.top, abs=0.02)


@pytest.mark.parametrize("size", [Size.WS, Size.FS, Size.MS, Size.CU])
def test_the_face_of_who_lies_is_in_the_picture(size: Size) -> None:
    lens = {Size.WS: 24.0, Size.FS: 28.0, Size.MS: 40.0, Size.CU: 75.0}[size]
    spec = replace(WIDE, size=size, lens_mm=lens, type=ShotType.SINGLE, figures=(ANN,), subject="ANN")
    drawing = drawn(spec)
    skin: list[np.ndarray] = []
    label = ""
    for op in drawing.ops:
        if isinstance(op, Layer):
            label = op.label
        elif isinstance(op, Fill) and label == "ANN":
            skin.extend(op.rings)
    left, top = np.concatenate(skin).min(0)
    assert 0 < left < 700
    assert 60 < top < 600


def test_beside_somebody_who_stands_one_who_sits_is_shown_to_the_chest() -> None:
    sitter = replace(ANN, pose=Pose.SIT, facing=125.0)
    spec = replace(WIDE, size=Size.MS, lens_mm=40, type=ShotType.TWO, figures=(sitter, BOB))
    composition = composed(spec, 720.0)
    one = next(each for each in composition.cast if each.figure.name == "ANN")
    chest = composition.camera.projected([[one.x, one.top - 0.3 * one.standing, one.z]])[0][0]
    assert chest[1] < 720
