"""Scripts, boards, films and jobs over HTTP: what goes in, what comes out, repeated requests, events as they happen."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.api.http import events, once
from jobs import crew, wiring
from jobs.redis_server import RedisServer
from studio.accounts import service as accounts
from studio.core.db import unit_of_work
from studio.core.errors import Conflict, Invalid, LimitReached
from studio.core.settings import Settings
from studio.projects import service as projects
from studio.runs import service as runs
from tests.factories.people import SCRIPT, Cast, make_cast
from tests.support.browser import Browser

V1 = "/api/v1"
HALL = "INT. HALL - DAY\n\nA bird sings."


@pytest.fixture
def database(embedded: str) -> str:
    """The kind of database is nothing to these tests."""
    return embedded


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "_memory", type(once._memory)())


@pytest.mark.services
def test_a_script_comes_out_byte_for_byte_as_it_went_in(editor: Browser, cast: Cast) -> None:
    data = b"\xef\xbb\xbfINT. H\xc3\x84LL - DAY\r\n\r\nA bird sings.  \r\n"
    file = {"file": ("häll.fountain", data, "text/plain")}
    made = editor.post(f"{V1}/projects/{cast.project_id}/script/file", files=file).json()["data"]
    answer = editor.get(f"{V1}/scripts/{made['id']}/export?name=häll.fountain")
    assert answer.content == data
    assert answer.headers["content-disposition"] == "attachment; filename*=utf-8''h%C3%A4ll.fountain"
    assert editor.get(f"{V1}/projects/{cast.project_id}/script").json()["data"]["id"] == made["id"]
    assert editor.get(f"{V1}/scripts/{made['id']}/shots").json()["pagination"]["total"] > 0


@pytest.mark.services
def test_a_project_without_a_script_says_so(editor: Browser) -> None:
    made = editor.post(f"{V1}/projects", json={"name": "Empty"}).json()["data"]
    answer = editor.get(f"{V1}/projects/{made['id']}/script")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


@pytest.mark.services
def test_a_board_is_read_scene_by_scene(editor: Browser, cast: Cast) -> None:
    scenes = editor.get(f"{V1}/scripts/{cast.script_id}/board").json()["data"]
    one = editor.get(f"{V1}/scripts/{cast.script_id}/shots?scene=1").json()
    assert [s["position"] for s in scenes] == [0, 1]
    assert {shot["scene"] for shot in one["data"]} == {1}
    assert one["pagination"]["total"] == scenes[1]["shots"]


@pytest.mark.services
def test_words_are_found_whatever_their_case(editor: Browser, cast: Cast) -> None:
    hits = editor.get(f"{V1}/search", params={"q": "MaRa"}).json()["data"]
    assert ("character", cast.project_id) in [(h["kind"], h["project_id"]) for h in hits]


@pytest.mark.services
def test_a_job_is_stopped_and_tried_again(editor: Browser, cast: Cast) -> None:
    stopped = editor.post(f"{V1}/runs/{cast.run_id}/cancel")
    assert (stopped.status_code, stopped.json()["data"]["state"]) == (200, "cancelled")
    assert editor.post(f"{V1}/runs/{cast.run_id}/cancel").status_code == 409
    again = editor.post(f"{V1}/runs/{cast.run_id}/retry")
    assert (again.status_code, again.json()["data"]["state"]) == (202, "queued")
    assert len(editor.get(f"{V1}/projects/{cast.project_id}/runs").json()["data"]) >= 2


@pytest.mark.services
def test_a_film_not_finished_cannot_be_taken_home(editor: Browser, cast: Cast) -> None:
    assert editor.get(f"{V1}/renders/{cast.film_id}/download").status_code == 409
    cards = editor.get(f"{V1}/projects/{cast.project_id}/renders").json()
    assert [c["id"] for c in cards["data"]] == [cast.film_id]


@pytest.mark.services
def test_a_project_put_away_can_be_read_and_not_changed_until_it_is_back(visitor: Browser, cast: Cast) -> None:
    owner = visitor.another(cast.session("owner"))
    address = f"{V1}/projects/{cast.project_id}"
    assert owner.request("DELETE", address).status_code == 204
    assert owner.get(address).json()["data"]["away"] is True
    assert owner.request("PATCH", address, json={"name": "No"}).status_code == 409
    assert owner.post(f"{address}/restore").json()["data"]["away"] is False


@pytest.mark.services
def test_a_hostile_file_name_stays_a_name(editor: Browser, cast: Cast) -> None:
    file = {"file": ("../../\x01etc/pass\x7fwd", HALL.encode(), "text/plain")}
    assert editor.post(f"{V1}/projects/start/file", files=file).status_code == 201


@pytest.mark.services
def test_the_same_key_makes_one_project(editor: Browser) -> None:
    headers = {"Idempotency-Key": "once"}
    first, second = (editor.post(f"{V1}/projects/start", json={"text": SCRIPT}, headers=headers) for _ in range(2))
    other = editor.post(f"{V1}/projects/start", json={"text": SCRIPT}, headers={"Idempotency-Key": "twice"})
    assert first.status_code == second.status_code == 201
    assert first.json()["data"] == second.json()["data"]
    assert other.json()["data"]["project_id"] != first.json()["data"]["project_id"]


@pytest.mark.services
def test_a_key_is_its_owners(editor: Browser, cast: Cast) -> None:
    headers = {"Idempotency-Key": "once"}
    mine = editor.post(f"{V1}/projects", json={"name": "A"}, headers=headers).json()["data"]
    theirs = editor.another(cast.session("stranger")).post(f"{V1}/projects", json={"name": "A"}, headers=headers)
    assert mine["id"] != theirs.json()["data"]["id"]


@pytest.mark.services
def test_what_was_refused_is_not_remembered(editor: Browser) -> None:
    headers = {"Idempotency-Key": "once"}
    assert editor.post(f"{V1}/projects", json={"name": ""}, headers=headers).status_code == 422
    assert editor.post(f"{V1}/projects", json={"name": "A"}, headers=headers).status_code == 201


@pytest.fixture(params=["memory", "redis"])
def kept(request: pytest.FixtureRequest, home: Settings, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Where answers are kept, of either kind."""
    if request.param == "memory":
        yield
        return
    server = RedisServer(home)
    server.start()
    monkeypatch.setattr(once, "_memory", once._shared)
    yield
    server.stop()


