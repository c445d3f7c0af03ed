"""Two people cut one film at once in two real browsers: after two hundred acts both see what the studio holds."""

from __future__ import annotations

import random
import re
import time
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Person, Studio
from tests.e2e.test_cut_timeline import Bench

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

ACTS, FPS, NARROW = 200, 24, 8
"""NARROW: frames of a clip that may be too narrow, with the whole film on view, to be more than painted."""
_CLIPS = "[...document.querySelectorAll('#cut-layer .clip[data-clip]')]"
_TIMES = re.compile(r"(\d+):(\d+):(\d+):(\d+) to (\d+):(\d+):(\d+):(\d+), (\d+) frames$")


def test_after_two_hundred_acts_of_two_people_both_see_the_same_cut(studio: Studio, person: Person) -> None:
    bench = Bench(studio, person("hanne"))
    other: BrowserContext = person("henk")
    bench.join("henk")
    pages = [bench.cutting(bench.owner), bench.cutting(other)]
    begun, chance = bench.ask("get", f"/timelines/{bench.cut}/view")["revision"], random.Random(7)
    for turn in range(3 * ACTS):
        _act(pages[turn % 2], chance)
        if turn % 20 == 19 and bench.ask("get", f"/timelines/{bench.cut}/view")["revision"] >= begun + ACTS:
            break
    for page in pages:
        page.keyboard.press("Escape")
        page.keyboard.press("\\")
        expect(page.locator("#cut-unsaved")).to_be_hidden(timeout=30_000)
    assert bench.ask("get", f"/timelines/{bench.cut}/view")["revision"] >= begun + ACTS
    held = {name: (start, frames) for each in bench.tracks().values() for name, start, frames in each}
    assert held
    for page in pages:
        end = time.monotonic() + 15
        while (seen := _seen(page)) != {name: each for name, each in held.items() if name in seen} or any(
            held[name][1] > NARROW for name in held.keys() - seen.keys()
        ):
            assert time.monotonic() < end, (held, seen)
            page.wait_for_timeout(200)


def _act(page: Page, chance: random.Random) -> None:
    """One thing somebody does, without waiting for what comes of it; the other goes on meanwhile."""
    page.keyboard.press("\\")  # all of it on view
    page.keyboard.press("Home")
    for _ in range(chance.randrange(14)):
        page.keyboard.press("Shift+ArrowRight")
    what = chance.choice(("split", "nudge", "nudge", "nudge", "undo", "lift"))
    if what == "split":
        page.keyboard.press("Escape")
        return page.keyboard.press("s")
    if what == "undo":
        return page.keyboard.press("Control+z")
    middles: list[list[float]] = page.evaluate(
        _CLIPS + ".map(el => el.getBoundingClientRect()).map(box => [box.x + box.width / 2, box.y + 20])"
    )
    if len(middles) < 4 and what == "lift":
        return None
    page.mouse.click(*chance.choice(middles))
    way = chance.choice(("Control+Shift+ArrowRight", "Control+Shift+ArrowLeft"))
    page.keyboard.press("Delete" if what == "lift" else way)
    return None


def _seen(page: Page) -> dict[str, tuple[int, int]]:
    """Start and length of every clip as the page tells them."""
    found: dict[str, tuple[int, int]] = {}
    pairs: list[list[Any]] = page.evaluate(_CLIPS + ".map(el => [el.dataset.clip, el.getAttribute('aria-label')])")
    for name, label in pairs:
        told = _TIMES.search(str(label))
        assert told, label
        numbers = [int(each) for each in told.groups()]
        start = ((numbers[0] * 60 + numbers[1]) * 60 + numbers[2]) * FPS + numbers[3]
        found[str(name)] = (start, numbers[8])
    return found
