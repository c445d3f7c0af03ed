"""What cuts look like in answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from studio.engine.timeline import to_document
from studio.timelines.views import TimelineCard, TimelineDetail


class Cut(BaseModel):
    """A cut: `live` while it follows its board, or edited `by_hand`; `undrawn` shots and frames `without_music` are made with
    the next film."""

    id: str
    project_id: str
    script_id: str | None
    name: str
    revision: int
    frames: int
    live: bool
    by_hand: bool
    undrawn: tuple[str, ...]
    without_music: int
    document: dict[str, Any]


class CutCard(BaseModel):
    """A cut at a glance."""

    id: str
    project_id: str
    script_id: str | None
    name: str
    live: bool
    revision: int
    frames: int
    rate: str
    width: int
    height: int
    created_at: datetime
    changed_at: datetime


def cut(found: TimelineDetail) -> Cut:
    """A cut with its document."""
    return Cut(
        id=found.id,
        project_id=found.project_id,
        script_id=found.script_id,
        name=found.name,
        revision=found.revision,
        frames=found.timeline.frames,
        live=found.live,
        by_hand=found.by_hand,
        undrawn=found.undrawn,
        without_music=found.without_music,
        document=to_document(found.timeline),
    )


def card(found: TimelineCard) -> CutCard:
    """A cut without it."""
    return CutCard(
        id=found.id,
        project_id=found.project_id,
        script_id=found.script_id,
        name=found.name,
        live=found.live,
        revision=found.revision,
        frames=found.frames,
        rate=str(found.rate),
        width=found.width,
        height=found.height,
        created_at=found.created_at,
        changed_at=found.changed_at or found.created_at,
    )
