"""Cuts that are there without anybody having begun them, and something to lay into one."""

from __future__ import annotations

from studio.core.db import UnitOfWork
from studio.engine.editing import Edit, from_json
from studio.engine.timeline import Timeline, to_document
from studio.timelines.models import TimelineRow


def add_cut(uow: UnitOfWork, project_id: str, timeline: Timeline, status: str = "edit") -> str:
    """A cut of a project as an import leaves it, by hand unless said otherwise; its id."""
    row = TimelineRow(
        project_id=project_id,
        name=timeline.name,
        rate=str(timeline.rate),
        width=timeline.width,
        height=timeline.height,
        frames=timeline.frames,
        document=to_document(timeline),
        status=status,
    )
    uow.session.add(row)
    uow.session.flush()
    return row.id


def a_solid(frames: int, colour: str = "#0000ff") -> Edit:
    """A colour for so many frames at the beginning of the first track of an empty cut."""
    made = {"kind": "solid", "colour": colour}
    clip = {"id": "solid", "name": "Solid", "media": "", "start": 0, "frames": frames, "made": made}
    return from_json({"op": "overwrite", "track": "v1", "at": 0, "clips": [clip]})
