"""Drawing in a real browser: pressed harder the line is wider, two draw at once, nothing is lost offline, any moment comes back."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
from contextlib import closing
from io import BytesIO
from itertools import accumulate
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Route, expect

from studio.accounts.keys.acts import of_room
from studio.accounts.keys.names import named
from studio.drawing.ops import ops_from
from studio.drawing.replay import Entry, state_at
from studio.drawing.sheets import sheet_of
from studio.engine.ink.paint import PAPER, painted
from tests.e2e.conftest import PHONE, ROOT, Person, Studio, until
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


ON = "document.querySelector('[data-tool={0}]').getAttribute('aria-pressed') === 'true'"
AID = "document.getElementById('draw-stage').dataset.{0} === 'true'"
PRESSED = {
    **{
        key: ON.format(tool)
        for key, tool in zip("1234567", ("light", "brush", "tone", "pencil", "pen", "note", "eraser"), strict=True)
    },
    **{key: ON.format(tool) for key, tool in zip("ireat", ("line", "rect", "ellipse", "arrow", "text"), strict=True)},
    **{key: ON.format(tool) for key, tool in zip("bclv", ("fill", "pick", "marquee", "move"), strict=True)},
    **{key: AID.format(aid) for key, aid in zip("ohpm", ("onion", "grid", "depth", "mirror"), strict=True)},
    "5 8": "document.getElementById('draw-colour').value === '#000000'",
    "5 9": "document.getElementById('draw-colour').value === '#fffdf7'",
    "5 0": "document.getElementById('draw-colour').value === '#3e7cb1'",
    "5 {": "document.getElementById('draw-px').textContent === '9 px'",
    "5 }": "document.getElementById('draw-px').textContent === '12 px'",
    "f": "document.getElementById('draw-sheet').style.transform.includes('scale(-1')",
    "-": "document.getElementById('draw-zoom').textContent === '80 %'",
    "+ +": "document.getElementById('draw-zoom').textContent === '125 %'",
    "\\": "document.getElementById('draw-zoom').textContent === '100 %'",
}
"""What the page shows after these keys, one after the other."""

LEADING = {"n": 1, "Shift+N": -1, "/": 1, "d": 1, "PageUp": -1, "PageDown": 1}
"""How far along the board the panel is that these keys lead to; the first three stay in their shot."""


def test_every_key_of_the_sheet_does_what_it_says(studio: Studio, person: Person) -> None:
    desk = Desk(studio, person("dolf"))
    page = desk.drawing(desk.owner)
    page.mouse.move(600, 300)
    for keys, shown in PRESSED.items():
        for key in keys.split(" "):
            page.keyboard.press(key)
        assert page.evaluate(shown), keys
    page.keyboard.press("f")
    page.keyboard.press("m")
    page.keyboard.press("p")

    page.keyboard.press("5")
    across(page, 0.5)
    page.keyboard.press("l")
    pen(page, (0.1, 0.4, 0.5), (0.5, 0.5, 0.5), (0.9, 0.6, 0.5))
    page.keyboard.press("Delete")
    saved(page, 2)
    assert inked(page) == 0
    page.keyboard.press("Control+z")
    saved(page, 3)
    page.keyboard.press("Control+Shift+Z")
    saved(page, 4)
    assert [op["op"] for op in desk.ops()] == ["stroke", "delete", "undo", "redo"]
    page.keyboard.down("Space")
    pen(page, (0.5, 0.5, 0.5), (0.55, 0.5, 0.5), (0.6, 0.5, 0.5), (0.6, 0.5, 0.5))
    page.keyboard.up("Space")
    assert "translate(0px" not in str(page.locator("#draw-sheet").get_attribute("style"))

    shown = "document.querySelector('.th2.on')?.href"
    for key, step in LEADING.items():
        here = page.evaluate(shown)
        page.keyboard.press(key)
        until(page, f"{shown} && {shown} !== '{here}'")
        strip = page.evaluate("[...document.querySelectorAll('.th2')].map(one => one.href)")
        there = page.evaluate(shown)
        stays = there.partition("?")[0] == here.partition("?")[0]
        assert key == "/" or strip.index(there) - strip.index(here) == step, key
        assert key.startswith("Page") or stays == (key != "/"), key
        assert key != "/" or here.partition("?")[0] in strip[strip.index(there) - 1], "not behind the shot"
    typed = [key for keys in (*PRESSED, *LEADING) for key in keys.split(" ")]
    done = {named(key) for key in typed}
    assert {act.keys[0] for act in of_room("draw")} <= done | {"Del", "Ctrl Z", "Ctrl Shift Z", "Space", "Esc"}


def test_the_worker_paints_what_the_page_shows(studio: Studio, person: Person) -> None:
    desk = Desk(studio, person("daria"))
    page = desk.drawing(desk.owner)
    page.keyboard.press("m")
    pen(page, (0.1, 0.2, 0.1), (0.2, 0.5, 0.6), (0.3, 0.3, 0.9), (0.4, 0.7, 1.0), (0.4, 0.7, 1.0))
    page.keyboard.press("m")
    page.keyboard.press("e")
    pen(page, (0.3, 0.3, 0.5), (0.5, 0.6, 0.5), (0.7, 0.8, 0.5), (0.7, 0.8, 0.5))
    page.keyboard.press("b")
    box = page.locator("#draw-sheet").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.55)
    saved(page, 3)
    page.keyboard.press("2")
    across(page, 0.6)
    page.locator("#draw-blend").select_option("multiply")
    page.keyboard.press("3")
    across(page, 0.45)
    page.locator("#draw-blend").select_option("screen")
    saved(page, 7)
    page.keyboard.press("c")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.75)
    expect(page.locator("#draw-colour")).to_have_value("#f7b601")  # the yellow multiplied with the paper

    answer = desk.ask("get", f"/panels/{desk.shot['panel_id']}/strokes")
    ops = ops_from([entry["op"] for entry in answer["entries"]])
    entries = [Entry(i, f"a.{i}", "d", i, op) for i, op in enumerate(ops, start=1)]
    ours = painted(sheet_of(state_at(entries, len(entries))), (1920, 1080), under=None, fonts=ROOT / "assets" / "fonts")
    page.mouse.move(5, 5)
    shot = Image.open(BytesIO(page.locator("#draw-sheet").screenshot())).convert("RGB")
    seen = np.asarray(shot).astype(int)[4:-4, 4:-4]
    wanted = np.asarray(Image.fromarray(ours).resize(shot.size, Image.Resampling.BOX)).astype(int)[4:-4, 4:-4]
    assert np.abs(seen - wanted).max(axis=2).mean() < 1.5
    around = [np.roll(wanted, (down, right), axis=(0, 1)) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    low, high = np.minimum.reduce(around) - 24, np.maximum.reduce(around) + 24
    elsewhere = ((seen < low) | (seen > high)).any(axis=2)  # not within a pixel of where it belongs
    assert elsewhere.mean() < 0.0005
    assert (np.abs(wanted - PAPER).max(axis=2) > 48).mean() > 0.1, "there is something to compare"


def test_a_flood_is_told_and_lost_nothing_of_and_a_rest_makes_a_version(studio: Studio, person: Person) -> None:
    desk = Desk(studio, person("doro"))
    page = desk.drawing(desk.owner)
    refusals = ["Strokes come too fast to be drawn by hand. They are taken again soon."]

    def refuse(route: Route) -> None:
        if route.request.method != "POST" or not refusals:
            return route.continue_()
        error = {"code": "limit", "message": refusals.pop()}
        return route.fulfill(status=429, headers={"Retry-After": "2"}, json={"error": error})

    page.route("**/strokes*", refuse)
    page.locator("#draw-stage").evaluate("box => { box.dataset.rest = 1 }")
    across(page, 0.4)
    across(page, 0.5)
    expect(page.locator("#draw-saved")).to_contain_text("not saved yet: Strokes come too fast")
    saved(page, 2)
    assert len(desk.ops()) == 2
    expect(page.locator(".ver")).to_have_text("v1", timeout=30_000)

    slide(page, 1)
    page.get_by_role("button", name="Restore this moment").click()
    expect(page.locator("#draw-said")).to_contain_text("a new version is being made of it")
    expect(page.locator(".ver").nth(1)).to_have_text("v2", timeout=30_000)


def test_two_fingers_move_the_view_and_a_palm_beside_the_pen_draws_nothing(studio: Studio, person: Person) -> None:
    desk = Desk(studio, person("dana", has_touch=True))
    page = desk.drawing(desk.owner)
    line = page.context.new_cdp_session(page)

    def fingers(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(places)]
        line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", (500, 300))
    fingers("touchStart", (500, 300), (600, 300))
    fingers("touchMove", (450, 300), (650, 300))
    fingers("touchEnd")
    expect(page.locator("#draw-zoom")).to_have_text("200 %")
    assert inked(page) == 0
    page.keyboard.press("\\")
    across(page, 0.4)
    saved(page, 1)
    fingers("touchStart", (500, 400))
    fingers("touchMove", (600, 420))
    fingers("touchEnd")
    assert page.locator("#draw-count").inner_text() == "1 of 1"
    page.wait_for_timeout(1600)
    fingers("touchStart", (500, 400))
    fingers("touchMove", (600, 420))
    fingers("touchEnd")
    saved(page, 2)
