"""Signing up, signing in and changing the password, on both databases."""

from __future__ import annotations

import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from studio.accounts import passwords
from studio.accounts import service as accounts
from studio.accounts.events import SessionsEnded
from studio.accounts.models import Session, SignInThrottle, User
from studio.accounts.views import SignedIn, UserRole
from studio.core import clock, events
from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Forbidden, Invalid, LimitReached, SignInRequired
from studio.core.settings import settings
from studio.projects import service as projects

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("database")]

PASSWORD = "the ferry at dawn"


def sign_up(email: str = "mara@example.com", name: str = "Mara", address: str = "", code: str = "") -> SignedIn:
    return accounts.register(email=email, password=PASSWORD, display_name=name, address=address, setup_code=code)


def sign_in(email: str = "mara@example.com", password: str = PASSWORD, address: str = "") -> SignedIn:
    return accounts.sign_in(email=email, password=password, address=address)


def session_of(token: str) -> str | None:
    with reading() as uow:
        found = accounts.find_session(uow, token)
        return found.id if found else None


def row_of(user_id: str) -> User:
    with reading() as uow:
        found = uow.session.get_one(User, user_id)
        uow.session.expunge(found)
        return found


def test_who_signs_up_is_signed_in() -> None:
    made = accounts.register(
        email=" Mara.Voss@Example.COM ", password=PASSWORD, display_name="  Mara \n Voss ", agent="Firefox"
    )
    with reading() as uow:
        assert accounts.find_session(uow, made.token) == made.session
        assert accounts.get_user(uow, made.session.actor) == made.session.user
    user = made.session.user
    assert (user.email, user.username, user.display_name) == ("mara.voss@example.com", "mara.voss", "Mara Voss")
    assert sign_in("MARA.VOSS@example.com").session.user.id == user.id


def test_the_first_account_is_the_admin_and_the_second_is_not() -> None:
    with reading() as uow:
        assert not accounts.any_account(uow)
    assert sign_up().session.actor.role is UserRole.ADMIN
    assert sign_up("ben@example.com").session.actor.role is UserRole.USER
    with reading() as uow:
        assert accounts.any_account(uow)


def test_the_first_account_takes_over_what_the_command_line_made() -> None:
    with unit_of_work() as uow:
        owner = accounts.ensure_owner(uow)
        project_id = projects.create_project(uow, owner, name="Made before").id
    made = sign_up()
    with unit_of_work() as uow:
        assert made.session.actor == owner
        assert [p.id for p in projects.list_projects(uow, made.session.actor).items] == [project_id]
        assert accounts.ensure_owner(uow) == owner
    assert row_of(owner.user_id).email == "mara@example.com"


def test_the_command_line_acts_as_the_first_admin() -> None:
    made = sign_up()
    sign_up("ben@example.com")
    with unit_of_work() as uow:
        assert accounts.ensure_owner(uow) == made.session.actor


@pytest.mark.parametrize("used_before", [True, False])
def test_two_first_sign_ups_at_once_make_one_admin(used_before: bool) -> None:
    if used_before:
        with unit_of_work() as uow:
            accounts.ensure_owner(uow)
    ready = threading.Barrier(2)

    def one(email: str) -> UserRole:
        ready.wait(20)
        return sign_up(email).session.actor.role

    with ThreadPoolExecutor(2) as pool:
        roles = sorted(pool.map(one, ["mara@example.com", "ben@example.com"]))
    assert roles == [UserRole.ADMIN, UserRole.USER]
    with reading() as uow:
        assert uow.session.query(User).count() == 2


def test_the_same_sign_up_twice_at_once_makes_one_account() -> None:
    ready = threading.Barrier(2)

    def one(_: int) -> str:
        ready.wait(20)
        try:
            sign_up()
        except Conflict as e:
            return e.code
        return "made"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(one, range(2))) == ["email_taken", "made"]


def test_a_taken_e_mail_is_told_with_what_to_do() -> None:
    sign_up()
    with pytest.raises(Conflict, match="Sign in instead") as refused:
        sign_up("MARA@example.com")
    assert refused.value.code == "email_taken"


def test_equal_first_parts_get_distinct_usernames() -> None:
    sign_up()
    other = sign_up("mara@example.org").session.user.username
    assert other != "mara"
    assert other.startswith("mara-")


