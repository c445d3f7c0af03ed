"""How soon a page is seen with a cold cache, and what it weighs; beside it the bare Reflex page, built and served the same way."""

from __future__ import annotations

import statistics
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.web import serving
from benchmarks.web.cast import Cast
from benchmarks.web.chrome import Opened, chromium, opened
from benchmarks.web.figures import verdict
from benchmarks.web.serving import Served

LIMIT_MS = 1000
_TIMES = 5
_HEAD = ("first paint", "worst", "largest", "data", "requests", "kB", "scripts", "pictures", "socket")


def measured(home: Path, cast: Cast) -> None:
    """Landing, projects and board of the studio, and the peer: medians of five cold openings, in milliseconds and kB."""
    me = cast.people[0]
    pages = {
        "landing": ("/", "", "h1"),
        "projects": ("/projects", me.token, f"a[href='/p/{me.project_id}']"),
        "board": (f"/p/{me.project_id}/board", me.token, ".g .card img"),
    }
    print(f"{'':12}" + "".join(f"{word:>12}" for word in _HEAD))
    with serving.studio(home) as studio, chromium() as browser:
        for name, (path, token, selector) in pages.items():
            runs = _cold(browser, studio, path, token, selector)
            print(_line(name, runs), verdict(statistics.median(r.first_paint for r in runs), LIMIT_MS))
        with serving.hello_reflex() as hello:
            print(_line("bare Reflex", _cold(browser, hello, "/", "", "h1")), "(peer)")


def _cold(browser: Browser, served: Served, path: str, token: str, selector: str) -> list[Opened]:
    opened(browser, served, path, token=token, selector=selector)  # the server's first answer is not a browser's affair
    return [opened(browser, served, path, token=token, selector=selector) for _ in range(_TIMES)]


def _line(name: str, runs: list[Opened]) -> str:
    def middle(field: str) -> float:
        return statistics.median(getattr(run, field) for run in runs)

    times = [middle("first_paint"), max(r.first_paint for r in runs), middle("largest_paint"), middle("data")]
    weights = [middle(f"{kind}bytes") / 1000 for kind in ("", "script_", "picture_", "socket_")]
    cells = [*(f"{t:.0f}" for t in times), f"{middle('requests'):.0f}", *(f"{w:.0f}" for w in weights)]
    return f"{name:12}" + "".join(f"{cell:>12}" for cell in cells)
