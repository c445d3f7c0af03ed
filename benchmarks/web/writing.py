"""Writing in a script of 180 pages: from a key to the paint that shows it, what a save sends, and what it costs the server."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from benchmarks.web import serving
from benchmarks.web.chrome import chromium, until
from benchmarks.web.figures import share, usage, verdict
from benchmarks.web.serving import Served

LIMIT_MS = 50
_SCENES = 206
_WORDS = "The rain has not stopped since Tuesday and nobody in the house remembers who left the lamp on. "
_STAMPS = """
(() => {
  const paints = window.__paints = [];
  const port = new MessageChannel();
  let since = 0;
  port.port1.onmessage = () => { if (since) { paints.push(performance.now() - since); since = 0; } };
  document.addEventListener('keydown', e => {
    since = e.timeStamp;
    requestAnimationFrame(() => port.port2.postMessage(0));
  }, true);
})();
"""


def script() -> str:
    """180 pages: a scene on each, with action and dialogue."""
    speech = "MARA\nI told you. We do not go to the island.\n\nBEN\n(quietly)\nThen who lit the lamp? Nobody else has a boat.\n\n"
    scene = "INT. ROOM {n} - NIGHT\n\n" + (_WORDS * 3 + "\n\n" + speech) * 3 + _WORDS + "\n\n"
    return "Title: The Long One\n\n" + "".join(scene.format(n=n) for n in range(1, _SCENES + 1))


def measured(home: Path) -> None:
    """Medians and worst of some hundred keys, in action, in dialogue and in a cue with its list of names."""
    with serving.studio(home) as studio, chromium() as browser:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=studio.origin)
        project, script_id, eighths = _made(context, studio)
        page = context.new_page()
        page.add_init_script(_STAMPS)
        sent = _Wire(context, page)
        opened = time.monotonic()
        page.goto(f"/p/{project}/script?scene=90")
        until(page, "document.querySelectorAll('.scene').length > 1 && document.body.textContent.includes('ROOM 90 ')")
        print(f"{eighths / 8:.0f} pages, opened at page 90 in {1000 * (time.monotonic() - opened):.0f} ms")
        for where, kind, words in (
            ("action", "action", _WORDS),
            ("dialogue", "dialogue", _WORDS),
            ("a name", "character", "BENJAMINA OF THE LONG HALL"),
        ):
            page.locator(f'.scene >> nth=0 >> .ed p[data-kind="{kind}"]').first.click()
            page.keyboard.press("End")
            _told(where, _typed(page, words))
        _saved(page, studio, sent, script_id)
        context.close()


def _made(context: BrowserContext, studio: Served) -> tuple[str, str, int]:
    headers = {"Origin": studio.origin}

    def ask(path: str, data: dict[str, Any]) -> dict[str, Any]:
        answer = context.request.post(f"/api/v1{path}", data=data, headers=headers, timeout=120_000)
        assert answer.ok, answer.text()
        return answer.json()["data"]

    body = {
        "email": f"writer{time.time_ns()}@example.com",
        "password": "a long enough password",
        "display_name": "Writer",
    }
    ask("/auth/register", body)
    project = ask("/projects", {"name": "The Long One"})["id"]
    made = ask(f"/projects/{project}/script", {"text": script(), "name": "long.fountain"})
    return project, made["id"], made["eighths"]


def _typed(page: Page, words: str) -> list[float]:
    page.evaluate("window.__paints.length = 0")
    for letter in words:
        page.keyboard.type(letter)
        page.wait_for_timeout(30)
    return page.evaluate("window.__paints")


def _told(where: str, paints: list[float]) -> None:
    middle, most = share(paints, 0.5), share(paints, 0.95)
    print(
        f"{where:10} {len(paints):4} keys   median {middle:5.1f}   p95 {most:5.1f}   worst {max(paints):5.1f} ms"
        f"   {verdict(most, LIMIT_MS)}"
    )


def _saved(page: Page, studio: Served, wire: _Wire, script_id: str) -> None:
    """Ten saves of one scene: what goes out and comes back, and the CPU of the server for each."""
    page.locator('.scene >> nth=1 >> .ed p[data-kind="action"]').first.click()
    page.keyboard.press("End")
    page.wait_for_timeout(3000)
    wire.out = wire.into = 0
    before = usage(studio.pids)
    took: list[float] = []
    for number in range(10):
        page.keyboard.type(f" {number}")
        begun = time.monotonic()
        until(page, "document.getElementById('script-saved').dataset.state === 'busy'")
        until(page, "document.getElementById('script-saved').dataset.state === 'ok'")
        took.append(time.monotonic() - begun)
    page.wait_for_timeout(2000)
    cpu = (usage(studio.pids).cpu_s - before.cpu_s) / 10
    print(
        f"a save: {wire.out / 10 / 1000:.1f} kB out, {wire.into / 10 / 1000:.1f} kB back, {1000 * cpu:.0f} ms of CPU in all"
    )
    print(
        f"kept {share(took, 0.5):.2f} s after the last key (0.8 s of them are waited for the next one); script {script_id}"
    )


class _Wire:
    """Bytes of the socket's frames."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.out = self.into = 0
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.webSocketFrameSent", self._sent)
        session.on("Network.webSocketFrameReceived", self._received)

    def _sent(self, told: Any) -> None:
        self.out += len(told["response"]["payloadData"])

    def _received(self, told: Any) -> None:
        self.into += len(told["response"]["payloadData"])
