"""What is played in a real browser: proxies of films somebody brought, and rendered previews where a browser cannot play truly."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Person, Studio, until
from tests.e2e.test_writing import Room
from tests.factories.footage import film

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
_SEEN = "[...document.querySelectorAll('#cut-layers .slot')].filter(e => e.style.visibility !== 'hidden')"
_SHOWN = f"{_SEEN}.flatMap(e => [...e.querySelectorAll('video')])"
_MADE = "#cut-made i"
_SIGN = "document.getElementById('cut-sign').textContent"
_TINT = {"temperature": 1.0}
_LENGTH = 72


class Screening(Room):
    """A project with an empty cut of 24 frames a second."""

    def __init__(self, studio: Studio, owner: BrowserContext) -> None:
        super().__init__(studio, owner)
        made: dict[str, Any] = self.ask(
            "post", f"/projects/{self.project}/timelines", {"name": "One", "begin": "empty"}
        )
        self.cut, self.track = made["id"], made["document"]["tracks"][0]["id"]

    def edit(self, *edits: dict[str, Any]) -> None:
        revision = self.ask("get", f"/timelines/{self.cut}/view")["revision"]
        self.ask("post", f"/timelines/{self.cut}/edits", {"revision": revision, "edits": list(edits)})

    def lay(self, *clips: dict[str, Any]) -> None:
        laid = [
            {"media": "", "name": each["id"], "start": _LENGTH * n, "frames": _LENGTH, **each}
            for n, each in enumerate(clips)
        ]
        self.edit({"op": "overwrite", "track": self.track, "at": 0, "clips": laid})

    def bring(self, path: Path) -> str:
        """A film sent as the page sends it; its hash, once it has all its forms."""
        data = path.read_bytes()
        upload = self.ask("post", f"/projects/{self.project}/uploads", {"name": path.name, "size": len(data)})
        headers = {"Origin": self.studio.address, "Upload-Offset": "0", "Content-Type": "application/octet-stream"}
        sent = self.owner.request.patch(f"/api/v1/uploads/{upload['id']}", data=data, headers=headers)
        assert sent.ok, sent.text()
        self.ask("post", f"/uploads/{upload['id']}/finish")
        page = self.owner.new_page()
        for _ in range(1200):
            found = [each for each in self.ask("get", f"/projects/{self.project}/media") if each["state"] == "ready"]
            if found:
                page.close()
                return str(found[0]["sha256"])
            page.wait_for_timeout(100)
        raise AssertionError("the film was never ready")

    def page(self, *, idle: bool = True) -> Page:
        page = self.owner.new_page()
        page.add_init_script(f"localStorage.setItem('cut-idle', '{int(idle)}')")
        page.goto(f"/p/{self.project}/cut?cut={self.cut}")
        until(page, "document.querySelectorAll('#cut-layer .clip').length > 0", seconds=60)
        return page


def grey(name: str, tone: str = "80", **more: Any) -> dict[str, Any]:
    """A plain grey; what another test has rendered of the same tone is there already."""
    return {"id": name, "made": {"kind": "solid", "colour": f"#{tone * 3}"}, **more}


def warmth(page: Page) -> int:
    """How much redder than blue the middle of the stage is."""
    seen = Image.open(BytesIO(page.locator("#cut-frame").screenshot())).convert("RGB")
    pixel = seen.getpixel((seen.width // 2, seen.height // 2))
    assert isinstance(pixel, tuple)
    return pixel[0] - pixel[2]


def played_into(page: Page, frames: int) -> None:
    """Play from the first frame until the playhead is as far."""
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    at = "Number(document.getElementById('cut-timecode').value.split(':').reduce((s, n, i) => s + n * [86400, 1440, 24, 1][i], 0))"
    until(page, f"{at} >= {frames}", seconds=20)


def test_what_a_browser_cannot_play_is_rendered_played_and_given_up_where_it_is_edited(
    studio: Studio, person: Person
) -> None:
    room = Screening(studio, person("prue"))
    room.lay(grey("plain"), grey("warm", colour=_TINT))
    page = room.page(idle=False)
    expect(page.locator(_MADE)).to_have_class("heavy")
    expect(page.locator("#cut-made")).to_have_attribute("aria-label", "3.0 s are to be rendered.")
    played_into(page, _LENGTH + 8)
    assert page.evaluate(_SIGN) == "Proxy"
    assert abs(warmth(page)) < 10  # a browser has no word for it
    page.keyboard.press("k")

    page.locator("#cut-heavy").click()
    page.get_by_role("button", name="Render preview", exact=True).last.click()
    expect(page.locator(_MADE)).to_have_class("ready", timeout=60_000)
    expect(page.locator("#cut-left")).to_have_text("All 3.0 s of it are ready.")
    page.keyboard.press("Escape")
    played_into(page, _LENGTH + 8)
    assert page.evaluate(_SIGN) == "Rendered"
    assert warmth(page) > 25
    before = page.evaluate(f"{_SHOWN}[0].currentTime")
    until(page, f"{_SHOWN}[0].currentTime > {before}", seconds=5)
    page.keyboard.press("k")

    room.edit({"op": "set_clip", "clip": "warm", "fields": {"opacity": 0.5}})
    expect(page.locator(_MADE)).to_have_class("heavy", timeout=15_000)
    played_into(page, _LENGTH + 8)
    assert page.evaluate(_SIGN) == "Proxy"


def test_a_room_that_rests_has_its_preview_rendered_by_itself(studio: Studio, person: Person) -> None:
    room = Screening(studio, person("resa"))
    room.lay(grey("warm", "6f", colour=_TINT))
    page = room.page()
    expect(page.locator(_MADE)).to_have_class("heavy")
    expect(page.locator(_MADE)).to_have_class("ready", timeout=90_000)
    page.locator("#cut-heavy").click()
    expect(page.get_by_label("Begin by itself when I rest for a moment")).to_be_checked()


def test_a_film_is_played_from_its_proxy_and_in_full_when_that_is_chosen(
    studio: Studio, person: Person, tmp_path: Path
) -> None:
    room = Screening(studio, person("paul"))
    sha256 = room.bring(film(tmp_path / "Take.mp4", seconds=6, size="1280x720", rate="24"))
    room.lay({"id": "take", "media": sha256, "frames": 144})
    page = room.page()
    page.locator("#cut-view").click()
    for quality, wide, shown in (("proxy", 960, "?size=proxy"), ("full", 1280, sha256)):
        page.locator("#cut-quality").select_option(quality)
        page.locator("#cut-view").click()
        played_into(page, 24)
        seen = page.evaluate(f"{_SHOWN}.map(v => [v.currentSrc, v.videoWidth, v.paused])")
        assert [(each[0].endswith(shown), each[1], each[2]) for each in seen] == [(True, wide, False)]
        first = page.locator("#cut-frame").screenshot()
        passed = page.evaluate(f"{_SHOWN}[0].getVideoPlaybackQuality().totalVideoFrames")
        until(page, f"{_SHOWN}[0].getVideoPlaybackQuality().totalVideoFrames > {passed} + 12", seconds=10)
        assert page.locator("#cut-frame").screenshot() != first
        page.keyboard.press("k")
