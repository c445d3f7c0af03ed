"""A board of 1,000 drawn panels in the browser: what its first screen weighs, how many cards are in the page, how scrolling and
turning on through it run.

Run as a program it makes the board in INKREEL_HOME, before the studio starts, and prints where it is.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import CDPSession, Page

from benchmarks.web import serving
from benchmarks.web.cast import given, somebody
from benchmarks.web.chrome import chromium, opened, person, until
from benchmarks.web.figures import share, verdict

if TYPE_CHECKING:
    from studio.accounts.views import Actor

PANELS = 1_000
LIMIT_MS, LIMIT_MB, LIMIT_TURN_MS = 17.5, 2.0, 1000
"""A frame at 60 a second with a clock's grain; the first screen; from a click on More panels to the next panels seen."""
_DISTINCT = 48
_TURNS = 6
_SPEED = 1200  # pixels a second
_SCENE = """INT. ROOM {n} - NIGHT

MARA walks to the window. Rain.

MARA
I told you.

BEN
Then who lit the lamp?

The lamp goes out.

"""
_FRAMES = """
(() => {
  const frames = window.__frames = [];
  let last = 0;
  const look = now => { if (last) frames.push(now - last); last = now; requestAnimationFrame(look); };
  requestAnimationFrame(look);
})();
"""


def measured(home: Path) -> None:
    """A cold opening, then the panels on view scrolled from end to end and on to the next ones, several times."""
    made = given(home, "board")
    path = f"/p/{made['project_id']}/board"
    with serving.studio(home) as studio, chromium() as browser:
        first = opened(browser, studio, path, token=made["token"], selector=".g .card img")
        told = f"{first.bytes / 1e6:.2f} MB, {first.picture_bytes / 1000:.0f} kB of them pictures"
        print(f"first screen   {told}, {first.data:.0f} ms   {verdict(first.bytes / 1e6, LIMIT_MB)}")
        context = person(browser, studio, made["token"])
        page = context.new_page()
        page.add_init_script(_FRAMES)
        page.goto(studio.origin + path)
        until(page, "document.querySelectorAll('.g .card img').length > 20")
        page.wait_for_load_state("networkidle")
        wire = context.new_cdp_session(page)
        idle = _frames(page, lambda: page.wait_for_timeout(1500))
        print(f"at rest        {_told(idle)}")
        wire.send("Performance.enable")
        scrolled: list[float] = []
        busy: list[float] = []
        turned: list[float] = []
        cards = 0
        for _ in range(_TURNS):
            scrolled += _frames(page, lambda: busy.append(_busy(wire, lambda: _scroll(page, wire))))
            cards = max(cards, page.evaluate("document.querySelectorAll('.card').length"))
            turned.append(_turned(page))
        print(f"scrolling      {_told(scrolled)}   {verdict(share(scrolled, 0.95), LIMIT_MS)}")
        print(f"               the page's main thread is busy {100 * sum(busy) / len(busy):.0f} % of the time")
        print(
            f"more panels    median {share(turned, 0.5):.0f} ms, worst {max(turned):.0f}   {verdict(max(turned), LIMIT_TURN_MS)}"
        )
        nodes = page.evaluate("document.getElementsByTagName('*').length")
        print(f"in the page    {cards} of {made['panels']} cards at most, {nodes} elements")
        context.close()


def _scroll(page: Page, wire: CDPSession) -> None:
    """The panels on view from the first to the last, as a finger does it."""
    length = page.evaluate(
        "(() => { const g = document.querySelector('.gw'); return g.scrollHeight - g.clientHeight; })()"
    )
    gesture = {"x": 700, "y": 600, "yDistance": -length, "speed": _SPEED, "gestureSourceType": "mouse"}
    wire.send("Input.synthesizeScrollGesture", gesture)


def _busy(wire: CDPSession, act: Any) -> float:
    """The share of the time (0..1) in which the page's own thread has something to do; painting is other threads' work."""

    def used() -> float:
        return next(m["value"] for m in wire.send("Performance.getMetrics")["metrics"] if m["name"] == "TaskDuration")

    before, begun = used(), time.monotonic()
    act()
    return (used() - before) / (time.monotonic() - begun)


def _frames(page: Page, act: Any) -> list[float]:
    """Milliseconds of every frame while something is done."""
    page.evaluate("window.__frames.length = 0")
    act()
    return page.evaluate("window.__frames.slice()")


def _turned(page: Page) -> float:
    """Milliseconds from a click on More panels until others are there and their first picture is seen."""
    first = page.evaluate("document.querySelector('.card img').src")
    begun = time.monotonic()
    page.get_by_role("button", name="More panels").click()
    until(page, f"(i => i && i.src !== {first!r} && i.complete && i.naturalWidth)(document.querySelector('.card img'))")
    return 1000 * (time.monotonic() - begun)


def _told(frames: list[float]) -> str:
    late = sum(frame > 1.5 * 1000 / 60 for frame in frames)
    return (
        f"{len(frames)} frames   median {share(frames, 0.5):.1f}   p95 {share(frames, 0.95):.1f}   worst {max(frames):.1f} ms   "
        f"{100 * late / len(frames):.1f} % late"
    )


def _made_here() -> dict[str, Any]:
    from studio.core.db import unit_of_work
    from studio.projects import service as projects
    from studio.scripts import service as scripts
    from studio.storyboards import service as storyboards

    actor, token = somebody("Board")
    scenes = 1
    with unit_of_work() as uow:
        project_id = projects.create_project(uow, actor, name="The Long Board").id
        text = "".join(_SCENE.format(n=n) for n in range(1, 252))
        script_id = scripts.import_script(uow, actor, project_id, data=text.encode(), name="long.fountain").id
        scenes = storyboards.break_down(uow, actor, script_id)
    _draw(actor, script_id)
    return {"token": token, "project_id": project_id, "script_id": script_id, "panels": scenes}


def _draw(actor: Actor, script_id: str) -> None:
    """Every panel with one of some pictures of the artist's."""
    from benchmarks.panels import specs
    from studio.core.db import unit_of_work
    from studio.core.storage import storage
    from studio.engine.artist.backends import raster, skia
    from studio.engine.artist.panel import drawn
    from studio.media import service as media
    from studio.providers.port import Picture
    from studio.storyboards import service as storyboards

    found = specs()
    with tempfile.TemporaryDirectory() as name:
        files = []
        for at in range(_DISTINCT):
            one = drawn(found[at % len(found)])
            pixels = raster.raster(one.ops, one.page, one.pixels, skia.painted).copy()
            pixels[:8, : 8 * (at + 1)] = 0
            path = Path(name) / "panel.png"
            path.write_bytes(raster.encoded(pixels))
            files.append(media.stored(storage(), path, kind="image", mime="image/png", name="panel.png"))
            media.store_thumbnail(storage(), files[-1].sha256, path.read_bytes(), Path(name))
    picture = Picture(b"", None, "", 1920, 1080, "artist", "full")
    with unit_of_work() as uow:
        page = 1
        while cards := storyboards.list_cards(uow, actor, script_id, page=page, limit=200).items:
            for at, card in enumerate(cards):
                file = files[at % _DISTINCT]
                storyboards.add_panel_version(uow, actor, card.panel_id, picture, file, file)
            page += 1


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_made_here()))
