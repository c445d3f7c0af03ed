"""Scopes say what is in a frame: its light column by column, its colours where colour bars have them."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from studio.engine.previews.scopes import HEIGHT, SCOPES, WIDTH, Scope, chroma, columns, luma, scope


def flat(*colour: int) -> np.ndarray:
    return np.tile(np.asarray(colour, np.uint8), (36, 64, 1))


def shown(pixels: np.ndarray, kind: Scope) -> np.ndarray:
    with Image.open(BytesIO(scope(pixels, kind))) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def test_light_is_that_of_rec_709() -> None:
    assert luma(flat(255, 255, 255))[0, 0] == pytest.approx(255, abs=0.1)
    assert luma(flat(0, 255, 0))[0, 0] == pytest.approx(255 * 0.7152, abs=0.1)


def test_grey_has_no_colour_and_blue_is_at_the_edge() -> None:
    assert [float(part[0, 0]) for part in chroma(flat(90, 90, 90))] == pytest.approx([0, 0], abs=1e-6)
    assert float(chroma(flat(0, 0, 255))[0][0, 0]) == pytest.approx(0.5, abs=1e-3)


def test_every_pixel_is_counted_in_its_column() -> None:
    left = np.concatenate([flat(10, 10, 10), flat(200, 200, 200)], axis=1)
    counted = columns(luma(left), 16)
    assert counted[255 - 10, :8].tolist() == pytest.approx([1.0] * 8)
    assert counted[255 - 200, 8:].tolist() == pytest.approx([1.0] * 8)
    assert float(counted.sum()) == pytest.approx(16)


def test_a_waveform_glows_where_the_light_is() -> None:
    drawn = shown(flat(100, 100, 100), "waveform").sum(axis=2)
    assert drawn.argmax(axis=0).tolist() == [255 - 100] * WIDTH


def test_a_vectorscope_shows_red_up_and_blue_to_the_right() -> None:
    red = shown(flat(190, 0, 0), "vectorscope") - shown(flat(128, 128, 128), "vectorscope")
    y, _ = np.unravel_index(np.abs(red).sum(axis=2)[: HEIGHT // 2 - 8].argmax(), (HEIGHT // 2 - 8, HEIGHT))
    assert y < HEIGHT * 0.25
    blue = shown(flat(0, 0, 190), "vectorscope") - shown(flat(128, 128, 128), "vectorscope")
    assert np.abs(blue).sum(axis=2)[:, : HEIGHT // 2 - 8].max() == 0


def test_a_histogram_stands_where_the_values_are() -> None:
    drawn = shown(flat(64, 128, 250), "histogram")
    assert [int(drawn[-4, :, i].argmax()) // 2 for i in range(3)] == [64, 128, 250]


@pytest.mark.parametrize("kind", SCOPES)
def test_scopes_are_drawn_of_the_smallest_and_of_odd_frames(kind: Scope) -> None:
    for pixels in (flat(1, 2, 3)[:1, :1], flat(255, 255, 255)[:3, :7]):
        assert shown(pixels, kind).shape[0] == HEIGHT
