"""From the cut to its film in a real browser: what is edited is what is rendered, to the frame, and a reload loses nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Person, Studio, until
from tests.e2e.test_cut_timeline import Bench, place, undo_says

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

_LEFT = 2 * 48 + 24


def test_a_cut_is_edited_reloaded_and_rendered_as_it_stands(studio: Studio, person: Person) -> None:
    bench = Bench(studio, person("fred"))
    page = bench.cutting(bench.owner)
    ruler = page.locator("#cut-ruler").bounding_box()
    assert ruler is not None
    box = place(page, "c1")
    page.mouse.click(box["x"] + 24 * box["frame"], ruler["y"] + 10)
    page.keyboard.press("s")
    undo_says(page, "Split Clip 1")
    page.locator('[data-clip="c1"]').click()
    page.keyboard.press("Shift+Delete")
    undo_says(page, "Delete Clip 1")

    page.reload()
    until(page, "document.querySelectorAll('#cut-layer .clip').length === 3")
    assert [length for _, _, length in bench.tracks()["low"]] == [48, 24, 48]
    undo_says(page, "Delete Clip 1")

    page.locator("#cut-render").click()
    expect(page.locator("#which-cut")).to_have_value(bench.cut)
    page.get_by_role("button", name="720p", exact=False).first.click()
    page.get_by_role("button", name="Make the").click()
    until(page, "document.querySelector('video')?.readyState >= 1", seconds=150)
    film = bench.ask("get", f"/projects/{bench.project}/renders")[0]
    assert film["frames"] == _LEFT
    assert page.evaluate("Math.round(document.querySelector('video').duration * 24)") == _LEFT


def test_in_and_out_are_what_a_film_is_asked_for(studio: Studio, person: Person) -> None:
    bench = Bench(studio, person("greta"))
    page = bench.cutting(bench.owner)
    for key in ("Shift+ArrowRight", "Shift+ArrowRight", "i", "Shift+ArrowRight", "o"):
        page.keyboard.press(key)
    expect(page.locator("#cut-render")).to_have_attribute("href", re.compile("cut=.+&from=.+&to="))
    page.locator("#cut-render").click()
    expect(page.locator("#which-cut")).to_have_value(bench.cut)
    expect(page.locator("#ask-first")).to_have_value("00:00:20")
    expect(page.locator("#ask-last")).to_have_value("00:01:07")
