"""A cut played in a real browser: by its keys and its fields; at rest its exact frame is shown."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Person, Studio, until
from tests.e2e.test_writing import Room

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
_AT = "Number(document.getElementById('cut-timecode').value.split(':').reduce((s, n, i) => s + n * [86400, 1440, 24, 1][i], 0))"
_EXACT = "document.getElementById('cut-frame')?.dataset.shown === 'exact'"


class Playing(Room):
    """A project with a cut of four seconds: two colours after each other, words over both."""

    def __init__(self, studio: Studio, owner: BrowserContext) -> None:
        super().__init__(studio, owner)
        begun: dict[str, Any] = self.ask(
            "post", f"/projects/{self.project}/timelines", {"name": "One", "begin": "empty"}
        )
        self.cut = begun["id"]
        track = begun["document"]["tracks"][0]["id"]
        clips = [
            {
                "id": name,
                "name": name,
                "media": "",
                "start": 0,
                "frames": 48,
                "made": {"kind": "solid", "colour": colour},
            }
            for name, colour in (("orange", "#ff6b35"), ("blue", "#004e89"))
        ]
        edits = [{"op": "insert", "track": track, "at": 48 * i, "clips": [clip]} for i, clip in enumerate(clips)]
        self.ask("post", f"/timelines/{self.cut}/edits", {"revision": begun["revision"], "edits": edits})

    def page(self, person: BrowserContext) -> Page:
        page = person.new_page()
        page.goto(f"/p/{self.project}/cut?cut={self.cut}")
        until(page, "document.getElementById('cut-length')?.textContent === '00:00:04:00'", seconds=60)
        return page


def test_a_cut_is_played_by_its_keys_and_stands_exactly_where_it_rests(studio: Studio, person: Person) -> None:
    owner = person("player")
    page = Playing(studio, owner).page(owner)
    until(page, _EXACT)
    shown = Image.open(BytesIO(page.locator("#cut-frame").screenshot())).convert("RGB").getpixel((40, 40))
    assert isinstance(shown, tuple) and max(abs(a - b) for a, b in zip(shown, (255, 107, 53), strict=True)) < 16
    for key, frame in (
        ("ArrowRight", 1),
        ("Shift+ArrowRight", 11),
        ("ArrowLeft", 10),
        ("ArrowDown", 48),
        ("End", 95),
        ("ArrowUp", 48),
    ):
        page.keyboard.press(key)
        until(page, f"{_AT} === {frame}", seconds=5)
    page.keyboard.press("j")
    until(page, f"{_AT} < 40", seconds=10)
    page.keyboard.press("k")
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    expect(page.locator("[data-play=toggle]")).to_have_attribute("aria-pressed", "true")
    until(page, f"{_AT} >= 95", seconds=15)
    expect(page.locator("[data-play=toggle]")).to_have_attribute("aria-pressed", "false")
    until(page, _EXACT)


def test_a_place_is_typed_and_keys_typed_there_play_nothing(studio: Studio, person: Person) -> None:
    owner = person("typist")
    page = Playing(studio, owner).page(owner)
    field = page.locator("#cut-timecode")
    for typed, said in (
        ("+12", "00:00:00:12"),
        ("204", "00:00:02:04"),
        ("-4", "00:00:02:00"),
        ("l k", "00:00:02:00"),
        ("00:00:02:00", "00:00:02:00"),
    ):
        field.click()
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        expect(field).to_have_value(said)
        expect(field).not_to_be_focused()
    expect(page.locator("[data-play=toggle]")).to_have_attribute("aria-pressed", "false")
