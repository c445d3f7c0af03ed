"""Tables of media."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, UniqueConstraint
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


class KnownFacts(Row, table=True):
    """What the media of a hash is, whichever projects it is in: `engine.looks.facts.packed`, read once and true for ever."""

    sha256: str = Field(unique=True, max_length=64)
    facts: dict[str, Any] = Field(sa_type=JSON)
