"""Writing in a real browser: a scene written stands on the board, two write at once, drafts go back, no word is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.conftest import PHONE, Person, Studio, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

SCRIPT = """Title: Two Rooms

INT. KITCHEN - NIGHT

MARA opens the door. Rain.

MARA
Who is there?

The kettle whistles.

EXT. STREET - DAY

Nobody. A bus passes.

BEN
Late again.
"""


class Room:
    """A project with a script of two scenes, and those who work in it."""

    def __init__(self, studio: Studio, owner: BrowserContext, text: str = SCRIPT) -> None:
        self.studio, self.owner = studio, owner
        self.project = self.ask("post", "/projects", {"name": "Two Rooms"})["id"]
        made = self.ask("post", f"/projects/{self.project}/script", {"text": text, "name": "two.fountain"})
        self.script = made["id"]

    def ask(self, method: str, path: str, data: Any = None) -> Any:
        headers = {"Origin": self.studio.address}
        answer = getattr(self.owner.request, method)(
            f"/api/v1{path}", **({"data": data} if data else {}), headers=headers
        )
        assert answer.ok, answer.text()
        return answer.json()["data"]

    def join(self, name: str, role: str = "editor") -> None:
        self.ask("post", f"/projects/{self.project}/members", {"email": f"{name}@example.com", "role": role})

    def text(self) -> str:
        return self.owner.request.get(f"/api/v1/scripts/{self.script}/export").text()

    def opened(self, person: BrowserContext) -> Page:
        page = person.new_page()
        page.goto(f"/p/{self.project}/script")
        expect(page.locator(".ed p").first).to_be_visible()
        until(page, "document.getElementById('main').textContent.includes('Two Rooms')")
        return page


def scene(page: Page, number: int) -> Locator:
    return page.locator(".scene").nth(number - 1)


def at_end_of(page: Page, words: str) -> None:
    """Put the caret behind a line."""
    page.locator(".ed p", has_text=words).first.click()
    page.keyboard.press("End")


def kept(page: Page) -> None:
    """The page says that everything is saved."""
    expect(page.locator("#script-saved")).to_have_text(re.compile(r"Saved \d\d:\d\d:\d\d"), timeout=15_000)


def kinds(page: Page, number: int) -> list[tuple[str, str]]:
    said = "s => [...s.querySelectorAll('.ed > p')].map(p => [p.dataset.kind, p.textContent])"
    return [(kind, text) for kind, text in scene(page, number).evaluate(said)]


def test_what_is_written_as_screenwriters_type_is_kept_and_stands_on_the_board(studio: Studio, person: Person) -> None:
    room = Room(studio, person("wanda"))
    page = room.opened(room.owner)
    keys = page.keyboard
    at_end_of(page, "The kettle whistles.")
    keys.press("Enter")
    keys.type("She *slowly* turns.")
    keys.press("Enter")
    keys.press("Tab")
    keys.type("be")
    expect(page.locator("#script-suggest li").first).to_have_text("BEN")
    keys.press("Enter")
    keys.press("Enter")
    keys.type("(from outside")
    keys.press("Enter")
    keys.type("It is only me.")
    assert kinds(page, 1)[-4:] == [
        ("action", "She *slowly* turns."),
        ("character", "BEN"),
        ("parenthetical", "(from outside)"),
        ("dialogue", "It is only me."),
    ]
    expect(page.locator('[data-write="dialogue"]')).to_have_attribute("aria-pressed", "true")
    assert scene(page, 1).locator("i").inner_text() == "*slowly*"
    kept(page)
    written = "The kettle whistles.\n\nShe *slowly* turns.\n\nBEN\n(from outside)\nIt is only me.\n\nEXT. STREET - DAY"
    assert written in room.text()
    assert room.text().startswith(SCRIPT.partition("The kettle")[0])

    keys.press("Enter")
    keys.press("Enter")
    keys.type("ext. roof - dawn")
    expect(page.locator('[data-write="scene_heading"]')).to_have_attribute("aria-pressed", "true")
    keys.press("Enter")
    keys.type("A cat.")
    expect(page.locator(".scene")).to_have_count(3, timeout=15_000)
    keys.type(" It sleeps.")
    until(page, "document.activeElement.closest('.scene') === document.querySelectorAll('.scene')[1]")
    until(page, "document.querySelectorAll('.nav').length === 3")
    kept(page)
    assert kinds(page, 2) == [("scene_heading", "EXT. ROOF - DAWN"), ("action", "A cat. It sleeps.")]

    page.goto(f"/p/{room.project}/board?scene=2")
    expect(page.locator("main")).to_contain_text("EXT. ROOF")
    expect(page.locator("main")).to_contain_text("A cat.")


def test_two_write_at_once_in_two_scenes_and_in_one_and_no_word_is_lost(studio: Studio, person: Person) -> None:
    room = Room(studio, person("wim"))
    other = person("olga")
    room.join("olga")
    one, two = room.opened(room.owner), room.opened(other)
    at_end_of(one, "MARA opens the door")
    at_end_of(two, "Nobody. A bus passes.")
    expect(two.locator(".guest")).to_have_text(re.compile("Wim is in this scene"), timeout=10_000)
    for word in ["", "She", "waits.", "Long."]:
        one.keyboard.type(word + " ")
        two.keyboard.type(word.upper() + " ")
    kept(one)
    kept(two)
    expect(scene(two, 1)).to_contain_text("She waits. Long.")
    expect(scene(one, 2)).to_contain_text("SHE WAITS. LONG.")

    at_end_of(two, "The kettle whistles.")
    at_end_of(one, "Who is there?")
    for number in range(12):
        one.keyboard.type(f"mine{number} ")
        two.keyboard.type(f"yours{number} ")
    until(one, "document.querySelector('#script-saved').dataset.state === 'ok'")
    for page in (one, two):
        for number in range(12):
            expect(scene(page, 1)).to_contain_text(f"mine{number}", timeout=15_000)
            expect(scene(page, 1)).to_contain_text(f"yours{number}")
    text = room.text()
    assert all(f"mine{n}" in text and f"yours{n}" in text for n in range(12))
    one.keyboard.type("end.")
    kept(one)
    assert "mine11 end." in room.text()


def test_the_same_line_changed_by_two_is_asked_about_and_both_can_be_kept(studio: Studio, person: Person) -> None:
    room = Room(studio, person("wolf"))
    other = person("oleg")
    room.join("oleg")
    one, two = room.opened(room.owner), room.opened(other)
    other.set_offline(True)
    at_end_of(two, "The kettle whistles.")
    two.keyboard.type(" Twice.")
    at_end_of(one, "The kettle whistles.")
    one.keyboard.type(" Once.")
    kept(one)
    other.set_offline(False)
    asked = two.get_by_role("alertdialog")
    expect(asked).to_be_visible(timeout=60_000)
    expect(asked).to_contain_text("The kettle whistles. Once.")
    expect(asked).to_contain_text("The kettle whistles. Twice.")
    asked.get_by_role("button", name="Keep both").click()
    expect(asked).to_have_count(0)
    for page in (one, two):
        expect(scene(page, 1)).to_contain_text("The kettle whistles. Once.", timeout=15_000)
        expect(scene(page, 1)).to_contain_text("The kettle whistles. Twice.")
    assert "Once." in room.text()
    assert "Twice." in room.text()


def test_words_outlive_a_lost_line_and_a_reload(studio: Studio, person: Person) -> None:
    room = Room(studio, person("wren"))
    page = room.opened(room.owner)
    room.owner.set_offline(True)
    at_end_of(page, "Nobody. A bus passes.")
    page.keyboard.type(" It stops.")
    expect(page.locator("#script-saved")).to_have_text("Not saved, trying again", timeout=20_000)
    page.close()
    room.owner.set_offline(False)
    assert "It stops." not in room.text()
    page = room.opened(room.owner)
    expect(scene(page, 2)).to_contain_text("A bus passes. It stops.")
    kept(page)
    assert "Nobody. A bus passes. It stops." in room.text()


def test_a_draft_is_compared_gone_back_to_and_that_is_undone(studio: Studio, person: Person) -> None:
    room = Room(studio, person("wilma"))
    page = room.opened(room.owner)
    at_end_of(page, "Nobody. A bus passes.")
    page.keyboard.type(" Slowly.")
    kept(page)
    page.get_by_role("button", name="Drafts").click()
    page.locator("#drafts li").last.get_by_role("button", name="What changed since").click()
    page.keyboard.press("Escape")
    compared = page.locator(".compare")
    expect(compared.locator("ins")).to_contain_text("Slowly")
    compared.get_by_role("button", name="Go back to it").click()
    expect(scene(page, 2)).not_to_contain_text("Slowly", timeout=15_000)
    assert room.text() == SCRIPT
    page.locator(".notice", has_text="as it was then").get_by_role("button", name="Undo").click()
    expect(scene(page, 2)).to_contain_text("Slowly", timeout=15_000)
    assert "Slowly." in room.text()


def test_scenes_are_dragged_cut_to_the_drawer_and_brought_back(studio: Studio, person: Person) -> None:
    room = Room(studio, person("willa"))
    page = room.opened(room.owner)
    rows = page.locator(".nav")
    rows.nth(1).drag_to(rows.nth(0), target_position={"x": 40, "y": 4})
    expect(scene(page, 1)).to_contain_text("EXT. STREET - DAY", timeout=15_000)
    assert room.text().index("STREET") < room.text().index("KITCHEN")
    rows.nth(0).locator("a").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(scene(page, 1)).to_contain_text("INT. KITCHEN", timeout=15_000)
    rows.nth(1).hover()
    rows.nth(1).locator(".more").click()
    page.get_by_role("menuitem", name="Cut to the drawer").locator("visible=true").click()
    expect(page.locator(".scene")).to_have_count(1, timeout=15_000)
    page.locator(".cuts summary").click()
    page.locator(".cuts").get_by_role("button", name="Bring back").click()
    expect(page.locator(".scene")).to_have_count(2, timeout=15_000)
    assert "Late again." in room.text()


def test_words_are_found_in_the_whole_script_and_replaced(studio: Studio, person: Person) -> None:
    room = Room(studio, person("will"))
    page = room.opened(room.owner)
    page.keyboard.press("Control+f")
    page.locator("#script-find").fill("mara")
    expect(page.locator("#script-finding")).to_contain_text("2 in the script")
    expect(page.locator("#script-find-here")).to_have_text("0 of 2 here")
    page.keyboard.press("Enter")
    expect(page.locator("#script-find-here")).to_have_text("1 of 2 here")
    page.locator("#script-replace").fill("Ines")
    page.get_by_role("button", name="All in the script").click()
    expect(scene(page, 1)).to_contain_text("INES", timeout=15_000)
    assert "Ines opens the door. Rain.\n\nINES\nWho is there?" in room.text()


def test_a_viewer_reads_the_page_and_cannot_type(studio: Studio, person: Person) -> None:
    room = Room(studio, person("wes"))
    viewer = person("vera")
    room.join("vera", "viewer")
    page = room.opened(viewer)
    expect(scene(page, 1)).to_contain_text("Who is there?")
    assert page.locator('.ed[contenteditable="true"]').count() == 0
    scene(page, 1).locator("p").nth(1).click()
    page.keyboard.type("no")
    assert "no" not in [text for _, text in kinds(page, 1)][1][-3:]
    for name in ("Add a scene", "Action", "Dialogue"):
        expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)
    assert room.text() == SCRIPT


def test_on_a_phone_one_reads_and_changes_a_line(studio: Studio, person: Person) -> None:
    room = Room(studio, person("walt", viewport=PHONE, has_touch=True))
    page = room.opened(room.owner)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    at_end_of(page, "The kettle whistles.")
    page.keyboard.type(" Softly.")
    kept(page)
    assert "The kettle whistles. Softly." in room.text()


def test_a_first_page_is_written_where_there_was_none(studio: Studio, person: Person) -> None:
    owner = person("wanja")
    answer = owner.request.post("/api/v1/projects", data={"name": "Blank"}, headers={"Origin": studio.address})
    project = answer.json()["data"]["id"]
    page = owner.new_page()
    page.goto(f"/p/{project}/script")
    page.get_by_role("button", name="Write the first page").click()
    expect(page.locator(".ed p").first).to_have_text("INT. NEW PLACE - DAY")
    until(page, "String(getSelection()) === 'NEW PLACE'")
    page.keyboard.type("attic")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("Dust.")
    kept(page)
    assert kinds(page, 1) == [("scene_heading", "INT. ATTIC - DAY"), ("action", "Dust.")]
