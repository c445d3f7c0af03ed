"""Who is at work in a cut, with a real Redis: everybody once, clips held by one person, and nothing that outlives its holder."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Generator
from typing import Any

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from jobs import queues
from jobs.presence import together
from jobs.presence.together import Place
from jobs.redis_server import RedisServer
from jobs.wiring import LIVE
from studio.core.settings import Settings

pytestmark = pytest.mark.services


@pytest.fixture
def redis(home: Settings) -> Generator[RedisServer]:
    server = RedisServer(home)
    server.start()
    yield server
    server.stop()


def during(work: Callable[[Redis], Awaitable[Any]]) -> Any:
    async def whole() -> Any:
        client = queues.live_client()
        try:
            return await work(client)
        finally:
            await client.aclose()

    return asyncio.run(whole())


@pytest.mark.usefixtures("redis")
def test_everybody_in_a_cut_is_seen_once_where_they_were_last_and_not_in_another_cut() -> None:
    async def work(client: Redis) -> list[Place]:
        await together.stand(client, "p", "cut", "page-1", Place("u1", "Noor", 12, ("a",)))
        await together.stand(client, "p", "cut", "page-2", Place("u1", "Noor", 40, ("b",)))
        await together.stand(client, "p", "cut", "page-3", Place("u2", "Ilse"))
        await together.stand(client, "p", "other", "page-4", Place("u3", "Wim"))
        return await together.places(client, "cut")

    found = during(work)
    assert [(p.name, p.frame, p.clips) for p in found] == [("Ilse", 0, ()), ("Noor", 40, ("b",))]
    assert together.places_now("cut") == found


@pytest.mark.usefixtures("redis")
def test_who_moves_or_leaves_is_told_to_the_project_with_the_cut() -> None:
    async def work(client: Redis) -> list[Any]:
        channel = client.pubsub(ignore_subscribe_messages=True)
        await channel.subscribe(LIVE.format(project_id="p"))
        await together.stand(client, "p", "cut", "page", Place("u1", "Noor"))
        await together.leave(client, "p", "cut", "page")
        await together.leave(client, "p", "cut", "page")  # who is gone leaves no more
        await client.publish(LIVE.format(project_id="p"), json.dumps("end"))
        heard = list[Any]()
        async for message in channel.listen():
            heard.append(json.loads(message["data"]))
            if heard[-1] == "end":
                break
        await channel.aclose()
        return heard

    assert during(work) == [{"cut": "cut"}, {"cut": "cut"}, "end"]


@pytest.mark.usefixtures("redis")
def test_a_clip_is_held_by_whoever_was_first_until_it_is_let_go() -> None:
    async def work(client: Redis) -> list[tuple[str, ...]]:
        return [
            await together.hold(client, "cut", ["a", "b"], "page-1", "u1"),
            await together.hold(client, "cut", ["b", "c"], "page-2", "u2"),
            await together.hold(client, "cut", ["a", "b"], "page-1", "u1"),
            await together.hold(client, "other", ["a"], "page-2", "u2"),
            (await together.release(client, "cut", ["a", "b", "c"], "page-1"), ())[1],
            await together.hold(client, "cut", ["a", "b"], "page-2", "u2"),
            await together.hold(client, "cut", ["c"], "page-1", "u1"),
        ]

    assert during(work) == [("a", "b"), ("c",), ("a", "b"), ("a",), (), ("a", "b"), ()]


@pytest.mark.usefixtures("redis")
def test_what_somebody_who_left_held_is_free() -> None:
    async def work(client: Redis) -> tuple[str, ...]:
        held = await together.hold(client, "cut", ["a"], "page-1", "u1")
        await together.stand(client, "p", "cut", "page-1", Place("u1", "Noor", 0, (), held, "moving", 1))
        await together.leave(client, "p", "cut", "page-1")
        return await together.hold(client, "cut", ["a"], "page-2", "u2")

    assert during(work) == ("a",)


@pytest.mark.usefixtures("redis")
def test_a_hold_that_is_not_renewed_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(client: Redis) -> tuple[Any, ...]:
        held = await together.hold(client, "cut", ["a"], "page-1", "u1")
        now = round(together.time.time() * 1000)
        await together.stand(client, "p", "cut", "page-1", Place("u1", "Noor", 0, (), held, "moving", now))
        lives = await client.pttl("inkreel:held:cut:a")
        seen = (await together.places(client, "cut"))[0].held
        monkeypatch.setattr(together, "LEASE_S", -1.0)
        later = (await together.places(client, "cut"))[0]
        return held, 0 < lives <= 5000, seen, later.held, later.doing

    assert during(work) == (("a",), True, ("a",), (), "")


def test_without_redis_nobody_is_seen(home: Settings) -> None:
    assert together.places_now("cut") == []


def test_no_page_waits_for_a_redis_that_is_away(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    real = asyncio.sleep

    async def waited(seconds: float, result: object = None) -> object:
        waits.append(seconds)
        return await real(0, result)

    monkeypatch.setattr("redis.asyncio.retry.sleep", waited)
    with pytest.raises((RedisConnectionError, OSError)):
        during(lambda client: together.places(client, "cut"))
    assert sum(waits) == 0
