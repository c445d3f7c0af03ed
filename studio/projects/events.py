"""What happened to projects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from studio.core.events import Event


@dataclass(frozen=True, slots=True)
class ProjectChanged(Event):
    """A project looks different; `what`: created, name, away, back, members, or what in it (script, board, film ...)."""

    project_id: str
    what: str
    actor_id: str


@dataclass(frozen=True, slots=True)
class ProjectEdited(Event):
    """A person changed a project itself: `label` says in words what, `before` and `after` are the fields that are different.

    The history attends to it: it is written down in the same transaction. Nobody else changes the project meanwhile.
    """

    project_id: str
    actor_id: str
    action: str
    label: str
    before: dict[str, Any]
    after: dict[str, Any]
