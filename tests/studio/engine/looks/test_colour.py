"""Colours come out as the formulas say, within a level or two, whatever was set and however it moves."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import Invalid
from studio.engine.looks import cube
from studio.engine.looks.colour import changed, colour_filters
from studio.engine.timeline.curves import Curve, Key
from studio.engine.timeline.looks import Colour
from tests.support.numbered import FFMPEG

pytestmark = pytest.mark.programs

RAMP = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
MIXED = np.random.default_rng(1).integers(0, 256, (1, 256, 3), dtype=np.uint8)


def rendered(filters: list[str], picture: np.ndarray, frames: int = 1) -> np.ndarray:
    """The pictures that come out, in RGB; they go in and out as films have them, but with colours at every pixel."""
    there = "scale=out_color_matrix=bt709:in_range=pc:out_range=tv:flags=accurate_rnd,format=yuv444p10"
    back = "scale=in_color_matrix=bt709:in_range=tv:out_range=pc:flags=accurate_rnd,format=gbrp"
    fine = [f.replace("yuv420p", "yuv444p10") for f in filters]
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{picture.shape[1]}x1", "-r", "1", "-i", "-"]
    graph = ["-filter_complex", ",".join([there, *fine, back])]
    out = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    done = subprocess.run(
        [FFMPEG, "-v", "error", *raw, *graph, *out], input=picture.tobytes() * frames, capture_output=True, check=True
    )
    return np.frombuffer(done.stdout, np.uint8).reshape(frames, 1, -1, 3).astype(int)


def meant(colour: Colour, picture: np.ndarray, frame: int = 0) -> np.ndarray:
    out = [[255 * v for v in changed(colour, frame, tuple(pixel / 255))] for pixel in picture[0]]
    return np.array([out])


@pytest.mark.parametrize(
    "colour",
    [
        Colour(exposure=0.7), Colour(contrast=1.4), Colour(saturation=0.2), Colour(saturation=3), Colour(temperature=0.6),
        Colour(tint=-0.5), Colour(gamma=1.6),
        Colour(exposure=-0.5, contrast=1.2, saturation=1.3, temperature=0.3, tint=0.2, gamma=1.3),
    ],
)  # fmt: skip
def test_a_ramp_and_mixed_colours_come_out_by_the_formula(colour: Colour) -> None:
    filters = colour_filters(colour)
    picture = np.concatenate([RAMP, MIXED], axis=1)
    apart = np.abs(rendered(filters, picture)[0] - meant(colour, picture))
    assert np.percentile(apart, 98) <= 2
    assert apart.max() <= 6  # near black, where a power makes much of the least step


def test_formulas_are_what_they_are_called() -> None:
    assert changed(Colour(exposure=2.2), 0, (0.25, 0.25, 0.25))[0] == pytest.approx(0.5)
    assert changed(Colour(contrast=2), 0, (0.6, 0.5, 0.4)) == pytest.approx((0.7, 0.5, 0.3))
    assert changed(Colour(saturation=0), 0, (1, 0, 0)) == pytest.approx((0.2126,) * 3)
    warm = changed(Colour(temperature=1), 0, (0.5, 0.5, 0.5))
    assert warm[0] > warm[1] > warm[2]
    assert 0.2126 * warm[0] + 0.7152 * warm[1] + 0.0722 * warm[2] == pytest.approx(0.5)
    assert changed(Colour(gamma=2), 0, (0.25, 1, 0)) == pytest.approx((0.5, 1, 0))


def test_colours_that_move_have_each_frames_own_values_wherever_a_segment_begins() -> None:
    curve = Curve((Key(0, -1), Key(9, 1)))
    colour = Colour(exposure=curve, saturation=Curve((Key(0, 1), Key(9, 0))), gamma=Curve((Key(2, 1), Key(6, 1.5))))
    whole = rendered(colour_filters(colour, frames=range(10)), MIXED, 10)
    late = rendered(colour_filters(colour, frames=range(6, 10)), MIXED, 4)
    assert np.array_equal(whole[6:], late)
    mixed = rendered(colour_filters(colour, frames=(7, 1, 1, 8)), MIXED, 4)
    assert np.array_equal(whole[[7, 1, 1, 8]], mixed)
    for frame in range(10):
        assert np.percentile(np.abs(whole[frame] - meant(colour, MIXED, frame)), 98) <= 2


def test_nothing_set_is_no_filter() -> None:
    assert colour_filters(Colour()) == []
    assert colour_filters(Colour(exposure=Curve((Key(0, 0.0), Key(5, 0.0)))), frames=range(9)) == []


def table(size: int) -> bytes:
    """Colours turned round: red becomes blue, and darker."""
    step = [i / (size - 1) for i in range(size)]
    lines = [f"{b:.6f} {g:.6f} {r / 2:.6f}" for b in step for g in step for r in step]
    return "\n".join(["# a comment", 'TITLE "x"', f"LUT_3D_SIZE {size}", "", *lines]).encode()


@pytest.mark.parametrize("mix", [0.0, 0.5, 1.0])
def test_a_table_is_laid_on_as_far_as_it_is_mixed(mix: float, tmp_path: Path) -> None:
    path = cube.prepared(table(5), "a.cube", mix, tmp_path / "it's: [a] folder,;")
    seen = rendered(colour_filters(Colour(), table=path), MIXED)[0]
    turned = MIXED[..., ::-1] * np.array([1, 1, 0.5])
    assert np.abs(seen - (MIXED + mix * (turned - MIXED))).max() <= 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xfe\x00", "not text"),
        (b"", "does not say LUT_3D_SIZE"),
        (b"LUT_3D_SIZE 66\n", "line 1: LUT_3D_SIZE must be a number from 2 to 65"),
        (b"LUT_3D_SIZE 1\n", "from 2 to 65"),
        (b"LUT_3D_SIZE 99999999999999999999\n", "from 2 to 65"),
        (b"LUT_1D_SIZE 4\n", "1D table"),
        (b"0 0 0\n", "line 1: LUT_3D_SIZE must come before"),
        (b"LUT_3D_SIZE 2\n0 0 0\n0 nan 0\n", "line 3: three numbers"),
        (b"LUT_3D_SIZE 2\nnan 0 0\n", "line 2: three numbers"),
        (b"LUT_3D_SIZE 2\n0 0 inf\n", "line 2: three numbers"),
        (b"LUT_3D_SIZE 2\n0 0\n", "line 2: three numbers"),
        (b"LUT_3D_SIZE 2\n" + b"0 0 0\n" * 7, "has 7 lines of numbers; a table of size 2 has 8"),
        (b"LUT_3D_SIZE 2\n" + b"0 0 0\n" * 9, "line 10: there are more"),
        (b"LUT_3D_SIZE 2\nDOMAIN_MIN 1 1 1\n" + b"0 0 0\n" * 8, "DOMAIN_MAX must be above"),
        (b"LUT_3D_SIZE 2\nWHAT 1\n", "line 2: WHAT is no word"),
    ],
)  # fmt: skip
def test_a_damaged_table_is_refused_with_its_line(data: bytes, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        cube.read(data, "look.cube")
    assert refused.value.message.startswith("look.cube")
    assert words in refused.value.message


def test_a_table_that_was_written_is_read_as_it_was() -> None:
    given = cube.read(table(3).replace(b"LUT_3D_SIZE", b"DOMAIN_MIN 0 0 0\nDOMAIN_MAX 2 2 2\nLUT_3D_SIZE"), "a.cube")
    assert given.high == (2, 2, 2)
    assert cube.read(cube.written(given).encode(), "b.cube") == given