def test_of_ten_at_once_one_makes_it_and_the_others_wait_or_get_it(kept: None) -> None:
    from studio.accounts.views import Actor, UserRole

    made: list[int] = []
    actor = Actor("somebody", UserRole.USER)

    def make() -> int:
        time.sleep(0.2)
        made.append(1)
        return 7

    def ask(_: int) -> int | str:
        try:
            return once.made_once("key", actor, "thing", int, make)
        except Conflict as e:
            return e.code

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(ask, range(10)))
    assert len(made) == 1
    assert set(answers) <= {7, "under_way"}
    assert 7 in answers
    assert once.made_once("key", actor, "thing", int, make) == 7
    with pytest.raises(Invalid):
        once.made_once("bad", actor, "thing", int, refuse)
    assert once.made_once("bad", actor, "thing", int, lambda: 8) == 8


def refuse() -> int:
    raise Invalid("No.")


# Events


@pytest.fixture
def studio(home: Settings) -> Any:
    """Redis, a database, and everything that tells."""
    server = RedisServer(home)
    server.start()
    crew.migrated()
    wiring.wire()
    yield make_cast()
    server.stop()


class Reader:
    """Reads a stream until it has seen enough, then leaves."""

    def __init__(self, until: Callable[[str], bool], wait_s: float = 20.0) -> None:
        self.text = ""
        self._until = until
        self._wait_s = wait_s

    async def read(self, app: Any, path: str, query: str, secret: str) -> int:
        over = asyncio.Event()
        status: list[int] = []
        asked = False

        async def receive() -> Any:
            nonlocal asked
            if not asked:
                asked = True
                return {"type": "http.request", "body": b"", "more_body": False}
            await over.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                status.append(message["status"])
            self.text += message.get("body", b"").decode()
            if self._until(self.text):
                over.set()

        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(b"cookie", f"inkreel={secret}".encode())],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 3200),
        }
        await asyncio.wait_for(app(scope, receive, send), self._wait_s)
        return status[0]

    @property
    def runs(self) -> list[dict[str, Any]]:
        parts = self.text.split("\n\n")
        return [json.loads(p.split("data: ", 1)[1]) for p in parts if p.startswith("event: run")]


