"""Pictures become video planes of the right colour, and windows of them land where they should."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.engine.render.reels.pictures import pixels
from studio.engine.render.stills import Frame, Still, show, still
from studio.engine.timeline import Window

WIDTH, HEIGHT = 160, 90


def load(path: Path, tightest: float = 1.0, widest: float = 1.0) -> Still:
    return still(pixels(path, "1A", ours=True), width=WIDTH, height=HEIGHT, tightest=tightest, widest=widest)


def saved(image: Image.Image, path: Path, **options: object) -> Path:
    image.save(path, **options)
    return path


def seen(picture: Still, window: Window | None = None) -> Frame:
    frame = Frame(WIDTH, HEIGHT)
    show(picture, window or Window(), frame)
    return frame


def scene(width: int, height: int) -> Image.Image:
    """Smooth waves of colour, the same at every size."""
    y, x = np.mgrid[0:height, 0:width]
    u, v = (x + 0.5) / width, (y + 0.5) / height
    waves = [np.sin(9 * u + 3 * v), np.cos(7 * v - 2 * u), np.sin(5 * u * v + 1)]
    return Image.fromarray(np.stack([(127.5 + 120 * w).astype(np.uint8) for w in waves], axis=2))


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    error = ((a.astype(float) - b.astype(float)) ** 2).mean()
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


@pytest.mark.parametrize(
    ("rgb", "yuv"),
    [
        ((0, 0, 0), (16, 128, 128)),
        ((255, 255, 255), (235, 128, 128)),
        ((255, 0, 0), (63, 102, 240)),
        ((0, 255, 0), (173, 42, 26)),
        ((0, 0, 255), (32, 240, 118)),
        ((128, 128, 128), (126, 128, 128)),
    ],
)
def test_colours_are_bt709_limited_range(tmp_path: Path, rgb: tuple[int, int, int], yuv: tuple[int, ...]) -> None:
    frame = seen(load(saved(Image.new("RGB", (200, 100), rgb).resize((160, 90)), tmp_path / "a.png")))
    middle = int(frame.y[45, 80]), int(frame.u[22, 40]), int(frame.v[22, 40])
    assert middle == yuv


@settings(max_examples=25, deadline=None)
@given(st.floats(0.3, 1.0), st.floats(0, 1), st.floats(0, 1), st.sampled_from([(120, 68), (160, 90), (800, 450)]))
def test_a_window_shows_what_an_ideal_camera_would(x_room: float, x: float, y: float, size: tuple[int, int]) -> None:
    window = Window(x_room / 2 + x * (1 - x_room), x_room / 2 + y * (1 - x_room), x_room)
    picture = still(np.asarray(scene(*size)), width=WIDTH, height=HEIGHT, tightest=x_room, widest=1.0)
    frame = seen(picture, window)
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH]
    u = window.x + window.width * ((across + 0.5) / WIDTH - 0.5)
    v = window.y + window.width * ((down + 0.5) / HEIGHT - 0.5)
    r, g, b = (127.5 + 120 * w for w in (np.sin(9 * u + 3 * v), np.cos(7 * v - 2 * u), np.sin(5 * u * v + 1)))
    luma = 16 + 219 / 255 * (0.2126 * r + 0.7152 * g + 0.0722 * b)
    assert psnr(frame.y[4:-4, 4:-4], luma[4:-4, 4:-4]) > 44
    cb = 128 + 224 / 255 / 1.8556 * (b - (0.2126 * r + 0.7152 * g + 0.0722 * b))
    # Left-sited chroma: on the even columns, between the rows.
    expected = (cb[0::2, 0::2] + cb[1::2, 0::2]) / 2
    assert psnr(frame.u[3:-3, 3:-3], expected[3:-3, 3:-3]) > 44


def test_chroma_is_on_the_left_not_in_the_middle(tmp_path: Path) -> None:
    def blue(luma_columns: np.ndarray) -> np.ndarray:
        return 127.5 + 120 * np.sin(2 * np.pi * luma_columns / 20)

    waves = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    dither = np.random.default_rng(3).random((HEIGHT, WIDTH))
    waves[:, :, 2] = np.floor(blue(np.arange(WIDTH)) + dither)
    found = seen(load(saved(Image.fromarray(waves), tmp_path / "a.png"))).u[2:-2].astype(float).mean(axis=0)

    def error(shift: float) -> float:
        ideal = 128 + 224 / 255 * 0.9278 / 1.8556 * blue(2 * np.arange(WIDTH // 2) + shift)
        return float(np.abs(found - ideal)[4:-4].mean())

    assert error(0) < 0.5 * error(0.5)
    assert error(0) < error(-0.5)


def test_the_whole_of_a_picture_of_the_frames_size_is_unchanged(tmp_path: Path) -> None:
    image = Image.fromarray(np.random.default_rng(1).integers(0, 256, (HEIGHT, WIDTH), np.uint8)).convert("RGB")
    frame = seen(load(saved(image, tmp_path / "a.png")))
    grey = np.asarray(image)[:, :, 0]
    assert np.abs(frame.y - (16 + 219 / 255 * grey.astype(float))).max() <= 0.51


def test_fine_lines_do_not_shimmer_when_the_camera_drifts(tmp_path: Path) -> None:
    lines = np.full((900, 1600), 255, np.uint8)
    lines[:, ::9] = 0
    picture = load(saved(Image.fromarray(lines), tmp_path / "a.png"), tightest=0.5, widest=1.0)
    wide = [seen(picture, Window(0.5 + i * 0.0007, 0.5, 0.97)).y[20:-20, 20:-20] for i in range(6)]
    assert max(float(f.std()) for f in wide) < 20  # sampled as it is: 57
    assert max(abs(float(f.mean()) - float(wide[0].mean())) for f in wide) < 1


def test_a_zoom_through_the_levels_has_no_step_in_it(tmp_path: Path) -> None:
    image = Image.fromarray(np.random.default_rng(2).integers(0, 256, (450, 800), np.uint8))
    picture = load(saved(image, tmp_path / "a.png"), tightest=0.2, widest=1.0)
    assert len(picture.levels) > 1
    spread = [float(seen(picture, Window(width=w)).y.std()) for w in np.linspace(0.2, 1.0, 81)]
    assert max(abs(b - a) for a, b in itertools.pairwise(spread)) < 0.12 * spread[0]


def test_a_picture_of_another_shape_gets_black_bars(tmp_path: Path) -> None:
    frame = seen(load(saved(Image.new("RGB", (300, 300), "white"), tmp_path / "a.png")))
    assert frame.y[45, 5] == 16 and frame.y[45, -5] == 16
    assert frame.y[45, 80] == 235
    assert 86 <= int((frame.y[45] > 125).sum()) <= 92


def test_transparency_is_over_black(tmp_path: Path) -> None:
    frame = seen(load(saved(Image.new("RGBA", (160, 90), (255, 255, 255, 0)), tmp_path / "a.png")))
    assert frame.y.max() == 16


def test_dimming_goes_to_black_and_leaves_no_colour(tmp_path: Path) -> None:
    frame = seen(load(saved(Image.new("RGB", (160, 90), "red"), tmp_path / "a.png")))
    frame.dim(0.5)
    assert (int(frame.y[9, 9]), int(frame.v[9, 9])) == (40, 184)
    frame.dim(0)
    assert (int(frame.y[9, 9]), int(frame.u[9, 9]), int(frame.v[9, 9])) == (16, 128, 128)
