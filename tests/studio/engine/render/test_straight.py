"""Footage as it is goes from its decoder straight to the encoder: the very bytes that drawing it frame by frame gives."""

from __future__ import annotations

import subprocess
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import Cancelled, EncoderFailed, UnsupportedMedia
from studio.engine.ffmpeg import program
from studio.engine.looks.facts import MediaFacts
from studio.engine.presets import Preset
from studio.engine.probe import probed
from studio.engine.render import straight as straights
from studio.engine.render.film import drawn
from studio.engine.render.footage import Store
from studio.engine.render.layers import Span
from studio.engine.render.reels import reel
from studio.engine.render.segments import render_segment
from studio.engine.render.straight import straight
from studio.engine.sandbox.run import Ears
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Curve, Key, Motion, Speed, Timeline, Track, Transition
from studio.engine.timeline.looks import Colour, Crop, FrameFunction, Text, TextStyle, Transform, Vignette

pytestmark = pytest.mark.programs

FFMPEG = program.encoder()
TINY = Preset("tiny", height=90, crf=16, x264_preset="superfast")
SIZE = 160, 90
WHOLE = Clip("1", "1A", "a", 0, 40, source_in=30)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("straight")
    for name, size, seconds in (("a", "160x90", 4), ("b", "320x180", 4), ("tall", "90x160", 1)):
        look = f"testsrc2=size={size}:rate=24:duration={seconds},format=yuv420p"
        tags = ["-color_range", "tv", "-colorspace", "bt709", "-g", "25", "-f", "mp4"]
        command = [FFMPEG, "-v", "error", "-f", "lavfi", "-i", look, "-c:v", "libx264", *tags, folder / name]
        subprocess.run(command, check=True)
    lines = ["-vf", "interlace", "-x264-params", "tff=1:keyint=12:scenecut=0", "-f", "mp4", folder / "lines"]
    look = "testsrc2=size=160x96:rate=48:duration=2,format=yuv420p"
    subprocess.run([FFMPEG, "-v", "error", "-f", "lavfi", "-i", look, "-flags", "+ilme+ildct", *lines], check=True)
    data = (folder / "a").read_bytes()
    (folder / "broken").write_bytes(data[: data.index(b"mdat") + 4000] + bytes(len(data)) + data[-20:])
    facts: dict[str, MediaFacts] = {}

    def known(media: str) -> MediaFacts:
        return facts.setdefault(media, probed(folder / ("a" if media in ("broken", "gone") else media)))

    return Store(lambda media: folder / media, known)


def film(*clips: Clip, over: tuple[Clip, ...] = (), **more: Any) -> Timeline:
    tracks = Track("v", "video", "V", "picture", clips, **more), Track("t", "text", "T", "picture", over)
    return Timeline("Film", Rate(24), 1920, 1080, tracks)


def rendered(timeline: Timeline, span: Span, store: Store, out: Path, **more: Any) -> bytes:
    render_segment(timeline, span, TINY, store, out, ffmpeg=FFMPEG, **more)
    return out.read_bytes()


@pytest.mark.parametrize(
    "clips",
    [
        (WHOLE, Clip("2", "1B", "b", 40, 20, source_in=70), Clip("3", "1A", "a", 60, 12, source_in=2)),
        (
            replace(WHOLE, speed=Speed(Fraction(1, 4)), fade_out=3),
            Clip("2", "1B", "b", 38, 30, speed=Speed(Fraction(-1)), source_in=60),
        ),
        (replace(WHOLE, colour=Colour(exposure=0.5), effects=(Vignette(),)), Clip("2", "1B", "b", 40, 20)),
    ],
    ids=["hard cuts", "slow and backwards", "filters"],
)
def test_its_bytes_are_those_of_drawn_frames(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, clips: tuple[Clip, ...]
) -> None:
    timeline, span = film(*clips), Span(5, 50) if clips[0].fade_out == 0 else Span(5, 31)
    assert straight(timeline, span, SIZE, store) is not None
    heard: list[int] = []
    whole = rendered(timeline, span, store, tmp_path / "straight", on_frame=heard.append)
    assert heard[-1] == span.frames

    def nothing(*_: object, **__: object) -> None:
        return None

    monkeypatch.setattr(straights, "straight", nothing)
    assert rendered(timeline, span, store, tmp_path / "drawn") == whole


def test_what_is_covered_is_not_decoded(store: Store) -> None:
    found = straight(
        film(replace(WHOLE, media="tall", source_in=0, frames=20), over=(Clip("2", "1B", "b", 0, 20),)),
        Span(3, 9),
        SIZE,
        store,
    )
    assert found is not None
    sources, wanted = found
    assert [source.clip for source in sources] == ["1B"]
    assert [one.times for one in wanted] == [1] * 9


def test_interlaced_footage_looks_the_same_wherever_a_window_begins(store: Store) -> None:
    assert store.facts("lines").interlaced
    timeline = film(Clip("1", "1A", "lines", 0, 30))
    whole = [bytes(f.data) for f in drawn(timeline, Span(0, 30), SIZE, store)]
    for begin in (11, 12, 13):
        assert [bytes(f.data) for f in drawn(timeline, Span(begin, 3), SIZE, store)] == whole[begin : begin + 3]


