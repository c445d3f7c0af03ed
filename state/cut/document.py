"""The document of the open cut, read once for all panes that look at it; whether one may see it is asked for every event."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from contextvars import ContextVar

from state.bridge import read
from studio.engine.timeline import Timeline
from studio.timelines import service as timelines
from studio.timelines.views import TimelineDetail

_looking: ContextVar[TimelineDetail | None] = ContextVar("cut", default=None)


@asynccontextmanager
async def one_look(timeline_id: str) -> AsyncGenerator[None]:
    """Whoever asks for this cut meanwhile is given it as it stands now. Raises: NotFound."""
    token = _looking.set(await cut_of(timeline_id))
    try:
        yield
    finally:
        _looking.reset(token)


async def cut_of(timeline_id: str) -> TimelineDetail:
    """The cut as it stands now, with its revision. Raises: NotFound."""
    seen = _looking.get()
    if seen is not None and seen.id == timeline_id:
        return seen
    return await read(timelines.get_timeline, timeline_id)


async def document_of(timeline_id: str) -> Timeline:
    """The document of a cut as it stands now. Raises: NotFound."""
    return (await cut_of(timeline_id)).timeline
