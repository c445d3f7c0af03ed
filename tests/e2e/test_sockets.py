"""What a hostile program can do to the socket of the pages: come from elsewhere, take a tab over, send what no page sends."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from state.gate import SealState
from state.home.home import HomeState
from state.live import LiveState
from state.notices import NoticesState
from state.projects.projects import ProjectsState
from state.renders.renders import RendersState
from state.session import SessionState
from tests.e2e.conftest import PASSWORD, SHORT, Person, Studio, noted

pytestmark = pytest.mark.browser

HYDRATE = "reflex___state____state.hydrate"
_OPEN = "40/_event,"


class Somebody:
    """An account of the studio, used by a program: its cookie, and what it asks of the routes."""

    def __init__(self, studio: Studio, name: str) -> None:
        self.address, self.email = studio.address, f"{name}@example.com"
        body = {"email": self.email, "password": PASSWORD, "display_name": name.title()}
        self.cookie = ""
        with self._sent("POST", "/api/v1/auth/register", body) as answer:
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]

    def ask(self, method: str, path: str, body: object = None) -> Any:
        with self._sent(method, path, body) as answer:
            text = answer.read()
        return json.loads(text)["data"] if text else None

    def _sent(self, method: str, path: str, body: object) -> Any:
        headers = {"Origin": self.address, "Content-Type": "application/json", "Cookie": self.cookie}
        data = None if body is None else json.dumps(body).encode()
        return urlopen(Request(self.address + path, data, headers, method=method), timeout=20)


class Tab:
    """A page's socket without a page."""

    def __init__(self, studio: Studio, *, cookie: str = "", token: str = "") -> None:
        self.token = token or str(uuid.uuid4())
        self._line = opened(studio, studio.address, token=self.token, cookie=cookie)
        self.socket = self._line.__enter__()
        self.socket.recv(timeout=5)
        self.socket.send(_OPEN)
        self.heard = ""
        self.listen(lambda: _OPEN in self.heard)

    def send(self, name: str, payload: object = None, *, path: str = "/projects/") -> None:
        router = {"pathname": path, "query": {}, "asPath": path}
        event = {"name": name, "payload": {} if payload is None else payload, "router_data": router}
        self.socket.send(f"42/_event,{json.dumps(['event', event])}")

    def listen(self, enough: Callable[[], bool] = lambda: False, *, seconds: float = 5) -> str:
        """Hear until it is enough, or for so long; all that was said."""
        end = time.monotonic() + seconds
        while not enough() and (left := end - time.monotonic()) > 0:
            try:
                said = self.socket.recv(timeout=left)
            except TimeoutError:
                break
            if said == "2":
                self.socket.send("3")
            else:
                self.heard += str(said)
        return self.heard

    def close(self) -> None:
        self._line.__exit__(None, None, None)


def opened(
    studio: Studio, origin: str | None, *, token: str = "", cookie: str = ""
) -> AbstractContextManager[ClientConnection]:
    url = f"ws://127.0.0.1:{urlsplit(studio.address).port}/_event/?token={token or uuid.uuid4()}&EIO=4&transport=websocket"
    headers = {"Cookie": cookie} if cookie else {}
    return connect(url, origin=origin, additional_headers=headers, compression=None, proxy=None, max_size=None)


@pytest.fixture(scope="module")
def owner(studio: Studio) -> Somebody:
    return Somebody(studio, "sockets")


@pytest.fixture(scope="module")
def project(owner: Somebody) -> dict[str, Any]:
    """The owner's project, with a name nobody else could know."""
    started = owner.ask("POST", "/api/v1/projects/start", {"text": SHORT, "name": "weir.fountain"})
    owner.ask("PATCH", f"/api/v1/projects/{started['project_id']}", {"name": "Secret of the Weir"})
    return started


@pytest.fixture
def tab(studio: Studio) -> Generator[Callable[..., Tab]]:
    tabs: list[Tab] = []

    def made(**options: str) -> Tab:
        tabs.append(Tab(studio, **options))
        return tabs[-1]

    yield made
    for each in tabs:
        each.close()


