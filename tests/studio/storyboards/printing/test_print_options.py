"""What somebody asks to be printed: what is refused, what the file is called, what is needed for it, and what comes out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageSequence

from studio.core.errors import Invalid, UnsupportedMedia
from studio.media.views import THUMBNAIL_WIDTH
from studio.storyboards.printing.layouts import LAYOUTS
from studio.storyboards.printing.options import MIME, PrintFormat, PrintOptions, print_options
from studio.storyboards.printing.sketch import sketch_of
from studio.storyboards.printing.writing import pixels_needed, write_print
from tests.factories.books import make_book, make_panel, make_picture, make_scene


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"layout": "poster"}, "no layout poster"),
        ({"columns": 9}, "1 to 6 columns"),
        ({"layout": "script", "landscape": True}, "upright only"),
        ({"fields": ("scene", "price")}, "no column price"),
        ({"names": "{price}"}, "Name the pictures by"),
    ],
)
def test_what_cannot_be_printed_is_refused_before_anything_is_made(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(Invalid, match=told):
        PrintOptions(**wrong)


def test_options_survive_as_json() -> None:
    options = PrintOptions("xlsx", (2, 0), "single", 2, "a4", False, False, ("shot", "size"), "{shot}")
    assert print_options(json.loads(json.dumps(options.plain()))) == options


@pytest.mark.parametrize(
    ("options", "name"),
    [
        (PrintOptions(), "The Last Ferry board.pdf"),
        (PrintOptions(layout="contact"), "The Last Ferry contact sheet.pdf"),
        (PrintOptions("csv", (0,)), "The Last Ferry scene 1 shot list.csv"),
        (PrintOptions("zip", (0, 1)), "The Last Ferry scenes 1-2A pictures.zip"),
        (PrintOptions("gif"), "The Last Ferry animatic.gif"),
    ],
)
def test_a_file_is_called_what_it_is(options: PrintOptions, name: str) -> None:
    scenes = (make_scene("1"), make_scene("2A"))
    printed = [scenes[at] for at in options.scenes] if options.scenes else scenes
    assert options.file_name(make_book(*printed)) == name


def test_a_title_names_no_folder() -> None:
    assert PrintOptions().file_name(make_book(title="../a/b")) == "..-a-b board.pdf"


def test_each_file_fetches_no_larger_pictures_than_it_needs() -> None:
    needed = {form: pixels_needed(make_book(), PrintOptions(form)) for form in MIME}
    assert needed["csv"] == needed["xlsx"] == needed["worksheet"] == 0
    assert 0 < needed["gif"] <= THUMBNAIL_WIDTH
    assert 0 < needed["pdf"] <= THUMBNAIL_WIDTH
    assert needed["zip"] > 10_000


@pytest.mark.parametrize(
    ("form", "start", "count"),
    [
        ("pdf", b"%PDF", 2),
        ("csv", b"\xef\xbb\xbfShot", 3),
        ("xlsx", b"PK", 3),
        ("zip", b"PK", 3),
        ("gif", b"GIF89a", 3),
        ("worksheet", b"%PDF", 1),
    ],
)
def test_every_file_is_written_and_the_same_twice(tmp_path: Path, form: PrintFormat, start: bytes, count: int) -> None:
    panels = tuple(make_panel(f"1{at}", picture=make_picture(tmp_path / f"{at}.png", shade=9 * at)) for at in range(3))
    book = make_book(replace(make_scene("1", 0), panels=panels))
    options = PrintOptions(form, fields=("shot",))
    for name in ("a", "b"):
        assert write_print(book, options, tmp_path / name) == count
    assert (tmp_path / "a").read_bytes().startswith(start)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_moving_picture_shows_each_panel_as_long_as_its_shot(tmp_path: Path) -> None:
    panels = tuple(
        make_panel(f"1{at}", seconds=length, picture=make_picture(tmp_path / f"{at}.png", shade=80 * at))
        for at, length in enumerate((0.5, 4.25, 0.0))
    )
    book = make_book(replace(make_scene("1", 0), panels=(*panels, make_panel("1Z"))))
    told: list[str] = []
    assert write_print(book, PrintOptions("gif"), tmp_path / "b.gif", tell=lambda words, *_: told.append(words)) == 3
    assert told[-1] == "picture 3 of 3"
    with Image.open(tmp_path / "b.gif") as picture:
        assert picture.size == (480, 270)
        assert picture.info["loop"] == 0
        assert [frame.info["duration"] for frame in ImageSequence.Iterator(picture)] == [500, 4250, 40]


def test_a_moving_picture_of_nothing_or_of_a_broken_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="Draw the board first"):
        write_print(make_book(), PrintOptions("gif"), tmp_path / "b.gif")
    (tmp_path / "a.png").write_bytes(b"no picture")
    broken = make_book(replace(make_scene(), panels=(make_panel("7C", picture=tmp_path / "a.png"),)))
    with pytest.raises(UnsupportedMedia, match="shot 7C"):
        write_print(broken, PrintOptions("gif"), tmp_path / "b.gif")


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_drawn_small_has_a_picture_for_every_panel_on_its_page(name: str) -> None:
    layout = LAYOUTS[name]
    sketch = sketch_of(layout)
    assert (sketch.width, sketch.height) == layout.size
    assert sketch.pictures.count("M") >= layout.columns * layout.rows
    assert bool(sketch.words) == bool(layout.words)
