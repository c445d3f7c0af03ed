"""Tables of media."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from studio.core.db import Row


class Media(Row, table=True):
    __table_args__ = (UniqueConstraint("project_id", "sha256"),)

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    uploader_id: str = Field(foreign_key="user_account.id", index=True, max_length=36)
    sha256: str = Field(index=True, max_length=64)
    kind: str = Field(max_length=16)
    mime: str = Field(max_length=80)
    name: str = Field(max_length=200)
    size: int
