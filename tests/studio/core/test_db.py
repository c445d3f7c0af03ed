"""The unit of work: what is told, when, and what survives."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from studio.accounts import service as accounts
from studio.accounts.models import User
from studio.core import events
from studio.core.db import Outbox, UnitOfWork, database_time, reading, relay, unit_of_work
from studio.core.errors import Conflict
from studio.core.events import Event, durable

pytestmark = pytest.mark.services


@durable
@dataclass(frozen=True, slots=True)
class Happened(Event):
    name: str


def outbox() -> int:
    with reading() as uow:
        return uow.session.query(Outbox).count()


@pytest.mark.usefixtures("database")
def test_an_event_is_told_after_the_commit_and_leaves_the_outbox() -> None:
    seen: list[int] = []
    events.subscribe(Happened, lambda _e: seen.append(outbox()))
    with unit_of_work() as uow:
        uow.record(Happened("a"))
        assert seen == []
    assert (seen, outbox()) == ([1], 0)


@pytest.mark.usefixtures("database")
def test_nothing_is_told_or_kept_when_the_work_fails() -> None:
    seen: list[Event] = []
    events.subscribe(Happened, seen.append)
    with pytest.raises(ZeroDivisionError), unit_of_work() as uow:
        uow.record(Happened("a"))
        accounts.ensure_owner(uow)
        raise ZeroDivisionError
    assert (seen, outbox()) == ([], 0)
    with reading() as uow:
        assert uow.session.query(User).count() == 0


@pytest.mark.usefixtures("database")
def test_an_event_nobody_could_act_on_is_told_again_by_the_relay() -> None:
    def fail(_: Happened) -> None:
        raise ConnectionError

    events.subscribe(Happened, fail)
    with unit_of_work() as uow:
        uow.record(Happened("a"))
    assert outbox() == 1
    events._subscribers.clear()  # pyright: ignore[reportPrivateUsage]
    seen: list[Happened] = []
    events.subscribe(Happened, seen.append)
    assert relay(older_than_s=0) == 1
    assert (seen, outbox()) == ([Happened("a")], 0)


@pytest.mark.usefixtures("database")
def test_a_broken_uniqueness_is_a_sentence() -> None:
    def twice(uow: UnitOfWork) -> None:
        for _ in range(2):
            uow.session.add(User(email="a@b.invalid", username="a", display_name="A", role="user"))

    with pytest.raises(Conflict, match="Look again"), unit_of_work() as uow:
        twice(uow)
        uow.session.flush()


@pytest.mark.usefixtures("database")
def test_adding_once_keeps_the_rest_of_the_work() -> None:
    with unit_of_work() as uow:
        accounts.ensure_owner(uow)
    with unit_of_work() as uow:
        again = User(email=accounts.OWNER_EMAIL, username="x", display_name="X", role="user")
        assert not uow.add_once(again)
        assert uow.add_once(User(email="b@b.invalid", username="b", display_name="B", role="user"))
    with reading() as uow:
        assert uow.session.query(User).count() == 2


@pytest.mark.usefixtures("database")
def test_four_writers_lose_no_update_and_none_is_refused() -> None:
    with unit_of_work() as uow:
        user = User(email="n@b.invalid", username="0", display_name="N", role="user")
        uow.session.add(user)

    def add_one(_: int) -> None:
        with unit_of_work() as uow:
            row = uow.session.get_one(User, user.id, with_for_update=True)
            row.username = str(int(row.username) + 1)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add_one, range(80)))
    with reading() as uow:
        assert uow.session.get_one(User, user.id).username == "80"


def test_the_database_tells_the_time(uow: UnitOfWork) -> None:
    from studio.core.clock import now

    assert abs(database_time(uow) - now().timestamp()) < 5
