"""Words and shapes are drawn as they always were, no larger than they are seen, and their place in the frame is known."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, features

from studio.engine.looks import typesetting
from studio.engine.looks.lettering import Lettered, drawn, flattened, overflows, where
from studio.engine.looks.typesetting import lines
from studio.engine.timeline.looks import Shape, Solid, Text, TextStyle

ROOT = Path(__file__).parents[4]
FONTS = ROOT / "assets" / "fonts"
GOLDEN = ROOT / "tests" / "golden" / "lettering.png"
WIDTH, HEIGHT = 320, 180

CONTROL: tuple[Text | Shape | Solid, ...] = (
    Text("The last ferry leaves at dawn", TextStyle(size=0.1)),
    Text("Words on the left that wrap over lines", TextStyle("inter", 0.1, 400, align="left"), (0.5, 0.5, 0.6, 0.6)),
    Text("OUTLINED", TextStyle(size=0.2, weight=900, outline=0.06, outline_colour="#203040")),
    Text("Shadow", TextStyle("courier-prime", 0.24, italic=True, shadow=0.08)),
    Text("Lower third\nsecond", TextStyle(size=0.1, background="#ff6b35d0", colour="#000000", align="right"), (0.4, 0.8, 0.5, 0.3)),
    Text("tracked Ü", TextStyle("jetbrains-mono", 0.12, tracking=0.15), (0.5, 0.3, 0.9, 0.4), "top"),
    Shape(box=(0.5, 0.5, 0.6, 0.5), fill="#ff6b35", stroke="#000000", line=0.03, radius=0.1),
    Shape("ellipse", (0.9, 0.9, 0.4, 0.5), fill="#ffffff80"),
)  # fmt: skip


def laid(picture: Lettered | None, size: tuple[int, int] = (WIDTH, HEIGHT)) -> np.ndarray:
    """The whole frame with alpha, clear around the picture."""
    frame = Image.new("RGBA", size)
    if picture is not None:
        frame.paste(Image.open(BytesIO(picture.png)), (picture.x, picture.y))
    return np.asarray(frame).astype(int)


def sheet() -> Image.Image:
    """All of the control pictures on grey, two in a row."""
    whole = Image.new("RGB", (WIDTH * 2, HEIGHT * -(-len(CONTROL) // 2)), (70, 90, 80))
    for number, made in enumerate(CONTROL):
        if (picture := drawn(made, WIDTH, HEIGHT, FONTS)) is not None:
            part = Image.open(BytesIO(picture.png))
            whole.paste(part, (number % 2 * WIDTH + picture.x, number // 2 * HEIGHT + picture.y), part)
    return whole


def test_words_and_shapes_look_as_they_were_looked_at() -> None:
    """The control was looked at by a person; made anew by saving `sheet()` there."""
    control = np.asarray(Image.open(GOLDEN)).astype(int)
    now = np.asarray(sheet()).astype(int)
    assert now.shape == control.shape
    apart = np.abs(now - control).max(axis=2)
    for number in range(len(CONTROL)):
        rows, columns = number // 2 * HEIGHT, number % 2 * WIDTH
        part = apart[rows : rows + HEIGHT, columns : columns + WIDTH]
        assert np.mean(part > 48) < 0.002, CONTROL[number]  # another FreeType smooths edges a little differently


@pytest.mark.parametrize("made", CONTROL)
def test_the_same_picture_is_the_same_bytes_and_no_larger_than_what_is_seen(made: Text | Shape) -> None:
    one, two = (drawn(made, WIDTH, HEIGHT, FONTS) for _ in range(2))
    assert one is not None
    assert one == two
    assert (one.x % 2, one.y % 2, one.width % 2, one.height % 2) == (0, 0, 0, 0)
    alpha = np.asarray(Image.open(BytesIO(one.png)))[..., 3]
    assert alpha.shape == (one.height, one.width)
    for edge in (alpha[:2], alpha[-2:], alpha[:, :2], alpha[:, -2:]):
        assert edge.any()


def test_letters_stand_at_the_same_share_of_any_frame() -> None:
    small, large = (drawn(CONTROL[0], WIDTH * n, HEIGHT * n, FONTS) for n in (1, 3))
    assert small is not None
    assert large is not None
    for one, three in zip((small.x, small.y, small.width), (large.x, large.y, large.width), strict=True):
        assert abs(one * 3 - three) <= 8


def test_clear_pixels_have_the_colour_beside_them() -> None:
    """Else a dark rim appears around letters when colours are halved in the film."""
    picture = drawn(Text("I I", TextStyle(size=0.4, colour="#ff8800")), WIDTH, HEIGHT, FONTS)
    assert picture is not None
    pixels = np.asarray(Image.open(BytesIO(picture.png)))
    assert (pixels[pixels[..., 3] == 0][:, :3] == (255, 136, 0)).all()


def test_several_are_one_picture_with_the_later_on_top() -> None:
    below, above = Shape(box=(0.5, 0.5, 0.5, 0.5), fill="#102030"), Text("over", TextStyle(size=0.2))
    whole = laid(flattened([below, above], WIDTH, HEIGHT, FONTS))
    apart = Image.fromarray(laid(drawn(below, WIDTH, HEIGHT, FONTS)).astype(np.uint8))
    apart.alpha_composite(Image.fromarray(laid(drawn(above, WIDTH, HEIGHT, FONTS)).astype(np.uint8)))
    assert np.abs(whole - np.asarray(apart).astype(int)).max() <= 1
    assert tuple(whole[90, 90]) == (16, 32, 48, 255)


def test_a_solid_fills_the_frame_and_shapes_their_boxes() -> None:
    assert (laid(drawn(Solid("#10203080"), WIDTH, HEIGHT, FONTS)) == (16, 32, 48, 128)).all()
    box = laid(drawn(Shape(box=(0.5, 0.5, 0.5, 0.5), fill="#00ff00"), WIDTH, HEIGHT, FONTS))[..., 3]
    assert box.sum() / 255 == pytest.approx(WIDTH * HEIGHT / 4, rel=0.001)
    round_one = laid(drawn(Shape("ellipse", (0.5, 0.5, 0.5, 0.5), fill="#00ff00"), WIDTH, HEIGHT, FONTS))[..., 3]
    assert round_one.sum() / 255 == pytest.approx(np.pi / 16 * WIDTH * HEIGHT, rel=0.01)
    assert drawn(Shape(box=(3, 3, 0.1, 0.1)), WIDTH, HEIGHT, FONTS) is None
    assert drawn(Text(" \n "), WIDTH, HEIGHT, FONTS) is None


def test_words_wrap_at_the_boxs_width_and_keep_their_own_line_ends() -> None:
    text = Text("one two three four\nfive", TextStyle(size=0.1), (0.5, 0.5, 0.35, 0.5))
    rows: dict[float, str] = {}
    set_lines = lines(text, WIDTH, HEIGHT, FONTS)
    for run in set_lines.runs:
        rows[run.baseline] = rows.get(run.baseline, "") + run.text
    assert " ".join(rows.values()) == "one two three four five"
    assert list(rows.values())[-1] == "five"
    assert len(rows) > 2
    assert set_lines.block[2] - set_lines.block[0] <= 0.35 * WIDTH
    steps = np.diff(list(rows))
    assert steps == pytest.approx(np.full(len(rows) - 1, 0.1 * HEIGHT * 1.15))


def test_where_words_are_is_told_before_they_are_seen() -> None:
    fine = Text("fine", box=(0.5, 0.5, 0.8, 0.4))
    assert where(fine, WIDTH, HEIGHT, FONTS) == "safe"
    assert where(replace(fine, box=(0.5, 0.97, 0.8, 0.04)), WIDTH, HEIGHT, FONTS) == "unsafe"
    assert where(replace(fine, box=(0.5, 1.0, 0.8, 0.04)), WIDTH, HEIGHT, FONTS) == "cut"
    assert where(replace(fine, text="x" * 200), WIDTH, HEIGHT, FONTS) == "cut"
    assert where(replace(fine, text=""), WIDTH, HEIGHT, FONTS) == "safe"
    assert not overflows(fine, WIDTH, HEIGHT, FONTS)
    assert overflows(replace(fine, box=(0.5, 0.5, 0.8, 0.01)), WIDTH, HEIGHT, FONTS)
    assert overflows(replace(fine, text="wwwwwwwwwwwwww", box=(0.5, 0.5, 0.1, 0.5)), WIDTH, HEIGHT, FONTS)


def test_letters_our_fonts_lack_come_from_another_and_the_rest_stays_ours() -> None:
    runs = lines(Text("ferry НОЧЬ ferry"), WIDTH, HEIGHT, FONTS).runs
    assert [run.text.strip() for run in runs] == ["ferry", "НОЧЬ", "ferry"]
    assert runs[0].face == runs[2].face != runs[1].face
    assert len(lines(Text("e\u0301te\u0301"), WIDTH, HEIGHT, FONTS).runs) == 1


@pytest.mark.skipif(
    not features.check("raqm"), reason="Pillow without Raqm lays letters out in the order they are written"
)
def test_hebrew_runs_from_right_to_left() -> None:
    """The last letter written stands at the left: the picture of the whole begins with it."""
    style = TextStyle(size=0.4)
    whole = drawn(Text("שש.", style), WIDTH, HEIGHT, FONTS)
    assert whole is not None
    columns = np.asarray(Image.open(BytesIO(whole.png)))[..., 3].max(axis=0) > 128
    assert 0 < np.argmin(columns[np.argmax(columns) :]) < 0.1 * HEIGHT  # the narrow point comes first


@settings(max_examples=12, deadline=None)
@given(st.text(max_size=20), st.sampled_from(["left", "center", "right"]), st.floats(0, 0.3))
def test_any_words_can_be_drawn(words: str, align: str, tracking: float) -> None:
    text = Text(words, TextStyle(size=0.1, align=align, tracking=tracking, outline=0.05))  # pyright: ignore
    picture = drawn(text, 160, 90, FONTS)
    assert picture is None or 0 <= picture.x < picture.x + picture.width <= 160
    assert where(text, 160, 90, FONTS) in ("safe", "unsafe", "cut")


@pytest.mark.parametrize("words", ["a\u200b", "\u200b\u200b", "W" * 60])
def test_letters_of_less_than_a_pixel_have_no_ground_to_stand_on(words: str) -> None:
    style = TextStyle(size=0.001, tracking=-1.0, leading=0.1, background="#ffffff", padding=0.0)
    for align in ("left", "center", "right"):
        drawn(Text(words, replace(style, align=align)), WIDTH, HEIGHT, FONTS)


@pytest.mark.parametrize("words", ["Donaudampfschiff" * 40, "\u05d0\u05d1\u05d2" * 200, "W"])
def test_words_far_larger_than_the_frame_are_drawn_where_they_are_seen(words: str) -> None:
    """As a whole these are pictures of more than Pillow's most pixels."""
    huge = Text(words, TextStyle("inter", 2.0, 900, outline=1.0 if len(words) == 1 else 0.0))
    high = 4096 if len(words) == 1 else 1080
    picture = drawn(huge, 480, high, FONTS)
    assert picture is not None and picture.width == 480
    assert laid(picture, (480, high))[..., 3].mean() > 15


def test_letters_drawn_in_parts_stand_where_they_stand_as_a_whole() -> None:
    words = Text("Hamburgefonts " * 2, TextStyle("inter", 0.5), (0.5, 0.5, 8.0, 1.0))
    whole = laid(drawn(words, WIDTH, HEIGHT, FONTS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typesetting, "_MOST_PIXELS", 5000)
        parted = laid(drawn(words, WIDTH, HEIGHT, FONTS))
    assert np.abs(parted - whole)[..., 3].mean() < 12
    assert not np.array_equal(parted, whole)
