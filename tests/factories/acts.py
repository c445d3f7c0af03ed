"""Random acts on a board, by name: each asks the dice what to do, to which shots."""

from __future__ import annotations

import random
from collections.abc import Callable

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.engine.artist.spec import Angle, Light, Size
from studio.storyboards import repository
from studio.storyboards import service as storyboards
from studio.storyboards.models import Shot
from studio.storyboards.views import BoardEdit, ShotFields
from tests.factories.film import Board

SMALL = b"""Title: The Quay

INT. QUAY - NIGHT

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
