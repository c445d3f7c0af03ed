"""The pages at the door: what a form that came back says, where it says it, and who may come in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from state.door import DoorState, slip
from studio.accounts.views import SignedIn
from studio.core.settings import settings
from tests.state.conftest import Tab, tab

pytestmark = pytest.mark.services
Register = Callable[[str], SignedIn]


def _opened(path: str, handler: str) -> tuple[Tab, object]:
    it = tab("", path.partition("?")[0])
    it.root.router_data["asPath"] = path
    it.root._update_router_vars(it.root.router_data, {})
    return it, it.call(DoorState, handler)


def test_the_first_visitor_of_a_new_studio_is_sent_from_sign_in_to_sign_up(database: str) -> None:
    it, sent = _opened("/signin?next=/projects", "signing_in")
    assert "/signup" in str(sent)
    assert it.get(DoorState).first


def test_with_an_account_there_sign_in_stays_and_is_no_first_run(person: Register) -> None:
    person("mara")
    it, sent = _opened("/signin", "signing_in")
    door = it.get(DoorState)
    assert sent is None
    assert (door.loaded, door.first, door.closed, door.asks_code, door.slip.text) == (True, False, False, False, "")


def test_a_form_that_came_back_keeps_what_was_typed_and_speaks_beside_its_field(person: Register) -> None:
    person("mara")
    it, _ = _opened("/signup?problem=invalid&field=email&email=mara%40&name=Mara+V&next=/p/1", "signing_up")
    door = it.get(DoorState)
    assert (door.email, door.name, door.next_path, door.carried) == ("mara@", "Mara V", "/p/1", "?next=/p/1")
    assert door.slip.field == "email"
    assert door.returned


def test_each_return_of_a_form_starts_its_fields_over_and_a_first_visit_does_not(person: Register) -> None:
    person("mara")
    first, _ = _opened("/signin", "signing_in")
    assert first.get(DoorState).returned == ""
    again, _ = _opened("/signin?problem=wrong_password", "signing_in")
    before = again.get(DoorState).returned
    again.call(DoorState, "signing_in")
    assert before and again.get(DoorState).returned != before


def test_the_address_cannot_make_the_page_say_something(person: Register) -> None:
    person("mara")
    it, _ = _opened("/signin?problem=wrong_password&message=Call+0900+123456", "signing_in")
    assert "0900" not in it.get(DoorState).slip.text
    it, _ = _opened("/signin?problem=Call+0900+123456&field=Call+0900", "signing_in")
    assert "0900" not in it.get(DoorState).slip.text + it.get(DoorState).slip.field


@pytest.mark.parametrize(
    ("code", "given", "beside"),
    [
        ("wrong_password", "", "password"),
        ("email_taken", "", "email"),
        ("setup_code", "", "setup_code"),
        ("invalid", "password", "password"),
        ("invalid", "display_name", "display_name"),
        ("invalid", "nonsense", ""),
        ("too_many_tries", "", ""),
        ("internal", "", ""),
    ],
)
def test_every_problem_has_a_sentence_and_its_place(code: str, given: str, beside: str) -> None:
    said = slip(code, given)
    assert said.field == beside
    assert said.text.endswith(".")


def test_a_studio_that_takes_no_new_accounts_says_so_but_not_to_its_first_person(
    person: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INKREEL_SIGN_UP", "closed")
    settings.cache_clear()
    it, _ = _opened("/signup", "signing_up")
    assert not it.get(DoorState).closed
    monkeypatch.setenv("INKREEL_SIGN_UP", "open")
    settings.cache_clear()
    person("mara")
    monkeypatch.setenv("INKREEL_SIGN_UP", "closed")
    settings.cache_clear()
    it, _ = _opened("/signup", "signing_up")
    assert it.get(DoorState).closed


def test_only_the_first_account_of_a_studio_others_can_reach_is_asked_for_the_code(
    person: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INKREEL_HOST", "0.0.0.0")
    settings.cache_clear()
    it, _ = _opened("/signup?setup=abc", "signing_up")
    assert (it.get(DoorState).asks_code, it.get(DoorState).setup_code) == (True, "abc")
    monkeypatch.setenv("INKREEL_HOST", "127.0.0.1")
    settings.cache_clear()
    person("mara")
    monkeypatch.setenv("INKREEL_HOST", "0.0.0.0")
    settings.cache_clear()
    it, _ = _opened("/signup", "signing_up")
    assert not it.get(DoorState).asks_code


def test_the_pictures_of_the_front_page_are_there_and_light() -> None:
    from components.landing.sample import CAFE, PIER

    assets = Path(__file__).resolve().parents[2] / "assets"
    for shot in (*PIER, *CAFE):
        assert (assets / shot.picture.lstrip("/")).is_file(), shot.number
    assert sum(p.stat().st_size for p in (assets / "landing").iterdir()) < 450_000


def test_the_film_on_the_front_page_is_continuous_and_its_pieces_are_the_whole_of_it() -> None:
    from components.landing.sample import FRAMES, PIER, SCENES, SEGMENTS, timecode

    assert [s.end for s in PIER[:-1]] == [s.start for s in PIER[1:]]
    assert (PIER[0].start, PIER[-1].end) == (SCENES[0][1], SCENES[1][1])
    assert sum(SEGMENTS) == FRAMES
    assert timecode(740) == "00:00:30:20"
