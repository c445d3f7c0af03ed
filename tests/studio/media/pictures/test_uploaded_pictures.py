"""Pictures from outside: every format upright and in sRGB, scans set straight, and what is hostile or broken refused in words."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from studio.core.errors import Invalid, LimitReached
from studio.media.pictures import apart
from studio.media.pictures.apart import fitted_picture
from studio.media.pictures.reading import read_picture
from studio.media.pictures.scan import skew_of, straightened
from tests.factories.pictures import bomb, drawing, encoded, png, psd

PAPER = (255, 255, 255)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def near(one: Image.Image, other: Image.Image, *, most: float = 4.0) -> bool:
    """Whether two pictures of one size differ by no more than `most` of 255 on average."""
    pairs = zip(one.convert("L").tobytes(), other.convert("L").tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pairs) / (one.width * one.height) <= most


@pytest.mark.parametrize(
    "data",
    [
        encoded(drawing(), "PNG"),
        encoded(drawing(), "JPEG", quality=92),
        encoded(drawing(), "WEBP", lossless=True),
        encoded(drawing().quantize(64), "PNG"),
        encoded(drawing().convert("CMYK"), "JPEG", quality=95),
        psd(drawing()),
    ],
    ids=["png", "jpeg", "webp", "palette", "cmyk", "psd"],
)
def test_every_format_is_the_same_picture(data: bytes) -> None:
    assert near(read_picture(data), drawing())


def test_a_photo_taken_on_its_side_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = drawing().rotate(90, expand=True)
    assert near(read_picture(encoded(lying, "JPEG", quality=95, exif=exif)), drawing())


def test_what_is_transparent_is_paper() -> None:
    clear = Image.new("RGBA", (8, 8), (200, 0, 0, 0))
    assert read_picture(encoded(clear)).getpixel((3, 3)) == PAPER


def test_sixteen_bits_are_scaled_not_cut() -> None:
    grey = Image.new("I;16", (4, 4), 0x8080)
    assert read_picture(encoded(grey)).getpixel((1, 1)) == (128, 128, 128)


@pytest.mark.parametrize("turn", [-5.6, -1.3, 0.0, 0.7, 4.2])
def test_a_scan_lies_straight_and_its_margin_is_gone(turn: float) -> None:
    sheet = drawing(900, 700)
    scanned = sheet.rotate(turn, Image.Resampling.BICUBIC, fillcolor=(240, 236, 228))
    assert abs(skew_of(scanned) - turn) <= 0.1
    width, height = straightened(scanned).size
    assert width == pytest.approx(540, abs=34)  # the frame is six tenths of the sheet, with a little air
    assert height == pytest.approx(350, abs=34)


def test_an_empty_sheet_stays_as_it_is() -> None:
    blank = Image.new("RGB", (300, 200), (250, 250, 245))
    assert straightened(blank).size == (300, 200)


def test_a_picture_is_shown_whole_or_fills_the_frame() -> None:
    tall = encoded(Image.new("RGB", (100, 400), (10, 10, 10)))
    whole = opened(fitted_picture(tall, width=160, height=90))
    assert whole.size == (160, 90)
    assert (whole.getpixel((2, 45)), whole.getpixel((80, 45))) == (PAPER, (10, 10, 10))
    filled = opened(fitted_picture(tall, width=160, height=90, fit="fill"))
    assert filled.getpixel((2, 45)) == (10, 10, 10)


def test_nothing_of_the_file_but_its_pixels_is_kept() -> None:
    polyglot = png() + b"<script>alert(1)</script>"
    out = fitted_picture(polyglot, width=64, height=36)
    assert b"script" not in out
    assert Image.open(io.BytesIO(out)).info == {}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"hello", "no picture we can read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "Export it as PNG"),
        (b"GIF89a" + b"\0" * 40, "no picture we can read"),
        (png(400, 300)[:-600], "damaged"),
        (psd(drawing())[:9000], "damaged"),
        (encoded(drawing(), "JPEG")[:1200], "damaged"),
        (encoded(drawing(), "WEBP")[:500], "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "damaged|no picture"),
    ],
    ids=["empty", "text", "svg", "gif", "png", "psd", "jpeg", "webp", "zeros"],
)
def test_what_is_no_picture_is_refused_with_what_to_do(data: bytes, told: str) -> None:
    with pytest.raises(Invalid, match=told) as caught:
        fitted_picture(data, width=64, height=36)
    assert caught.value.field == "file"


def test_sixty_thousand_pixels_on_a_side_are_refused_before_they_are_unpacked() -> None:
    with pytest.raises(LimitReached, match=r"60,000 x 60,000"):
        fitted_picture(bomb(), width=64, height=36)


def test_a_file_that_is_too_large_is_not_even_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "run", lambda *_a, **_k: pytest.fail("it was read"))
    with pytest.raises(LimitReached, match="40 MB"):
        fitted_picture(bytes((40 << 20) + 1), width=64, height=36)


def test_a_picture_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(LimitReached, match="stopped"):
        fitted_picture(png(), width=64, height=36, limit_s=0.01)