@pytest.mark.parametrize(
    ("email", "name", "field"),
    [
        ("mara", "Mara", "email"),
        ("mara@localhost", "Mara", "email"),
        ("mara\x00@example.com", "Mara", "email"),
        ("a" * 260 + "@example.com", "Mara", "email"),
        ("\ud800@example.com", "Mara", "email"),
        ("mara@example.com", " \x00 ", "display_name"),
        ("mara@example.com", "x" * 121, "display_name"),
    ],
)
def test_a_sign_up_that_will_not_do_says_where(email: str, name: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        sign_up(email, name)
    assert refused.value.field == field
    with reading() as uow:
        assert uow.session.query(User).count() == 0


def test_sign_up_can_be_closed_but_not_for_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "sign_up", "closed")
    sign_up()
    with pytest.raises(Forbidden, match="Ask its admin"):
        sign_up("ben@example.com")


def test_reachable_from_elsewhere_the_first_account_needs_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "host", "0.0.0.0")
    for wrong in ("", "x" * 16, "é"):
        with pytest.raises(Forbidden) as refused:
            sign_up(code=wrong)
        assert refused.value.code == "setup_code"
    assert sign_up(code=settings().setup_code()).session.actor.role is UserRole.ADMIN
    assert sign_up("ben@example.com").session.actor.role is UserRole.USER


def test_wrong_password_and_unknown_e_mail_are_one_answer() -> None:
    sign_up()
    answers: set[tuple[str, str]] = set()
    for email, password in [
        ("mara@example.com", "not it at all"),
        ("nobody@example.com", PASSWORD),
        ("no e-mail \x00", PASSWORD),
        ("", ""),
        ("owner@inkreel.invalid", ""),
        ("\ud800", "\ud800"),
    ]:
        with pytest.raises(SignInRequired) as refused:
            sign_in(email, password)
        answers.add((refused.value.code, refused.value.message))
    assert len(answers) == 1
    assert answers.pop()[0] == "wrong_password"


def test_wrong_password_and_unknown_e_mail_take_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.accounts.service.tries.FREE_TRIES", 1000)
    sign_up()
    took: dict[str, list[float]] = {"mara@example.com": [], "nobody@example.com": []}
    for _ in range(20):
        for email, times in took.items():
            began = time.perf_counter()
            with pytest.raises(SignInRequired):
                sign_in(email, "not it at all")
            times.append(time.perf_counter() - began)
    known, unknown = (statistics.median(times) for times in took.values())
    assert abs(known - unknown) <= 0.05, (known, unknown)
    assert min(known, unknown) > 0.005, "the password was not compared"


def test_a_switched_off_account_cannot_sign_in() -> None:
    made = sign_up()
    with unit_of_work() as uow:
        uow.session.get_one(User, made.session.user.id).is_active = False
    with pytest.raises(SignInRequired):
        sign_in()
    assert session_of(made.token) is None


def test_a_weaker_hash_is_replaced_at_sign_in() -> None:
    made = sign_up()
    weak = PasswordHash((Argon2Hasher(memory_cost=8192, time_cost=1, parallelism=1),)).hash(PASSWORD)
    with unit_of_work() as uow:
        uow.session.get_one(User, made.session.user.id).password_hash = weak
    sign_in()
    assert "m=19456,t=2,p=1" in (row_of(made.session.user.id).password_hash or "")
    assert session_of(made.token) == made.session.id


def test_a_hundred_bad_tries_reach_the_hash_at_most_ten_times(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_up()
    compared: list[str] = []
    really = passwords.verified

    def counting(password: str, kept: str | None) -> tuple[bool, str | None]:
        compared.append(password)
        return really(password, kept)

    monkeypatch.setattr(passwords, "verified", counting)
    with ThreadPoolExecutor(4) as pool:
        refused = list(pool.map(lambda n: refusal(f"guess number {n}"), range(100)))
    assert len(compared) <= 10
    assert refused.count("too_many_tries") >= 90


def refusal(password: str, address: str = "203.0.113.9") -> str:
    with pytest.raises((SignInRequired, LimitReached)) as refused:
        sign_in(password=password, address=address)
    return refused.value.code


def test_the_delay_grows_and_says_its_seconds_and_ends() -> None:
    sign_up()
    with time_machine.travel(clock.now(), tick=False) as now:
        waits: list[int] = []
        for _ in range(5):
            assert refusal("not it at all") == "wrong_password"
        for _ in range(9):
            with pytest.raises(LimitReached, match=r"Wait \d+ seconds, then") as refused:
                sign_in(address="203.0.113.9")
            assert refused.value.retry_after_s is not None
            waits.append(refused.value.retry_after_s)
            now.shift(refused.value.retry_after_s)
            assert refusal("not it at all") == "wrong_password"
        assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 300]
        now.shift(300)
        sign_in(address="203.0.113.9")
        assert refusal("not it at all") == "wrong_password"


