"""Cuts of 500 and 5,000 clips on 20 tracks in the browser: how they open, and how dragging, trimming, zooming and scrolling run.

Run as a program it makes somebody and a project in INKREEL_HOME, before the studio starts, and prints where they are.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from benchmarks.web import serving
from benchmarks.web.cast import given, somebody
from benchmarks.web.chrome import chromium, opened, person, until
from benchmarks.web.figures import share, verdict

TRACKS, CLIPS = 20, (500, 5_000)
LIMIT_FRAME_MS, LIMIT_DROP_MS, LIMIT_BYTES, LIMIT_OPEN_MS = 17.5, 120, 2_000, (1_500, 4_000)
"""A frame at 60 a second with a clock's grain; from the drop until the studio has kept it; bytes of an edit; first open."""
_LENGTH, _GAP = 48, 12
_MOVES = 60
_FRAMES = """
(() => {
  const frames = window.__frames = [];
  let last = 0;
  const look = now => { if (last) frames.push(now - last); last = now; requestAnimationFrame(look); };
  requestAnimationFrame(look);
})();
"""


def measured(home: Path) -> None:
    """Each cut opened with a cold cache, then worked on with the pointer."""
    made = given(home, "cut")
    with serving.studio(home) as studio, chromium() as browser:
        for clips, limit in zip(CLIPS, LIMIT_OPEN_MS, strict=True):
            cut = _filled(studio, made, clips)
            path = f"/p/{made['project_id']}/cut?cut={cut}"
            first = opened(browser, studio, path, token=made["token"], selector="#cut-layer .clip, #cut-layer .crowd")
            print(
                f"{clips:,} clips open   {first.data:.0f} ms, {first.bytes / 1e6:.2f} MB   {verdict(first.data, limit)}"
            )
            context = person(browser, studio, made["token"])
            page = context.new_page()
            page.add_init_script(_FRAMES)
            received: list[int] = []
            page.on("websocket", lambda ws, to=received: ws.on("framereceived", lambda data: to.append(len(data))))
            page.goto(studio.origin + path)
            until(page, "document.querySelectorAll('#cut-layer .clip, #cut-layer .crowd').length > 3")
            _worked(page, received)
            context.close()


def _worked(page: Page, received: list[int]) -> None:
    box = page.locator("#cut-lanes").bounding_box()
    assert box
    _told("wheel zoom", _frames(page, lambda: _zoomed(page, box)))
    _told("scrolling", _frames(page, lambda: _scrolled(page, box)))
    page.keyboard.press("n")  # what snaps would hide how far a drag goes
    _told("dragging", _frames(page, lambda: _dragged(page, _clip(page), 90)))
    page.keyboard.press("v")
    received.clear()
    dropped = [_dropped(page, way) for way in (30, -30, 30, -30, 30)]
    print(
        f"  drop to kept    median {share(dropped, 0.5):.0f} ms, worst {max(dropped):.0f}   {verdict(max(dropped), LIMIT_DROP_MS)}"
    )
    each = sum(received) / len(dropped)
    print(f"  an edit sends   {each:.0f} bytes to the page   {verdict(each, LIMIT_BYTES)}")
    _told("trimming", _frames(page, lambda: _dragged(page, _clip(page, edge=True), 40)))


def _clip(page: Page, *, edge: bool = False) -> tuple[float, float]:
    """The middle of a clip on view, or its right edge."""
    box = page.evaluate(
        "(() => { const all = [...document.querySelectorAll('#cut-layer .clip')].map(e => e.getBoundingClientRect());"
        "const b = all.find(b => b.left > 420 && b.right < 1100 && b.width > 30); return [b.left, b.top, b.width, b.height]; })()"
    )
    left, top, width, height = box
    return (left + width - 2 if edge else left + width / 2), top + height / 2


def _dragged(page: Page, at: tuple[float, float], by: float, *, drop: bool = False) -> None:
    x, y = at
    page.mouse.move(x, y)
    page.mouse.down()
    for n in range(_MOVES):
        page.mouse.move(x + by * (n + 1) / _MOVES, y)
    if not drop:
        page.keyboard.press("Escape")
    page.mouse.up()


def _dropped(page: Page, by: float) -> float:
    """Milliseconds from letting go until the studio has kept it and the clip is no longer only held."""
    _dragged(page, _clip(page), by, drop=True)
    begun = time.monotonic()
    until(page, "!document.querySelector('#cut-layer .held')")
    return 1000 * (time.monotonic() - begun)


def _zoomed(page: Page, box: Any) -> None:
    page.mouse.move(box["x"] + 300, box["y"] + 60)
    page.keyboard.down("Control")
    for n in range(_MOVES):
        page.mouse.wheel(0, -40 if n < _MOVES * 3 // 4 else 40)
        page.wait_for_timeout(16)
    page.keyboard.up("Control")


def _scrolled(page: Page, box: Any) -> None:
    page.mouse.move(box["x"] + 300, box["y"] + 60)
    for n in range(_MOVES):
        page.mouse.wheel(60 if n < _MOVES // 2 else -60, 0)
        page.wait_for_timeout(16)


def _frames(page: Page, act: Callable[[], None]) -> list[float]:
    """Milliseconds of every frame while something is done."""
    page.evaluate("window.__frames.length = 0")
    act()
    return page.evaluate("window.__frames.slice()")


def _told(what: str, frames: list[float]) -> None:
    late = 100 * sum(frame > 1.5 * 1000 / 60 for frame in frames) / max(1, len(frames))
    p95 = share(frames, 0.95)
    print(
        f"  {what:<15} {len(frames)} frames   median {share(frames, 0.5):.1f}   p95 {p95:.1f}   worst {max(frames):.1f} ms   "
        f"{late:.1f} % late   {verdict(p95, LIMIT_FRAME_MS)}"
    )


def _filled(studio: serving.Served, made: dict[str, Any], clips: int) -> str:
    """A new cut with so many clips, each a plain colour, on 20 tracks."""
    token, project = made["token"], made["project_id"]
    begun = {"name": f"{clips} clips", "begin": "empty"}
    cut = serving.ask(studio, f"/api/v1/projects/{project}/timelines", token, begun)
    revision, each = cut["revision"], clips // TRACKS
    edits: list[dict[str, Any]] = [
        {"op": "add_track", "track": {"id": f"many{n}", "kind": "video", "name": f"Layer {n + 1}", "role": "picture"}}
        for n in range(TRACKS)
    ]
    edits += [
        {"op": "overwrite", "track": f"many{n}", "at": 0, "clips": [_colour(n, place) for place in range(each)]}
        for n in range(TRACKS)
    ]
    serving.ask(studio, f"/api/v1/timelines/{cut['id']}/edits", token, {"revision": revision, "edits": edits})
    return cut["id"]


def _colour(track: int, place: int) -> dict[str, Any]:
    made = {"kind": "solid", "colour": f"#{(track * 12) % 256:02x}{(place * 7) % 256:02x}80"}
    start = place * (_LENGTH + _GAP)
    return {
        "id": f"c{track}-{place}",
        "name": f"{track}-{place}",
        "media": "",
        "start": start,
        "frames": _LENGTH,
        "made": made,
    }


def _made_here() -> dict[str, Any]:
    from studio.core.db import unit_of_work
    from studio.projects import service as projects

    actor, token = somebody("Cut")
    with unit_of_work() as uow:
        project_id = projects.create_project(uow, actor, name="The Long Cut").id
    return {"token": token, "project_id": project_id}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_made_here()))
