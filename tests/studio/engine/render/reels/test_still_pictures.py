"""A still is the right pixels or a sentence that names its clip, and one from outside is never read in this process."""

from __future__ import annotations

import struct
import time
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from studio.core.errors import Cancelled, UnsupportedMedia
from studio.engine.render.footage import Store
from studio.engine.render.preview import frame_at
from studio.engine.render.reels import pictures
from studio.engine.render.reels.pictures import pixels, read
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track


def scene(width: int = 96, height: int = 54) -> Image.Image:
    y, x = np.mgrid[0:height, 0:width] / (height, width)[0]
    waves = [np.sin(9 * x + 3 * y), np.cos(7 * y - 2 * x), np.sin(5 * x * y + 1)]
    return Image.fromarray(np.stack([(127.5 + 120 * w).astype(np.uint8) for w in waves], axis=2))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, depth: int, colour: int, rows: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def kinds(folder: Path) -> dict[str, tuple[Path, np.ndarray]]:
    """Stills of every kind, each with the picture it shows."""
    out: dict[str, tuple[Path, np.ndarray]] = {}
    rgb = np.asarray(scene())

    def keep(name: str, picture: Image.Image, shown: np.ndarray, **options: object) -> None:
        picture.save(folder / name, **options)
        out[name] = folder / name, shown

    for name in ("plain.png", "plain.bmp", "plain.tiff"):
        keep(name, scene(), rgb)
    keep("plain.jpg", scene(), rgb, quality=98, subsampling=0)
    keep("plain.webp", scene(), rgb, lossless=True)
    few = scene().quantize(16)
    keep("palette.png", few, np.asarray(few.convert("RGB")))
    keep("ink.jpg", scene().convert("CMYK"), rgb, quality=98)
    keep("grey.png", scene().convert("L"), np.asarray(scene().convert("L").convert("RGB")))
    clear = scene().convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(clear.size))
    keep("clear.png", clear, np.asarray(clear))
    exif = Image.Exif()
    exif[274] = 6  # held on its side: turn it clockwise
    keep("held.jpg", scene(), np.rot90(rgb, -1), exif=exif, quality=98, subsampling=0)
    deep = (np.asarray(scene().convert("L")).astype(np.uint16) * 257).byteswap()
    rows = b"".join(b"\0" + row.tobytes() for row in deep)
    (folder / "deep.png").write_bytes(png(96, 54, 16, 0, rows))
    out["deep.png"] = folder / "deep.png", np.asarray(scene().convert("L").convert("RGB"))
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    keep("strange-profile.png", scene(), rgb, icc_profile=swapped.tobytes())
    return out


def test_every_kind_of_still_is_the_same_right_picture_here_and_apart(tmp_path: Path) -> None:
    for name, (path, shown) in kinds(tmp_path).items():
        here = pixels(path, "1A", ours=True)
        assert here.shape == shown.shape, name
        assert np.abs(here.astype(int) - shown).max() <= (12 if name.endswith("jpg") else 0), name
        if name in ("ink.jpg", "clear.png", "deep.png", "held.jpg"):
            assert np.array_equal(pixels(path, "1A", ours=False), here), name


def test_a_profile_is_followed(tmp_path: Path) -> None:
    """A profile that says that the numbers stand for light itself, which sRGB does not."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    at = profile.index(b"para", 132)  # the first curve; all three are this one
    linear = profile[:at] + b"curv" + bytes(8) + profile[at + 12 :]
    scene().save(tmp_path / "linear.png", icc_profile=linear)
    given, seen = np.asarray(scene()) / 255, pixels(tmp_path / "linear.png", "1A", ours=True) / 255
    meant = np.where(given <= 0.0031308, 12.92 * given, 1.055 * given ** (1 / 2.4) - 0.055)
    assert np.abs(seen - meant).max() < 0.02


def test_a_still_from_outside_is_never_read_in_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene(160, 90).save(tmp_path / "a.png")
    scene(160, 90).save(tmp_path / "a.webp", lossless=True)

    def here(*_: object) -> Image.Image:
        raise AssertionError("read here")

    monkeypatch.setattr(pictures, "read", here)
    for media in ("a.png", "a.webp"):
        timeline = Timeline(
            "F", Rate(24), 160, 90, (Track("v", "video", "V", "picture", (Clip("1", "1A", media, 0, 9),)),)
        )
        shown = frame_at(timeline, 3, (160, 90), Store(lambda media: tmp_path / media))
        assert np.abs(shown.astype(int) - np.asarray(scene(160, 90))).mean() < 2
        with pytest.raises(AssertionError, match="read here"):
            frame_at(timeline, 3, (160, 90), Store(lambda media: tmp_path / media, ours=lambda media: True))


@pytest.mark.parametrize("ours", [True, False], ids=["here", "apart"])
def test_what_is_too_large_missing_or_no_picture_is_named_by_its_clip_soon(tmp_path: Path, *, ours: bool) -> None:
    (tmp_path / "bomb.png").write_bytes(png(30_000, 30_000, 1, 0, bytes(1000)))
    (tmp_path / "long.png").write_bytes(png(60_000, 100, 8, 2, bytes(1000)))
    whole = BytesIO()
    scene().save(whole, "JPEG")
    (tmp_path / "half.jpg").write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    (tmp_path / "film.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(300))
    begun = time.monotonic()
    for name, said in (
        ("bomb.png", "is 30000 x 30000 pixels|more than 64 million"),
        ("long.png", "60000 x 100"),
        ("half.jpg", "damaged"),
        ("film.png", "not a PNG"),
        ("none.png", "missing"),
    ):
        with pytest.raises(UnsupportedMedia, match=f"“1A” .*({said})"):
            pixels(tmp_path / name, "1A", ours=ours)
    assert time.monotonic() - begun < 30


def test_the_longest_still_that_is_taken_is_shown(tmp_path: Path) -> None:
    Image.new("RGB", (30_000, 40), "red").save(tmp_path / "long.png")
    assert pixels(tmp_path / "long.png", "1A", ours=False).shape == (40, 30_000, 3)


def test_reading_apart_can_be_stopped(tmp_path: Path) -> None:
    scene().save(tmp_path / "a.png")
    with pytest.raises(Cancelled):
        pixels(tmp_path / "a.png", "1A", ours=False, stop=lambda: True)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "TIFF"])
@pytest.mark.parametrize("share", [0.0, 0.01, 0.5])
def test_a_truncated_picture_is_named_by_its_clip(kind: str, share: float) -> None:
    whole = BytesIO()
    scene().save(whole, kind)
    with pytest.raises(UnsupportedMedia, match="“1A”"):
        read(BytesIO(whole.getvalue()[: int(len(whole.getvalue()) * share)]), "1A")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), min_size=1, max_size=12),
    st.sampled_from(["PNG", "JPEG", "WEBP", "TIFF", "BMP"]),
)
def test_broken_bytes_are_a_picture_or_a_clear_error(changes: list[tuple[int, int]], kind: str) -> None:
    data = BytesIO()
    scene(64, 36).save(data, kind)
    broken = bytearray(data.getvalue())
    for at, value in changes:
        broken[at % len(broken)] = value
    try:
        picture = read(BytesIO(bytes(broken)), "1A")
    except UnsupportedMedia as error:
        assert "1A" in error.message
    else:
        assert picture.mode in ("RGB", "RGBA")
