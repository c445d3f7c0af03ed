"""The one place where an event handler, on the event loop, calls the synchronous studio: in a thread, as the gate's actor."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Concatenate, ParamSpec, TypeVar

from state import gate
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork, reading, unit_of_work

P = ParamSpec("P")
T = TypeVar("T")

_threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="studio")


async def read(service: Callable[Concatenate[UnitOfWork, Actor, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """A service that only looks, as the person of this event, in one read transaction. Raises: what the service raises."""
    who = gate.actor()

    def work() -> T:
        with reading() as uow:
            return service(uow, who, *args, **kwargs)

    return await threaded(work)


async def write(service: Callable[Concatenate[UnitOfWork, Actor, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """A service that changes something, as the person of this event, in one unit of work. Raises: what the service raises."""
    who = gate.actor()

    def work() -> T:
        with unit_of_work() as uow:
            return service(uow, who, *args, **kwargs)

    return await threaded(work)


async def run(service: Callable[Concatenate[Actor, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """A service that opens its own units of work, as the person of this event. Raises: what the service raises."""
    who = gate.actor()
    return await threaded(lambda: service(who, *args, **kwargs))


async def threaded(work: Callable[[], Any]) -> Any:
    """Run blocking work off the event loop."""
    context = contextvars.copy_context()
    return await asyncio.get_running_loop().run_in_executor(_threads, context.run, work)
