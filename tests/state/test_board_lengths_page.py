"""Lengths the open cut has for its board: told beside the chosen shot and in a sheet, given, and undone from the notice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import app.pages  # noqa: F401 - all states there are
from state.cut.past.lengths import BoardLengthsState, Length
from state.cut.room import CutRoomState
from state.notices import NoticesState
from studio.accounts.views import SignedIn
from studio.core.db import reading
from studio.storyboards import service as storyboards
from tests.factories.hand import Hand, make_hand
from tests.state.conftest import tab

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


def test_a_length_is_told_given_and_undone(database: str, tmp_path: Path, person: Callable[[str], SignedIn]) -> None:
    hand: Hand = make_hand(tmp_path)
    page = tab(person("mara").token, f"/p/{hand.board.project_id}/cut", project_id=hand.board.project_id)
    page.call(CutRoomState, "load")
    one, two = hand.pictures()[:2]
    shot = one.link.removeprefix("shot:")

    def on_board() -> int:
        with reading() as uow:
            return storyboards.shot_lengths(uow, hand.owner, hand.board.script_id)[shot][1]

    assert page.get(BoardLengthsState).total == 0
    trim = {"op": "trim", "clip": one.id, "edge": "out", "by": 24, "ripple": True}
    page.call(CutRoomState, "edit", revision=hand.now().revision, ops=[trim], label="trim", ticket=1)
    page.call(CutRoomState, "choose", clips=[one.id])
    told = page.get(BoardLengthsState)
    assert (told.total, told.here, [each.shot for each in told.shown]) == (1, told.shown[0], [shot])
    page.call(CutRoomState, "choose", clips=[two.id])
    assert page.get(BoardLengthsState).here == Length()
    page.call(BoardLengthsState, "give", shot=shot)
    assert page.get(BoardLengthsState).total == 0 and on_board() == one.frames + 24
    assert page.get(CutRoomState).facts.behind == 0
    notice = page.get(NoticesState).items[-1]
    assert "on the board, too" in notice.text and notice.undo == "Undo"
    page.call(NoticesState, "undo", notice_id=notice.id)
    assert on_board() == one.frames
