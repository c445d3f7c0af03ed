"""Tables of scripts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlmodel import Field

from studio.core.db import Row


class Script(Row, table=True):
    """A screenplay: its text exactly as it came (encoding and byte order mark beside it)."""

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    title: str = Field(max_length=300)
    author: str = Field(max_length=300)
    name: str = Field(max_length=200)
    format: str = Field(max_length=16)
    encoding: str = Field(max_length=16)
    bom: str = Field(max_length=16)
    source: str = Field(sa_type=Text)
    revision: int = 1


class Scene(Row, table=True):
    """One scene; `source[start_at:end_at]` of its script is its text."""

    __table_args__ = (UniqueConstraint("script_id", "position"),)

    script_id: str = Field(foreign_key="script.id", index=True, max_length=36)
    position: int
    number: str = Field(max_length=32)
    heading: str = Field(max_length=500)
    int_ext: str = Field(max_length=8)
    set_name: str = Field(max_length=500)
    time_of_day: str = Field(max_length=120)
    start_at: int
    end_at: int
    eighths: int
    seconds: float


class Character(Row, table=True):
    """A person of the project, kept across its scripts."""

    __table_args__ = (UniqueConstraint("project_id", "name"),)

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    name: str = Field(max_length=200)
    aliases: list[str] = Field(default_factory=list, sa_type=JSON)
    feminine: bool | None = None
    age: str = Field(max_length=16)
    voice: dict[str, Any] | None = Field(default=None, sa_type=JSON)


class Location(Row, table=True):
    """A place of the project."""

    __table_args__ = (UniqueConstraint("project_id", "name"),)

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    name: str = Field(max_length=500)
    int_ext: str = Field(max_length=8)
