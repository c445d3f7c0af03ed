"""The queue: a hint to some worker that a run waits. Losing it costs seconds, never work."""

from __future__ import annotations

from functools import lru_cache

from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from rq import Queue
from rq.serializers import JSONSerializer

from jobs.redis_server import connection
from studio.core.settings import settings

ASKED = "inkreel:asked"
WORK = "inkreel"
LATER = "inkreel:later"
"""What somebody asked for, the parts of it, and what nobody waits for: no worker takes of one while the one before it holds any."""

PERFORM = "jobs.worker.perform"
"""The only function a worker of ours will run."""


TELLING_S = 0.5
"""How long somebody who tells waits for Redis: what is not told is told again from the outbox, so nobody has to wait."""


@lru_cache(maxsize=2)
def redis(patience_s: float | None = None) -> Redis:
    """This process's client; with `patience_s` one that tries once and gives up after that long."""
    return connection(settings(), retries=0 if patience_s else 3, patience_s=patience_s)


def live_client() -> AsyncRedis:
    """A client for the event loop of a web process: for messages and presence, never for work.

    A connection that has gone stale is made anew at once; a Redis that is away is not waited for, for a page is opened meanwhile.
    """
    s, retry = settings(), Retry(NoBackoff(), 1)
    if s.redis_url:
        return AsyncRedis.from_url(
            s.redis_url, socket_connect_timeout=3, health_check_interval=15, decode_responses=True, retry=retry
        )
    socket = str(s.redis_socket)
    return AsyncRedis(unix_socket_path=socket, protocol=2, socket_connect_timeout=3, decode_responses=True, retry=retry)


def work_queues(client: Redis | None = None) -> list[Queue]:
    """The queues of all runs, first things first. JSON, never pickle: whoever can write to Redis must not be able to run code."""
    return [Queue(name, connection=client or redis(), serializer=JSONSerializer) for name in (ASKED, WORK, LATER)]


def send(run_id: str, *, asked: bool = False, later: bool = False) -> None:
    """Tell some worker that this run waits."""
    queue = work_queues(redis(TELLING_S))[2 if later else 0 if asked else 1]
    queue.enqueue_call(PERFORM, args=(run_id,), timeout=-1, result_ttl=0, failure_ttl=60)
