"""The picture a finished film is known by: neither black nor of one colour where it has such a frame, and of its range."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from studio.core.settings import settings
from studio.engine.presets import Order
from studio.engine.render.footage import Store
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track
from studio.engine.timeline.looks import Solid, Text
from studio.renders import service as renders

BLACK, BLUE = Solid("#000000"), Solid("#0000ff")


def film(*shown: tuple[int, Solid, str]) -> Timeline:
    """Grounds with words on them, one after another: frames, colour, words."""
    grounds: list[Clip] = []
    words: list[Clip] = []
    for frames, ground, said in shown:
        at = grounds[-1].end if grounds else 0
        grounds.append(Clip(f"g{at}", "Ground", "", at, frames, made=ground))
        if said:
            words.append(Clip(f"w{at}", "Words", "", at, frames, made=Text(said)))
    lanes = Track("v", "video", "V", "picture", tuple(grounds)), Track("t", "text", "T", "picture", tuple(words))
    return Timeline("Film", Rate(24), 640, 360, lanes)


def corner(timeline: Timeline, order: Order) -> tuple[int, ...]:
    """The colour at the upper left of its poster."""
    store = Store(lambda media: pytest.fail(f"{media} is of no clip"), fonts=settings().fonts)
    with Image.open(BytesIO(renders.film_poster(timeline, order, store))) as poster:
        assert (poster.format, poster.size) == ("WEBP", (640, 360))
        found = poster.convert("RGB").getpixel((8, 8))
    assert isinstance(found, tuple)
    return found


def test_a_black_frame_stands_for_no_film_that_shows_more() -> None:
    opens_black = film((40, BLACK, ""), (60, BLUE, "MARKET DAY"))
    assert corner(opens_black, Order("1080p"))[2] > 200
    assert corner(film((24, BLACK, "")), Order("1080p"))[2] < 40


def test_the_poster_of_a_range_is_of_the_range() -> None:
    two = film((50, BLUE, "MARKET DAY"), (50, Solid("#ff0000"), "NIGHT"))
    red, _, blue = corner(two, Order("1080p", start=60, end=90))
    assert red > 200 > 60 > blue
