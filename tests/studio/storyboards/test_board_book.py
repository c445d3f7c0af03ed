"""A board taken from the database to be printed, on both databases, and its pictures from the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.db import UnitOfWork, reading
from studio.core.errors import NotFound
from studio.core.storage import media_key, rendition_key, sha256_of, storage
from studio.media.service import THUMBNAIL
from studio.media.views import THUMBNAIL_WIDTH
from studio.storyboards import service as storyboards
from studio.storyboards.printing.book import BoardBook
from tests.factories.film import Board, draw_all, make_board
from tests.factories.studio import make_stranger
from tests.support.queries import counted_queries

pytestmark = pytest.mark.services
WHOLE = 10_000


@pytest.fixture
def board(database: str) -> Board:
    return make_board()


def book_of(board: Board, *scenes: int) -> BoardBook:
    with reading() as uow:
        return storyboards.board_book(uow, board.actor, board.script_id, scenes=scenes)


def test_the_book_is_the_board_in_order(board: Board, tmp_path: Path) -> None:
    draw_all(board, tmp_path)
    book = book_of(board)
    with reading() as uow:
        cards = storyboards.list_cards(uow, board.actor, board.script_id, limit=200).items
        scenes = storyboards.list_scenes_on_board(uow, board.actor, board.script_id)
    assert (book.title, book.aspect) == ("The Last Ferry", 16 / 9)
    assert [(s.number, s.heading, s.eighths) for s in book.scenes] == [(s.number, s.heading, s.eighths) for s in scenes]
    assert [s.seconds for s in book.scenes] == [pytest.approx(s.seconds) for s in scenes]
    assert [
        (p.number, p.size, p.angle, p.move, p.lens_mm, p.seconds, p.action, p.version, p.origin) for p in book.panels
    ] == [(c.number, c.size, c.angle, c.move, c.lens_mm, c.seconds, c.action, c.version, c.origin) for c in cards]
    assert [p.sha256 for p in book.panels] == [c.sha256 for c in cards]
    assert {p.picture for p in book.panels} == {None}
    assert book.drawn == board.shots


def test_every_line_of_a_shot_is_in_the_book_not_only_its_first(board: Board) -> None:
    shot = next(panel for panel in book_of(board).panels if panel.number == "1E")
    assert shot.dialogue == (("BEN", "Wait! Please! Is this the last one?"), ("MARA", "It was. I'm closed."))
    assert shot.cast == ("MARA", "BEN")


def test_some_scenes_are_a_book_of_their_own_and_one_that_is_not_there_is_not_found(board: Board) -> None:
    book = book_of(board, 1)
    assert [scene.number for scene in book.scenes] == ["2"]
    assert book.panels == book_of(board).scenes[1].panels
    assert book_of(board, 2, 0).scenes == (book_of(board).scenes[0], book_of(board).scenes[2])
    with pytest.raises(NotFound, match="no such scene"):
        book_of(board, 1, 7)


def test_a_stranger_finds_no_board(board: Board, uow: UnitOfWork) -> None:
    with pytest.raises(NotFound):
        storyboards.board_book(uow, make_stranger(uow), board.script_id)


def test_the_number_of_queries_does_not_grow_with_the_board(board: Board) -> None:
    counts: list[int] = []
    for each in (make_board(b"INT. ROOM - DAY\n\nA man sits.\n"), board):
        with reading() as uow, counted_queries() as sent:
            storyboards.board_book(uow, each.actor, each.script_id)
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 7


def test_pictures_come_from_the_store_and_a_lost_one_is_named_by_its_shot(board: Board, tmp_path: Path) -> None:
    draw_all(board, tmp_path)
    book = book_of(board)
    brought = storyboards.fetched(book, pixels=WHOLE)
    found = [sha256_of(panel.picture) for panel in brought.panels if panel.picture]
    assert found == [panel.sha256 for panel in book.panels]
    assert len(set(found)) == board.shots
    first = book.panels[0]
    storage().delete(media_key(first.sha256 or ""))
    with pytest.raises(NotFound, match=f"shot {first.number}"):
        storyboards.fetched(book, pixels=WHOLE)


def test_a_small_print_takes_the_small_pictures_where_there_are_any(board: Board, tmp_path: Path) -> None:
    draw_all(board, tmp_path)
    book = book_of(board)
    first, second = book.panels[:2]
    small = tmp_path / "small.webp"
    small.write_bytes(b"small")
    storage().put(rendition_key(first.sha256 or "", THUMBNAIL), small)
    brought = storyboards.fetched(book, pixels=THUMBNAIL_WIDTH).panels
    assert brought[0].picture
    assert brought[0].picture.read_bytes() == b"small"
    assert brought[1].picture
    assert sha256_of(brought[1].picture) == second.sha256
    large = storyboards.fetched(book, pixels=THUMBNAIL_WIDTH + 1).panels[0].picture
    assert large
    assert sha256_of(large) == first.sha256
    assert storyboards.fetched(book, pixels=0) == book


def test_a_board_that_is_not_drawn_has_no_pictures_to_bring(board: Board) -> None:
    book = book_of(board)
    assert book.drawn == 0
    assert storyboards.fetched(book, pixels=WHOLE) == book
