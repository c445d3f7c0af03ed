"""A shot list, opened again: every shot is there, numbers are numbers, nothing runs."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from studio.core.errors import Invalid
from studio.storyboards.printing.shotlist import COLUMNS, shot_list_csv, shot_list_xlsx, usual_columns
from tests.factories.books import make_book, make_panel, make_scene

_XML = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
USUAL = usual_columns(make_book(make_scene("1", 1)))
EVIL = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "|x", "%x"]


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet(data: bytes) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))


def cells(data: bytes) -> list[list[tuple[str, bool]]]:
    """(what it says, whether it is a number) of every cell; a formula fails."""
    rows: list[list[tuple[str, bool]]] = []
    for row in sheet(data).iter(f"{_XML}row"):
        rows.append([])
        for cell in row:
            assert cell.find(f"{_XML}f") is None
            inline = "".join(t.text or "" for t in cell.iter(f"{_XML}t"))
            value = cell.findtext(f"{_XML}v")
            rows[-1].append((value or inline, value is not None and cell.get("t") is None))
    return rows


def test_csv_has_a_row_a_shot_in_order() -> None:
    rows = table(shot_list_csv(make_book(make_scene("1", 2), make_scene("2", 1))))
    assert rows[0] == [COLUMNS[name].label for name in USUAL]
    assert [row[2] for row in rows[1:]] == ["1A", "1B", "2A"]
    assert rows[1] == [
        "1",
        "EXT. PIER - DUSK",
        "1A",
        "MCU",
        "Eye level",
        "Push in",
        "50",
        "4.25",
        "MARA, BEN",
        "Mara walks along the rail.",
        "MARA: I am closed.",
        "",
        "",
    ]


def test_a_workbook_keeps_numbers_as_numbers_and_freezes_the_heads() -> None:
    data = shot_list_xlsx(make_book(make_scene("1", 2, version=3, origin="drawn")))
    rows = cells(data)
    assert [text for text, _ in rows[0]] == [COLUMNS[name].label for name in USUAL]
    told = dict(zip(USUAL, rows[1], strict=True))
    assert (told["lens"], told["seconds"], told["version"]) == (("50", True), ("4.25", True), ("3", True))
    assert told["shot"] == ("1A", False)
    assert told["scene"] == ("1", False)
    pane = next(sheet(data).iter(f"{_XML}pane"))
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    widths = [float(column.get("width") or 0) for column in sheet(data).iter(f"{_XML}col")]
    assert len(widths) > 3
    assert max(widths) > 50


@pytest.mark.parametrize("evil", EVIL)
def test_no_word_is_taken_for_a_formula(evil: str) -> None:
    panel = make_panel(evil, action=evil, cast=(evil,), dialogue=(("", evil),), size=evil)
    book = make_book(replace(make_scene(evil, 0, heading=evil), panels=(panel,)), title=evil)
    row = dict(zip(USUAL, table(shot_list_csv(book))[1], strict=True))
    for name in ("scene", "heading", "shot", "size", "cast", "action"):
        assert row[name] == f"'{evil}"
    assert row["dialogue"] == f": {evil}"
    found = dict(zip(USUAL, cells(shot_list_xlsx(book))[1], strict=True))
    assert found["action"][1] is False
    assert found["action"][0].endswith(evil.strip())


def test_columns_are_chosen_and_ordered_by_name() -> None:
    book = make_book()
    assert table(shot_list_csv(book, ["shot", "seconds"]))[:2] == [["Shot", "Seconds"], ["1A", "4.25"]]
    assert [text for text, _ in cells(shot_list_xlsx(book, ["lens", "shot"]))[1]] == ["50", "1A"]


@pytest.mark.parametrize("write", [shot_list_csv, shot_list_xlsx])
def test_a_column_that_is_not_there_is_refused(write: object) -> None:
    with pytest.raises(Invalid, match=r"no column price. Choose from scene, heading, shot"):
        write(make_book(), ["shot", "price"])
    with pytest.raises(Invalid, match="at least one column"):
        write(make_book(), [])


def test_the_same_book_gives_the_same_bytes() -> None:
    assert shot_list_xlsx(make_book()) == shot_list_xlsx(make_book())
    assert shot_list_csv(make_book()) == shot_list_csv(make_book())


def test_an_empty_board_is_a_row_of_heads_and_broken_letters_do_no_harm() -> None:
    empty = make_book(make_scene("1", 0))
    assert len(table(shot_list_csv(empty))) == len(cells(shot_list_xlsx(empty))) == 1
    odd = make_book(make_scene("1", 1, action="a\ud800b\x00c"))
    assert table(shot_list_csv(odd))[1][9].startswith("a")
    assert len(cells(shot_list_xlsx(odd))) == 2
    long = make_book(make_scene("1", 1, action="x" * 40_000))
    assert len(cells(shot_list_xlsx(long))[1][9][0]) == 32_767


def test_a_shot_of_several_panels_is_one_row_as_long_as_all_of_them_with_their_number() -> None:
    one, two = make_panel("1A/1", seconds=1.0), make_panel("1A/2", seconds=2.0)
    parts = [replace(each, shot="1A", part=i, parts=2, shot_seconds=3.0) for i, each in enumerate((one, two), 1)]
    scene = replace(make_scene("1", 1), panels=tuple(parts))
    rows = table(shot_list_csv(make_book(scene)))
    row = dict(zip(rows[0], rows[1], strict=True))
    assert (len(rows), row["Shot"], row["Panels"], row["Seconds"]) == (2, "1A", "2", "3")
    assert "Panels" not in table(shot_list_csv(make_book(make_scene("1", 2))))[0]
