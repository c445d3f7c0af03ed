"""Tables of projects."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from studio.core import clock
from studio.core.db import Row, UtcDateTime, moment


class Project(Row, table=True):
    owner_id: str = Field(foreign_key="user_account.id", index=True, max_length=36)
    name: str = Field(max_length=200)
    rate: str = Field(max_length=16)
    width: int
    height: int
    away_at: datetime | None = moment()
    changed_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)  # pyright: ignore[reportArgumentType]
    changed_by_id: str | None = Field(default=None, foreign_key="user_account.id", index=True, max_length=36)


class Member(Row, table=True):
    __table_args__ = (UniqueConstraint("project_id", "user_id"),)

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    user_id: str = Field(foreign_key="user_account.id", index=True, max_length=36)
    role: str = Field(max_length=16)
