"""The four hands: another look, the same places; layers that a drawing program can open."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import numpy as np
import pytest

from studio.engine.artist.backends.raster import raster
from studio.engine.artist.panel import drawn
from studio.engine.artist.sheet import Fill, Layer
from studio.engine.artist.spec import Angle, Figure, Light, Move, PanelSpec, SetKind, ShotType, Size, Style

ANN = Figure("ANN", -0.6, 0.0, 125.0, looks_at="BOB", travels=90.0)
BOB = Figure("BOB", 1.2, 0.0, 235.0, looks_at="ANN")
SPEC = PanelSpec(
    size=Size.WS,
    type=ShotType.TWO,
    angle=Angle.EYE,
    move=Move.PAN,
    lens_mm=24,
    set_kind=SetKind.STREET,
    interior=False,
    light=Light.NIGHT,
    place="A STREET",
    figures=(ANN, BOB),
    weather="rain",
)
OTHERS = [style for style in Style if style is not Style.MARKER]


def shapes(style: Style) -> list[np.ndarray]:
    """The rings of every painted shape but the paper itself, in painting order."""
    fills = [op for op in drawn(replace(SPEC, style=style)).ops if isinstance(op, Fill)]
    return [ring for op in (fills if style is Style.MARKER else fills[1:]) for ring in op.rings]


@pytest.mark.parametrize("style", OTHERS)
def test_a_style_moves_no_shape(style: Style) -> None:
    as_marker, as_style = shapes(Style.MARKER), shapes(style)
    assert len(as_marker) == len(as_style)
    assert all((one == other).all() for one, other in zip(as_marker, as_style, strict=True))


def test_no_two_styles_look_alike() -> None:
    pictures = []
    for style in Style:
        drawing = drawn(replace(SPEC, style=style), width=320, height=180)
        pictures.append(raster(drawing.ops, drawing.page, drawing.pixels).astype(int))
    for index, one in enumerate(pictures):
        for other in pictures[index + 1 :]:
            assert np.abs(one - other).mean() > 12


@pytest.mark.parametrize(("style", "channels"), [(Style.PENCIL, 10), (Style.INK, 10)])
def test_pencil_and_ink_have_no_colour_but_the_marks_for_the_crew(style: Style, channels: int) -> None:
    drawing = drawn(replace(SPEC, style=style))
    layer = ""
    for op in drawing.ops:
        if isinstance(op, Layer):
            layer = op.name
        elif isinstance(op, Fill) and layer != "arrows":
            assert max(op.paint[:3]) - min(op.paint[:3]) < channels


def test_the_svg_has_a_group_with_an_id_for_every_layer() -> None:
    root = ElementTree.fromstring(drawn(SPEC).svg())
    groups = [element for element in root.iter() if element.tag.endswith("}g")]
    assert {group.get("class") for group in groups} == {"set", "people", "light", "weather", "arrows"}
    names = {group.get("data-label") for group in groups if group.get("class") == "people"}
    assert names == {"ANN", "BOB"}
    ids = [group.get("id") for group in groups]
    assert len(set(ids)) == len(ids)
