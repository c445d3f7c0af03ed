"""Drawing in a real browser: pressed harder the line is wider, two draw at once, nothing is lost offline, any moment comes back."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
from contextlib import closing
from itertools import accumulate
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import PHONE, Person, Studio, until
from tests.e2e.test_writing import Room

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

_INKED = """() => [...document.querySelectorAll("#draw-films canvas")].reduce((sum, c) => {
  const data = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
  for (let i = 3; i < data.length; i += 16) sum += data[i] > 0;
  return sum;
}, 0)"""


class Desk(Room):
    """A project one draws in, and its first panel."""

    def __init__(self, studio: Studio, owner: BrowserContext) -> None:
        super().__init__(studio, owner)
        self.shot = self.ask("get", f"/scripts/{self.script}/shots")[0]

    def drawing(self, person: BrowserContext) -> Page:
        page = person.new_page()
        page.goto(f"/p/{self.project}/draw/{self.shot['shot_id']}")
        ready(page)
        return page

    def ops(self) -> list[dict[str, Any]]:
        return [e["op"] for e in self.ask("get", f"/panels/{self.shot['panel_id']}/strokes")["entries"]]


def ready(page: Page) -> None:
    until(page, "/Saved|Nothing drawn|not saved/.test(document.getElementById('draw-saved')?.textContent || '')")


def saved(page: Page, count: int) -> None:
    """The page says that so many are kept."""
    expect(page.locator("#draw-saved")).to_have_text(
        re.compile(rf"Saved \d\d:\d\d:\d\d, stroke {count}"), timeout=20_000
    )


def pen(page: Page, *places: tuple[float, float, float]) -> None:
    """Draw with a pen through places as shares of the sheet, each pressed so hard (0..1)."""
    box = page.locator("#draw-sheet").bounding_box()
    assert box is not None
    line = page.context.new_cdp_session(page)
    kinds = ["mousePressed", *["mouseMoved"] * (len(places) - 2), "mouseReleased"]
    for kind, (x, y, force) in zip(kinds, places, strict=True):
        at = {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]}
        press = {"button": "left", "buttons": 1, "force": force, "pointerType": "pen", "clickCount": 1}
        line.send("Input.dispatchMouseEvent", {"type": kind, **at, **press})


def across(page: Page, y: float = 0.5) -> None:
    pen(page, (0.2, y, 0.5), (0.3, y, 0.5), (0.5, y, 0.5), (0.7, y, 0.5), (0.7, y, 0.5))


def inked(page: Page) -> int:
    return page.evaluate(_INKED)


def slide(page: Page, moment: int) -> None:
    page.locator("#draw-moment").evaluate(
        "(slider, to) => { slider.value = to; slider.dispatchEvent(new Event('input', { bubbles: true })); }", moment
    )


def test_what_a_pen_draws_is_kept_and_every_moment_of_it_comes_back(studio: Studio, person: Person) -> None:
    desk = Desk(studio, person("dora"))
    page = desk.drawing(desk.owner)
    assert inked(page) == 0
    pen(page, (0.2, 0.3, 0.1), (0.3, 0.3, 0.2), (0.4, 0.3, 0.6), (0.5, 0.3, 1.0), (0.5, 0.3, 1.0))
    saved(page, 1)
    op = desk.ops()[0]
    pressed = list(accumulate(op["points"][2::3]))
    assert (op["op"], op["tool"], op["layer"]) == ("stroke", "pen", "ink")
    assert pressed == sorted(pressed)
    assert (pressed[0], pressed[-1]) == (100, 1000)
    assert list(accumulate(op["points"][0::3]))[-1] == pytest.approx(5000, abs=20)

    page.keyboard.press("2")
    across(page, 0.7)
    saved(page, 2)
    assert desk.ops()[1]["layer"] == "colour"
    all_of_it = inked(page)
    page.reload()
    saved(page, 2)
    assert inked(page) == all_of_it > 0

    slide(page, 1)
    expect(page.locator("#draw-count")).to_have_text("1 of 2")
    first = inked(page)
    assert 0 < first < all_of_it
    page.get_by_role("button", name="Restore this moment").click()
    saved(page, 3)
    assert inked(page) == first
    slide(page, 2)
    assert inked(page) == all_of_it
    page.get_by_role("button", name="Back to now").click()
    assert inked(page) == first

    across(page, 0.6)
    saved(page, 4)
    page.keyboard.press("Control+z")
    saved(page, 5)
    assert inked(page) == first
    page.keyboard.press("Control+Shift+Z")
    saved(page, 6)
    assert inked(page) > first
    assert [op["op"] for op in desk.ops()] == ["stroke", "stroke", "restore", "stroke", "undo", "redo"]

    page.get_by_role("button", name="Done").click()
    expect(page).to_have_url(re.compile("/board"))
    expect(page.locator(".insp")).to_contain_text("Drawn by hand", timeout=60_000)


def test_two_draw_on_one_panel_and_see_each_other(studio: Studio, person: Person) -> None:
    desk = Desk(studio, person("dan"))
    other = person("della")
    desk.join("della")
    one, two = desk.drawing(desk.owner), desk.drawing(other)
    for i in range(3):
        across(one, 0.2 + i / 20)
        across(two, 0.6 + i / 20)
    for page in (one, two):
        saved(page, 6)
        expect(page.locator("#draw-count")).to_have_text("6 of 6")
    assert inked(one) == inked(two)
    assert len({str(op) for op in desk.ops()}) == 6
    one.keyboard.press("Control+z")
    expect(two.locator("#draw-count")).to_have_text("7 of 7", timeout=15_000)
    undone = desk.ops()[-1]
    assert undone["op"] == "undo"


def test_strokes_outlive_a_lost_line_a_reload_and_are_never_said_to_be_saved_before(
    studio: Studio, person: Person
) -> None:
    desk = Desk(studio, person("dirk"))
    page = desk.drawing(desk.owner)
    across(page, 0.2)
    saved(page, 1)
    desk.owner.set_offline(True)
    for y in (0.4, 0.5, 0.6):
        across(page, y)
    expect(page.locator("#draw-saved")).to_have_text("3 strokes not saved yet, trying again", timeout=15_000)
    seen = inked(page)
    page.wait_for_timeout(300)
    page.close()
    desk.owner.set_offline(False)
    assert len(desk.ops()) == 1
    page = desk.drawing(desk.owner)
    saved(page, 4)
    assert inked(page) == seen
    assert len(desk.ops()) == 4

    desk.owner.set_offline(True)
    across(page, 0.8)
    expect(page.locator("#draw-saved")).to_have_text("1 stroke not saved yet, trying again", timeout=15_000)
    desk.owner.set_offline(False)
    saved(page, 5)
    assert len(desk.ops()) == 5


def test_the_server_is_killed_under_the_pen_and_the_page_never_claims_more_than_is_stored(
    studio: Studio, person: Person
) -> None:
    desk = Desk(studio, person("dunja"))
    page = desk.drawing(desk.owner)
    claims = re.compile(r"Saved \d\d:\d\d:\d\d, stroke (\d+)")
    with closing(sqlite3.connect(studio.home / "inkreel.db")) as database:
        for i in range(14):
            across(page, 0.1 + i / 20)
            claimed = claims.fullmatch(page.locator("#draw-saved").inner_text().strip())
            query = "SELECT coalesce(max(last_seq), 0) FROM drawing WHERE panel_id = ?"
            stored = database.execute(query, (desk.shot["panel_id"],)).fetchone()[0]
            assert stored >= (int(claimed[1]) if claimed else 0)
            if i == 6:
                for pid in studio.pids("app.web.server"):
                    os.kill(pid, signal.SIGKILL)
            page.wait_for_timeout(60)
    expect(page.locator("#draw-saved")).to_contain_text("stroke 14", timeout=60_000)
    heights = [op["points"][1] for op in desk.ops()]
    assert heights == sorted(set(heights))
    assert len(heights) == 14


def test_layers_words_and_a_selection_that_is_moved(studio: Studio, person: Person) -> None:
    desk = Desk(studio, person("dita"))
    page = desk.drawing(desk.owner)
    across(page, 0.5)
    page.keyboard.press("l")
    pen(page, (0.1, 0.4, 0.5), (0.5, 0.5, 0.5), (0.9, 0.6, 0.5))
    expect(page.locator("#draw-pick")).to_be_visible()
    pen(page, (0.4, 0.5, 0.5), (0.4, 0.6, 0.5), (0.4, 0.7, 0.5), (0.4, 0.7, 0.5))
    saved(page, 2)
    moved = desk.ops()[1]
    assert moved["op"] == "transform"
    assert moved["matrix"][5] == pytest.approx(1125, abs=30)
    page.keyboard.press("t")
    box = page.locator("#draw-sheet").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 100, box["y"] + 80)
    page.keyboard.type("hold until only")
    page.keyboard.press("Enter")
    saved(page, 3)
    assert desk.ops()[2]["text"] == "hold until only"
    page.get_by_role("button", name="Lock or unlock: Ink").click()
    saved(page, 4)
    page.keyboard.press("5")
    page.get_by_role("button", name="Draw on: Ink").click()
    across(page, 0.9)
    expect(page.locator("#draw-said")).to_have_text("Ink is locked.")
    assert len(desk.ops()) == 4


def test_viewers_and_phones_look_and_replay_and_draw_nothing(studio: Studio, person: Person) -> None:
    desk = Desk(studio, person("doris"))
    page = desk.drawing(desk.owner)
    across(page)
    saved(page, 1)
    viewer = person("dean")
    desk.join("dean", "viewer")
    phone = person("doris", viewport=PHONE, has_touch=True)
    for context in (viewer, phone):
        page = desk.drawing(context)
        saved(page, 1)
        seen = inked(page)
        assert seen > 0
        across(page, 0.3)
        assert inked(page) == seen
        expect(page.get_by_role("button", name="Done")).to_have_count(0) if context is viewer else expect(
            page.get_by_role("button", name="Done")
        ).to_be_hidden()
        slide(page, 0)
        assert inked(page) == 0
    expect(page.get_by_text("On a phone you can look at this drawing")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    assert len(desk.ops()) == 1
