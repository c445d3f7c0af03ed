"""Pictures made for paper: as they are where they fit, else no larger than paper needs and never too coarse for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.storyboards.printing.jpeg import DOTS_PER_INCH, ENOUGH_DOTS_PER_INCH, Wanted, jpeg_of
from tests.factories.books import make_picture


def test_a_jpeg_that_fits_goes_to_paper_as_it_is(tmp_path: Path) -> None:
    path = make_picture(tmp_path / "a.jpg", size=(1920, 1080))
    made = jpeg_of(Wanted(path, 720.0, "1A"))
    assert made.data == path.read_bytes()
    assert (made.width, made.height, made.colour) == (1920, 1080, True)


@pytest.mark.parametrize("ending", ["jpg", "png"])
@pytest.mark.parametrize("longest", [60.0, 229.0, 352.0, 540.0])
def test_a_picture_is_never_coarser_than_paper_needs_nor_much_finer(
    tmp_path: Path, ending: str, longest: float
) -> None:
    path = make_picture(tmp_path / f"a.{ending}", size=(1920, 1080))
    made = jpeg_of(Wanted(path, longest, "1A"))
    dots = made.width / longest * 72
    assert ENOUGH_DOTS_PER_INCH - 1 <= dots <= DOTS_PER_INCH * 1.1 + 1
    assert made.width / made.height == pytest.approx(16 / 9, rel=0.02)
