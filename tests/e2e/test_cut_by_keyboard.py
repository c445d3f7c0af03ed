"""A film cut by the keyboard alone, from the projects to its export: no pointer is needed anywhere on the way."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DRAWN, Person, Studio, started, until
from tests.e2e.test_cut_timeline import undo_says

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
_MOST_STOPS = 150


def tab_to(page: Page, what: str, *, back: bool = False) -> None:
    """Go from stop to stop until the focus is on what is meant."""
    for _ in range(_MOST_STOPS):
        if page.evaluate("what => !!document.activeElement?.matches(what)", what):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"the keyboard never came to {what}")


def run(page: Page, words: str, told: str) -> None:
    """Find an act in the palette and do it."""
    page.keyboard.press("Control+k")
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
    expect(page.locator("#palette button[data-stop], #palette a[data-stop]").first).to_contain_text(told)
    page.keyboard.press("Enter")
    expect(page.locator("#palette")).to_be_hidden()


def document(page: Page, cut: str) -> dict[str, Any]:
    return page.request.get(f"/api/v1/timelines/{cut}/view").json()["data"]["document"]


def test_a_film_is_cut_and_made_without_a_pointer(studio: Studio, person: Person) -> None:
    owner = person("tabea")
    project = started(owner, studio)["project_id"]
    page = owner.new_page()
    page.goto(f"/p/{project}/board")
    until(page, DRAWN, seconds=200)

    page.goto("/projects")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    run(page, "the last", "The Last Ferry")
    until(page, f"location.pathname.startsWith('/p/{project}')")
    page.keyboard.press("g")
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="Begin from the board")).to_be_visible()
    tab_to(page, "button.go.xl")
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('#cut-layer .clip').length > 2")
    (cut,) = [
        each["id"]
        for each in page.request.get(f"/api/v1/projects/{project}/timelines").json()["data"]
        if not each["live"]
    ]
    before = len(_picture(page, cut))

    for key in ("ArrowDown", "Shift+ArrowRight", "s"):
        page.keyboard.press(key)
    undo_says(page, "Split")
    assert len(_picture(page, cut)) == before + 1

    run(page, "as a list", "The cut as a list")
    tab_to(page, "#cut-list input[name=length]:enabled")
    page.keyboard.press("Control+a")
    page.keyboard.type("-6")
    page.keyboard.press("Enter")
    undo_says(page, "Trim")
    run(page, "as a list", "The cut as a list")
    expect(page.locator("#cut-list")).to_be_hidden()

    page.keyboard.press("m")
    undo_says(page, "Add a marker")
    run(page, "dissolve", "Dissolve")
    undo_says(page, "Add a dissolve")
    assert any(track.get("transitions") for track in document(page, cut)["tracks"])

    tab_to(page, "#cut-heads [data-head=muted]")
    page.keyboard.press("Enter")
    until(page, "document.activeElement.getAttribute('aria-pressed') === 'true'")
    assert any(track.get("muted") for track in document(page, cut)["tracks"])
    page.keyboard.press("Control+z")
    undo_says(page, "Add a dissolve")
    assert not any(track.get("muted") for track in document(page, cut)["tracks"])
    page.keyboard.press("Control+Shift+z")
    until(page, "document.querySelector('[data-cut-redo]').disabled")
    assert any(track.get("muted") for track in document(page, cut)["tracks"])

    run(page, "titles", "Titles and templates")
    tab_to(page, "#cut-templates button:enabled")
    run(page, "make the film", "Make the film")
    expect(page.locator("#which-cut")).to_have_value(cut)
    tab_to(page, "main button.go:enabled")
    page.keyboard.press("Enter")
    until(page, f"fetch('/api/v1/projects/{project}/renders').then(a => a.json()).then(a => a.data.length > 0)")


def _picture(page: Page, cut: str) -> list[Any]:
    tracks = document(page, cut)["tracks"]
    return next(track["clips"] for track in tracks if track["kind"] in ("video", "image") and track.get("clips"))
