"""The document of the open cut, read once for all panes that look at it."""

from __future__ import annotations

from state.bridge import read
from studio.engine.timeline import Timeline
from studio.timelines import service as timelines


async def document_of(timeline_id: str) -> Timeline:
    """The cut as it stands now. Raises: NotFound."""
    return (await read(timelines.get_timeline, timeline_id)).timeline
