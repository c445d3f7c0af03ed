"""A breakdown as files, opened again: every element is there, nothing runs, the same input gives the same bytes."""

from __future__ import annotations

import csv
import io
import zipfile
from xml.etree import ElementTree

import pypdfium2
import pytest

from studio.scripts.formats.breakdown.sheet_csv import COLUMNS, guarded
from studio.scripts.formats.breakdown.sheet_writing import MIME, SheetFormat, written_breakdown
from studio.scripts.sheet.categories import Category
from studio.scripts.sheet.views import (
    Breakdown,
    BreakdownSheet,
    CastChart,
    CastMember,
    CastRow,
    StripView,
    TagView,
)

_XML = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EVIL = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx", "|x", "%x"]


def strip(position: int, colour: str = "yellow", **more: object) -> StripView:
    fields: dict[str, object] = {
        "scene_id": f"s{position}",
        "position": position,
        "number": str(position + 1),
        "heading": f"EXT. PIER {position + 1} - DAY",
        "int_ext": "EXT",
        "set_name": f"PIER {position + 1}",
        "time_of_day": "DAY",
        "colour": colour,
        "eighths": 12,
        "pages": "1 4/8",
        "script_day": f"D{position + 1}",
        "story": "A ferry leaves.",
        "cast": (1,),
    }
    return StripView(**(fields | more))


