"""Server-sent events of a project's runs, for programs; pages have their own socket."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncGenerator

from fastapi.responses import StreamingResponse

from jobs.progress import follow
from studio.accounts import service as accounts
from studio.accounts.views import Actor
from studio.core import log
from studio.core.db import reading
from studio.core.errors import LimitReached, StudioError
from studio.runs.views import RunView

_log = log.logger("app.api")
HEARTBEAT_S = 15.0
MOST_STREAMS = 100
"""At the same time in one process: each holds a thread and a connection to Redis."""

_MOST_WAITING = 5_000
_open = 0


def stream(actor: Actor, project_id: str, *, secret: str) -> StreamingResponse:
    """A response that tells every change of a project's runs until the reader leaves or may not see them any more.

    Raises:
        LimitReached: too many follow already.
    """
    if _open >= MOST_STREAMS:
        raise LimitReached("Too many programs follow jobs here at the moment. Try again in a minute.", retry_after_s=60)
    headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    return StreamingResponse(_events(actor, project_id, secret), media_type="text/event-stream", headers=headers)


async def _events(actor: Actor, project_id: str, secret: str) -> AsyncGenerator[str]:
    global _open
    loop, news = asyncio.get_running_loop(), asyncio.Queue[RunView | str]()
    stop = threading.Event()
    threading.Thread(target=_listen, args=(actor, project_id, stop, loop, news), name="run events", daemon=True).start()
    _open += 1
    check_at = time.monotonic() + HEARTBEAT_S
    try:
        yield ": following\n\n"
        while news.qsize() < _MOST_WAITING:  # a reader that cannot keep up comes again and gets the present
            try:
                heard = await asyncio.wait_for(news.get(), max(0.0, check_at - time.monotonic()))
            except TimeoutError:
                check_at = time.monotonic() + HEARTBEAT_S
                if not await asyncio.to_thread(_still_signed_in, secret):
                    heard = "Your session has ended."
                else:
                    yield ": still here\n\n"
                    continue
            if isinstance(heard, str):
                yield f"event: end\ndata: {json.dumps({'message': heard})}\n\n"
                return
            yield f"event: run\ndata: {json.dumps(heard.plain())}\n\n"
    finally:
        _open -= 1
        stop.set()


def _listen(
    actor: Actor,
    project_id: str,
    stop: threading.Event,
    loop: asyncio.AbstractEventLoop,
    news: asyncio.Queue[RunView | str],
) -> None:
    try:
        for view in follow(actor, project_id, stop=stop.is_set):
            loop.call_soon_threadsafe(news.put_nowait, view)
    except StudioError as e:
        end = e.message
    except RuntimeError:  # the loop is gone, and the reader with it
        return
    else:
        end = "The stream has ended."
    if not stop.is_set() and not loop.is_closed():
        loop.call_soon_threadsafe(news.put_nowait, end)


def _still_signed_in(secret: str) -> bool:
    try:
        with reading() as uow:
            return accounts.find_session(uow, secret) is not None
    except StudioError as e:  # a database that is busy for a moment ends nobody's session
        _log.warning("session not checked", error=e.message)
        return True
