"""What other rooms see of timelines."""

from __future__ import annotations

from dataclasses import dataclass

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
