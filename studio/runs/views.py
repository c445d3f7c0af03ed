"""What other rooms see of runs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from studio.runs.states import FINAL, RunState


@dataclass(frozen=True, slots=True)
class RunView:
    """A run as it stands. `fraction` 0..1; `eta_s` seconds left or None; a larger `serial` is a later view of the same run."""

    id: str
    project_id: str
    parent_id: str | None
    kind: str
    state: RunState
    stage: str
    fraction: float
    eta_s: float | None
    attempt: int
    serial: int
    retry_at: float | None
    error_code: str | None
    error_message: str | None
    result: dict[str, Any] | None

    @property
    def ended(self) -> bool:
        """Nothing more will happen to it by itself."""
        return self.state in FINAL or (self.state is RunState.FAILED and self.retry_at is None)

    def plain(self) -> dict[str, Any]:
        """JSON values."""
        return asdict(self) | {"state": self.state.value}


def run_view(plain: dict[str, Any]) -> RunView:
    """The view from its JSON values."""
    values: dict[str, Any] = {**plain, "state": RunState(plain["state"])}
    return RunView(**values)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on a run: every write names its `fence`, and a newer claim makes it void."""

    run_id: str
    user_id: str
    project_id: str
    kind: str
    step: int
    attempt: int
    fence: int
    config: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TransitionView:
    """One logged move."""

    from_state: RunState | None
    to_state: RunState
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """One run of many to be submitted at once; the fields are those of `submit_run`."""

    config: dict[str, Any]
    idem_key: str | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run and what it was asked to do, by whom and when."""

    run: RunView
    user_id: str
    config: dict[str, Any]
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as people see it: what they asked for, in words, and how many of its pieces are done. `by` is a person's name."""

    run: RunView
    project_name: str
    label: str
    by: str
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    pieces_done: int
    pieces_total: int
