"""Tables of timelines."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlmodel import Field

from studio.core.db import Row, moment


class TimelineRow(Row, table=True):
    """A cut. The one of a script that is `live` follows its board: the document is made of the board, the `score` (title card
    and music) and what people set `by_hand`; `steps` says of its last revisions where the history stood then. A `kept` one is
    as it was filmed. An `edit` is cut by hand: its document is what its journal made of it, `base` the document of the board it
    was begun from or last merged with (`{"revision", "document"}`). `parent_id` is the cut one was copied from.
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
    parent_id: str | None = Field(default=None, foreign_key="timeline.id", index=True, max_length=36)
    base: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))  # pyright: ignore[reportArgumentType, reportCallIssue]
    changed_at: datetime | None = moment()
    deleted_at: datetime | None = moment()
    status: str = Field(default="draft", max_length=12)
    score: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    by_hand: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    steps: list[list[int]] = Field(default_factory=list, sa_type=JSON)


class TimelineEditRow(Row, table=True):
    """One act on a cut by hand, which led to `revision`: what was asked (`edit`), the patch it came to, and the one back.

    An undo, or a doing again, is `of` the revision of the act it concerns. Every 200th keeps the whole document.
    """

    __tablename__ = "timeline_edit"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("timeline_id", "revision"),)

    timeline_id: str = Field(foreign_key="timeline.id", index=True, max_length=36)
    revision: int
    actor_id: str = Field(foreign_key="user_account.id", index=True, max_length=36)
    kind: str = Field(max_length=12)
    label: str = Field(max_length=200)
    edit: dict[str, Any] = Field(sa_type=JSON)
    patch: dict[str, Any] = Field(sa_type=JSON)
    inverse: dict[str, Any] = Field(sa_type=JSON)
    of: int | None = None
    document: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))  # pyright: ignore[reportArgumentType, reportCallIssue]


class TimelineVersionRow(Row, table=True):
    """A cut by hand as it was at a revision, kept under a name."""

    __tablename__ = "timeline_version"  # pyright: ignore[reportAssignmentType]

    timeline_id: str = Field(foreign_key="timeline.id", index=True, max_length=36)
    name: str = Field(max_length=200)
    revision: int
    document: dict[str, Any] = Field(sa_type=JSON)
    by_id: str = Field(foreign_key="user_account.id", index=True, max_length=36)


class TemplateRow(Row, table=True):
    """A template somebody saved in a project: its document is a piece of film and what is filled in it."""

    __tablename__ = "template"  # pyright: ignore[reportAssignmentType]

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    name: str = Field(max_length=200)
    about: str = Field(default="", max_length=500)
    seconds: float
    document: dict[str, Any] = Field(sa_type=JSON)
    by_id: str = Field(foreign_key="user_account.id", index=True, max_length=36)
    deleted_at: datetime | None = moment()


class TakeRow(Row, table=True):
    """A sentence said anew for a cut: its recording, who speaks in it and how, and what was said before. Without that it is the
    recording of a line it was said in, which cuts may hold for longer than the board.

    `sentences` are [start, end, begin_s, end_s] in `text`, as those of a line of the board.
    """

    __tablename__ = "take"  # pyright: ignore[reportAssignmentType]

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    sha256: str = Field(max_length=64)
    speaker: str = Field(max_length=200)
    text: str = Field(sa_type=Text)
    was: str = Field(sa_type=Text)
    manner: str = Field(max_length=500)
    seconds: float
    sentences: list[list[float]] = Field(default_factory=list, sa_type=JSON)
    provider: str = Field(max_length=60)
    completeness: str = Field(max_length=12)
    by_id: str = Field(foreign_key="user_account.id", index=True, max_length=36)
