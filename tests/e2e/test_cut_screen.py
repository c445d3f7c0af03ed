"""What surrounds the picture of a cut in a real browser: safe areas, going round, the whole screen, scopes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Person, Studio, until
from tests.e2e.test_cut_player import _AT, Playing
from tests.e2e.test_cut_timeline import Bench, place

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_safe_areas_are_drawn_and_remembered(studio: Studio, person: Person) -> None:
    owner = person("sara")
    page = Playing(studio, owner).page(owner)
    expect(page.locator(".safe-title")).to_be_hidden()
    page.get_by_role("button", name="Safe areas").click()
    frame, title = page.locator("#cut-frame").bounding_box(), page.locator(".safe-title").bounding_box()
    assert frame and title
    assert title["width"] / frame["width"] == pytest.approx(0.8, abs=0.01)
    assert title["height"] / frame["height"] == pytest.approx(0.8, abs=0.01)
    page.reload()
    expect(page.locator(".safe-title")).to_be_visible()
    expect(page.get_by_role("button", name="Safe areas")).to_have_attribute("aria-pressed", "true")


def test_it_goes_round_between_in_and_out(studio: Studio, person: Person) -> None:
    owner = person("lou")
    page = Playing(studio, owner).page(owner)
    page.locator("#cut-view").click()
    for key in ("Home", "Shift+ArrowRight", "i", "Shift+ArrowRight", "o"):
        page.keyboard.press(key)
    page.locator("[data-play=loop]").click()
    expect(page.locator("#cut-length")).to_have_text("00:00:00:11")
    page.keyboard.press("Space")
    seen: list[int] = []
    for _ in range(30):
        page.wait_for_timeout(100)
        seen.append(page.evaluate(_AT))
    assert all(10 <= frame <= 21 for frame in seen[3:]), seen
    assert any(a > b for a, b in pairwise(seen[3:]))  # it has been round
    expect(page.locator("[data-play=toggle]")).to_have_attribute("aria-pressed", "true")


def test_the_picture_takes_the_whole_screen_and_gives_it_back(studio: Studio, person: Person) -> None:
    owner = person("full")
    page = Playing(studio, owner).page(owner)
    page.get_by_role("button", name="Full screen").click()
    until(page, "document.fullscreenElement?.id === 'cut-view'")
    until(page, "document.getElementById('cut-frame').clientWidth > innerWidth * 0.8")
    page.keyboard.press("ArrowRight")  # the keys play there as well
    until(page, f"{_AT} === 1")
    page.evaluate("document.exitFullscreen()")
    until(
        page, "document.fullscreenElement === null && document.getElementById('cut-frame').clientWidth < innerWidth / 2"
    )


def test_a_scope_is_that_of_the_frame_the_playhead_rests_on(studio: Studio, person: Person) -> None:
    owner = person("scot")
    page = Playing(studio, owner).page(owner)
    page.locator(".clip", has_text="orange").first.click()
    page.locator("#insp-scope").select_option("histogram")
    scope = page.locator(".scopes img")
    expect(scope).to_be_visible()
    until(page, "document.querySelector('.scopes img').naturalWidth > 0")
    first = scope.screenshot()
    page.locator("#cut-view").click()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    until(
        page,
        "/frame=94&/.test(document.querySelector('.scopes img').src) && document.querySelector('.scopes img').complete",
    )
    assert scope.screenshot() != first


def test_four_pictures_are_shown_while_a_cut_is_rolled(studio: Studio, person: Person) -> None:
    bench = Bench(studio, person("rolf"))
    page = bench.cutting(bench.owner)
    page.keyboard.press("t")
    box = place(page, "c1")
    page.mouse.move(box["x"], box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 6 * box["frame"], box["y"] + 30, steps=4)
    shown = page.locator("#cut-two > :not([hidden])")
    expect(shown).to_have_count(4)
    assert shown.evaluate_all("all => all.map(e => e.dataset.said)") == ["Out", "In", "First", "Last"]
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator("#cut-two")).to_be_hidden()
