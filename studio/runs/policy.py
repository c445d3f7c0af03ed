"""Who may do what to a run."""

from __future__ import annotations

from studio.accounts.views import Actor, UserRole


def may_cancel(actor: Actor, starter_id: str, edits_project: bool) -> bool:
    """Whoever started it, editors of its project, and admins."""
    return actor.user_id == starter_id or edits_project or actor.role is UserRole.ADMIN
