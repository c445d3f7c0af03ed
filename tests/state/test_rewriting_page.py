"""A sentence written on in the transcript of the Cut room: on its way, stopped, failed, said, and taken over into the script."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

import app.pages  # noqa: F401 - all states there are
from state.cut.rewriting import RewritingState
from state.cut.room import CutRoomState
from state.cut.transcript import SaidSentence, TranscriptState
from state.gate import acting
from state.hub import News
from state.notices import NoticesState
from studio.accounts.views import SignedIn
from studio.core.db import unit_of_work
from studio.runs import service as runs
from studio.timelines import service as timelines
from tests.factories.hand import Hand
from tests.factories.spoken import make_told, spoken
from tests.state.conftest import Tab, asked, tab

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


@pytest.fixture
def hand(database: str, tmp_path: Path) -> Hand:
    return make_told(tmp_path)


@pytest.fixture
def mara(hand: Hand, person: Callable[[str], SignedIn]) -> SignedIn:
    return person("mara")


def opened(hand: Hand, who: SignedIn) -> Tab:
    found = tab(who.token, f"/p/{hand.board.project_id}/cut", project_id=hand.board.project_id)
    found.call(CutRoomState, "load")
    return found


@pytest.fixture
def page(hand: Hand, mara: SignedIn) -> Tab:
    return opened(hand, mara)


def hear(page: Tab, who: SignedIn, kind: type[RewritingState] | type[CutRoomState], news: News) -> None:
    async def heard() -> None:
        with acting(who.session):
            await (await page.root.get_state(kind))._hear(news)

    asyncio.run(heard())


def sentence(page: Tab, text: str) -> SaidSentence:
    return next(each for said in page.get(TranscriptState).said for each in said.sentences if each.text == text)


def rewrite(page: Tab, was: str, text: str) -> str:
    """Say a sentence otherwise; the run it is voiced by."""
    said = sentence(page, was)
    page.call(RewritingState, "write_on", key=said.key)
    assert page.get(RewritingState).open == said.key
    page.call(RewritingState, "rewrite", form={"clip": said.clip, "start": str(said.start), "text": text})
    return page.get(RewritingState).going[said.key].run


def voiced(hand: Hand, run_id: str, folder: Path) -> None:
    """What the worker does."""
    with unit_of_work() as uow:
        claim = runs.claim_run(uow, run_id, "worker")
    assert claim is not None
    speech, wav = spoken(claim.config["text"], folder)
    with unit_of_work() as uow:
        timelines.lay_take(uow, hand.owner, claim.config, speech, wav)
        runs.complete_run(uow, claim, {})


def news(hand: Hand, run_id: str, *changed: str) -> News:
    with unit_of_work() as uow:
        view = runs.get_record(uow, hand.owner, run_id).run
    return News(runs={run_id: view.plain()}, changed=set(changed))


def test_a_sentence_shows_its_new_words_on_their_way_until_the_cut_says_them(
    page: Tab, mara: SignedIn, hand: Hand, tmp_path: Path
) -> None:
    run_id = rewrite(page, "It is cold.", "It is freezing out here.")
    going = page.get(RewritingState).going[sentence(page, "It is cold.").key]
    assert (going.text, going.problem, page.get(RewritingState).open) == ("It is freezing out here.", "", "")
    voiced(hand, run_id, tmp_path)
    hear(page, mara, RewritingState, news(hand, run_id))
    hear(page, mara, CutRoomState, News(changed={"cut"}))
    assert page.get(RewritingState).going == {}
    now = sentence(page, "It is freezing out here.")
    assert (now.says, now.offered) == ("It is cold. Come inside.", True)
    page.call(RewritingState, "write_in_script", clip=now.clip, start=now.start)
    assert sentence(page, "It is freezing out here.").says == ""
    assert "of the script says it, too" in page.get(NoticesState).items[-1].text


def test_it_is_found_again_where_it_moved_and_by_a_page_opened_anew(page: Tab, mara: SignedIn, hand: Hand) -> None:
    run_id = rewrite(page, "It is cold.", "It is freezing out here.")
    word = sentence(page, "You came.").words[0]
    asked(page, "take_words", ranges=[[word.start, word.end]], ripple=True)
    assert list(page.get(RewritingState).going) == [sentence(page, "It is cold.").key]
    assert [each.run for each in opened(hand, mara).get(RewritingState).going.values()] == [run_id]


def test_it_can_be_stopped_and_says_why_it_could_not_be(page: Tab, mara: SignedIn, hand: Hand) -> None:
    run_id = rewrite(page, "It is cold.", "It is freezing out here.")
    page.call(RewritingState, "stop", run=run_id)
    assert page.get(RewritingState).going == {}
    with unit_of_work() as uow:
        assert runs.get_record(uow, hand.owner, run_id).run.state == "cancelled"
    second = rewrite(page, "It is cold.", "It is warm.")
    with unit_of_work() as uow:
        claim = runs.claim_run(uow, second, "worker")
        assert claim is not None
        runs.fail_run(uow, claim, "unavailable", "espeak-ng is not installed.", retry=False)
    hear(page, mara, RewritingState, news(hand, second))
    key = sentence(page, "It is cold.").key
    assert page.get(RewritingState).going[key].problem == "espeak-ng is not installed."
    page.call(RewritingState, "stop", run=second)
    assert page.get(RewritingState).going == {}


def test_words_that_cannot_be_said_are_refused_and_the_field_stays_open(page: Tab) -> None:
    said = sentence(page, "It is cold.")
    page.call(RewritingState, "write_on", key=said.key)
    page.call(RewritingState, "rewrite", form={"clip": said.clip, "start": str(said.start), "text": "  "})
    assert page.get(RewritingState).open == said.key and page.get(RewritingState).going == {}
    assert "Say what is to be said" in page.get(NoticesState).items[-1].text
