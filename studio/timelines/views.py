"""What other rooms see of timelines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from studio.engine.time import Rate
from studio.engine.timeline import Timeline


@dataclass(frozen=True, slots=True)
class TimelineDetail:
    """A timeline and the revision it stood at."""

    id: str
    project_id: str
    revision: int
    timeline: Timeline


@dataclass(frozen=True, slots=True)
class CueView:
    """A piece of music the film needs: from frame `start` for `frames`, in a mood, made from a seed."""

    start: int
    frames: int
    mood: str
    seed: int


@dataclass(frozen=True, slots=True)
class TimelineCard:
    """A timeline at a glance: its length in whole frames."""

    id: str
    project_id: str
    script_id: str | None
    name: str
    frames: int
    rate: Rate
    width: int
    height: int
    revision: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ChapterView:
    """Where a scene begins in the film: whole frames and seconds from its start."""

    frame: int
    seconds: float
    heading: str
