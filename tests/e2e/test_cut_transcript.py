"""A cut edited by its words in a real browser: words and pauses cut out, a sentence said otherwise, captions that follow."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Person, Studio, until
from tests.e2e.test_writing import Room

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
TALK = """Title: The Pier

INT. PIER - NIGHT

MARA stands at the rail.

MARA
The last boat left an hour ago. Nobody waits for us here.

BEN
Then we should walk home along the old harbour wall.

MARA
It is too dark. Come inside.
"""


class Told(Room):
    """A cut by hand begun from a silent board, and its voices and music recorded from the transcript."""

    def __init__(self, studio: Studio, owner: BrowserContext) -> None:
        super().__init__(studio, owner, TALK)
        self.page = owner.new_page()
        self.cut = self.ask("post", f"/projects/{self.project}/timelines", {"name": "Words"})["id"]
        self.page.goto(f"/p/{self.project}/cut?cut={self.cut}")
        expect(self.page.get_by_text("3 lines of the board are not spoken yet, and there is no music.")).to_be_visible()
        self.page.locator("#record").click()
        expect(self.page.locator("#words [data-from]").first).to_be_visible(timeout=120_000)
        expect(self.page.locator("#record")).to_have_count(0)

    def done(self, run: str) -> None:
        """Wait for a run to end well."""
        for _ in range(600):
            state = self.ask("get", f"/runs/{run}")
            if state["state"] in ("completed", "failed", "cancelled"):
                assert state["state"] == "completed", state
                return
            self.page.wait_for_timeout(250)
        raise AssertionError("the run did not end")

    def document(self) -> dict[str, Any]:
        return self.ask("get", f"/timelines/{self.cut}")["document"]

    def captions(self) -> str:
        """All captions on one line."""
        tracks = self.document()["tracks"]
        return " ".join(" ".join(c["text"].split()) for track in tracks for c in track.get("captions", ()))

    def frames(self) -> int:
        """Where the last picture ends."""
        tracks = self.document()["tracks"]
        return max(c["start"] + c["frames"] for t in tracks if t["kind"] != "audio" for c in t.get("clips", ()))

    def sentences(self) -> list[str]:
        return [each["text"] for each in self.ask("get", f"/timelines/{self.cut}/sentences")]

    def spans(self, *words: str) -> list[tuple[int, int]]:
        """The frames of words that stand side by side on the page."""
        told = self.page.locator("#words [data-from]")
        said = told.evaluate_all("all => all.map(e => [e.textContent, +e.dataset.from, +e.dataset.to])")
        texts = [text for text, _, _ in said]
        at = next(i for i in range(len(texts)) if texts[i : i + len(words)] == list(words))
        return [(a, b) for _, a, b in said[at : at + len(words)]]


def word(page: Page, text: str) -> Any:
    return page.locator("#words [data-from]", has_text=re.compile(f"^{re.escape(text)}$")).first


def undo_says(page: Page, told: str) -> None:
    until(page, f"document.querySelector('[data-act=\"undo\"]')?.title.includes({told!r})", seconds=20)


def test_a_film_is_cut_by_its_words(studio: Studio, person: Person) -> None:
    told = Told(studio, person("wordy"))
    page, length = told.page, told.frames()
    whole = told.captions()
    assert "The last boat left an hour ago." in whole

    # three words pulled over with the mouse: the cut closes up, the captions lose them
    spans = told.spans("an", "hour", "ago.")
    first, last = word(page, "an").bounding_box(), word(page, "ago.").bounding_box()
    assert first and last
    page.mouse.move(first["x"] + 3, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] / 2, last["y"] + last["height"] / 2, steps=8)
    page.mouse.up()
    expect(page.locator("#words-out b")).to_have_text("3 words out")
    page.locator("#words-out [data-words=ripple]").click()
    expect(word(page, "hour")).to_have_count(0)
    gone = spans[-1][1] - spans[0][0]
    assert told.frames() == length - gone
    assert "The last boat left" in told.captions() and "an hour ago" not in told.captions()

    # undone with the key, then the same by the keyboard alone
    page.keyboard.press("Control+z")
    expect(word(page, "hour")).to_be_visible()
    assert (told.frames(), told.captions()) == (length, whole)
    word(page, "left").click()
    page.locator("#words").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#words-out b")).to_have_text("3 words out")
    page.keyboard.press("Delete")
    expect(word(page, "hour")).to_have_count(0)
    assert told.frames() == length - gone
    page.keyboard.press("Control+z")
    expect(word(page, "hour")).to_be_visible()

    # the pauses go, a breath stays
    before = told.frames()
    page.locator("#take-pauses").click()
    expect(page.locator("#take-pauses")).to_have_count(0)
    assert told.frames() < before and told.captions() == whole
    page.keyboard.press("Control+z")
    expect(page.locator("#take-pauses")).to_be_visible()
    assert told.frames() == before


def test_a_sentence_is_said_otherwise_and_the_script_is_asked(studio: Studio, person: Person) -> None:
    told = Told(studio, person("rewriter"))
    page, length = told.page, told.frames()
    new = "Nobody in the whole wide world is waiting for the two of us here tonight."
    pen = page.get_by_role("button", name="Say otherwise: Nobody waits for us here.")
    pen.focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("What is said instead")
    expect(field).to_be_focused()
    expect(field).to_have_value("Nobody waits for us here.")
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    pen.click()
    field.fill("x")
    page.keyboard.press("Backspace")  # what is typed there cuts nothing out
    field.fill(new)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"Say otherwise: {new}")).to_be_visible(timeout=60_000)
    assert told.sentences()[:2] == ["The last boat left an hour ago.", new]
    longer = told.frames() - length
    assert longer > 24
    assert new.split()[-1] in told.captions() and "Nobody waits" not in told.captions()

    says = page.locator("#words .says")
    expect(says).to_contain_text("Nobody waits for us here.")
    assert new not in told.text()
    says.get_by_role("button", name="Also in the script").click()
    expect(says).to_have_count(0)
    assert new in told.text()

    page.locator("#words").focus()
    page.keyboard.press("Control+z")
    expect(page.get_by_role("button", name="Say otherwise: Nobody waits for us here.")).to_be_visible()
    assert told.frames() == length and "Nobody waits for us here." in told.captions()
