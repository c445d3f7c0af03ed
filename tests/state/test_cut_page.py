"""The strip of the renders room: a shot chosen, its length and place changed, and what the board then says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from state.notices import NoticesState
from state.renders.cut import CutState, frames_of, timecode
from state.renders.renders import RendersState
from studio.accounts.views import SignedIn
from studio.core.db import unit_of_work
from studio.core.errors import Invalid
from studio.engine.time import Rate
from studio.storyboards import service as storyboards
from studio.storyboards.views import ShotFields
from tests.factories.acts import SMALL
from tests.factories.boards import shots_of
from tests.factories.film import Board, make_board
from tests.state.conftest import Tab, tab

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


@pytest.fixture
def board(database: str) -> Board:
    return make_board(SMALL)


@pytest.fixture
def page(board: Board, person: Callable[[str], SignedIn]) -> Tab:
    found = tab(person("mara").token, f"/p/{board.project_id}/renders", project_id=board.project_id)
    found.call(RendersState, "load")
    return found


def strip(page: Tab) -> list[tuple[str, str, int]]:
    return [(each.id, each.number, each.frames) for each in page.get(CutState).strip]


def of_scene(board: Board, position: int) -> list[tuple[str, str, int]]:
    return [(s.id, s.number, s.frames) for s in shots_of(board) if s.scene_position == position]


def test_the_strip_is_the_scene_on_the_board_and_edits_of_it_are_there(page: Tab, board: Board) -> None:
    assert strip(page) == of_scene(board, 0)
    one, two, *_ = shots_of(board)
    page.call(CutState, "choose", shot_id=one.id)
    page.call(CutState, "longer", frames=1)
    assert shots_of(board)[0].frames == one.frames + 1
    page.call(CutState, "last", value="6:05")
    assert (page.get(CutState).chosen.lasts, shots_of(board)[0].frames) == ("6:05", 149)
    page.call(CutState, "move", side="right")
    assert [shot.id for shot in shots_of(board)[:2]] == [two.id, one.id]
    assert page.get(CutState).chosen.begins == timecode(two.frames, Rate(24))
    page.call(CutState, "split")
    page.call(CutState, "delete")
    assert strip(page) == of_scene(board, 0)
    assert page.get(CutState).chosen.id == ""
    for _ in range(5):
        page.call(CutState, "undo")
    assert shots_of(board)[0].frames == one.frames
    page.call(CutState, "redo")
    assert strip(page) == of_scene(board, 0) != []
    assert page.get(CutState).facts.version.startswith("v")


def test_a_shot_goes_over_the_end_of_its_scene_into_the_next_and_back(page: Tab, board: Board) -> None:
    last = [shot for shot in shots_of(board) if shot.scene_position == 0][-1]
    page.call(CutState, "choose", shot_id=last.id)
    page.call(CutState, "move", side="right")
    assert page.get(CutState).scene == "1"
    assert strip(page) == of_scene(board, 1)
    assert strip(page)[0][0] == last.id == page.get(CutState).chosen.id
    page.call(CutState, "move", side="left")
    assert (page.get(CutState).scene, strip(page)[-1][0]) == ("0", last.id)


def test_what_is_refused_is_said_and_the_length_stands_as_it_is(page: Tab, board: Board) -> None:
    shot = shots_of(board)[0]
    page.call(CutState, "longer", frames=1)
    page.call(CutState, "choose", shot_id=shot.id)
    page.call(CutState, "last", value="long")
    page.call(CutState, "last", value="0")
    told = [notice.text for notice in page.get(NoticesState).items]
    assert [any(words in text for text in told) for words in ("Choose a shot", "such as 4:07", "A shot lasts")] == [
        True
    ] * 3
    assert (page.get(CutState).turns, shots_of(board)[0].frames) == (2, shot.frames)


def test_an_edit_of_what_has_changed_meanwhile_is_refused_and_shown(page: Tab, board: Board) -> None:
    one, two, *_ = shots_of(board)
    page.call(CutState, "choose", shot_id=one.id)
    page.call(CutState, "longer", frames=1)
    with unit_of_work() as uow:
        storyboards.change_shot(uow, board.actor, two.id, ShotFields(frames=222))
    page.call(CutState, "delete")
    assert "The cut has changed since you looked" in page.get(NoticesState).items[-1].text
    assert strip(page) == of_scene(board, 0)
    assert strip(page)[1][2] == 222


@pytest.mark.parametrize(
    ("text", "frames"), [("4:07", 103), ("1:02:03", 1491), ("4.5", 108), ("2,5 s", 60), ("0", 0), ("-3", 0)]
)
def test_lengths_are_read_as_seconds_and_frames(database: str, text: str, frames: int) -> None:
    assert frames_of(text, Rate(24)) == frames


def test_lengths_are_told_as_they_are_read(database: str) -> None:
    for rate in (Rate(24), Rate(25), Rate(30000, 1001)):
        assert all(frames_of(timecode(n, rate), rate) == n for n in (1, 23, 24, 1439, 1440, 5000))
    with pytest.raises(Invalid):
        frames_of("4:", Rate(24))