def breakdown(elements: list[tuple[Category, str]], *, scenes: int = 2, title: str = "The Ferry") -> Breakdown:
    strips = tuple(strip(i, ("yellow", "blue", "green", "white", "grey")[i % 5]) for i in range(scenes))
    tags = tuple(TagView(f"t{i}", category, name, "hand") for i, (category, name) in enumerate(elements))
    sheets = tuple(
        BreakdownSheet("x", s, "", "", (CastMember(1, "MARA", "c", "suggested"),), tags if i == 0 else (), ())
        for i, s in enumerate(strips)
    )
    rows = (CastRow(1, "MARA", tuple(range(scenes)), 12 * scenes),)
    return Breakdown(title, "A. Writer", sheets, CastChart(strips, rows))


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def cells(data: bytes, page: int) -> list[list[str]]:
    """The texts and numbers of a sheet of a workbook, row by row; a formula fails."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{page}.xml"))
        shared = (
            ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
            if "xl/sharedStrings.xml" in book.namelist()
            else []
        )
    texts = ["".join(t.text or "" for t in item.iter(f"{_XML}t")) for item in shared]
    rows: list[list[str]] = []
    for row in root.iter(f"{_XML}row"):
        rows.append([])
        for cell in row:
            assert cell.find(f"{_XML}f") is None
            inline = "".join(t.text or "" for t in cell.iter(f"{_XML}t"))
            value = cell.findtext(f"{_XML}v")
            rows[-1].append(texts[int(value)] if cell.get("t") == "s" and value else value or inline)
    return rows


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [document[i].get_textpage().get_text_range() for i in range(len(document))]
    finally:
        document.close()


def test_csv_has_a_row_an_element_and_no_scene_is_missing() -> None:
    rows = table(written_breakdown(breakdown([(Category.PROPS, 'rope, "old"'), (Category.SOUND, "foghorn")]), "csv"))
    assert rows[0] == list(COLUMNS)
    assert [(r[0], r[5], r[6], r[7], r[8], r[9], r[10]) for r in rows[1:]] == [
        ("1", "D1", "1 4/8", "Cast", "MARA", "1", "suggested"),
        ("1", "D1", "1 4/8", "Props", 'rope, "old"', "", "hand"),
        ("1", "D1", "1 4/8", "Sound", "foghorn", "", "hand"),
        ("2", "D2", "1 4/8", "Cast", "MARA", "1", "suggested"),
    ]


@pytest.mark.parametrize("cell", EVIL)
def test_no_cell_of_the_csv_is_a_formula(cell: str) -> None:
    rows = table(written_breakdown(breakdown([(Category.PROPS, cell)], title=cell), "csv"))
    assert rows[2][8] == f"'{cell}" == guarded(cell)
    assert guarded("rope") == "rope"


def test_a_workbook_has_the_elements_the_strips_and_the_cast_and_no_formula() -> None:
    data = written_breakdown(
        breakdown([(Category.PROPS, name) for name in [*EVIL, "http://x.example", "0012"]]), "xlsx"
    )
    elements = cells(data, 1)
    assert elements[0] == list(COLUMNS)
    assert [row[8] for row in elements if row[7] == "Props"] == [*EVIL, "http://x.example", "0012"]
    assert [row[:6] for row in cells(data, 2)[1:]] == [
        ["1", "EXT", "PIER 1", "DAY", "D1", "1 4/8"],
        ["2", "EXT", "PIER 2", "DAY", "D2", "1 4/8"],
    ]
    assert cells(data, 3)[1:] == [["1", "MARA", "2", "24", "W", "W"]]
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = ElementTree.fromstring(book.read("xl/workbook.xml"))
        assert not any("hyperlink" in book.read(n).decode().lower() for n in book.namelist() if n.endswith(".rels"))
    assert [s.get("name") for s in names.iter(f"{_XML}sheet")] == ["Breakdown", "Strips", "Cast by scene"]


def test_the_pdf_has_a_sheet_a_scene_in_the_form_and_then_the_strips() -> None:
    found = pages(written_breakdown(breakdown([(Category.PROPS, "rope"), (Category.SFX, "rain")]), "pdf"))
    assert len(found) == 3
    for word in (
        "BREAKDOWN SHEET",
        "The Ferry",
        "PIER 1",
        "1 4/8",
        "D1",
        "1. MARA",
        "rope",
        "rain",
        "SPECIAL EFFECTS",
    ):
        assert word in found[0]
    assert "rope" not in found[1]
    for word in ("STRIP BOARD", "2 scenes, 3 pages", "PIER 1", "PIER 2", "END OF D1", "END OF D2", "MARA (2 scenes)"):
        assert word in found[2]


def test_a_full_box_goes_on_overleaf_and_loses_nothing() -> None:
    things = [f"thing number {i}" for i in range(60)]
    found = pages(written_breakdown(breakdown([(Category.PROPS, name) for name in things], scenes=1), "pdf"))
    words = [line.strip() for page in found for line in page.splitlines()]
    assert [line for line in words if line.startswith("thing")] == things
    assert any("more overleaf" in line for line in words)


def test_names_in_other_letters_are_in_the_pdf_too() -> None:
    found = pages(written_breakdown(breakdown([(Category.PROPS, "żółta лампа"), (Category.PROPS, "café")]), "pdf"))
    assert "café" in found[0]
    assert "żółta лампа" in found[0]


def test_two_hundred_scenes_are_printed_in_a_moment_with_every_strip() -> None:
    found = pages(written_breakdown(breakdown([], scenes=200), "pdf"))
    board = "\n".join(found[200:])
    assert all(f"PIER {i}\r\n" in board or f"PIER {i}\n" in board for i in range(1, 201))
    assert len(found[200:]) < 16


@pytest.mark.parametrize("format", MIME)
def test_the_same_breakdown_gives_the_same_bytes(format: SheetFormat) -> None:
    made = breakdown([(Category.PROPS, "rope")])
    assert written_breakdown(made, format) == written_breakdown(made, format)


@pytest.mark.parametrize("format", MIME)
def test_a_script_without_a_word_is_a_file_all_the_same(format: SheetFormat) -> None:
    assert written_breakdown(Breakdown("", "", (), CastChart((), ())), format)


def test_a_long_word_is_cut_and_never_runs_out_of_its_box() -> None:
    found = pages(written_breakdown(breakdown([(Category.PROPS, "x" * 200)]), "pdf"))
    line = next(line for line in found[0].splitlines() if line.startswith("xxxx"))
    assert len(line.strip()) < 80
    assert line.strip().endswith("…")
