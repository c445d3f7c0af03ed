"""Signing up, in and out over HTTP: the cookie, the session behind it, the forms."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from app.api.http import pages
from studio.accounts import service as accounts
from studio.core import clock
from studio.core.db import reading
from studio.core.settings import settings
from studio.thread import beginning
from tests.factories.people import Cast
from tests.support.browser import Browser

pytestmark = pytest.mark.services
ANNA = {"email": "anna@example.org", "password": "a long enough one", "display_name": "Anna"}


@pytest.fixture
def database(embedded: str) -> str:
    """The kind of database is nothing to these tests."""
    return embedded


def test_who_signs_up_is_signed_in_by_a_cookie_scripts_cannot_see(visitor: Browser) -> None:
    answer = visitor.post("/api/v1/auth/register", json=ANNA)
    assert (answer.status_code, answer.json()["data"]["user"]["role"]) == (201, "admin")
    said = answer.headers["set-cookie"]
    assert said.startswith("inkreel=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Max-Age=2592000"} <= set(said.split("; "))
    assert "Secure" not in said
    assert "long enough" not in answer.text
    assert visitor.get("/api/v1/auth/me").json()["data"]["user"]["email"] == ANNA["email"]


def test_over_https_the_cookie_is_bound_to_the_host(visitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    database = settings().database
    monkeypatch.setenv("INKREEL_PUBLIC_URL", "https://studio.example")
    settings.cache_clear()
    code = settings().setup_code()
    assert settings().database == database
    said = visitor.post("/api/v1/auth/register", json={**ANNA, "setup_code": code}).headers["set-cookie"]
    assert said.startswith("__Host-inkreel=")
    assert "Secure" in said
    assert "Domain" not in said


def test_the_set_up_code_is_asked_where_others_reach_the_studio(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INKREEL_PUBLIC_URL", "https://studio.example")
    settings.cache_clear()
    answer = visitor.post("/api/v1/auth/register", json={**ANNA, "setup_code": "guess"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "setup_code")


def test_an_e_mail_taken_is_a_conflict_that_says_what_to_do(visitor: Browser) -> None:
    visitor.post("/api/v1/auth/register", json=ANNA)
    answer = visitor.another().post("/api/v1/auth/register", json=ANNA)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "email_taken")


def test_a_weak_password_names_its_field(visitor: Browser) -> None:
    error = visitor.post("/api/v1/auth/register", json={**ANNA, "password": "short"}).json()["error"]
    assert (error["code"], error["details"][0]["field"]) == ("invalid", "password")


def test_too_many_wrong_passwords_must_wait(visitor: Browser) -> None:
    visitor.post("/api/v1/auth/register", json=ANNA)
    other = visitor.another(address="127.0.0.9")
    tries = [other.post("/api/v1/auth/login", json={**ANNA, "password": "wrong"}) for _ in range(7)]
    assert tries[0].status_code == 401
    assert tries[0].json()["error"]["code"] == "wrong_password"
    assert tries[-1].status_code == 429
    assert int(tries[-1].headers["retry-after"]) >= 1


def test_after_signing_out_the_cookie_opens_nothing(visitor: Browser) -> None:
    visitor.post("/api/v1/auth/register", json=ANNA)
    secret = visitor.cookies[settings().session_cookie]
    assert visitor.post("/api/v1/auth/logout").status_code == 204
    assert settings().session_cookie not in visitor.cookies
    assert visitor.another(secret).get("/api/v1/auth/me").status_code == 401


def test_changing_the_password_ends_every_other_session(visitor: Browser) -> None:
    visitor.post("/api/v1/auth/register", json=ANNA)
    first = visitor.cookies[settings().session_cookie]
    elsewhere = visitor.another()
    elsewhere.post("/api/v1/auth/login", json=ANNA)
    changed = elsewhere.request(
        "PUT", "/api/v1/auth/password", json={"current": ANNA["password"], "new": "another long one"}
    )
    assert changed.status_code == 200
    assert elsewhere.get("/api/v1/auth/me").status_code == 200
    assert visitor.another(first).get("/api/v1/auth/me").status_code == 401


def test_a_session_can_be_ended_from_another(visitor: Browser, cast: Cast) -> None:
    here, there = visitor.another(cast.session("viewer")), visitor.another(cast.session("viewer"))
    rows = here.get("/api/v1/auth/sessions").json()["data"]
    (other,) = [row["id"] for row in rows if not row["current"]]
    assert here.request("DELETE", f"/api/v1/auth/sessions/{other}").status_code == 204
    assert there.get("/api/v1/auth/me").status_code == 401
    assert here.get("/api/v1/auth/me").status_code == 200


def test_a_session_in_use_is_prolonged_every_five_minutes(visitor: Browser, cast: Cast) -> None:
    secret = cast.session("viewer")
    browser = visitor.another(secret)
    before = expiry(secret)
    assert "set-cookie" not in browser.get("/api/v1/auth/me").headers
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        assert "set-cookie" in browser.get("/api/v1/auth/me").headers
        assert "set-cookie" not in browser.get("/api/v1/auth/me").headers
    assert expiry(secret) - before >= timedelta(minutes=5)


def expiry(secret: str):
    with reading() as uow:
        found = accounts.find_session(uow, secret)
    assert found is not None
    return found.expires_at


def query(location: str) -> dict[str, str]:
    return {k: v[0] for k, v in parse_qs(urlsplit(location).query).items()}


def test_the_sign_up_form_leads_to_the_projects(visitor: Browser) -> None:
    answer = visitor.post("/auth/sign-up", data=ANNA)
    assert (answer.status_code, answer.headers["location"]) == (303, "/projects")
    assert visitor.get("/api/v1/auth/me").status_code == 200


def test_whoever_signs_up_with_the_sample_stands_before_its_board(visitor: Browser) -> None:
    location = visitor.post("/auth/sign-up", data={**ANNA, "sample": "yes"}).headers["location"]
    project = location.removeprefix("/p/").removesuffix("/board")
    assert visitor.get(f"/api/v1/projects/{project}").json()["data"]["name"] == "The Last Ferry"


def test_an_account_stays_made_when_its_sample_cannot_be_opened(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "spoiled.fountain").write_bytes(b"%PDF-1.7")
    monkeypatch.setattr(beginning, "SAMPLE", tmp_path / "spoiled.fountain")
    answer = visitor.post("/auth/sign-up", data={**ANNA, "sample": "yes"})
    assert answer.headers["location"].startswith("/projects?problem=")
    assert visitor.get("/api/v1/auth/me").status_code == 200


def test_a_refused_form_names_the_field(visitor: Browser) -> None:
    said = query(visitor.post("/auth/sign-up", data={**ANNA, "password": "short"}).headers["location"])
    assert (said["problem"], said["field"], said["name"]) == ("invalid", "password", "Anna")


def test_a_refused_form_leads_back_with_what_was_typed_but_the_password(visitor: Browser) -> None:
    visitor.post("/auth/sign-up", data=ANNA)
    location = visitor.another().post("/auth/sign-in", data={**ANNA, "password": "my-wrong-one"}).headers["location"]
    said = query(location)
    assert urlsplit(location).path == "/signin"
    assert (said["problem"], said["email"]) == ("wrong_password", ANNA["email"])
    assert "my-wrong-one" not in location
    assert len(said["message"]) > 10


@pytest.mark.parametrize(
    ("wish", "leads"),
    [
        ("/p/1/board", "/p/1/board"),
        ("/projects?scope=away", "/projects?scope=away"),
        ("//evil.example", "/projects"),
        ("/\\evil.example", "/projects"),
        ("/a\\b", "/projects"),
        ("https://evil.example", "/projects"),
        ("javascript:alert(1)", "/projects"),
        ("/\t/evil.example", "/projects"),
        ("/\n/evil.example", "/projects"),
        ("/é", "/projects"),
        ("/" + "a" * 600, "/projects"),
        ("", "/projects"),
    ],
)
def test_a_form_leads_only_to_paths_of_ours(wish: str, leads: str) -> None:
    assert pages.own_path(wish, "/projects") == leads


def test_pasted_words_become_a_project_with_a_board(editor: Browser) -> None:
    text = "INT. HALL - DAY\n\nA bird sings."
    location = editor.post("/auth/new-project", data={"text": text, "title": "Birds"}).headers["location"]
    project = location.removeprefix("/p/").removesuffix("/board")
    assert editor.get(f"/api/v1/projects/{project}").json()["data"]["name"] == "Birds"


def test_a_form_says_the_format_of_the_film(editor: Browser) -> None:
    told = {"text": "INT. HALL - DAY\n\nA bird sings.", "title": "Birds", "shape": "9:16", "rate": "29.97"}
    sample = {"shape": "2.39:1", "rate": "25"}
    made = [editor.post("/auth/new-project", data=told), editor.post("/auth/sample", data=sample)]
    found = [editor.get(f"/api/v1{answer.headers['location'].replace('/p/', '/projects/')[:-6]}") for answer in made]
    of = [{k: each.json()["data"][k] for k in ("width", "height", "rate")} for each in found]
    assert of == [
        {"width": 1080, "height": 1920, "rate": {"num": 30000, "den": 1001}},
        {"width": 1920, "height": 804, "rate": {"num": 25, "den": 1}},
    ]
    assert editor.post("/api/v1/projects", json={"name": "None", "width": 0, "height": 0}).status_code == 422
    refused = editor.post("/auth/new-project", data=told | {"rate": "26"}).headers["location"]
    assert "There is no rate “26”" in query(refused)["message"]


def test_a_file_becomes_a_project_with_a_board(editor: Browser) -> None:
    file = {"file": ("birds.fountain", b"INT. HALL - DAY\n\nA bird sings.", "text/plain")}
    assert editor.post("/auth/new-project", files=file).headers["location"].endswith("/board")
    odd = b"INT. HALL - DAY\n\nRain.\n\nEXT/INT. SHACK - DAY\n\nMore rain.\n"
    asked = editor.post("/auth/new-project", files={"file": ("odd.fountain", odd, "text/plain")})
    assert asked.headers["location"].startswith("/import/")  # something is to be said of it first


def test_a_refused_script_says_why_on_the_projects_page(editor: Browser) -> None:
    file = {"file": ("a.pdf", b"%PDF-1.7 ...", "application/pdf")}
    location = editor.post("/auth/new-project", files=file).headers["location"]
    assert location.startswith("/projects?problem=invalid&message=")
    assert len(query(location)["message"]) <= 200
    empty = editor.post("/auth/new-project", data={"text": " "}).headers["location"]
    assert "paste" in query(empty)["message"]


def test_the_sample_form_opens_the_sample(editor: Browser) -> None:
    assert editor.post("/auth/sample").headers["location"].endswith("/board")


def test_signing_out_by_form_ends_the_session(visitor: Browser, cast: Cast) -> None:
    secret = cast.session("viewer")
    answer = visitor.another(secret).post("/auth/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert visitor.another(secret).get("/api/v1/auth/me").status_code == 401


def test_the_password_form_changes_it(visitor: Browser) -> None:
    visitor.post("/auth/sign-up", data=ANNA)
    form = {"current": ANNA["password"], "new": "another long one"}
    assert visitor.post("/auth/password", data=form).headers["location"] == "/account?done=password"
    again = visitor.post("/auth/password", data=form).headers["location"]
    assert query(again)["problem"] == "invalid"
    assert "another" not in again
