"""From the moment a worker tells of progress until two browsers show it, while a film is rendered; and reloading meanwhile."""

from __future__ import annotations

import json
import shutil
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from redis import Redis

from benchmarks.web import cast, serving
from benchmarks.web.chrome import chromium, person, until
from benchmarks.web.figures import share, spread, verdict
from state.live import clock
from studio.core.settings import Settings

LIMIT_MS, RELOAD_LIMIT_MS = 250, 1000
_WATCHED_S, _RELOADS = 60.0, 5
_STAMPS = """
(() => {
  const seen = window.__jobs = [];
  const look = () => {
    const job = document.querySelector('#jobs .job.running');
    if (!job) return;
    const percent = Number(job.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow'));
    const left = job.querySelector('.num')?.textContent ?? '', line = job.querySelector('p').textContent;
    const text = JSON.stringify([percent, left, line]);
    if (seen.length && seen.at(-1).text === text) return;
    const since = performance.now();
    seen.push({text, percent, left, line, since, at: (performance.timeOrigin + since) / 1000});
  };
  new MutationObserver(look).observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
})();
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What a worker told at a moment (seconds since 1970), as far as the page shows it."""

    at: float
    percent: int
    left: str
    stage: str

    def shown_by(self, seen: dict[str, Any]) -> bool:
        shown = seen["at"] >= self.at and seen["percent"] == self.percent and self.stage in seen["line"]
        return shown and seen["left"] == (f"{self.left} left" if self.left else "")


@dataclass(slots=True)
class Telling:
    """What workers told of one run, whenever it changed what is shown."""

    run_id: str
    told: list[Told] = field(default_factory=list)
    messages: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def listen(self, client: Redis, project_id: str) -> None:
        """In a thread of its own: stamp every message as it leaves Redis."""
        channel = client.pubsub(ignore_subscribe_messages=True)
        channel.subscribe(f"inkreel:project:{project_id}")
        while not self.over.is_set():
            message = channel.get_message(timeout=0.1)
            if message is None:
                continue
            at, view = time.time(), json.loads(str(message["data"]))
            self.messages += 1
            if view["id"] == self.run_id and view["state"] == "processing":
                self._note(Told(at, int(view["fraction"] * 100), clock(view["eta_s"]), view["stage"]))
        channel.close()

    def _note(self, new: Told) -> None:
        if not self.told or replace(self.told[-1], at=new.at) != new:
            self.told.append(new)


def measured(folder: Path) -> None:
    """The sample film at 1080p from nothing with one worker; its owner and an editor watch; nothing is pinned."""
    home = folder / "progress"
    shutil.rmtree(home, ignore_errors=True)  # what was made before would be reused
    owner, editor = cast.made(home, people=2, projects=1).people
    with serving.studio(home) as studio, chromium() as browser:
        pages = [person(browser, studio, p.token).new_page() for p in (owner, editor)]
        for page in pages:
            page.add_init_script(_STAMPS)
            page.goto(f"{studio.origin}/p/{owner.project_id}/renders")
            until(page, "document.querySelector('#jobs .job')")
        film = serving.ask(studio, f"/api/v1/scripts/{owner.script_id}/film", owner.token, {"preset": "1080p"})
        telling = Telling(film["id"])
        client = Redis(unix_socket_path=str(Settings(home=home).redis_socket), protocol=2, decode_responses=True)
        listener = threading.Thread(target=telling.listen, args=(client, owner.project_id))
        listener.start()
        try:
            pages[0].wait_for_timeout(1000 * _WATCHED_S)
            _tell(pages, telling)
            _reload(pages[0])
        finally:
            telling.over.set()
            listener.join()


def _tell(pages: list[Page], telling: Telling) -> None:
    told = list(telling.told)
    print(f"{telling.messages} messages, {len(told)} of them change what the film's job shows, in {_WATCHED_S:.0f} s")
    delays: list[float] = []
    for number, page in enumerate(pages):
        own, missed = delays_of(told[:-1], page.evaluate("window.__jobs"))
        print(f"browser {number + 1}: {len(own)} seen, p50/p95/p99 {spread(own)}; {missed} never")
        delays += own
    p95 = 1000 * share(delays, 0.95)
    print(f"told until seen: p50/p95/p99 {spread(delays)}; limit {LIMIT_MS} ms at p95: {verdict(p95, LIMIT_MS)}")


def delays_of(told: Sequence[Told], seen: Sequence[dict[str, Any]]) -> tuple[list[float], int]:
    """Seconds from each telling until a page shows it or something told later, and how many it never showed."""
    places = [max((i for i, t in enumerate(told) if t.shown_by(each)), default=-1) for each in seen]
    delays: list[float] = []
    for place, each in enumerate(told):
        shown = [s["at"] for s, known in zip(seen, places, strict=True) if known >= place]
        delays += [shown[0] - each.at] if shown else []
    return delays, len(told) - len(delays)


def _reload(page: Page) -> None:
    times: list[float] = []
    for _ in range(_RELOADS):
        page.reload()
        until(page, "window.__jobs.length")
        times.append(float(page.evaluate("window.__jobs[0].since")))
        page.wait_for_timeout(500)
    middle, worst = statistics.median(times), max(times)
    print(
        f"reload until progress is on screen: median {middle:.0f}, worst {worst:.0f} ms of {_RELOADS}; "
        f"limit {RELOAD_LIMIT_MS} ms: {verdict(worst, RELOAD_LIMIT_MS)}"
    )
