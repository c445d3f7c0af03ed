"""The title card can be drawn for any title, at any size."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.engine.card import title_card

FONTS = Path(__file__).parents[3] / "assets" / "fonts"
PAPER, INK, ACTION = (255, 253, 247), (0, 0, 0), (255, 107, 53)


def drawn(title: str, author: str = "Maya Okafor", size: tuple[int, int] = (640, 360)) -> np.ndarray:
    png = title_card(title, author, width=size[0], height=size[1], fonts=FONTS)
    return np.asarray(Image.open(BytesIO(png)).convert("RGB"))


def share(card: np.ndarray, colour: tuple[int, int, int]) -> float:
    return float((card == colour).all(axis=2).mean())


def test_a_card_is_ink_on_paper_with_an_orange_shadow() -> None:
    card = drawn("The Last Ferry")
    assert card.shape == (360, 640, 3)
    assert tuple(card[2, 2]) == PAPER
    assert share(card, PAPER) > 0.7
    assert share(card, INK) > 0.03
    assert share(card, ACTION) > 0.005


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (640, 640), (1720, 720)])
@pytest.mark.parametrize(
    "title",
    [
        "A",
        "The night when nothing happened and everyone remembered it differently, told twice " * 4,
        "W" * 200,
        "東京 🎬",
    ],
    ids=["one letter", "long", "one long word", "letters our fonts lack"],
)
def test_nothing_touches_the_edge(title: str, size: tuple[int, int]) -> None:
    card = drawn(title, "Somebody " * 40, size)
    for edge in (card[:6], card[-6:], card[:, :6], card[:, -6:]):
        assert (edge == PAPER).all()


def test_letters_our_fonts_lack_come_from_another() -> None:
    assert not np.array_equal(drawn("НОЧЬ"), drawn("ДЕНЬ"))


def test_a_card_without_words_is_still_a_card() -> None:
    assert np.array_equal(drawn("", ""), drawn(" \n\x00", "\t"))


def test_the_same_card_is_the_same_bytes() -> None:
    one, two = (title_card("A", "B", width=320, height=180, fonts=FONTS) for _ in range(2))
    assert one == two


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=30))
def test_any_text_can_be_drawn(title: str, author: str) -> None:
    assert drawn(title, author, (160, 90)).shape == (90, 160, 3)


def test_half_a_character_does_not_break_a_card() -> None:
    assert drawn("\ud800 x", "\udfff").shape == (360, 640, 3)
