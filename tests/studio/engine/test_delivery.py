"""Every kind of output comes out as it should be: codec, size, rate, exactly its frames; and nothing is left when it fails."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from studio.core.errors import Cancelled, Invalid, Unavailable
from studio.engine.delivery import Delivered, Reel, delivered
from studio.engine.ffmpeg import program
from studio.engine.looks.facts import MediaFacts
from studio.engine.outputs import encoded_sound, numbered
from studio.engine.presets import PRESETS, Order, burned_in
from studio.engine.presets import kinds as presets_kinds
from studio.engine.presets.asked import checked, order_of, parts_of
from studio.engine.presets.encoding import sound_container
from studio.engine.presets.offer import lacking, offered, require
from studio.engine.probe import probed
from studio.engine.render.footage import Store
from studio.engine.render.layers import Span
from studio.engine.render.segments import render_segment
from studio.engine.sound.wave import write_wav
from studio.engine.time import SAMPLE_RATE, Rate
from studio.engine.timeline import Caption, Clip, Marker, Motion, Timeline, Track, Window

pytestmark = pytest.mark.programs

FFMPEG = program.encoder()
FONTS = Path(__file__).parents[3] / "assets" / "fonts"
PUSH = Motion(Window(), Window(0.5, 0.5, 0.7))
CAPTIONS = (Caption(6, 30, "Words to be read"),)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("delivery")
    random = np.random.default_rng(3)
    for name in "ab":
        small = Image.fromarray(random.integers(0, 256, (9, 16, 3), np.uint8))
        small.resize((320, 180), Image.Resampling.BICUBIC).save(folder / f"{name}.png")
    tone = 0.2 * np.sin(np.arange(3 * SAMPLE_RATE) * 2 * np.pi * 440 / SAMPLE_RATE)
    write_wav(folder / "mix.wav", np.repeat(tone[:, None], 2, 1).astype(np.float32))
    return folder


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Presets as they are, but small, so that each takes a moment."""
    for name, kind in PRESETS.items():
        shape = (kind.shape[0] // 6, kind.shape[1] // 6) if kind.shape else None
        monkeypatch.setitem(presets_kinds.PRESETS, name, replace(kind, height=180, shape=shape))


FILM_RATE = Rate(24)


def film(rate: Rate = FILM_RATE) -> Timeline:
    clips = (Clip("1", "1A", "a", 0, 24, motion=PUSH), Clip("2", "1B", "b", 24, 24, motion=PUSH))
    sound = Track("s", "audio", "S", "music", (Clip("m", "M", "m", 0, 48),))
    words = Track("c", "captions", "C", "captions", captions=CAPTIONS)
    return Timeline(
        "Film",
        rate,
        1920,
        1080,
        (Track("v", "video", "V", "picture", clips), sound, words),
        (Marker(0, "One"), Marker(24, "Two")),
    )


def make(place: Path, out: Path, order: Order, timeline: Timeline, *, swapped: bool = False) -> Delivered:
    """As ordered, of two segments a part; `swapped` puts the second before the first."""
    kind, store = order.kind, Store(lambda m: place / f"{m}.png", fonts=FONTS)
    shown = burned_in(timeline, kind) if order.captions == "burned" else timeline
    reels: list[Reel] = []
    for part in parts_of(order, timeline):
        segments: list[tuple[Path, int]] = []
        half = part.frames // 2
        for start, frames in ((part.start, half), (part.start + half, part.frames - half)) if kind.has_picture else ():
            if frames:
                path = place / f"{order.preset}-{start}.seg"
                render_segment(shown, Span(start, frames), kind, store, path, ffmpeg=FFMPEG)
                segments.append((path, frames))
        sound = None
        if kind.has_sound:
            sound = place / f"{order.preset}-{part.start}.{sound_container(kind)}"
            cut = timeline.rate.samples(part.start), timeline.rate.samples(part.end)
            encoded_sound(place / "mix.wav", sound, kind, ffmpeg=FFMPEG, samples=cut)
        reels.append(Reel(part, tuple(reversed(segments) if swapped else segments), sound))
    return delivered(reels, shown, order, out, ffmpeg=FFMPEG, fonts=FONTS, store=store)


CODECS = {
    "720p": ("h264", "aac"),
    "hevc": ("hevc", "aac"),
    "av1": ("av1", "aac"),
    "webm": ("vp9", "opus"),
    "vertical": ("h264", "aac"),
    "square": ("h264", "aac"),
    "prores": ("prores", "pcm_s16le"),
    "wav": ("", "pcm_s16le"),
    "mp3": ("", "mp3"),
}


@pytest.mark.parametrize("name", CODECS)
def test_every_film_and_sound_is_what_its_preset_says(place: Path, tmp_path: Path, name: str) -> None:
    if missing := lacking(PRESETS[name], FFMPEG):
        with pytest.raises(Unavailable, match=missing):
            require(PRESETS[name], FFMPEG)
        return
    rate = Rate(30000, 1001) if name in ("webm", "hevc", "720p") else Rate(24)
    made = make(place, tmp_path / "out", Order(name), film(rate))
    found = probed(tmp_path / "out")
    assert (found.video_codec, found.audio_codec) == CODECS[name]
    assert made.suffix == PRESETS[name].container
    seconds = float(rate.seconds(48))
    assert found.audio_seconds == pytest.approx(seconds, abs=0.06 if name == "mp3" else 0.02)
    assert made.report is not None
    assert {f.kind for f in made.report.faults} <= {"loudness"}
    assert any(f.kind == "likeness" for f in made.report.findings) == bool(found.video_codec)
    if found.video_codec:
        _picture(found, name, rate, seconds)
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def _picture(found: MediaFacts, name: str, rate: Rate, seconds: float) -> None:
    kind = presets_kinds.PRESETS[name]
    assert (found.width, found.height) == kind.file_size(1920, 1080)
    assert (found.frames, found.even, found.colours.matrix, found.colours.primaries) == (48, True, "bt709", "bt709")
    assert found.video_seconds == pytest.approx(seconds, abs=0.009)
    assert (found.subtitle_tracks, [title for _, title in found.chapters]) == (1, ["One", "Two"])
    if found.rate and not found.webm:
        assert found.rate == rate


def test_a_gif_keeps_every_second_frame_and_its_length(place: Path, tmp_path: Path) -> None:
    made = make(place, tmp_path / "out.gif", Order("gif"), film())
    with Image.open(tmp_path / "out.gif") as gif:
        assert (gif.format, gif.size, gif.n_frames, made.frames) == ("GIF", (320, 180), 24, 24)
        lasts = 0
        for i in range(gif.n_frames):
            gif.seek(i)
            lasts += gif.info["duration"]
        assert abs(lasts - 2000) <= 20


def test_every_frame_is_a_picture(place: Path, tmp_path: Path) -> None:
    made = make(place, tmp_path / "out.zip", Order("png", start=10, end=40), film())
    with zipfile.ZipFile(tmp_path / "out.zip") as pack:
        assert pack.namelist() == [f"{i:06d}.png" for i in range(1, 31)]
        with pack.open("000001.png") as file, Image.open(file) as image:
            assert (image.size, image.mode) == ((320, 180), "RGB")
    assert (made.suffix, made.frames) == ("zip", 30)


def test_stills_are_the_middle_of_each_shot_in_its_own_colours(place: Path, tmp_path: Path) -> None:
    make(place, tmp_path / "out.zip", Order("stills"), film())
    with zipfile.ZipFile(tmp_path / "out.zip") as pack:
        assert pack.namelist() == ["1 1A.jpg", "2 1B.jpg"]
        with pack.open("1 1A.jpg") as file, Image.open(file) as image:
            shown = np.asarray(image.convert("RGB"), float)
    source = np.asarray(Image.open(place / "a.png").convert("RGB"), float)
    assert abs(shown.mean(axis=(0, 1)) - source[15:165, 27:293].mean(axis=(0, 1))).max() < 8


def test_a_film_split_by_its_markers_is_a_zip_of_exact_films(place: Path, tmp_path: Path) -> None:
    made = make(place, tmp_path / "out.zip", Order("720p", captions="file", split=True), film())
    with zipfile.ZipFile(tmp_path / "out.zip") as pack:
        assert pack.namelist() == ["1 One.mp4", "1 One.srt", "2 Two.mp4", "2 Two.srt"]
        pack.extractall(tmp_path)
    assert [probed(tmp_path / name).frames for name in ("1 One.mp4", "2 Two.mp4")] == [24, 24]
    assert probed(tmp_path / "1 One.mp4").subtitle_tracks == 0
    assert made.report is not None
    assert made.frames == 48


def test_a_range_has_its_own_captions_and_chapters(place: Path, tmp_path: Path) -> None:
    make(place, tmp_path / "out", Order("720p", start=12, end=40), film())
    found = probed(tmp_path / "out")
    assert (found.frames, [round(at, 2) for at, _ in found.chapters]) == (28, [0.0, 0.5])
    with av.open(str(tmp_path / "out")) as container:
        (words,) = [bytes(p)[2:] for p in container.demux(container.streams.subtitles[0]) if p.size > 2]
    assert words == b"Words to be read"


def test_burned_captions_are_in_the_picture_while_they_stand_and_only_then(place: Path, tmp_path: Path) -> None:
    def bottom(path: Path) -> list[np.ndarray]:
        with av.open(str(path)) as container:
            return [f.to_ndarray(format="gray")[140:176].astype(float) for f in container.decode(video=0)]

    make(place, tmp_path / "plain", Order("720p", captions="none"), film())
    make(place, tmp_path / "burned", Order("720p", captions="burned"), film())
    apart = [abs(a - b).mean() for a, b in zip(bottom(tmp_path / "plain"), bottom(tmp_path / "burned"), strict=True)]
    assert min(apart[6:36]) > 4
    assert max(apart[:6] + apart[36:]) < 2
    assert probed(tmp_path / "burned").subtitle_tracks == 0


def test_a_film_whose_segments_were_swapped_does_not_look_as_its_preview(place: Path, tmp_path: Path) -> None:
    honest = make(place, tmp_path / "honest", Order("720p"), film())
    swapped = make(place, tmp_path / "swapped", Order("720p"), film(), swapped=True)
    assert honest.report and swapped.report
    (fine,) = [f for f in honest.report.findings if f.kind == "likeness"]
    assert (fine.level, fine.measured > 0.98) == ("ok", True)
    wrong = [(f.level, f.start, f.end) for f in swapped.report.findings if f.kind == "likeness"]
    assert wrong == [("fail", 0, 1), ("fail", 24, 25)]


@pytest.mark.parametrize(("fit", "bars"), [("contain", True), ("cover", False)])
def test_a_vertical_film_has_bars_or_is_filled(place: Path, tmp_path: Path, fit: str, bars: bool) -> None:
    made = make(place, tmp_path / "out", Order("vertical", captions="none", fit=fit), film())
    assert made.report
    assert [f.level for f in made.report.findings if f.kind == "likeness"] == ["ok"]
    with av.open(str(tmp_path / "out")) as container:
        first = next(container.decode(video=0)).to_ndarray(format="gray")
    assert first.shape == (320, 180)
    assert (first[:60].max() < 24) == bars
    assert first[140:180].std() > 10


def test_a_stop_leaves_nothing(place: Path, tmp_path: Path) -> None:
    order, timeline = Order("720p"), film()
    make(place, tmp_path / "out", order, timeline)
    (tmp_path / "out").unlink()
    reel = Reel(parts_of(order, timeline)[0], ((place / "720p-0.seg", 24), (place / "720p-24.seg", 24)), None)
    with pytest.raises(Cancelled):
        delivered([reel], timeline, order, tmp_path / "out", ffmpeg=FFMPEG, fonts=FONTS, stop=lambda: True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "order",
    [Order("8k"), Order("720p", start=-1), Order("720p", start=5, end=5), Order("720p", captions="loud")],
)
def test_an_order_nobody_can_carry_out_is_refused(order: Order) -> None:
    with pytest.raises(Invalid):
        checked(order)


def test_an_order_is_read_back_as_it_was_kept_and_an_old_one_as_it_was_meant() -> None:
    order = Order("vertical", "burned", "cover", 3, 9, split=True)
    assert order_of(order.plain()) == order
    assert order_of({"preset": "720p", "timeline_id": "x"}) == Order("720p")


def test_a_range_behind_the_films_end_is_refused() -> None:
    with pytest.raises(Invalid, match="48"):
        parts_of(Order("720p", start=48), film())


def test_file_names_hold_only_what_a_file_system_takes() -> None:
    assert numbered(["INT. BAR / NIGHT", "a\x00b:c", ""], "mp4") == ["1 INT. BAR NIGHT.mp4", "2 a b c.mp4", "3.mp4"]


def test_what_an_ffmpeg_lacks_is_not_offered(tmp_path: Path) -> None:
    poor = tmp_path / "ffmpeg"
    poor.write_text("#!/bin/sh\necho ' V....D libx264    H.264'\necho ' A....D aac     AAC'\necho ' V....D gif  GIF'\n")
    poor.chmod(0o755)
    assert [p.name for p in offered(poor)] == ["720p", "1080p", "2160p", "vertical", "square", "gif", "png", "stills"]
    with pytest.raises(Unavailable, match="libsvtav1"):
        require(PRESETS["av1"], poor)
