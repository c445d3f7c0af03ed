"""What is changed in the panes beside a cut while the studio dies or is out of reach is there once, like an edit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Person, Studio
from tests.e2e.test_cut_timeline import Bench
from tests.e2e.test_cut_unsaved import Line, _held, _killed, _saved, _true

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
_SAID = "One two three four"


class Panes(Bench):
    """A cut of three clips with captions and a track of sound, and how its panes are used."""

    def __init__(self, studio: Studio, owner: BrowserContext) -> None:
        super().__init__(studio, owner)
        captions = [{"start": 0, "frames": 48, "text": _SAID}]
        tracks: list[dict[str, Any]] = [
            {"id": "said", "kind": "captions", "name": "Captions", "role": "captions", "captions": captions},
            {"id": "tune", "kind": "audio", "name": "Tune", "role": "music"},
        ]
        edits = [{"op": "add_track", "track": track} for track in tracks]
        self.ask("post", f"/timelines/{self.cut}/edits", {"revision": self.revision(), "edits": edits})

    def revision(self) -> int:
        return self.ask("get", f"/timelines/{self.cut}/view")["revision"]

    def opened(self, page: Page) -> Page:
        page.goto(f"/p/{self.project}/cut?cut={self.cut}")
        expect(page.locator('[data-clip="c1"]')).to_be_visible(timeout=60_000)
        expect(_words(page)).to_have_count(4, timeout=30_000)
        page.locator('[data-clip="c1"]').click()
        expect(_opacity(page)).to_have_value("100")
        page.locator('[data-hit="cut.mixer"]').click()
        expect(_gain(page)).to_have_value("0")
        return page

    def track(self, name: str) -> dict[str, Any]:
        return next(track for track in self.document()["tracks"] if track["id"] == name)

    def opacity(self) -> object:
        return next(clip for clip in self.track("low")["clips"] if clip["id"] == "c1").get("opacity", 1)

    def gain(self) -> object:
        return self.track("tune").get("gain_db", 0)

    def said(self) -> str:
        return " ".join(caption["text"] for caption in self.track("said")["captions"])


def _words(page: Page) -> Any:
    return page.locator("#words [data-from]")


def _opacity(page: Page) -> Any:
    return page.locator('#inspector input[aria-label^="Opacity in"]')


def _strip(page: Page) -> Any:
    return page.locator("#mixer .strip", has_text="Tune")


def _gain(page: Page) -> Any:
    return _strip(page).locator('.fader input[inputmode="decimal"]')


def _typed(field: Any, value: str) -> None:
    field.fill(value)
    field.press("Enter")


def _faded(page: Page, value: str) -> None:
    """The gain of the tune, in the mixer, which closes where one presses beside it."""
    if not page.locator("#mixer").is_visible():
        page.locator('[data-hit="cut.mixer"]').click()
    _typed(_gain(page), value)


def _word_out(page: Page) -> None:
    """Mark the first word and cut it out."""
    page.locator("#words").focus()
    page.keyboard.press("Delete")
    page.keyboard.press("Delete")


def _caption(page: Page, words: str) -> None:
    page.get_by_role("tab", name="Captions").click()
    field = page.locator("#captions textarea").first
    field.fill(words)
    field.blur()


def _once(bench: Panes, page: Page, before: int, acts: int, question: Callable[[], bool]) -> None:
    """The act is there once; the studio that came back has filled the pane again."""
    _saved(page)
    _true(page, question)
    assert bench.revision() == before + acts, "an edit was lost or made twice"
    expect(page.locator("#words [data-from], #captions textarea")).not_to_have_count(0, timeout=30_000)


def test_what_a_pane_changed_before_the_server_died_is_there_once(studio: Studio, person: Person) -> None:
    bench = Panes(studio, person("pane"))
    page = bench.opened(bench.owner.new_page())
    page.get_by_role("tab", name="Captions").click()
    expect(page.locator("#captions textarea")).to_have_count(1)
    acts: list[tuple[Callable[[], None], Callable[[], bool]]] = [
        (lambda: _typed(_opacity(page), "60"), lambda: bench.opacity() == 0.6),
        (lambda: _faded(page, "-6"), lambda: bench.gain() == -6),
        (lambda: _caption(page, "Six seven eight nine"), lambda: bench.said() == "Six seven eight nine"),
    ]
    for act, question in acts:
        before = bench.revision()
        with _held(studio):
            act()
            expect(page.locator("#cut-unsaved")).to_have_text("1 change not saved yet, trying again", timeout=15_000)
            _killed(studio)
        _once(bench, page, before, 1, question)
        expect(page.locator('[data-clip="c1"]')).to_have_attribute("aria-pressed", "true")
    expect(_opacity(page)).to_have_value("60", timeout=15_000)
    expect(_gain(page)).to_have_value("-6")
    expect(page.locator("#captions textarea")).to_have_count(1)


def test_what_a_pane_changed_before_the_server_could_say_so_is_not_made_again(studio: Studio, person: Person) -> None:
    bench = Panes(studio, person("pam"))
    line = Line(page := bench.owner.new_page())
    bench.opened(page)
    acts: list[tuple[Callable[[], None], Callable[[], bool]]] = [
        (lambda: _faded(page, "-9"), lambda: bench.gain() == -9),
        (lambda: _word_out(page), lambda: bench.said() == "two three four"),
    ]
    for act, question in acts:
        before = bench.revision()
        line.cut(up=True, down=False)
        act()
        _true(page, question)
        _killed(studio)
        line.mend()
        _once(bench, page, before, 1, question)


def test_panes_go_on_offline_and_what_they_changed_outlives_a_reload(studio: Studio, person: Person) -> None:
    bench = Panes(studio, person("pax"))
    line = Line(page := bench.owner.new_page())
    bench.opened(page)
    before = bench.revision()
    line.cut(up=False, down=False)
    _typed(_opacity(page), "40")
    _faded(page, "-3")
    _typed(_opacity(page), "55")
    _word_out(page)
    expect(page.locator("#cut-unsaved")).to_have_text("4 changes not saved yet, trying again", timeout=15_000)
    page.wait_for_timeout(10_000)
    expect(_opacity(page)).to_have_value("55")
    assert bench.revision() == before
    line.mend()
    page.reload()
    _once(bench, page, before, 4, lambda: bench.said() == "two three four")
    assert (bench.opacity(), bench.gain()) == (0.55, -3)


def test_what_a_pane_asks_for_and_cannot_be_is_said_and_the_field_is_as_it_was(studio: Studio, person: Person) -> None:
    bench = Panes(studio, person("pilar"))
    page = bench.opened(bench.owner.new_page())
    length = page.locator("#insp-length")
    was = length.input_value()
    _typed(length, "soon")
    expect(page.get_by_text("Type a length such as")).to_be_visible()
    expect(page.locator("#insp-length")).to_have_value(was)
    before = bench.revision()
    _strip(page).locator("select").nth(1).select_option("warm")
    _once(bench, page, before, 1, lambda: bench.track("tune").get("equaliser") == "warm")
