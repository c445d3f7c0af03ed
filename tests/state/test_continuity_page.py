"""Continuity warnings on the board's page: told, marked, meant with a reason, recalled, and kept up to date."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from state import gate
from state.board.board import BoardState
from state.board.continuity import ContinuityState
from state.hub import News
from state.notices import NoticesState
from studio.accounts.views import SignedIn
from studio.core.db import unit_of_work
from studio.storyboards import service as storyboards
from tests.factories.film import make_board
from tests.state.conftest import Tab, tab
from tests.studio.storyboards.test_continuity_warnings import crossed

pytestmark = pytest.mark.services
Register = Callable[[str], SignedIn]


def opened(who: SignedIn, project_id: str) -> Tab:
    page = tab(who.token, f"/p/{project_id}/board", project_id=project_id)
    page.call(BoardState, "load")
    return page


def test_a_clean_board_says_nothing(person: Register) -> None:
    state = opened(person("mara"), make_board().project_id).get(ContinuityState)
    assert (state.told, state.items, state.meant, state.marks) == ("", [], [], {})


def test_a_warning_is_told_marked_on_its_card_and_meant_with_a_reason(person: Register) -> None:
    board = make_board()
    warning = crossed(board)
    mara = person("mara")
    page = opened(mara, board.project_id)
    state = page.get(ContinuityState)
    first = next(item for item in state.items if item.id == warning.id)
    assert (first.pair, first.told) == (f"{warning.first_number} to {warning.number}", warning.told)
    assert state.marks[warning.shot_id] == f"Crosses the line from {warning.first_number}"
    before = len(state.items)
    page.call(ContinuityState, "dismiss", form={"warning_id": warning.id, "reason": ""})
    assert "few words" in page.get(NoticesState).items[-1].text
    page.call(ContinuityState, "dismiss", form={"warning_id": warning.id, "reason": "She turns round."})
    state = page.get(ContinuityState)
    assert (len(state.items), [item.meant for item in state.meant]) == (before - 1, ["She turns round."])
    notice = page.get(NoticesState).items[-1]
    assert notice.undo == "Undo"
    page.call(NoticesState, "undo", notice_id=notice.id)
    hear(page, mara, News(changed={"continuity"}))
    assert len(page.get(ContinuityState).items) == before


def test_what_somebody_else_means_is_seen_here_at_once(person: Register) -> None:
    board = make_board()
    warning = crossed(board)
    mara = person("mara")
    page = opened(mara, board.project_id)
    with unit_of_work() as uow:
        storyboards.dismiss_warning(uow, board.actor, board.script_id, warning.id, "Meant.")
    hear(page, mara, News(changed={"voice"}))
    assert warning.id in {item.id for item in page.get(ContinuityState).items}
    hear(page, mara, News(changed={"continuity"}))
    state = page.get(ContinuityState)
    assert warning.id not in {item.id for item in state.items}
    assert [item.id for item in state.meant] == [warning.id]
    page.call(ContinuityState, "recall", warning_id=warning.id)
    assert warning.id in {item.id for item in page.get(ContinuityState).items}


def hear(page: Tab, who: SignedIn, news: News) -> None:
    async def heard() -> None:
        with gate.acting(who.session):
            await (await page.root.get_state(ContinuityState))._hear(news)

    asyncio.run(heard())
