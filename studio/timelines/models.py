"""Tables of timelines."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from studio.core.db import Row


class TimelineRow(Row, table=True):
    __tablename__ = "timeline"  # pyright: ignore[reportAssignmentType]  - `Timeline` is the document

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    script_id: str | None = Field(default=None, foreign_key="script.id", index=True, max_length=36)
    name: str = Field(max_length=300)
    rate: str = Field(max_length=16)
    width: int
    height: int
    frames: int
    document: dict[str, Any] = Field(sa_type=JSON)
    revision: int = 1
    status: str = Field(default="draft", max_length=12)
