"""What a page of the Cut room is told of the edits it sends: once under a key, also after a refusal, and when it was saved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

import app.pages
from state import gate
from state.cut.room import CutRoomState
from state.hub import News
from state.notices import NoticesState
from studio.accounts.views import SignedIn
from studio.core.db import reading
from studio.timelines import service as timelines
from tests.factories.hand import Hand, make_hand
from tests.state.conftest import Tab, tab

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
assert app.pages.PAGES  # all states are known before a tab has its own


@pytest.fixture
def hand(database: str, tmp_path: Path) -> Hand:
    return make_hand(tmp_path)


@pytest.fixture
def me(person: Callable[[str], SignedIn]) -> SignedIn:
    return person("mara")


@pytest.fixture
def page(hand: Hand, me: SignedIn) -> Tab:
    return tab(me.token, f"/p/{hand.board.project_id}/cut", project_id=hand.board.project_id)


def marker(name: str) -> dict[str, object]:
    return {"op": "add_marker", "marker": {"frame": 3, "name": name}}


def test_an_edit_that_comes_twice_is_made_once_and_both_are_answered(page: Tab, hand: Hand) -> None:
    page.call(CutRoomState, "load")
    for ticket in (1, 2):
        page.call(CutRoomState, "edit", revision=1, ops=[marker("Mine")], label="mark", ticket=ticket, key="k1")
        assert page.get(CutRoomState).feed["ticket"] == ticket
    assert hand.now().revision == 2
    page.call(CutRoomState, "edit", revision=2, ops=[marker("Mine")], label="mark", ticket=3, key="k2")
    assert hand.now().revision == 3


def test_a_refused_edit_is_answered_and_told_and_the_time_it_was_saved_stays(page: Tab, hand: Hand) -> None:
    page.call(CutRoomState, "load")
    page.call(CutRoomState, "edit", revision=1, ops=[marker("Mine")], label="", ticket=1, key="k1")
    saved = page.get(CutRoomState).saved
    with reading() as uow:
        assert timelines.get_card(uow, hand.owner, hand.id).changed_at == datetime.fromisoformat(saved)
    gone = {"op": "lift", "clips": ["nowhere"]}
    page.call(CutRoomState, "edit", revision=2, ops=[gone], label="", ticket=2, key="k2")
    room = page.get(CutRoomState)
    assert (room.feed["ticket"], room.saved) == (2, saved)
    assert page.get(NoticesState).items


def test_before_a_new_server_knows_the_page_an_edit_is_neither_made_nor_answered(page: Tab, hand: Hand) -> None:
    page.call(CutRoomState, "edit", revision=1, ops=[marker("Mine")], label="", ticket=1, key="k1")
    assert (hand.now().revision, page.get(CutRoomState).feed) == (1, {})
    assert not page.get(NoticesState).items


def test_news_of_media_counts_and_brings_no_document(page: Tab, me: SignedIn) -> None:
    async def heard() -> None:
        with gate.acting(me.session):
            await (await page.root.get_state(CutRoomState))._hear(News(changed={"media"}))

    page.call(CutRoomState, "load")
    for count in (1, 2):
        asyncio.run(heard())
        feed = page.get(CutRoomState).feed
        assert (feed["media"], feed["anew"], feed["steps"]) == (count, False, [])
