"""Tables of renders."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger
from sqlmodel import Field

from studio.core.db import Row


class Render(Row, table=True):
    """One output of a timeline by a preset; its state is its run's.

    `wanted` is the order beside the preset (captions, range ...); `work_s` are the seconds workers spent on the `made_frames`
    that were not in the cache: what the next estimate is made of. `plan` is a `views.Plan`, None before it is planned.
    """

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    timeline_id: str = Field(foreign_key="timeline.id", index=True, max_length=36)
    timeline_revision: int
    run_id: str = Field(foreign_key="run.id", unique=True, max_length=36)
    preset: str = Field(max_length=32)
    frames: int
    segments: int = 0
    sha256: str | None = Field(default=None, max_length=64)
    wanted: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    report: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    length_s: float = 0.0
    estimated_s: float = 0.0
    estimated_bytes: int = Field(default=0, sa_type=BigInteger)
    size_bytes: int = Field(default=0, sa_type=BigInteger)
    work_s: float = 0.0
    made_frames: int = 0
    plan: dict[str, Any] | None = Field(default=None, sa_type=JSON)


class Segment(Row, table=True):
    """A cached piece of picture or sound, in storage under its key; `used_at` is seconds since 1970."""

    key: str = Field(unique=True, max_length=80)
    frames: int
    size: int
    used_at: float = Field(default=0.0, index=True)
