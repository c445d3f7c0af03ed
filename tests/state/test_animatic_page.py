"""The transcript of a cut nobody speaks in yet: what is lacking, recorded when one asks, stopped, or told why it could not be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

import app.pages  # noqa: F401 - all states there are
from state.cut.animatic import AnimaticState
from state.cut.room import CutRoomState
from state.gate import acting
from state.hub import News
from studio.accounts.views import SignedIn
from studio.core.db import unit_of_work
from studio.runs import service as runs
from studio.runs.states import RunState
from tests.factories.acts import SMALL
from tests.factories.film import draw_all, make_board, voice_all
from tests.factories.hand import Hand, begin_hand
from tests.state.conftest import Tab, tab

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


@pytest.fixture
def hand(database: str, tmp_path: Path) -> Hand:
    board = make_board(SMALL)
    draw_all(board, tmp_path)
    return begin_hand(board)


@pytest.fixture
def mara(hand: Hand, person: Callable[[str], SignedIn]) -> SignedIn:
    return person("mara")


@pytest.fixture
def page(hand: Hand, mara: SignedIn) -> Tab:
    found = tab(mara.token, f"/p/{hand.board.project_id}/cut", project_id=hand.board.project_id)
    found.call(CutRoomState, "load")
    return found


def hear(page: Tab, who: SignedIn, news: News) -> None:
    async def heard() -> None:
        with acting(who.session):
            await (await page.root.get_state(AnimaticState))._hear(news)

    asyncio.run(heard())


def news_of(hand: Hand, run_id: str) -> News:
    with unit_of_work() as uow:
        return News(runs={run_id: runs.get_run(uow, hand.owner, run_id).plain()})


def test_what_is_lacking_is_said_until_it_is_there(page: Tab, hand: Hand, mara: SignedIn, tmp_path: Path) -> None:
    found = page.get(AnimaticState)
    assert found.lacks.endswith("of the board are not spoken yet, and there is no music.")
    assert found.cost.startswith("Spoken by ")
    voice_all(hand.board, tmp_path, 1.5)
    hear(page, mara, News(changed={"voice"}))
    assert page.get(AnimaticState).lacks == "There is no music under the board yet."


def test_a_recording_is_seen_on_its_way_and_stopped(page: Tab, hand: Hand, mara: SignedIn) -> None:
    page.call(AnimaticState, "record")
    run = page.get(AnimaticState).run
    assert run and page.get(AnimaticState).percent == 0
    page.call(AnimaticState, "stop")
    hear(page, mara, news_of(hand, run))
    assert (page.get(AnimaticState).run, page.get(AnimaticState).problem) == ("", "")
    with unit_of_work() as uow:
        assert runs.get_run(uow, hand.owner, run).state is RunState.CANCELLED


def test_why_it_could_not_be_is_said(page: Tab, hand: Hand, mara: SignedIn) -> None:
    page.call(AnimaticState, "record")
    run = page.get(AnimaticState).run
    with unit_of_work() as uow:
        claim = runs.claim_run(uow, run, "worker")
        assert claim is not None
        runs.fail_run(uow, claim, "unavailable", "The voice is away.", retry=False)
    hear(page, mara, news_of(hand, run))
    assert (page.get(AnimaticState).run, page.get(AnimaticState).problem) == ("", "The voice is away.")
    page.call(AnimaticState, "record")
    assert (page.get(AnimaticState).run != "", page.get(AnimaticState).problem) == (True, "")
