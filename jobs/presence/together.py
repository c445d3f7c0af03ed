"""Who is at work in which cut, in any web process: where they stand, what they chose, which clips they hold just now.

One Redis hash per cut with an entry per page, stale by itself; one short-lived key per held clip, whoever sets it first has it.
Nothing of it keeps anybody from editing: the studio merges what comes. It only tells.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from redis import RedisError
from redis.asyncio import Redis

from jobs import queues
from jobs.wiring import LIVE

LEASE_S = 5.0
"""How long a clip is held without being held again."""

_STALE_S = 30.0
_PLACES = "inkreel:cut:{timeline_id}"
_HELD = "inkreel:held:{timeline_id}:{clip}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in a cut: the frame of the playhead, the chosen clips, and the clips held in `doing` ("" is none)."""

    user_id: str
    name: str
    frame: int = 0
    clips: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    doing: str = ""
    beat: int = 0  # milliseconds; differs with every renewal


async def stand(client: Redis, project_id: str, timeline_id: str, page: str, place: Place) -> None:
    """Say where a page is; the others in the cut are told."""
    key = _PLACES.format(timeline_id=timeline_id)
    await client.hset(key, page, json.dumps({**asdict(place), "at": time.time()}))  # pyright: ignore[reportGeneralTypeIssues]
    await client.expire(key, int(_STALE_S * 2))
    await _tell(client, project_id, timeline_id)


async def leave(client: Redis, project_id: str, timeline_id: str, page: str) -> None:
    """Say that a page has left the cut, and let go what it held."""
    key = _PLACES.format(timeline_id=timeline_id)
    entry = await client.hget(key, page)  # pyright: ignore[reportGeneralTypeIssues]
    if not entry:
        return
    await client.hdel(key, page)  # pyright: ignore[reportGeneralTypeIssues]
    await release(client, timeline_id, json.loads(entry)["held"], page)
    await _tell(client, project_id, timeline_id)


async def still_here(client: Redis, pages: Iterable[tuple[str, str]]) -> None:
    """Renew the entries of pages, given as (timeline, page)."""
    for timeline_id, page in pages:
        key = _PLACES.format(timeline_id=timeline_id)
        entry = await client.hget(key, page)  # pyright: ignore[reportGeneralTypeIssues]
        if entry:
            await client.hset(key, page, json.dumps({**json.loads(entry), "at": time.time()}))  # pyright: ignore[reportGeneralTypeIssues]
            await client.expire(key, int(_STALE_S * 2))


async def hold(client: Redis, timeline_id: str, clips: Sequence[str], page: str, user_id: str) -> tuple[str, ...]:
    """Hold clips for some seconds, or go on holding them. Returns: those that are now held by this person."""
    if not clips:
        return ()
    mine = json.dumps([user_id, page])
    keys = [_HELD.format(timeline_id=timeline_id, clip=clip) for clip in clips]
    async with client.pipeline(transaction=False) as line:
        for key in keys:
            line.set(key, mine, nx=True, px=int(LEASE_S * 1000))
        new = await line.execute()
    holders = await client.mget(keys)
    own = [held and json.loads(held)[0] == user_id for held in holders]
    async with client.pipeline(transaction=False) as line:
        for key, is_own, is_new in zip(keys, own, new, strict=True):
            if is_own and not is_new:
                line.set(key, mine, xx=True, px=int(LEASE_S * 1000))
        await line.execute()
    return tuple(clip for clip, is_own in zip(clips, own, strict=True) if is_own)


async def release(client: Redis, timeline_id: str, clips: Sequence[str], page: str) -> None:
    """Let go of clips that this page holds."""
    if not clips:
        return
    keys = [_HELD.format(timeline_id=timeline_id, clip=clip) for clip in clips]
    holders = await client.mget(keys)
    own = [key for key, held in zip(keys, holders, strict=True) if held and json.loads(held)[1] == page]
    if own:
        await client.delete(*own)


async def places(client: Redis, timeline_id: str) -> list[Place]:
    """Everybody in the cut now, once each as they were last; a hold that has run out is none."""
    entries = await client.hvals(_PLACES.format(timeline_id=timeline_id))  # pyright: ignore[reportGeneralTypeIssues]
    return _latest([json.loads(e) for e in entries])


def places_now(timeline_id: str) -> list[Place]:
    """The same for a program that asks once; nobody when Redis cannot be asked."""
    try:
        client = queues.redis(queues.TELLING_S)
        entries: Any = client.hvals(_PLACES.format(timeline_id=timeline_id))
    except (RedisError, OSError):
        return []
    return _latest([json.loads(e) for e in entries])


def _latest(entries: list[dict[str, Any]]) -> list[Place]:
    """The page a person holds something in, else the one they were in last."""
    now = time.time()
    fresh = sorted((e for e in entries if now - e["at"] <= _STALE_S), key=lambda e: e["at"])
    found = sorted((_place(e, now) for e in fresh), key=lambda p: p.doing != "")
    return sorted({p.user_id: p for p in found}.values(), key=lambda p: (p.name, p.user_id))


def _place(entry: dict[str, Any], now: float) -> Place:
    holds = now - entry["beat"] / 1000 <= LEASE_S
    held, doing = (tuple(entry["held"]), entry["doing"]) if holds else ((), "")
    return Place(
        entry["user_id"],
        entry["name"],
        entry["frame"],
        tuple(entry["clips"]),
        held,
        doing,
        entry["beat"] if holds else 0,
    )


async def _tell(client: Redis, project_id: str, timeline_id: str) -> None:
    await client.publish(LIVE.format(project_id=project_id), json.dumps({"cut": timeline_id}))
