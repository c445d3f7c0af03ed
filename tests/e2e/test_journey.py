"""From an empty studio to a film on somebody's disk, in a real browser, on a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import av
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import DESK, PASSWORD, PHONE, Person, Studio, started, until

pytestmark = pytest.mark.browser

SECONDS = 107.08
_DRAWN = "main img[src*='/media/']"


def _signed_up(page: Page, studio: Studio, name: str) -> None:
    page.goto(f"{studio.address}/signup")
    page.get_by_label("Your name").fill(name.title())
    page.get_by_label("Email").fill(f"{name}@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    expect(page.get_by_text("Put the sample film in my projects")).to_be_visible()
    page.get_by_role("button", name=re.compile("make my account", re.IGNORECASE)).click()
    page.wait_for_url(re.compile(r"/projects/?$|/p/[^/]+"))


def _sample_opened(page: Page) -> str:
    """Open the sample film, unless signing up did; the address of its project."""
    if "/p/" not in page.url:
        page.get_by_role("button", name=re.compile("sample film", re.IGNORECASE)).first.click()
    page.wait_for_url(re.compile(r"/p/[^/]+"))
    return re.sub(r"(/p/[^/?]+).*", r"\1", page.url)


def _film_made(page: Page, project: str, preset: str) -> Path:
    """Make the film in a preset, watch it arrive, download it; the file."""
    page.goto(f"{project}/renders")
    page.get_by_role("button", name=re.compile(preset)).first.click()
    page.locator("#make-film").click()
    expect(page.get_by_role("button", name="Cancel").first).to_be_visible()
    film = page.locator("video#film")
    expect(film).to_be_visible(timeout=240_000)
    until(page, "document.querySelector('video#film').duration > 0")
    assert film.evaluate("v => v.duration") == pytest.approx(SECONDS, abs=0.5)
    with page.expect_download(timeout=60_000) as download:
        page.locator("#download-film").click()
    return Path(download.value.path())


@pytest.mark.timeout(600)
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_sign_up_open_the_sample_watch_panels_arrive_render_play_download(
    studio: Studio, chromium: Browser, quiet: Callable[[Page], list[str]], screen: dict[str, int]
) -> None:
    context = chromium.new_context(viewport=screen, accept_downloads=True, has_touch=screen is PHONE)
    page = context.new_page()
    complaints = quiet(page)
    name = "mara" if screen is DESK else "tunde"
    _signed_up(page, studio, name)
    project = _sample_opened(page)

    page.goto(f"{project}/board")
    expect(page.locator(_DRAWN).locator("visible=true").first).to_be_visible(timeout=60_000)
    until(page, "document.body.textContent.includes('31 of 31 drawn')", seconds=120)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"

    film = _film_made(page, project, "720p")
    assert _frames(film, decoded=screen is DESK) == 2570
    page.locator("video#film").evaluate("v => { v.muted = true; return v.play(); }")
    until(page, "document.querySelector('video#film').currentTime > 0.5")
    assert page.evaluate("document.querySelector('video#film').textTracks.length") == 1
    assert complaints == []
    context.close()


def test_what_is_typed_before_the_page_is_awake_is_kept(studio: Studio, chromium: Browser) -> None:
    """A slow machine: the form is there long before the script behind it."""
    context = chromium.new_context(base_url=studio.address)
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 10})
    page.goto("/signup", wait_until="commit")
    page.locator("#display_name").fill("Ada Byron")
    page.locator("#email").fill("ada@example.com")
    page.locator("#password").fill(PASSWORD)
    page.wait_for_timeout(4000)
    assert page.locator("#display_name").input_value() == "Ada Byron"
    assert page.locator("#email").input_value() == "ada@example.com"
    assert page.locator("#password").input_value() == PASSWORD
    context.close()


@pytest.mark.timeout(300)
def test_a_viewer_may_look_and_not_change(studio: Studio, person: Person) -> None:
    owner, viewer = person("ines"), person("sami")
    headers = {"Origin": studio.address}
    made = started(owner, studio)
    project = made["project_id"]
    joined = owner.request.post(
        f"/api/v1/projects/{project}/members", data={"email": "sami@example.com", "role": "viewer"}, headers=headers
    )
    assert joined.ok, joined.text()

    theirs, ours = owner.new_page(), viewer.new_page()
    theirs.goto(f"/p/{project}/board")
    ours.goto(f"/p/{project}/board")
    expect(ours.locator(_DRAWN).locator("visible=true").first).to_be_visible(timeout=60_000)
    expect(ours.get_by_role("img", name=re.compile("Ines, in board"))).to_be_visible(timeout=5_000)
    expect(theirs.get_by_role("img", name=re.compile("Sami, in board"))).to_be_visible(timeout=5_000)
    for word in ("Redraw", "Draw the board", "Make the film"):
        expect(ours.get_by_role("button", name=word)).to_have_count(0)
    ours.goto(f"/p/{project}/renders")
    expect(ours.get_by_text("for the project's editors")).to_be_visible()
    expect(ours.locator("#make-film")).to_have_count(0)
    refused = viewer.request.post(f"/api/v1/scripts/{made['script_id']}/film", data={"preset": "720p"}, headers=headers)
    assert refused.status == 403

    stranger = person("nobody").new_page()
    stranger.goto(f"/p/{project}/board")
    expect(stranger.get_by_role("heading", name=re.compile("no such project", re.IGNORECASE))).to_be_visible()
    assert "THE LAST FERRY" not in stranger.inner_text("body").upper()


def test_without_an_account_every_room_sends_to_sign_in_and_back(
    studio: Studio, chromium: Browser, person: Person
) -> None:
    person("wei")
    context = chromium.new_context(base_url=studio.address)
    page = context.new_page()
    page.goto("/account")
    page.wait_for_url(re.compile("/signin"))
    page.get_by_label("Email").fill("wei@example.com")
    page.get_by_label("Password", exact=True).fill("not the password")
    page.get_by_role("button", name=re.compile("^sign in$", re.IGNORECASE)).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_label("Email")).to_have_value("wei@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name=re.compile("^sign in$", re.IGNORECASE)).click()
    page.wait_for_url(re.compile("/account"))
    context.close()


def _frames(film: Path, *, decoded: bool) -> int:
    """Frames counted by decoding the file; a second film of the same is only taken apart."""
    with av.open(str(film)) as container:
        if decoded:
            return sum(1 for _ in container.decode(video=0))
        return sum(1 for packet in container.demux(video=0) if packet.size)
