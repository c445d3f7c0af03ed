"""Tables of timelines."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from studio.core.db import Row


class TimelineRow(Row, table=True):
    """A cut. The one of a script that is `live` follows its board: the document is made of the board, the `score` (title card
    and music) and what people set `by_hand`; `steps` says of its last revisions where the history stood then. A `kept` one is
    as it was filmed.
    """

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
    score: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    by_hand: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    steps: list[list[int]] = Field(default_factory=list, sa_type=JSON)