def test_one_address_has_twenty_bad_tries_a_minute_over_all_accounts() -> None:
    with time_machine.travel(clock.now(), tick=False) as now:
        for n in range(20):
            with pytest.raises(SignInRequired):
                sign_in(f"guess{n}@example.com", "not it at all", address="203.0.113.9")
        now.shift(20)
        with pytest.raises(LimitReached) as refused:
            sign_in("guess20@example.com", "not it at all", address="203.0.113.9")
        assert refused.value.retry_after_s == 40
        now.shift(40)
        with pytest.raises(SignInRequired):
            sign_in("guess20@example.com", "not it at all", address="203.0.113.9")


def test_right_passwords_do_not_use_up_an_address() -> None:
    sign_up()
    for _ in range(25):
        sign_in(address="203.0.113.9")


def test_strangers_who_guess_do_not_lock_out_a_known_device() -> None:
    sign_up(address="198.51.100.1")
    codes = [refusal(f"guess number {n}", address=f"203.0.113.{n}") for n in range(8)]
    assert codes[-1] == "too_many_tries"
    assert sign_in(address="198.51.100.1").session.user.email == "mara@example.com"
    with pytest.raises(LimitReached):
        sign_in(address="203.0.113.99")


def test_old_counts_are_forgotten() -> None:
    with time_machine.travel(clock.now(), tick=False) as now:
        for n in range(3):
            with pytest.raises(SignInRequired):
                sign_in(f"guess{n}@example.com", address="203.0.113.9")
        now.shift(timedelta(days=2))
        with pytest.raises(SignInRequired):
            sign_in("guess9@example.com", address="203.0.113.8")
    with reading() as uow:
        assert uow.session.query(SignInThrottle).count() == 2


def test_a_changed_password_ends_all_sessions_and_gives_a_new_one() -> None:
    here = sign_up()
    elsewhere = sign_in()
    ended: list[SessionsEnded] = []
    events.subscribe(SessionsEnded, ended.append)
    new = accounts.change_password(here.session.actor, here.session.id, current=PASSWORD, new="the last ferry home")
    assert [session_of(s.token) for s in (here, elsewhere, new)] == [None, None, new.session.id]
    assert [(e.user_id, set(e.session_ids)) for e in ended] == [
        (here.session.user.id, {here.session.id, elsewhere.session.id})
    ]
    with pytest.raises(SignInRequired):
        sign_in()
    sign_in(password="the last ferry home")


def test_a_password_is_changed_only_with_the_present_one_and_for_a_good_one() -> None:
    here = sign_up()
    with pytest.raises(Invalid) as refused:
        accounts.change_password(
            here.session.actor, here.session.id, current="not it at all", new="the last ferry home"
        )
    assert refused.value.field == "current"
    with pytest.raises(Invalid) as refused:
        accounts.change_password(here.session.actor, here.session.id, current=PASSWORD, new="mara@example.com")
    assert refused.value.field == "password"
    assert session_of(here.token) == here.session.id
    sign_in()


def test_the_present_password_cannot_be_guessed_through_an_open_session() -> None:
    here = sign_up()
    codes: list[str] = []
    for n in range(7):
        with pytest.raises((Invalid, LimitReached)) as refused:
            accounts.change_password(
                here.session.actor, here.session.id, current=f"guess {n}", new="the last ferry home"
            )
        codes.append(refused.value.code)
    assert codes == ["invalid"] * 5 + ["too_many_tries"] * 2


def test_a_session_that_has_ended_changes_no_password() -> None:
    here, ben = sign_up(), sign_up("ben@example.com")
    with unit_of_work() as uow:
        accounts.sign_out(uow, here.token)
    for actor, session_id in ((here.session.actor, here.session.id), (here.session.actor, ben.session.id)):
        with pytest.raises(SignInRequired):
            accounts.change_password(actor, session_id, current=PASSWORD, new="the last ferry home")


def test_a_sign_in_with_the_password_of_a_moment_ago_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    here = sign_up()
    really = passwords.verified

    def changed_meanwhile(password: str, kept: str | None) -> tuple[bool, str | None]:
        monkeypatch.setattr(passwords, "verified", really)
        accounts.change_password(here.session.actor, here.session.id, current=PASSWORD, new="the last ferry home")
        return really(password, kept)

    monkeypatch.setattr(passwords, "verified", changed_meanwhile)
    with pytest.raises(SignInRequired):
        sign_in()
    with reading() as uow:
        assert uow.session.query(Session).filter_by(revoked_at=None).count() == 1
