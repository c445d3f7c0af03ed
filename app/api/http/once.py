"""Making something once: a request repeated with the same Idempotency-Key gets the first one's answer for a day."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any, Protocol, TypeVar

from fastapi import Header
from pydantic import TypeAdapter
from redis.exceptions import RedisError

from jobs import queues
from studio.accounts.views import Actor
from studio.core.errors import Conflict, Unavailable
from studio.core.settings import settings

T = TypeVar("T")
IdempotencyKey = Annotated[
    str | None, Header(description="Repeat a request safely", min_length=1, max_length=200, pattern=r"^[!-~]*$")
]
_KEPT_S = 24 * 3600
_WORK_S = 120
_UNDER_WAY = b"..."


class _Memory:
    """Answers of this process: enough for one web process."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, bytes]] = {}
        self._lock = threading.Lock()

    def claim(self, key: str) -> bytes | None:
        with self._lock:
            at = time.monotonic()
            if len(self._kept) > 10_000:
                self._kept = {k: v for k, v in self._kept.items() if v[0] > at}
            until, value = self._kept.get(key, (0.0, b""))
            if until > at:
                return value
            self._kept[key] = (at + _WORK_S, _UNDER_WAY)
            return None

    def keep(self, key: str, value: bytes) -> None:
        with self._lock:
            self._kept[key] = (time.monotonic() + _KEPT_S, value)

    def forget(self, key: str) -> None:
        with self._lock:
            self._kept.pop(key, None)


class _Shared:
    """Answers all web processes share."""

    def claim(self, key: str) -> bytes | None:
        client: Any = queues.redis(queues.TELLING_S)
        return None if client.set(key, _UNDER_WAY, nx=True, ex=_WORK_S) else client.get(key)

    def keep(self, key: str, value: bytes) -> None:
        with suppress(RedisError):  # it is made: the person gets it, whatever becomes of the record
            queues.redis(queues.TELLING_S).set(key, value, ex=_KEPT_S)

    def forget(self, key: str) -> None:
        with suppress(RedisError):  # it runs out by itself
            queues.redis(queues.TELLING_S).delete(key)


class _Store(Protocol):
    def claim(self, key: str) -> bytes | None:
        """None: the key is now ours to work under. Else what is kept for it."""
        ...

    def keep(self, key: str, value: bytes) -> None: ...

    def forget(self, key: str) -> None: ...


_memory = _Memory()
_shared = _Shared()


def made_once(key: str | None, actor: Actor, what: str, kind: type[T], make: Callable[[], T]) -> T:
    """What `make` gives, or what it gave when this person sent the same key for the same `what` before.

    Raises:
        Conflict: the first request is still being worked on.
        Unavailable: Redis is needed and does not answer.
    """
    if key is None:
        return make()
    store: _Store = _shared if settings().redis_url else _memory
    name = "inkreel:once:" + hashlib.sha256("\n".join((actor.user_id, what, key)).encode()).hexdigest()
    answer = TypeAdapter(kind)
    with_redis = "Redis does not answer, so a repeated request could be made twice. Try again in a moment."
    try:
        known = store.claim(name)
    except RedisError as e:
        raise Unavailable(with_redis, service="redis") from e
    if known == _UNDER_WAY:
        raise Conflict("This request is already being worked on. Ask again in a moment.", code="under_way")
    if known is not None:
        return answer.validate_json(known)
    try:
        made = make()
    except BaseException:
        store.forget(name)
        raise
    store.keep(name, answer.dump_json(made))
    return made
