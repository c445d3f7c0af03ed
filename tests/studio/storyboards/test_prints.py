"""Prints asked for, on both databases: what is refused, a second click, the files there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Conflict, NotFound
from studio.runs import service as runs
from studio.runs.views import RunView
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.storyboards.printing.options import PrintFormat, PrintOptions, print_options
from studio.storyboards.views import PrintPage
from tests.factories.film import Board, draw_all, make_board, stored_file
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services


@pytest.fixture
def board(database: str) -> Board:
    return make_board()


def asked(board: Board, options: PrintOptions | None = None) -> RunView:
    with unit_of_work() as uow:
        return storyboards.submit_print(uow, board.actor, board.script_id, options or PrintOptions())


def listed(board: Board, actor: Actor | None = None, **more: int) -> PrintPage:
    with reading() as uow:
        return storyboards.list_prints(uow, actor or board.actor, board.script_id, **more)


def test_a_second_click_starts_nothing_and_another_wish_does(board: Board) -> None:
    first = asked(board, PrintOptions(scenes=(1,)))
    assert asked(board, PrintOptions(scenes=(1,))).id == first.id
    assert asked(board, PrintOptions(scenes=(1,), paper="a4")).id != first.id
    with reading() as uow:
        record = runs.get_record(uow, board.actor, first.id)
    assert record.run.kind == "print"
    assert print_options({k: v for k, v in record.config.items() if k != "script_id"}) == PrintOptions(scenes=(1,))


def test_what_is_asked_for_is_listed_newest_first_and_of_this_script_only(board: Board) -> None:
    other = make_board()
    with unit_of_work() as uow:
        elsewhere = storyboards.submit_board(uow, board.actor, board.script_id)
    first, second = asked(board), asked(board, PrintOptions(format="csv"))
    asked(other)
    found = listed(board)
    assert [(view.id, view.format, view.layout) for view in found.items] == [
        (second.id, "csv", None),
        (first.id, "pdf", "standard"),
    ]
    assert found.total == 2
    assert [view.id for view in listed(board, page=2, limit=1).items] == [first.id]
    assert listed(board).items[0].sha256 is None
    with reading() as uow, pytest.raises(NotFound, match="no such print"):
        storyboards.get_print(uow, board.actor, elsewhere.id)


def test_a_finished_print_has_a_name_and_a_size_and_is_a_file_of_the_project(board: Board, tmp_path: Path) -> None:
    run = asked(board)
    file = stored_file(tmp_path, "The Last Ferry board.pdf", b"%PDF")
    with unit_of_work() as uow:
        claim = runs.claim_run(uow, run.id, "worker")
        assert claim
        storyboards.keep_print(uow, board.actor, board.project_id, file)
        runs.complete_run(uow, claim, {"sha256": file.sha256, "size": file.size, "name": file.name, "count": 1})
    with reading() as uow:
        view = storyboards.get_print(uow, board.actor, run.id)
    assert (view.name, view.size_bytes, view.sha256) == ("The Last Ferry board.pdf", 4, file.sha256)
    assert view.mime == "application/pdf"


@pytest.mark.parametrize("form", ["zip", "gif"])
def test_pictures_are_not_packed_before_any_is_drawn(board: Board, form: PrintFormat, tmp_path: Path) -> None:
    with pytest.raises(Conflict, match="Draw the board first"):
        asked(board, PrintOptions(format=form))
    draw_all(board, tmp_path)
    assert asked(board, PrintOptions(format=form)).kind == "print"


def test_a_script_without_shots_and_a_scene_that_is_not_there_are_refused(board: Board) -> None:
    with pytest.raises(NotFound, match="no such scene"):
        asked(board, PrintOptions(scenes=(0, 9)))
    with unit_of_work() as uow:
        data = b"INT. ROOM - DAY\n\nA man sits.\n"
        script = scripts.import_script(uow, board.actor, board.project_id, data=data, name="a.fountain")
        with pytest.raises(Conflict, match="no shots to print"):
            storyboards.submit_print(uow, board.actor, script.id, PrintOptions())


def test_a_stranger_neither_prints_nor_sees(board: Board, uow: UnitOfWork) -> None:
    run = storyboards.submit_print(uow, board.actor, board.script_id, PrintOptions())
    stranger = make_stranger(uow)
    with pytest.raises(NotFound):
        storyboards.submit_print(uow, stranger, board.script_id, PrintOptions())
    with pytest.raises(NotFound):
        storyboards.list_prints(uow, stranger, board.script_id)
    with pytest.raises(NotFound):
        storyboards.get_print(uow, stranger, run.id)


def test_only_the_panels_of_the_scenes_asked_for_are_drawn(board: Board) -> None:
    with unit_of_work() as uow:
        run = storyboards.submit_board(uow, board.actor, board.script_id, scenes=(1,))
    with unit_of_work() as uow:
        count = storyboards.request_panels(uow, board.actor, board.script_id, scenes=(1,))
        shots = storyboards.list_cards(uow, board.actor, board.script_id, scene=1).total
        record = runs.get_record(uow, board.actor, run.id)
    assert count == shots == record.config["panels"]
