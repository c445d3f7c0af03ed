"""What happened to runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from studio.core.events import Event, durable


@durable
@dataclass(frozen=True, slots=True)
class RunReady(Event):
    """A run waits for a worker: newly queued, queued again, or its children have ended.

    What somebody asked for (`asked`) is taken before the parts of other runs: one panel drawn anew does not wait for a film.
    """

    run_id: str
    fence: int
    asked: bool = False


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
