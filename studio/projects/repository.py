"""Queries of projects."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, and_, bindparam, case, func, update
from sqlalchemy import select as columns_of
from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.projects.models import Member, Project
from studio.projects.views import Order, ProjectRole, Scope

_OWNER = ProjectRole.OWNER.value
_BY_ROLE = case({role.value: rank for rank, role in enumerate(ProjectRole)}, value=col(Member.role), else_=9)


_WITH_ROLE = (
    select(Project, col(Member.role))
    .join(
        Member, and_(col(Member.project_id) == col(Project.id), col(Member.user_id) == bindparam("user")), isouter=True
    )
    .where(col(Project.id) == bindparam("project"))
)
"""Asked before nearly everything else, so built once."""


def find_project_for(uow: UnitOfWork, project_id: str, user_id: str) -> tuple[Project, ProjectRole | None] | None:
    """The project with this person's role in it, in one query."""
    found = uow.session.execute(_WITH_ROLE, {"project": project_id, "user": user_id}).one_or_none()
    if found is None:
        return None
    project, role = found
    return project, ProjectRole(role) if role else None


def find_name(uow: UnitOfWork, project_id: str) -> str | None:
    return uow.session.scalars(select(col(Project.name)).where(col(Project.id) == project_id)).one_or_none()


def lock_project(uow: UnitOfWork, project_id: str) -> None:
    """Until the end of the transaction nobody else changes the project or its members."""
    uow.session.get_one(Project, project_id, with_for_update=True, populate_existing=True)


def list_projects_of(
    uow: UnitOfWork, user_id: str, scope: Scope, order: Order, *, first: int, limit: int
) -> tuple[Sequence[tuple[Project, str]], int]:
    """Projects a person is a member of, with their role, and how many there are on all pages."""
    by = {
        "changed": (col(Project.changed_at).desc(),),
        "name": (func.lower(col(Project.name)), col(Project.name)),
        "created": (col(Project.created_at).desc(),),
    }[order]
    query = (
        select(Project, col(Member.role), func.count().over())
        .join(Member, col(Member.project_id) == col(Project.id))
        .where(col(Member.user_id) == user_id, _in_scope(scope))
        .order_by(*by, col(Project.id).desc())
        .offset(first)
        .limit(limit)
    )
    rows = uow.session.execute(query).all()
    total = rows[0][2] if rows else count_projects_of(uow, user_id)[scope] if first else 0
    return [(row[0], row[1]) for row in rows], int(total)


def count_projects_of(uow: UnitOfWork, user_id: str) -> dict[str, int]:
    """How many projects each scope holds, in one query."""
    scopes: tuple[Scope, ...] = ("all", "mine", "shared", "away")
    query = (
        select(*(func.count(case((_in_scope(scope), 1))) for scope in scopes))
        .select_from(Project)
        .join(Member, col(Member.project_id) == col(Project.id))
        .where(col(Member.user_id) == user_id)
    )
    return dict(zip(scopes, uow.session.execute(query).one(), strict=True))


def mark_changed(uow: UnitOfWork, project_id: str, user_id: str, at: datetime) -> bool:
    """Whether there was such a project to mark."""
    done = uow.session.execute(
        update(Project).where(col(Project.id) == project_id).values(changed_at=at, changed_by_id=user_id)
    )
    return bool(done.rowcount)  # pyright: ignore[reportAttributeAccessIssue]


def find_member(uow: UnitOfWork, project_id: str, user_id: str) -> Member | None:
    query = select(Member).where(col(Member.project_id) == project_id, col(Member.user_id) == user_id)
    return uow.session.scalars(query).one_or_none()


def list_members(uow: UnitOfWork, project_id: str, *, limit: int) -> Sequence[Member]:
    """Owners first, then by role, then in the order they came."""
    query = (
        select(Member)
        .where(col(Member.project_id) == project_id)
        .order_by(_BY_ROLE, col(Member.created_at), col(Member.id))
        .limit(limit)
    )
    return uow.session.scalars(query).all()


def list_first_members(
    uow: UnitOfWork, project_ids: Collection[str], *, each: int
) -> Sequence[Row[*tuple[str, str, str, int]]]:
    """(project, person, role, members in all) of the first so many members of each project, in one query."""
    place = func.row_number().over(
        partition_by=col(Member.project_id), order_by=(_BY_ROLE, col(Member.created_at), col(Member.id))
    )
    ranked = (
        columns_of(
            col(Member.project_id).label("project"),
            col(Member.user_id).label("person"),
            col(Member.role).label("role"),
            func.count().over(partition_by=col(Member.project_id)).label("members"),
            place.label("place"),
        )
        .where(col(Member.project_id).in_(project_ids))
        .subquery()
    )
    found = ranked.c
    query = columns_of(found.project, found.person, found.role, found.members)
    return uow.session.execute(query.where(found.place <= each).order_by(found.project, found.place)).all()


def count_members(uow: UnitOfWork, project_id: str) -> int:
    query = select(func.count()).select_from(Member).where(col(Member.project_id) == project_id)
    return int(uow.session.execute(query).scalar_one())


def find_other_owner(uow: UnitOfWork, project_id: str, user_id: str) -> str | None:
    """The person who has owned the project longest, this one aside."""
    query = (
        select(Member)
        .where(col(Member.project_id) == project_id, col(Member.role) == _OWNER, col(Member.user_id) != user_id)
        .order_by(col(Member.created_at), col(Member.id))
        .limit(1)
    )
    found = uow.session.scalars(query).one_or_none()
    return found.user_id if found else None


def _in_scope(scope: Scope) -> ColumnElement[bool]:
    away, owned = col(Project.away_at), col(Member.role) == _OWNER
    return {
        "all": away.is_(None),
        "mine": away.is_(None) & owned,
        "shared": away.is_(None) & ~owned,
        "away": away.is_not(None),
    }[scope]
