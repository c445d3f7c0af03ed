"""Edits of a cut while the studio dies or is out of reach: none is lost, none is made twice, and the sign tells the truth."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.conftest import PHONE, Person, Studio, until
from tests.e2e.test_cut_timeline import Bench, place, undo_says

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

_WEB = "app.web.server"
_EDITS = "**/api/v1/timelines/*/edits"


class Line:
    """What passes between a page and the studio; each way can be cut."""

    def __init__(self, page: Page) -> None:
        self.page, self.up, self.down = page, True, True
        page.route_web_socket("**/_event**", self._joined)

    def _joined(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        page.on_message(lambda message: server.send(message) if self.up else None)
        server.on_message(lambda message: page.send(message) if self.down else None)

    def cut(self, *, up: bool, down: bool) -> None:
        """Let nothing through that way, and no edit by the other door."""
        self.up, self.down = up, down
        self.page.route(_EDITS, lambda route: route.abort())

    def mend(self) -> None:
        self.up = self.down = True
        self.page.unroute(_EDITS)


def _saved(page: Page) -> None:
    expect(page.locator("#cut-unsaved")).to_be_hidden(timeout=60_000)
    expect(page.locator("#cut-saved")).to_contain_text("Saved", timeout=15_000)


def _killed(studio: Studio) -> None:
    """Kill the web process and wait until there is another one that answers."""
    pids = studio.pids(_WEB)
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + 240
    while time.monotonic() < end:
        try:
            with urlopen(f"{studio.address}/health", timeout=2) as answer:
                if answer.status == 200 and not set(pids) & set(studio.pids(_WEB)):
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the web process did not come back")


@contextmanager
def _held(studio: Studio) -> Generator[None]:
    """The web process stands still; whoever of it is still there afterwards goes on."""
    pids = studio.pids(_WEB)
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def _marked(bench: Bench, count: int) -> Callable[[], bool]:
    return lambda: len(bench.document().get("markers", [])) == count


def _true(page: Page, question: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < end, "never true"
        page.wait_for_timeout(100)


def test_an_edit_the_server_died_on_before_it_was_made_is_made_once(studio: Studio, person: Person) -> None:
    bench = Bench(studio, person("cleo"))
    page = bench.cutting(bench.owner)
    before = bench.ask("get", f"/timelines/{bench.cut}/view")["revision"]
    with _held(studio):
        page.keyboard.press("m")
        expect(page.locator("#cut-unsaved")).to_have_text("Not saved yet")
        expect(page.locator("#cut-unsaved")).to_have_text("1 change not saved yet, trying again", timeout=15_000)
        expect(page.locator("#cut-saved")).to_be_hidden()
        _killed(studio)
    _saved(page)
    _true(page, _marked(bench, 1))
    found = bench.ask("get", f"/timelines/{bench.cut}/view")
    assert (len(found["document"]["markers"]), found["revision"]) == (1, before + 1)
    expect(page.locator("#cut-scenes .mkr")).to_have_count(1)
    undo_says(page, "Add a marker")


def test_an_edit_that_was_made_before_the_server_could_say_so_is_not_made_again(studio: Studio, person: Person) -> None:
    bench = Bench(studio, person("clio"))
    context = person("clio")
    line = Line(page := context.new_page())
    page.goto(f"/p/{bench.project}/cut?cut={bench.cut}")
    until(page, "document.querySelectorAll('#cut-layer .clip').length === 3")
    before = bench.ask("get", f"/timelines/{bench.cut}/view")["revision"]
    line.cut(up=True, down=False)
    page.keyboard.press("m")
    _true(page, _marked(bench, 1))
    expect(page.locator("#cut-unsaved")).to_be_visible()
    _killed(studio)
    line.mend()
    _saved(page)
    found = bench.ask("get", f"/timelines/{bench.cut}/view")
    assert (len(found["document"]["markers"]), found["revision"]) == (1, before + 1)
    expect(page.locator("#cut-scenes .mkr")).to_have_count(1)


def test_what_is_done_offline_is_kept_over_a_reload_and_the_other_tab_sees_it(studio: Studio, person: Person) -> None:
    bench = Bench(studio, person("olga"))
    other = bench.cutting(person("olga"))
    context = person("olga")
    line = Line(page := context.new_page())
    page.goto(f"/p/{bench.project}/cut?cut={bench.cut}")
    until(page, "document.querySelectorAll('#cut-layer .clip').length === 3")
    line.cut(up=False, down=False)
    page.keyboard.press("m")
    page.locator('[data-clip="c1"]').click()
    page.keyboard.press("Delete")
    expect(page.locator("#cut-unsaved")).to_have_text("2 changes not saved yet, trying again", timeout=15_000)
    page.keyboard.press("Delete")
    expect(page.locator("#cut-held")).to_contain_text("has to wait until the studio answers")
    assert len(bench.tracks()["low"]) == 3
    line.mend()
    page.reload()
    until(page, "document.querySelectorAll('#cut-layer .clip').length === 2")
    _saved(page)
    expect(page.locator("#cut-scenes .mkr")).to_have_count(1)
    until(other, "document.querySelectorAll('#cut-layer .clip').length === 2")
    expect(other.locator("#cut-scenes .mkr")).to_have_count(1)
    expect(other.locator("#cut-unsaved")).to_be_hidden()


def test_what_cannot_be_saved_any_more_is_said(studio: Studio, person: Person) -> None:
    bench = Bench(studio, person("remo"))
    page = bench.cutting(bench.owner)
    elsewhere = Bench.__new__(Bench)
    elsewhere.__dict__ |= bench.__dict__
    line = person("remo")
    bench.owner.set_offline(True)
    page.locator('[data-clip="c1"]').click()
    page.keyboard.press("Delete")
    expect(page.locator("#cut-unsaved")).to_contain_text("1 change not saved yet")
    view = line.request.get(f"/api/v1/timelines/{bench.cut}/view").json()["data"]
    gone = {"revision": view["revision"], "edits": [{"op": "lift", "clips": ["c1"]}]}
    assert line.request.post(f"/api/v1/timelines/{bench.cut}/edits", data=gone, headers={"Origin": studio.address}).ok
    bench.owner.set_offline(False)
    expect(page.locator("#cut-held")).to_contain_text("Not saved", timeout=30_000)
    _saved(page)
    assert [clip for clip, _, _ in bench.tracks()["low"]] == ["c0", "c2"]


def test_on_a_phone_a_cut_is_watched_and_read_and_a_wide_window_edits_again(studio: Studio, person: Person) -> None:
    bench = Bench(studio, person("fone"))
    page = bench.cutting(bench.owner)
    expect(page.locator("#cut-tl")).to_have_attribute("data-editable", "true")
    page.locator('[data-clip="c1"]').click()
    page.set_viewport_size(PHONE)
    expect(page.locator(".cutroom > .note")).to_be_visible()
    expect(page.locator("#cut-tl")).to_have_attribute("data-editable", "false")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    for hidden in (".tbar", ".insp2", ".bin"):
        expect(page.locator(hidden)).to_be_hidden()
    for shown in ("#cut-view", "#transcript", "#cut-render"):
        expect(page.locator(shown)).to_be_visible()
    page.get_by_role("tab", name="Captions").click()
    expect(page.locator("#caption-add, [data-captions-file]")).to_have_count(0)
    for key in ("m", "s", "Delete", "Control+v"):
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    assert len(bench.tracks()["low"]) == 3 and not bench.document().get("markers")
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.locator("#caption-add")).to_be_visible()
    page.locator('[data-clip="c1"]').click()
    assert place(page, "c1")["width"] > 0
    page.keyboard.press("Delete")
    undo_says(page, "Lift Clip 1")