def follow(passer_by: Browser, cast: Cast, reader: Reader, who: str = "viewer") -> tuple[int, str]:
    secret = cast.session(who)
    query = f"project={cast.project_id}"
    return asyncio.run(reader.read(passer_by.app, f"{V1}/runs/events", query, secret)), secret


@pytest.mark.programs
def test_a_follower_hears_the_present_and_then_every_change(passer_by: Browser, studio: Cast) -> None:
    stopped_at: list[float] = []

    def stop_the_run() -> None:
        time.sleep(1.0)
        stopped_at.append(time.monotonic())
        with unit_of_work() as uow:
            runs.cancel_run(uow, studio.actor("owner"), studio.run_id)

    thread = threading.Thread(target=stop_the_run)
    thread.start()
    reader = Reader(lambda text: '"cancelled"' in text)
    status, _ = follow(passer_by, studio, reader)
    late = time.monotonic() - stopped_at[0]
    thread.join()
    assert status == 200
    states = [r["state"] for r in reader.runs if r["id"] == studio.run_id]
    assert (states[0], states[-1]) == ("queued", "cancelled")
    assert late < 1.0
    assert followers_end()


@pytest.mark.programs
def test_a_quiet_stream_beats_and_ends_with_the_session(
    passer_by: Browser, studio: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_S", 0.3)
    secret = studio.session("viewer")

    def sign_out_once_it_beats() -> None:
        time.sleep(1.0)
        with unit_of_work() as uow:
            accounts.sign_out(uow, secret)

    thread = threading.Thread(target=sign_out_once_it_beats)
    thread.start()
    reader = Reader(lambda _text: False)
    asyncio.run(reader.read(passer_by.app, f"{V1}/runs/events", f"project={studio.project_id}", secret))
    thread.join()
    assert ": still here" in reader.text
    assert 'event: end\ndata: {"message": "Your session has ended."}' in reader.text
    assert followers_end()


@pytest.mark.programs
def test_a_stream_ends_when_its_reader_may_not_see_the_project_any_more(passer_by: Browser, studio: Cast) -> None:
    def take_out() -> None:
        time.sleep(0.5)
        with unit_of_work() as uow:
            projects.remove_member(uow, studio.actor("owner"), studio.project_id, studio.people["viewer"])

    thread = threading.Thread(target=take_out)
    thread.start()
    reader = Reader(lambda _text: False)
    follow(passer_by, studio, reader)
    thread.join()
    assert reader.text.endswith('event: end\ndata: {"message": "There is no such project."}\n\n')


@pytest.mark.programs
def test_too_many_followers_are_told_to_wait(passer_by: Browser, studio: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "MOST_STREAMS", 0)
    with pytest.raises(LimitReached):
        events.stream(studio.actor("viewer"), studio.project_id, secret="")
    status, _ = follow(passer_by, studio, Reader(lambda _text: False))
    assert status == 429


def followers_end() -> bool:
    """Whether no thread of a stream is left a moment after its reader has gone."""
    until = time.monotonic() + 3
    while time.monotonic() < until:
        if not [t for t in threading.enumerate() if t.name == "run events"]:
            return events._open == 0
        time.sleep(0.05)
    return False
