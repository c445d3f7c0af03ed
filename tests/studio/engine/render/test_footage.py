"""Every frame of a film shows exactly the picture of its media that belongs there; what cannot be shown is named."""

from __future__ import annotations

import subprocess
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from studio.core.errors import UnsupportedMedia
from studio.engine.ffmpeg import program
from studio.engine.looks.facts import MediaFacts
from studio.engine.presets import Preset
from studio.engine.probe import probed
from studio.engine.render.film import drawn
from studio.engine.render.footage import Store, missing
from studio.engine.render.join import checked, joined
from studio.engine.render.layers import Span
from studio.engine.render.segments import render_segment
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Curve, Key, Motion, Speed, Timeline, Track, Window

pytestmark = pytest.mark.programs

FFMPEG = program.encoder()
TINY = Preset("tiny", height=90, crf=16, x264_preset="superfast")
SIZE = 160, 90
BITS = 8


def numbered(path: Path, frames: int, rate: str = "24", *options: str) -> Path:
    """Footage whose every picture says its number in eight bars, the highest bit first."""
    bits = (np.arange(frames)[:, None] >> np.arange(BITS - 1, -1, -1)) & 1
    luma = np.repeat(bits * 170 + 40, 160 // BITS, axis=1).astype(np.uint8)
    data = b"".join(np.tile(row, (90, 1)).tobytes() + bytes([128]) * (160 * 90 // 2) for row in luma)
    subprocess.run(
        [
            *(FFMPEG, "-v", "error", "-y", "-f", "rawvideo", "-pixel_format", "yuv420p", "-video_size", "160x90"),
            *("-framerate", rate, "-i", "-", "-c:v", "libx264", "-preset", "superfast", "-g", "25", "-bf", "2"),
            *("-color_range", "tv", "-colorspace", "bt709", *options, str(path)),
        ],
        input=data,
        check=True,
    )
    return path


def number_of(luma: np.ndarray) -> int:
    """What the middle row says."""
    bars = luma[luma.shape[0] // 2].reshape(BITS, -1)[:, 4:-4].mean(axis=1)
    return int("".join("1" if bar > 125 else "0" for bar in bars), 2)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("footage")
    numbered(folder / "a", 120, "24", "-f", "mp4")
    numbered(folder / "ntsc", 120, "30000/1001", "-f", "mp4")
    numbered(folder / "fast", 200, "60", "-f", "matroska")
    numbered(folder / "stream", 100, "25", "-f", "mpegts")
    numbered(
        folder / "uneven", 60, "24", "-f", "mp4", "-vf", "setpts='(N+floor(N/7)*2)/24/TB'", "-fps_mode", "passthrough"
    )
    facts: dict[str, MediaFacts] = {}

    def known(media: str) -> MediaFacts:
        return facts.setdefault(media, probed(folder / media))

    return Store(lambda media: folder / media, known)


FILM_RATE = Rate(24)


def film(*clips: Clip, rate: Rate = FILM_RATE) -> Timeline:
    return Timeline("Film", rate, 1920, 1080, (Track("v", "video", "V", "picture", clips),))


def numbers(timeline: Timeline, store: Store, span: Span | None = None) -> list[int]:
    span = span or Span(0, timeline.frames)
    return [number_of(frame.y) for frame in drawn(timeline, span, SIZE, store)]


def test_a_cut_shows_its_frames_and_no_others(store: Store) -> None:
    timeline = film(Clip("1", "A", "a", 0, 30, source_in=17), Clip("2", "B", "a", 30, 20, source_in=90))
    assert numbers(timeline, store) == [*range(17, 47), *range(90, 110)]
    assert numbers(timeline, store, Span(25, 10)) == [*range(42, 47), *range(90, 95)]


@pytest.mark.parametrize("rate", [Rate(24), Rate(25), Rate(24000, 1001), Rate(60)], ids=str)
@pytest.mark.parametrize("media", ["ntsc", "fast", "stream", "uneven"])
def test_of_any_rate_the_picture_whose_time_it_is_is_shown(store: Store, media: str, rate: Rate) -> None:
    facts = store.facts(media)
    timeline = film(Clip("1", "A", media, 0, 30, source_in=20), rate=rate)
    assert numbers(timeline, store) == [facts.shown(rate.seconds(n) + Fraction(1, 10**6)) for n in range(20, 50)]


@pytest.mark.parametrize(
    ("speed", "source_in", "expected"),
    [
        (Speed(Fraction(2)), 10, [10 + 2 * n for n in range(40)]),
        (Speed(Fraction(1, 3)), 10, [10 + n // 3 for n in range(40)]),
        (Speed(Fraction(-1)), 100, [100 - n for n in range(40)]),
        (Speed(Fraction(0)), 33, [33] * 40),
        (
            Speed(ramp=Curve((Key(0, 0.0), Key(20, 60.0), Key(40, 80.0)))),
            5,
            [5 + 3 * n for n in range(20)] + [65 + n for n in range(20)],
        ),
    ],
    ids=["twice", "a third", "backwards", "standing", "ramp"],
)
def test_speed_chooses_the_pictures(store: Store, speed: Speed, source_in: int, expected: list[int]) -> None:
    timeline = film(Clip("1", "A", "a", 0, 40, source_in=source_in, speed=speed))
    assert numbers(timeline, store) == expected
    assert numbers(timeline, store, Span(13, 9)) == expected[13:22]


def test_footage_and_stills_are_one_film(tmp_path: Path, store: Store) -> None:
    from PIL import Image

    Image.fromarray(np.full((90, 160, 3), 200, np.uint8)).save(tmp_path / "still.png")
    push = Motion(Window(), Window(0.5, 0.5, 0.7))
    timeline = film(
        Clip("1", "A", "a", 0, 40, source_in=3),
        Clip("2", "S", "still", 40, 20, motion=push),
        Clip("3", "B", "fast", 70, 20),
    )

    def path(media: str) -> Path:
        return tmp_path / "still.png" if media == "still" else store.path(media)

    pieces: list[tuple[Path, int]] = []
    for span in (Span(0, 35), Span(35, 30), Span(65, 25)):
        out = tmp_path / f"{span.start}.mp4"
        render_segment(timeline, span, TINY, Store(path, store.known), out, ffmpeg=FFMPEG)
        pieces.append((out, span.frames))
    out = tmp_path / "film.mp4"
    joined(pieces, None, (), (), timeline.rate, out, ffmpeg=FFMPEG, title="Film")
    checked(out, 90, timeline.rate)
    with av.open(str(out)) as container:
        found = [f.to_ndarray(format="yuv420p")[:90, :160] for f in container.decode(video=0)]
    assert [number_of(f) for f in found[:40]] == list(range(3, 43))
    assert all(abs(f.mean() - (16 + 200 * 219 / 255)) < 2 for f in found[40:60])
    assert all(f.max() < 24 for f in found[60:70])
    assert [number_of(f) for f in found[70:]] == [n * 60 // 24 for n in range(20)]


def test_media_that_is_too_short_is_refused_by_the_clips_name_or_held(store: Store) -> None:
    timeline = film(Clip("1", "Far", "a", 0, 40, source_in=100))
    with pytest.raises(UnsupportedMedia, match="“Far” needs frames 100 to 139 of its media, which has 120"):
        numbers(timeline, store)
    assert numbers(timeline, store, Span(0, 20)) == list(range(100, 120))
    held = [number_of(f.y) for f in drawn(timeline, Span(0, 40), SIZE, store, hold=True)]
    assert held == [*range(100, 120), *[119] * 20]


def test_media_that_begins_later_than_its_clip_is_refused(store: Store) -> None:
    with pytest.raises(UnsupportedMedia, match="“Back”"):
        numbers(film(Clip("1", "Back", "a", 0, 30, source_in=10, speed=Speed(Fraction(-1)))), store)


def test_damaged_and_missing_media_are_named(tmp_path: Path, store: Store) -> None:
    whole = store.path("a").read_bytes()
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "none").write_bytes(b"nothing at all")

    def path(media: str) -> Path:
        return store.path(media) if media == "a" else tmp_path / media

    timeline = film(
        *(Clip(name, name.title(), name, i * 10, 10) for i, name in enumerate(("a", "cut", "gone", "none", "gone")))
    )
    said = missing(timeline, Store(path))
    assert [line.partition(":")[0] for line in said.values()] == ["Cut", "Gone", "None"]
    for start, name in ((10, "Cut"), (20, "Gone"), (30, "None")):
        with pytest.raises(UnsupportedMedia, match=f"{name}|{name.lower()}"):
            list(drawn(timeline, Span(start, 5), SIZE, Store(path)))


def test_leaving_off_midway_ends_the_decoding(store: Store) -> None:
    import threading

    frames = drawn(film(Clip("1", "A", "a", 0, 100)), Span(0, 100), SIZE, store)
    next(frames)
    frames.close()
    assert not [t for t in threading.enumerate() if t.name == "reel"]
