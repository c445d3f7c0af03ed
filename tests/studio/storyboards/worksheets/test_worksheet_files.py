"""Files of worksheets: the printed PDF, scans in many pages, and files that are none."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from studio.core.errors import Invalid, LimitReached
from studio.storyboards.printing.options import PrintOptions
from studio.storyboards.printing.worksheet.apart import SheetPage, sheet_page
from studio.storyboards.printing.worksheet.code import BLANK, script_tag, tag_of
from studio.storyboards.printing.worksheet.form import Form
from studio.storyboards.printing.worksheet.pages import write_worksheets
from studio.storyboards.printing.worksheet.placing import Placing
from tests.factories.books import make_book, make_scene
from tests.factories.pictures import bomb, png
from tests.factories.sheets import SCRIPT, drawn_on, jpeg, photographed, printed, tagged

FORM = Form()
BOOK = tagged(make_book(make_scene("1", 4), make_scene("2", 5)))
SHOTS = [(panel.panel_id, panel.number) for panel in BOOK.panels]


def test_a_worksheet_says_number_action_and_dialogue_of_every_shot(tmp_path: Path) -> None:
    assert write_worksheets(BOOK, FORM, tmp_path / "a.pdf") == 2
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    words = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert [[number in page for number in ("1A", "1D", "2A", "2B", "2C", "2E")] for page in words] == [
        [True, True, True, True, False, False],
        [False, False, False, False, True, True],
    ]
    assert all("Mara walks along the rail." in page and "MARA: I am closed." in page for page in words)


@pytest.mark.parametrize("options", [{"columns": 7}, {"rows": 5}, {"blank": 51}, {"blank": -1}, {"paper": "a3"}])
def test_a_page_that_cannot_be_is_a_sentence(options: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        PrintOptions("worksheet", **options)


def test_a_page_of_a_scanned_pdf_is_read_apart() -> None:
    sheets = [photographed(drawn_on(printed(BOOK, FORM), FORM, {1: (0, 0, 0)})), np.full((900, 700, 3), 240, np.uint8)]
    data = io.BytesIO()
    first, *rest = map(Image.fromarray, sheets)
    first.save(data, "PDF", save_all=True, append_images=rest)
    read = sheet_page(data.getvalue(), 0, width=320, height=180)
    assert (read.pages, read.number, read.script) == (2, 1, script_tag(SCRIPT))
    assert [drawing is not None for drawing in read.drawings] == [False, True, False, False, False, False]
    assert Image.open(io.BytesIO(read.drawings[1] or b"")).size == (320, 180)
    assert "no worksheet" in sheet_page(data.getvalue(), 1, width=320, height=180).problem


@pytest.mark.parametrize(
    ("data", "error", "told"),
    [
        (b"", Invalid, "empty"),
        (b"%PDF-1.7 and nothing else", Invalid, "damaged, or locked"),
        (jpeg(printed(BOOK, FORM))[:5000], Invalid, "damaged"),
        (bomb(), LimitReached, "pixels"),
        (bytes(41 << 20), LimitReached, "larger than 40 MB"),
    ],
)
def test_a_bad_file_is_a_sentence(data: bytes, error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told):
        sheet_page(data, 0, width=320, height=180)


def sheet(frames: tuple[bytes, ...], drawn: str, script: str = SCRIPT) -> SheetPage:
    """A sheet of which the frames marked x are drawn in."""
    drawings = tuple(png() if mark == "x" else None for mark in drawn)
    return SheetPage(1, script=script_tag(script), number=1, frames=frames, drawings=drawings)


def test_drawings_go_to_the_shots_whose_tags_are_printed() -> None:
    tags = tuple(tag_of(shot) for shot in ("shot-2B", "shot-1A", "shot-9Z"))
    report, kept = Placing(SCRIPT, SHOTS, None).place(sheet(tags, "x.x"), "a.jpg", 1)
    assert [shot for shot, _ in kept] == ["shot-2B"]
    assert [(frame.came, frame.shot) for frame in report.frames] == [("kept", "2B"), ("blank", "1A"), ("gone", "")]
    assert report.told == "Drawings for 2B. 1 frame is blank. 1 frame is of shots that are not on this board any more."


def test_drawings_on_blank_sheets_go_to_the_chosen_shot_and_those_after_it_page_after_page() -> None:
    placing = Placing(SCRIPT, SHOTS, "shot-1D")
    first = placing.place(sheet((BLANK,) * 3, "x.x"), "a.jpg", 1)
    second = placing.place(sheet((BLANK,) * 3, "x..", "another"), "b.jpg", 1)
    assert [shot for _, kept in (first, second) for shot, _ in kept] == ["shot-1D", "shot-2A", "shot-2B"]
    report, kept = Placing(SCRIPT, SHOTS, None).place(sheet((BLANK,) * 3, "x.x"), "a.jpg", 1)
    assert not kept
    assert "choose the shot they begin with" in report.told


def test_a_sheet_of_another_script_changes_nothing() -> None:
    report, kept = Placing(SCRIPT, SHOTS, "shot-1A").place(sheet((tag_of("shot-1A"),), "x", "another"), "a.jpg", 2)
    assert not kept
    assert report.told.startswith("This sheet belongs to another script.")
    unread = Placing(SCRIPT, SHOTS, None).place(SheetPage(1, "No worksheet here."), "a.jpg", 2)
    assert (unread[0].told, unread[0].page, unread[1]) == ("No worksheet here.", 2, ())
