"""Queries of projects."""

from __future__ import annotations

from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.projects.models import Member, Project
from studio.projects.views import ProjectRole


def find_project_for(uow: UnitOfWork, project_id: str, user_id: str) -> tuple[Project, ProjectRole | None] | None:
    """The project with this person's role in it, in one query."""
    query = (
        select(Project, col(Member.role))
        .join(Member, (col(Member.project_id) == col(Project.id)) & (col(Member.user_id) == user_id), isouter=True)
        .where(col(Project.id) == project_id)
    )
    found = uow.session.execute(query).one_or_none()
    if found is None:
        return None
    project, role = found
    return project, ProjectRole(role) if role else None