def test_a_foreign_origin_is_refused_at_the_upgrade(studio: Studio) -> None:
    port = urlsplit(studio.address).port
    foreign = (
        "https://evil.example",
        "null",
        f"http://localhost.evil.example:{port}",
        f"http://127.0.0.1.evil.example:{port}",
        f"http://127.0.0.1:{(port or 0) + 1}",
        f"http://localhost:{(port or 0) + 1}",
        f"https://127.0.0.1:{port}",
        "http://127.0.0.1",
        f"http://evil@127.0.0.1:{port}",
    )
    for origin in foreign:
        with pytest.raises(InvalidStatus) as refused, opened(studio, origin):
            pass
        assert refused.value.response.status_code == 403, origin


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_both_names_of_this_machine_are_our_own_origin(studio: Studio, name: str) -> None:
    with opened(studio, f"http://{name}:{urlsplit(studio.address).port}") as socket:
        assert socket.response is not None
        assert socket.response.status_code == 101
        assert str(socket.recv(timeout=5)).startswith("0{")


def _owner_left(tab: Callable[..., Tab], owner: Somebody, project: dict[str, Any]) -> str:
    """The owner opened their projects and one project in a tab, and closed it: the token it had."""
    first = tab(cookie=owner.cookie)
    first.send(HYDRATE)
    first.send(f"{ProjectsState.get_full_name()}.load")
    first.listen(lambda: "Secret of the Weir" in first.heard and owner.email in first.heard)
    assert "Secret of the Weir" in first.heard
    assert owner.email in first.heard
    first.close()
    return first.token


@pytest.mark.parametrize("who", ["another", "nobody"])
def test_whoever_presents_the_token_of_a_tab_that_left_gets_nothing_of_its_owner(
    studio: Studio, tab: Callable[..., Tab], owner: Somebody, project: dict[str, Any], who: str
) -> None:
    token = _owner_left(tab, owner, project)
    cookie = Somebody(studio, "ivan").cookie if who == "another" else ""
    thief = tab(cookie=cookie, token=token)
    thief.send(HYDRATE)
    for event in (f"{SessionState.get_full_name()}.enter", f"{ProjectsState.get_full_name()}.load"):
        thief.send(event)
    thief.send(f"{HomeState.get_full_name()}.load", path=f"/p/{project['project_id']}/")
    said = thief.listen(seconds=2)
    assert "router" in said or "delta" in said, "it was answered at all"
    assert "Secret of the Weir" not in said
    assert owner.email not in said
    assert project["script_id"] not in said


def test_a_thief_of_a_token_who_only_listens_hears_nothing_of_what_the_owner_followed(
    studio: Studio, tab: Callable[..., Tab], owner: Somebody, project: dict[str, Any]
) -> None:
    """The tab's place with the hub goes with the socket it came with, however quickly another one follows."""
    token = _owner_left(tab, owner, project)
    thief = tab(token=token)
    owner.ask("PATCH", f"/api/v1/projects/{project['project_id']}", {"name": "Secret of the Mill"})
    shots = owner.ask("GET", f"/api/v1/projects/{project['project_id']}/script")
    assert shots
    owner.ask("POST", f"/api/v1/scripts/{project['script_id']}/film", {"preset": "720p"})
    said = thief.listen(seconds=12)  # longer than the hub's own ten seconds
    owner.ask("PATCH", f"/api/v1/projects/{project['project_id']}", {"name": "Secret of the Weir"})
    for run in owner.ask("GET", f"/api/v1/projects/{project['project_id']}/renders"):
        if run["run"]["state"] != "completed":
            owner.ask("POST", f"/api/v1/runs/{run['run']['id']}/cancel")
    assert "Secret of" not in said
    assert project["project_id"] not in said


