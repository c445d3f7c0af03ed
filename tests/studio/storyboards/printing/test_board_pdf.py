"""A printed board, opened again: what is on its pages, its pictures, its fonts, its bytes."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
import pytest

from studio.core.errors import Unavailable, UnsupportedMedia
from studio.media.views import THUMBNAIL_WIDTH
from studio.storyboards.printing import Tell
from studio.storyboards.printing.book import BoardBook, BookScene, spread
from studio.storyboards.printing.grid import grid_of
from studio.storyboards.printing.layouts import LAYOUTS, layout_named
from studio.storyboards.printing.pdf import pixels_wide, write_pdf
from tests.factories.books import make_book, make_panel, make_picture, make_scene

LONG = "The ferry leaves the harbour and one lamp crosses the dark water while nobody looks. " * 12


def pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [document[at].get_textpage().get_text_range() for at in range(len(document))]


def images(path: Path, at: int) -> list[tuple[tuple[int, int], tuple[float, float, float, float]]]:
    """(pixels, place) of every picture on a page; the place is left, bottom, right, top."""
    with pypdfium2.PdfDocument(path) as document:
        found = document[at].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=5)
        return [(each.get_px_size(), each.get_bounds()) for each in found]


def drawn(folder: Path, *scenes: BookScene, size: tuple[int, int] = (320, 180)) -> BoardBook:
    """The book with a picture of its own for every panel."""
    count = iter(range(10_000))

    def one(scene: BookScene) -> BookScene:
        panels = ((panel, next(count)) for panel in scene.panels)
        return replace(
            scene,
            panels=tuple(
                replace(panel, picture=make_picture(folder / f"{at}.png", size=size, shade=at)) for panel, at in panels
            ),
        )

    return make_book(*(one(scene) for scene in scenes))


def test_the_cover_says_what_it_is_and_shows_panels(tmp_path: Path) -> None:
    book = drawn(tmp_path, make_scene("1", 12))
    assert write_pdf(book, LAYOUTS["standard"], tmp_path / "b.pdf") == 3
    cover = pages(tmp_path / "b.pdf")[0]
    for word in ("STORYBOARD", "The Last Ferry", "Written by A. Writer", "12", "shots", "0:51", "21 Nov 2026"):
        assert word in cover
    assert "drawn" not in cover
    assert len(images(tmp_path / "b.pdf", 0)) == 8


def test_the_cover_of_a_half_drawn_board_says_so(tmp_path: Path) -> None:
    book = drawn(tmp_path, make_scene("1", 2))
    half = make_book(*book.scenes, make_scene("2", 1))
    write_pdf(half, LAYOUTS["standard"], tmp_path / "b.pdf")
    assert "shots, 2 drawn" in pages(tmp_path / "b.pdf")[0]


def test_pictures_that_stand_in_for_better_ones_are_said_to(tmp_path: Path) -> None:
    first, second = make_scene("1", 6), make_scene("2", 3, origin="stand-in")
    write_pdf(drawn(tmp_path, first, second), LAYOUTS["standard"], tmp_path / "b.pdf")
    cover, plain, marked = pages(tmp_path / "b.pdf")
    assert "3 of 9 pictures are stand-ins." in cover
    assert "Stand-in" not in plain
    assert "Stand-in pictures · Page 3 of 3" in marked
    write_pdf(drawn(tmp_path, second), LAYOUTS["standard"], tmp_path / "b.pdf")
    assert "The pictures are stand-ins." in pages(tmp_path / "b.pdf")[0]


def test_every_page_has_title_scene_heading_and_its_number(tmp_path: Path) -> None:
    write_pdf(make_book(make_scene("1", 7), make_scene("2", 2)), LAYOUTS["standard"], tmp_path / "b.pdf")
    found = pages(tmp_path / "b.pdf")
    assert len(found) == 3
    for at, text in enumerate(found[1:], start=2):
        assert "The Last Ferry" in text
        assert f"Page {at} of 3" in text
        assert "EXT. PIER - DUSK" in text
    assert "continued" in found[2]
    assert "7 shots · 0:30 · 1 4/8 pages" in found[1]


def test_a_panel_has_its_number_terms_length_and_words(tmp_path: Path) -> None:
    write_pdf(make_book(make_scene("1", 1)), LAYOUTS["standard"], tmp_path / "b.pdf")
    text = pages(tmp_path / "b.pdf")[1]
    for word in (
        "1A",
        "MCU · Eye level · Push in · 50 mm",
        "4.2 s",
        "Mara walks along the rail.",
        "MARA: I am closed.",
    ):
        assert word in text


def test_a_layout_prints_only_its_words(tmp_path: Path) -> None:
    write_pdf(make_book(make_scene("1", 2)), LAYOUTS["contact"], tmp_path / "c.pdf")
    write_pdf(make_book(make_scene("1", 2)), LAYOUTS["camera"], tmp_path / "d.pdf")
    contact = pages(tmp_path / "c.pdf")[1]
    assert "1A" in contact
    assert "4.2 s" not in contact
    camera = pages(tmp_path / "d.pdf")[1]
    assert "50 mm" in camera
    assert "Mara walks" not in camera


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_has_no_room_is_cut_and_nothing_lies_on_anything(tmp_path: Path, name: str) -> None:
    loud = tuple((who, LONG) for who in ("MARA", "BEN", "A VERY LONG NAME " * 4))
    scene = make_scene("1", 30, heading=LONG, action=LONG, dialogue=loud, size="EXTREME " * 6)
    scene = replace(scene, panels=tuple(replace(p, number="12345678901234567890") for p in scene.panels))
    write_pdf(make_book(scene, title=LONG), LAYOUTS[name], tmp_path / "b.pdf")
    width, height = LAYOUTS[name].size
    with pypdfium2.PdfDocument(tmp_path / "b.pdf") as document:
        for at in range(len(document)):
            words = document[at].get_textpage()
            boxes = [words.get_rect(i) for i in range(words.count_rects())]
            for left, bottom, right, top in boxes:
                assert 35 <= left <= right <= width - 35
                assert 35 <= bottom <= top <= height - 34
            if at:
                assert overlapping(boxes) == []


def overlapping(boxes: list[tuple[float, float, float, float]]) -> list[Any]:
    """Pairs of words that lie on one another by more than the tails of their letters."""
    return [
        (one, two)
        for at, one in enumerate(boxes)
        for two in boxes[at + 1 :]
        if min(one[2], two[2]) - max(one[0], two[0]) > 0.5 and min(one[3], two[3]) - max(one[1], two[1]) > 2.0
    ]


def test_words_are_cut_with_an_ellipsis_and_both_texts_keep_their_share(tmp_path: Path) -> None:
    book = make_book(make_scene("1", 1, action=LONG, dialogue=(("MARA", "Nobody. " * 200),)))
    write_pdf(book, LAYOUTS["compact"], tmp_path / "b.pdf")
    text = pages(tmp_path / "b.pdf")[1]
    assert text.count("…") == 2
    assert "MARA: Nobody." in text
    assert "The ferry leaves" in text


def test_a_panel_without_a_picture_is_a_crossed_frame(tmp_path: Path) -> None:
    write_pdf(make_book(make_scene("1", 1)), LAYOUTS["standard"], tmp_path / "b.pdf")
    assert images(tmp_path / "b.pdf", 1) == []
    box = grid_of(LAYOUTS["standard"], 16 / 9).picture_at(0, 0)
    with pypdfium2.PdfDocument(tmp_path / "b.pdf") as document:
        page = document[1].render(scale=2).to_pil().convert("L")
    middle = (round((box.x + box.width / 2) * 2), round((612 - box.y - box.height / 2) * 2))
    around = [page.getpixel((middle[0] + dx, middle[1] + dy)) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    assert min(around) < 230  # the lines cross here
    assert page.getpixel((middle[0], round((612 - box.y - box.height * 0.9) * 2))) == 255


def test_pictures_keep_their_shape_and_are_as_sharp_as_paper_needs(tmp_path: Path) -> None:
    book = drawn(tmp_path, make_scene("1", 10), size=(1600, 1200))
    write_pdf(book, LAYOUTS["compact"], tmp_path / "b.pdf")
    grid = grid_of(LAYOUTS["compact"], book.aspect)
    for (wide, tall), (left, bottom, right, top) in images(tmp_path / "b.pdf", 1):
        assert wide / tall == pytest.approx(4 / 3, abs=0.01)
        assert (right - left) / (top - bottom) == pytest.approx(4 / 3, abs=0.01)
        assert right - left < grid.picture.width
        assert 190 <= wide / (right - left) * 72 <= 300
    small = drawn(tmp_path, make_scene("1", 1), size=(64, 36))
    write_pdf(small, LAYOUTS["single"], tmp_path / "s.pdf")
    assert images(tmp_path / "s.pdf", 1)[0][0] == (64, 36)


def test_the_same_picture_is_in_the_file_once(tmp_path: Path) -> None:
    one = make_picture(tmp_path / "a.png", size=(640, 360))
    (tmp_path / "b.png").write_bytes(one.read_bytes())
    panels = tuple(make_panel(f"1{at}", picture=tmp_path / ("a.png", "b.png")[at % 2]) for at in range(20))
    book = make_book(replace(make_scene("1", 0), panels=panels))
    write_pdf(book, LAYOUTS["standard"], tmp_path / "b.pdf")
    assert (tmp_path / "b.pdf").read_bytes().count(b"/DCTDecode") == 1
    assert len(images(tmp_path / "b.pdf", 1)) == 6


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_kind_are_printed(tmp_path: Path, mode: str) -> None:
    ending = "tif" if mode in ("CMYK", "I;16") else "png"
    picture = make_picture(tmp_path / f"a.{ending}", mode="L" if mode == "I;16" else mode)
    book = make_book(replace(make_scene("1", 0), panels=(make_panel(picture=picture),)))
    write_pdf(book, LAYOUTS["standard"], tmp_path / "b.pdf")
    assert len(images(tmp_path / "b.pdf", 1)) == 1


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"x" * 40])
def test_a_file_that_is_no_picture_is_named_by_its_shot(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.png").write_bytes(content)
    panels = (make_panel("7C", picture=tmp_path / "a.png"),)
    with pytest.raises(UnsupportedMedia, match="shot 7C"):
        write_pdf(make_book(replace(make_scene(), panels=panels)), LAYOUTS["standard"], tmp_path / "b.pdf")
    assert not (tmp_path / "b.pdf").exists()
    assert [t for t in threading.enumerate() if t.name.startswith("jpeg")] == []


def test_the_same_book_gives_the_same_bytes(tmp_path: Path) -> None:
    book = drawn(tmp_path, make_scene("1", 4, action="Пирс. 渡し船. Ĥarbour."), make_scene("2", 3))
    for name in ("a.pdf", "b.pdf"):
        write_pdf(book, LAYOUTS["standard"], tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_other_scripts_are_printed_and_every_font_used_is_in_the_file(tmp_path: Path) -> None:
    words = "Пирс ночью, Αθήνα, Łódź"
    scene = make_scene("1", 1, heading="НАТ. ПИРС", action=words, dialogue=(("МАРА", "Закрыто."),))
    write_pdf(make_book(scene, title="Последний паром"), LAYOUTS["standard"], tmp_path / "b.pdf")
    cover, page = pages(tmp_path / "b.pdf")
    assert "Последний паром" in cover
    for word in (words, "МАРА: Закрыто.", "НАТ. ПИРС"):
        assert word in page
    data = (tmp_path / "b.pdf").read_bytes()
    fonts = set(re.findall(rb"/BaseFont /(\S+)", data))
    assert all(re.match(rb"[A-Z]{6}\+", font) for font in fonts - {b"Helvetica"})  # reportlab names Helvetica, unused


def test_scenes_are_the_chapters_of_the_file(tmp_path: Path) -> None:
    write_pdf(make_book(make_scene("1", 7), make_scene("2A", 2)), LAYOUTS["standard"], tmp_path / "b.pdf")
    with pypdfium2.PdfDocument(tmp_path / "b.pdf") as document:
        found = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
        assert document.get_metadata_value("Title") == "The Last Ferry"
    assert found == [("1. EXT. PIER - DUSK", 1), ("2A. EXT. PIER - DUSK", 2)]


def test_progress_is_told_for_every_picture_and_page_and_can_end_it(tmp_path: Path) -> None:
    book = drawn(tmp_path, make_scene("1", 7))
    told: list[tuple[str, int, int]] = []
    write_pdf(book, LAYOUTS["standard"], tmp_path / "b.pdf", tell=lambda *at: told.append(at))
    assert [done for _, done, _ in told] == [*range(10, 80, 10), 71, 72]
    assert {of for _, _, of in told} == {72}
    assert [words for words, _, _ in told][6:] == ["picture 7 of 7", "page 2 of 3", "page 3 of 3"]
    with pytest.raises(KeyError):
        write_pdf(book, LAYOUTS["standard"], tmp_path / "c.pdf", tell=stop_at(30))
    assert not (tmp_path / "c.pdf").exists()
    assert [t for t in threading.enumerate() if t.name.startswith("jpeg")] == []


def stop_at(step: int) -> Tell:
    def tell(_: str, done: int, of: int) -> None:
        if done == step:
            raise KeyError(of)

    return tell


def test_a_board_without_a_cover_begins_with_its_first_page(tmp_path: Path) -> None:
    book = drawn(tmp_path, make_scene("1", 7))
    assert write_pdf(book, LAYOUTS["standard"], tmp_path / "b.pdf", cover=False) == 2
    first, second = pages(tmp_path / "b.pdf")
    assert "Page 1 of 2" in first
    assert "1A" in first
    assert "Page 2 of 2" in second


def test_thumbnails_do_for_small_panels_and_not_for_large_ones() -> None:
    small = {name for name, layout in LAYOUTS.items() if pixels_wide(make_book(), layout) <= THUMBNAIL_WIDTH}
    assert set(LAYOUTS) - small == {"single", "pair", "pitch"}


def test_a_board_without_shots_is_a_cover(tmp_path: Path) -> None:
    assert write_pdf(make_book(make_scene("1", 0), title=""), layout_named("pitch"), tmp_path / "b.pdf") == 1
    assert "Untitled" in pages(tmp_path / "b.pdf")[0]


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"b\.pdf could not be written"):
        write_pdf(make_book(), LAYOUTS["standard"], tmp_path / "nowhere" / "b.pdf")


def test_hostile_words_print_as_words(tmp_path: Path) -> None:
    odd = "a\x00b\ud800c <b>bold</b> &amp; %s {x} \\ )("
    write_pdf(make_book(make_scene("1", 1, heading=odd, action=odd), title=odd), LAYOUTS["pair"], tmp_path / "b.pdf")
    assert "<b>bold</b> &amp; %s {x} \\ )(" in pages(tmp_path / "b.pdf")[1]


def test_the_strip_is_spread_over_the_whole_board(tmp_path: Path) -> None:
    book = drawn(tmp_path, make_scene("1", 20))
    numbers = [panel.number for panel in spread(book.panels, 4)]
    assert (numbers[0], numbers[-1], len(set(numbers))) == ("1A", "1T", 4)
    places = [book.panels.index(panel) for panel in spread(book.panels, 4)]
    assert max(b - a for a, b in pairwise(places)) - min(b - a for a, b in pairwise(places)) <= 1
    assert list(spread(make_book().panels, 4)) == []
