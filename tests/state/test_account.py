"""A person's own page: their name, their sessions, and what a password form that came back says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from state.account import AccountState, device
from state.notices import NoticesState
from state.session import SessionState
from studio.accounts import service as accounts
from studio.accounts.views import SignedIn
from studio.core.db import reading
from tests.state.conftest import Tab, tab

pytestmark = pytest.mark.services
Register = Callable[[str], SignedIn]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0"


def _page(who: SignedIn, path: str = "/account") -> Tab:
    it = tab(who.token, "/account")
    it.root.router_data["asPath"] = path
    it.root._update_router_vars(it.root.router_data, {})
    it.call(AccountState, "load")
    return it


def _elsewhere(who: SignedIn) -> SignedIn:
    return accounts.sign_in(
        email=who.session.user.email, password="correct horse battery", agent=FIREFOX, address="10.0.0.7"
    )


def test_without_a_session_the_page_asks_to_sign_in_and_shows_nothing(person: Register) -> None:
    person("mara")
    it = tab("", "/account")
    assert "/signin" in str(it.call(AccountState, "load"))
    assert not it.get(AccountState).loaded
    assert it.get(AccountState).places == []


def test_the_page_lists_every_place_somebody_is_signed_in_and_marks_this_one(person: Register) -> None:
    mara = person("mara")
    _elsewhere(mara)
    places = _page(mara).get(AccountState).places
    assert [p.here for p in places].count(True) == 1
    assert {p.device for p in places if not p.here} == {"Firefox on Linux"}
    assert any("10.0.0.7" in p.detail for p in places)


def test_signing_out_there_ends_that_session_and_no_other(person: Register) -> None:
    mara = person("mara")
    there = _elsewhere(mara)
    it = _page(mara)
    it.call(AccountState, "sign_out_there", session_id=there.session.id)
    with reading() as uow:
        assert accounts.find_session(uow, there.token) is None
        assert accounts.find_session(uow, mara.token) is not None
    assert [p.here for p in it.get(AccountState).places] == [True]


def test_somebody_elses_session_cannot_be_ended_and_looks_as_if_it_were_not_there(person: Register) -> None:
    mara, ben = person("mara"), person("ben")
    it = _page(mara)
    it.call(AccountState, "sign_out_there", session_id=ben.session.id)
    with reading() as uow:
        assert accounts.find_session(uow, ben.token) is not None
    assert it.get(NoticesState).items[-1].kind == "warning"


def test_a_new_name_is_kept_and_shown_at_once(person: Register) -> None:
    mara = person("mara")
    it = _page(mara)
    it.call(AccountState, "rename", form={"display_name": "  Mara   Voss "})
    assert (it.get(SessionState).name, it.get(SessionState).initials) == ("Mara Voss", "MV")
    with reading() as uow:
        assert accounts.get_user(uow, mara.session.actor).display_name == "Mara Voss"


def test_an_empty_name_is_refused_with_a_sentence(person: Register) -> None:
    mara = person("mara")
    it = _page(mara)
    it.call(AccountState, "rename", form={"display_name": " "})
    assert it.get(SessionState).name == "Mara"
    assert "name" in it.get(NoticesState).items[-1].text


def test_a_password_form_that_came_back_speaks_beside_the_right_field(person: Register) -> None:
    mara = person("mara")
    wrong = _page(mara, "/account?problem=invalid&field=current").get(AccountState)
    assert (wrong.slip.field, wrong.password_changed) == ("current", False)
    weak = _page(mara, "/account?problem=invalid&field=password").get(AccountState)
    assert weak.slip.field == "password"
    often = _page(mara, "/account?problem=too_many_tries").get(AccountState)
    assert often.slip.field == "" and often.slip.text
    done = _page(mara, "/account?done=password").get(AccountState)
    assert (done.slip.text, done.password_changed) == ("", True)


@pytest.mark.parametrize(
    ("agent", "named"),
    [
        (FIREFOX, "Firefox on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18 Safari/605", "Safari on Mac"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18 Safari/604",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.5", "curl"),
        ("", "Unknown device"),
    ],
)
def test_a_device_is_named_as_its_owner_would(agent: str, named: str) -> None:
    assert device(agent) == named