def test_the_token_of_an_open_tab_is_not_shared(tab: Callable[..., Tab], owner: Somebody) -> None:
    first = tab(cookie=owner.cookie)
    first.send(HYDRATE)
    first.listen(lambda: "delta" in first.heard)
    second = tab(token=first.token)
    second.listen(lambda: "new_token" in second.heard)
    assert "new_token" in second.heard


def test_signing_out_elsewhere_closes_the_socket_within_a_second_and_refuses_its_next_event(
    studio: Studio, tab: Callable[..., Tab], project: dict[str, Any]
) -> None:
    leaving = Somebody(studio, "lena")
    made = leaving.ask("POST", "/api/v1/projects", {"name": "An empty wall"})
    open_tab = tab(cookie=leaving.cookie)
    open_tab.send(HYDRATE)
    open_tab.send(f"{ProjectsState.get_full_name()}.load")
    open_tab.listen(lambda: leaving.email in open_tab.heard)
    unfollowed = tab(cookie=leaving.cookie)
    unfollowed.send(HYDRATE)
    unfollowed.listen(lambda: "delta" in unfollowed.heard)

    leaving.ask("POST", "/api/v1/auth/logout")
    begun = time.monotonic()
    unfollowed.heard = ""
    unfollowed.send(f"{LiveState.get_full_name()}.cancel", {"run_id": made["id"]})
    unfollowed.listen(lambda: "signin" in unfollowed.heard)
    assert "/signin" in unfollowed.heard
    ended = _closed_after(open_tab)
    noted(f"socket closed {(ended - begun) * 1000:.0f} ms after signing out elsewhere")
    assert ended - begun < 1


def _closed_after(tab: Tab) -> float:
    """When this tab's namespace or socket was closed by the server."""
    try:
        tab.heard = ""
        tab.listen(lambda: "41/_event" in tab.heard)
    except ConnectionClosed:
        return time.monotonic()
    assert "41/_event" in tab.heard
    return time.monotonic()


def test_an_open_page_signed_out_elsewhere_goes_to_sign_in_at_the_next_click(studio: Studio, person: Person) -> None:
    context = person("pavel")
    page = context.new_page()
    page.goto("/projects")
    expect(page.get_by_role("heading", name="An empty wall.")).to_be_visible()
    cookie = {c["name"]: c["value"] for c in context.cookies()}
    other = Request(
        f"{studio.address}/api/v1/auth/logout",
        b"",
        {"Origin": studio.address, "Cookie": "; ".join(f"{k}={v}" for k, v in cookie.items())},
        method="POST",
    )
    urlopen(other, timeout=10).close()
    page.wait_for_timeout(1000)
    page.get_by_role("link", name="Account").first.click()
    page.wait_for_url("**/signin**", timeout=10_000)


FORGED = [
    ("no.such.state.event", {}),
    ("reflex___state____state.no_such_event", {}),
    (f"{NoticesState.get_full_name()}._tell", {"kind": "ok", "text": "forged"}),
    (f"{SessionState.get_full_name()}._fill", {}),
    (f"{SealState.get_full_name()}._may_pass", {"now": 1}),
    (f"{ProjectsState.get_full_name()}._show", {}),
    (f"{ProjectsState.get_full_name()}.reset", {}),
    (f"{ProjectsState.get_full_name()}.get_state", {"state_cls": "x"}),
    (f"{ProjectsState.get_full_name()}.setvar", {"var_name": "title", "value": "forged"}),
    (f"{ProjectsState.get_full_name()}.set_title", {"title": "forged"}),
    (f"{SessionState.get_full_name()}.__init__", {}),
    (f"{SessionState.get_full_name()}.add_var", {"name": "x", "type_": "int"}),
    (
        "reflex___state____update_vars_internal_state.update_vars_internal",
        {"vars": {f"{SessionState.get_full_name()}.is_admin": True}},
    ),
    (f"{LiveState.get_full_name()}.cancel", {"run_id": 7}),
    (f"{LiveState.get_full_name()}.cancel", {"run_id": {"$ne": ""}}),
    (f"{LiveState.get_full_name()}.cancel", {}),
    (f"{LiveState.get_full_name()}.cancel", {"run_id": "x", "actor": "admin"}),
    (f"{RendersState.get_full_name()}.choose", {"name": ["720p"]}),
    (f"{ProjectsState.get_full_name()}.choose", {"scope": "everything"}),
    (f"{ProjectsState.get_full_name()}.sort", {"order": None}),
    (f"{NoticesState.get_full_name()}.undo", {"notice_id": {"a": 1}}),
]

