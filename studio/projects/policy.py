"""Who may do what in a project: pure yes or no."""

from __future__ import annotations

from studio.accounts.views import Actor, UserRole
from studio.projects.views import ProjectRole

_EDITING = frozenset({ProjectRole.OWNER, ProjectRole.EDITOR})


def may_see(actor: Actor, role: ProjectRole | None) -> bool:
    """Members see a project, admins see all."""
    return role is not None or actor.role is UserRole.ADMIN


def may_edit(actor: Actor, role: ProjectRole | None) -> bool:
    """Owners and editors change it, admins may."""
    return role in _EDITING or actor.role is UserRole.ADMIN


def may_manage(actor: Actor, role: ProjectRole | None) -> bool:
    """Owners say who is in it and put it away, admins may."""
    return role is ProjectRole.OWNER or actor.role is UserRole.ADMIN
