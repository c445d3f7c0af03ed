"""Frames looked at one after another are those drawn alone; clips far away change nothing; decoders are closed."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.core.errors import Invalid, UnsupportedMedia
from studio.engine.ffmpeg import program
from studio.engine.previews.viewing import Viewer, around, explained, jpeg, size_of
from studio.engine.render.footage import Store
from studio.engine.render.layers import Span
from studio.engine.render.preview import frame_at
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track, Transition
from studio.engine.timeline.looks import Solid, Text

pytestmark = pytest.mark.programs
SIZE = 160, 90


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("looked")
    moving = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=24", "-t", "3", "-pix_fmt", "yuv420p", "-f", "mp4"]
    subprocess.run([program.encoder(), "-v", "error", "-y", *moving, folder / "film"], check=True)
    return Store(lambda media: folder / media)


def film(*more: Clip) -> Timeline:
    footage = Clip("a", "A", "film", 0, 60), Clip("s", "S", "", 60, 40, made=Solid("#f7b801"), fade_in=10)
    words = Clip("w", "W", "", 5, 90, made=Text("Words"), opacity=0.5)
    lanes = Track("v", "video", "V", "picture", (*footage, *more)), Track("t", "text", "T", "picture", (words,))
    return Timeline("Film", Rate(24), 320, 180, lanes)


@pytest.mark.parametrize("frames", [range(20, 32), range(31, 19, -1), (3, 50, 70, 4, 62)])
def test_every_frame_looked_at_is_the_frame_drawn_alone(store: Store, frames: range) -> None:
    viewer, timeline = Viewer(), film()
    for frame in frames:
        alone = jpeg(frame_at(timeline, frame, SIZE, store))
        assert viewer.look(timeline, "film 1", frame, SIZE, store).jpeg == alone, frame
    viewer.rest()


def test_what_was_drawn_is_known_again_wherever_it_was_moved(store: Store) -> None:
    viewer, timeline = Viewer(), film()
    first = viewer.look(timeline, "film 1", 70, SIZE, store)
    longer = replace(
        timeline, tracks=tuple(replace(t, clips=tuple(c for c in t.clips if c.id != "a")) for t in timeline.tracks)
    )
    gone = Store(lambda media: Path("/nowhere") / media)
    assert viewer.look(longer, "film 2", 70, SIZE, gone) == first
    viewer.rest()


def test_a_neighbour_that_is_missing_does_not_hide_the_frame_before_it(store: Store) -> None:
    viewer = Viewer()
    timeline = film(Clip("m", "Lost", "lost", 100, 10))
    assert viewer.look(timeline, "x", 98, SIZE, store).jpeg
    with pytest.raises(UnsupportedMedia):
        viewer.look(timeline, "x", 102, SIZE, store)
    assert explained(timeline, 102, store) == "Lost: The file is missing."
    assert explained(timeline, 98, store) == ""
    undrawn = film(Clip("m", "2B", "", 100, 10))
    assert explained(undrawn, 105, store) == "2B: It has no picture yet."
    viewer.rest()


def test_a_frame_outside_the_film_is_refused(store: Store) -> None:
    with pytest.raises(Invalid):
        Viewer().look(film(), "x", 100, SIZE, store)


def test_a_window_keeps_both_clips_of_a_transition_and_no_other() -> None:
    clips = tuple(Clip(f"c{n}", "C", "", 10 * n, 10, made=Solid(f"#{n:02x}0000"), fade_out=5) for n in range(9))
    joins = Transition("t", "dissolve", 40, 4, 4), Transition("u", "dissolve", 60, 2, 2)
    whole = Timeline("F", Rate(24), 320, 180, (Track("v", "video", "V", "picture", clips, transitions=joins),))
    kept = {at: [c.id for c in around(whole, Span(at, 1)).tracks[0].clips] for at in (5, 37, 45, 43)}
    assert kept[5] == ["c0"]
    assert kept[37] == ["c3", "c4"]
    assert set(kept[45]) >= {"c3", "c4"} and "c8" not in kept[45]
    nowhere = Store(lambda media: Path(media))
    for at in range(90):
        near = around(whole, Span(at, 1))
        both = [frame_at(each, at, (32, 18), nowhere) for each in (whole, near)]
        assert np.array_equal(*both), at


@pytest.mark.parametrize(
    ("film_size", "asked", "size"),
    [
        ((1920, 1080), 960, (960, 540)),
        ((1080, 1920), 960, (960, 1706)),
        ((1080, 1920), 1920, (1080, 1920)),
        ((333, 187), 1920, (332, 188)),
    ],
)
def test_a_frame_is_never_larger_than_the_film(film_size: tuple[int, int], asked: int, size: tuple[int, int]) -> None:
    assert size_of(replace(film(), width=film_size[0], height=film_size[1]), asked) == size


def test_a_frame_is_a_jpeg_of_its_size(store: Store) -> None:
    viewer = Viewer()
    with Image.open(BytesIO(viewer.look(film(), "x", 1, SIZE, store).jpeg)) as image:
        assert (image.format, image.size) == ("JPEG", SIZE)
    viewer.rest()
