"""How long a click takes on the server with 50, 200 and 500 people at work, each on the board of their own project.

Open pages are followed by the hub all the while, as they are in life. Each person sends one event every two seconds.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from benchmarks.web import serving
from benchmarks.web.cast import Cast, Person
from benchmarks.web.figures import share, spread, usage
from benchmarks.web.serving import ASKED, SERVED, Served
from benchmarks.web.sockets import FAULTS, LOADED, ON_LOAD, ROOT, Tab, opened
from state.board.board import BoardState
from state.notices import NoticesState
from state.palette import PaletteState

SESSIONS = (50, 200, 500)
_EVERY_S = 2.0
_LASTS_S, _IDLE_S = 14.0, 10.0
_WAVE, _WAVE_PAUSE_S = 5, 0.5

Asking = Callable[[Person, int], tuple[str, dict[str, Any], str]]
"""From a person and the number of their event: its name, its arguments, and text that only its answer holds."""

_NOTICES, _BOARD, _PALETTE = (state.get_full_name() for state in (NoticesState, BoardState, PaletteState))


def _dismissed(_person: Person, _number: int) -> tuple[str, dict[str, Any], str]:
    return f"{_NOTICES}.dismiss", {"notice_id": "none"}, f'"{_NOTICES}":'


def _chosen(person: Person, number: int) -> tuple[str, dict[str, Any], str]:
    shot_id = person.shots[(number + 1) % 2]
    return f"{_BOARD}.select", {"shot_id": shot_id}, f'"shot_rx_state_":{{"id":"{shot_id}"'


def _found(_person: Person, number: int) -> tuple[str, dict[str, Any], str]:
    return f"{_PALETTE}.find", {"text": ("ferry", "lamp")[number % 2]}, f'"{_PALETTE}":'


EVENTS: dict[str, Asking] = {
    "close a notice (session only)": _dismissed,
    "choose a shot (+ one read)": _chosen,
    "search everything (+ big read)": _found,
}
_COUNT = f"{ROOT}.hello___hello____count"


@dataclass(slots=True)
class Heard:
    """Seconds of each answer, of each connection, and what went wrong."""

    answers: list[float] = field(default_factory=list)
    opening: list[float] = field(default_factory=list)
    faults: int = 0


def measured(home: Path, cast: Cast) -> None:
    """Every event at every number of sessions, with the state in memory and in Redis; beside it bare Reflex."""
    os.sched_setaffinity(0, ASKED & set(range(os.cpu_count() or 1)) or {0})
    for manager in ("memory", "redis"):
        with serving.redis(home) as (url, redis_pid):
            serving.pinned([redis_pid], ASKED)
            url = url if manager == "redis" else ""
            with serving.studio(home, redis_url=url) as studio:
                serving.pinned(studio.pids, SERVED)
                _warm(studio, cast)
                for count in SESSIONS:
                    asyncio.run(_studio(manager, studio, cast, count))
            with serving.hello_reflex(redis_url=url) as hello:
                serving.pinned(hello.pids, SERVED)
                asyncio.run(_peer(manager, hello))
    os.sched_setaffinity(0, set(range(os.cpu_count() or 1)))


def _warm(studio: Served, cast: Cast) -> None:
    async def once() -> None:
        heard = Heard()
        tab = await _tab(studio, cast.people[1], heard)
        for asking in EVENTS.values():
            if tab is not None:
                await _ask(tab, asking, cast.people[1], 0, heard)
        assert not heard.faults, "an event of ours is not answered: was its state renamed?"
        if tab is not None:
            await tab.close()

    asyncio.run(once())


async def _studio(manager: str, studio: Served, cast: Cast, count: int) -> None:
    heard = Heard()
    people = cast.people[:count]
    tabs = [(p, t) for p, t in await _opened_in_waves(studio, people, heard) if t is not None]
    print(
        f"{manager:7}{count:4} sessions: connect, hydrate and load median {1000 * share(heard.opening, 0.5):.0f}, "
        f"p95 {1000 * share(heard.opening, 0.95):.0f} ms at {_WAVE / _WAVE_PAUSE_S:.0f} a second; "
        f"{heard.faults} faults; {usage(studio.pids).memory_mb:.0f} MB"
    )
    await asyncio.sleep(2)
    before, begun = usage(studio.pids), time.perf_counter()
    await asyncio.sleep(_IDLE_S)
    idle = (usage(studio.pids).cpu_s - before.cpu_s) / (time.perf_counter() - begun)
    print(f"{'':11} open and idle: {100 * idle:.0f} % of a core")
    for name, asking in EVENTS.items():
        await _round(f"{'':11} {name:30}", studio, tabs, asking)
    await asyncio.gather(*(tab.close() for _, tab in tabs))
    await asyncio.sleep(2)


async def _peer(manager: str, hello: Served) -> None:
    heard = Heard()
    for count in SESSIONS:
        opened_tabs = [await _bare_tab(hello, heard) for _ in range(count)]
        tabs = [(_NOBODY, tab) for tab in opened_tabs if tab is not None]
        name = f"{manager:7}{count:4} bare Reflex counter (peer)"
        await _round(f"{name:42}", hello, tabs, lambda _p, _n: (f"{_COUNT}.inc", {}, f'"{_COUNT}":'))
        await asyncio.gather(*(tab.close() for _, tab in tabs))


_NOBODY = Person("", "", "", ("", ""))


async def _round(name: str, served: Served, tabs: list[tuple[Person, Tab]], asking: Asking) -> None:
    """Everybody sends one event every `_EVERY_S` for `_LASTS_S`, evenly spread."""
    heard, before, begun = Heard(), usage(served.pids), time.perf_counter()

    async def at_work(place: int, person: Person, tab: Tab) -> None:
        for number in range(int(_LASTS_S / _EVERY_S)):
            due = begun + (number + place / len(tabs)) * _EVERY_S
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            if time.perf_counter() - begun > _LASTS_S:
                return  # still waiting for an answer when the time was over
            await _ask(tab, asking, person, number, heard)

    await asyncio.gather(*(at_work(i, person, tab) for i, (person, tab) in enumerate(tabs)))
    lasted, after = time.perf_counter() - begun, usage(served.pids)
    count = max(1, len(heard.answers))
    print(
        f"{name} p50/p95/p99 {spread(heard.answers):26} {len(heard.answers) / lasted:4.0f}/s  "
        f"{heard.faults} faults  {100 * (after.cpu_s - before.cpu_s) / lasted:3.0f} % of a core, "
        f"{1000 * (after.cpu_s - before.cpu_s) / count:.1f} ms CPU an event"
    )


async def _ask(tab: Tab, asking: Asking, person: Person, number: int, heard: Heard) -> None:
    try:
        heard.answers.append(await tab.ask(*asking(person, number)))
    except FAULTS:
        heard.faults += 1


async def _opened_in_waves(studio: Served, people: tuple[Person, ...], heard: Heard) -> list[tuple[Person, Tab | None]]:
    """Ten newcomers a second: five hundred people do not sit down at once."""
    opening: list[asyncio.Task[Tab | None]] = []
    for place, person in zip(cycle(range(_WAVE)), people, strict=False):
        opening.append(asyncio.create_task(_tab(studio, person, heard)))
        if place == _WAVE - 1:
            await asyncio.sleep(_WAVE_PAUSE_S)
    return list(zip(people, await asyncio.gather(*opening), strict=True))


async def _tab(studio: Served, person: Person, heard: Heard) -> Tab | None:
    """The board of the person's project, loaded; None when it could not be."""
    begun = time.perf_counter()
    try:
        params = {"project_id": person.project_id}
        tab = await opened(studio, f"/p/{person.project_id}/board", token=person.token, params=params)
        await tab.hydrated()
        await tab.ask(ON_LOAD, {}, LOADED)
    except FAULTS:
        heard.faults += 1
        return None
    heard.opening.append(time.perf_counter() - begun)
    return tab


async def _bare_tab(hello: Served, heard: Heard) -> Tab | None:
    try:
        tab = await opened(hello, "/")
        await tab.hydrated()
    except FAULTS:
        heard.faults += 1
        return None
    return tab
