"""Undo: any act and then its inverse is the start; what others did since is left alone; a scene goes back to a moment."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlmodel import col, select

from studio.accounts.views import Actor
from studio.audit import service as audit
from studio.core import clock
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Conflict, Invalid
from studio.engine.artist.spec import Angle, Light, Size
from studio.projects.models import Member
from studio.storyboards import repository
from studio.storyboards import service as storyboards
from studio.storyboards.models import Shot
from studio.storyboards.views import BoardEdit, ShotFields
from tests.factories.boards import assert_sound, difference, rows_of, shots_of
from tests.factories.film import Board, draw_all, make_board
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services
EDITS = 500
SMALL = b"""INT. QUAY - NIGHT

MARA waits. She looks at her watch. A boat passes.

MARA
You came. I did not think you would.

BEN
I said I would.

EXT. DECK - DAY

BEN at the rail. MARA joins him. They look at the water.

MARA
It is cold. Come inside.
"""
Act = Callable[[UnitOfWork, Actor, Board, list[Shot], random.Random], BoardEdit]


@pytest.fixture
def board(database: str) -> Board:
    return make_board()


@pytest.fixture
def embedded_board(embedded: str) -> Board:
    return make_board(SMALL)


@pytest.fixture
def ben(board: Board) -> Actor:
    return editor(board)


def editor(board: Board) -> Actor:
    with unit_of_work() as uow:
        other = make_stranger(uow)
        uow.session.add(Member(project_id=board.project_id, user_id=other.user_id, role="editor"))
    return other


def _change(uow: UnitOfWork, actor: Actor, board: Board, shots: list[Shot], dice: random.Random) -> BoardEdit:
    fields = dice.choice(
        [
            ShotFields(size=dice.choice(list(Size))),
            ShotFields(angle=dice.choice(list(Angle)), lens_mm=dice.choice([18.0, 35.0, 85.5])),
            ShotFields(frames=dice.randint(1, 400)),
            ShotFields(description=f"Words {dice.random()}", light=dice.choice(list(Light))),
            ShotFields(cast=tuple(dice.sample(["MARA", "BEN"], dice.randint(0, 2)))),
        ]
    )
    return storyboards.change_shot(uow, actor, dice.choice(shots).id, fields)


def _insert(uow: UnitOfWork, actor: Actor, board: Board, shots: list[Shot], dice: random.Random) -> BoardEdit:
    near = dice.choice(shots)
    before = dice.choice([near.id, None])
    return storyboards.insert_shot(uow, actor, board.script_id, near.scene_id, before_id=before)


def _duplicate(uow: UnitOfWork, actor: Actor, board: Board, shots: list[Shot], dice: random.Random) -> BoardEdit:
    return storyboards.duplicate_shots(uow, actor, board.script_id, _some(shots, dice))


def _delete(uow: UnitOfWork, actor: Actor, board: Board, shots: list[Shot], dice: random.Random) -> BoardEdit:
    return storyboards.delete_shots(uow, actor, board.script_id, _some(shots, dice))


def _split(uow: UnitOfWork, actor: Actor, board: Board, shots: list[Shot], dice: random.Random) -> BoardEdit:
    shot = dice.choice(shots)
    return storyboards.split_shot(uow, actor, shot.id, at=dice.choice([None, dice.randint(1, 60)]))


def _merge(uow: UnitOfWork, actor: Actor, board: Board, shots: list[Shot], dice: random.Random) -> BoardEdit:
    at = dice.randrange(len(shots))
    return storyboards.merge_shots(uow, actor, board.script_id, [s.id for s in shots[at : at + dice.randint(2, 3)]])


def _move(uow: UnitOfWork, actor: Actor, board: Board, shots: list[Shot], dice: random.Random) -> BoardEdit:
    to = dice.choice(shots)
    before = dice.choice([to.id, None])
    return storyboards.move_shots(uow, actor, board.script_id, _some(shots, dice), to.scene_id, before_id=before)


def _lock(uow: UnitOfWork, actor: Actor, board: Board, shots: list[Shot], dice: random.Random) -> BoardEdit:
    scene = dice.choice(shots).scene_id
    return storyboards.lock_numbers(uow, actor, board.script_id, scene, locked=dice.random() < 0.5)


def _add_panel(uow: UnitOfWork, actor: Actor, board: Board, shots: list[Shot], dice: random.Random) -> BoardEdit:
    return storyboards.add_panel(uow, actor, dice.choice(shots).id, copy=dice.random() < 0.5)


def _delete_panel(uow: UnitOfWork, actor: Actor, board: Board, shots: list[Shot], dice: random.Random) -> BoardEdit:
    return storyboards.delete_panel(uow, actor, _panel(uow, actor, shots, dice))


def _change_panel(uow: UnitOfWork, actor: Actor, board: Board, shots: list[Shot], dice: random.Random) -> BoardEdit:
    panel = _panel(uow, actor, shots, dice)
    if dice.random() < 0.5:
        return storyboards.change_panel(uow, actor, panel, frames=dice.randint(1, 40))
    return storyboards.change_panel(uow, actor, panel, position=dice.randint(0, 4))


def _panel(uow: UnitOfWork, actor: Actor, shots: list[Shot], dice: random.Random) -> str:
    """A panel beside others, if there is one."""
    rows = repository.panel_rows(uow, [shot.id for shot in shots])
    several = [panel.id for row in rows.values() for panel in row if len(row) > 1]
    return dice.choice(several or [panel.id for row in rows.values() for panel in row])


def _some(shots: list[Shot], dice: random.Random) -> list[str]:
    return [shot.id for shot in dice.sample(shots, min(len(shots), dice.choice([1, 1, 2, 4])))]


ACTS: dict[str, Act] = {
    "change": _change,
    "insert": _insert,
    "duplicate": _duplicate,
    "delete": _delete,
    "split": _split,
    "merge": _merge,
    "move": _move,
    "lock": _lock,
    "add panel": _add_panel,
    "delete panel": _delete_panel,
    "change panel": _change_panel,
}


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


def test_five_hundred_random_edits_keep_the_board_sound_and_are_undone_to_the_start(
    embedded_board: Board, tmp_path: Path
) -> None:
    board = embedded_board
    draw_all(board, tmp_path)
    dice = random.Random(12)
    start = rows_of(board)
    depth = 0
    for _ in range(EDITS // 25):
        with unit_of_work() as uow:
            depth += sum(_step(uow, board, dice, depth) for _ in range(25))
        assert_sound(board)
    assert depth > EDITS / 4
    with unit_of_work() as uow:
        for _ in range(depth):
            storyboards.undo(uow, board.actor, board.script_id)
    assert_sound(board)
    assert difference(start, rows_of(board)) == {}
    with reading() as uow:
        found = audit.verify(uow, board.project_id)
    assert (found.broken, found.entries > EDITS) == (None, True)


def _step(uow: UnitOfWork, board: Board, dice: random.Random, depth: int) -> int:
    """One edit that can be: 1, or -1 for an undo."""
    query = select(Shot).where(col(Shot.script_id) == board.script_id).order_by(col(Shot.position))
    while True:
        shots = list(uow.session.scalars(query))
        if depth and dice.random() < 0.25:
            storyboards.undo(uow, board.actor, board.script_id)
            return -1
        name = dice.choice(
            ["insert", "split"] if len(shots) < 8 else ["delete", "merge"] if len(shots) > 24 else list(ACTS)
        )
        with suppress(Invalid, Conflict), uow.session.begin_nested():
            if ACTS[name](uow, board.actor, board, shots, dice).seq is not None:
                return 1


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
    assert difference(then, in_scene()) == {}  # type: ignore[arg-type]
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
