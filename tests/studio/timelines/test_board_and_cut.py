"""Board and cut are one record: whatever is edited on either side, both say the same, and undone it is the start."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest
from sqlmodel import col, select

from studio.audit import service as audit
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Conflict, Invalid
from studio.engine.timeline import Timeline
from studio.storyboards import service as storyboards
from studio.storyboards.models import Shot
from studio.timelines import service as timelines
from studio.timelines.edits import Delete, Edit, FollowVoice, Gain, Move, Split, Trim
from tests.factories.acts import ACTS, SMALL
from tests.factories.boards import assert_sound, difference, rows_of
from tests.factories.cuts import assert_one, cut_of, seen
from tests.factories.film import Board, make_board

pytestmark = pytest.mark.services


def random_edit(cut: Timeline, dice: random.Random) -> Edit:
    shots = [clip.id for clip in cut.clips("picture")][1:]
    clip, other = dice.choice(shots), dice.choice(shots)
    sounds = [c.id for role in ("voice", "music") for c in cut.clips(role)] or shots
    return dice.choice(
        [
            Trim(clip, dice.randint(1, 200), dice.choice(["head", "tail", None])),
            Move((clip,), before=other) if dice.random() < 0.5 else Move((clip,), after=other),
            Split(clip, dice.randint(1, 60)),
            FollowVoice(clip),
            Gain(dice.choice(sounds), dice.uniform(-12, 6)),
            Delete((clip,)) if len(shots) > 8 else Split(clip, dice.randint(1, 60)),
        ]
    )


def step(uow: UnitOfWork, board: Board, dice: random.Random, depth: int) -> int:
    """One edit that can be, from the board's side or the cut's: how many acts it was; -1 for an undo."""
    while True:
        uow.settle()
        if depth and dice.random() < 0.2:
            storyboards.undo(uow, board.actor, board.script_id)
            return -1
        cut = seen(uow, board)
        with suppress(Invalid, Conflict), uow.session.begin_nested():
            if dice.random() < 0.5:
                edit = random_edit(cut.timeline, dice)
                trial = timelines.edit_cut
                if found := trial(uow, board.actor, cut.id, [edit], revision=cut.revision).seqs:
                    return len(found)
            elif _on_the_board(uow, board, dice):
                return 1


def _on_the_board(uow: UnitOfWork, board: Board, dice: random.Random) -> bool:
    query = select(Shot).where(col(Shot.script_id) == board.script_id).order_by(col(Shot.position))
    shots = list(uow.session.scalars(query))
    names = ["insert", "split"] if len(shots) < 8 else ["delete", "merge"] if len(shots) > 14 else list(ACTS)
    return ACTS[dice.choice(names)](uow, board.actor, board, shots, dice).seq is not None


def edited_and_undone(board: Board, folder: Path, edits: int) -> None:
    start = cut_of(board, folder).timeline
    rows = rows_of(board)
    dice = random.Random(12)
    depth = 0
    for _ in range(edits // 50):
        with unit_of_work() as uow:
            for _ in range(50):
                depth += step(uow, board, dice, depth)
                uow.settle()
                assert_one(uow, board)
        assert_sound(board)
    assert depth > edits / 4
    with unit_of_work() as uow:
        for _ in range(depth):
            storyboards.undo(uow, board.actor, board.script_id)
    assert_sound(board)
    assert difference(rows, rows_of(board)) == {}
    with reading() as uow:
        assert_one(uow, board)
        assert seen(uow, board).timeline == start
        found = audit.verify(uow, board.project_id)
    assert (found.broken, found.entries > edits) == (None, True)


def test_five_hundred_edits_from_either_side_keep_board_and_cut_one_and_are_undone_to_the_start(
    embedded: str, tmp_path: Path
) -> None:
    edited_and_undone(make_board(SMALL), tmp_path, 500)


def test_edits_from_either_side_keep_both_one_on_either_database(database: str, tmp_path: Path) -> None:
    edited_and_undone(make_board(SMALL), tmp_path, 50)
