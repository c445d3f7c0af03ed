"""What happened to people."""

from __future__ import annotations

from dataclasses import dataclass

from studio.core.events import Event


@dataclass(frozen=True, slots=True)
class SessionsEnded(Event):
    """These sessions let nobody in any more: whatever they hold open must be closed."""

    user_id: str
    session_ids: tuple[str, ...]
