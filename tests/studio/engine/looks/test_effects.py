"""Effects do what their numbers say, to the frame's own picture alone, the same in every render."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

import numpy as np
import pytest

from studio.core.errors import Invalid
from studio.engine.looks.effects import effect_filters, makes_alpha
from studio.engine.looks.functions import FUNCTIONS, function
from studio.engine.timeline.curves import Curve, Key
from studio.engine.timeline.looks import (
    Blur,
    ChromaKey,
    Effect,
    Flip,
    FrameFunction,
    Grain,
    Greyscale,
    Pixelate,
    Sharpen,
    Vignette,
)
from tests.support.numbered import FFMPEG

WIDTH, HEIGHT = SIZE = 160, 90
EDGE = "color=white:s=160x90:r=1,drawbox=0:0:80:90:black:fill"


def seen(effect: Effect, source: str, frames: Sequence[int] = (0,), *, alpha: bool = False) -> np.ndarray:
    """The pictures after an effect: frames x height x width x 4."""
    filters = effect_filters(effect, SIZE, frames=frames, alpha=alpha)
    plain = f"scale=out_color_matrix=bt709:out_range=tv,format={'yuva420p' if alpha else 'yuv420p'}"
    out = f"trim=end_frame={len(frames)},scale=in_color_matrix=bt709:in_range=tv,format=rgba"
    graph = ",".join([source, "format=gbrp", plain, *filters, out])
    end = ["-filter_complex", graph, "-f", "rawvideo", "-"]
    done = subprocess.run([FFMPEG, "-v", "error", *end], capture_output=True, check=True)
    return np.frombuffer(done.stdout, np.uint8).reshape(len(frames), HEIGHT, WIDTH, 4).astype(int)


@pytest.mark.programs
def test_a_blur_is_a_gaussian_of_its_radius_both_ways_and_moves() -> None:
    curve = Curve((Key(0, 0.0), Key(3, 0.1)))
    moving = seen(Blur(curve), EDGE, range(4))[..., 0]
    row, middle = moving[:, 45], WIDTH // 2
    assert row[0, middle - 1] - row[0, middle - 4] < 8  # the first frame is sharp
    width = [np.count_nonzero((r > 41) & (r < 214)) for r in row]  # one deviation either side of the edge
    assert width == sorted(width)
    assert abs(width[3] / 2 - 9) <= 1.5
    assert np.array_equal(moving[2:], seen(Blur(curve), EDGE, (2, 3))[..., 0])
    across = "color=white:s=160x90:r=1,drawbox=0:0:160:45:black:fill"
    turned = seen(Blur(curve), across, (3,))[0, :, 80, 0]
    assert abs(np.count_nonzero((turned > 41) & (turned < 214)) / 2 - 9) <= 1.5


@pytest.mark.programs
def test_grain_belongs_to_the_clips_frame_and_leaves_the_light_as_it_is() -> None:
    grey = "color=0x808080:s=160x90:r=1"
    whole = seen(Grain(0.4), grey, range(-2, 4))
    assert np.array_equal(whole[[5, 1, 1, 4]], seen(Grain(0.4), grey, (3, -1, -1, 2)))
    assert abs(whole[..., 0].mean() - 128) < 2
    assert whole[0, ..., 0].std() > 5
    assert all(np.mean(whole[0] != other) > 0.5 for other in whole[1:])
    assert seen(Grain(0.4), grey, alpha=True)[..., 3].min() == 255


@pytest.mark.programs
def test_other_effects_are_what_they_are_called() -> None:
    white, red = "color=white:s=160x90:r=1", "color=red:s=160x90:r=1"
    corner, middle = seen(Vignette(1.0), white)[0, 0, 0, 0], seen(Vignette(1.0), white)[0, 45, 80, 0]
    assert corner == 0
    assert middle > 250
    assert np.abs(seen(Flip(), EDGE)[0, 45, [10, 150], 0] - [255, 0]).max() <= 1
    assert np.array_equal(seen(Flip(across=False), EDGE), seen(Flip(across=False), EDGE)[:, ::-1])
    assert np.ptp(seen(Greyscale(), red)[0, 45, 80, :3]) <= 1
    blocks = seen(Pixelate(0.2), "testsrc2=s=160x90:r=1")[0, :18, :18]
    assert np.ptp(blocks[..., 0]) <= 3
    soft = "color=white:s=160x90:r=1,drawbox=0:0:80:90:0x404040:fill,gblur=2"
    assert np.ptp(np.diff(seen(Sharpen(2.0), soft)[0, 45, :, 0])) > np.ptp(
        np.diff(seen(Sharpen(0.0), soft)[0, 45, :, 0])
    )


@pytest.mark.programs
@pytest.mark.parametrize("key", ["#00ff00", "#0047bb"])
def test_the_keyed_colour_is_clear_and_no_other(key: str) -> None:
    source = f"color=0x{key[1:]}:s=160x90:r=1,drawbox=0:0:80:90:0xe0a080:fill"
    picture = seen(ChromaKey(key), source)[0, 45]
    assert (picture[20, 3], picture[140, 3]) == (255, 0)
    assert makes_alpha(ChromaKey())
    assert not makes_alpha(Blur())


def test_a_frame_function_is_no_filter() -> None:
    with pytest.raises(ValueError, match="old_film"):
        effect_filters(FrameFunction("old_film"), SIZE)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_frame_function_follows_from_the_frames_number_and_without_amount_does_nothing(name: str) -> None:
    across = np.tile(np.linspace(0, 255, 64, dtype=np.uint8), (36, 1))
    picture = np.stack([across, across[:, ::-1], np.full_like(across, 90)], axis=-1)
    done = [function(name)(picture, number, 0.5) for number in (500, 500, 530)]
    assert np.array_equal(done[0], done[1])
    assert not np.array_equal(done[0], done[2])
    assert np.abs(done[0].astype(int) - picture).mean() > 0.3
    assert np.array_equal(function(name)(picture, 500, 0.0), picture)


def test_an_effect_that_is_not_there_says_which_are() -> None:
    with pytest.raises(Invalid, match=r"no effect called sparkle\. There are: old_film"):
        function("sparkle")
