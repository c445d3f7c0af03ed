"""Footage of any kind is shown through the real decoder: upright, in its shape, in its true colours, frame by frame."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from studio.engine.looks import tone
from studio.engine.looks.conform import conform_filters
from studio.engine.looks.facts import Colours, Hdr, MediaFacts
from studio.engine.probe import probed
from studio.engine.render.film import drawn
from studio.engine.render.footage import Store
from studio.engine.render.layers import Span
from studio.engine.render.picture import Picture
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Speed, Timeline, Track
from studio.engine.timeline.looks import Solid
from tests.support.numbered import FFMPEG

pytestmark = pytest.mark.programs

SIZE = WIDTH, HEIGHT = 128, 96
FRAMES = 4
X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-qp", "2", "-bf", "2", "-g", "12")
CORNERS = np.array([[(200, 40, 40), (40, 170, 60)], [(40, 60, 200), (150, 150, 150)]], np.uint8)
"""Red, green; blue, grey: every picture shows them, each in a quarter of it."""

CLEAR = "format=yuva444p,geq=lum=lum(X\\,Y):cb=cb(X\\,Y):cr=cr(X\\,Y):a=if(lt(X\\,W/2)\\,255\\,64)"
BT2020 = "setparams=colorspace=bt2020nc:color_primaries=bt2020:color_trc="
"""Said of the frames: newer encoders believe these before their own options."""


@dataclass(frozen=True)
class Kind:
    """How a file is made, and what is to be seen of it."""

    encoder: tuple[str, ...]
    size: tuple[int, int] = (64, 48)
    matrix: str = "bt601"
    wide: bool = False
    fmt: str = "yuv420p"
    suffix: str = "mp4"
    shape: Fraction = Fraction(4, 3)
    turned: int = 0
    hdr: Hdr = ""
    clear: bool = False
    within: int = 4
    tags: tuple[str, ...] = field(default=())
    transfer: str = ""


VP9 = ("-c:v", "libvpx-vp9", "-lossless", "1", "-deadline", "realtime")
KINDS = {
    "h264": Kind(X264),
    "h264 large without a matrix": Kind(X264, (640, 720), "bt709", shape=Fraction(640, 720)),
    "h264 small of BT.709": Kind(X264, matrix="bt709", tags=("-colorspace", "bt709")),
    "full range": Kind(X264, wide=True, tags=("-color_range", "pc")),
    "10 bits": Kind(X264, fmt="yuv420p10le"),
    "4:4:4": Kind(X264, fmt="yuv444p"),
    "4:2:2 of 10 bits": Kind(("-c:v", "prores_ks"), fmt="yuv422p10le", suffix="mov"),
    "odd size": Kind(VP9, (85, 47), suffix="webm", shape=Fraction(85, 47)),
    "odd size of H.264": Kind(X264, (85, 47), fmt="yuv444p", shape=Fraction(85, 47)),
    "anamorphic": Kind(X264, shape=Fraction(16, 9), tags=("-aspect", "16:9")),
    "narrow": Kind(X264, shape=Fraction(1), tags=("-aspect", "1:1")),
    "held at 90": Kind(X264, turned=90, shape=Fraction(3, 4)),
    "held at 180": Kind(X264, turned=180),
    "held at 270": Kind(X264, turned=270, shape=Fraction(3, 4)),
    "MPEG-2": Kind(("-c:v", "mpeg2video", "-q:v", "1"), suffix="mkv", within=6),
    "Motion JPEG": Kind(("-c:v", "mjpeg", "-q:v", "1"), wide=True, fmt="yuvj420p", suffix="avi", within=6),
    "RGB": Kind(("-c:v", "png"), fmt="rgb24", suffix="mov"),
    "PQ": Kind(
        ("-c:v", "ffv1"), matrix="bt2020", fmt="yuv444p10", suffix="mkv", hdr="pq", within=9,
        transfer="smpte2084",
    ),
    "HLG": Kind(
        ("-c:v", "ffv1"), matrix="bt2020", fmt="yuv444p10", suffix="mkv", hdr="hlg", within=9,
        transfer="arib-std-b67",
    ),
    "ProRes 4444": Kind(("-c:v", "prores_ks", "-profile:v", "4444"), fmt="yuva444p10le", suffix="mov", clear=True),
    "VP9 with alpha": Kind(VP9, fmt="yuva420p", suffix="webm", clear=True),
    "VP8 with alpha": Kind(
        ("-c:v", "libvpx", "-auto-alt-ref", "0", "-deadline", "realtime", "-crf", "4", "-b:v", "4M"),
        fmt="yuva420p", suffix="webm", clear=True, within=6,
    ),
}  # fmt: skip


def made(kind: Kind, path: Path) -> Path:
    """A file of that kind, four pictures long."""
    width, height = kind.size
    down, across = np.arange(height) * 2 // height, np.arange(width) * 2 // width
    data = CORNERS[down][:, across].tobytes() * FRAMES
    into = (
        f"scale=out_color_matrix={kind.matrix}:in_range=pc:out_range={'pc' if kind.wide else 'tv'}:flags=accurate_rnd"
    )
    chain = [] if kind.fmt == "rgb24" else [into, *([CLEAR] if kind.clear else []), f"format={kind.fmt}"]
    chain += [f"{BT2020}{kind.transfer}"] if kind.transfer else []
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", "25", "-i", "-"]
    filters = ["-vf", ",".join(chain)] if chain else []
    subprocess.run(
        [FFMPEG, "-v", "error", *raw, *filters, *kind.encoder, *kind.tags, str(path)], input=data, check=True
    )
    return turned(path, kind.turned) if kind.turned else path


def turned(path: Path, degrees: int) -> Path:
    """The same file, which says how it was held."""
    out = path.with_name(f"turned-{path.name}")
    with av.open(str(path)) as given, av.open(str(out), "w") as copy:
        stream = copy.add_stream_from_template(given.streams.video[0])
        stream.set_display_rotation(-degrees)
        for packet in given.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                copy.mux(packet)
    return out


def film(store: Store, names: list[str], frames: int, background: str = "#000000") -> list[np.ndarray]:
    """Every file one after another, `frames` of each, decoded by one child; the last frame of each."""
    clips = tuple(Clip(name, name, name, i * frames, frames) for i, name in enumerate(names))
    below = Clip("s", "S", "", 0, len(names) * frames, made=Solid(background))
    tracks = (Track("b", "video", "B", "picture", (below,)), Track("v", "video", "V", "picture", clips))
    shown = drawn(Timeline("F", Rate(25), *SIZE, tracks), Span(0, len(names) * frames), SIZE, store)
    return [Picture.of_frame(f).rgb().astype(int) for i, f in enumerate(shown) if i % frames == frames - 1]


def meant(kind: Kind, background: tuple[int, int, int]) -> np.ndarray:
    """The colours of the quarters, as they are to be seen."""
    out = CORNERS.astype(float)
    if kind.hdr:
        out = tone.shown(CORNERS / 255, kind.hdr, "bt2020") * 255
    if kind.clear:
        out[:, 1] = out[:, 1] * 64 / 255 + np.array(background) * 191 / 255
    return np.rot90(out, -kind.turned // 90)


def test_footage_of_every_kind_is_upright_in_its_shape_and_in_its_colours(tmp_path: Path) -> None:
    files = {name: made(kind, tmp_path / f"{i}.{kind.suffix}") for i, (name, kind) in enumerate(KINDS.items())}
    facts = {name: probed(path) for name, path in files.items()}
    store = Store(files.__getitem__, facts.__getitem__, tables=tmp_path / "tables")
    for (name, kind), seen in zip(KINDS.items(), film(store, list(KINDS), 2, "#c0c000"), strict=True):
        assert (facts[name].alpha, facts[name].hdr, facts[name].turned) == (kind.clear, kind.hdr, kind.turned), name
        assert abs(facts[name].shape / kind.shape - 1) < Fraction(1, 50), name
        wide = min(WIDTH, HEIGHT * kind.shape)
        box = float(wide), float(wide / kind.shape)
        for (down, across), colour in zip(np.ndindex(2, 2), meant(kind, (192, 192, 0)).reshape(4, 3), strict=True):
            y = round(HEIGHT / 2 + (down - 0.5) * box[1] / 2)
            x = round(WIDTH / 2 + (across - 0.5) * box[0] / 2)
            assert np.abs(seen[y, x] - colour).max() <= kind.within, (name, down, across, seen[y, x], colour)
        for y, x in ((HEIGHT / 2, WIDTH / 2 - box[0] / 2 - 3), (HEIGHT / 2 - box[1] / 2 - 3, WIDTH / 2)):
            if min(x, y) >= 0:  # beside it lies what is below
                assert np.abs(seen[int(y), int(x)] - (192, 192, 0)).max() <= 4, name


@pytest.mark.parametrize("rate", ["25", "30000/1001"], ids=["50i", "60i"])
def test_fields_become_whole_pictures_one_for_each_two(rate: str, tmp_path: Path) -> None:
    """Two fields of different light, both brighter with every picture: a comb in the file, none in the film."""
    light = np.array([[40 + 20 * n, 60 + 20 * n] for n in range(8)], np.uint8)
    data = b"".join(np.tile(np.repeat(both, 64), 24).tobytes() for both in light)
    raw = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", "64x48", "-r", rate, "-i", "-"]
    fields = [*X264, "-pix_fmt", "yuv420p", "-color_range", "tv", "-flags", "+ilme+ildct", "-x264-params", "tff=1"]
    path = tmp_path / "a.mp4"
    shape = ["-vf", "scale=out_range=tv:in_range=pc,format=yuv420p,setfield=tff"]
    subprocess.run([FFMPEG, "-v", "error", *raw, *shape, *fields, str(path)], input=data, check=True)
    facts = probed(path)
    assert (facts.interlaced, facts.rate) == (True, Rate.parse(rate))
    timeline = Timeline(
        "F", Rate.parse(rate), 64, 48, (Track("v", "video", "V", "picture", (Clip("a", "A", "a", 0, 8),)),)
    )
    store = Store(lambda _: path, lambda _: facts)
    seen = [f.y.astype(int).copy() for f in drawn(timeline, Span(0, 8), (64, 48), store)]
    back = Clip("a", "A", "a", 0, 8, source_in=7, speed=Speed(Fraction(-1)))
    turned_round = replace(timeline, tracks=(replace(timeline.tracks[0], clips=(back,)),))
    assert [f.y.mean() for f in drawn(turned_round, Span(0, 8), (64, 48), store)] == [p.mean() for p in seen[::-1]]
    for n, picture in enumerate(seen):
        assert np.abs(np.diff(picture[8:-8], axis=0)).max() < 10
        assert abs((picture.mean() - 16) * 255 / 219 - (40 + 20 * n)) < 4, n  # the first field's light


def test_an_uneven_gif_is_shown_at_its_own_times_and_one_picture_of_it_stands(tmp_path: Path) -> None:
    pictures = [Image.new("RGB", SIZE, (level, level, level)) for level in (10, 90, 170, 250)]
    pictures[0].save(tmp_path / "a.gif", save_all=True, append_images=pictures[1:], duration=[100, 300, 200, 100])
    pictures[1].save(tmp_path / "one.gif")
    facts = {name: probed(tmp_path / name) for name in ("a.gif", "one.gif")}
    assert (facts["a.gif"].kind, facts["a.gif"].variable, facts["a.gif"].frames) == ("animated", True, 4)
    clips = (Clip("a", "A", "a.gif", 0, 7), Clip("o", "O", "one.gif", 7, 3))
    timeline = Timeline("F", Rate(10), *SIZE, (Track("v", "video", "V", "picture", clips),))
    shown = drawn(timeline, Span(0, 10), SIZE, Store(lambda m: tmp_path / m, facts.__getitem__), hold=True)
    levels = [int(Picture.of_frame(f).rgb()[40, 40, 0]) for f in shown]
    assert np.abs(np.array(levels) - [10, 90, 90, 90, 170, 170, 250, 90, 90, 90]).max() <= 2


def test_white_of_a_bright_film_is_nearly_white_and_its_black_is_black() -> None:
    grey = np.array([0.0, 0.5806, 0.7518, 1.0])[:, None].repeat(3, 1)  # 0, 203, 1000 and 10000 cd/m2
    black, white, peak, beyond = tone.shown(grey, "pq", "bt2020")[:, 0]
    assert black == 0
    assert 0.85 < white < 0.95
    assert peak == pytest.approx(1, abs=1e-3)
    assert beyond == pytest.approx(1)


def test_a_bright_picture_needs_a_folder_for_its_table() -> None:
    facts = MediaFacts("video", "mov", Fraction(1), width=64, height=36, colours=Colours(transfer="smpte2084"))
    with pytest.raises(ValueError, match="folder"):
        conform_filters(facts, (64, 36))
