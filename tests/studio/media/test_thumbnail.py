"""Small pictures: their size, their shape, their bytes."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from studio.media.thumbnail import small_forms, thumbnail


def picture(width: int, height: int) -> bytes:
    image = Image.effect_noise((width, height), 40).convert("RGB")
    image.paste((200, 30, 30), (0, 0, width // 2, height))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("size", "small"),
    [((1920, 1080), (640, 360)), ((1920, 804), (640, 268)), ((700, 1244), (640, 1137)), ((320, 180), (320, 180))],
)
def test_a_small_picture_keeps_its_shape_and_is_never_enlarged(size: tuple[int, int], small: tuple[int, int]) -> None:
    with Image.open(io.BytesIO(thumbnail(picture(*size)))) as made:
        assert (made.format, made.size) == ("WEBP", small)
        red, green, _ = made.convert("RGB").getpixel((10, small[1] // 2))
    assert red > 150
    assert green < 90


@pytest.mark.parametrize(
    ("size", "made"), [((1920, 1080), (1920, 1080)), ((3840, 1608), (1920, 804)), ((300, 200), (300, 200))]
)
def test_the_form_for_paper_is_a_jpeg_no_wider_than_a_sheet_needs(size: tuple[int, int], made: tuple[int, int]) -> None:
    full = picture(*size)
    small, printed = small_forms(full)
    assert small == thumbnail(full)
    with Image.open(io.BytesIO(printed)) as form:
        assert (form.format, form.size) == ("JPEG", made)


def test_the_same_picture_gives_the_same_bytes_and_far_fewer() -> None:
    full = picture(1920, 1080)
    assert thumbnail(full) == thumbnail(full)
    assert len(thumbnail(full)) < len(full) / 20
