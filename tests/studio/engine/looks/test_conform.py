"""Every film frame shows the right picture of its media, upright, in its true colours, whatever the media is."""

from __future__ import annotations

import random
import subprocess
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from studio.engine.looks import tone
from studio.engine.looks.conform import Stretch, conform_filters, fitted, taken
from studio.engine.looks.facts import Colours, MediaFacts
from studio.engine.probe import probed
from studio.engine.time import Rate
from tests.support.numbered import FFMPEG, HEIGHT, WIDTH, decoded, numbered, numbers

pytestmark = pytest.mark.programs

RATES = ("24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001", "60")
X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "12", "-pix_fmt", "yuv420p")
UNEVEN = "(N+0.4*sin(N)+floor(N/30)*3)/30/TB"
SIZE = (WIDTH, HEIGHT)
TO_RGB = "scale=in_color_matrix=bt709:in_range=tv:out_range=pc:flags=accurate_rnd+full_chroma_int"


def colours_of(path: Path, size: tuple[int, int], tables: Path | None = None, fmt: str = "rgb24") -> np.ndarray:
    """The first frame that a film of this size would show."""
    facts = probed(path)
    take = taken(facts, Stretch(Rate(25), Fraction(0), 1), size, tables=tables)
    return decoded(take.options, path, [*take.filters, TO_RGB], fmt, size)[0].astype(int)


def encoded(path: Path, source: str, *options: str) -> Path:
    subprocess.run([FFMPEG, "-v", "error", "-f", "lavfi", "-i", source, *options, str(path)], check=True)
    return path


@pytest.mark.parametrize("rate", [*RATES, "uneven"])
def test_each_frame_shows_the_picture_whose_time_holds_it(rate: str, tmp_path: Path) -> None:
    uneven = rate == "uneven"
    name = {"25": "a.ts", "30": "a.mkv", "24000/1001": "a.mkv"}.get(rate, "a.mp4")
    path = numbered(tmp_path / name, "30" if uneven else rate, 120, *X264, times=UNEVEN if uneven else "")
    facts = probed(path)
    assert facts.variable == uneven
    assert uneven or facts.rate == Rate.parse(rate)
    chance = random.Random(rate)
    for speed in (Fraction(1), Fraction(1), Fraction(5, 2), Fraction(1, 3), Fraction(-1), Fraction(0)):
        film = Rate.parse(chance.choice(RATES))
        last = facts.lasting(film) - 1
        start = chance.randrange(0, max(1, last - int(8 * abs(speed))))
        stretch = Stretch(film, Fraction(start + (8 if speed < 0 else 0)), 8, speed)
        take = taken(facts, stretch, SIZE)
        assert numbers(take.options, path, take.filters) == [facts.shown(stretch.moment(n)) for n in range(8)]


def test_a_film_of_its_own_rate_is_shown_picture_by_picture(tmp_path: Path) -> None:
    path = numbered(tmp_path / "a.mp4", "30000/1001", 60, *X264)
    take = taken(probed(path), Stretch(Rate(30000, 1001), Fraction(23), 20), SIZE)
    assert numbers(take.options, path, take.filters) == list(range(23, 43))


def test_beyond_its_end_the_last_picture_stands(tmp_path: Path) -> None:
    path = numbered(tmp_path / "a.mp4", "25", 20, *X264)
    take = taken(probed(path), Stretch(Rate(25), Fraction(17), 6), SIZE)
    assert numbers(take.options, path, take.filters) == [17, 18, 19, 19, 19, 19]


