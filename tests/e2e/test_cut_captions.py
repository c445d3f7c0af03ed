"""Captions of a cut in a real browser: split at the caret, joined, told when they are hard to read, brought in and taken home."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.conftest import Person, Studio
from tests.e2e.test_cut_timeline import Bench, undo_says

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
WORDS = "The last boat left an hour ago. Nobody waits for us here."
SRT = """1
00:00:00,500 --> 00:00:02,000
Bonsoir.

2
00:00:02,500 --> 00:00:04,500
Le dernier bateau est parti,
il y a une heure.
"""


class Titled(Bench):
    """A bench with one caption that is too much for the time it stands."""

    def __init__(self, studio: Studio, owner: BrowserContext) -> None:
        super().__init__(studio, owner)
        caption = {"start": 12, "frames": 48, "text": WORDS}
        track = {"id": "said", "kind": "captions", "name": "Captions", "role": "captions", "captions": [caption]}
        now = self.ask("get", f"/timelines/{self.cut}")["revision"]
        self.ask(
            "post", f"/timelines/{self.cut}/edits", {"revision": now, "edits": [{"op": "add_track", "track": track}]}
        )

    def captions(self) -> list[tuple[int, int, str]]:
        tracks: list[dict[str, Any]] = self.document()["tracks"]
        return [(c["start"], c["frames"], c["text"]) for t in tracks for c in t.get("captions", ())]


def listed(titled: Titled) -> tuple[Page, Locator]:
    """The Cut room with its captions on view, and their rows."""
    page = titled.owner.new_page()
    page.goto(f"/p/{titled.project}/cut?cut={titled.cut}")
    page.get_by_role("tab", name="Captions").click()
    rows = page.locator("#captions .cap")
    expect(rows).to_have_count(1, timeout=60_000)
    return page, rows


def test_captions_are_split_at_the_caret_joined_written_and_timed(studio: Studio, person: Person) -> None:
    titled = Titled(studio, person("titler"))
    page, rows = listed(titled)
    expect(rows.locator(".fault")).to_contain_text("letters a second, 17 can be read")
    expect(page.get_by_role("button", name="1 hard to read")).to_be_visible()

    # split before "Nobody": the words and the time are shared
    field = rows.first.get_by_label("Words")
    field.click()
    page.keyboard.press("Control+Home")
    for _ in range(WORDS.index("Nobody")):
        page.keyboard.press("ArrowRight")
    rows.first.get_by_role("button", name="Split at the caret").click()
    undo_says(page, "split a caption")
    one, two = titled.captions()
    assert (one[2], two[2]) == ("The last boat left an hour ago.", "Nobody waits for us here.")
    assert (one[0], one[0] + one[1], two[0] + two[1]) == (12, two[0], 60)

    # joined again, and written otherwise
    expect(rows).to_have_count(2)
    rows.first.hover()
    rows.first.get_by_role("button", name="Join with the next").click()
    undo_says(page, "join two captions")
    expect(rows).to_have_count(1)
    assert [each[:2] for each in titled.captions()] == [(12, 48)]
    rows.first.get_by_label("Words").fill("The boat left.")
    page.keyboard.press("Tab")
    undo_says(page, "caption")
    expect(rows.locator(".fault")).to_have_count(0)
    expect(page.get_by_role("button", name="hard to read")).to_have_count(0)
    assert titled.captions() == [(12, 48, "The boat left.")]

    # a longer time, typed
    rows.first.get_by_label("Ends").fill("4:00")
    page.keyboard.press("Enter")
    undo_says(page, "time of a caption")
    assert titled.captions() == [(12, 84, "The boat left.")]


def test_a_file_of_captions_comes_in_and_goes_home_as_it_came(studio: Studio, person: Person, tmp_path: Path) -> None:
    titled = Titled(studio, person("carrier"))
    page, rows = listed(titled)
    file = tmp_path / "french.srt"
    file.write_text(SRT, encoding="utf-8")
    page.locator("[data-captions-file]").set_input_files(str(file))
    undo_says(page, "captions of a file")
    expect(rows).to_have_count(2)
    brought = [(12, 36, "Bonsoir."), (60, 48, "Le dernier bateau est parti,\nil y a une heure.")]
    assert titled.captions() == brought
    page.locator("[data-cut-undo]").click()
    expect(rows).to_have_count(1)
    assert titled.captions() == [(12, 48, WORDS)]
    page.locator("[data-cut-redo]").click()
    expect(rows).to_have_count(2)

    # and go home as they came, in both forms
    for form, told in (("SRT", SRT), ("VTT", "WEBVTT")):
        with page.expect_download() as download:
            page.locator("#transcript .txf").get_by_role("link", name=form).click()
        saved = tmp_path / f"home.{form.lower()}"
        download.value.save_as(saved)
        text = saved.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        assert text.startswith(told.strip()) and "il y a une heure." in text

    # what is no file of captions changes nothing
    other = tmp_path / "notes.txt"
    other.write_text("Notes.", encoding="utf-8")
    page.locator("[data-captions-file]").set_input_files(str(other))
    expect(page.get_by_text("Choose a file of captions")).to_be_visible()
    assert titled.captions() == brought
