"""What the board of a cut lacks to be heard, and asking for it, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.accounts.views import Actor
from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Forbidden, NotFound
from studio.projects.models import Member
from studio.renders import service as renders
from studio.renders.views import AnimaticView
from studio.runs import service as runs
from studio.runs.views import RunView
from studio.timelines import service as timelines
from tests.factories.acts import SMALL
from tests.factories.film import draw_all, make_board, voice_all
from tests.factories.hand import Hand, begin_hand, make_hand
from tests.factories.studio import make_stranger

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("database")]


@pytest.fixture
def silent(database: str, tmp_path: Path) -> Hand:
    """A cut by hand of a board that is drawn, and nothing else."""
    board = make_board(SMALL)
    draw_all(board, tmp_path)
    return begin_hand(board)


def lacks(hand: Hand, timeline_id: str = "", actor: Actor | None = None) -> AnimaticView:
    with reading() as uow:
        return renders.get_animatic(uow, actor or hand.owner, timeline_id or hand.id)


def ask(hand: Hand, timeline_id: str = "", actor: Actor | None = None) -> RunView:
    with unit_of_work() as uow:
        return renders.submit_animatic(uow, actor or hand.owner, timeline_id or hand.id)


def test_lines_and_music_are_missing_until_they_are_there(silent: Hand, tmp_path: Path) -> None:
    found = lacks(silent)
    assert (found.lines > 0, found.music, found.run) == (True, False, None)
    voice_all(silent.board, tmp_path, 1.5)
    assert lacks(silent) == AnimaticView(0, music=False, run=None)


def test_who_asks_twice_is_given_the_run_there_is(silent: Hand) -> None:
    run = ask(silent)
    assert run.kind == "animatic"
    assert ask(silent).id == run.id
    assert ask(silent, actor=silent.ben).id == run.id
    found = lacks(silent).run
    assert found is not None and found.id == run.id
    with reading() as uow:
        record = runs.get_record(uow, silent.owner, run.id)
    assert (record.config["timeline_id"], record.config["script_id"]) == (silent.id, silent.board.script_id)


def test_nothing_is_recorded_twice_beside_a_film_or_another_cut(silent: Hand) -> None:
    with unit_of_work() as uow:
        other = timelines.create_timeline(uow, silent.owner, silent.board.project_id, name="B", begin="board")
    with unit_of_work() as uow:
        film = renders.submit_film(uow, silent.owner, silent.board.script_id, "720p")
    with pytest.raises(Conflict, match="being made"):
        ask(silent)
    with unit_of_work() as uow:
        runs.cancel_run(uow, silent.owner, film.id)
    ask(silent)
    with pytest.raises(Conflict, match="being made"):
        ask(silent, other.id)


def test_a_board_that_has_all_and_a_cut_without_one_are_told_so(database: str, tmp_path: Path) -> None:
    hand = make_hand(tmp_path)
    assert lacks(hand) == AnimaticView(0, music=True, run=None)
    with pytest.raises(Conflict, match="Every line is spoken"):
        ask(hand)
    with unit_of_work() as uow:
        empty = timelines.create_timeline(uow, hand.owner, hand.board.project_id, name="Empty", begin="empty")
    assert lacks(hand, empty.id) == AnimaticView(0, music=True, run=None)
    with pytest.raises(Conflict, match="no lines to speak"):
        ask(hand, empty.id)


def test_who_may_not_change_the_project_may_not_ask(silent: Hand) -> None:
    with unit_of_work() as uow:
        other = make_stranger(uow)
    with pytest.raises(NotFound):
        lacks(silent, actor=other)
    with pytest.raises(NotFound):
        ask(silent, actor=other)
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=silent.board.project_id, user_id=other.user_id, role="viewer"))
    assert lacks(silent, actor=other).lines > 0
    with pytest.raises(Forbidden):
        ask(silent, actor=other)
