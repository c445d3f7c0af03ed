"""The pictures of a board in a ZIP: as they are stored, under safe names."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from studio.core.errors import Invalid, NotFound, Unavailable
from studio.storyboards.printing.book import BoardBook
from studio.storyboards.printing.pictures import names_of, write_zip
from tests.factories.books import make_book, make_panel, make_picture, make_scene


def drawn(folder: Path, *numbers: str) -> BoardBook:
    panels = tuple(
        make_panel(number, picture=make_picture(folder / f"{at}.png", shade=at)) for at, number in enumerate(numbers)
    )
    scene = make_scene("1", 0)
    return make_book(replace(scene, panels=panels))


def test_the_files_are_the_stored_ones_byte_for_byte(tmp_path: Path) -> None:
    book = drawn(tmp_path, "1A", "1B")
    told: list[tuple[str, int, int]] = []
    assert write_zip(book, tmp_path / "b.zip", "{scene}-{shot}", tell=lambda *at: told.append(at)) == 2
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert archive.namelist() == ["1-1A.png", "1-1B.png"]
        assert archive.read("1-1B.png") == (tmp_path / "1.png").read_bytes()
        assert archive.testzip() is None
    assert told == [("picture 1 of 2", 1, 2), ("picture 2 of 2", 2, 2)]


def test_the_ending_is_what_the_file_is(tmp_path: Path) -> None:
    web = make_picture(tmp_path / "a.webp")
    jpeg = make_picture(tmp_path / "a.jpg")
    book = make_book(
        replace(make_scene("1", 0), panels=(make_panel("1A", picture=web), make_panel("1B", picture=jpeg)))
    )
    write_zip(book, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert archive.namelist() == ["0001-1A.webp", "0002-1B.jpg"]


def test_undrawn_panels_are_left_out_and_the_order_goes_on(tmp_path: Path) -> None:
    panels = (make_panel("1A"), make_panel("1B", picture=make_picture(tmp_path / "a.png")))
    book = make_book(replace(make_scene("1", 0), panels=panels))
    assert [name for name, _, _ in names_of(book, "{order}-{shot}")] == ["0002-1B"]


def test_names_hold_no_folders_and_nothing_a_system_refuses(tmp_path: Path) -> None:
    evil = ["../../etc/passwd", "C:\\x", "/abs", "a\x00b", "..", "con", "x" * 300, "", "*?<>|", "é水"]
    book = drawn(tmp_path, *evil)
    write_zip(book, tmp_path / "b.zip", "{shot}")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        names = archive.namelist()
    assert len(names) == len(evil) == len({name.casefold() for name in names})
    for name in names:
        assert PurePosixPath(name).name == name
        assert not set(name) & set('/\\:*?"<>|\x00')
        assert not name.startswith(".")
        assert len(name) <= 130
    assert "con.png" not in names
    assert "é水.png" in names


def test_equal_names_are_told_apart_also_where_case_does_not_matter(tmp_path: Path) -> None:
    book = drawn(tmp_path, "1A", "1a", "1A", "1A-2")
    names = [name for name, _, _ in names_of(book, "{shot}")]
    assert names[0] == "1A"
    assert len({name.casefold() for name in names}) == 4


@pytest.mark.parametrize(
    "pattern", ["{price}", "{shot.__class__}", "{shot!r}", "{shot:>99999999}", "{0}", "{", "plain", "{}", "{title}", ""]
)
def test_a_pattern_that_cannot_be_followed_is_refused(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(Invalid, match="Name the pictures by"):
        write_zip(drawn(tmp_path, "1A"), tmp_path / "b.zip", pattern)
    assert not (tmp_path / "b.zip").exists()


def test_a_pattern_may_hold_words_but_no_folders(tmp_path: Path) -> None:
    names = [name for name, _, _ in names_of(drawn(tmp_path, "1A"), "../out/{title} {shot}")]
    assert names == ["_out_The Last Ferry 1A"]


def test_a_board_without_pictures_is_refused_and_a_lost_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="No panel of this board is drawn yet"):
        write_zip(make_book(), tmp_path / "b.zip")
    book = drawn(tmp_path, "1A")
    (tmp_path / "0.png").unlink()
    with pytest.raises(NotFound, match="shot 1A"):
        write_zip(book, tmp_path / "b.zip")


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="could not be written"):
        write_zip(drawn(tmp_path, "1A"), tmp_path / "nowhere" / "b.zip")


def test_the_same_board_gives_the_same_bytes(tmp_path: Path) -> None:
    book = drawn(tmp_path, "1A", "1B")
    write_zip(book, tmp_path / "a.zip")
    write_zip(book, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
