"""From the moment a worker tells of progress until two browsers show it, while a film is rendered; and reloading meanwhile."""

from __future__ import annotations

import json
import statistics
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from redis import Redis

from benchmarks.web import serving
from benchmarks.web.cast import Cast
from benchmarks.web.chrome import chromium, person
from benchmarks.web.figures import share, spread, verdict
from benchmarks.web.serving import Served
from studio.core.settings import Settings

LIMIT_MS, RELOAD_LIMIT_MS = 250, 1000
_WATCHED_S, _RELOADS = 40.0, 5
_JOB = "#jobs .job.running"
_STAMPS = """
(() => {
  const seen = window.__jobs = [];
  const look = () => {
    const job = document.querySelector('JOB');
    if (!job) return;
    const told = [job.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow'), job.querySelector('p').textContent];
    const text = JSON.stringify(told);
    if (seen.length && seen.at(-1).text === text) return;
    const since = performance.now();
    seen.push({text, percent: Number(told[0]), line: told[1], since, at: performance.timeOrigin + since});
  };
  new MutationObserver(look).observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
})();
""".replace("JOB", _JOB)


@dataclass(slots=True)
class Telling:
    """What workers told of one run: the moment (seconds since 1970), the percent and the stage, whenever they changed."""

    run_id: str
    told: list[tuple[float, int, str]] = field(default_factory=list)
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
            at, view = time.time(), json.loads(message["data"])
            self.messages += 1
            if view["id"] == self.run_id and view["state"] == "processing":
                self._note(at, int(view["fraction"] * 100), view["stage"])
        channel.close()

    def _note(self, at: float, percent: int, stage: str) -> None:
        if not self.told or self.told[-1][1:] != (percent, stage):
            self.told.append((at, percent, stage))


def measured(home: Path, cast: Cast) -> None:
    """The sample film at 1080p with one worker; its owner and an editor watch the renders page, nothing is pinned."""
    owner = cast.people[0]
    editor = next(p for p in cast.people[1:] if p.project_id == owner.project_id)
    with serving.studio(home) as studio, chromium() as browser:
        pages = [person(browser, studio, p.token).new_page() for p in (owner, editor)]
        for page in pages:
            page.add_init_script(_STAMPS)
            page.goto(f"{studio.origin}/p/{owner.project_id}/renders")
            page.wait_for_function("document.querySelector('#jobs') !== null")
        pages[0].wait_for_timeout(2000)
        telling = Telling(_film_asked(studio, owner.token, owner.script_id))
        socket = Settings(home=home).redis_socket
        client = Redis(unix_socket_path=str(socket), protocol=2, decode_responses=True)
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
        print(
            f"browser {number + 1}: {len(own)} seen, p50/p95/p99 {spread(own)}, worst {1000 * max(own):.0f} ms; {missed} never"
        )
        delays += own
    p95 = 1000 * share(delays, 0.95)
    print(f"told until seen: p50/p95/p99 {spread(delays)}; limit {LIMIT_MS} ms at p95: {verdict(p95, LIMIT_MS)}")


def delays_of(told: list[tuple[float, int, str]], seen: list[dict[str, Any]]) -> tuple[list[float], int]:
    """Seconds from each telling until a page shows it or something told later, and how many no page ever showed."""
    places = [_place(told, each) for each in seen]
    delays: list[float] = []
    for place, (at, _, _) in enumerate(told):
        shown = [
            s["at"] / 1000 for s, known in zip(seen, places, strict=True) if known >= place and s["at"] / 1000 >= at
        ]
        if shown:
            delays.append(shown[0] - at)
    return delays, len(told) - len(delays)


def _place(told: list[tuple[float, int, str]], seen: dict[str, Any]) -> int:
    """Which telling a page shows: the last one before it of that percent and stage; -1 when none."""
    fits = [
        i
        for i, (at, percent, stage) in enumerate(told)
        if at <= seen["at"] / 1000 and percent == seen["percent"] and stage in seen["line"]
    ]
    return fits[-1] if fits else -1


def _reload(page: Page) -> None:
    times: list[float] = []
    for _ in range(_RELOADS):
        page.reload()
        page.wait_for_function("window.__jobs.length > 0", timeout=15_000)
        times.append(float(page.evaluate("window.__jobs[0].since")))
        page.wait_for_timeout(500)
    middle, worst = statistics.median(times), max(times)
    print(
        f"reload until progress is on screen: median {middle:.0f}, worst {worst:.0f} ms of {_RELOADS}; "
        f"limit {RELOAD_LIMIT_MS} ms: {verdict(worst, RELOAD_LIMIT_MS)}"
    )


def _film_asked(studio: Served, token: str, script_id: str) -> str:
    """Ask for the film as its page does; the run's id."""
    return str(serving.ask(studio, f"/api/v1/scripts/{script_id}/film", token, {"preset": "1080p"})["id"])
