"""Cuts by hand to test with: a drawn board and its cut, people who edit it, and edits as pages send them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.accounts.models import User
from studio.accounts.views import Actor, UserRole
from studio.core.db import reading, unit_of_work
from studio.engine.editing import from_json
from studio.engine.timeline import Clip, Timeline
from studio.projects.models import Member
from studio.timelines import service as timelines
from studio.timelines.views import TimelineDetail, TimelineEdit
from tests.factories.acts import SMALL
from tests.factories.cuts import cut_of
from tests.factories.film import Board, make_board


@dataclass(frozen=True)
class Hand:
    """A board, a cut by hand begun from it, its owner and an editor."""

    board: Board
    id: str
    owner: Actor
    ben: Actor

    def now(self, actor: Actor | None = None) -> TimelineDetail:
        with reading() as uow:
            return timelines.get_timeline(uow, actor or self.owner, self.id)

    @property
    def timeline(self) -> Timeline:
        return self.now().timeline

    def pictures(self) -> list[Clip]:
        """The shots, as they stand."""
        return [clip for clip in self.timeline.clips("picture") if clip.link]

    def edit(
        self,
        *edits: dict[str, Any],
        by: Actor | None = None,
        revision: int = 0,
        dry_run: bool = False,
        label: str = "",
        key: str = "",
    ) -> TimelineEdit:
        at = revision or self.now().revision
        with unit_of_work() as uow:
            return timelines.edit_timeline(
                uow,
                by or self.owner,
                self.id,
                [from_json(each) for each in edits],
                revision=at,
                dry_run=dry_run,
                label=label,
                key=key,
            )

    def undo(self, by: Actor | None = None, *, revision: int | None = None) -> TimelineEdit:
        with unit_of_work() as uow:
            return timelines.undo(uow, by or self.owner, self.id, revision=revision)

    def redo(self, by: Actor | None = None) -> TimelineEdit:
        with unit_of_work() as uow:
            return timelines.redo(uow, by or self.owner, self.id)


def make_hand(folder: Path, script: bytes | None = SMALL) -> Hand:
    """A cut by hand of a small board that is drawn, voiced and scored."""
    board = make_board(script)
    cut_of(board, folder)
    return begin_hand(board)


def begin_hand(board: Board) -> Hand:
    """A cut by hand begun from a board as it is, which an editor called Ben may edit, too."""
    with unit_of_work() as uow:
        ben = User(email="ben@example.invalid", username="ben", display_name="Ben", role="user")
        uow.session.add(ben)
        uow.session.flush()
        uow.session.add(Member(project_id=board.project_id, user_id=ben.id, role="editor"))
        found = timelines.create_timeline(uow, board.actor, board.project_id, name="By hand", begin="board")
    return Hand(board, found.id, board.actor, Actor(ben.id, UserRole.USER))
