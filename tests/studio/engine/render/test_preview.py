"""What is looked at while editing is what is exported: the same frame, at every cut and anywhere else."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from PIL import Image

from studio.core.errors import Invalid
from studio.engine.ffmpeg import program
from studio.engine.ffmpeg.process import never
from studio.engine.presets import Preset
from studio.engine.render.footage import Store
from studio.engine.render.layers import Span
from studio.engine.render.look import Looks
from studio.engine.render.parts import Canvas, Drawn
from studio.engine.render.picture import Picture
from studio.engine.render.plan import planned
from studio.engine.render.preview import frame_at, jpeg_at
from studio.engine.render.segments import render_segment
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Curve, Key, Motion, Timeline, Track, Transition, Window
from studio.engine.timeline.looks import Blur, Colour, Grain, Shape, Text, Transform

pytestmark = pytest.mark.programs

FFMPEG = program.encoder()
SMALL = Preset("small", height=180, crf=4, x264_preset="superfast")
SIZE = 320, 180


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("previewed")
    moving = "testsrc2=s=480x270:r=30"
    tags = ["-color_range", "tv", "-colorspace", "bt709", "-pix_fmt", "yuv420p"]
    subprocess.run(
        [FFMPEG, "-v", "error", "-y", "-f", "lavfi", "-i", moving, "-t", "4", *tags, "-f", "mp4", folder / "film"],
        check=True,
    )
    random = np.random.default_rng(7)
    small = Image.fromarray(random.integers(0, 256, (6, 10, 3), np.uint8))
    small.resize((640, 360), Image.Resampling.BICUBIC).save(folder / "still.png")
    return Store(lambda media: folder / media)


def everything() -> Timeline:
    picture = (
        Clip("a", "A", "film", 0, 30, source_in=5, colour=Colour(exposure=0.3, saturation=0.6)),
        Clip("b", "B", "still.png", 30, 30, motion=Motion(Window(), Window(0.5, 0.5, 0.7))),
        Clip("c", "C", "film", 60, 40, source_in=40, effects=(Grain(0.1),)),
    )
    turning = Transform(x=0.2, scale_x=0.4, scale_y=0.4, rotation=Curve((Key(0, 0.0), Key(60, 90.0))))
    above = Clip("d", "D", "film", 20, 60, transform=turning, opacity=0.8)
    words = Clip("w", "W", "", 10, 50, made=Text("Both the same"), fade_in=10)
    mark = Clip("m", "M", "", 70, 30, made=Shape("ellipse", (0.2, 0.3, 0.2, 0.2), "#f0a000"), blend="multiply")
    return Timeline(
        "Film",
        Rate(24),
        1920,
        1080,
        (
            Track("v", "video", "V", "picture", picture, transitions=(Transition("t", "push_left", 60, 6, 6),)),
            Track("v2", "video", "V", "picture", (above,)),
            Track("t", "text", "T", "picture", (words, mark)),
        ),
    )


def ssim(a: np.ndarray, b: np.ndarray) -> float:
    """Structural similarity of two grey pictures. Source: Wang and others, 2004."""
    a, b = a.astype(np.float64), b.astype(np.float64)

    def soft(image: np.ndarray) -> np.ndarray:
        return np.asarray(cv2.GaussianBlur(image, (11, 11), 1.5))

    mean_a, mean_b = soft(a), soft(b)
    var_a, var_b, both = soft(a * a) - mean_a**2, soft(b * b) - mean_b**2, soft(a * b) - mean_a * mean_b
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    top = (2 * mean_a * mean_b + c1) * (2 * both + c2)
    return float((top / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2))).mean())


def shown(frame: av.VideoFrame) -> np.ndarray:
    """A frame of the export as a screen shows it, in grey: what its colours lose in RGB, the preview's have lost as well."""
    y, u, v = (np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size) for plane in frame.planes)
    return grey(Picture(y[:, :320], u[:, :160], v[:, :160]).rgb())


def grey(rgb: np.ndarray) -> np.ndarray:
    return rgb.astype(float) @ (0.2126, 0.7152, 0.0722)


def test_the_preview_is_the_export_at_every_cut_and_between(tmp_path: Path, store: Store) -> None:
    timeline = everything()
    found: list[np.ndarray] = []
    spans = planned(timeline, workers=1)
    assert not any(54 < span.start < 66 for span in spans)
    for span in spans:
        out = tmp_path / f"{span.start}.mp4"
        render_segment(timeline, span, SMALL, store, out, ffmpeg=FFMPEG)
        with av.open(str(out)) as container:
            found += [shown(f) for f in container.decode(video=0)]
    assert len(found) == 100
    for frame in (20, 30, 45, 59, 60, 66):
        previewed = grey(frame_at(timeline, frame, SIZE, store))
        assert ssim(previewed, found[frame]) >= 0.99, frame


def test_a_preview_is_a_jpeg_of_its_size(store: Store) -> None:
    with Image.open(BytesIO(jpeg_at(everything(), 61, SIZE, store))) as image:
        assert image.size == SIZE


def test_a_frame_outside_the_film_is_refused(store: Store) -> None:
    with pytest.raises(Invalid):
        frame_at(everything(), 100, SIZE, store)


def test_a_window_of_all_frames_has_them_all(store: Store) -> None:
    from studio.engine.render.film import drawn

    assert sum(1 for _ in drawn(everything(), Span(0, 100), SIZE, store)) == 100


@pytest.mark.parametrize("made", [Text("HUGE"), Shape()])
def test_letters_and_shapes_are_never_drawn_on_more_than_the_largest_picture(made: Text | Shape, store: Store) -> None:
    clip = Clip("a", "A", "", 0, 1, made=made, transform=Transform(scale_x=100.0, scale_y=100.0))
    canvas = Canvas(8192, 4096, (8192, 4096), Rate.parse("25"))
    part = Drawn(clip, canvas, store, Looks(clip, [0], store, 4096), never)
    assert part.picture(0).width <= 8192


def test_a_blur_around_the_largest_letters_makes_no_larger_picture(store: Store) -> None:
    clip = Clip("a", "A", "", 0, 1, made=Shape(box=(0.5, 0.5, 1.0, 1.0)), effects=(Blur(1.0),))
    part = Drawn(clip, Canvas(8192, 64, (8192, 64), Rate.parse("25")), store, Looks(clip, [0], store, 64), never)
    assert part.picture(0).width == 8192
