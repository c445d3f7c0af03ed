"""The gate: who may send events, with what, and what a refusal looks like."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
import reflex as rx
from reflex.event import Event

from state import gate
from state.gate import Seal, SealState, handler
from state.notices import NoticesState
from studio.accounts import service as accounts
from studio.accounts.views import SignedIn
from studio.core.db import unit_of_work
from studio.core.errors import Forbidden
from tests.state.conftest import Tab, tab

pytestmark = pytest.mark.services
Register = Callable[[str], SignedIn]


class GuardedState(rx.State):
    """Stands for any page."""

    total: int = 0
    who: str = ""

    @handler()
    async def add(self, amount: int) -> None:
        self.total += amount
        self.who = gate.session().user.display_name

    @handler()
    async def refuse(self) -> None:
        raise Forbidden("You may look but not touch.")

    @handler()
    async def stumble(self) -> None:
        raise ZeroDivisionError

    @handler(access="anyone")
    async def greet(self) -> None:
        self.who = "somebody"


def _notices(of: Tab) -> list[str]:
    return [n.text for n in of.get(NoticesState).items]


def test_a_signed_in_person_passes_and_is_known(person: Register) -> None:
    it = tab(person("mara").token)
    it.call(GuardedState, "add", amount=2)
    assert (it.get(GuardedState).total, it.get(GuardedState).who) == (2, "Mara")


@pytest.mark.parametrize("token", ["", "made-up", "x" * 4000, "a;b=c", "\u202e"])
def test_without_a_live_session_nothing_happens_and_the_browser_is_sent_to_sign_in(
    person: Register, token: str
) -> None:
    person("mara")
    it = tab(token, path="/p/1/board")
    answer = it.call(GuardedState, "add", amount=2)
    assert it.get(GuardedState).total == 0
    assert "/signin?next=" in str(answer)


def test_a_page_for_anyone_needs_no_session(person: Register) -> None:
    person("mara")
    it = tab()
    it.call(GuardedState, "greet")
    assert it.get(GuardedState).who == "somebody"


@pytest.mark.parametrize(
    "arguments",
    [{}, {"amount": "2"}, {"amount": 2.5}, {"amount": None}, {"amount": [2]}, {"amount": {"$gt": 1}}, {"amount": True},
     {"amount": 2, "role": "admin"}, {"amount": 2, "self": 1}, {"who": "x"}],
)  # fmt: skip
def test_forged_arguments_change_nothing_and_are_told_in_a_sentence(
    person: Register, arguments: dict[str, object]
) -> None:
    it = tab(person("mara").token)
    if "self" in arguments:
        with pytest.raises(TypeError):
            it.call(GuardedState, "add", **arguments)
    else:
        it.call(GuardedState, "add", **arguments)
        assert _notices(it) == ["That did not look right, so nothing was changed. Try it again."]
    assert it.get(GuardedState).total == 0


def test_a_refusal_is_told_in_its_own_words(person: Register) -> None:
    it = tab(person("mara").token)
    it.call(GuardedState, "refuse")
    assert _notices(it) == ["You may look but not touch."]


def test_a_bug_is_told_without_a_traceback(person: Register) -> None:
    it = tab(person("mara").token)
    it.call(GuardedState, "stumble")
    assert _notices(it) == ["Something went wrong inside Inkreel. Nothing was lost; try again."]


def test_signing_out_elsewhere_ends_the_next_event(person: Register) -> None:
    signed = person("mara")
    it = tab(signed.token)
    it.call(GuardedState, "add", amount=1)
    with unit_of_work() as uow:
        accounts.sign_out(uow, signed.token)
    assert "/signin" in str(it.call(GuardedState, "add", amount=1))
    assert it.get(GuardedState).total == 1


def test_whoever_takes_over_a_tab_with_another_cookie_finds_it_empty(person: Register) -> None:
    owner, thief = person("mara"), person("tunde")
    it = tab(owner.token)
    asyncio.run(_sealed(it))
    it.call(GuardedState, "add", amount=41)
    other = tab(thief.token)
    it.root.router_data = other.root.router_data
    it.root._update_router_vars(other.root.router_data, {})
    asyncio.run(_sealed(it))
    assert (it.get(GuardedState).total, it.get(GuardedState).who) == (0, "")


def test_a_tab_stays_as_it_is_while_its_cookie_does(person: Register) -> None:
    it = tab(person("mara").token)
    asyncio.run(_sealed(it))
    it.call(GuardedState, "add", amount=41)
    asyncio.run(_sealed(it))
    assert it.get(GuardedState).total == 41


def test_more_than_a_hundred_events_at_once_are_dropped(person: Register) -> None:
    it = tab(person("mara").token)
    passed = sum(asyncio.run(_sealed(it)) is None for _ in range(150))
    assert 100 <= passed <= 115


def test_the_bucket_of_events_fills_again() -> None:
    keeper = SealState(_reflex_internal_init=True)
    assert sum(keeper._may_pass(10.0) for _ in range(150)) == 100
    assert sum(keeper._may_pass(11.0) for _ in range(150)) == gate.EVENTS_PER_S


async def _sealed(it: Tab) -> object:
    return await Seal().preprocess(rx.App.__new__(rx.App), it.root, Event(name="any"))
