"""What happened to drawings."""

from __future__ import annotations

from dataclasses import dataclass

from studio.core.events import Event


@dataclass(frozen=True, slots=True)
class StrokesKept(Event):
    """A panel's journal has grown to op number `seq`."""

    project_id: str
    panel_id: str
    seq: int
