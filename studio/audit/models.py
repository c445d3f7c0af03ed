"""Tables of audit."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from studio.core.db import Row


class AuditEntry(Row, table=True):
    """One change of a project: never altered, never removed. `hash` covers every field and the hash of the entry before.

    `inverse` says how it is undone; `reverses` is the `seq` of the entry that this one undid or did again.
    """

    __table_args__ = (UniqueConstraint("project_id", "seq"),)

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    seq: int
    actor_id: str = Field(foreign_key="user_account.id", index=True, max_length=36)
    entity: str = Field(max_length=20)
    entity_id: str = Field(index=True, max_length=36)
    action: str = Field(max_length=20)
    label: str = Field(max_length=200)
    before: dict[str, Any] = Field(sa_type=JSON)
    after: dict[str, Any] = Field(sa_type=JSON)
    inverse: dict[str, Any] = Field(sa_type=JSON)
    reverses: int | None = None
    prev_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)
