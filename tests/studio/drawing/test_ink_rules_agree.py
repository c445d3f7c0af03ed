"""The page and the worker draw by the same numbers: those of the island are read from its source and compared."""

from __future__ import annotations

import json
import re

from studio.core.settings import ROOT
from studio.drawing.replay import FIRST_LAYERS
from studio.engine.ink import geometry
from studio.engine.ink.paint import LEADING

INK = (ROOT / "components" / "wrapped" / "draw_ink.jsx").read_text(encoding="utf-8")


def number(name: str) -> float:
    found = re.search(rf"\b{name} = ([\d.]+)", INK)
    assert found, name
    return float(found.group(1))


def table(name: str) -> dict[str, float]:
    found = re.search(rf"\b{name} = (\{{.*?\}})", INK)
    assert found, name
    return json.loads(re.sub(r"(\w+):", r'"\1":', found.group(1)))


def test_lines_are_as_wide_and_as_dark_in_the_page_as_in_the_picture() -> None:
    assert table("THIN") == geometry.THIN
    assert table("DENSITY") == geometry.DENSITY
    ours = (geometry.STEP, geometry.MOST_PIECES, geometry.FULL, geometry.ARROW_HEAD, LEADING)
    assert tuple(number(n) for n in ("STEP", "MOST_PIECES", "FULL", "HEAD", "LEADING")) == ours


def test_a_drawing_begins_with_the_same_layers_in_the_page_as_in_the_studio() -> None:
    found = re.search(r"FIRST = (\[\[.*?\]\]);", INK)
    assert found
    assert tuple(tuple(pair) for pair in json.loads(found.group(1))) == FIRST_LAYERS