def test_an_uneven_gif_is_shown_at_its_own_times(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    pictures = [Image.new("RGB", SIZE, (level, level, level)) for level in (10, 90, 170, 250)]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=[100, 300, 200, 100])
    facts = probed(path)
    assert (facts.kind, facts.variable, facts.frames) == ("animated", True, 4)
    take = taken(facts, Stretch(Rate(10), Fraction(0), 7), SIZE)
    seen = decoded(take.options, path, [*take.filters, TO_RGB], "gray", SIZE)[:, 4, 4, 0].astype(int)
    assert np.abs(seen - [10, 90, 90, 90, 170, 170, 250]).max() <= 2


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_phone_held_another_way_is_shown_upright(turned: int, tmp_path: Path) -> None:
    import av

    path = encoded(tmp_path / "a.mp4", "color=red:s=64x32:r=25:d=0.2,drawbox=0:0:32:16:white:fill", *X264)
    with av.open(str(path)) as given, av.open(str(tmp_path / "b.mp4"), "w") as made:
        stream = made.add_stream_from_template(given.streams.video[0])
        stream.set_display_rotation(-turned)
        for packet in given.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                made.mux(packet)
    facts = probed(tmp_path / "b.mp4")
    assert facts.turned == turned
    assert (facts.width, facts.height) == ((32, 64) if turned % 180 else (64, 32))
    seen = colours_of(tmp_path / "b.mp4", (facts.width, facts.height))
    white = {0: (0, 0), 90: (0, 1), 180: (1, 1), 270: (1, 0)}[turned]
    for down in (0, 1):
        for across in (0, 1):
            spot = seen[facts.height * (1 + 2 * down) // 4, facts.width * (1 + 2 * across) // 4]
            assert (spot[1] > 128) == ((down, across) == white)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_shown_as_it_was_held(orientation: int, tmp_path: Path) -> None:
    from PIL import ImageOps

    picture = Image.new("RGB", (64, 32), (200, 30, 30))
    picture.paste((240, 240, 240), (0, 0, 32, 16))
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture.save(tmp_path / "a.jpg", exif=exif, quality=95)
    with Image.open(tmp_path / "a.jpg") as stored:
        upright = np.asarray(ImageOps.exif_transpose(stored).convert("RGB")).astype(int)
    facts = probed(tmp_path / "a.jpg")
    assert (facts.kind, facts.width, facts.height) == ("still", upright.shape[1], upright.shape[0])
    seen = colours_of(tmp_path / "a.jpg", (facts.width, facts.height))
    assert np.abs(seen - upright).mean() < 3


def test_one_still_is_as_many_frames_as_are_asked_for(tmp_path: Path) -> None:
    Image.new("RGB", (32, 32), (10, 200, 90)).save(tmp_path / "a.png")
    take = taken(probed(tmp_path / "a.png"), Stretch(Rate(24), Fraction(3), 11), SIZE)
    seen = decoded(take.options, tmp_path / "a.png", [*take.filters, TO_RGB], "rgb24", SIZE)
    assert seen.shape[0] == 11
    assert np.abs(seen.astype(int) - [10, 200, 90]).max() <= 2


@pytest.mark.parametrize(
    ("size", "matrix", "wide"),
    [("64x48", "", False), ("640x720", "", False), ("64x48", "bt709", True), ("640x720", "bt601", False)],
)
def test_colours_are_read_by_the_matrix_the_file_says_or_its_size(
    size: str, matrix: str, wide: bool, tmp_path: Path
) -> None:
    colour = (200, 60, 30)
    said = matrix or ("bt601" if size.endswith("48") else "bt709")
    tag = {"bt601": "smpte170m"}.get(matrix, matrix)
    rgb = f"color=0x{bytes(colour).hex()}:s={size}:r=25:d=0.1,format=gbrp"
    source = f"{rgb},scale=out_color_matrix={said}:out_range={'pc' if wide else 'tv'},format=yuv420p"
    tags = ["-colorspace", tag] if tag else []
    path = encoded(tmp_path / "a.mp4", source, *X264, "-qp", "0", *tags, "-color_range", "pc" if wide else "tv")
    seen = colours_of(path, (32, 32))
    assert np.abs(seen[16, 16] - colour).max() <= 3


@pytest.mark.parametrize(
    ("name", "encoder"),
    [
        ("a.mov", ("-c:v", "prores_ks", "-profile:v", "4444", "-pix_fmt", "yuva444p10le")),
        ("a.webm", ("-c:v", "libvpx-vp9", "-pix_fmt", "yuva420p", "-lossless", "1", "-deadline", "realtime")),
        (
            "b.webm",
            (
                "-c:v",
                "libvpx",
                "-pix_fmt",
                "yuva420p",
                "-auto-alt-ref",
                "0",
                "-deadline",
                "realtime",
                "-crf",
                "4",
                "-b:v",
                "4M",
            ),
        ),
    ],
    ids=["ProRes 4444", "VP9", "VP8"],
)
def test_what_is_clear_stays_clear(name: str, encoder: tuple[str, ...], tmp_path: Path) -> None:
    source = "color=red:s=64x32:r=25:d=0.2,format=yuva420p,geq=lum=lum(X\\,Y):cb=cb(X\\,Y):cr=cr(X\\,Y):a=if(lt(X\\,32)\\,255\\,64)"
    path = encoded(tmp_path / name, source, *encoder)
    assert probed(path).alpha
    seen = colours_of(path, (64, 32), fmt="rgba")
    assert abs(seen[16, 12, 3] - 255) <= 3
    assert abs(seen[16, 52, 3] - 64) <= 6


def test_fields_become_whole_pictures(tmp_path: Path) -> None:
    """Two fields of different light: a comb in the file, none in the film."""
    comb = "color=black:s=64x64:r=25:d=0.4,format=yuv420p,geq=lum=if(mod(Y\\,2)\\,200\\,40):cb=128:cr=128"
    path = encoded(tmp_path / "a.mp4", comb, *X264, "-flags", "+ilme+ildct", "-x264-params", "tff=1")
    facts = probed(path)
    assert facts.interlaced
    seen = colours_of(path, (64, 64))[..., 0]
    assert np.abs(np.diff(seen[8:-8], axis=0)).max() < 40


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_bright_pictures_are_brought_to_what_a_screen_shows(transfer: str, tmp_path: Path) -> None:
    tags = ["-color_trc", transfer, "-colorspace", "bt2020nc", "-color_primaries", "bt2020", "-color_range", "tv"]
    rgb = "nullsrc=s=256x16:r=25:d=0.1,format=gbrp10,geq=r=X*4:g=X*4:b=X*2"
    source = f"{rgb},scale=out_color_matrix=bt2020:in_range=pc:out_range=tv:flags=accurate_rnd,format=yuv444p10"
    path = encoded(tmp_path / "a.mkv", source, "-c:v", "ffv1", *tags)
    facts = probed(path)
    assert facts.hdr == ("pq" if transfer == "smpte2084" else "hlg")
    seen = colours_of(path, (256, 16), tmp_path / "tables")[8]
    x = np.arange(256) * 4 / 1023
    meant = tone.shown(np.stack([x, x, x / 2], axis=-1), facts.hdr, "bt2020") * 255
    assert np.abs(seen - meant).mean() < 1.5
    assert np.abs(seen - meant)[8:].max() < 14  # where the table is coarser than the curve


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


@given(
    st.integers(2, 4000), st.integers(2, 4000), st.fractions(Fraction(1, 4), 4, max_denominator=64),
    st.integers(64, 1920), st.integers(64, 1080),
)  # fmt: skip
def test_a_fitted_picture_touches_the_frame_and_keeps_its_shape(
    w: int, h: int, sar: Fraction, width: int, height: int
) -> None:
    facts = MediaFacts("video", "mov", Fraction(1), width=w, height=h, sar=sar)
    contained, covering = fitted(facts, width, height, "contain"), fitted(facts, width, height, "cover")
    assert contained[0] <= width + 1
    assert contained[1] <= height + 1
    assert covering[0] >= width - 1
    assert covering[1] >= height - 1
    for laid in (contained, covering):
        assert abs(laid[0] - width) <= 1 or abs(laid[1] - height) <= 1
        shape = w * sar / h
        assert abs(laid[0] - laid[1] * shape) <= 2 + shape or abs(laid[1] - laid[0] / shape) <= 2 + 1 / shape
    assert fitted(facts, width, height, "stretch")[0] in (width, width - 1, width + 1)
