"""A long board reordered, and a board printed, drawn on paper and brought in again, in a real browser."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from studio.storyboards.printing.worksheet.form import Form
from tests.e2e.conftest import Person, Studio, until
from tests.factories.pictures import encoded
from tests.factories.sheets import drawn_on, jpeg, page_of, photographed

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
LONG = "INT. HALL - DAY\n\n" + "\n\n".join(f"MARA lifts stone {n}.\n\nBEN counts it." for n in range(130))
LONG += "\n\nEXT. PIER - NIGHT\n\nRain falls.\n"
SHORT = "Title: Two Rooms\n\nINT. ROOM - DAY\n\nA man sits.\n\nEXT. PIER - NIGHT\n\nRain falls on the pier.\n"


def made(browser: BrowserContext, studio: Studio, words: str) -> tuple[str, str]:
    """A project with a board of these words: its id and its script's."""

    def ask(path: str, body: dict[str, Any]) -> Any:
        answer = browser.request.post(f"/api/v1{path}", data=body, headers={"Origin": studio.address})
        assert answer.ok, answer.text()
        return answer.json()["data"]

    project = ask("/projects", {"name": "Stones"})["id"]
    return project, ask(f"/projects/{project}/script", {"text": words, "name": "a.fountain"})["id"]


def shots(browser: BrowserContext, script: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        page = len(found) // 100 + 1
        some = browser.request.get(f"/api/v1/scripts/{script}/shots?limit=100&page={page}").json()["data"]
        found += some
        if len(some) < 100:
            return found


def test_a_hundred_panels_are_marked_over_several_windows_and_moved_to_another_scene(
    studio: Studio, person: Person
) -> None:
    browser = person("petra")
    project, script = made(browser, studio, LONG)
    before = shots(browser, script)
    assert len(before) > 120
    page = browser.new_page()
    page.goto(f"/p/{project}/board")
    until(page, "document.querySelectorAll('.card').length > 20")
    wanted = [shot["shot_id"] for shot in before[:100]]
    marked = 0
    while marked < len(wanted):
        shown = page.eval_on_selector_all("[data-shot]", "cells => cells.map(cell => cell.dataset.shot)")
        last = next(each for each in reversed(shown) if each in wanted)
        page.locator(f"[data-shot='{shown[0]}'] .card").click(modifiers=["Control"] if marked else [])
        page.locator(f"[data-shot='{last}'] .card").click(modifiers=["Control", "Shift"])
        marked += shown.index(last) + 1
        expect(page.get_by_role("toolbar", name="Marked panels")).to_contain_text(f"{marked} marked")
        if marked < len(wanted):
            page.get_by_role("button", name="More panels").click()
            until(page, f"document.querySelector('[data-shot]').dataset.shot !== {shown[0]!r}")
    page.get_by_label("Move to scene").select_option(index=2)
    expect(page.locator("#board-undo")).to_contain_text("100 shots")
    page.reload()
    until(page, "document.querySelectorAll('.card').length > 20")
    after = shots(browser, script)
    stay = [shot["shot_id"] for shot in before[100:]]
    assert [shot["shot_id"] for shot in after] == [*stay, *wanted]
    assert {shot["scene"] for shot in after[-100:]} == {1}
    on_page = page.eval_on_selector_all("[data-shot]", "cells => cells.map(cell => cell.dataset.shot)")
    at = next(place for place, shot in enumerate(after) if shot["shot_id"] == on_page[0])
    assert on_page == [shot["shot_id"] for shot in after[at : at + len(on_page)]]
    expect(page.locator(".card").first).to_contain_text(after[at]["number"])


def printed(page: Page, folder: Path, what: str) -> Path:
    """Ask for a file on the print sheet and take it home."""
    page.get_by_role("button", name="Print", exact=True).click()
    page.locator("#print-sheet label", has=page.locator(f"#print-{what}")).click()
    page.locator("#print-make").click()
    link = page.locator("#print-sheet .prints .btn.light")
    expect(link).to_have_count(1 if what == "pdf" else 2, timeout=60_000)
    with page.expect_download() as taken:
        link.first.click()
    path = folder / taken.value.suggested_filename
    taken.value.save_as(path)
    return path


def test_a_board_is_printed_drawn_on_paper_and_brought_in_again(studio: Studio, person: Person, tmp_path: Path) -> None:
    browser = person("petra")
    project, script = made(browser, studio, SHORT)
    first = shots(browser, script)
    for at, shot in enumerate(first):
        picture = encoded(Image.linear_gradient("L").resize((640, 360)).rotate(180 * at).convert("RGB"))
        answer = browser.request.post(
            f"/api/v1/shots/{shot['shot_id']}/panel",
            multipart={"file": {"name": "a.png", "mimeType": "image/png", "buffer": picture}},
            headers={"Origin": studio.address},
        )
        assert answer.ok, answer.text()
    page = browser.new_page()
    page.goto(f"/p/{project}/board")
    until(page, "document.querySelectorAll('.card img').length > 1")
    _assert_printed(printed(page, tmp_path, "pdf"), [shot["number"] for shot in first])

    page.reload()
    sheet = page_of(printed(page, tmp_path, "worksheet"))
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(jpeg(photographed(drawn_on(sheet, Form(), {1: (20, 20, 20)}))))
    page.reload()
    page.get_by_role("button", name="Print", exact=True).click()
    page.get_by_role("button", name="Bring in drawn sheets").click()
    page.locator("#scan-sheets input[type=file]").set_input_files(photo)
    page.get_by_role("button", name="Bring them in").click()
    until(page, "document.body.textContent.includes('1 drawing taken from paper.')", seconds=60)
    after = shots(browser, script)
    assert [shot["version"] for shot in after] == [1 + (at == 1) for at in range(len(first))]


def _assert_printed(path: Path, numbers: list[str]) -> None:
    """A cover and one page of panels with their numbers, and on both pictures that are not blank."""
    document = pypdfium2.PdfDocument(io.BytesIO(path.read_bytes()))
    assert len(document) == 2
    words = [page.get_textpage().get_text_range() for page in document]
    assert "Two Rooms" in words[0]
    assert all(number in words[1] for number in numbers)
    for page in document:
        seen = np.asarray(page.render(scale=1).to_pil().convert("L"))
        greys = np.unique(seen[(seen > 30) & (seen < 225)])
        assert len(greys) > 100, "the gradients of the pictures are not on the page"
    document.close()
