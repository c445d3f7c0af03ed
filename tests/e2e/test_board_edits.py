"""The board edited in a real browser: a field, dragging, undo by key, marking and deleting, the history."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.conftest import PHONE, Person, Studio, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def opened(browser: BrowserContext, studio: Studio) -> Page:
    """The board of a fresh sample film, all drawn."""
    headers = {"Origin": studio.address}
    project = browser.request.post("/api/v1/projects/sample", headers=headers).json()["data"]["project_id"]
    page = browser.new_page()
    page.goto(f"/p/{project}/board")
    until(page, "document.body.textContent.includes('31 of 31 drawn')", seconds=120)
    return page


def numbered(page: Page, count: int) -> list[str]:
    """The first words of the first cards, in the order they stand in."""
    return [face.inner_text().strip() for face in page.locator(".card .dl").all()[:count]]


def cell(page: Page, place: int) -> Locator:
    return page.locator(".cell").nth(place)


def test_a_board_is_edited_reordered_undone_its_history_read_and_on_a_phone_as_well(
    studio: Studio, person: Person, quiet: Callable[[Page], list[str]]
) -> None:
    page = opened(person("odile"), studio)
    complaints = quiet(page)
    first = numbered(page, 4)

    picture = page.locator(".card.sel img").get_attribute("src")
    page.get_by_role("button", name="Extreme close-up").click()
    expect(page.locator(".card.sel .spec")).to_contain_text("ECU")
    expect(page.locator("#board-undo")).to_contain_text("size of 1A")
    until(page, f"document.querySelector('.card.sel img')?.getAttribute('src') !== {picture!r}", seconds=60)
    lens = page.get_by_role("complementary", name="Shot").get_by_label("Lens")
    lens.fill("85")
    lens.press("Enter")
    expect(page.locator("#board-undo")).to_contain_text("lens of 1A")

    cell(page, 0).drag_to(cell(page, 2), target_position={"x": 170, "y": 60})
    until(page, f"document.querySelectorAll('.card .dl')[2].textContent.trim() === {first[0]!r}")
    assert numbered(page, 3) == [first[1], first[2], first[0]]
    page.keyboard.press("Control+z")
    until(page, f"document.querySelectorAll('.card .dl')[0].textContent.trim() === {first[0]!r}")
    page.locator(".card").nth(1).focus()
    page.keyboard.press("Alt+ArrowRight")
    until(page, f"document.querySelectorAll('.card .dl')[2].textContent.trim() === {first[1]!r}")

    page.locator(".card").nth(1).click(modifiers=["Control"])
    page.locator(".card").nth(4).click(modifiers=["Control"])
    expect(page.get_by_role("toolbar", name="Marked panels")).to_contain_text("3 marked")
    page.keyboard.press("Delete")
    until(page, "document.body.textContent.includes('28 of 28 drawn')")
    page.keyboard.press("Control+z")
    until(page, "document.body.textContent.includes('31 of 31 drawn')")
    page.keyboard.press("Control+Shift+z")
    until(page, "document.body.textContent.includes('28 of 28 drawn')")

    page.get_by_role("button", name="History").click()
    history = page.get_by_role("complementary", name="History of this project")
    expect(history.get_by_role("listitem").first).to_contain_text("Did again: delete 3 shots")
    history.get_by_role("listitem").filter(has_text="Size of 1A").get_by_label("Put scene 1 back").click()
    until(page, "document.body.textContent.includes('31 of 31 drawn')")
    page.keyboard.press("Escape")
    assert numbered(page, 4) == first
    page.reload()
    until(page, "document.body.textContent.includes('31 of 31 drawn')")
    assert numbered(page, 4) == first
    assert complaints == []
    _on_a_phone(person("odile", viewport=PHONE, has_touch=True).new_page(), page.url)


def _on_a_phone(page: Page, address: str) -> None:
    """A menu is opened with a finger, a shot changed in its sheet."""
    page.goto(address)
    until(page, "document.body.textContent.includes('31 of 31 drawn')")
    cell(page, 1).get_by_role("button", name="What to do with").tap()
    page.get_by_role("menuitem", name="Duplicate").tap()
    until(page, "document.body.textContent.includes('32 of 32 drawn')")
    page.locator(".card").nth(0).tap()
    page.get_by_role("button", name="Close-up", exact=True).tap()
    page.get_by_role("button", name="Back to the board").tap()
    expect(page.locator("#board-undo")).to_contain_text("size of 1A")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
