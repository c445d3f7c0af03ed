"""Routes at 200 requests a second for 20 seconds, sent on schedule whether or not answers came; beside them bare Granian.

Requests go round forty signed-in people, so nobody comes near the 600 requests a minute that one session may send.
"""

from __future__ import annotations

import asyncio
import http
import os
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from benchmarks.web import serving
from benchmarks.web.cast import Cast
from benchmarks.web.figures import share, spread, usage, verdict
from benchmarks.web.serving import ASKED, COOKIE, SERVED, Served

LIMIT_MS = 100
RATE, LASTS_S, PEOPLE = 200, 20, 40
_CONNECTIONS = 64
_WAITING = 5 * RATE  # who has that many unanswered has lost: the rest is not sent, so that the run ends
_IDLE_SHARE = 0.05

Asked = tuple[str, dict[str, str]]
"""An address and the headers it is asked with."""


def measured(home: Path, cast: Cast) -> None:
    """Each route by itself, then all in turn, then the peer: p95 against the limit."""
    os.sched_setaffinity(0, ASKED & set(range(os.cpu_count() or 1)) or {0})
    with serving.studio(home) as studio:
        serving.pinned(studio.pids, SERVED)
        lists = _requests(studio, cast)
        everything = [each for several in zip(*lists.values(), strict=True) for each in several]
        for name, requests in {**lists, "all four in turn": everything}.items():
            asyncio.run(_at_rate(name, studio, requests, limit=True))
            _settled(studio)
    with serving.hello_asgi(home) as hello:
        serving.pinned(hello.pids, SERVED)
        asyncio.run(_at_rate("bare Granian (peer)", hello, [("/", {})], limit=False))
    os.sched_setaffinity(0, set(range(os.cpu_count() or 1)))


def _requests(studio: Served, cast: Cast) -> dict[str, list[Asked]]:
    """For every route one request of each person; the thumbnails are those of the drawn board, seen by its team."""
    people = cast.people[:PEOPLE]
    cookies = [{"Cookie": f"{COOKIE}={p.token}"} for p in people]
    me = people[0]
    drawn = serving.ask(studio, f"/api/v1/scripts/{me.script_id}/shots?limit=32", me.token)
    team = [p for p in cast.people if p.project_id == me.project_id]
    pictures = [f"/api/v1/projects/{me.project_id}/media/{s['sha256']}?size=thumbnail" for s in drawn]
    return {
        "list projects": [("/api/v1/projects", c) for c in cookies],
        "one project": [(f"/api/v1/projects/{p.project_id}", c) for p, c in zip(people, cookies, strict=True)],
        "a page of the board": [
            (f"/api/v1/scripts/{p.script_id}/shots", c) for p, c in zip(people, cookies, strict=True)
        ],
        "a thumbnail": [
            (pictures[i % len(pictures)], {"Cookie": f"{COOKIE}={team[i % len(team)].token}"})
            for i in range(len(people))
        ],
    }


def _settled(served: Served, limit_s: float = 60) -> None:
    """Wait until it has nothing left to do of what was asked before."""
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        before = usage(served.pids).cpu_s
        time.sleep(1)
        if usage(served.pids).cpu_s - before < _IDLE_SHARE:
            return


async def _at_rate(name: str, served: Served, requests: Sequence[Asked], *, limit: bool) -> None:
    answers: list[float] = []
    faults: list[str] = []
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=_CONNECTIONS)
    async with httpx.AsyncClient(base_url=served.origin, limits=limits, timeout=30) as client:

        async def ask(asked: Asked, due: float) -> None:
            try:
                answer = await client.get(asked[0], headers=asked[1])
                if answer.status_code == http.HTTPStatus.OK:
                    answers.append(time.perf_counter() - due)
                else:
                    faults.append(str(answer.status_code))
            except httpx.HTTPError as e:
                faults.append(type(e).__name__)

        for each in requests:  # everybody once, unhurried: from then on a session has a count of its own
            await ask(each, 0.0)
        answers.clear()
        before, begun = usage(served.pids), time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for number in range(RATE * LASTS_S):
                due = begun + number / RATE
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                if number - len(answers) - len(faults) < _WAITING:
                    group.create_task(ask(requests[number % len(requests)], due))
                else:
                    faults.append("not sent")
        lasted, after = time.perf_counter() - begun, usage(served.pids)
    count = len(answers) + len(faults) - faults.count("not sent")
    p95 = 1000 * share(answers, 0.95)
    cpu = after.cpu_s - before.cpu_s
    print(
        f"{name:22} p50/p95/p99 {spread(answers):28} {len(answers) / lasted:4.0f}/s  "
        f"{len(faults)} faults {' '.join(sorted(set(faults)))}  {1000 * cpu / max(1, count):.2f} ms CPU a request, "
        f"{100 * cpu / lasted:.0f} % of a core  {verdict(p95, LIMIT_MS) if limit else ''}"
    )
