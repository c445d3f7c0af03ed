"""What happened to runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from studio.core.events import Event, durable

LATER = frozenset({"preview", "piece"})
"""Kinds of runs nobody waits for: they are taken when nothing else waits."""


@durable
@dataclass(frozen=True, slots=True)
class RunReady(Event):
    """A run waits for a worker: newly queued, queued again, or its children have ended.

    What somebody asked for (`asked`) is taken before the parts of other runs: one panel drawn anew does not wait for a film.
    What nobody waits for (`later`) is taken after both.
    """

    run_id: str
    fence: int
    asked: bool = False
    later: bool = False


def ready(run_id: str, fence: int, parent_id: str | None, kind: str) -> RunReady:
    """The news that a run of a kind waits."""
    later = kind in LATER
    return RunReady(run_id, fence, asked=parent_id is None and not later, later=later)


@durable
@dataclass(frozen=True, slots=True)
class RunAbandoned(Event):
    """A run ended without success: what it had started must be cancelled."""

    run_id: str


@dataclass(frozen=True, slots=True)
class RunChanged(Event):
    """A run looks different; `view` is its new view as JSON values."""

    project_id: str
    view: dict[str, Any]