MALFORMED = [
    '42/_event,["event"]',
    '42/_event,["event",5]',
    '42/_event,["event",null]',
    '42/_event,["event","not json"]',
    '42/_event,["event",{"name":5}]',
    '42/_event,["event",{"name":"x","payload":[1,2]}]',
    '42/_event,["event",{"name":"x","payload":{},"router_data":7}]',
    '42/_event,["event",{"name":"x","payload":{},"router_data":{"headers":5,"pathname":{"a":1}}}]',
    '42/_event,["nosuch",{}]',
    "42/_event,[]",
    "42/_event,{",
    '451-/_event,["event",{"_placeholder":true,"num":0}]',
    '42/_event,["event",' + "[" * 20_000 + "]" * 20_000 + "]",
    "99garbage",
    "",
    '42/_event,["client_error",{"message":"' + "A" * 100_000 + '"}]',
]


def test_forged_events_change_nothing_and_show_no_traceback(
    studio: Studio, tab: Callable[..., Tab], owner: Somebody, project: dict[str, Any]
) -> None:
    before = _what_is(owner, studio)
    said = ""
    for name, payload in FORGED:
        forger = tab(cookie=owner.cookie)
        forger.send(HYDRATE)
        forger.listen(lambda forger=forger: "delta" in forger.heard)
        forger.heard = ""
        forger.send(name, payload)
        forger.listen(seconds=0.15)
        said += forger.heard
        forger.close()
    _nothing_told(said)
    assert '"forged"' not in said
    assert _what_is(owner, studio) == before


def _what_is(owner: Somebody, studio: Studio) -> tuple[object, ...]:
    """What a forged event could have changed; panels that are being drawn meanwhile are left out."""
    told = owner.ask("GET", "/api/v1/projects")
    projects = [{k: p[k] for k in ("id", "name", "role", "away", "members")} for p in told]
    return projects, owner.ask("GET", "/api/v1/auth/me")["user"], studio.pids("app.web.server")


def test_malformed_frames_leave_the_process_alive_and_tell_nothing(
    studio: Studio, tab: Callable[..., Tab], owner: Somebody
) -> None:
    before = studio.pids("app.web.server")
    said = ""
    for frame in [*MALFORMED, '42/_event,["event",{"name":"' + "x" * 1_500_000 + '"}]']:
        forger = tab(cookie=owner.cookie)
        forger.heard = ""
        try:
            forger.socket.send(frame)
            forger.listen(seconds=0.15)
        except ConnectionClosed:
            pass
        said += forger.heard
        forger.close()
    _nothing_told(said)
    assert studio.pids("app.web.server") == before
    honest = tab(cookie=owner.cookie)
    honest.send(HYDRATE)
    honest.listen(lambda: "delta" in honest.heard)
    assert "delta" in honest.heard


def test_a_message_over_a_megabyte_closes_its_socket_only(
    studio: Studio, tab: Callable[..., Tab], owner: Somebody
) -> None:
    other, heavy = tab(cookie=owner.cookie), tab(cookie=owner.cookie)
    with pytest.raises(ConnectionClosed):
        heavy.send(HYDRATE, {"x": "y" * 1_500_000})
        heavy.listen(seconds=5)
        raise AssertionError("the socket stayed open")
    other.send(HYDRATE)
    other.listen(lambda: "delta" in other.heard)
    assert "delta" in other.heard


def _nothing_told(said: str) -> None:
    for word in ("Traceback", "site-packages", ".py", "Exception", "pydantic"):
        assert word not in said, word