def test_what_footage_hides_is_not_decoded_for_drawing_either(store: Store) -> None:
    damaged, above = replace(WHOLE, media="broken"), Clip("2", "1B", "b", 0, 40, 10)
    words = Clip("t", "T", "", 0, 20, made=Text("Words", TextStyle(), (0.5, 0.5, 0.5, 0.2)))
    captions = Track("c", "text", "C", "picture", (words,))
    timelines = [film(damaged, over=(above,)), film(above)]
    timelines = [replace(each, tracks=(*each.tracks, captions)) for each in timelines]
    one, other = ([bytes(f.data) for f in drawn(each, Span(0, 25), SIZE, store)] for each in timelines)
    assert one == other
    faded = film(damaged, over=(replace(above, fade_out=20),))
    with pytest.raises(UnsupportedMedia, match="“1A”"):
        list(drawn(faded, Span(0, 25), SIZE, store))


@pytest.mark.parametrize(
    "clip",
    [
        replace(WHOLE, fade_in=6),
        replace(WHOLE, fade_out=34),
        replace(WHOLE, opacity=0.5),
        replace(WHOLE, opacity=Curve((Key(0, 1.0), Key(39, 0.0)))),
        replace(WHOLE, blend="screen"),
        replace(WHOLE, transform=Transform(x=0.1)),
        replace(WHOLE, transform=Transform(rotation=2.0)),
        replace(WHOLE, crop=Crop(left=0.1)),
        replace(WHOLE, effects=(FrameFunction("posterise"),)),
        replace(WHOLE, media="tall", source_in=0, frames=20),
        replace(WHOLE, media="", made=Text("Words", TextStyle(), (0.5, 0.5, 0.5, 0.2))),
    ],
    ids=["in", "out", "opacity", "curve", "blend", "moved", "turned", "cropped", "function", "shape", "made"],
)
def test_what_must_be_drawn_is_drawn(store: Store, clip: Clip) -> None:
    assert straight(film(clip), Span(5, 10), SIZE, store) is None


def test_what_lies_over_it_or_beside_it_makes_it_drawn(store: Store) -> None:
    words = Clip("t", "T", "", 10, 10, made=Text("Words", TextStyle(), (0.5, 0.5, 0.5, 0.2)))
    timeline = film(WHOLE, Clip("2", "1B", "b", 40, 30, source_in=20), over=(words,))
    assert straight(timeline, Span(0, 10), SIZE, store) is not None
    assert straight(timeline, Span(0, 11), SIZE, store) is None
    assert straight(timeline, Span(60, 10), SIZE, store) is not None
    mixed = film(*timeline.tracks[0].clips, transitions=(Transition("x", "dissolve", 40, 4, 4),))
    assert straight(mixed, Span(0, 36), SIZE, store) is not None
    assert straight(mixed, Span(0, 37), SIZE, store) is None
    gap = film(WHOLE, Clip("2", "1B", "b", 41, 30))
    assert straight(gap, Span(30, 20), SIZE, store) is None
    still = film(replace(WHOLE, motion=Motion()))
    assert straight(still, Span(0, 9), SIZE, store) is None


def test_a_picture_that_stands_from_before_another_clip_is_drawn(store: Store) -> None:
    frozen = replace(WHOLE, speed=Speed(Fraction(0)))
    timeline = film(frozen, over=(Clip("2", "1B", "b", 10, 10),))
    assert straight(timeline, Span(0, 20), SIZE, store) is not None
    assert straight(timeline, Span(0, 30), SIZE, store) is None


def test_media_that_is_damaged_too_short_or_gone_is_named(tmp_path: Path, store: Store) -> None:
    good = replace(WHOLE, frames=20)
    for media, start in (("broken", 30), ("gone", 30), ("a", 90)):
        bad = Clip("2", "The bad one", media, 20, 20, source_in=start)
        with pytest.raises(UnsupportedMedia, match="The bad one"):
            rendered(film(good, bad), Span(0, 40), store, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_failing_encoder_and_a_stop_leave_nothing(tmp_path: Path, store: Store) -> None:
    with pytest.raises(EncoderFailed, match="while rendering frames 0 to 39"):
        render_segment(
            film(WHOLE), Span(0, 40), replace(TINY, x264_preset="nosuch"), store, tmp_path / "out", ffmpeg=FFMPEG
        )
    with pytest.raises(Cancelled):
        rendered(film(WHOLE), Span(0, 40), store, tmp_path / "out", stop=lambda: True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("straightly", [True, False])
def test_media_that_gives_no_picture_is_named(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, straightly: bool
) -> None:
    def hangs(*_: object, ears: Ears, **__: object) -> bytes:
        if ears.on_log is not None:
            ears.on_log(b"at 0\nat 1\n")
        while not ears.stop():
            time.sleep(0.01)
        raise Cancelled("ended")

    monkeypatch.setattr(reel, "run", hangs)
    monkeypatch.setattr(reel, "STALL_S", 0.3)
    timeline = film(replace(WHOLE, frames=20), Clip("2", "1B", "b", 20, 20))
    said = "“1B” gave no picture" if straightly else "“1A” gave no picture"
    with pytest.raises(EncoderFailed, match=said):
        if straightly:
            rendered(timeline, Span(0, 40), store, tmp_path / "out")
        else:
            next(drawn(timeline, Span(0, 40), SIZE, store))
