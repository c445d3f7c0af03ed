"""Thirty shots measured on the page: size, angle, sides and cast are as asked."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from studio.engine.artist.camera import FRAMINGS, LOW_FRAMINGS
from studio.engine.artist.compose import composed
from studio.engine.artist.panel import Drawing, drawn
from studio.engine.artist.people.look import person
from studio.engine.artist.sheet import Fill, Layer
from studio.engine.artist.spec import Angle, Figure, Light, Look, Move, PanelSpec, SetKind, ShotType, Size

LENSES = {
    Size.EWS: 18.0,
    Size.WS: 24.0,
    Size.FS: 28.0,
    Size.MLS: 35.0,
    Size.MWS: 35.0,
    Size.MS: 40.0,
    Size.MCU: 50.0,
    Size.CU: 75.0,
}
WHO = Look(feminine=False, hat=False, hair_style="short", stature=1.78)
SIZES = tuple(LENSES)
THIRTY = [
    *product(SIZES, (Angle.EYE, Angle.HIGH, Angle.LOW)),
    (Size.MS, Angle.DUTCH),
    (Size.CU, Angle.DUTCH),
    (Size.FS, Angle.OVERHEAD),
    (Size.WS, Angle.OVERHEAD),
    (Size.FS, Angle.WORM),
    (Size.MS, Angle.WORM),
]


def shot(size: Size, angle: Angle, facing: float = 215.0, **more: object) -> PanelSpec:
    fields: dict[str, object] = {
        "size": size,
        "type": ShotType.SINGLE,
        "angle": angle,
        "move": Move.STATIC,
        "lens_mm": LENSES[size],
        "set_kind": SetKind.ROOM,
        "interior": True,
        "light": Light.DAY,
        "place": "A ROOM",
        "figures": (Figure("ANN", 0.0, 0.0, facing, look=WHO),),
        "subject": "ANN",
    }
    return PanelSpec(**(fields | more))


def people(drawing: Drawing) -> dict[str, tuple[float, float, float, float]]:
    """Left, top, right, bottom of what is painted on each people layer, in drawing units."""
    found: dict[str, list[np.ndarray]] = {}
    label: str | None = None
    for op in drawing.ops:
        if isinstance(op, Layer):
            label = op.label if op.name == "people" else None
        elif isinstance(op, Fill) and label is not None:
            found.setdefault(label, []).extend(op.rings)
    return {
        name: (*np.concatenate(rings).min(0).tolist(), *np.concatenate(rings).max(0).tolist())
        for name, rings in found.items()
    }


@pytest.mark.parametrize(("size", "angle"), THIRTY)
def test_size_and_angle_are_as_asked(size: Size, angle: Angle) -> None:
    spec = shot(size, angle)
    drawing = drawn(spec)
    left, top, right, bottom = people(drawing)["ANN"]
    height = drawing.page[1]
    camera = drawing.camera
    eyes = 0.93 * person("ANN", WHO).stature
    if angle in (Angle.EYE, Angle.HIGH, Angle.LOW):
        row = (LOW_FRAMINGS if angle is Angle.LOW else FRAMINGS).get(size, FRAMINGS[size])
        assert top / height == pytest.approx(row.headroom, abs=0.05)
        share = (min(bottom, height) - top) / height
        wanted = (1 - row.headroom) * min(1.0, 1.0 / (row.high - row.low)) if row.low < 0 else 1 - row.headroom
        assert share == pytest.approx(wanted, abs=0.09)
    if angle is not Angle.OVERHEAD:
        assert 0 < (left + right) / 2 < 1280
    horizon = camera.horizon / height
    if angle in (Angle.EYE, Angle.DUTCH):
        assert abs(camera.pitch) < math.radians(9)
        assert 0.0 < horizon < 1.0
    elif angle in (Angle.HIGH, Angle.OVERHEAD):
        assert camera.position[1] > eyes
        assert camera.horizon < top
    else:
        assert camera.position[1] < eyes
        assert camera.horizon > top + 0.3 * (min(bottom, height) - top)
    assert (camera.roll != 0) == (angle is Angle.DUTCH)


def test_each_size_shows_more_of_the_head_than_the_one_before() -> None:
    heads = []
    for size in SIZES:
        camera = composed(shot(size, Angle.EYE), 720.0).camera
        page, _ = camera.projected([[0.0, 1.55, 0.0], [0.0, 1.78, 0.0]])
        heads.append(abs(float(page[1, 1] - page[0, 1])))
    assert heads == sorted(heads)
    assert heads[-1] > 0.55 * 720


@pytest.mark.parametrize("facing", [90.0, 125.0, 145.0, 215.0, 235.0, 270.0])
@pytest.mark.parametrize("size", [Size.FS, Size.MS, Size.CU])
def test_a_face_looks_into_the_wider_side(size: Size, facing: float) -> None:
    left, _, right, _ = people(drawn(shot(size, Angle.EYE, facing)))["ANN"]
    middle = (max(left, 0.0) + min(right, 1280.0)) / 2
    looks_right = math.sin(math.radians(facing)) > 0
    assert (middle < 640) == looks_right


ROW = (("ANN", -1.8, 0.15), ("BOB", -0.6, 0.55), ("CAT", 0.6, -0.1), ("DAN", 1.8, 0.45))
CAST = (
    Figure("ANN", -0.9, 0.0, 125.0, looks_at="BOB", look=WHO),
    Figure("BOB", 0.3, 0.2, 235.0, looks_at="ANN", look=WHO),
    Figure("CAT", 1.5, 0.0, 235.0, looks_at="ANN", look=WHO),
)


@pytest.mark.parametrize("azimuth", [-40.0, -15.0, 0.0, 15.0, 40.0])
@pytest.mark.parametrize("count", [2, 3])
def test_everybody_asked_for_is_there_and_on_their_side(count: int, azimuth: float) -> None:
    kind = ShotType.TWO if count == 2 else ShotType.GROUP
    spec = shot(Size.WS, Angle.EYE, type=kind, figures=CAST[:count], subject=None, azimuth=azimuth)
    shown = people(drawn(spec))
    assert set(shown) == {one.name for one in CAST[:count]}
    middles = [(shown[one.name][0] + shown[one.name][2]) / 2 for one in CAST[:count]]
    assert middles == sorted(middles)


@pytest.mark.parametrize(("subject", "near", "azimuth"), [("ANN", "BOB", -40.0), ("BOB", "ANN", 40.0)])
def test_over_a_shoulder_the_near_one_is_cut_and_the_far_one_is_whole(subject: str, near: str, azimuth: float) -> None:
    spec = shot(
        Size.MCU, Angle.EYE, type=ShotType.OTS, figures=CAST[:2], subject=subject, foreground=near, azimuth=azimuth
    )
    shown = people(drawn(spec))
    assert set(shown) == {subject, near}
    middle = {name: (max(box[0], 0.0) + min(box[2], 1280.0)) / 2 for name, box in shown.items()}
    assert (middle["ANN"] < middle["BOB"]) is True
    assert 200 < middle[subject] < 1080
    assert min(shown[near][0], 1280 - shown[near][2]) < 0


def test_a_longer_lens_stands_farther_away_and_shows_the_person_as_large() -> None:
    seen = [drawn(shot(Size.MS, Angle.EYE, lens_mm=lens)) for lens in (18.0, 35.0, 85.0)]
    away = [math.hypot(float(one.camera.position[0]), float(one.camera.position[2])) for one in seen]
    assert away[1] > 1.7 * away[0]
    assert away[2] > 2.2 * away[1]
    tops = [people(one)["ANN"][1] for one in seen]
    assert max(tops) - min(tops) < 0.03 * 720


@pytest.mark.parametrize("azimuth", [-40.0, -20.0, 0.0, 20.0, 40.0])
def test_no_face_of_a_group_hides_another(azimuth: float) -> None:
    cast = tuple(Figure(name, x, z, 180.0, look=WHO) for name, x, z in ROW)
    composition = composed(
        shot(Size.WS, Angle.EYE, type=ShotType.GROUP, figures=cast, subject=None, azimuth=azimuth), 720.0
    )
    page, depth = composition.camera.projected([[one.x, 1.68, one.z] for one in composition.cast])
    wide = 0.2 * composition.camera.scale / depth
    for index, one in enumerate(page[:, 0]):
        for other in range(index):
            assert abs(one - page[other, 0]) > (wide[index] + wide[other]) / 2
