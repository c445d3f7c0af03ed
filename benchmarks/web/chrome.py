"""Debian's Chromium: one page opened with a cold cache, and what it stamped while it drew itself."""

from __future__ import annotations

import shutil
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from benchmarks.web.serving import COOKIE, Served

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
]
_STAMPS = """
(() => {
  const seen = window.__seen = {};
  const watched = (type, keep) => new PerformanceObserver(l => l.getEntries().forEach(keep)).observe({type, buffered: true});
  watched('paint', e => { seen[e.name] = e.startTime; });
  watched('largest-contentful-paint', e => { seen.largest = e.startTime; });
  const ready = selector => {
    const found = document.querySelector(selector);
    return found && (found.tagName !== 'IMG' || found.complete && found.naturalWidth);
  };
  const look = () => {
    if (seen.data === undefined && ready(SELECTOR)) seen.data = performance.now();
    if (seen.data === undefined) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""


@dataclass(frozen=True, slots=True)
class Opened:
    """Milliseconds from the start of the navigation, and what came over the wire."""

    first_paint: float
    largest_paint: float
    data: float
    requests: int
    bytes: int
    script_bytes: int
    picture_bytes: int
    socket_bytes: int


@contextmanager
def chromium() -> Generator[Browser]:
    """A browser; each person is a context of it, with a cache of their own."""
    with sync_playwright() as playwright:
        own = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=own, args=_FLAGS)
        yield browser
        browser.close()


def person(browser: Browser, served: Served, token: str = "") -> BrowserContext:
    """Somebody who has never been here; with a token, signed in."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    if token:
        context.add_cookies([{"name": COOKIE, "value": token, "url": served.origin, "httpOnly": True}])
    return context


def opened(browser: Browser, served: Served, path: str, *, token: str, selector: str) -> Opened:
    """Open one page with a cold cache; `selector` names what shows that its data are there (a picture: loaded)."""
    context = person(browser, served, token)
    page = context.new_page()
    wire = _Wire(context.new_cdp_session(page))
    page.add_init_script(_STAMPS.replace("SELECTOR", repr(selector)))
    page.goto(served.origin + path)
    until(page, "window.__seen.data !== undefined")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    seen: dict[str, float] = page.evaluate("window.__seen")
    context.close()
    return Opened(
        seen["first-contentful-paint"],
        seen.get("largest", seen["first-contentful-paint"]),
        max(seen["data"], seen["first-contentful-paint"]),
        wire.requests,
        sum(wire.bytes.values()),
        wire.bytes.get("Script", 0),
        wire.bytes.get("Image", 0),
        wire.socket_bytes,
    )


def until(page: Page, true: str, limit_s: float = 30.0) -> None:
    """Wait until an expression is true; Playwright's own waiting needs eval, which our pages forbid."""
    end = time.monotonic() + limit_s
    while not page.evaluate(f"Boolean({true})"):
        assert time.monotonic() < end, f"{page.url}: not within {limit_s:.0f} s: {true}"
        page.wait_for_timeout(20)


class _Wire:
    """Counts what a page fetches: bytes as transferred, with headers, by kind."""

    def __init__(self, session: CDPSession) -> None:
        self.requests = self.socket_bytes = 0
        self.bytes: dict[str, int] = {}
        self._kinds: dict[str, str] = {}
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._ended)
        session.on("Network.webSocketFrameReceived", self._frame)

    def _asked(self, told: Any) -> None:
        self.requests += 1
        self._kinds[told["requestId"]] = told.get("type", "Other")

    def _ended(self, told: Any) -> None:
        kind = self._kinds.get(told["requestId"], "Other")
        self.bytes[kind] = self.bytes.get(kind, 0) + int(told["encodedDataLength"])

    def _frame(self, told: Any) -> None:
        self.socket_bytes += len(told["response"]["payloadData"])
