"""Sessions: what opens, what does not, and who is told when they end."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event, text

from studio.accounts import service as accounts
from studio.accounts.events import SessionsEnded
from studio.accounts.models import Session, User
from studio.accounts.views import SignedIn
from studio.core import clock, db, events
from studio.core.db import reading, unit_of_work
from studio.core.errors import Invalid, NotFound
from studio.core.settings import settings

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("database")]

PASSWORD = "the ferry at dawn"


@pytest.fixture
def mara(database: str) -> SignedIn:
    return accounts.register(email="mara@example.com", password=PASSWORD, display_name="Mara", agent="Firefox " * 99)


def opens(token: str) -> bool:
    with reading() as uow:
        return accounts.find_session(uow, token) is not None


def row(session_id: str) -> Session:
    with reading() as uow:
        found = uow.session.get_one(Session, session_id)
        uow.session.expunge(found)
        return found


def test_only_the_hash_of_the_token_is_in_the_database(mara: SignedIn) -> None:
    assert len(mara.token) >= 43
    assert mara.token not in repr(mara)
    assert row(mara.session.id).token_hash == hashlib.sha256(mara.token.encode()).hexdigest()
    with reading() as uow:
        for table in ("session", "user_account", "outbox", "signinthrottle"):
            rows = uow.session.execute(text(f"SELECT * FROM {table}")).all()
            assert mara.token not in str(rows)
            assert PASSWORD not in str(rows)


def test_an_unknown_token_opens_nothing(mara: SignedIn) -> None:
    hash_of_it = row(mara.session.id).token_hash
    assert [opens(t) for t in ("", "x", mara.token[:-1], mara.token + "x", hash_of_it, "\x00", "\ud800")] == [False] * 7
    assert opens(mara.token)


def test_a_session_is_found_with_its_person_in_one_query(mara: SignedIn) -> None:
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    engine = db.engine(settings().database)
    event.listen(engine, "before_cursor_execute", note)
    assert opens(mara.token)
    event.remove(engine, "before_cursor_execute", note)
    assert len([a for a in asked if a.startswith("SELECT")]) == 1


def test_a_session_lasts_thirty_days_from_its_last_touch(mara: SignedIn) -> None:
    began = clock.now()
    with time_machine.travel(began + timedelta(days=29), tick=False):
        assert opens(mara.token)
        with unit_of_work() as uow:
            accounts.touch_session(uow, mara.session.id)
        assert row(mara.session.id).seen_at == clock.now()
    for days, live in ((58, True), (60, False)):
        with time_machine.travel(began + timedelta(days=days), tick=False):
            assert opens(mara.token) == live


def test_an_ended_or_expired_session_is_not_revived_by_a_touch(mara: SignedIn) -> None:
    with time_machine.travel(clock.now() + timedelta(days=31)):
        with unit_of_work() as uow:
            accounts.touch_session(uow, mara.session.id)
        assert not opens(mara.token)
    with unit_of_work() as uow:
        accounts.sign_out(uow, mara.token)
        accounts.touch_session(uow, mara.session.id)
    assert not opens(mara.token)


def test_signing_out_ends_the_session_and_tells_it_once(mara: SignedIn) -> None:
    told: list[SessionsEnded] = []
    events.subscribe(SessionsEnded, told.append)
    for token in (mara.token, mara.token, "unknown"):
        with unit_of_work() as uow:
            accounts.sign_out(uow, token)
    assert not opens(mara.token)
    assert told == [SessionsEnded(mara.session.user.id, (mara.session.id,))]


def test_a_session_older_than_the_password_opens_nothing(mara: SignedIn) -> None:
    with unit_of_work() as uow:
        uow.session.get_one(User, mara.session.user.id).password_changed_at = clock.now()
    assert not opens(mara.token)
    assert opens(accounts.sign_in(email="mara@example.com", password=PASSWORD).token)


def test_a_clock_set_back_does_not_end_the_session_that_begins(mara: SignedIn) -> None:
    with unit_of_work() as uow:
        uow.session.get_one(User, mara.session.user.id).password_changed_at = clock.now() + timedelta(seconds=30)
    assert opens(accounts.sign_in(email="mara@example.com", password=PASSWORD).token)


def test_a_person_sees_where_they_are_signed_in_and_nobody_elses(mara: SignedIn) -> None:
    accounts.register(email="ben@example.com", password=PASSWORD, display_name="Ben")
    phone = accounts.sign_in(email="mara@example.com", password=PASSWORD, agent="Phone\x00", address="198.51.100.1")
    gone = accounts.sign_in(email="mara@example.com", password=PASSWORD)
    with unit_of_work() as uow:
        accounts.sign_out(uow, gone.token)
    with reading() as uow:
        rows = accounts.list_sessions(uow, mara.session.actor, current_id=mara.session.id)
    assert [(r.id, r.agent[:7], r.address, r.current) for r in rows] == [
        (phone.session.id, "Phone", "198.51.100.1", False),
        (mara.session.id, "Firefox", "", True),
    ]
    assert len(rows[1].agent) <= 200


def test_a_person_ends_their_own_sessions_only(mara: SignedIn) -> None:
    ben = accounts.register(email="ben@example.com", password=PASSWORD, display_name="Ben")
    told: list[SessionsEnded] = []
    events.subscribe(SessionsEnded, told.append)
    for session_id in (mara.session.id, "nothing"):
        with pytest.raises(NotFound), unit_of_work() as uow:
            accounts.revoke_session(uow, ben.session.actor, session_id)
    assert opens(mara.token)
    with unit_of_work() as uow:
        accounts.revoke_session(uow, mara.session.actor, mara.session.id)
    assert not opens(mara.token)
    assert told == [SessionsEnded(mara.session.user.id, (mara.session.id,))]
    with pytest.raises(NotFound), unit_of_work() as uow:
        accounts.revoke_session(uow, mara.session.actor, mara.session.id)


def test_the_role_of_a_live_session_is_the_present_one(mara: SignedIn) -> None:
    with unit_of_work() as uow:
        uow.session.get_one(User, mara.session.user.id).role = "creator"
    with reading() as uow:
        found = accounts.find_session(uow, mara.token)
    assert found is not None
    assert (found.actor.role, found.user.role) == ("creator", "creator")


def test_a_person_changes_the_name_others_see(mara: SignedIn) -> None:
    with unit_of_work() as uow:
        assert accounts.update_profile(uow, mara.session.actor, display_name=" Mara  Voss ").display_name == "Mara Voss"
    with pytest.raises(Invalid), unit_of_work() as uow:
        accounts.update_profile(uow, mara.session.actor, display_name="\x00")
    with reading() as uow:
        assert accounts.get_user(uow, mara.session.actor).display_name == "Mara Voss"


def test_a_person_is_found_by_e_mail_unless_switched_off_or_without_a_password(mara: SignedIn) -> None:
    with unit_of_work() as uow:
        uow.session.add(User(email="shell@example.com", username="shell", display_name="S", role="user"))
    with reading() as uow:
        assert accounts.find_person(uow, "MARA@example.com") == mara.session.user
        assert accounts.find_person(uow, "shell@example.com") is None
        assert accounts.list_people(uow, [mara.session.user.id, "nobody"]) == {mara.session.user.id: mara.session.user}
    with unit_of_work() as uow:
        uow.session.get_one(User, mara.session.user.id).is_active = False
    with reading() as uow:
        assert accounts.find_person(uow, "mara@example.com") is None
