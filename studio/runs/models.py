"""Tables of runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from studio.core.db import Row, moment


class Run(Row, table=True):
    """One execution of slow work. Lease and retry times are the database's clock, in seconds since 1970."""

    __table_args__ = (Index("ix_run_state_lease", "state", "lease_until"),)

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    user_id: str = Field(foreign_key="user_account.id", index=True, max_length=36)
    parent_id: str | None = Field(default=None, foreign_key="run.id", index=True, max_length=36)
    kind: str = Field(max_length=32)
    config: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    result: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    idem_key: str | None = Field(default=None, unique=True, max_length=160)
    weight: float = 1.0
    parent_step: int = 0

    state: str = Field(max_length=20)
    step: int = 0
    waiting: bool = False
    stage: str = Field(default="", max_length=120)
    fraction: float = 0.0
    eta_s: float | None = None
    serial: int = 0

    attempt: int = 0
    fence: int = 0
    lease_owner: str | None = Field(default=None, max_length=80)
    lease_until: float | None = None
    queued_at: float | None = None
    retry_at: float | None = None

    error_code: str | None = Field(default=None, max_length=40)
    error_message: str | None = None
    started_at: datetime | None = moment()
    completed_at: datetime | None = moment()


class RunTransition(Row, table=True):
    """One move of one run; never changed."""

    run_id: str = Field(foreign_key="run.id", index=True, max_length=36)
    from_state: str | None = Field(max_length=20)
    to_state: str = Field(max_length=20)
    reason: str = Field(max_length=300)
