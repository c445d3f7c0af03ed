"""The board edited from its page: fields, marks, undo, history, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from state.board.board import BoardState
from state.board.editing import BoardEditState
from state.board.history import BoardHistoryState
from state.board.undoable import UndoState
from state.notices import NoticesState
from studio.accounts.views import SignedIn
from studio.core.db import unit_of_work
from studio.projects.models import Member
from studio.storyboards import service as storyboards
from studio.storyboards.views import ShotFields
from tests.factories.boards import shots_of
from tests.factories.film import Board, draw_all, make_board
from tests.state.conftest import Tab
from tests.state.test_board_page import opened, shown

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
Register = Callable[[str], SignedIn]


@pytest.fixture
def board(database: str) -> Board:
    return make_board()


@pytest.fixture
def page(board: Board, person: Register) -> Tab:
    return opened(person("mara"), board.project_id)


def notices(page: Tab) -> list[str]:
    return [notice.text for notice in page.get(NoticesState).items]


def test_a_changed_field_is_shown_kept_and_undone_by_its_name(page: Tab, board: Board) -> None:
    page.call(BoardEditState, "change", name="lens", value="85 mm")
    assert (page.get(BoardState).shot.fields.lens, page.get(UndoState).undo) == ("85", "lens of 1A")
    assert page.get(UndoState).saved == "Saved: lens of 1A"
    page.call(BoardEditState, "change", name="seconds", value="2,5")
    assert shots_of(board)[0].frames == 60
    page.call(BoardEditState, "undo")
    page.call(BoardEditState, "undo")
    assert (page.get(UndoState).undo, page.get(UndoState).redo) == ("", "lens of 1A")
    assert page.get(BoardState).shot.fields.lens != "85"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("lens", "long", "Type a number"),
        ("lens", "1e99", "A lens has"),
        ("seconds", "0", "A shot lasts"),
        ("size", "HUGE", "no such choice"),
        ("type", "OTS", "Over the shoulder needs"),
    ],
)
def test_a_refused_value_is_told_and_the_field_begins_anew(page: Tab, name: str, value: str, told: str) -> None:
    page.call(BoardEditState, "change", name=name, value=value)
    assert any(told in text for text in notices(page))
    assert page.get(BoardEditState).turns == 1
    assert page.get(UndoState).undo == ""


def test_people_are_put_in_and_taken_out(page: Tab) -> None:
    page.call(BoardEditState, "cast", name="BEN")
    fields = page.get(BoardState).shot.fields
    assert ([p.name for p in fields.there], fields.type) == (["BEN"], "SINGLE")
    page.call(BoardEditState, "cast", name="BEN")
    assert page.get(BoardState).shot.fields.there == []


def test_marked_panels_are_merged_deleted_and_come_back(page: Tab, board: Board) -> None:
    ids = [shot.id for shot in shots_of(board)]
    page.call(BoardEditState, "press", shot_id=ids[1], shift=False, ctrl=False)
    page.call(BoardEditState, "press", shot_id=ids[3], shift=True, ctrl=False)
    assert page.get(BoardEditState).marked == ids[1:4]
    page.call(BoardEditState, "press", shot_id=ids[3], shift=False, ctrl=True)
    page.call(BoardEditState, "merge")
    assert page.get(BoardEditState).marked == []
    assert [shot.id for shot in shots_of(board)][:3] == [ids[0], ids[1], ids[3]]
    page.call(BoardEditState, "press", shot_id=ids[3], shift=False, ctrl=True)
    page.call(BoardEditState, "delete", shot_id="")
    assert len(shots_of(board)) == len(ids) - 3
    assert page.get(BoardState).shot.id not in (ids[1], ids[3])
    page.call(NoticesState, "undo", notice_id=page.get(NoticesState).items[-1].id)
    page.call(BoardEditState, "undo")
    assert [shot.id for shot in shots_of(board)] == ids


def test_a_panel_is_dropped_beside_another_even_into_another_scene(page: Tab, board: Board) -> None:
    shots = shots_of(board)
    other = next(shot for shot in shots if shot.scene_position == 1)
    form = {"shot": shots[0].id, "near": other.id, "side": "after"}
    page.call(BoardEditState, "drop", form=form)
    moved = next(shot for shot in shots_of(board) if shot.id == shots[0].id)
    assert (moved.number, moved.scene_id) == ("2B", other.scene_id)
    page.call(BoardEditState, "drop", form={"shot": shots[0].id, "near": shots[0].id, "side": "after"})
    page.call(BoardEditState, "drop", form={"shot": "nowhere", "near": other.id, "side": "after"})
    assert any("no such shot" in text for text in notices(page))


def test_a_menu_puts_shots_in_copies_and_splits_them(page: Tab, board: Board) -> None:
    first = shots_of(board)[0].id
    page.call(BoardEditState, "open_menu", shot_id=first)
    assert page.get(BoardEditState).menu == first
    page.call(BoardEditState, "insert", shot_id=first, side="before")
    assert page.get(BoardState).shot.number == "1A"
    page.call(BoardEditState, "duplicate", shot_id=first)
    page.call(BoardEditState, "split", shot_id=first)
    assert [shot.id for shot in shots_of(board)].index(first) == 1
    assert len(shots_of(board)) == board.shots + 3
    assert page.get(BoardEditState).menu == ""


def test_the_history_tells_who_did_what_and_puts_a_scene_back(page: Tab, board: Board, person: Register) -> None:
    ids = [shot.id for shot in shots_of(board)]
    page.call(BoardEditState, "change", name="lens", value="85")
    page.call(BoardEditState, "delete", shot_id=ids[2])
    ben = person("ben").session.actor
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=board.project_id, user_id=ben.user_id, role="editor"))
    with unit_of_work() as uow:
        storyboards.change_shot(uow, ben, ids[4], ShotFields(lens_mm=24))
    page.call(BoardHistoryState, "show")
    entries = page.get(BoardHistoryState).entries
    assert [e.told for e in entries] == ["Lens of 1D", "Delete 1C", "Lens of 1A"]
    assert [e.mine for e in entries] == [False, True, True]
    assert entries[1].by == "You"
    page.call(BoardHistoryState, "rewind", seq=entries[2].seq)
    assert [shot.id for shot in shots_of(board)] == ids
    assert (shots_of(board)[0].lens_mm, shots_of(board)[4].lens_mm == 24) == (85, False)
    assert page.get(BoardHistoryState).entries[0].told.startswith("Put scene 1 back")
    page.call(BoardHistoryState, "undo", seq=entries[2].seq)
    assert any("again since" in text for text in notices(page))


def test_the_board_is_filtered_by_who_is_in_it_and_by_what_is_stale(page: Tab, board: Board, tmp_path: Path) -> None:
    draw_all(board, tmp_path)
    with unit_of_work() as uow:
        storyboards.change_shot(uow, board.actor, shots_of(board)[3].id, ShotFields(lens_mm=21))
    page.call(BoardState, "load")
    page.call(BoardState, "show_who", name="BEN")
    with_ben = [shot.number for shot in shots_of(board) if "BEN" in shot.cast]
    assert shown(page) == with_ben
    page.call(BoardState, "show_only", show="stale")
    page.call(BoardState, "show_who", name="")
    assert shown(page) == ["1D"]


def test_numbers_are_locked_from_the_head_of_the_scene(page: Tab, board: Board) -> None:
    page.call(BoardEditState, "lock")
    assert page.get(BoardState).head.locked
    page.call(BoardEditState, "insert", shot_id=shots_of(board)[0].id, side="after")
    assert shown(page)[:3] == ["1A", "1A1", "1B"]


def test_a_board_from_which_everything_was_taken_can_be_filled_again(page: Tab, board: Board, person: Register) -> None:
    ids = [shot.id for shot in shots_of(board)]
    page.get(BoardEditState).marked = ids
    page.call(BoardEditState, "delete", shot_id="")
    assert (shots_of(board), page.get(BoardState).shot.id) == ([], "")
    page.call(BoardState, "load")
    assert (page.get(BoardState).missing, shown(page)) == ("", [])
    page.call(BoardEditState, "add")
    assert shown(page) == ["1A"]
    page.call(BoardEditState, "undo")
    page.call(BoardEditState, "undo")
    assert [shot.id for shot in shots_of(board)] == ids
