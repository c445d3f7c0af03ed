"""Several panels a shot: added, copied, timed, put in order, taken off; drawn, printed, cut, split and joined."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.accounts.views import Actor
from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Forbidden, Invalid, NotFound
from studio.engine.artist.spec import Move, Size, Style
from studio.projects.models import Member
from studio.runs import service as runs
from studio.storyboards import repository
from studio.storyboards import service as storyboards
from studio.storyboards.documents import spec_from
from studio.storyboards.models import Shot
from studio.storyboards.views import BoardEdit, PanelView, ShotFields
from tests.factories.boards import assert_sound, rows_of, shots_of
from tests.factories.film import Board, draw_all, make_board
from tests.factories.pictures import png
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services


@pytest.fixture
def board(database: str) -> Board:
    return make_board()


def row_of(board: Board, shot_id: str) -> tuple[PanelView, ...]:
    with reading() as uow:
        return storyboards.list_panels(uow, board.actor, shot_id)


def added(board: Board, shot: Shot, *, copy: bool = False, after_id: str | None = None) -> BoardEdit:
    with unit_of_work() as uow:
        return storyboards.add_panel(uow, board.actor, shot.id, after_id=after_id, copy=copy)


def moving(board: Board, move: Move = Move.PUSH_IN) -> Shot:
    """The first shot as a medium shot with this move, of a hundred frames."""
    shot = shots_of(board)[0]
    with unit_of_work() as uow:
        storyboards.change_shot(uow, board.actor, shot.id, ShotFields(size=Size.MS, move=move, frames=100))
    return shots_of(board)[0]


def test_an_end_panel_shows_the_end_of_the_move_and_is_drawn_where_the_first_is(board: Board, tmp_path: Path) -> None:
    draw_all(board, tmp_path)
    shot = moving(board)
    edit = added(board, shot)
    first, second = row_of(board, shot.id)
    assert [(p.number, p.at, p.frames, p.size) for p in (first, second)] == [
        ("1A/1", 0, 50, "MS"),
        ("1A/2", 50, 50, "MCU"),
    ]
    assert (edit.panel_id, edit.shots[0].panels, second.sha256) == (second.id, 2, None)
    with reading() as uow:
        asked = runs.list_runs(uow, board.actor, board.project_id, limit=200)
        assert second.id in [runs.get_record(uow, board.actor, r.id).config.get("panel_id") for r in asked]
        assert list(repository.list_wanting(uow, board.script_id))[:2] == [first.id, second.id]
    assert_sound(board)


def test_a_panel_before_another_is_framed_as_that_and_takes_half_of_its_frames(board: Board) -> None:
    shot = moving(board)
    (only,) = row_of(board, shot.id)
    with unit_of_work() as uow:
        edit = storyboards.add_panel(uow, board.actor, shot.id, before_id=only.id)
    new, old = row_of(board, shot.id)
    assert (edit.panel_id, old.id, new.size, edit.label) == (new.id, only.id, "MS", "add panel 1A/1")
    assert (new.frames, old.frames) == (50, 50)


def test_a_copy_has_the_picture_and_a_shot_that_stands_is_shown_once_more(board: Board, tmp_path: Path) -> None:
    draw_all(board, tmp_path)
    shot = moving(board, Move.STATIC)
    added(board, shot, copy=True)
    first, second = row_of(board, shot.id)
    assert (first.sha256, second.version) == (second.sha256, 1)
    added(board, shot, after_id=first.id)
    with reading() as uow:
        rows = repository.panel_rows(uow, [shot.id])[shot.id]
        assert len({str(spec_from(panel.spec)) for panel in rows}) == 1
    assert [p.frames for p in row_of(board, shot.id)] == [25, 25, 50]


def test_panels_are_timed_put_in_order_and_taken_off_but_for_the_last(board: Board) -> None:
    shot = moving(board)
    added(board, shot)
    added(board, shot)
    a, b, c = row_of(board, shot.id)
    with unit_of_work() as uow:
        storyboards.change_panel(uow, board.actor, a.id, frames=60)
    assert [p.frames for p in row_of(board, shot.id)] == [60, 15, 25]
    with unit_of_work() as uow:
        storyboards.change_panel(uow, board.actor, c.id, position=0)
    assert [(p.id, p.number, p.frames) for p in row_of(board, shot.id)] == [
        (c.id, "1A/1", 25),
        (a.id, "1A/2", 60),
        (b.id, "1A/3", 15),
    ]
    with unit_of_work() as uow:
        assert storyboards.delete_panel(uow, board.actor, a.id).panel_id == c.id
        storyboards.delete_panel(uow, board.actor, c.id)
    assert [(p.id, p.number, p.frames) for p in row_of(board, shot.id)] == [(b.id, "1A", 100)]
    with pytest.raises(Conflict, match="keeps one panel"), unit_of_work() as uow:
        storyboards.delete_panel(uow, board.actor, b.id)
    with pytest.raises(Invalid), unit_of_work() as uow:
        storyboards.change_panel(uow, board.actor, b.id, frames=99)
    with pytest.raises(NotFound), unit_of_work() as uow:
        storyboards.delete_panel(uow, board.actor, a.id)


def test_the_shares_follow_the_length_of_the_shot(board: Board) -> None:
    shot = moving(board)
    added(board, shot)
    with unit_of_work() as uow:
        storyboards.change_panel(uow, board.actor, row_of(board, shot.id)[0].id, frames=75)
    for frames in (40, 7, 1, 200):
        with unit_of_work() as uow:
            storyboards.change_shot(uow, board.actor, shot.id, ShotFields(frames=frames))
        assert sum(p.frames for p in row_of(board, shot.id)) == shots_of(board)[0].frames
    assert [p.frames for p in row_of(board, shot.id)] == [150, 50]


def test_pictures_versions_and_redraws_are_those_of_the_panel_that_is_meant(board: Board, tmp_path: Path) -> None:
    draw_all(board, tmp_path)
    shot = moving(board, Move.STATIC)
    second = str(added(board, shot, copy=True).panel_id)
    storyboards.upload_panel(board.actor, shot.id, data=png(), name="end.png", panel_id=second)
    with reading() as uow:
        of_first = storyboards.get_shot(uow, board.actor, shot.id)
        of_second = storyboards.get_shot(uow, board.actor, shot.id, panel_id=second)
        assert storyboards.get_panel_place(uow, board.actor, second).number == "1A/2"
    assert (len(of_first.versions), len(of_second.versions)) == (1, 2)
    assert (of_second.card.origin, of_second.card.panel_id, of_first.card.origin) == ("uploaded", second, "stand-in")
    with unit_of_work() as uow:
        storyboards.show_version(uow, board.actor, shot.id, 1, second)
        asked = storyboards.redraw_panel(uow, board.actor, shot.id, panel_id=second)
        assert runs.get_record(uow, board.actor, asked.id).config == {"panel_id": second, "seed": 2, "number": "1A/2"}
    assert row_of(board, shot.id)[1].version == 1
    other = shots_of(board)[1]
    with pytest.raises(NotFound, match="no such panel"), reading() as uow:
        storyboards.get_shot(uow, board.actor, other.id, panel_id=second)


def test_a_changed_shot_changes_all_its_panels_but_for_how_the_end_is_framed(board: Board) -> None:
    shot = moving(board)
    added(board, shot)
    with unit_of_work() as uow:
        storyboards.change_shot(uow, board.actor, shot.id, ShotFields(size=Size.WS, lens_mm=85.0))
        storyboards.change_style(uow, board.actor, board.script_id, Style.INK)
    with reading() as uow:
        first, second = (spec_from(panel.spec) for panel in repository.panel_rows(uow, [shot.id])[shot.id])
    assert (first.size, second.size, first.lens_mm, second.lens_mm) == (Size.WS, Size.MCU, 85.0, 85.0)
    assert (first.move, second.move, second.style) == (Move.PUSH_IN, Move.STATIC, Style.INK)


def test_a_split_shares_the_panels_at_the_cut_and_a_merge_joins_them_in_order(board: Board, tmp_path: Path) -> None:
    draw_all(board, tmp_path)
    shot = moving(board)
    added(board, shot, copy=True)
    before = rows_of(board)
    with unit_of_work() as uow:
        edit = storyboards.split_shot(uow, board.actor, shot.id, at=30)
    left, right = (row_of(board, card.shot_id) for card in edit.shots)
    assert [[p.frames for p in row] for row in (left, right)] == [[30], [20, 50]]
    assert len({p.sha256 for p in (*left, *right)}) == 1
    with unit_of_work() as uow:
        storyboards.merge_shots(uow, board.actor, board.script_id, [card.shot_id for card in edit.shots])
    assert [p.frames for p in row_of(board, shot.id)] == [30, 20, 50]
    with unit_of_work() as uow:
        storyboards.undo(uow, board.actor, board.script_id)
        storyboards.undo(uow, board.actor, board.script_id)
    assert rows_of(board) == before


def test_every_panel_is_printed_and_cut_with_its_own_number_and_length(board: Board, tmp_path: Path) -> None:
    draw_all(board, tmp_path)
    shot = moving(board)
    added(board, shot, copy=True)
    with reading() as uow:
        book = storyboards.board_book(uow, board.actor, board.script_id)
        film = storyboards.list_board(uow, board.actor, board.script_id)
    assert [(p.number, p.part, p.parts) for p in book.panels[:3]] == [("1A/1", 1, 2), ("1A/2", 2, 2), ("1B", 1, 1)]
    assert book.panels[0].seconds + book.panels[1].seconds == pytest.approx(book.panels[0].shot_seconds)
    assert (len(book.shots), len(book.panels)) == (board.shots, board.shots + 1)
    assert [(p.number, p.frames) for p in film[0].panels] == [("1A/1", 50), ("1A/2", 50)]
    assert film[1].panels == ()


def test_who_may_not_change_the_board_changes_no_panel(board: Board) -> None:
    shot = moving(board)
    panel = row_of(board, shot.id)[0].id
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    before = rows_of(board)

    def refused(actor: Actor, error: type[Exception]) -> None:
        with pytest.raises(error), unit_of_work() as uow:
            storyboards.add_panel(uow, actor, shot.id)
        with pytest.raises(error), unit_of_work() as uow:
            storyboards.change_panel(uow, actor, panel, position=0)
        with pytest.raises(error), unit_of_work() as uow:
            storyboards.delete_panel(uow, actor, panel)

    refused(stranger, NotFound)
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=board.project_id, user_id=stranger.user_id, role="viewer"))
    refused(stranger, Forbidden)
    assert rows_of(board) == before
