"""Who has which project open, in any web process: one Redis hash per project, entries that go stale by themselves."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from redis.asyncio import Redis

from jobs.wiring import LIVE

_KEY = "inkreel:here:{project_id}"
_STALE_S = 30.0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a page of the project open."""

    user_id: str
    name: str
    room: str


async def enter(client: Redis, projects: Iterable[str], page: str, person: Person) -> None:
    """Say that `page` of these projects is open."""
    for project_id in projects:
        key = _KEY.format(project_id=project_id)
        await client.hset(key, page, json.dumps({**asdict(person), "at": time.time()}))  # pyright: ignore[reportGeneralTypeIssues]
        await client.expire(key, int(_STALE_S * 2))
        await _tell(client, project_id)


async def leave(client: Redis, projects: Iterable[str], page: str) -> None:
    """Say that `page` is closed."""
    for project_id in projects:
        if await client.hdel(_KEY.format(project_id=project_id), page):  # pyright: ignore[reportGeneralTypeIssues]
            await _tell(client, project_id)


async def still_here(client: Redis, pages: Iterable[tuple[Iterable[str], str]]) -> None:
    """Renew the entries of pages that are still open."""
    for projects, page in pages:
        for project_id in projects:
            key = _KEY.format(project_id=project_id)
            entry = await client.hget(key, page)  # pyright: ignore[reportGeneralTypeIssues]
            if entry:
                await client.hset(key, page, json.dumps({**json.loads(entry), "at": time.time()}))  # pyright: ignore[reportGeneralTypeIssues]
                await client.expire(key, int(_STALE_S * 2))


async def people(client: Redis, project_id: str) -> list[Person]:
    """Everybody here now, once each, the room last opened."""
    entries = await client.hvals(_KEY.format(project_id=project_id))  # pyright: ignore[reportGeneralTypeIssues]
    found = sorted((json.loads(e) for e in entries), key=lambda e: e["at"])
    now = time.time()
    latest = {e["user_id"]: Person(e["user_id"], e["name"], e["room"]) for e in found if now - e["at"] <= _STALE_S}
    return sorted(latest.values(), key=lambda p: p.name)


async def _tell(client: Redis, project_id: str) -> None:
    await client.publish(LIVE.format(project_id=project_id), json.dumps({"here": True}))
