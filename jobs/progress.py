"""Following the runs of a project: the present state first, then every change as it happens, for any number of readers."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator

from redis.exceptions import RedisError

from jobs import queues
from jobs.wiring import PROGRESS
from studio.accounts.views import Actor
from studio.core.db import reading
from studio.runs import service as runs
from studio.runs.views import RunView, run_view

_LOOK_AGAIN_S = 2.0


def follow(actor: Actor, project_id: str, *, stop: Callable[[], bool] = lambda: False) -> Generator[RunView]:
    """Yield views of runs, each newer than the last of its run, until `stop` says so (asked four times a second).

    Redis may lose a message or be away for a while: the database is looked at every two seconds as well.
    """
    seen: dict[str, int] = {}
    listener = queues.redis().pubsub(ignore_subscribe_messages=True)
    try:
        listening = False
        looked = 0.0
        while not stop():
            if not listening:
                listening = _subscribed(listener, project_id)
            if time.monotonic() - looked >= _LOOK_AGAIN_S:
                looked = time.monotonic()
                yield from _newer(_present(actor, project_id), seen)
            message = _next_message(listener) if listening else None
            if message is None and not listening:
                time.sleep(0.2)
            elif message is not None:
                yield from _newer([run_view(json.loads(message))], seen)
    finally:
        listener.close()


def _newer(views: list[RunView], seen: dict[str, int]) -> Generator[RunView]:
    for view in views:
        if view.serial > seen.get(view.id, -1):
            seen[view.id] = view.serial
            yield view


def _present(actor: Actor, project_id: str) -> list[RunView]:
    with reading() as uow:
        return runs.list_present(uow, actor, project_id)


def _subscribed(listener: object, project_id: str) -> bool:
    try:
        listener.subscribe(PROGRESS.format(project_id=project_id))  # pyright: ignore[reportAttributeAccessIssue]
    except (RedisError, OSError):
        return False
    return True


def _next_message(listener: object) -> str | None:
    try:
        message = listener.get_message(timeout=0.25)  # pyright: ignore[reportAttributeAccessIssue]
    except (RedisError, OSError):
        time.sleep(0.2)
        return None
    return message["data"] if message else None
