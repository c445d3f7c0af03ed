"""What happened to projects."""

from __future__ import annotations

from dataclasses import dataclass

from studio.core.events import Event


@dataclass(frozen=True, slots=True)
class ProjectChanged(Event):
    """A project looks different; `what`: created, name, away, back, members, or what in it (script, board, film ...)."""

    project_id: str
    what: str
    actor_id: str
