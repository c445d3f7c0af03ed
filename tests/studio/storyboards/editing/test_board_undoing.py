"""Undo: any act and then its inverse is the start; what others did since is left alone; a scene goes back to a moment."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from studio.accounts.views import Actor
from studio.audit import service as audit
from studio.core import clock
from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Invalid
from studio.engine.artist.spec import Angle, Size
from studio.projects.models import Member
from studio.storyboards import service as storyboards
from studio.storyboards.views import BoardEdit, ShotFields
from tests.factories.acts import ACTS, Act
from tests.factories.boards import assert_sound, difference, rows_of, shots_of
from tests.factories.film import Board, draw_all, make_board
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services


@pytest.fixture
def board(database: str) -> Board:
    return make_board()


@pytest.fixture
def ben(board: Board) -> Actor:
    return editor(board)


def editor(board: Board) -> Actor:
    with unit_of_work() as uow:
        other = make_stranger(uow)
        uow.session.add(Member(project_id=board.project_id, user_id=other.user_id, role="editor"))
    return other


def acted(board: Board, actor: Actor, act: Act, dice: random.Random) -> BoardEdit | None:
    """What came of an act; None when the dice asked for something that cannot be."""
    with suppress(Invalid, Conflict), unit_of_work() as uow:
        return act(uow, actor, board, shots_of(board), dice)
    return None


def test_any_act_and_its_undo_are_the_start_and_redone_it_is_the_same_again(board: Board, tmp_path: Path) -> None:
    draw_all(board, tmp_path)
    dice = random.Random(7)
    undone = {name: _undone_and_redone(board, act, dice) for name, act in ACTS.items() for _ in range(2)}
    assert all(undone.values()), undone


def _undone_and_redone(board: Board, act: Act, dice: random.Random) -> bool:
    """Whether the act was one, undone to the start and done again to the same."""
    before = rows_of(board)
    edit = next(filter(None, (acted(board, board.actor, act, dice) for _ in range(20))))
    after = rows_of(board)
    if edit.seq is None:
        return False
    with unit_of_work() as uow:
        assert storyboards.undo(uow, board.actor, board.script_id).label == edit.label
    assert difference(before, rows_of(board)) == {}
    with unit_of_work() as uow:
        storyboards.redo(uow, board.actor, board.script_id)
    assert difference(after, rows_of(board)) == {}
    assert_sound(board)
    return after != before


def test_one_undoes_one_s_own_acts_and_not_what_somebody_else_did(board: Board, ben: Actor) -> None:
    first, second = shots_of(board)[:2]
    with unit_of_work() as uow:
        storyboards.change_shot(uow, board.actor, first.id, ShotFields(lens_mm=99))
        storyboards.change_shot(uow, ben, second.id, ShotFields(lens_mm=77))
    with unit_of_work() as uow:
        assert storyboards.undo(uow, board.actor, board.script_id).label == "lens of 1A"
    assert [s.lens_mm for s in shots_of(board)[:2]] == [first.lens_mm, 77]
    with pytest.raises(Conflict) as refused, unit_of_work() as uow:
        storyboards.undo(uow, board.actor, board.script_id)
    assert refused.value.code == "nothing_to_undo"


def test_an_undo_is_refused_when_somebody_else_changed_the_same_shot_since(board: Board, ben: Actor) -> None:
    shot = shots_of(board)[0]
    with unit_of_work() as uow:
        storyboards.change_shot(uow, board.actor, shot.id, ShotFields(size=Size.ECU))
        storyboards.change_shot(uow, ben, shot.id, ShotFields(lens_mm=77))
    before = rows_of(board)
    with pytest.raises(Conflict, match="Somebody else changed the same shot since"), unit_of_work() as uow:
        storyboards.undo(uow, board.actor, board.script_id)
    assert rows_of(board) == before
    with unit_of_work() as uow:
        storyboards.undo(uow, ben, board.script_id)
        storyboards.undo(uow, board.actor, board.script_id)
    assert shots_of(board)[0].size == shot.size


def test_a_deleted_shot_comes_back_to_its_place_among_what_others_did_since(board: Board, ben: Actor) -> None:
    one, two, three, four = shots_of(board)[:4]
    with unit_of_work() as uow:
        storyboards.delete_shots(uow, board.actor, board.script_id, [two.id])
        storyboards.move_shots(uow, ben, board.script_id, [four.id], four.scene_id, before_id=one.id)
        storyboards.undo(uow, board.actor, board.script_id)
    assert [shot.id for shot in shots_of(board)[:4]] == [four.id, one.id, two.id, three.id]
    assert_sound(board)


def test_a_new_act_ends_what_could_be_done_again(board: Board) -> None:
    shot = shots_of(board)[0]
    with unit_of_work() as uow:
        storyboards.change_shot(uow, board.actor, shot.id, ShotFields(lens_mm=99))
        storyboards.undo(uow, board.actor, board.script_id)
        assert storyboards.undoable(uow, board.actor, board.script_id).redo == "lens of 1A"
        storyboards.change_shot(uow, board.actor, shot.id, ShotFields(lens_mm=88))
        assert storyboards.undoable(uow, board.actor, board.script_id).redo == ""
    with pytest.raises(Conflict), unit_of_work() as uow:
        storyboards.redo(uow, board.actor, board.script_id)


def test_a_change_to_what_is_already_so_leaves_no_entry(board: Board) -> None:
    shot = shots_of(board)[0]
    with unit_of_work() as uow:
        assert storyboards.change_shot(uow, board.actor, shot.id, ShotFields(lens_mm=shot.lens_mm)).seq is None
        assert storyboards.undoable(uow, board.actor, board.script_id).undo == ""


@pytest.mark.parametrize("seed", range(2))
def test_a_scene_goes_back_to_how_it_was_at_a_moment_and_that_is_undone_as_well(
    board: Board, ben: Actor, seed: int
) -> None:
    dice = random.Random(seed)
    scene = shots_of(board)[0].scene_id

    def in_scene() -> dict[str, object]:
        ids = [shot.id for shot in shots_of(board) if shot.scene_id == scene]
        told = rows_of(board)
        mine = {k: v for k, v in told.items() if k in ids or v.get("shot_id") in ids}
        return {k: {n: x for n, x in v.items() if n not in ("position",)} for k, v in mine.items()}

    for _ in range(4):
        acted(board, board.actor, dice.choice(list(ACTS.values())), dice)
    then, at = in_scene(), clock.now()
    for i in range(40):
        acted(board, (board.actor, ben)[i % 2], dice.choice(list(ACTS.values())), dice)
        if i >= 9 and in_scene() != then:
            break
    later = rows_of(board)
    assert in_scene() != then
    with unit_of_work() as uow:
        storyboards.rewind_scene(uow, ben, board.script_id, scene, at)
    assert difference(then, in_scene()) == {}
    assert_sound(board)
    with unit_of_work() as uow:
        storyboards.undo(uow, ben, board.script_id)
    assert difference(later, rows_of(board)) == {}


def test_two_people_at_once_lose_nothing(board: Board, ben: Actor) -> None:
    from concurrent.futures import ThreadPoolExecutor

    shots = shots_of(board)

    def work(who: Actor, fields: ShotFields, i: int) -> None:
        with unit_of_work() as uow:
            storyboards.change_shot(uow, who, shots[0].id, fields)
        with unit_of_work() as uow:
            storyboards.duplicate_shots(uow, who, board.script_id, [shots[i].id])

    with ThreadPoolExecutor(4) as threads:
        jobs = [threads.submit(work, board.actor, ShotFields(lens_mm=20.0 + i), i) for i in range(4)]
        jobs += [threads.submit(work, ben, ShotFields(angle=Angle.LOW), 5 + i) for i in range(4)]
        assert [job.result() for job in jobs] == [None] * 8
    assert len(shots_of(board)) == board.shots + 8
    first = next(shot for shot in shots_of(board) if shot.id == shots[0].id)
    assert (first.angle, first.lens_mm in (20.0, 21.0, 22.0, 23.0)) == ("LOW", True)
    assert_sound(board)
    with reading() as uow:
        assert audit.verify(uow, board.project_id).broken is None
